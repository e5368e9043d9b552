"""In which order a page is read: columns side by side one after the other, everything else row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from vectorstore.formats.page_rows import Row, Segment
from vectorstore.formats.page_tables import PageTable
from vectorstore.numerals import from_chinese

# The white between two columns is at least so many ems wide.
_GUTTER = 1.1
_FEWEST_LINES = 3
# A column of running text has so many characters a line, and so many of its lines fill it.
_PROSE_CHARACTERS = 8
_FULL_LINE, _FULL_LINES = 0.7, 0.4
_WHOLE_LINES = 0.7
_MOST_ROWS = 300
_FEWEST_COUNTED = 2
_ITEM_NUMBER = re.compile(r"[(（]?(\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.．、)）](?!\d)|(?=\s))")


@dataclass(frozen=True, slots=True)
class Line:
    """The segments of one column that stand on one row."""

    segments: Row

    @property
    def left(self) -> float:
        """Left edge."""
        return self.segments[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.segments[-1].right

    @property
    def top(self) -> float:
        """Upper edge."""
        return min(segment.top for segment in self.segments)

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return max(segment.bottom for segment in self.segments)

    @property
    def main(self) -> Segment:
        """The segment that says most."""
        return max(self.segments, key=lambda segment: len(segment.text))

    @property
    def text(self) -> str:
        """What the line says."""
        return " ".join(segment.text for segment in self.segments)


Item = Line | PageTable


@dataclass(frozen=True, slots=True)
class Zone:
    """Lines and tables that stand one below the other; `is_column` where others stand beside them."""

    items: tuple[Item, ...]
    is_column: bool


@dataclass
class _Gap:
    """White from `left` to `right` that runs through the rows from `first` on."""

    left: float
    right: float
    first: int


def zones_of(rows: Sequence[Row], tables: Sequence[PageTable]) -> list[Zone]:
    """All lines and tables of a page as zones in reading order."""
    items: list[Item] = [*(Line(row) for row in rows), *tables]
    items.sort(key=lambda item: (item.top, item.left))
    return [zone for zone in _zones(items, is_column=False) if zone.items]


def _zones(items: Sequence[Item], *, is_column: bool) -> Iterator[Zone]:
    block = _columns(items) if 2 * _FEWEST_LINES <= len(items) <= _MOST_ROWS else None
    if block is None:
        yield Zone(tuple(items), is_column)
        return
    first, last, middle = block
    yield from _zones(items[:first], is_column=is_column)
    sides = _sides(items[first:last], middle)
    for side in sides:
        yield from _zones(side, is_column=True)
    yield from _zones(items[last:], is_column=is_column)


def _columns(items: Sequence[Item]) -> tuple[int, int, float] | None:
    """(first, last, x) of the longest run of items that a white gap at x divides into columns of text."""
    left, right = min(item.left for item in items), max(item.right for item in items)
    width = _GUTTER * median(_size(item) for item in items)
    best: tuple[int, int, float] | None = None
    gaps: list[_Gap] = []
    for position in range(len(items) + 1):
        free = _free(items[position], left, right) if position < len(items) else []
        open_gaps: list[_Gap] = []
        for gap in gaps:
            narrowed = [
                _Gap(max(gap.left, start), min(gap.right, end), gap.first)
                for start, end in free
                if min(gap.right, end) - max(gap.left, start) >= width
            ]
            open_gaps.extend(narrowed)
            if not narrowed and (best is None or position - gap.first > best[1] - best[0]):
                middle = (gap.left + gap.right) / 2
                if _are_columns(items[gap.first : position], middle):
                    best = gap.first, position, middle
                elif rows := _counted_rows(items, gap.first, position, middle):
                    best = *rows, middle
        known = {(gap.left, gap.right) for gap in open_gaps}
        open_gaps.extend(
            _Gap(start, end, position)
            for start, end in free
            if end - start >= width and (start, end) not in known
        )
        gaps = open_gaps
    return best


def _size(item: Item) -> float:
    return item.main.size if isinstance(item, Line) else 10.0


def _free(item: Item, left: float, right: float) -> list[tuple[float, float]]:
    """The parts of the width that the item leaves white."""
    taken = (
        [(segment.left, segment.right) for segment in item.segments]
        if isinstance(item, Line)
        else [(item.left, item.right)]
    )
    starts = [left, *(end for _, end in taken)]
    ends = [*(start for start, _ in taken), right]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def _sides(items: Sequence[Item], middle: float) -> tuple[list[Item], list[Item]]:
    sides: tuple[list[Item], list[Item]] = [], []
    for item in items:
        if isinstance(item, PageTable):
            sides[item.left > middle].append(item)
            continue
        for side, segments in enumerate(
            (
                tuple(segment for segment in item.segments if segment.left <= middle),
                tuple(segment for segment in item.segments if segment.left > middle),
            )
        ):
            if segments:
                sides[side].append(Line(segments))
    return sides


def _are_columns(items: Sequence[Item], middle: float) -> bool:
    sides = _sides(items, middle)
    return all(_is_prose(side) for side in sides)


def _counted_rows(items: Sequence[Item], first: int, last: int, middle: float) -> tuple[int, int] | None:
    """(first, last) of the rows between these with an item on either side, if the numbers go down left, then right."""
    beside = [
        at
        for at in range(first, last)
        if isinstance(item := items[at], Line) and item.left <= middle < item.segments[-1].left
    ]
    if len(beside) < _FEWEST_COUNTED or beside != list(range(beside[0], beside[-1] + 1)):
        return None
    rows = beside[0], beside[-1] + 1
    return rows if _is_counted_on(*_sides(items[slice(*rows)], middle)) else None


def _is_counted_on(left: Sequence[Item], right: Sequence[Item]) -> bool:
    """Whether the items at the right go on with the numbers of those at the left (1. 2. 3. beside 4. 5. 6.)."""
    numbers = []
    for item in (*left, *right):
        match = _ITEM_NUMBER.match(item.text) if isinstance(item, Line) else None
        if match is None:
            return False
        numbers.append(int(match[1]) if match[1].isdecimal() else from_chinese(match[1]))
    return numbers == list(range(numbers[0] or 0, (numbers[0] or 0) + len(numbers)))


def _is_prose(side: Sequence[Item]) -> bool:
    lines = [item for item in side if isinstance(item, Line)]
    if len(lines) < _FEWEST_LINES:
        return False
    if sum(len(line.segments) == 1 for line in lines) < _WHOLE_LINES * len(lines):
        # Cells of a table, or columns again.
        return len(lines) >= 2 * _FEWEST_LINES and _columns(side) is not None
    width = max(line.right for line in lines) - min(line.left for line in lines)
    full = sum(line.right - line.left >= _FULL_LINE * width for line in lines)
    characters = median(len(line.text) for line in lines)
    return characters >= _PROSE_CHARACTERS and full >= _FULL_LINES * len(lines)
