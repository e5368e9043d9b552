"""The library: a folder of text files, and the only truth that the index is derived from."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vectorstore.catalogue import CATALOGUE
from vectorstore.errors import LibraryMissing

SUFFIXES = (".txt", ".md")

# A file can change twice within one tick of the clock that stamps files: what was changed less than this
# before it was hashed is hashed again.
_STAMP_DOUBT_NS = 2_000_000_000


@dataclass(frozen=True)
class LibraryFile:
    """One file: `file` is its path inside the library with forward slashes, `name` what readers call it.

    `size` in bytes, `mtime_ns` as the file system gives it, `hashed_ns` when `sha256` was computed.
    """

    name: str
    file: str
    size: int
    mtime_ns: int
    sha256: str
    hashed_ns: int = 0


def list_library(folder: Path, *, known: Iterable[LibraryFile] = ()) -> list[LibraryFile]:
    """List the .txt and .md files of the folder and its subfolders, sorted by path.

    Left out: hidden files and folders, a README at the top, links that lead out of the folder. A file
    is read (for its hash) only if its size or time differ from the entry in `known`.

    Raises LibraryMissing if the folder is not there or holds no such file.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise LibraryMissing(
            f"打不开文件库文件夹：{folder}（{error.strerror}）。",
            "请检查 QA_LIBRARY 是否写对，并确认有读取该文件夹的权限。",
        ) from error
    before = {entry.file: entry for entry in known}
    paths = sorted(_text_files(folder.resolve()))
    if not paths:
        raise LibraryMissing(
            f"文件库里没有可用的文件：{folder}。", "请放入 .txt 或 .md 文件（UTF-8 或 GBK 编码）后再试。"
        )
    names = _names([file for file, _ in paths])
    listed = (_describe(path, names[file], file, before.get(file)) for file, path in paths)
    return [entry for entry in listed if entry is not None]


def library_fingerprint(folder: Path, files: Sequence[LibraryFile]) -> str:
    """Return a hash of everything in the library that an index depends on: names, contents, catalogues."""
    digest = hashlib.sha256()
    for entry in files:
        line = f"{entry.name}\t{entry.file}\t{entry.sha256}\n"
        digest.update(line.encode("utf-8", "surrogatepass"))
    for parent in sorted({(folder / entry.file).parent for entry in files}):
        try:
            digest.update((parent / CATALOGUE).read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            digest.update(f"unreadable:{error.errno}".encode())
    return digest.hexdigest()


def _text_files(root: Path) -> Iterator[tuple[str, Path]]:
    for parent, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            path = Path(parent, name)
            at_top = path.parent == root
            if name.startswith(".") or path.suffix.lower() not in SUFFIXES:
                continue
            if at_top and path.stem.lower() == "readme":
                continue
            if _is_inside(path, root):
                yield path.relative_to(root).as_posix(), path


def _is_inside(path: Path, root: Path) -> bool:
    """Tell whether this is a file of the library, not a dangling link or one that leads elsewhere."""
    try:
        return path.is_file() and path.resolve().is_relative_to(root)
    except PermissionError:
        return True


def _names(files: list[str]) -> dict[str, str]:
    """Name each file by its stem; where that is not unique by its path, with the suffix if need be."""
    stems = Counter(PurePosixPath(file).stem for file in files)
    paths = Counter(str(PurePosixPath(file).with_suffix("")) for file in files)
    names = {}
    for file in files:
        path = PurePosixPath(file)
        short, long = path.stem, str(path.with_suffix(""))
        names[file] = short if stems[short] == 1 else long if paths[long] == 1 else file
    return names


def _describe(path: Path, name: str, file: str, before: LibraryFile | None) -> LibraryFile | None:
    """Return the file's entry, or None if it went away since the folder was listed."""
    try:
        stat = path.stat()
        if (
            before
            and (before.size, before.mtime_ns, before.name) == (stat.st_size, stat.st_mtime_ns, name)
            and before.hashed_ns - before.mtime_ns > _STAMP_DOUBT_NS
        ):
            return before
        hashed_ns = time.time_ns()
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        # Listed all the same: the reader of the document says what is wrong with it.
        return LibraryFile(name=name, file=file, size=0, mtime_ns=0, sha256=f"unreadable:{error.errno}")
    return LibraryFile(name, file, stat.st_size, stat.st_mtime_ns, digest, hashed_ns)
