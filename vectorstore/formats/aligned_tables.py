"""Tables without a grid: lines whose parts stand below each other in columns, where the evidence is strong."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.formats.aligned_parts import FIGURE, MOST_COLUMNS, columns_of, holds_figures, is_caption
from vectorstore.formats.glyphs import Ruling
from vectorstore.formats.joining import join
from vectorstore.formats.ordinals import without_ordinals
from vectorstore.formats.page_rows import Row, Segment
from vectorstore.formats.page_tables import CellText, PageTable
from vectorstore.formats.reading_order import Item, Line, Zone
from vectorstore.formats.stacked_tables import stacked_table

_FEWEST_ROWS, _FEWEST_COLUMNS = 3, 3
_FEWEST_RULED_ROWS, _FEWEST_RULED_COLUMNS = 2, 2
# Between rules the longest name of one column may come near to the next one's heading.
_RULED_WHITE = 0.1
# A rule stands so near to the table that it bounds.
_NEAR_RULE = 1.8
# Lines of one table follow each other within so many ems.
_APART = 3.2


def with_aligned_tables(zone: Zone, rules: Sequence[Ruling]) -> Zone:
    """The zone with its aligned lines as tables. `rules` are the horizontal lines of the page outside of grids."""
    items: list[Item] = []
    position = 0
    while position < len(zone.items):
        found = _table_at(zone.items, position, rules)
        items.append(zone.items[position] if found is None else found[0])
        position += 1 if found is None else found[1]
    return Zone(tuple(items), zone.is_column)


def _table_at(items: Sequence[Item], first: int, rules: Sequence[Ruling]) -> tuple[PageTable, int] | None:
    """The table that begins at `first`, and of how many lines it is."""
    run = _run(items, first)
    if len(run) >= _FEWEST_ROWS and without_ordinals(run) and (table := _table(run, rules)):
        return table, len(run)
    if stacked := stacked_table(items, first):
        return stacked
    table = _table(run, rules) if len(run) >= _FEWEST_RULED_ROWS else None
    return (table, len(run)) if table else None


def _run(items: Sequence[Item], first: int) -> list[Line]:
    """The lines from `first` on that have several parts, with single parts that go on with a cell between them."""
    run: list[Line] = []
    opening = items[first]
    if isinstance(opening, Line) and is_caption(opening.text):
        return run
    for item in items[first:]:
        if not isinstance(item, Line):
            break
        if run and item.main.baseline - run[-1].main.baseline > _APART * item.main.size:
            break
        if len(item.segments) < 2 and not (len(run) >= 2 and _is_part(item, run)):
            break
        run.append(item)
    while run and len(run[-1].segments) < 2:
        run.pop()
    return run


def _is_part(line: Line, run: Sequence[Line]) -> bool:
    """Whether a line of one part can go on with a cell: it is no wider than the part that it stands below."""
    part = line.segments[0]
    above = [
        segment for segment in run[-1].segments if segment.left < part.right and part.left < segment.right
    ]
    return len(above) == 1 and part.right <= above[0].right + part.size and not FIGURE.fullmatch(part.text)


def _table(lines: Sequence[Line], rules: Sequence[Ruling]) -> PageTable | None:
    is_ruled = _is_between_rules(lines, rules)
    top, bottom = lines[0].top, lines[-1].bottom
    left = min(line.left for line in lines)
    numbered = without_ordinals(lines)
    if numbered is not None:
        lines = numbered[1]
    columns = columns_of(lines, _RULED_WHITE) if is_ruled else columns_of(lines)
    fewest = (_FEWEST_RULED_COLUMNS, _FEWEST_RULED_ROWS) if is_ruled else (_FEWEST_COLUMNS, _FEWEST_ROWS)
    if not fewest[0] <= len(columns) <= MOST_COLUMNS or len(lines) < fewest[1]:
        return None
    rows: list[list[CellText]] = []
    for number, line in enumerate(lines):
        cells = _cells(line.segments, columns, may_span=number < 2)
        if cells is None:
            return None
        if numbered is not None:
            cells.insert(0, numbered[0][number])
        if len(line.segments) == 1 and rows:
            rows[-1] = [_gone_on(cell, more) for cell, more in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    if len(rows) < fewest[1] or not (is_ruled or holds_figures(rows)):
        return None
    starts = [start for start, _ in columns]
    xs = (*([left] if numbered is not None else []), *starts, columns[-1][1])
    return PageTable(xs[0], top, xs[-1], bottom, xs, tuple(map(tuple, rows)), is_ruled=False)


def _gone_on(cell: CellText, more: CellText) -> CellText:
    return CellText(join(cell.text, more.text), cell.glyphs + more.glyphs) if more.text else cell


def _is_between_rules(lines: Sequence[Line], rules: Sequence[Ruling]) -> bool:
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    size = lines[0].main.size
    wide = [rule for rule in rules if rule.start <= left + size and rule.end >= right - size]
    above = any(0 <= lines[0].top + size / 2 - rule.position <= _NEAR_RULE * size for rule in wide)
    below = any(0 <= rule.position - lines[-1].bottom + size / 2 <= _NEAR_RULE * size for rule in wide)
    return above and below


def _cells(segments: Row, columns: Sequence[tuple[float, float]], *, may_span: bool) -> list[CellText] | None:
    """The line's parts by columns, None when they do not fit; only the header's names may span several."""
    found: list[Segment | None] = [None] * len(columns)
    for segment in segments:
        touched = [
            number
            for number, (left, right) in enumerate(columns)
            if segment.left < right and left < segment.right
        ]
        if not touched or (len(touched) > 1 and not may_span) or found[touched[0]] is not None:
            return None
        found[touched[0]] = segment
    return [CellText(segment.text, segment.glyphs) if segment else CellText("") for segment in found]
