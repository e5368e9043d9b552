"""The pages of a document as one text: columns, paragraphs, tables over page breaks, running heads aside.

What reads the pages (a PDF's text layer, the recognition of a scan) does not matter here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from vectorstore.formats.aligned_tables import with_aligned_tables
from vectorstore.formats.glyphs import PageContent, Ruling
from vectorstore.formats.page_rows import Row, rows_of
from vectorstore.formats.page_tables import CellText, PageTable, table_in
from vectorstore.formats.page_text import PagedText
from vectorstore.formats.paragraphs import (
    Body,
    PlacedLine,
    body_of,
    continues,
    ends_sentence,
    is_heading,
    usual_pitch,
)
from vectorstore.formats.reading_order import Item, Line, Zone, zones_of
from vectorstore.formats.ruled_tables import grids_of
from vectorstore.formats.running_heads import PageRows, running_heads

_UNIT_NOTE = re.compile(r"[(（\[]?\s*(?:计量)?单位\s*[:：]")
_CONTINUED = re.compile(
    r"(?:续\s*(?:上\s*)?表|接上[表页]|[(（]续(?:表)?[)）]|.{0,30}[(（]续(?:表|上表)?[)）]).{0,12}"
)
# Columns of the two parts of a table stand within so many points, or this part of the width, of each other.
_SAME_COLUMN = 0.02
# How many lines tell where a page's text begins and ends.
_ENOUGH_LINES = 5
_MOST_HEADER_ROWS = 4
# A page whose text ends higher was ended on purpose.
_FULL_PAGE = 0.6
_SHORTEST_RULE, _MOST_RULES = 90.0, 200
# How many ems a full line may end before the edge.
_SLACK_OF_SCANS = 1.6


@dataclass(frozen=True)
class LaidOutPage:
    """A page with its rows of text and its tables, each from top to bottom; `rules` are horizontal lines."""

    number: int
    height: float
    rows: tuple[Row, ...]
    tables: tuple[PageTable, ...]
    rules: tuple[Ruling, ...] = ()
    slack: float = 1.0


@dataclass(frozen=True)
class _Placed:
    """What one page adds to the text: its lines and tables in order, and its running heads."""

    number: int
    items: tuple[PlacedLine | PageTable, ...]
    heads: tuple[str, ...]
    # How far down the page its text goes, as a part of its height.
    filled: float


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
    return [with_aligned_tables(zone, page.rules) for zone in zones]


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
        _Placed(
            page.number,
            tuple(_placed_items(page, zones[page.number], usual)),
            tuple(_row_text(page.rows[position]) for position in sorted(heads[page.number])),
            max((item.bottom for zone in zones[page.number] for item in zone.items), default=0.0)
            / max(page.height, 1.0),
        )
        for page in pages
    ]
    lines = [item for page in placed for item in page.items if isinstance(item, PlacedLine)]
    writer = _Writer(PagedText(), body_of(lines))
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
    )


# --- writing --------------------------------------------------------------------------------------------


@dataclass
class _OpenTable:
    table: PageTable
    rows: list[tuple[int, tuple[CellText, ...]]]


class _Writer:
    """Writes the pages; a paragraph or table stays open until something else follows."""

    def __init__(self, text: PagedText, body: Body) -> None:
        self.text = text
        self._body = body
        self._paragraph: list[PlacedLine] = []
        self._table: _OpenTable | None = None
        self._heads: list[tuple[int, str]] = []

    def page(self, page: _Placed) -> None:
        items = list(page.items)
        if self._table is not None:
            # A line above the second part of a table that only says that it goes on.
            is_note = len(items) > 1 and isinstance(items[0], PlacedLine) and isinstance(items[1], PageTable)
            if is_note and _CONTINUED.fullmatch(items[0].text) and self._goes_on(items[1]):  # type: ignore[union-attr,arg-type]
                self._heads.append((page.number, items[0].text))  # type: ignore[union-attr]
                del items[0]
        for item in items:
            if isinstance(item, PageTable):
                self._add_table(item, page.number)
            else:
                self._add_line(item)
        self._heads.extend((page.number, head) for head in page.heads)
        if page.filled < _FULL_PAGE and self._paragraph and ends_sentence(self._paragraph[-1].text):
            self.close()

    def close(self) -> None:
        """Write what is open, then the running heads that had to wait for it."""
        self._close_paragraph()
        if self._table is not None:
            table, self._table = self._table, None
            self.text.table(table.table.title.text, table.rows)
        for page, head in self._heads:
            self.text.running_head(head, page)
        self._heads = []

    def _close_paragraph(self) -> None:
        if not self._paragraph:
            return
        lines, self._paragraph = self._paragraph, []
        start, end = self.text.paragraph(lines)
        shown = "".join(line.text for line in lines)
        if is_heading(lines, shown, self._body):
            self.text.headings.append((start, end, round(2 * lines[0].size) / 2))

    def _add_line(self, line: PlacedLine) -> None:
        if self._table is not None or (self._paragraph and not continues(self._paragraph, line, self._body)):
            self.close()
        self._paragraph.append(line)

    def _add_table(self, table: PageTable, page: int) -> None:
        if self._table is not None and self._goes_on(table):
            rows = _without_header(table.rows, self._table.rows)
            self._table.rows.extend((page, row) for row in rows)
            self._table.table = replace(self._table.table, xs=table.xs)
            return
        if self._table is not None:
            self.close()
        # Running heads wait: the paragraph may be the caption of a table on the next page.
        self._close_paragraph()
        self._table = _OpenTable(table, [(page, row) for row in table.rows])

    def _goes_on(self, table: PageTable) -> bool:
        """Whether a table is the next part of the open one: the same columns, and nothing between them."""
        if self._table is None or self._paragraph:
            return False
        before = self._table.table
        if len(before.xs) != len(table.xs) or before.is_ruled != table.is_ruled:
            return False
        if table.title.text and table.title.text != before.title.text:
            return False
        near = _SAME_COLUMN * (table.xs[-1] - table.xs[0]) + 3
        return all(
            abs((x - before.xs[0]) - (y - table.xs[0])) <= near
            for x, y in zip(before.xs, table.xs, strict=True)
        )


def _without_header(
    rows: Sequence[tuple[CellText, ...]], above: Sequence[tuple[int, tuple[CellText, ...]]]
) -> Sequence[tuple[CellText, ...]]:
    """The rows without those at their beginning that repeat the beginning of the table."""
    repeated = 0
    for row, (_, first) in zip(rows[:_MOST_HEADER_ROWS], above, strict=False):
        if _bare(row) != _bare(first):
            break
        repeated += 1
    return rows[repeated:]


def _bare(row: Sequence[CellText]) -> list[str]:
    return ["".join(cell.text.split()) for cell in row]
