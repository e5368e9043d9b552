"""The library: a folder of files, and a second one where the first must not change; the only truth behind the index."""

from __future__ import annotations

import hashlib
import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from vectorstore.catalogue import CATALOGUE
from vectorstore.corrections import CORRECTIONS, Corrections, read_corrections
from vectorstore.errors import LibraryMissing
from vectorstore.formats.kinds import SUFFIXES

ADDED = "添加"
"""What stands before the name of an added file whose own name is a file's of the library."""

# A file can change twice within one tick of the clock that stamps files: what was changed less than this
# before it was hashed is hashed again.
_STAMP_DOUBT_NS = 2_000_000_000


@dataclass(frozen=True)
class LibraryFile:
    """One file: `file` is its path inside the library with forward slashes, `name` what readers call it.

    `size` in bytes, `mtime_ns` as the file system gives it, `hashed_ns` when `sha256` was computed. `is_added` tells
    that it lies in the folder of added files and not in the library's own.
    """

    name: str
    file: str
    size: int
    mtime_ns: int
    sha256: str
    hashed_ns: int = 0
    is_added: bool = False


@dataclass(frozen=True)
class LibraryFolders:
    """Where a library's files lie: in `own`, and in `added` (None: there is no second folder) what the user added.

    An `added` folder that is not there yet is an empty one.
    """

    own: Path
    added: Path | None = None

    @property
    def changing(self) -> Path:
        """The folder that may change: it takes new files and the user's corrections."""
        return self.added or self.own

    def path(self, entry: LibraryFile) -> Path:
        """Where a file lies."""
        return (self.added if self.added and entry.is_added else self.own) / entry.file

    def corrections(self) -> Corrections:
        """What the user corrected or hid. Raises DocumentUnreadable when the record cannot be read."""
        return read_corrections(self.changing)


def list_library(
    folders: LibraryFolders | Path,
    *,
    known: Iterable[LibraryFile] = (),
    hidden: Collection[str] | None = None,
) -> list[LibraryFile]:
    """List the readable kinds of files of the folders and their subfolders, sorted by path, added ones last.

    Left out: hidden files and folders, a README at the top, links that lead out of the folder, and the documents
    named in `hidden` (None: those that the user hid). A file is read (for its hash) only if its size or time
    differ from the entry in `known`.

    Raises LibraryMissing if the library's own folder is not there or the library holds no such file.
    """
    folders = folders if isinstance(folders, LibraryFolders) else LibraryFolders(folders)
    hidden = folders.corrections().hidden if hidden is None else hidden
    before = {(entry.is_added, entry.file): entry for entry in known}
    found = [(False, file, path) for file, path in _files_of(folders.own)]
    if folders.added and folders.added.is_dir():
        found += [(True, file, path) for file, path in _files_of(folders.added)]
    if not found:
        raise LibraryMissing(
            f"文件库里没有可用的文件：{folders.own}。", "请用 qa add 加入文件，或把文件放进这个文件夹后再试。"
        )
    own = _names([file for is_added, file, _ in found if not is_added])
    added = _names([file for is_added, file, _ in found if is_added], taken=set(own.values()))
    listed = []
    for is_added, file, path in found:
        name = (added if is_added else own)[file]
        if name not in hidden:
            known_as = before.get((is_added, file))
            listed.append(described(path, name, file, is_added=is_added, before=known_as))
    return [entry for entry in listed if entry is not None]


def library_fingerprint(folders: LibraryFolders | Path, files: Sequence[LibraryFile]) -> str:
    """Return a hash of everything in the library that an index depends on: names, contents, catalogues, corrections."""
    folders = folders if isinstance(folders, LibraryFolders) else LibraryFolders(folders)
    digest = hashlib.sha256()
    for entry in files:
        line = f"{entry.name}\t{entry.file}\t{entry.sha256}\t{entry.is_added}\n"
        digest.update(line.encode("utf-8", "surrogatepass"))
    sidecars = {folders.path(entry).parent / CATALOGUE for entry in files}
    for sidecar in [*sorted(sidecars), folders.changing / CORRECTIONS]:
        try:
            digest.update(sidecar.read_bytes())
        except FileNotFoundError:
            continue
        except OSError as error:
            digest.update(f"unreadable:{error.errno}".encode())
    return digest.hexdigest()


def _files_of(folder: Path) -> list[tuple[str, Path]]:
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise LibraryMissing(
            f"打不开文件库文件夹：{folder}（{error.strerror}）。",
            "请检查 QA_LIBRARY 是否写对，并确认有读取该文件夹的权限。",
        ) from error
    return sorted(_readable_files(folder.resolve()))


def _readable_files(root: Path) -> Iterator[tuple[str, Path]]:
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


def _names(files: Sequence[str], *, taken: Collection[str] = ()) -> dict[str, str]:
    """Name each file by its stem; where that is not unique by its path, with the suffix if need be.

    A name that is `taken` already, by a file of the other folder, stays that file's.
    """
    stems = Counter(PurePosixPath(file).stem for file in files)
    paths = Counter(str(PurePosixPath(file).with_suffix("")) for file in files)
    names = {}
    for file in files:
        path = PurePosixPath(file)
        short, long = path.stem, str(path.with_suffix(""))
        name = short if stems[short] == 1 else long if paths[long] == 1 else file
        while name in taken:
            name = f"{ADDED}/{name}"
        names[file] = name
    return names


def described(
    path: Path, name: str, file: str, *, is_added: bool, before: LibraryFile | None = None
) -> LibraryFile | None:
    """Return the entry of the file at `path`, or None if it is not there (any more).

    It is read unless it is as it was `before`.
    """
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
        return LibraryFile(name, file, 0, 0, f"unreadable:{error.errno}", is_added=is_added)
    return LibraryFile(name, file, stat.st_size, stat.st_mtime_ns, digest, hashed_ns, is_added)
