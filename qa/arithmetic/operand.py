"""One operand: a figure with its unit, its owner, and the span that states it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evidence.claims import Claim, Source
from qa.evidence.rows import owner_of
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.quantities import Quantity
from vectorstore.documents import Passage
from vectorstore.sentences import clause_spans


def clauses_around(passage: Passage, text: str, within: tuple[int, int], first: int, last: int) -> Source:
    """The clauses from that of text[first] to that of text[last - 1], none beyond `within`; `text` is the whole document's."""
    spans = list(clause_spans(text, *within))
    start = next((a for a, b in spans if a <= first < b), within[0])
    end = next((b for a, b in spans if a < last <= b), within[1])
    return trimmed(passage, text, start, end, JOINING + ENDING)


def trimmed(passage: Passage, text: str, start: int, end: int, marks: str = JOINING) -> Source:
    """The span text[start:end] without the blanks around it and the marks behind it."""
    shown = text[start:end].strip().rstrip(marks)
    start = text.index(shown, start)
    return Source(passage, start, start + len(shown))


@dataclass(frozen=True)
class Operand:
    """One figure of a calculation, where it is stated (`source`), and how well it fits what is wanted."""

    name: str
    quantity: Quantity
    source: Source
    start: int
    end: int
    shown: str
    years: tuple[int, ...]
    score: float

    @property
    def region(self) -> str:
        """The place whose figure it is, as the document's region."""
        return self.source.passage.region

    @property
    def place(self) -> tuple[str, int, str]:
        """What tells one figure from another: a row's cells share their offsets."""
        return self.source.passage.document, self.start, self.shown if self.source.passage.cells else ""

    def claim(self) -> Claim:
        """The words that state it, behind the place and years that they belong to."""
        owner = owner_of(self.source.passage)
        text = self.shown.rstrip(JOINING + ENDING) + "。"
        return Claim(f"{owner}：{text}" if owner else text, (self.source,))
