"""The pages of a document as one text: columns, paragraphs, tables over page breaks, running heads aside.

What reads the pages (a PDF's text layer, the recognition of a scan) does not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from vectorstore.formats.aligned_tables import with_aligned_tables
from vectorstore.formats.beside import apart, unfolded
from vectorstore.formats.glyphs import PageContent, Ruling
from vectorstore.formats.page_rows import Row, rows_of
from vectorstore.formats.page_tables import CellText, PageTable, table_in
from vectorstore.formats.page_text import PagedText
from vectorstore.formats.page_writer import PageWriter, PlacedPage
from vectorstore.formats.paragraphs import PlacedLine, body_of, usual_pitch
from vectorstore.formats.reading_order import Item, Line, Zone, zones_of
from vectorstore.formats.ruled_tables import grids_of
from vectorstore.formats.running_heads import PageRows, running_heads

_UNIT_NOTE = re.compile(r"[(（\[]?\s*(?:计量)?单位\s*[:：]")
# How many lines tell where a page's text begins and ends.
_ENOUGH_LINES = 5
_SHORTEST_RULE, _MOST_RULES = 90.0, 200
# How many ems a full line may end before the edge.
_SLACK_OF_SCANS = 1.6
# Parts of a line with so many ems of white between them are items, with less a line that was stretched to its edges.
_SET_APART = 1.6


@dataclass(frozen=True)
class LaidOutPage:
    """A page with its rows of text and its tables, each from top to bottom; `rules` are horizontal lines."""

    number: int
    height: float
    rows: tuple[Row, ...]
    tables: tuple[PageTable, ...]
    rules: tuple[Ruling, ...] = ()
    slack: float = 1.0


def laid_out(page: PageContent, *, keep_glyphs: bool = False) -> LaidOutPage:
    """Rows and ruled tables of a page; without `keep_glyphs` the characters' places are let go of."""
    glyphs = list(page.glyphs)
    tables = []
    for grid in grids_of(page.rulings):
        inside = [glyph for glyph in glyphs if grid.holds(glyph)]
        table = table_in(grid, inside) if inside else None
        if table is not None:
            tables.append(table if keep_glyphs else _lightened(table))
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
    rows = [*rows_of(glyphs), *rows_of(page.aside)]
    if not keep_glyphs:
        rows = [tuple(replace(segment, glyphs=()) for segment in row) for row in rows]
    rules = tuple(
        rule for rule in page.rulings if rule.is_horizontal and rule.end - rule.start > _SHORTEST_RULE
    )
    slack = _SLACK_OF_SCANS if page.is_recognised else 1.0
    return LaidOutPage(page.number, page.height, tuple(rows), tuple(tables), rules[:_MOST_RULES], slack)


def _lightened(table: PageTable) -> PageTable:
    rows = tuple(tuple(CellText(cell.text) for cell in row) for row in table.rows)
    return replace(table, rows=rows, title=CellText(table.title.text))


def items_of(page: LaidOutPage, heads: frozenset[int] = frozenset()) -> list[Zone]:
    """The page's lines and tables in reading order, without the rows that are running `heads`."""
    rows = [row for position, row in enumerate(page.rows) if position not in heads]
    zones = zones_of([part for row in rows for part in _without_note(row)], page.tables)
    return [
        _with_tables(Zone(tuple(items), zone.is_column or is_beside), page)
        for zone in zones
        for items, is_beside in apart(zone.items)
    ]


def _with_tables(zone: Zone, page: LaidOutPage) -> Zone:
    aligned = with_aligned_tables(zone, page.rules)
    items: list[Item] = []
    for item in aligned.items:
        items.extend(unfolded(item) if isinstance(item, PageTable) else [item])
    return replace(aligned, items=tuple(items))


def _without_note(row: Row) -> list[Row]:
    """A caption and the note of the unit at its right are two lines."""
    if len(row) > 1 and _UNIT_NOTE.match(row[-1].text):
        return [row[:-1], row[-1:]]
    return [row]


def written(pages: Iterable[LaidOutPage]) -> PagedText:
    """The whole text of the pages."""
    pages = list(pages)
    heads = running_heads([PageRows(page.number, page.height, page.rows) for page in pages])
    zones = {page.number: items_of(page, heads[page.number]) for page in pages}
    usual = _usual_edges(zones.values())
    placed = [
        PlacedPage(
            page.number,
            tuple(_placed_items(page, zones[page.number], usual)),
            tuple(_row_text(page.rows[position]) for position in sorted(heads[page.number])),
            max((item.bottom for zone in zones[page.number] for item in zone.items), default=0.0)
            / max(page.height, 1.0),
        )
        for page in pages
    ]
    lines = [item for page in placed for item in page.items if isinstance(item, PlacedLine)]
    writer = PageWriter(PagedText(), body_of(lines))
    for page in placed:
        writer.page(page)
    writer.close()
    return writer.text


def _row_text(row: Row) -> str:
    return " ".join(segment.text for segment in row)


# --- where the columns of text begin and end ------------------------------------------------------------


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """The edges that several lines share: the leftmost and the rightmost such."""
    size = median(line.main.size for line in lines)
    fewest = max(2, len(lines) // 12)
    lefts = sorted(line.left for line in lines)
    rights = sorted((line.right for line in lines), reverse=True)
    left = next((x for x in lefts if sum(abs(x - other) < size / 2 for other in lefts) >= fewest), lefts[0])
    right = next(
        (x for x in rights if sum(abs(x - other) < size / 2 for other in rights) >= fewest), rights[0]
    )
    return left, right


def _lines(zones: Iterable[Zone]) -> list[Line]:
    return [item for zone in zones if not zone.is_column for item in zone.items if isinstance(item, Line)]


def _usual_edges(pages: Iterable[Sequence[Zone]]) -> tuple[float, float] | None:
    edges = [_edges(lines) for zones in pages if len(lines := _lines(zones)) >= 2 * _ENOUGH_LINES]
    if not edges:
        return None
    return median(left for left, _ in edges), median(right for _, right in edges)


def _placed_items(
    page: LaidOutPage, zones: Sequence[Zone], usual: tuple[float, float] | None
) -> Iterable[PlacedLine | PageTable]:
    all_lines = _lines(zones)
    full = _edges(all_lines) if all_lines else (0.0, 0.0)
    if len(all_lines) < _ENOUGH_LINES and usual is not None:
        full = min(usual[0], full[0]), max(usual[1], full[1])
    for zone in zones:
        lines = [item for item in zone.items if isinstance(item, Line)]
        edges = _edges(lines) if zone.is_column and lines else full
        pitch = usual_pitch(
            [line.main.baseline for line in lines],
            median(line.main.size for line in lines) if lines else 10.0,
        )
        before: Item | None = None
        for item in zone.items:
            if isinstance(item, PageTable):
                yield item
            else:
                yield _placed(item, page, edges, pitch, follows=isinstance(before, Line))
            before = item


def _placed(
    line: Line, page: LaidOutPage, edges: tuple[float, float], pitch: float, *, follows: bool
) -> PlacedLine:
    main = line.main
    return PlacedLine(
        line.text,
        page.number,
        line.left,
        line.right,
        main.baseline,
        main.size,
        main.bold,
        min(edges[0], line.left),
        max(edges[1], line.right),
        pitch,
        follows,
        page.slack,
        tuple(
            part.left
            for before, part in pairwise(line.segments)
            if part.left - before.right >= _SET_APART * main.size
        ),
    )
