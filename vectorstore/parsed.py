"""What the walk made of each file, kept: adding one file to a thousand reads one."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from vectorstore.cache_file import open_cache_file
from vectorstore.catalogue import CATALOGUE, load
from vectorstore.corrections import Corrections
from vectorstore.documents import Document, Passage
from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.kinds import shown
from vectorstore.generation import Problem
from vectorstore.library import LibraryFile, LibraryFolders
from vectorstore.records import from_json, to_json
from vectorstore.stages import OnStage, ignored
from vectorstore.versions import Signature, signature_of
from vectorstore.walk import DocumentWalk, problem_of, read_one

_TABLE = "CREATE TABLE IF NOT EXISTS parsed (key TEXT PRIMARY KEY, record BLOB) WITHOUT ROWID"


@dataclass(frozen=True)
class Parsed:
    """A document, its passages in reading order, and the signature by which its versions are known."""

    document: Document
    passages: tuple[Passage, ...]
    signature: Signature


class ParsedCache:
    """A file of parsed documents by everything that they were made of. One object belongs to one thread."""

    def __init__(self, path: Path) -> None:
        """Open or create; a damaged file is set aside and a new one begun."""
        self._connection = open_cache_file(path, _TABLE)

    def __enter__(self) -> ParsedCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def get(self, key: str) -> Parsed | None:
        """Return what is kept; a record that cannot be read counts as none."""
        row = self._connection.execute("SELECT record FROM parsed WHERE key = ?", (key,)).fetchone()
        try:
            text = zlib.decompress(row[0]).decode("utf-8", "surrogatepass")
            return from_json(Parsed, text)
        except (TypeError, ValueError, KeyError, zlib.error):
            return None

    def put(self, key: str, parsed: Parsed) -> None:
        """Keep it, for good once this returns."""
        record = zlib.compress(to_json(parsed).encode("utf-8", "surrogatepass"), 1)
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO parsed VALUES (?, ?)", (key, record))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop everything else."""
        kept = set(keys)
        stored = [key for (key,) in self._connection.execute("SELECT key FROM parsed")]
        with self._connection:
            dropped = [(key,) for key in stored if key not in kept]
            self._connection.executemany("DELETE FROM parsed WHERE key = ?", dropped)


def parse_library(
    folders: LibraryFolders,
    files: Sequence[LibraryFile],
    *,
    walk: DocumentWalk,
    kept: ParsedCache,
    on_stage: OnStage = ignored,
    problems_before: Sequence[Problem] = (),
) -> tuple[list[Parsed], list[Problem]]:
    """Parse all files, only those that are not `kept` anew. Those that cannot be read are reported.

    Nor is a file tried again that was among `problems_before` and is as it was.
    `on_stage` hears of each file that is parsed. Records of files that are no longer there are dropped in the end.
    """
    corrections = folders.corrections()
    keys_of = Keys(folders, walk, corrections)
    keys = {entry: keys_of.of(entry) for entry in files}
    known = {entry: kept.get(key) if key else None for entry, key in keys.items()}
    documents: list[Parsed] = []
    problems: list[Problem] = []
    bad = {problem.key: problem for problem in problems_before if problem.key}
    done, missing = 0, sum(parsed is None and keys[entry] not in bad for entry, parsed in known.items())
    for entry, found in known.items():
        if found is not None:
            documents.append(found)
            continue
        if keys[entry] in bad:
            problems.append(bad[keys[entry]])
            continue
        on_stage("理解", shown(entry.file), done, missing)
        done += 1
        try:
            documents.append(parse_file(folders.path(entry), entry, walk=walk, corrections=corrections))
        except DocumentUnreadable as error:
            problems.append(problem_of(entry, error, key=keys[entry]))
        else:
            if keys[entry] and _is_unchanged(folders.path(entry), entry):
                kept.put(keys[entry], documents[-1])
    kept.keep_only(keys.values())
    return documents, problems


def parse_file(path: Path, entry: LibraryFile, *, walk: DocumentWalk, corrections: Corrections) -> Parsed:
    """Take the file at `path` through the walk, as the library's `entry`. Raises DocumentUnreadable."""
    document = read_one(path, entry, read=walk.read, corrections=corrections)
    return Parsed(document, tuple(walk.split(document)), signature_of(document.text))


class Keys:
    """Under what the files of a library are kept: everything that a document is made of. For one run."""

    def __init__(self, folders: LibraryFolders, walk: DocumentWalk, corrections: Corrections) -> None:
        self._folders = folders
        self._walk = walk
        self._corrections = corrections
        self._catalogues: dict[Path, dict[str, Any] | None] = {}

    def of(self, entry: LibraryFile) -> str:
        """The key of a file; "" for one that cannot be kept."""
        path = self._folders.path(entry)
        catalogue = self._catalogue(path.parent / CATALOGUE)
        if not self._walk.version or entry.sha256.startswith("unreadable") or catalogue is None:
            return ""
        said = (repr(catalogue.get(path.stem)), repr(self._corrections.of(entry.name)))
        parts = (self._walk.version, entry.sha256, entry.name, entry.file, *said)
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()

    def _catalogue(self, path: Path) -> dict[str, Any] | None:
        """The catalogue's entries, each read once; None for one that cannot be read."""
        if path not in self._catalogues:
            try:
                self._catalogues[path] = load(path) if path.is_file() else {}
            except DocumentUnreadable:
                self._catalogues[path] = None
        return self._catalogues[path]


def _is_unchanged(path: Path, entry: LibraryFile) -> bool:
    """Whether the file is still what was hashed: it may have been changed before it was read."""
    try:
        stat = path.stat()
    except OSError:
        return False
    return (stat.st_mtime_ns, stat.st_size) == (entry.mtime_ns, entry.size)
