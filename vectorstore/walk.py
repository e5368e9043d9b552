"""The way of a file to its passages, as the index takes it for a whole library."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from vectorstore.documents import Document, Passage
from vectorstore.errors import DocumentUnreadable
from vectorstore.generation import Problem
from vectorstore.library import LibraryFile


class ReadDocument(Protocol):
    """Reads one file as a Document; raises DocumentUnreadable."""

    def __call__(self, path: Path, *, name: str, file: str) -> Document:
        """Read the file at `path`, which lies at `file` inside the library, as the document `name`."""


@dataclass(frozen=True)
class DocumentWalk:
    """How a file becomes a document, and a document passages."""

    read: ReadDocument
    split: Callable[[Document], list[Passage]]


def default_walk() -> DocumentWalk:
    """Return the walk of this program."""
    from vectorstore.passages import passages_of  # noqa: PLC0415
    from vectorstore.reading import read_document  # noqa: PLC0415

    return DocumentWalk(read_document, passages_of)


@cache
def pipeline_version() -> str:
    """Return a hash of this package's code: an index from before a change of it is built anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def read_library(
    folder: Path, files: Iterable[LibraryFile], *, read: ReadDocument
) -> tuple[list[Document], list[Problem]]:
    """Read all files. Those that cannot be read are reported and do not stop the others."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for entry in files:
        shown = entry.file.encode("utf-8", "replace").decode()
        if shown != entry.file:
            problems.append(Problem(shown, f"文件名“{shown}”无法辨认。", "请给该文件改名后再试。"))
            continue
        try:
            documents.append(read(folder / entry.file, name=entry.name, file=entry.file))
        except DocumentUnreadable as error:
            problems.append(Problem(entry.file, error.message, error.hint))
    return documents, problems
