"""Running heads and page numbers: what stands at the edges of the pages and belongs to none of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from vectorstore.formats.page_rows import Row

# Running heads stand in this outer part of the page, on the first or last few rows.
_MARGIN = 0.14
_OUTER_ROWS = 3
_LONGEST = 70
# Between a running head and the text there is more white than between lines, or its type is another.
_SET_OFF, _OTHER_SIZE = 1.35, 0.07
_FEWEST_PAGES = 3
# A head of every chapter is repeated on a part of the pages only; what stands further in, on many.
_SHARE, _INNER_SHARE = 0.04, 0.25
_DASH = r"[-—–―~·•|]"
_ROMAN = r"[ivxlcIVXLC]{1,7}"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}{{1,3}}\s*(?:\d{{1,5}}|{_ROMAN})\s*{_DASH}{{1,3}}|第\s*[\d一二三四五六七八九十百]{{1,5}}\s*页(?:\s*[,，/]?\s*[(（]?\s*共\s*\d{{1,5}}\s*页\s*[)）]?)?|"
    r"\d{1,5}\s*[/／]\s*\d{1,5}|[Pp]age\s*\d{1,5}(?:\s*of\s*\d{1,5})?|第?\s*\d{1,5}\s*页\s*[,，/]?\s*共\s*\d{1,5}\s*页"
)
_PLAIN_NUMBER = re.compile(rf"\d{{1,5}}|{_ROMAN}")
_NUMBERS = re.compile(r"\d+|\b[ivxlc]+\b")
# A head that names the section beside the page's number (3.6 数学字体 31) may stand on one page only.
_NUMBER_AT_AN_END = re.compile(r"^(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})$")


@dataclass(frozen=True)
class PageRows:
    """The rows of a page from top to bottom, and its height in points."""

    number: int
    height: float
    rows: Sequence[Row]


def running_heads(pages: Sequence[PageRows]) -> dict[int, frozenset[int]]:
    """For each page's number the positions of the rows that are running heads or page numbers."""
    edges = {page.number: _edge_rows(page) for page in pages}
    keys: Counter[tuple[str, bool]] = Counter()
    numbers: Counter[tuple[bool, int]] = Counter()
    for page in pages:
        found = set()
        for position in edges[page.number]:
            text = _written(page.rows[position])
            found.add((_key(text), _is_upper(page, position)))
            numbers.update((_is_upper(page, position), shift) for shift in _shifts(text, page.number))
        keys.update(found)
    fewest = max(_FEWEST_PAGES if len(pages) > 4 else 2, round(_SHARE * len(pages)))
    fewest_inside = max(fewest, round(_INNER_SHARE * len(pages)))
    heads: dict[int, frozenset[int]] = {}
    for page in pages:
        positions = [
            position
            for position in edges[page.number]
            if _is_head(
                page,
                position,
                keys,
                numbers,
                fewest if position in (0, len(page.rows) - 1) else fewest_inside,
            )
        ]
        heads[page.number] = frozenset(_outermost(page.rows, positions))
    return heads


def _edge_rows(page: PageRows) -> list[int]:
    """Positions of the rows in the page's margins."""
    count = len(page.rows)
    outer = {*range(min(_OUTER_ROWS, count)), *range(max(0, count - _OUTER_ROWS), count)}
    return [
        position
        for position in sorted(outer)
        if len(_written(page.rows[position])) <= _LONGEST
        and (
            page.rows[position][0].bottom <= _MARGIN * page.height
            or page.rows[position][0].top >= (1 - _MARGIN) * page.height
        )
    ]


def _is_upper(page: PageRows, position: int) -> bool:
    return page.rows[position][0].baseline < page.height / 2


def _is_head(
    page: PageRows,
    position: int,
    keys: Counter[tuple[str, bool]],
    numbers: Counter[tuple[bool, int]],
    fewest: int,
) -> bool:
    text = _written(page.rows[position])
    is_upper = _is_upper(page, position)
    if _PAGE_NUMBER.fullmatch(text):
        return True
    if text.isdecimal():
        return numbers[is_upper, int(text) - page.number] >= 2
    if text.endswith(("。", "；", "，")):
        return False
    is_outermost = position in (0, len(page.rows) - 1)
    if is_outermost and any(numbers[is_upper, shift] >= fewest for shift in _shifts(text, page.number)):
        return True
    key = _key(text)
    # A row of figures alone is a row of a table, however often it looks alike.
    return keys[key, is_upper] >= fewest and (
        _PLAIN_NUMBER.fullmatch(text) is not None or re.search(r"[^\W\d_#]", key) is not None
    )


def _shifts(text: str, number: int) -> set[int]:
    """By how much the page's number, if the row is it or begins or ends with it, differs from its place in the file."""
    if text.isdecimal():
        return {int(text) - number}
    return {int(match[1] or match[2]) - number for match in _NUMBER_AT_AN_END.finditer(text)}


def _outermost(rows: Sequence[Row], positions: list[int]) -> list[int]:
    """Those with no other text between them and the edge of the page, set off from the text."""
    upper, lower = 0, len(rows) - 1
    while upper in positions:
        upper += 1
    while lower in positions:
        lower -= 1
    if upper > lower:
        return positions
    pitch = median([second[0].baseline - first[0].baseline for first, second in pairwise(rows)] or [0.0])
    while upper and not _is_set_off(rows[upper - 1], rows[upper], pitch):
        upper -= 1
    while lower < len(rows) - 1 and not _is_set_off(rows[lower + 1], rows[lower], pitch):
        lower += 1
    return [position for position in positions if position < upper or position > lower]


def _is_set_off(head: Row, text: Row, pitch: float) -> bool:
    distance = abs(head[0].baseline - text[0].baseline)
    size = text[0].size
    return (
        distance > _SET_OFF * pitch
        or abs(head[0].size - size) > _OTHER_SIZE * size
        or _PAGE_NUMBER.fullmatch(_written(head)) is not None
    )


def _written(row: Row) -> str:
    return " ".join(segment.text for segment in row).strip()


def _key(text: str) -> str:
    return re.sub(r"\s+", "", _NUMBERS.sub("#", text))
