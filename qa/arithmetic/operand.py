"""One operand: a figure with its unit, its owner, and the span that states it."""

from __future__ import annotations

from dataclasses import dataclass

from qa.evidence.claims import Claim, Source
from qa.evidence.rows import owner_of
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.quantities import Quantity


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
