"""Texts that lost their line breaks: where 一、, (一) and 1. begin inside one long line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from vectorstore.numerals import from_chinese

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_AFTER_SENTENCE = r"(?<=[。;!?])\s*"
_CHAPTER = re.compile(rf"{_AFTER_SENTENCE}({_NUMERAL})、")
_FIRST_CHAPTER = re.compile(r"(?<![一二三四五六七八九十第、])(一)、")
_SECTION = re.compile(rf"\(({_NUMERAL})\)")
_ITEM = re.compile(rf"{_AFTER_SENTENCE}(\d{{1,2}})[、.](?!\d)")
# A title that is glued to what it heads, as long as that begins to count.
_GLUED_TITLE = re.compile(r"[^。;,:!?]{3,32}?(?=一是|1[、.](?!\d))")
# How far into a line the first chapter can be, behind a title that is glued to it.
_LONGEST_HEAD = 600
# Fewer than this many numbers in a row can be an enumeration in a sentence.
_LEAST_CHAPTERS = 3
_LEAST_SECTIONS = 2


def cuts_in(text: str) -> list[int]:
    """Positions in one line of folded text at which a numbered section begins; none if it is not numbered."""
    first = _FIRST_CHAPTER.search(text, 0, _LONGEST_HEAD)
    if first is None:
        return []
    later = ((match.start(1), from_chinese(match[1])) for match in _CHAPTER.finditer(text, first.end()))
    chapters = _in_sequence([(first.start(1), 1), *later])
    if len(chapters) < _LEAST_CHAPTERS:
        return []
    cuts = list(chapters)
    for start, end in pairwise([*chapters, len(text)]):
        sections = _in_sequence(
            (match.start(), from_chinese(match[1])) for match in _SECTION.finditer(text, start, end)
        )
        cuts += sections if len(sections) >= _LEAST_SECTIONS else []
        for begin, stop in pairwise([start, *sections, end]):
            cuts += _items(text, begin, stop)
    return sorted(set(cuts))


def _items(text: str, start: int, end: int) -> list[int]:
    title = _GLUED_TITLE.match(text, start, end)
    glued = [title.end()] if title else []
    first = [(position, 1) for position in glued if text[position] == "1"]
    later = ((match.start(1), int(match[1])) for match in _ITEM.finditer(text, start, end))
    items = _in_sequence([*first, *later])
    return [*glued, *items] if len(items) >= _LEAST_SECTIONS or (glued and not first) else []


def _in_sequence(numbers: Iterable[tuple[int, int | None]]) -> list[int]:
    """Positions of 1, 2, 3 … in order; numbers that do not follow on are something else."""
    positions: list[int] = []
    for position, number in numbers:
        if number == len(positions) + 1:
            positions.append(position)
    return positions
