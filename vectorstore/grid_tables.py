"""Tables whose rows are lines: cells between pipes (Markdown as well), tabs, or runs of spaces."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from vectorstore.lines import Line, is_index_line
from vectorstore.table_parts import Cell, Row, Table, caption_before, is_running_number, names_sum, squeezed

_PIPE = re.compile(r"(?<!\\)\|")
_TAB = re.compile(r"\t")
_SPACES = re.compile(r"[ \t]{2,}")
_RULER = re.compile(r":?-{2,}:?|:?=+:?")
_FIGURE = re.compile(r"[<>≥≤≧≦+-]?[\d.,]+(?:[%‰]|[万亿元个张家人户名]{1,2})?(?:以上|以下|左右)?|[-—–/]{1,2}")
_LONGEST_CELL = 80
_MOST_HEADER_LINES = 4
_RULING = re.compile(r"\|?\s*:?-{2,}")
_BARE_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})$")


def grid_table(lines: Sequence[Line], first: int, taken: Collection[int]) -> tuple[Table | None, int]:
    """(table or None, first line behind the run of lines that was looked at) for a run that starts at `first`.

    The run must not be looked at again when it is no table: that keeps the search linear.
    """
    separator = _separator(lines[first])
    if separator is None or first in taken:
        return None, first + 1
    last = first + 1
    while last < len(lines) and last not in taken and _separator(lines[last]) is separator:
        if _begins_another(lines, first, last):
            break
        last += 1
    # A pipe at an end of the header frames every row; where the header has none, it has an empty cell outside.
    frame = (int(lines[first].text.startswith("|")), int(lines[first].text.endswith("|")))
    grid = [_cells(line, separator, frame) for line in lines[first:last]]
    ruled = [position for position, cells in enumerate(grid) if _is_ruler(cells)]
    grid = [cells for cells in grid if not _is_ruler(cells)]
    if not _is_table(grid, separator, has_ruler=bool(ruled)):
        return None, last
    header, body = _split_header(grid, ruled[0] if ruled else 1)
    columns = tuple(_header_name(cells) for cells in header)
    rows = _rows(columns, body)
    if not rows:
        return None, last
    caption_first, caption = caption_before(lines, first, taken)
    return Table(caption_first, last, caption, tuple(rows)), last


def _begins_another(lines: Sequence[Line], first: int, position: int) -> bool:
    """Whether another table begins here: below an empty line, with a ruler of its own, when this one had its own."""
    if lines[position].start - lines[position - 1].end < 2:
        return False
    following = lines[position + 1 : position + 1 + _MOST_HEADER_LINES]
    return any(map(_is_ruling, following)) and any(
        map(_is_ruling, lines[first : first + 1 + _MOST_HEADER_LINES])
    )


def _is_ruling(line: Line) -> bool:
    return _RULING.match(line.text) is not None


def _separator(line: Line) -> re.Pattern[str] | None:
    text = line.text
    if is_index_line(line):
        return None
    pipes = text.count("|")
    if pipes >= 2 or (pipes == 1 and not re.search(r"[。;,]", text)):
        return _PIPE
    if text.count("\t") + line.tabs_before + line.tabs_after >= 2:
        return _TAB
    return _SPACES if len(_SPACES.findall(text)) >= 2 and "。" not in text else None


def _cells(line: Line, separator: re.Pattern[str], frame: tuple[int, int]) -> list[Cell]:
    bounds = [match.span() for match in separator.finditer(line.written)]
    starts = [0, *(end for _, end in bounds)]
    ends = [*(start for start, _ in bounds), len(line.written)]
    cells = []
    for start, end in zip(starts, ends, strict=True):
        text = line.written[start:end].strip()
        offset = line.start + start + (line.written[start:end].index(text) if text else 0)
        cells.append(Cell(offset, offset + len(text), text))
    if separator is _PIPE:
        first = frame[0] if line.text.startswith("|") else 0
        last = frame[1] if line.text.endswith("|") else 0
        return cells[first : len(cells) - last]
    cut_off = line.tabs_before if separator is _TAB else 0
    return [Cell(line.start, line.start, "")] * cut_off + cells


def _is_ruler(cells: Sequence[Cell]) -> bool:
    return any(cell.text for cell in cells) and all(
        _RULER.fullmatch(cell.text) for cell in cells if cell.text
    )


def _is_table(grid: Sequence[Sequence[Cell]], separator: re.Pattern[str], *, has_ruler: bool) -> bool:
    if has_ruler:
        return len(grid) >= 2 and len(grid[0]) >= 2
    if len(grid) < 3 or len(grid[0]) < 3:
        return False
    if any(len(cell.text) > _LONGEST_CELL for cell in grid[0]) or any(
        _FIGURE.fullmatch(cell.text) for cell in grid[0]
    ):
        return False
    # Spaces alone are weak evidence: the columns must come out even and hold figures.
    return separator is not _SPACES or (
        len({len(row) for row in grid}) == 1
        and any(
            all(_FIGURE.fullmatch(row[column].text) for row in grid[1:]) for column in range(len(grid[0]))
        )
    )


def _split_header(
    grid: Sequence[Sequence[Cell]], ruled: int
) -> tuple[list[list[Cell]], Sequence[Sequence[Cell]]]:
    """(cells that name each column, body). A second line of names stands under empty or wider cells.

    The `ruled` lines above a ruler are names in any case; a name for several columns is written over each of them.
    """
    if 1 < ruled < len(grid):
        width = max(map(len, grid[:ruled]))
        stacked = [[line[column] for line in grid[:ruled] if column < len(line)] for column in range(width)]
        return [_each_once(cells) for cells in stacked], grid[ruled:]
    first, second = grid[0], grid[1]
    is_second_line = (
        len(grid) > 2
        and len(first) == len(second)
        and not second[0].text
        and not any(_FIGURE.fullmatch(cell.text) for cell in second)
        and any(_FIGURE.fullmatch(cell.text) for cell in grid[2])
    )
    if not is_second_line:
        return [[cell] for cell in first], grid[1:]
    columns, above = [], first[0]
    for upper, lower in zip(first, second, strict=True):
        above = upper if upper.text or not lower.text else above
        columns.append([cell for cell in (above, lower) if cell.text])
    return columns, grid[2:]


def _each_once(cells: Sequence[Cell]) -> list[Cell]:
    """Names of one column from the top, without what stands over several lines again."""
    written = [cell for cell in cells if cell.text]
    return [
        cell
        for above, cell in zip([None, *written], written, strict=False)
        if not above or above.text != cell.text
    ]


def _header_name(cells: Sequence[Cell]) -> str:
    name = squeezed("".join(cell.text for cell in cells))
    # A sheet's columns are often called by the bare year.
    name = _BARE_YEAR.sub(r"\1年", name)
    return re.sub(r"[*_]{2}(.+?)[*_]{2}", r"\1", name)


def _rows(columns: tuple[str, ...], body: Sequence[Sequence[Cell]]) -> list[Row]:
    shared = _shared_columns(columns, body)
    above: dict[int, Cell] = {}
    rows = []
    for cells in body:
        written = [cell for cell in cells if cell.text]
        if not written:
            continue
        filled = _total_named(columns, cells)
        for column in shared:
            if column < len(filled) and filled[column].text:
                above[column] = filled[column]
            elif column < len(filled) and column in above:
                filled[column] = above[column]
        # More cells than columns: which one is too many cannot be known.
        names = columns if len(cells) <= len(columns) else (columns[0], *[""] * (len(cells) - 1))
        rows.append(Row(written[0].start, written[-1].end, names, tuple(filled)))
    return rows


def _total_named(columns: tuple[str, ...], cells: Sequence[Cell]) -> list[Cell]:
    """A row's cells; one that has 合计 for its running number is called so and shares no name with the row above."""
    filled = list(cells)
    has_number = len(cells) > 1 and is_running_number(columns[0])
    if has_number and names_sum(cells[0].text) and not cells[1].text:
        filled[1] = cells[0]
    return filled


def _shared_columns(columns: tuple[str, ...], body: Sequence[Sequence[Cell]]) -> list[int]:
    """Leading columns with a cell for several rows: written once, empty below."""
    shared = []
    for column, name in enumerate(columns):
        texts = [row[column].text for row in body if column < len(row)]
        has_gap = any(not text for text in texts)
        if not has_gap and not is_running_number(name):
            break
        if has_gap and texts[0] and not any(_FIGURE.fullmatch(text) for text in texts if text):
            shared.append(column)
    return shared
