"""The running numbers in front of the names of a table without a grid (序号), however near to the names they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from vectorstore.formats.page_rows import Segment
from vectorstore.formats.page_tables import CellText
from vectorstore.formats.reading_order import Line

_HEADING = re.compile(r"序\s?号|编\s?号|项\s?次")
_NUMBER = re.compile(r"\d{1,3}(?=$|[^\d.,、%)）．:：])")
_MOST_HEADER_LINES = 2
_FEWEST = 2


def without_ordinals(lines: Sequence[Line]) -> tuple[list[CellText], list[Line]] | None:
    """(the heading and numbers, the lines without them), "" for a line without one; None where lines are not numbered."""
    first = next((at for at, line in enumerate(lines) if _NUMBER.match(line.segments[0].text)), 0)
    if not 1 <= first <= _MOST_HEADER_LINES:
        return None
    heading = next((at for at in range(first) if _HEADING.match(lines[at].segments[0].text)), None)
    if heading is None:
        return None
    cells: list[CellText] = []
    rest: list[Line] = []
    numbers: list[int] = []
    for at, line in enumerate(lines):
        pattern = _NUMBER if at >= first else _HEADING
        match = pattern.match(line.segments[0].text) if at >= first or at == heading else None
        if match is None and at >= first and len(line.segments) > 1:
            return None
        cell, segments = _cut(line.segments, match[0]) if match else (CellText(""), line.segments)
        if not segments:
            return None
        if match and at >= first:
            numbers.append(int(match[0]))
        cells.append(cell)
        rest.append(Line(segments))
    if len(numbers) < _FEWEST or numbers != sorted(set(numbers)):
        return None
    return cells, rest


def _cut(segments: Sequence[Segment], mark: str) -> tuple[CellText, tuple[Segment, ...]]:
    """The mark as a cell, and the segments without it."""
    opening = segments[0]
    size = sum(not sign.isspace() for sign in mark)
    cell = CellText(mark, opening.glyphs[:size])
    text = opening.text[len(mark) :].lstrip()
    if not text:
        return cell, tuple(segments[1:])
    # Where the name begins is known by its characters, or by its share of the width: the figures are far off anyway.
    share = len(text) / len(opening.text)
    left = (
        opening.glyphs[size].left
        if opening.glyphs
        else opening.right - share * (opening.right - opening.left)
    )
    return cell, (replace(opening, text=text, left=left, glyphs=opening.glyphs[size:]), *segments[1:])
