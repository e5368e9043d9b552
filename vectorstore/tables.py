"""Tables of plain-text plans as rows: between pipes or tabs, and one cell a line.

A row knows its caption and column names; each of its cells keeps its exact place in the text.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from vectorstore.flat_tables import flat_table
from vectorstore.grid_tables import grid_table
from vectorstore.lines import Line
from vectorstore.table_parts import Cell, Row, Table

__all__ = ["Cell", "Row", "Table", "find_tables"]


def find_tables(lines: Sequence[Line], taken: Collection[int] = ()) -> list[Table]:
    """All tables among `lines`, in order, not overlapping. Lines at the positions `taken` are in none."""
    tables: list[Table] = []
    unavailable = set(taken)
    position = 0
    while position < len(lines):
        table, next_position = grid_table(lines, position, unavailable)
        table = table or flat_table(lines, position, unavailable)
        if table is not None:
            tables.append(table)
            # The caption of the next table cannot be a line of this one.
            unavailable.add(table.last - 1)
            next_position = table.last
        position = next_position
    return tables
