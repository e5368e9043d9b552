"""The unnumbered headings of a paper's halves (2024年工作总结 … 2025年工作计划) where one count runs through both.

Where the count starts again with the second half, that alone tells the halves apart (see `vectorstore.sections`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vectorstore.headings import Heading, heading_of
from vectorstore.lines import Line

_NAMES_HALF = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:度|[上下]半年|全[省市州区县]|下一?步|下阶段|今后)?(?:民政)?(?:事业|重点|主要)?工作"
    r"(?:发展)?(?:总结|回顾|完成情况|开展情况|进展情况|情况|计划|安排|打算|思路|要点|谋划|举措)"
)
# How many lines (the source of a reprint, an opening paragraph) may stand between such a heading and the first number.
_LINES_TO_COUNT = 4


def halves_of(lines: Sequence[Line]) -> dict[int, Heading]:
    """Position of the line → its heading, for every line that names a half; none where the count starts anew in each."""
    named = [position for position, line in enumerate(lines) if _NAMES_HALF.fullmatch(line.text)]
    first_numbers = [_first_number(lines, position) for position in named]
    if len(named) < 2 or 0 in first_numbers or sorted(set(first_numbers)) != first_numbers:
        return {}
    return {position: _heading(lines[position]) for position in named}


def _first_number(lines: Sequence[Line], position: int) -> int:
    """The number that the next numbered line bears; 0 where none follows soon."""
    below = (heading_of(line) for line in lines[position + 1 : position + 1 + _LINES_TO_COUNT])
    return next((heading.ordinal for heading in below if heading is not None and heading.ordinal), 0)


def _heading(line: Line) -> Heading:
    return Heading("part", (), "title", line.start, line.start, line.end, line.end)
