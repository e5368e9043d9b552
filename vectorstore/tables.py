"""Tables of plain-text plans as rows: pipe tables, and tables that lost their grid (one cell a line).

A row knows its caption and column names; each of its cells keeps its exact place in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from vectorstore.lines import Line

_LONGEST_CELL = 40
_LONGEST_CAPTION = 60
_RUNNING_NUMBER = ("序号", "编号", "No.")


@dataclass(frozen=True)
class Cell:
    """One cell: `folded(document)[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Row:
    """A table row (or one line of a grouped row): named cells in order, from `start` to `end`.

    `group` is the cell that several lines share (低保标准 over 城市 and 农村), empty otherwise.
    """

    start: int
    end: int
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    group: str = ""

    def named_cells(self, text: str) -> tuple[tuple[str, str], ...]:
        """(column name, cell as written in `text`) of every cell but the running number; group before member."""
        pairs = [
            (column, text[cell.start : cell.end])
            for column, cell in zip(self.columns, self.cells, strict=False)
            if column not in _RUNNING_NUMBER
        ]
        if self.group and pairs:
            pairs[0] = (pairs[0][0], f"{self.group}({pairs[0][1]})")
        return tuple(pairs)


@dataclass(frozen=True)
class Table:
    """A table found in lines[first:last] (caption and header included)."""

    first: int
    last: int
    caption: str
    rows: tuple[Row, ...]


def find_tables(lines: list[Line]) -> list[Table]:
    """All tables among `lines`, in order, not overlapping."""
    tables: list[Table] = []
    position = 0
    while position < len(lines):
        table = _pipe_table(lines, position) or _cell_per_line_table(lines, position)
        if table is None:
            position += 1
        else:
            tables.append(table)
            position = table.last
    return tables


# --- pipe tables -------------------------------------------------------------------------------------


def _pipe_table(lines: list[Line], first: int) -> Table | None:
    last = first
    while last < len(lines) and lines[last].text.count("|") >= 2:
        last += 1
    rows = [_pipe_cells(line) for line in lines[first:last]]
    rows = [
        row for row in rows if not all(re.fullmatch(r":?-{2,}:?", cell.text) for cell in row if cell.text)
    ]
    if len(rows) < 3 or len(rows[0]) < 3:
        return None
    columns = tuple(_squeeze(cell.text) for cell in rows[0])
    caption_first, caption = _caption(lines, first)
    body = tuple(
        Row(row[0].start, row[-1].end, columns, tuple(row))
        for row in rows[1:]
        if any(cell.text for cell in row)
    )
    return Table(caption_first, last, caption, body)


def _pipe_cells(line: Line) -> list[Cell]:
    cells = []
    for match in re.finditer(r"[^|]+|(?<=\|)(?=\|)", line.text):
        text = match.group(0).strip()
        start = line.start + match.start() + (match.group(0).index(text) if text else 0)
        cells.append(Cell(start, start + len(text), text))
    if cells and not cells[0].text:
        cells = cells[1:]
    while cells and not cells[-1].text:
        cells = cells[:-1]
    return cells


# --- one cell a line ---------------------------------------------------------------------------------


def _cell_per_line_table(lines: list[Line], first: int) -> Table | None:
    if lines[first].text != "序号":
        return None
    header_end = _find(lines, first + 1, "1", within=14)
    if header_end is None:
        return None
    header = [line.text for line in lines[first:header_end]]
    body, last = _numbered_rows(lines, header_end, least_cells=max(3, len(header) - 2))
    if len(body) < 2:
        return None
    columns = _columns(header, body)
    rows = [row for cells in body for row in _rows(cells, columns)]
    caption_first, caption = _caption(lines, first)
    return Table(caption_first, last, caption, tuple(rows))


def _find(lines: list[Line], first: int, text: str, *, within: int) -> int | None:
    for position in range(first, min(first + within, len(lines))):
        if lines[position].text == text:
            return position
        if len(lines[position].text) > _LONGEST_CELL:
            return None
    return None


def _numbered_rows(lines: list[Line], first: int, *, least_cells: int) -> tuple[list[list[Line]], int]:
    """Cut the lines from `first` into rows at the running numbers 1, 2, 3 …; stop where cells stop."""
    rows: list[list[Line]] = []
    position = first
    while position < len(lines) and lines[position].text == str(len(rows) + 1):
        end = position + 1
        next_number = str(len(rows) + 2)
        while end < len(lines) and _is_cell(lines[end]):
            if lines[end].text == next_number and end - position >= least_cells and _is_name(lines, end + 1):
                break
            end += 1
        rows.append(lines[position:end])
        position = end
    if len(rows) >= 2:
        position -= _trim_last_row(rows)
    return rows, position


def _trim_last_row(rows: list[list[Line]]) -> int:
    """The last row has no number after it: cut it to the usual length of the others."""
    usual = Counter(len(row) for row in rows[:-1]).most_common(1)[0][0]
    surplus = max(0, len(rows[-1]) - usual)
    if surplus:
        rows[-1] = rows[-1][:usual]
    return surplus


def _is_cell(line: Line) -> bool:
    if len(line.text) > _LONGEST_CELL or line.text.endswith(("。", ";", ";")):
        return False
    return not re.match(
        r"^(?:[一二三四五六七八九十]+、|[((][一二三四五六七八九十]+[))]|第.{1,3}[章节条]|表\s*\d)", line.text
    )


def _is_name(lines: list[Line], position: int) -> bool:
    """A running number is followed by an indicator's name, which is not a bare figure."""
    return position < len(lines) and re.search(r"[\u4e00-\u9fff]", lines[position].text) is not None


def _columns(header: list[str], body: list[list[Line]]) -> tuple[str, ...]:
    """Join header cells that were written on two lines (2020年 / 目标值) until they match the rows."""
    usual = Counter(len(row) for row in body).most_common(1)[0][0]
    columns = list(header)
    while len(columns) > usual:
        split_at = next(
            (
                position
                for position in range(len(columns) - 1, 0, -1)
                if re.fullmatch(r"\d{4}年", columns[position - 1])
                and not re.search(r"\d{4}", columns[position])
            ),
            len(columns) - 1,
        )
        columns[split_at - 1 : split_at + 1] = [columns[split_at - 1] + columns[split_at]]
    return tuple(_squeeze(column) for column in columns)


def _rows(cells: list[Line], columns: tuple[str, ...]) -> list[Row]:
    width = len(columns) - 1
    members, surplus = divmod(len(cells) - 2, width)
    if len(cells) > len(columns) and members >= 2 and surplus == 0:
        group = cells[1].text
        pieces = [cells[2 + index * width : 2 + (index + 1) * width] for index in range(members)]
        return [Row(p[0].start, p[-1].end, columns[1:], _cells(p), group) for p in pieces]
    return [Row(cells[0].start, cells[-1].end, columns, _cells(cells))]


def _cells(lines: list[Line]) -> tuple[Cell, ...]:
    return tuple(Cell(line.start, line.end, line.text) for line in lines)


# --- shared ------------------------------------------------------------------------------------------


def _caption(lines: list[Line], first: int) -> tuple[int, str]:
    """The line before a table is its caption when it is short and not a sentence."""
    if first == 0:
        return first, ""
    line = lines[first - 1]
    if len(line.text) > _LONGEST_CAPTION or line.text.endswith(("。", ";", ":", ":")) or "|" in line.text:
        return first, ""
    return first - 1, re.sub(r"^(?:表\s*)?\d{1,2}[\s-]+", "", _squeeze(line.text))


def _squeeze(text: str) -> str:
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", text)).strip()
