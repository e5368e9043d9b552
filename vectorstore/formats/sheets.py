"""A sheet's cells as text: the tables that stand on it, each with the title above and the notes below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from vectorstore.formats.pipe_tables import GridCell, is_figure, table_lines
from vectorstore.formats.writing import Writing

# A title of a table has so many characters.
_LEAST_TITLE = 6


@dataclass
class Sheet:
    """The visible cells of a sheet; rows and columns count from 0. `name` is "" for files without named sheets."""

    name: str
    cells: dict[tuple[int, int], GridCell] = field(default_factory=dict)

    def put(self, row: int, column: int, text: str) -> None:
        """Add a cell; one without text is none."""
        if text.strip():
            self.cells[row, column] = GridCell(row, column, text)

    def merge(self, first: tuple[int, int], last: tuple[int, int]) -> None:
        """Make the cell at `first` cover everything up to `last`; nothing happens if it is empty."""
        cell = self.cells.get(first)
        if cell is not None:
            rows, columns = last[0] - first[0] + 1, last[1] - first[1] + 1
            self.cells[first] = replace(cell, rows=max(rows, 1), columns=max(columns, 1))


def write_sheet(sheet: Sheet, writing: Writing) -> str:
    """Add the sheet's lines, each with its row; return the title that stands above its first table, "" without one."""
    title = ""
    for number, block in enumerate(_blocks(sheet)):
        lines = table_lines(block)
        if number == 0:
            first = lines[0][1] if lines else ""
            title = "" if first.startswith("|") else first
        if number:
            writing.add_gap()
        for row, line in lines:
            writing.add(line, sheet=sheet.name, row=row + 1)
    return title


def has_title(sheet: Sheet) -> bool:
    """Whether a title stands above its first table."""
    first = next(_blocks(sheet), [])
    alone = [cell for cell in first if cell.row == first[0].row]
    if len(alone) != 1 or len(alone[0].text) < _LEAST_TITLE:
        return False
    lines = table_lines(first)
    return bool(lines) and not lines[0][1].startswith("|")


def _blocks(sheet: Sheet) -> Iterator[list[GridCell]]:
    """The tables of a sheet: what stands apart by an empty row or column, unless it only goes on."""
    rows: dict[int, list[GridCell]] = {}
    for place in sorted(sheet.cells):
        rows.setdefault(place[0], []).append(sheet.cells[place])
    block: list[GridCell] = []
    covered = -1
    for number, cells in rows.items():
        if block and number > covered + 1 and _begins(cells):
            yield from _side_by_side(block)
            block = []
        block += cells
        covered = max(covered, *(cell.row + cell.rows - 1 for cell in cells))
    if block:
        yield from _side_by_side(block)


def _begins(cells: Sequence[GridCell]) -> bool:
    """Whether a row can be the first of a table: a title or names, no figures."""
    return not any(is_figure(cell.text) for cell in cells)


def _side_by_side(block: list[GridCell]) -> Iterator[list[GridCell]]:
    taken = sorted({column for cell in block for column in (cell.column, cell.column + cell.columns - 1)})
    spans = sorted((cell.column, cell.column + cell.columns - 1) for cell in block)
    ends: list[int] = []
    reach = spans[0][1]
    for first, last in spans[1:]:
        if first > reach + 1:
            ends.append(reach)
        reach = max(reach, last)
    parts = []
    for start, end in zip([-1, *ends], [*ends, taken[-1]], strict=True):
        parts.append([cell for cell in block if start < cell.column <= end])
    if len(parts) > 1 and all(_is_table(part) for part in parts):
        yield from parts
    else:
        yield block


def _is_table(cells: Sequence[GridCell]) -> bool:
    return len({cell.row for cell in cells}) >= 2 and len({cell.column for cell in cells}) >= 2
