"""Tables of a Word file as cells on a grid: merged cells of every kind, rows and cells inside content controls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vectorstore.formats.opc import child, is_on, local, value_of
from vectorstore.formats.pipe_tables import GridCell

_WRAPPERS = frozenset(("sdt", "sdtContent", "customXml", "ins", "moveTo"))
_MOST_COLUMNS = 512
# Cells beside a nested table from which on the outer one holds data itself.
_FEWEST_DATA = 4


@dataclass(frozen=True)
class TableCell:
    """A cell of a row as it stands in the file; `continues` says that it only goes on with the cell above it."""

    element: Any
    column: int
    columns: int
    continues: bool


@dataclass(frozen=True)
class TableRow:
    """A row of a table; `is_header` is repeated on every page, so it names the columns."""

    cells: tuple[TableCell, ...]
    is_header: bool


def rows_of(table: Any) -> list[TableRow]:
    """The rows that are there when all tracked changes are accepted."""
    return [_row(row) for row in _inside(table, "tr") if child(child(row, "trPr"), "del") is None]


def is_frame(rows: Sequence[TableRow]) -> bool:
    """Whether a table is a frame around text: one column, or little else than tables inside it."""
    if all(len(row.cells) <= 1 for row in rows):
        return True
    cells = [cell for row in rows for cell in row.cells]
    holding = sum(_holds_table(cell.element) for cell in cells)
    return holding > 0 and len(cells) - holding < _FEWEST_DATA


def nested_tables(rows: Sequence[TableRow]) -> Iterator[Any]:
    """The tables inside the cells of a table, not those inside them again."""
    for row in rows:
        for cell in row.cells:
            yield from _inside(cell.element, "tbl")


def read_grid(rows: Sequence[TableRow], text_of: Callable[[Any], str]) -> list[GridCell]:
    """The cells at their places; `text_of` gives the text of a cell's element, and is asked in the order of the text."""
    found: list[GridCell] = []
    open_cells: dict[int, int] = {}
    for number, row in enumerate(rows):
        for cell in row.cells:
            above = open_cells.get(cell.column)
            if cell.continues and above is not None:
                found[above] = replace(found[above], rows=number - found[above].row + 1)
                continue
            open_cells[cell.column] = len(found)
            text = text_of(cell.element)
            found.append(GridCell(number, cell.column, text, columns=cell.columns, is_header=row.is_header))
    return found


def _row(row: Any) -> TableRow:
    properties = child(row, "trPr")
    column = _number(value_of(child(properties, "gridBefore")), 0)
    cells: list[TableCell] = []
    for cell in _inside(row, "tc"):
        settings = child(cell, "tcPr")
        columns = max(1, _number(value_of(child(settings, "gridSpan")), 1))
        if cells and value_of(child(settings, "hMerge")) == "continue":
            cells[-1] = replace(cells[-1], columns=column + columns - cells[-1].column)
        else:
            vertical = child(settings, "vMerge")
            continues = vertical is not None and value_of(vertical) != "restart"
            cells.append(TableCell(cell, column, columns, continues))
        column = min(column + columns, _MOST_COLUMNS)
    return TableRow(tuple(cells), is_on(child(properties, "tblHeader")))


def _inside(container: Any, name: str) -> Iterator[Any]:
    for element in container:
        found = local(element.tag)
        if found == name:
            yield element
        elif found in _WRAPPERS:
            yield from _inside(element, name)


def _holds_table(cell: Any) -> bool:
    return next(_inside(cell, "tbl"), None) is not None


def _number(written: str, otherwise: int) -> int:
    return min(int(written), _MOST_COLUMNS) if re.fullmatch(r"\d{1,6}", written) else otherwise
