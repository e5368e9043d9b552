"""Tables of web pages: which hold data and which only lay the page out, and their cells on a grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from vectorstore.formats.html_text import HIDDEN_TAGS, inline_text, is_hidden
from vectorstore.formats.pipe_tables import GridCell
from vectorstore.lines import INDEX_LABEL

_ROWS_IN = ("tbody", "thead", "tfoot")
_LINE_TAGS = frozenset(
    ["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "dd", "dt"]
)
# More text in one cell is a page in a frame.
_LONGEST_CELL = 600
_MOST_SPAN = 200
_INDEX_NAME = re.compile(rf"\s*(?:{INDEX_LABEL})\s*[:：]?\s*")


def is_data_table(table: Any) -> bool:
    """Whether a table's rows and columns mean something: two of each, no page inside a cell."""
    nested = next((inner for inner in table.iter("table") if inner is not table), None)
    if nested is not None:
        return False
    filled = 0
    for row in _rows(table):
        texts = [_cell_text(cell) for cell in _cells(row)]
        if any(len(text) > _LONGEST_CELL for text in texts):
            return False
        filled += sum(1 for text in texts if text) >= 2
    return filled >= 2 or (filled == 1 and _is_index_row(table))


def table_cells(table: Any) -> Iterator[GridCell]:
    """The cells in order, each at the place where a browser shows it."""
    taken: dict[int, int] = {}
    for number, row in enumerate(_rows(table)):
        in_head = row.getparent().tag == "thead"
        column = 0
        for cell in _cells(row):
            while taken.get(column, 0) > number:
                column += 1
            columns, rows = _span(cell, "colspan"), _span(cell, "rowspan")
            yield GridCell(number, column, _cell_text(cell), rows, columns, in_head or cell.tag == "th")
            for covered in range(column, column + columns):
                taken[covered] = number + rows
            column += columns


def index_lines(cells: Sequence[GridCell]) -> list[str]:
    """The lines 索引号：…, 发布机构：… of a table that states nothing else about a document; empty for other tables."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    lines = []
    for row in rows.values():
        texts = [" ".join(cell.text.split()) for cell in row]
        if len(texts) % 2 or not all(_INDEX_NAME.fullmatch(name) for name in texts[::2] if name):
            return []
        pairs = zip(texts[::2], texts[1::2], strict=True)
        lines += [f"{name.rstrip(' :：')}：{value}" for name, value in pairs if name and value]
    return lines


def _is_index_row(table: Any) -> bool:
    return any(_INDEX_NAME.fullmatch(_cell_text(cell)) for row in _rows(table) for cell in _cells(row))


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield from () if is_hidden(child) else (child,)
        elif child.tag in _ROWS_IN:
            yield from (row for row in child if row.tag == "tr" and not is_hidden(row))


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell))


def _span(cell: Any, name: str) -> int:
    given = (cell.get(name) or "").strip()
    return min(max(int(given), 1), _MOST_SPAN) if re.fullmatch(r"\d{1,6}", given) else 1


def _cell_text(cell: Any) -> str:
    """The cell's text, a line for each of its paragraphs."""
    if not len(cell):
        return inline_text(cell.text or "")
    pieces: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        if element.tag in _LINE_TAGS:
            pieces.append("\0")
        if event == "end":
            pieces.append("" if element is cell else element.tail or "")
        elif element.tag in HIDDEN_TAGS or is_hidden(element):
            walk.skip_subtree()
        else:
            pieces.append(element.text or "")
    return "\n".join(line for line in map(inline_text, "".join(pieces).split("\0")) if line)
