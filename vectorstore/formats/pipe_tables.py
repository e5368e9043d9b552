"""Tables of every format as lines of text: cells between pipes, a ruler below the names of the columns.

    | 指标 | 2020年 | 2025年 |
    | --- | --- | --- |
    | 养老床位（张） | 3200 | 4500 |

What was merged is written where a reader of one line needs it: the name of a group in each of its rows, a heading
above several columns in each of them, so that every row can be understood, found and cited by itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_FIGURE = re.compile(
    r"(?!(?:19|20)\d{2}(?:年|$))[<>≥≤≧≦±+＜＞—-]?\s*[\d０-９][\d０-９.,，．]*\s*(?:[%％‰]|[万亿千百]?[元个张家人户名所处岁件])?"
)
_MOST_HEADER_ROWS = 4
# A longer text beside several rows is a remark, which is written once.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell whose upper left corner is at `row`, `column` (from 0); paragraphs of its text are separated by line ends.

    `rows` and `columns` count how many it covers. `is_header`: the format marks it as the name of columns.
    """

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    is_header: bool = False


@dataclass
class _Grid:
    """What is written at each place, and which cell it comes from; places of no cell are absent."""

    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)

    def row_cells(self, row: int) -> list[GridCell]:
        """The cells with text that cover the row, each once, from left to right."""
        covering = (self.cells.get((row, column)) for column in self.columns)
        return list(dict.fromkeys(cell for cell in covering if cell is not None))

    def starts_in(self, row: int) -> list[GridCell]:
        return [cell for cell in self.row_cells(row) if cell.row == row]


def table_lines(cells: Iterable[GridCell]) -> list[tuple[int, str]]:
    """(row of the table, line of text) in order, without rows and columns that hold nothing.

    What stands above the names of the columns and covers them all (a title, a unit) and what stands so below the table
    (a note) are lines of their own; so is everything in a table of one column, a frame around text.
    """
    grid = _grid(cells)
    if len(grid.columns) <= 1:
        return [
            (cell.row, line)
            for row in grid.rows
            for cell in grid.starts_in(row)
            for line in _lines(cell.text)
        ]
    first, last = 0, len(grid.rows)
    while first < last and _is_whole(grid, grid.rows[first]):
        first += 1
    while last > first and _is_whole(grid, grid.rows[last - 1]):
        last -= 1
    lines = _written_alone(grid, grid.rows[:first])
    lines += _written_as_table(grid, grid.rows[first:last])
    return lines + _written_alone(grid, grid.rows[last:])


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, perhaps with a sign and a unit, and not a name or a year."""
    return _FIGURE.fullmatch(text.strip()) is not None


def in_one_line(text: str) -> str:
    """A cell's text on one line, its pipes escaped."""
    return " ".join(text.split()).replace("\\|", "|").replace("|", "\\|")


def _grid(cells: Iterable[GridCell]) -> _Grid:
    filled = [cell for cell in cells if cell.text.strip()]
    # A place that only a merged cell reaches into is no row or column of its own, and is never looked at: a file may
    # say that a cell covers a whole sheet.
    grid = _Grid(rows=sorted({cell.row for cell in filled}), columns=sorted({cell.column for cell in filled}))
    for cell in filled:
        for row in _between(grid.rows, cell.row, cell.rows):
            for column in _between(grid.columns, cell.column, cell.columns):
                grid.cells.setdefault((row, column), cell)
    return grid


def _between(places: Sequence[int], first: int, count: int) -> Sequence[int]:
    return places[bisect_left(places, first) : bisect_left(places, first + count)]


def _is_whole(grid: _Grid, row: int) -> bool:
    """Whether one text stands alone in the row: across all columns, or as a caption or note at its beginning."""
    found = grid.row_cells(row)
    if len(found) != 1 or found[0].row != row:
        return False
    only = found[0]
    covers_all = only.column <= grid.columns[0] and only.column + only.columns > grid.columns[-1]
    return covers_all or (len(grid.columns) > 2 and not is_figure(only.text) and not only.is_header)


def _written_alone(grid: _Grid, rows: Sequence[int]) -> list[tuple[int, str]]:
    return [(row, line) for row in rows for cell in grid.starts_in(row) for line in _lines(cell.text)]


def _lines(text: str) -> list[str]:
    return [line for line in (" ".join(piece.split()) for piece in text.splitlines()) if line]


# --- the table itself ------------------------------------------------------------------------------------


def _written_as_table(grid: _Grid, rows: Sequence[int]) -> list[tuple[int, str]]:
    header = _header_rows(grid, rows)
    lines = []
    for position, row in enumerate(rows):
        texts = [_text_at(grid, row, column, in_header=position < header) for column in grid.columns]
        lines.append((row, f"| {' | '.join(texts)} |"))
        if position + 1 == header and len(rows) > header:
            lines.append((row, f"|{' --- |' * len(grid.columns)}"))
    return lines


def _text_at(grid: _Grid, row: int, column: int, *, in_header: bool) -> str:
    cell = grid.cells.get((row, column))
    if cell is None:
        return _name_beside(grid, row, column) if in_header else ""
    is_own = (cell.row, cell.column) == (row, column)
    if not is_own and not in_header:
        # A figure for several columns holds for each of them; one for several rows is not to be counted twice. A
        # group's name belongs to each of its rows.
        is_name = len(cell.text) <= _LONGEST_NAME
        repeats = row == cell.row if is_figure(cell.text) else column == cell.column and is_name
        if not repeats:
            return ""
    return in_one_line(cell.text)


def _name_beside(grid: _Grid, row: int, column: int) -> str:
    """The name to the left, which stands over this column as well if names of the next line stand below it."""
    below = next((grid.cells.get((lower, column)) for lower in grid.rows if lower > row), None)
    left = [cell for cell in grid.row_cells(row) if cell.column < column]
    return in_one_line(left[-1].text) if below is not None and left and not is_figure(below.text) else ""


def _has_second_line(grid: _Grid, rows: Sequence[int]) -> bool:
    """Whether names that were not merged stand on two lines: a gap in the first, names below it, then figures."""
    if len(rows) < 3:
        return False
    first, second, third = (grid.row_cells(row) for row in rows[:3])
    filled = {cell.column for cell in first}
    below = {cell.column for cell in second}
    return (
        min(below) > grid.columns[0]
        and bool(below - filled)
        and min(below) > min(filled)
        and not any(is_figure(cell.text) for cell in second)
        and any(is_figure(cell.text) for cell in third)
    )


def _header_rows(grid: _Grid, rows: Sequence[int]) -> int:
    """How many of the rows name the columns; 0 where the first row holds figures already."""
    if not rows:
        return 0
    marked = 0
    for row in rows:
        cells = grid.starts_in(row)
        if not cells or not all(cell.is_header for cell in cells):
            break
        marked += 1
    if marked:
        return min(marked, _MOST_HEADER_ROWS)
    first = grid.row_cells(rows[0])
    if any(is_figure(cell.text) for cell in first):
        return 0
    deepest = max(cell.rows for cell in first)
    spreads = any(cell.columns > 1 for cell in first)
    wanted = max(deepest, 2 if spreads and deepest == 1 else 1)
    # Only as many as hold names: a group that begins in the first row is no header of all that it covers.
    count = 1
    while count < min(wanted, _MOST_HEADER_ROWS, len(rows) - 1):
        if any(is_figure(cell.text) for cell in grid.starts_in(rows[count])):
            break
        count += 1
    if spreads:
        return count
    return 2 if _has_second_line(grid, rows) else 1
