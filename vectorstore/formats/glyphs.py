"""What every reader of pages hands to the layout: characters and ruling lines with their places on the page.

Lengths are points; x grows to the right and y downwards from the page's upper left corner, as the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

# The part of a character's size that stands above and below its baseline.
ASCENT, DESCENT = 0.86, 0.14
# Chinese, Japanese, Korean characters and the full-width signs among them: written without spaces.
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6"
    r"“”‘’—…·℃①-⑳㈠-㈩\U00020000-\U0003ffff]"
)
# A gap of so many ems inside a row of text is a space between Latin words, between Chinese characters.
_LATIN_SPACE, _WIDE_SPACE = 0.19, 0.9
# Dots that lead from a title to its page number in a table of contents.
_LEADERS = ".．·…"


class Glyph(NamedTuple):
    """One character as printed: `size` is its em in points, `spaced` whether the file has a space before it."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    spaced: bool = False
    font: str = ""

    @property
    def top(self) -> float:
        """Upper edge of its line."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower edge of its line."""
        return self.baseline + DESCENT * self.size


class Ruling(NamedTuple):
    """A straight line: at y = `position` from x = `start` to `end`, or upright with x and y exchanged."""

    is_horizontal: bool
    position: float
    start: float
    end: float


@dataclass(frozen=True)
class PageContent:
    """One page (`number` counts from 1) before anything is understood of it.

    `aside` are the characters that run in another direction than most of the page. `doubtful` says how many
    characters have no or no sensible Unicode value. `picture_share` is the part of the page that pictures cover, `drawn`
    whether so much is drawn on it that it may be letters. The page was turned by
    `quarter` quarter turns to be read.
    """

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rulings: Sequence[Ruling] = ()
    aside: Sequence[Glyph] = ()
    doubtful: int = 0
    picture_share: float = 0.0
    drawn: bool = False
    quarter: int = 0
    is_recognised: bool = False


def is_wide(character: str) -> bool:
    """Whether a character is one of those that stand beside each other without spaces."""
    return _WIDE.match(character) is not None


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters of one row from left to right, with a space where the file or the distance shows one."""
    parts: list[str] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if before is not None and has_space(before, glyph):
            parts.append(" ")
        parts.append(glyph.text)
        before = glyph
    return "".join(parts)


def has_space(before: Glyph, glyph: Glyph) -> bool:
    """Whether a space stands between two neighbours of a row."""
    if glyph.text == before.text and glyph.text in _LEADERS:
        return False
    gap = (glyph.left - before.right) / max(glyph.size, before.size, 0.1)
    wide = is_wide(before.text[-1]) + is_wide(glyph.text[0])
    if glyph.spaced:
        # Justified Chinese sometimes carries space characters that take no room.
        return wide < 2 or gap > 0.1
    if wide == 2:
        return gap > _WIDE_SPACE
    return gap > (_LATIN_SPACE if wide == 0 else 0.6)
