"""Tables side by side: each with its own caption, or one table whose columns are repeated to save paper."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vectorstore.formats.aligned_parts import FIGURE, is_caption
from vectorstore.formats.page_tables import CellText, PageTable
from vectorstore.formats.reading_order import Item, Line

# Captions stand so near above their tables, in points.
_NEAR = 40.0
_MOST_LINES_ABOVE = 2


def apart(items: Sequence[Item]) -> Iterator[tuple[list[Item], bool]]:
    """The items in reading order, in runs: (what stands one below the other, whether others stand beside it)."""
    position = 0
    pending: list[Item] = []
    while position < len(items):
        sides, taken = _captioned(items, position)
        if not sides:
            sides, taken = _ruled(items, position)
        if sides:
            if pending:
                yield pending, False
            yield from ((side, True) for side in sides if side)
            pending = []
            position += taken
            continue
        pending.append(items[position])
        position += 1
    if pending:
        yield pending, False


def unfolded(table: PageTable) -> list[PageTable]:
    """A table whose first column comes again further right (乡镇 床位 乡镇 床位), as what it is.

    The same columns again are one table with the parts one below the other; other columns are another table.
    """
    names = _names(table)
    if len(table.rows) > 2 and not all(names) and all(cell.text for cell in table.rows[1]):
        return _titled(table)
    starts = [number for number, name in enumerate(names) if name == names[0]]
    ends = [*starts[1:], len(names)]
    is_sound = len(starts) > 1 and all(names) and not any(FIGURE.fullmatch(name) for name in names)
    if not is_sound or any(end - start < 2 for start, end in zip(starts, ends, strict=True)):
        return [table]
    parts = [
        replace(
            table,
            left=table.xs[start],
            right=table.xs[end],
            xs=table.xs[start : end + 1],
            title=table.title if start == 0 else CellText(""),
            rows=tuple(row[start:end] for row in table.rows if any(cell.text for cell in row[start:end])),
        )
        for start, end in zip(starts, ends, strict=True)
    ]
    first = parts[0]
    if all(_names(part) == _names(first) for part in parts):
        rows = (first.rows[0], *(row for part in parts for row in part.rows[1:]))
        return [replace(first, rows=rows)]
    return parts


def _titled(table: PageTable) -> list[PageTable]:
    """Two tables that look like one with names above its columns' names: each above a first column that is the same."""
    above, below = table.rows[:2]
    starts = [number for number, cell in enumerate(below) if cell.text == below[0].text]
    if len(starts) < 2 or [number for number, cell in enumerate(above) if cell.text] != starts:
        return [table]
    parts = unfolded(replace(table, rows=table.rows[1:]))
    if len(parts) != len(starts):
        # The same columns: kept apart by their titles.
        ends = [*starts[1:], len(below)]
        parts = [
            replace(
                table,
                left=table.xs[start],
                right=table.xs[end],
                xs=table.xs[start : end + 1],
                rows=tuple(
                    row[start:end] for row in table.rows[1:] if any(cell.text for cell in row[start:end])
                ),
            )
            for start, end in zip(starts, ends, strict=True)
        ]
    return [replace(part, title=above[start]) for part, start in zip(parts, starts, strict=True)]


def _names(table: PageTable) -> list[str]:
    return [cell.text for cell in table.rows[0]]


def _captioned(items: Sequence[Item], first: int) -> tuple[list[list[Item]], int]:
    """The sides below a line of several captions (表1 … 表2 …), as far as white runs down between them."""
    line = items[first]
    if not isinstance(line, Line) or len(line.segments) < 2:
        return [], 0
    captions = [segment for segment in line.segments if is_caption(segment.text)]
    if len(captions) != len(line.segments):
        return [], 0
    bounds = [(left.right, right.left) for left, right in itertools.pairwise(captions)]
    last = first + 1
    while last < len(items):
        narrowed = [_white(items[last], bound) for bound in bounds]
        if any(bound is None for bound in narrowed) or _is_below(items[last], items[first:last]):
            break
        bounds = [bound for bound in narrowed if bound is not None]
        last += 1
    if last - first < 2:
        return [], 0
    middles = [(left + right) / 2 for left, right in bounds]
    return _divided(items[first:last], middles), last - first


def _is_below(item: Item, above: Sequence[Item]) -> bool:
    """Whether what comes next stands below the tables: too far down, or a line that is no row of one."""
    if item.top - max(before.bottom for before in above) > _NEAR:
        return True
    if isinstance(item, PageTable) or len(item.segments) > 1:
        return False
    tables = [before for before in above if isinstance(before, PageTable)]
    has_rows = any(isinstance(before, Line) and len(before.segments) > 1 for before in above[1:])
    return item.top > max(table.bottom for table in tables) if tables else has_rows


def _white(item: Item, bound: tuple[float, float]) -> tuple[float, float] | None:
    """What is left of the white between two captions beside this item: the part nearest to its middle."""
    left, right = bound
    taken = (
        [(segment.left, segment.right) for segment in item.segments]
        if isinstance(item, Line)
        else [(item.left, item.right)]
    )
    starts = [left, *(end for _, end in taken if left < end < right)]
    ends = [*(start for start, _ in taken if left < start < right), right]
    free = [
        (start, end)
        for start in starts
        for end in ends
        if start < end and not any(one < end and start < other for one, other in taken)
    ]
    return max(free, key=lambda white: white[1] - white[0], default=None)


def _divided(items: Sequence[Item], middles: Sequence[float]) -> list[list[Item]]:
    sides: list[list[Item]] = [[] for _ in range(len(middles) + 1)]
    for item in items:
        if isinstance(item, PageTable):
            sides[sum(item.left > middle for middle in middles)].append(item)
            continue
        for number in range(len(sides)):
            mine = tuple(
                segment
                for segment in item.segments
                if sum(segment.left > middle for middle in middles) == number
            )
            if mine:
                sides[number].append(Line(mine))
    return sides


def _ruled(items: Sequence[Item], first: int) -> tuple[list[list[Item]], int]:
    """The sides where two tables with lines stand beside each other, below a line that has a part above each."""
    above: list[Line] = []
    position = first
    while (
        position < len(items) and isinstance(item := items[position], Line) and len(above) < _MOST_LINES_ABOVE
    ):
        if len(item.segments) < 2:
            break
        above.append(item)
        position += 1
    tables: list[PageTable] = []
    while position < len(items) and isinstance(item := items[position], PageTable):
        if tables and (item.top > tables[0].bottom or item.left < tables[-1].right):
            break
        tables.append(item)
        position += 1
    if len(tables) < 2 or (above and tables[0].top - above[-1].bottom > _NEAR):
        return [], 0
    middles = [(left.right + right.left) / 2 for left, right in itertools.pairwise(tables)]
    sides = _divided([*above, *tables], middles)
    return sides, position - first
