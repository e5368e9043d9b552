"""A document of the library as its keeper sees it in a list."""

from __future__ import annotations

from qa.library.reports import DocumentState, ListedDocument
from vectorstore.corrections import Corrections
from vectorstore.generation import Problem
from vectorstore.library import LibraryFile
from vectorstore.summaries import Summary


def listed_document(
    entry: LibraryFile,
    *,
    is_indexed: bool,
    problem: Problem | None,
    summary: Summary | None,
    corrections: Corrections,
    is_packaged: bool,
) -> ListedDocument:
    """The entry of a file: `problem` and `summary` are what the index knows, `is_indexed` whether of the file as it is."""
    problem = problem if is_indexed else None
    is_hidden = entry.name in corrections.hidden
    return ListedDocument(
        name=entry.name,
        file=entry.file,
        state=_state(is_hidden=is_hidden, problem=problem, is_ready=is_indexed and summary is not None),
        is_packaged=is_packaged,
        size=entry.size,
        corrected=tuple(corrections.of(entry.name)),
        understood=None if is_hidden else summary,
        reason=problem.message if problem else "",
        hint=problem.hint if problem else "",
    )


def _state(*, is_hidden: bool, problem: Problem | None, is_ready: bool) -> DocumentState:
    if is_hidden:
        return "hidden"
    if problem:
        return "unreadable"
    return "ready" if is_ready else "waiting"
