"""The way of a file to its passages, as the index takes it for a whole library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from vectorstore.corrections import Corrections
from vectorstore.documents import Document, Passage
from vectorstore.errors import DocumentUnreadable
from vectorstore.generation import Problem
from vectorstore.library import LibraryFile, LibraryFolders

if TYPE_CHECKING:
    from vectorstore.formats.isolated import IsolatedReader


class ReadDocument(Protocol):
    """Reads one file as a Document; raises DocumentUnreadable."""

    def __call__(self, path: Path, *, name: str, file: str) -> Document:
        """Read the file at `path`, which lies at `file` inside the library, as the document `name`."""


@dataclass(frozen=True)
class DocumentWalk:
    """How a file becomes a document, and a document passages.

    What it made of a file is kept under its `version`; not at all without one.
    """

    read: ReadDocument
    split: Callable[[Document], list[Passage]]
    version: str = ""


def default_walk(reader: IsolatedReader | None = None) -> DocumentWalk:
    """Return the walk of this program; `reader` reads formats other than text, with its limits."""
    from vectorstore.passages import passages_of  # noqa: PLC0415
    from vectorstore.reading import read_document  # noqa: PLC0415

    return DocumentWalk(partial(read_document, reader=reader), passages_of, pipeline_version())


@cache
def pipeline_version() -> str:
    """Return a hash of this package's code: an index from before a change of it is built anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read_library(
    folders: LibraryFolders | Path, files: Iterable[LibraryFile], *, read: ReadDocument
) -> tuple[list[Document], list[Problem]]:
    """Read all files. Those that cannot be read are reported and do not stop the others."""
    folders = folders if isinstance(folders, LibraryFolders) else LibraryFolders(folders)
    corrections = folders.corrections()
    documents: list[Document] = []
    problems: list[Problem] = []
    for entry in files:
        try:
            documents.append(read_one(folders.path(entry), entry, read=read, corrections=corrections))
        except DocumentUnreadable as error:
            problems.append(problem_of(entry, error))
    return documents, problems


def read_one(path: Path, entry: LibraryFile, *, read: ReadDocument, corrections: Corrections) -> Document:
    """Read the file at `path` as the library's `entry`, with what the user corrected. Raises DocumentUnreadable."""
    shown = entry.file.encode("utf-8", "replace").decode()
    if shown != entry.file:
        raise DocumentUnreadable(f"文件名“{shown}”无法辨认。", "请给该文件改名后再试。")
    document = read(path, name=entry.name, file=entry.file)
    return replace(document, metadata=corrections.metadata(document.metadata, entry.name))


def problem_of(entry: LibraryFile, error: DocumentUnreadable, *, key: str = "") -> Problem:
    """What keeps a file out, as the index remembers it."""
    return Problem(entry.file.encode("utf-8", "replace").decode(), error.message, error.hint, key)
