"""The indicators of a document: the rows of its tables, each with its unit, its figures and its place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from qa.tables.library import tables_in
from qa.tables.view import TableRow, TableView
from vectorstore.index import PassageIndex


@dataclass(frozen=True)
class Indicator:
    """One row of a table: `document.text[start:end]` is where it stands.

    `values` are its figures as written, in the order of the table's `columns`, "" where none is given; `amounts` the
    same as numbers to sort by (40万 is 400000), None for words. `unit` and `kind` (约束性, 预期性) are "" where the
    table does not tell.
    """

    name: str
    unit: str
    kind: str
    values: tuple[str, ...]
    amounts: tuple[float | None, ...]
    start: int
    end: int


@dataclass(frozen=True)
class IndicatorTable:
    """A table that gives figures; `columns` name what they are (2015年, 2020年目标值), as the document does."""

    document: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[Indicator, ...]


def indicators_of(index: PassageIndex, document: str) -> tuple[IndicatorTable, ...]:
    """The tables of a document that give figures, in reading order; () when it has none."""
    return tuple(_of_table(table) for table in tables_in(index, [document]) if table.numeric)


def _of_table(table: TableView) -> IndicatorTable:
    rows = tuple(_of_row(table, row) for row in table.rows)
    return IndicatorTable(table.passage.document, table.passage.caption, table.numeric, rows)


def _of_row(table: TableView, row: TableRow) -> Indicator:
    amounts = [table.amount(row, column) for column in table.numeric]
    units = {unit for column in table.numeric if (unit := table.unit_of(row, column))}
    return Indicator(
        name=row.name,
        unit=row.cell(table.unit_column) or (units.pop() if len(units) == 1 else ""),
        kind=row.cell(table.kind_column),
        values=tuple(row.cell(column) for column in table.numeric),
        amounts=tuple(float(amount.value) if amount else None for amount in amounts),
        start=row.passage.start,
        end=row.passage.end,
    )
