"""ZIP archives as the files that they hold, each with a harmless name; what cannot be taken is refused one by one."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.kinds import SUFFIXES, shown, suffix_of
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.reader import check_size
from vectorstore.formats.zip_parts import Budget, PartUnreadable, open_zip, read_part

_UTF8_NAME = 0x800
# File systems allow 255 bytes; some room is left for what a library adds to tell names apart.
_LONGEST_NAME = 200
_IGNORED_FOLDERS = ("__MACOSX",)
_IGNORED = ("thumbs.db", "desktop.ini", ".ds_store")


@dataclass(frozen=True)
class Member:
    """A file of an archive; `name` is a relative path with forward slashes, safe to join to a folder.

    No part of it is empty, "." or "..", has control characters or is longer than a file system takes; it is unique
    in its archive. A file of an inner archive has that archive's name as its first folder (附件.zip/指标.xlsx).
    """

    name: str
    content: bytes


@dataclass(frozen=True)
class Refused:
    """A file of an archive that is not taken, and why, in Chinese; `name` as in `Member`."""

    name: str
    message: str
    hint: str = ""


def members_of(content: bytes, *, file: str, limits: Limits | None = None) -> Iterator[Member | Refused]:
    """The files of a ZIP archive and of those inside it, in order, one in memory at a time.

    Folders and what systems leave in archives (__MACOSX, Thumbs.db) are passed over. Raises DocumentUnreadable at the
    start if the archive is broken, too large or has too many files; what is found later is a Refused.
    """
    limits = limits or Limits()
    check_size(content, file=file, limits=limits)
    archive = open_zip(content, file=file, limits=limits)
    walk = _ArchiveWalk(limits, Budget(len(content), limits))
    return walk.members(archive, file=file, inside="", depth=1)


class _ArchiveWalk:
    def __init__(self, limits: Limits, budget: Budget) -> None:
        self._limits = limits
        self._budget = budget
        self._names: set[str] = set()
        self._count = 0

    def members(
        self, archive: zipfile.ZipFile, *, file: str, inside: str, depth: int
    ) -> Iterator[Member | Refused]:
        with archive:
            for part in archive.infolist():
                name = safe_name(_written_name(part))
                if part.is_dir() or _is_ignored(name):
                    continue
                name = self._unique(f"{inside}{name}")
                try:
                    yield from self._member(archive, part, name, depth)
                except PartUnreadable as error:
                    yield Refused(name, error.message, error.hint)
                except DocumentUnreadable as error:
                    # The archive as a whole asks for too much: nothing more is unpacked.
                    yield Refused(file, error.message, error.hint)
                    return

    def _member(
        self, archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str, depth: int
    ) -> Iterator[Member | Refused]:
        self._count += 1
        if self._count > self._limits.archive_files:
            raise DocumentUnreadable(
                f"压缩包里（含内层）超过 {self._limits.archive_files} 个文件，其余的没有读。",
                "请分成几个压缩包，或调大 QA_MAX_ARCHIVE_FILES。",
            )
        suffix = suffix_of(name)
        if suffix not in SUFFIXES:
            raise PartUnreadable(
                f"文件“{shown(name)}”的格式不支持。", f"可以读的格式：{' '.join(SUFFIXES)}。"
            )
        if suffix == ".zip" and depth >= self._limits.archive_depth:
            raise PartUnreadable(
                f"压缩包“{shown(name)}”套得太深（上限 {self._limits.archive_depth} 层）。",
                "请解压后加入，或调大 QA_MAX_ARCHIVE_DEPTH。",
            )
        most = self._limits.file_megabytes * MEGABYTE
        content = read_part(archive, part, budget=self._budget, file=name, most=most)
        if suffix != ".zip":
            yield Member(name, content)
            return
        try:
            inner = open_zip(content, file=name, limits=self._limits)
        except DocumentUnreadable as error:
            raise PartUnreadable(error.message, error.hint) from error
        yield from self.members(inner, file=name, inside=f"{name}/", depth=depth + 1)

    def _unique(self, name: str) -> str:
        path, number = PurePosixPath(name), 1
        while name.casefold() in self._names:
            number += 1
            name = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
        self._names.add(name.casefold())
        return name


def safe_name(name: str) -> str:
    """A path from an archive as one that stays inside the folder it is put in; 未命名 where nothing is left of it."""
    parts = [_safe_part(part) for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part]
    return "/".join(kept[-8:]) or "未命名"


def _safe_part(part: str) -> str:
    visible = "".join("_" if not c.isprintable() or c in ':*?"<>|' else c for c in part).strip(" ")
    if not visible.strip("."):
        return ""
    if len(visible.encode("utf-8", "replace")) <= _LONGEST_NAME:
        return visible
    suffix = suffix_of(visible)[:10]
    stem = visible[: -len(suffix)] if suffix else visible
    return stem.encode("utf-8", "replace")[: _LONGEST_NAME - len(suffix)].decode("utf-8", "ignore") + suffix


def _written_name(part: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the flag for UTF-8 it is in the writer's own encoding, here mostly GBK."""
    if part.flag_bits & _UTF8_NAME:
        return part.filename
    try:
        written = part.filename.encode("cp437")
    except UnicodeEncodeError:
        return part.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return written.decode(encoding)
        except UnicodeDecodeError:
            continue
    return part.filename


def _is_ignored(name: str) -> bool:
    parts = name.split("/")
    return parts[0] in _IGNORED_FOLDERS or parts[-1].lower() in _IGNORED or parts[-1].startswith((".", "~$"))
