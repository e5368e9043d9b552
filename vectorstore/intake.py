"""Putting files into the library's folder, and taking them out: each wholly or not at all, whatever happens meanwhile."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from vectorstore.errors import DocumentUnreadable, IndexBusy
from vectorstore.formats.kinds import shown

TRASH = ".trash"
"""Where removed files lie, inside the folder that they were removed from."""

_DRAFT = ".adding-"
_LOCK = ".library.lock"
# What some file system does not take in a name, and control, format and unassigned characters.
_RESERVED = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
# File systems take 255 bytes; what is put before and behind a name needs some of them.
_LONGEST_NAME = 200


def safe_name(written: str) -> str:
    """The last part of a path as a file name for any system: no separators, control characters or dots in front.

    Too long a name is cut before its ending. Raises DocumentUnreadable when nothing readable is left.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", written))[-1]
    kept = "".join(" " if unicodedata.category(sign)[0] == "C" else sign for sign in last)
    name = re.sub(r"\s+", " ", _RESERVED.sub("_", kept)).lstrip(". ").rstrip(". ")
    stem, suffix = Path(name).stem, Path(name).suffix
    if not re.search(r"\w", stem):
        raise DocumentUnreadable(
            f"文件名“{shown(written)}”无法使用。", "请换一个由文字组成的文件名后再加入。"
        )
    if _DEVICES.match(name):
        stem = f"_{stem}"
    most = _LONGEST_NAME - len(suffix.encode())
    return stem.encode()[:most].decode(errors="ignore").rstrip(". ") + suffix


def free_path(folder: Path, name: str) -> Path:
    """Where a file of this name can lie without replacing another: 计划.txt, 计划（2）.txt, …"""
    path = folder / name
    number = 2
    while path.exists():
        path = folder / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        number += 1
    return path


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file that is there for good, whole, once this returns; until then what was there stays."""
    draft = path.with_name(f"{_DRAFT}{secrets.token_hex(8)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _flush_folder(path.parent)


def put_away(folder: Path, path: Path) -> Path:
    """Move a file of the folder into its trash, and return where it lies now."""
    target = _place_in_trash(folder, path)
    path.replace(target)
    _flush_folder(path.parent)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return target


def staged(folder: Path, name: str, content: bytes) -> Path:
    """Write a file into the folder where it is no part of the library yet: it is `moved_in`, or deleted with its folder."""
    draft = folder / f"{_DRAFT}{secrets.token_hex(8)}"
    draft.mkdir()
    path = draft / name
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return path


def moved_in(folder: Path, draft: Path, file: str) -> Path:
    """Make a staged file a file of the library, in one step; one that lies there is replaced, and kept in the trash."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists():
        shutil.copy2(path, _place_in_trash(folder, path))
    draft.replace(path)
    shutil.rmtree(draft.parent, ignore_errors=True)
    _flush_folder(path.parent)
    return path


def _place_in_trash(folder: Path, path: Path) -> Path:
    trash = folder / TRASH
    trash.mkdir(exist_ok=True)
    return free_path(trash, f"{datetime.now():%Y%m%d-%H%M%S}-{path.name}")


@contextmanager
def changing(folder: Path, *, wait: float = 30) -> Iterator[None]:
    """Hold the right to change the folder's files, and clear what a killed process left. The folder is made if need be.

    Raises IndexBusy when another process has it for more than `wait` seconds.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=wait, poll_interval=0.05)
    except Timeout as error:
        raise IndexBusy(f"另一个进程正在向文件库添加或移除文件：{folder}。", "请等它完成后再试。") from error
    try:
        for draft in folder.glob(f"{_DRAFT}*"):
            shutil.rmtree(draft) if draft.is_dir() else draft.unlink()
        yield
    finally:
        lock.release()


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot open a folder, and writes its entries through by itself.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
