"""How the lines of a paragraph, or of a table's cell, become one line again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vectorstore.formats.glyphs import is_wide

_HYPHENATED = re.compile(r"[A-Za-z]{2}[-\u00ad\u2010]$")
_HYPHENS = "-\u00ad\u2010"
# What a line can end and begin with without a space between, whatever stands beside it.
_OPENING, _CLOSING = "([{<“‘\"'/", ")]}>”’.,;:!?%/"


def joined(lines: Iterable[str]) -> str:
    """The lines as one, without spaces between Chinese characters and without the hyphens of broken words."""
    text = ""
    for line in lines:
        text = join(text, line)
    return text


def join(before: str, after: str) -> str:
    """`before` and `after`, the end and the beginning of two lines of one paragraph, as one text."""
    before, after = before.rstrip(), after.lstrip()
    if not before or not after:
        return before or after
    if is_broken_word(before, after):
        return before[:-1] + after
    return before + separator(before, after) + after


def is_broken_word(before: str, after: str) -> bool:
    """Whether a Latin word was broken with a hyphen at the end of the line."""
    return after[0].islower() and after[0].isascii() and _HYPHENATED.search(before) is not None


def separator(before: str, after: str) -> str:
    """What belongs between two lines of one paragraph: nothing beside a Chinese character, else a space.

    Between two figures it is a space as well: two figures must never become one.
    """
    if is_wide(before[-1]) or is_wide(after[0]) or before[-1] in _HYPHENS:
        return ""
    if before[-1] in _OPENING or (after[0] in _CLOSING and not after[1:2].isdigit()):
        return ""
    return " "
