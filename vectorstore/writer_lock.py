"""One writer at a time: the lock on an index folder, and who holds it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from vectorstore.errors import IndexBusy

_LOCK = "writer.lock"
_HOLDER = "writer.json"


@contextmanager
def writer_lock(index_dir: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock on the folder, which must exist.

    The operating system lets go of it when the process ends, however it ends. Raises IndexBusy, naming
    the holder, after `wait` seconds.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415

    lock = FileLock(index_dir / _LOCK)
    try:
        lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout as error:
        raise IndexBusy(
            f"索引正在由{_holder(index_dir)}更新。", "请等它完成后再试；如果它已经停住，请先结束那个进程。"
        ) from error
    try:
        holder = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        }
        (index_dir / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        (index_dir / _HOLDER).unlink(missing_ok=True)
        lock.release()


def _holder(index_dir: Path) -> str:
    # Written just after the lock is taken and removed just before it is released: it may not be there.
    try:
        holder = json.loads((index_dir / _HOLDER).read_text(encoding="utf-8"))
        return f"另一个进程（{holder['host']} 上的 {holder['pid']} 号进程，自 {holder['since']} 起）"
    except (OSError, ValueError, KeyError, TypeError):
        return "另一个进程"
