"""Passages: what is retrieved and cited. One idea each, never across a section, with exact offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vectorstore.documents import Document, Passage
from vectorstore.doubts import doubts_in, with_doubts
from vectorstore.folding import folded
from vectorstore.numerals import describe_years, years_in
from vectorstore.sentences import clause_spans, sentence_spans
from vectorstore.statements import statement_of_passage, statements_in
from vectorstore.structure import Block, blocks_of_document
from vectorstore.unsaid import with_unsaid

# Measured on the staff questions: passages of about 120 characters find more than longer ones, and a
# short exact evidence is what makes a small local model quick.
TARGET_LENGTH = 120
LONGEST = 260


def passages_of(document: Document) -> list[Passage]:
    """All passages of a document in reading order; `document.text[p.start:p.end] == p.text` for each.

    Titles and headings have no passage of their own: they are the context of those below them.
    """
    blocks = blocks_of_document(document)
    passages = [
        passage for block in blocks if not block.is_heading for passage in _passages_of_block(document, block)
    ]
    return with_doubts(with_unsaid(passages, document.text), doubts_in(document, blocks))


def _passages_of_block(document: Document, block: Block) -> Iterator[Passage]:
    whole = [(block.start, block.end)]
    spans = _packed(document.text, block.start, block.end) if block.kind == "text" else whole
    cells = block.row.named_cells(document.text) if block.row else ()
    for start, end in spans:
        passage = Passage(
            document=document.name,
            start=start,
            end=end,
            text=document.text[start:end],
            section=block.section,
            kind=block.kind,
            context=_context(document, block),
            region=document.metadata.region,
            years=block.years or document.metadata.years,
            caption=block.caption,
            cells=cells,
        )
        yield replace(
            passage,
            statement=statement_of_passage(passage, document.metadata),
            named_years=_named_years(passage),
            stated=tuple(sorted(statements_in(passage, start, end, document))),
        )


def _named_years(passage: Passage) -> tuple[int, ...]:
    """The years that it speaks about: those that its surroundings declare, else those in its own words.

    A row speaks about the years of its columns as well.
    """
    columns = years_in(" ".join(column for column, _ in passage.cells))
    return tuple(sorted({*passage.years, *columns} or set(years_in(passage.text))))


def _context(document: Document, block: Block) -> str:
    metadata = document.metadata
    years = describe_years(block.years or metadata.years)
    parts = [metadata.title, metadata.region if metadata.region not in metadata.title else "", years]
    lines = [" ".join(part for part in parts if part), " > ".join(block.section), block.caption]
    if block.row:
        lines.append(";".join(f"{column}:{value}" for column, value in block.row.named_cells(document.text)))
    return "\n".join(line for line in lines if line)


def _packed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Whole sentences up to the target length; a sentence far too long is cut at its clauses."""
    first: int | None = None
    last = start
    for unit_start, unit_end in _units(text, start, end):
        if first is not None and unit_end - first > TARGET_LENGTH:
            yield first, last
            first = None
        if first is None:
            first = unit_start
        last = unit_end
    if first is not None:
        yield first, last


def _units(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for sentence_start, sentence_end in sentence_spans(text, start, end):
        if sentence_end - sentence_start <= LONGEST:
            yield sentence_start, sentence_end
            continue
        for clause_start, clause_end in clause_spans(text, sentence_start, sentence_end):
            yield from _cut(text, clause_start, clause_end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Pieces of at most the longest length, without white space at their ends, of a text without any stop."""
    for first in range(start, end, LONGEST):
        piece = text[first : min(first + LONGEST, end)]
        stripped = folded(piece).strip()
        if stripped:
            begin = first + len(piece) - len(folded(piece).lstrip())
            yield begin, begin + len(stripped)
