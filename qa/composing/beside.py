"""Where the answer to a follow-up may stand: beside what the answer before quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.evidence.amounts import is_in_unit_asked
from qa.evidence.claims import Claim, Source
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import Figure, figures_in
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.index import PassageIndex
from vectorstore.sentences import sentence_spans

# One level of several, each of which has its own line: 一类:….
LEVEL = re.compile(r"[一二三四五六]类|[一二三四五六]档|[一二三四]级")
# A figure smaller than this stands in too many sentences to tell that one of them says the same as a table's cell.
_TELLING = 100


@dataclass(frozen=True)
class Spot:
    """A sentence of a passage, `document.text[start:end] == text`.

    `distance`: 0 when it was quoted itself, 1 when it gives the figure of the row quoted, 2 in the same passage, 3 on
    another line of the same section. `quoted` is what the answer before took from it, from its own beginning on.
    """

    passage: Passage
    start: int
    end: int
    text: str
    distance: int
    quoted: tuple[int, int] = (0, 0)

    def claim(self, start: int, end: int) -> Claim:
        """What it says from `start` to `end`, counted from its own beginning, behind its place and years."""
        text = self.text[start:end].rstrip(JOINING)
        owner = owner_of(self.passage)
        shown = text if text[-1] in ENDING else f"{text}。"
        source = Source(self.passage, self.start + start, self.start + start + len(text))
        return Claim(f"{owner}：{shown}" if owner else shown, (source,))

    def nearest(self, question: Question) -> Figure | None:
        """The figure in the unit asked for, or else in one like it, that stands nearest to what was quoted."""
        first, last = self.quoted
        amounts = [f for f in figures_in(self.text) if f.is_amount and in_unit(question, f)]
        # 查了多少家 is told by 42家, not by 148处.
        amounts = [f for f in amounts if f.unit == question.unit] or amounts
        return min(amounts, key=lambda f: max(first - f.end, f.start - last, 0), default=None)


def in_unit(question: Question, figure: Figure) -> bool:
    """Whether a figure is written in the unit asked for, or one like it."""
    return bool(figure.unit) and is_in_unit_asked(question, figure.unit)


def spots_beside(asked: Question, solver: Solver) -> list[Spot]:
    """The sentences near what the answer before cited, the nearest first."""
    found = [*_around(asked, solver.index), *_same_figure(asked, solver.index)]
    return sorted(found, key=lambda spot: spot.distance)


def rows_quoted(asked: Question, index: PassageIndex) -> list[Passage]:
    """The table rows that the answer before cited."""
    return [
        passage
        for name in dict.fromkeys(name for name, _, _ in asked.near)
        for passage in index.of_document(name)
        if passage.cells and (name, passage.start, passage.end) in asked.near
    ]


def rows_like(asked: Question, index: PassageIndex) -> list[Passage]:
    """The other rows of the tables that the answer before cited a row of."""
    quoted = rows_quoted(asked, index)
    tables = {(row.document, row.caption, row.section, len(row.cells)) for row in quoted}
    return [
        passage
        for name in dict.fromkeys(row.document for row in quoted)
        for passage in index.of_document(name)
        if passage.cells
        and (passage.document, passage.caption, passage.section, len(passage.cells)) in tables
        and passage not in quoted
    ]


def _around(asked: Question, index: PassageIndex) -> Iterator[Spot]:
    for name, start, end in asked.near:
        around = [p for p in _texts(index, name) if p.start <= start and end <= p.end]
        text = index.documents[name].text
        for passage in around:
            for begin, stop in sentence_spans(text, passage.start, passage.end):
                overlaps = begin < end and start < stop
                quoted = (max(start, begin) - begin, min(end, stop) - begin) if overlaps else (0, 0)
                yield Spot(passage, begin, stop, text[begin:stop], 0 if overlaps else 2, quoted)
        if not LEVEL.search(asked.said):
            continue
        sections = {passage.section for passage in around}
        for passage in _texts(index, name):
            if passage.section in sections and passage.start > start:
                yield Spot(passage, passage.start, passage.end, passage.text, 3)


def _same_figure(asked: Question, index: PassageIndex) -> Iterator[Spot]:
    """Sentences of the same document that give the very figure quoted from a table's row."""
    for row in rows_quoted(asked, index):
        cells = [value for column, value in row.cells[1:] if column != "单位"]
        values = {f.value for value in cells for f in figures_in(value) if f.value >= _TELLING}
        text = index.documents[row.document].text
        for passage in _texts(index, row.document) if values else ():
            for begin, stop in sentence_spans(text, passage.start, passage.end):
                if any(figure.value in values for figure in figures_in(text[begin:stop])):
                    yield Spot(passage, begin, stop, text[begin:stop], 1)


def _texts(index: PassageIndex, name: str) -> Iterator[Passage]:
    return (passage for passage in index.of_document(name) if passage.kind == "text")
