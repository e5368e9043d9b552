"""Questions worth asking next, or first: only such that the library answers, which is tried before they are offered."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest

from qa.answer import Answer, Citation
from qa.conversation.posing import Posed, about_clauses, about_row, about_section
from qa.figures.values import figures_in
from qa.tables.library import tables_in
from qa.understanding.question import Question
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name

MOST = 3
# No reader waits for suggestions: what has not been tried after so many seconds is not offered.
_SECONDS_AFTER = 0.3
_SECONDS_BEFORE = 1.0

_PUT_TOGETHER = re.compile(r"[?？].|[A-Za-z]{3}|[“”]|[吧吗][?？]?$|是不是")
_SHARE = re.compile(r"率|占比|比例|比重")

# The extractive answer to a question, on the ground that the reader has chosen.
AnswerOf = Callable[[str], Answer]


def next_questions(
    asked: Question, answer: Answer, index: PassageIndex, answer_of: AnswerOf
) -> tuple[str, ...]:
    """Up to three questions that follow an answer: its neighbours in the text, the same elsewhere, the whole section.

    Each is answered in full by what it is about; none is offered that was not tried within the time there is.
    """
    kinds = [_neighbours(answer, index), _elsewhere(asked, answer, index), _sections(answer, index)]
    candidates = (posed for rank in zip_longest(*kinds) for posed in rank if posed)
    return _tried(candidates, answer_of, {_bare(asked.text), _bare(answer.question)}, MOST, _SECONDS_AFTER)


def first_questions(
    index: PassageIndex, names: Iterable[str], answer_of: AnswerOf, *, most: int
) -> tuple[str, ...]:
    """Up to `most` questions about these documents, in turn: rows of their tables, figures of their sentences."""
    each = [_of_document(index, name) for name in names]
    candidates = (posed for rank in zip_longest(*each) for posed in rank if posed)
    return _tried(candidates, answer_of, set(), most, _SECONDS_BEFORE)


def _tried(
    candidates: Iterable[Posed], answer_of: AnswerOf, seen: set[str], most: int, seconds: float
) -> tuple[str, ...]:
    """The candidates whose answer rests on the very place that they come from."""
    kept: list[str] = []
    deadline = time.monotonic() + seconds
    for posed in candidates:
        if len(kept) == most or time.monotonic() > deadline:
            break
        if _bare(posed.text) in seen:
            continue
        seen.add(_bare(posed.text))
        found = answer_of(posed.text)
        if _answers(found, posed):
            kept.append(posed.text)
    return tuple(kept)


def _answers(found: Answer, posed: Posed) -> bool:
    units = {figure.unit for figure in figures_in(found.text) if figure.is_amount}
    return (
        found.status == "answered"
        and any(_overlaps(citation, posed) for citation in found.citations)
        and (not posed.units or bool(posed.units & units))
    )


def _neighbours(answer: Answer, index: PassageIndex) -> Iterator[Posed]:
    """What else is said around the first cited place: rows below it, figures beside it."""
    for citation in answer.citations[:1]:
        for table in tables_in(index, [citation.document]):
            at = next((i for i, row in enumerate(table.rows) if _within(citation, row.passage)), None)
            if at is not None:
                following = [*table.rows[at + 1 :], *table.rows[:at]]
                yield from (posed for row in following if (posed := about_row(table, row)))
        document = index.documents[citation.document]
        number = _number_of(citation, index)
        for near in [] if number is None else [number, *index.section_passages(number)]:
            for posed in about_clauses(index.passages[near], document):
                if posed.end <= citation.start or citation.end <= posed.start:
                    yield posed


def _elsewhere(asked: Question, answer: Answer, index: PassageIndex) -> Iterator[Posed]:
    """The same figure of the other places of the library, of the year that their documents speak about.

    Figures only, whose unit shows that it is the same one: of arrangements nothing tells whether the other place has them.
    """
    named = [*asked.regions, *asked.elsewhere]
    fits_one_place = asked.asks != "number" or asked.named or asked.list_size
    if len(named) != 1 or len(set(asked.years)) > 1 or fits_one_place:
        return
    units = {asked.unit or asked.likely_unit} - {""} or {
        figure.unit for figure in figures_in(answer.text) if figure.is_amount
    }
    units = units or ({"%"} if _SHARE.search(asked.text) else set())
    if not units:
        return
    text = answer.question or asked.text
    # What was put together, doubts, names things or is no Chinese does not read well with another place in it.
    if _PUT_TOGETHER.search(text):
        return
    written = next((form for form in (named[0], bare_name(named[0])) if form in text), "")
    if not written:
        return
    for name, document in index.documents.items():
        region = document.metadata.region
        if region and region != named[0]:
            there = _with_year_of(document, text.replace(written, region))
            yield Posed(there, name, 0, len(document.text), frozenset(units))


def _with_year_of(document: Document, text: str) -> str:
    years = document.metadata.years
    said = years_in(text)
    if not years or not said or set(said) & set(years):
        return text
    return re.sub(rf"{YEAR}(?=\s*年)", str(max(years)), folded(text))


def _sections(answer: Answer, index: PassageIndex) -> Iterator[Posed]:
    for citation in answer.citations:
        number = _number_of(citation, index)
        posed = None if number is None else _of_section(index.passages[number], index)
        if posed:
            yield posed


def _of_section(passage: Passage, index: PassageIndex) -> Posed | None:
    """The question about the section around a passage; any place in the section answers it."""
    posed = about_section(passage)
    if posed is None:
        return None
    within = [p for p in index.of_document(passage.document) if p.section == passage.section]
    return replace(posed, start=within[0].start, end=within[-1].end)


def _of_document(index: PassageIndex, name: str) -> Iterator[Posed]:
    """A row, then figures from all over the text rather than from its beginning, by turns."""
    rows = (about_row(table, row) for table in tables_in(index, [name]) for row in table.rows)
    document = index.documents[name]
    passages = [p for p in index.of_document(name) if p.text]
    clauses = (posed for passage in _spread(passages) for posed in about_clauses(passage, document))
    sections = (_of_section(passage, index) for passage in _spread(passages))
    for pair in zip_longest((row for row in rows if row), clauses, (posed for posed in sections if posed)):
        yield from (posed for posed in pair if posed)


def _spread(passages: list[Passage]) -> list[Passage]:
    step = max(1, len(passages) // 5)
    return [passage for first in range(step) for passage in passages[first::step]]


def _number_of(citation: Citation, index: PassageIndex) -> int | None:
    numbers = index.numbers_of(citation.document)
    passages = index.of_document(citation.document)
    return next((n for n, p in zip(numbers, passages, strict=True) if p.text and _within(citation, p)), None)


def _within(citation: Citation, passage: Passage) -> bool:
    return (
        passage.document == citation.document
        and passage.start <= citation.start
        and citation.start < passage.end
    )


def _overlaps(citation: Citation, posed: Posed) -> bool:
    return citation.document == posed.document and citation.start < posed.end and posed.start < citation.end


def _bare(text: str) -> str:
    return re.sub(r"[\s?？。]", "", folded(text))
