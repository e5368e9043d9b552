"""Proving that the weights on the disk are the ones published, without reading a gigabyte at every start."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from qa.errors import ModelUnavailable

MEANWHILE = "在此之前以原文摘录作答，其余功能不受影响。"
RETRY = f"请稍后运行 qa model fetch 重试，从断开处继续；{MEANWHILE}"


def verify_weights(path: Path, *, expected_sha256: str) -> None:
    """Raise ModelUnavailable unless the file's SHA-256 is `expected_sha256`.

    Hashing takes about a second per gigabyte. A file that passed is remembered beside itself by size,
    modification time and inode, so the next check takes no time until one of them changes.
    """
    try:
        if _remembered(path) == _record(path, expected_sha256):
            return
        digest = sha256_of(path)
    except OSError as error:
        reason = error.strerror or error
        raise ModelUnavailable(f"读不了本地模型权重：{path}（{reason}）。", RETRY) from error
    if digest != expected_sha256:
        raise ModelUnavailable(
            f"本地模型权重不完整或被改动（校验值不符），不会加载：{path}。",
            f"请运行 qa model fetch 重新下载；{MEANWHILE}",
        )
    remember(path, expected_sha256)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, about a second per gigabyte. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _sidecar(path: Path) -> Path:
    return path.with_name(f"{path.name}.verified")


def _record(path: Path, digest: str) -> list[int | str]:
    status = path.stat()
    return [status.st_size, status.st_mtime_ns, status.st_ino, digest]


def _remembered(path: Path) -> object:
    try:
        return json.loads(_sidecar(path).read_text("utf-8"))
    except (OSError, ValueError):
        return None


def remember(path: Path, digest: str) -> None:
    """Keep beside a file that it has this SHA-256, so that `verify_weights` need not read it again."""
    # In a folder that cannot be written the check is merely repeated at the next start.
    with suppress(OSError):
        unfinished = path.with_name(f"{path.name}.verified.{os.getpid()}")
        unfinished.write_text(json.dumps(_record(path, digest)), "utf-8")
        unfinished.replace(_sidecar(path))
