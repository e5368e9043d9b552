"""A page's tables: what stands in the cells of a grid of ruling lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.formats.glyphs import Glyph
from vectorstore.formats.joining import join, separator
from vectorstore.formats.page_rows import rows_of
from vectorstore.formats.ruled_tables import Grid, GridCell

# A line that ends so many ems before the right edge of its cell was ended on purpose.
_ENDED_EARLY = 3.0
# What tells a line of a list from the rest of a name.
_ITEM = re.compile(r"[\d:：;；]|^[•·●]")


@dataclass(frozen=True, slots=True)
class CellText:
    """What one cell says, on one line; `glyphs` as in `Segment`."""

    text: str
    glyphs: tuple[Glyph, ...] = ()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table (or the part of one) on a page: its rows, each with as many cells as there are columns.

    A cell of several rows or columns stands where it begins, the others are empty. `xs` are the borders of the
    columns, `title` a title that stands in the table's own frame.
    """

    left: float
    top: float
    right: float
    bottom: float
    xs: tuple[float, ...]
    rows: tuple[tuple[CellText, ...], ...]
    title: CellText = CellText("")
    is_ruled: bool = True


def table_in(grid: Grid, glyphs: Sequence[Glyph]) -> PageTable | None:
    """The table whose lines are `grid` and whose characters are `glyphs`, None where the grid holds none."""
    owner = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.last_row)
        for column in range(cell.column, cell.last_column)
    }
    content: dict[GridCell, list[Glyph]] = {}
    for glyph in glyphs:
        row = _interval(grid.ys, glyph.baseline - 0.36 * glyph.size)
        column = _interval(grid.xs, (glyph.left + glyph.right) / 2)
        content.setdefault(owner[row, column], []).append(glyph)
    texts = {(cell.row, cell.column): _cell_text(cell, inside) for cell, inside in content.items()}
    rows = [
        tuple(texts.get((row, column), CellText("")) for column in range(len(grid.xs) - 1))
        for row in range(len(grid.ys) - 1)
        if any(key[0] == row for key in texts)
    ]
    title = CellText("")
    first = min(content, key=lambda cell: (cell.row, cell.column), default=None)
    if first is not None and (first.column, first.last_column) == (0, len(grid.xs) - 1):
        title, rows = rows[0][0], rows[1:]
    if not rows or sum(any(cell.text for cell in column) for column in zip(*rows, strict=True)) < 2:
        return None
    return PageTable(grid.left, grid.top, grid.right, grid.bottom, grid.xs, tuple(rows), title)


def _interval(bounds: Sequence[float], value: float) -> int:
    return min(max(bisect_right(bounds, value) - 1, 0), len(bounds) - 2)


def _cell_text(cell: GridCell, glyphs: Sequence[Glyph]) -> CellText:
    text = ""
    ordered: list[Glyph] = []
    ended_early = False
    for row in rows_of(glyphs):
        line = " ".join(segment.text for segment in row)
        ordered.extend(glyph for segment in row for glyph in segment.glyphs)
        size = row[0].size
        is_item = ended_early and text != "" and not separator(text, line) and _ITEM.search(line) is not None
        text = f"{text} {line}" if is_item else join(text, line)
        # A list in a cell: each of its lines begins at the left and ends before the right edge.
        ended_early = (
            row[0].left - cell.left < 1.5 * size and cell.right - row[-1].right > _ENDED_EARLY * size
        )
    return CellText(" ".join(text.split()), tuple(ordered))
