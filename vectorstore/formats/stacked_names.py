"""The names around a table without a grid: of its columns, over several lines, and of groups of its rows."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.formats.aligned_parts import WHITE, Column, column_of
from vectorstore.formats.joining import join
from vectorstore.formats.page_rows import Segment
from vectorstore.formats.page_tables import CellText
from vectorstore.formats.reading_order import Line


def joined_cell(segments: Sequence[Segment]) -> CellText:
    """What parts of one cell say, from top to bottom."""
    text = ""
    ordered = sorted(segments, key=lambda segment: segment.baseline)
    for segment in ordered:
        text = join(text, segment.text)
    return CellText(text, tuple(glyph for segment in ordered for glyph in segment.glyphs))


# --- names of columns -----------------------------------------------------------------------------------


def header_of(lines: Sequence[Line], columns: Sequence[Column]) -> list[list[CellText]] | None:
    """One row of names, or two where names stand above others; None where a name fits no column."""
    own: list[list[tuple[int, Segment]]] = [[] for _ in columns]
    above: list[tuple[int, Segment]] = []
    lowest = len(lines) - 1
    for number, line in enumerate(lines):
        for segment in line.segments:
            column = _under(segment, columns)
            if column is None or (number < lowest and _spans(column, number, lines, columns)):
                above.append((number, segment))
            else:
                own[column].append((number, segment))
    names = [joined_cell([segment for _, segment in parts]) for parts in own]
    if not above:
        return [names]
    groups = [CellText("") for _ in columns]
    under = [
        column for column, parts in enumerate(own) if parts and all(number == lowest for number, _ in parts)
    ]
    members: dict[int, list[int]] = {}
    for column in under:
        middle = sum(columns[column]) / 2
        nearest = min(range(len(above)), key=lambda position: abs(_middle(above[position][1]) - middle))
        members.setdefault(nearest, []).append(column)
    for position, (number, segment) in enumerate(above):
        mine = members.get(position, [])
        if number == lowest or not mine or mine != list(range(mine[0], mine[-1] + 1)):
            return None
        if len(mine) == len(columns):
            # Over all columns stands a caption.
            return None
        if not columns[mine[0]][0] - segment.size <= _middle(segment) <= columns[mine[-1]][1] + segment.size:
            return None
        groups[mine[0]] = CellText(segment.text, segment.glyphs)
    upper = [groups[column] if column in under else name for column, name in enumerate(names)]
    lower = [name if column in under else CellText("") for column, name in enumerate(names)]
    return [upper, lower]


def _spans(column: int, number: int, lines: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether what stands over a column stands over its neighbours too, which have a name on the last line only."""
    beside = [other for other in (column - 1, column + 1) if 0 <= other < len(columns)]
    last = {_under(segment, columns) for segment in lines[-1].segments}
    upper = {_under(segment, columns) for line in lines[:-1] for segment in line.segments}
    return len(beside) == 2 and {column, *beside} <= last and not upper & set(beside) and number < len(lines)


def _under(segment: Segment, columns: Sequence[Column]) -> int | None:
    """The column in whose width the middle of the segment stands, if it touches no other."""
    margin = WHITE * segment.size
    found = [
        number
        for number, (left, right) in enumerate(columns)
        if left - margin <= _middle(segment) <= right + margin
    ]
    return found[0] if len(found) == 1 else None


def _middle(segment: Segment) -> float:
    return (segment.left + segment.right) / 2


# --- labels of groups of rows ---------------------------------------------------------------------------


def labels_of(
    parts: Sequence[Line],
    cells: Sequence[Sequence[Sequence[Segment]]],
    anchors: Sequence[Line],
    columns: Sequence[Column],
) -> dict[int, Segment]:
    """Labels of several rows each, in a first column that not all rows fill, by the first row of each.

    A label stands in the middle of its rows. Nothing where the rows cannot be shared out among the labels so, and
    where a label on the first row could as well stand above its rows.
    """
    if len(columns) < 3 or not all(row[1] for row in cells) or all(row[0] for row in cells) or cells[0][0]:
        return {}
    single = [segment for line in parts for segment in line.segments if column_of(segment, columns) == 0]
    labels = sorted([*single, *(row[0][0] for row in cells if row[0])], key=lambda label: label.baseline)
    found: dict[int, Segment] = {}
    row = 0
    for label in labels:
        above = [
            anchor.main.baseline for anchor in anchors[row:] if anchor.main.baseline < label.baseline - 1
        ]
        beside = any(abs(anchor.main.baseline - label.baseline) <= 1 for anchor in anchors[row:])
        last = row + 2 * len(above) + beside - 1
        if not row <= last < len(anchors):
            return {}
        middle = (anchors[row].main.baseline + anchors[last].main.baseline) / 2
        if abs(middle - label.baseline) > label.size / 2:
            return {}
        found[row] = label
        row = last + 1
    return found if row == len(anchors) else {}
