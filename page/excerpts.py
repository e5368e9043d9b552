"""A quotation inside its surroundings: exact characters of the document, cut where a sentence or line ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

REACH = 120
# Tables are often written with one cell a line; a line of running text is longer than a cell.
_LONGEST_CELL = 14
_FEWEST_CELLS = 4
_BOUNDARY = re.compile(r"[。！？；!?;][”’」』）)]*|\n")


@dataclass(frozen=True)
class Excerpt:
    """`before + quote + after` is a run of the document's characters, around the quotation.

    `opens_mid_sentence` and `closes_mid_sentence` tell where the run was cut inside a sentence.
    """

    before: str
    quote: str
    after: str
    opens_mid_sentence: bool
    closes_mid_sentence: bool

    @property
    def is_cells(self) -> bool:
        """Whether its lines are the cells of a table rather than lines of text."""
        lines = [line.strip() for line in f"{self.before}{self.quote}{self.after}".split("\n")]
        lengths = sorted(len(line) for line in lines if line)
        most = lengths[: (3 * len(lengths) + 3) // 4]
        return len(lengths) >= _FEWEST_CELLS and most[-1] <= _LONGEST_CELL


def excerpt_around(text: str, start: int, end: int, *, reach: int = REACH) -> Excerpt:
    """The quotation `text[start:end]` with whole sentences or lines around it, up to `reach` characters a side."""
    before, opens_mid = _before(text, start, reach)
    after, closes_mid = _after(text, end, reach)
    return Excerpt(before, text[start:end], after, opens_mid, closes_mid)


def _before(text: str, start: int, reach: int) -> tuple[str, bool]:
    # One character more, so that a sentence that starts exactly at the reach is seen to start there.
    low = max(0, start - reach - 1)
    window = text[low:start]
    if low > 0:
        boundary = _BOUNDARY.search(window)
        if boundary is None:
            return window[1:], True
        window = window[boundary.end() :]
    return window.lstrip(), False


def _after(text: str, end: int, reach: int) -> tuple[str, bool]:
    window = text[end : end + reach]
    if end + reach < len(text):
        boundaries = list(_BOUNDARY.finditer(window))
        if not boundaries:
            return window, True
        window = window[: boundaries[-1].end()]
    return window.rstrip(), False
