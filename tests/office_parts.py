"""What the tests of formats share: a reader in a process of its own, texts with their marks, passages of a file."""

from __future__ import annotations

from vectorstore.documents import Document, Passage
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.reader import read_file
from vectorstore.passages import passages_of
from vectorstore.reading import document_of


def document_from(content: bytes, *, file: str) -> Document:
    return document_of(read_file(content, file=file), name="plan", file=file, folder=None, stem="plan")


def rows_of(document: Document) -> list[dict[str, str]]:
    """The cells of every table row by the names of their columns."""
    return [dict(passage.cells) for passage in passages_of(document) if passage.kind == "row"]


def passage_with(document: Document, words: str) -> Passage:
    """The one passage, page furniture aside, in which the words stand."""
    found = [p for p in passages_of(document) if words in p.text and p.kind != "furniture"]
    assert len(found) == 1, f"{words!r} stands in {len(found)} passages"
    return found[0]


def furniture_of(extracted: Extracted) -> list[str]:
    return [extracted.text[span.start : span.end] for span in extracted.furniture]


def body_of(extracted: Extracted) -> list[str]:
    """The lines that are no page furniture."""
    starts = {span.start for span in extracted.furniture}
    lines, position = [], 0
    for line in extracted.text.splitlines(keepends=True):
        if position not in starts:
            lines.append(line.rstrip("\n"))
        position += len(line)
    return lines


def headings_of(extracted: Extracted) -> list[tuple[int, str]]:
    return [(heading.level, extracted.text[heading.start : heading.end]) for heading in extracted.headings]
