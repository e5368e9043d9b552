"""Tables without a grid whose cells take several lines: names broken over lines beside figures, names of columns over others.

The lines with figures are the rows' anchors. What stands on other lines belongs to the anchor that it is plainly nearest to;
where that is not plain, there is no table, since a name must never come to stand beside another row's figure.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.formats.aligned_parts import (
    FIGURE,
    MOST_COLUMNS,
    Column,
    column_of,
    columns_of,
    holds_figures,
    is_caption,
)
from vectorstore.formats.page_rows import Segment
from vectorstore.formats.page_tables import CellText, PageTable
from vectorstore.formats.reading_order import Item, Line
from vectorstore.formats.stacked_names import header_of, joined_cell, labels_of

_APART = 3.2
_MOST_LINES = 300
_LONGEST_NAME = 30
_MOST_HEADER_LINES = 3
# The nearest anchor is plainly the nearest when the other one is so much further away.
_PLAINLY = 0.8
_FEWEST_ROWS = 2
# With two columns only, there are more rows, and short names above them.
_FEWEST_ROWS_OF_TWO, _LONGEST_NAME_OF_TWO = 3, 12


@dataclass(frozen=True)
class _Block:
    """The lines of what may be a table: names of columns, then anchors with what belongs to them."""

    header: tuple[Line, ...]
    body: tuple[Line, ...]
    anchors: tuple[int, ...]  # positions in the body


def stacked_table(items: Sequence[Item], first: int) -> tuple[PageTable, int] | None:
    """(the table that begins with the item `first`, how many items it takes), or None."""
    block = _block(items, first)
    if block is None:
        return None
    anchors = [block.body[position] for position in block.anchors]
    columns = columns_of([*anchors, *(line for line in block.header if len(line.segments) > 1)])
    if not 2 <= len(columns) <= MOST_COLUMNS:
        return None
    header = header_of(block.header, columns)
    rows = _rows(block, columns)
    if header is None or rows is None or not _is_table(header, rows):
        return None
    lines = [*block.header, *block.body]
    xs = (*(left for left, _ in columns), columns[-1][1])
    table = PageTable(
        xs[0],
        lines[0].top,
        xs[-1],
        lines[-1].bottom,
        xs,
        tuple(map(tuple, [*header, *rows])),
        is_ruled=False,
    )
    return table, len(lines)


def _block(items: Sequence[Item], first: int) -> _Block | None:
    lines: list[Line] = []
    for item in items[first : first + _MOST_LINES]:
        if not isinstance(item, Line) or (lines and _is_apart(lines[-1], item)) or _is_prose(item):
            break
        lines.append(item)
    anchors = [position for position, line in enumerate(lines) if _is_anchor(line)]
    if len(anchors) < _FEWEST_ROWS or (lines and is_caption(lines[0].text)):
        return None
    header = max(
        (position + 1 for position in range(anchors[0]) if len(lines[position].segments) > 1), default=0
    )
    if not 0 < header <= _MOST_HEADER_LINES:
        return None
    # Above and below an anchor in the middle of its cell stands as much; anything more is the text that follows.
    last, before = anchors[-1], anchors[-2]
    above = sum(
        _is_nearer(lines[position], lines[last], lines[before]) for position in range(before + 1, last)
    )
    if above == 0 and header == anchors[0]:
        above = _rests_below(lines, anchors)
    body = lines[header : last + 1 + above]
    if len(body) < last + 1 + above - header or any(is_caption(line.text) for line in body):
        return None
    return _Block(tuple(lines[:header]), tuple(body), tuple(position - header for position in anchors))


def _rests_below(lines: Sequence[Line], anchors: Sequence[int]) -> int:
    """How many lines below the last anchor go on with its cell: they stand as far below it as others below theirs."""
    usual = {
        round(lines[position].main.baseline - lines[anchor].main.baseline)
        for anchor, following in itertools.pairwise(anchors)
        for position in range(anchor + 1, following)
    }
    count = 0
    for line in lines[anchors[-1] + 1 :]:
        distance = round(line.main.baseline - lines[anchors[-1]].main.baseline)
        if distance not in usual or len(line.segments) > 1 or line.left < lines[anchors[-1]].left - 1:
            break
        count += 1
    return count


def _is_nearer(line: Line, one: Line, other: Line) -> bool:
    at = line.main.baseline
    return abs(one.main.baseline - at) < abs(other.main.baseline - at)


def _is_apart(above: Line, below: Line) -> bool:
    return below.main.baseline - above.main.baseline > _APART * below.main.size


def _is_prose(line: Line) -> bool:
    return any(len(segment.text) > _LONGEST_NAME or "。" in segment.text for segment in line.segments)


def _is_anchor(line: Line) -> bool:
    """Whether the line gives values: figures, besides the name at the left."""
    texts = [segment.text for segment in line.segments]
    return len(texts) > 1 and any(FIGURE.fullmatch(text) for text in texts)


def _is_table(header: Sequence[Sequence[CellText]], rows: Sequence[Sequence[CellText]]) -> bool:
    names = [" ".join(row[column].text for row in header).strip() for column in range(len(header[0]))]
    if any(FIGURE.fullmatch(name) for name in names):
        return False
    if len(names) == 2:
        is_short = all(0 < len(name) <= _LONGEST_NAME_OF_TWO for name in names)
        if not is_short or len(rows) < _FEWEST_ROWS_OF_TWO or not all(row[0].text for row in rows):
            return False
    return holds_figures([[CellText(name) for name in names], *rows])


# --- rows -----------------------------------------------------------------------------------------------


def _rows(block: _Block, columns: Sequence[Column]) -> list[list[CellText]] | None:
    """A row for each anchor; None where a part fits no column or no row plainly."""
    cells: list[list[list[Segment]]] = [[[] for _ in columns] for _ in block.anchors]
    for row, position in enumerate(block.anchors):
        for segment in block.body[position].segments:
            column = column_of(segment, columns)
            if column is None or cells[row][column]:
                return None
            cells[row][column].append(segment)
    parts = [line for position, line in enumerate(block.body) if position not in block.anchors]
    anchors = [block.body[position] for position in block.anchors]
    labels = labels_of(parts, cells, anchors, columns)
    for row, label in labels.items():
        cells[row][0] = [label]
    placed = list(labels.values())
    for row, others in enumerate(cells):
        if labels and row not in labels:
            others[0] = []
    is_centred = bool(block.anchors[0]) or any(not row[0] for row in cells)
    for line in parts:
        for segment in line.segments:
            if segment in placed:
                continue
            column = column_of(segment, columns)
            of_row = _row_of(segment, anchors, is_centred=is_centred and not labels)
            if column is None or of_row is None or FIGURE.fullmatch(segment.text):
                return None
            cells[of_row][column].append(segment)
    named = 1 if any(not row[0] for row in cells) and len(columns) > 2 else 0
    if not all(row[named] for row in cells):
        return None
    return [[joined_cell(parts) for parts in row] for row in cells]


def _row_of(part: Segment, anchors: Sequence[Line], *, is_centred: bool) -> int | None:
    """The anchor that a part belongs to; None where two are about as near."""
    distances = [abs(anchor.main.baseline - part.baseline) for anchor in anchors]
    if not is_centred:
        above = [row for row, anchor in enumerate(anchors) if anchor.main.baseline < part.baseline]
        return above[-1] if above else None
    nearest = min(range(len(anchors)), key=distances.__getitem__)
    others = [distance for row, distance in enumerate(distances) if row != nearest]
    return nearest if all(distances[nearest] <= _PLAINLY * other for other in others) else None
