"""Tables that lost their grid: one cell a line, as text copied from web pages and PDF files has them.

With a running number the rows are cut at 1, 2, 3 …; without one at the width at which every column holds
one kind of thing. A cell that may belong to either of two columns is given to neither.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations

from vectorstore.folding import folded
from vectorstore.lines import Line
from vectorstore.table_parts import Cell, Row, Table, caption_before, is_running_number, squeezed

_LONGEST_CELL = 40
_LONGEST_HEADER = 14
_LONGEST_RUN = 3000
_MOST_LINES_A_ROW = 60
_NOT_A_CELL = re.compile(
    r"[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|第.{1,3}[章节条]|附?表\s*\d|专栏"
)
_FIGURE = re.compile(r"[<>≥≤≧≦+-]?[\d.,]+(?:[%‰]|[万亿元个张家人户名处所]{1,2})?(?:以上|以下|左右)?")
# What somebody is paid, with what it comes to a year or who gets it: 每人每月608元(年7296元), 每人每年6200元,集中供养.
_PAID = re.compile(r"每[人户](?:每)?(?:[月年次]|学[年期])?[\d.,]+元(?:/[月年])?(?:[(,、].{1,12})?")
_NOT_GIVEN = re.compile(r"[-—–/]{1,2}")
_FIRST_COLUMN = re.compile(
    r".{0,8}(?:指标|项目|名称|类[别型]|内容|地区|区域|事项|任务|年[份度]|县区|区县|县市|市县|乡镇|镇街|街道|单位|机构|对象|等级|档次|级别|工程)"
)
_COLUMN = re.compile(
    r"指标|项目|名称|单位|目标|属性|性质|备注|类[别型]|数量|金额|标准|年|时[间限]|责任|部门|地[区点]|内容|任务|床位|人数|比例|现状|完成|实际|规模|投资|"
    # Parts of a place, kinds of people, and a name with its unit: 改造敬老院(所).
    r"区域|[县区][市区]|市县|乡镇|镇街|街道|对象|等级|档次|级别|\([^()\d]{1,6}\)$"
)
# The second line of a header cell that was broken (2020年 / 目标值).
_BROKEN_OFF = re.compile(
    r"目标值?|实际值?|规划值?|现状值?|预期值?|完成值?|完成情况|名称|属性|\(.{1,8}\)|[值率数%]"
)


def flat_table(lines: Sequence[Line], first: int, taken: Collection[int]) -> Table | None:
    """The table whose header begins at lines[first], or None."""
    name = squeezed(lines[first].text)
    if first in taken or len(name) > _LONGEST_CELL:
        return None
    if is_running_number(name):
        return _numbered_table(lines, first, taken)
    return _periodic_table(lines, first, taken) if _FIRST_COLUMN.fullmatch(name) else None


def _table(lines: Sequence[Line], first: int, last: int, rows: list[Row], taken: Collection[int]) -> Table:
    caption_first, caption = caption_before(lines, first, taken)
    return Table(caption_first, last, caption, tuple(rows))


# --- with a running number ------------------------------------------------------------------------------


def _numbered_table(lines: Sequence[Line], first: int, taken: Collection[int]) -> Table | None:
    header_end = _find_one(lines, first + 1)
    if header_end is None:
        return None
    header = [line.written for line in lines[first:header_end]]
    body, last = _numbered_rows(lines, header_end, least_cells=max(3, len(header) - 2))
    if len(body) < 2:
        return None
    columns = _columns(header, _usual([len(row) for row in body]))
    kinds = _kinds([cells for cells in body if len(cells) == len(columns)], len(columns))
    rows = [row for cells in body for row in _rows(cells, columns, kinds)]
    return _table(lines, first, last, rows, taken)


def _find_one(lines: Sequence[Line], first: int) -> int | None:
    for position in range(first, min(first + _LONGEST_HEADER, len(lines))):
        if lines[position].text == "1":
            return position
        if len(lines[position].text) > _LONGEST_CELL:
            return None
    return None


def _numbered_rows(
    lines: Sequence[Line], first: int, *, least_cells: int
) -> tuple[list[Sequence[Line]], int]:
    """Cut the lines from `first` into rows at the running numbers 1, 2, 3 …; stop where cells stop."""
    rows: list[Sequence[Line]] = []
    position = first
    while position < len(lines) and lines[position].text == str(len(rows) + 1):
        end = position + 1
        next_number = str(len(rows) + 2)
        while end < min(len(lines), position + _MOST_LINES_A_ROW) and _is_cell(lines[end]):
            if lines[end].text == next_number and end - position >= least_cells and _is_name(lines, end + 1):
                break
            end += 1
        rows.append(lines[position:end])
        position = end
    if len(rows) >= 2:
        # The last row has no number after it: cut it to the usual length of the others.
        surplus = max(0, len(rows[-1]) - _usual([len(row) for row in rows[:-1]]))
        rows[-1] = rows[-1][: len(rows[-1]) - surplus]
        position -= surplus
    return rows, position


def _usual(lengths: Sequence[int]) -> int:
    return Counter(lengths).most_common(1)[0][0]


def _is_cell(line: Line) -> bool:
    if len(line.text) > _LONGEST_CELL or line.text.endswith(("。", ";")):
        return False
    return _NOT_A_CELL.match(line.text) is None


def _is_name(lines: Sequence[Line], position: int) -> bool:
    """A running number is followed by an indicator's name, which is not a bare figure."""
    return position < len(lines) and re.search(r"[\u4e00-\u9fff]", lines[position].text) is not None


def _columns(header: Sequence[str], width: int) -> tuple[str, ...]:
    """The header's cells as names of `width` columns; those that cannot be told apart are called ""."""
    columns = [squeezed(name) for name in header]
    while len(columns) > width:
        broken = [
            position
            for position in range(1, len(columns))
            if _BROKEN_OFF.fullmatch(columns[position]) and not _BROKEN_OFF.fullmatch(columns[position - 1])
        ]
        dated = [p for p in broken if re.fullmatch(r"\d{4}年底?", columns[p - 1])]
        if len(columns) - width > len(dated or broken):
            return (*columns[:2], *[""] * (width - 2))
        position = (dated or broken)[-1]
        columns[position - 1 : position + 1] = [columns[position - 1] + columns[position]]
    return tuple(columns)


def _rows(cells: Sequence[Line], columns: tuple[str, ...], kinds: Sequence[str]) -> list[Row]:
    width = len(columns) - 1
    members, surplus = divmod(len(cells) - 2, width)
    if len(cells) > len(columns) and members >= 2 and surplus == 0:
        group = cells[1].written
        starts = [0, *(2 + index * width for index in range(1, members))]
        pieces = [cells[2 + index * width : 2 + (index + 1) * width] for index in range(members)]
        return [
            Row(cells[start].start, piece[-1].end, columns[1:], _cells(piece), group)
            for start, piece in zip(starts, pieces, strict=True)
        ]
    names = columns if len(cells) == len(columns) else _names_of_uneven(cells, columns, kinds)
    return [Row(cells[0].start, cells[-1].end, names, _cells(cells))]


def _names_of_uneven(
    cells: Sequence[Line], columns: tuple[str, ...], kinds: Sequence[str]
) -> tuple[str, ...]:
    """Column names of a row with too few or too many cells: as far as the kinds of its cells leave no doubt."""
    unknown = (*columns[:2], *[""] * (len(cells) - 2))
    if len(cells) > len(columns) or not kinds:
        return unknown
    fitting = [
        places
        for places in combinations(range(len(columns)), len(cells))
        # The running number and the name are never what is missing.
        if places[:2] == (0, 1)
        and all(_fits(line, kinds[place]) for line, place in zip(cells, places, strict=True))
    ]
    return tuple(columns[place] for place in fitting[0]) if len(fitting) == 1 else unknown


def _kind(line: Line) -> str:
    if _NOT_GIVEN.fullmatch(line.text):
        return ""
    return "figure" if _FIGURE.fullmatch(line.text) or _PAID.fullmatch(line.text) else "text"


def _kinds(rows: Sequence[Sequence[Line]], width: int) -> list[str]:
    """What each column holds: "figure", "text", or "" for both or neither."""
    kinds = []
    for column in range(width):
        found = {_kind(row[column]) for row in rows} - {""}
        kinds.append(found.pop() if len(found) == 1 else "")
    return kinds if rows else []


def _fits(line: Line, kind: str) -> bool:
    return not kind or _kind(line) in ("", kind)


def _cells(lines: Sequence[Line]) -> tuple[Cell, ...]:
    return tuple(Cell(line.start, line.end, line.written) for line in lines)


# --- without one ----------------------------------------------------------------------------------------


def _periodic_table(lines: Sequence[Line], first: int, taken: Collection[int]) -> Table | None:
    names = [squeezed(line.text) for line in lines[first : first + 3]]
    if len(set(names)) < 3 or not any(_COLUMN.search(name) for name in names[1:]):
        return None
    if not any(_kind(line) == "figure" for line in lines[first + 3 : first + _LONGEST_HEADER + 10]):
        return None
    best: tuple[int, list[Sequence[Line]], tuple[str, ...]] | None = None
    for width in range(3, 11):
        for header_length in (width, width + 1):
            header = lines[first : first + header_length]
            if not all(map(_is_cell, header)):
                break
            columns = _columns([line.written for line in header], width)
            if not _are_names(columns, header):
                continue
            rows = _even_rows(lines, first + header_length, width, taken)
            # What explains the most lines, header and rows, is what was meant.
            explained = header_length + len(rows) * width
            if len(rows) >= 2 and (best is None or explained > best[0]):
                best = (explained, rows, columns)
    if best is None:
        return None
    explained, body, columns = best
    found = [Row(cells[0].start, cells[-1].end, columns, _cells(cells)) for cells in body]
    return _table(lines, first, first + explained, found, taken)


def _are_names(columns: Sequence[str], header: Sequence[Line]) -> bool:
    distinct = len(set(columns)) == len(columns) and all(columns)
    known = sum(_COLUMN.search(folded(column)) is not None for column in columns)
    return distinct and known * 2 > len(columns) and not any(_FIGURE.fullmatch(cell.text) for cell in header)


def _even_rows(lines: Sequence[Line], first: int, width: int, taken: Collection[int]) -> list[Sequence[Line]]:
    """Rows of `width` cells for as long as each column holds one kind of thing, and one of them figures."""
    rows: list[Sequence[Line]] = []
    kinds = [""] * width
    for position in range(first, min(len(lines) - width + 1, first + _LONGEST_RUN), width):
        row = lines[position : position + width]
        are_cells = all(map(_is_cell, row)) and not any(p in taken for p in range(position, position + width))
        if not are_cells or _kind(row[0]) != "text" or not all(map(_fits, row, kinds)):
            break
        kinds = [kind or _kind(line) for kind, line in zip(kinds, row, strict=True)]
        rows.append(row)
        if len(rows) == 2 and "figure" not in kinds:
            # Not read on to the end of the text: that keeps the search linear.
            return []
    return rows
