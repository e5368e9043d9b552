"""The pages of a document written as one text: paragraphs and tables that go on over a page break, running heads aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vectorstore.formats.aligned_parts import FIGURE
from vectorstore.formats.glyphs import is_wide
from vectorstore.formats.joining import join
from vectorstore.formats.page_tables import CellText, PageTable
from vectorstore.formats.page_text import PagedText
from vectorstore.formats.paragraphs import Body, PlacedLine, continues, ends_sentence, is_heading

_CONTINUED = re.compile(
    r"(?:续\s*(?:上\s*)?表|接上[表页]|[(（]续(?:表)?[)）]|.{0,30}[(（]续(?:表|上表)?[)）]).{0,12}"
)
# Columns of the two parts of a table stand within so many points, or this part of the width, of each other.
_SAME_COLUMN = 0.02
_MOST_HEADER_ROWS = 4
# A page whose text ends higher was ended on purpose.
_FULL_PAGE = 0.6
_NUMBERED = re.compile(r"[一二三四五六七八九十]+、|\d+[.、]|[(（][一二三四五六七八九十\d]+[)）]")
# The largest type of a table, in points: by it, how many characters a full line of a cell has at least.
_LARGEST_TYPE = 12.0


@dataclass(frozen=True)
class PlacedPage:
    """What one page adds to the text: its lines and tables in order, and its running heads."""

    number: int
    items: tuple[PlacedLine | PageTable, ...]
    heads: tuple[str, ...]
    # How far down the page its text goes, as a part of its height.
    filled: float


@dataclass
class _OpenTable:
    table: PageTable
    rows: list[tuple[int, tuple[CellText, ...]]]


class PageWriter:
    """Writes the pages; a paragraph or table stays open until something else follows."""

    def __init__(self, text: PagedText, body: Body) -> None:
        self.text = text
        self._body = body
        self._paragraph: list[PlacedLine] = []
        self._table: _OpenTable | None = None
        self._heads: list[tuple[int, str]] = []

    def page(self, page: PlacedPage) -> None:
        """Write what a page adds to what is open, or closes."""
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
            if page != self._table.rows[-1][0]:
                rows = _mended(self._table.rows, rows, self._table.table.xs)
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


# --- rows that a page break cuts in two -----------------------------------------------------------------


def _mended(
    above: list[tuple[int, tuple[CellText, ...]]], rows: Sequence[tuple[CellText, ...]], xs: Sequence[float]
) -> Sequence[tuple[CellText, ...]]:
    """The rows of the next page; where the first is the rest of the last one above, that one is made whole."""
    if not rows or not _is_rest(above, rows, xs):
        return rows
    page, last = above[-1]
    whole = tuple(
        CellText(join(cell.text, more.text), cell.glyphs + more.glyphs)
        for cell, more in zip(last, rows[0], strict=True)
    )
    above[-1] = page, whole
    return rows[1:]


def _is_rest(
    above: Sequence[tuple[int, tuple[CellText, ...]]],
    rows: Sequence[tuple[CellText, ...]],
    xs: Sequence[float],
) -> bool:
    """Whether one of two rows is nothing but a name, cut at the end of a full line, and the other one lacks nothing else."""
    last, first = above[-1][1], rows[0]
    alone = next((row for row in (last, first) if len(_filled(row)) == 1), None)
    if alone is None or len(last) != len(first):
        return False
    # In a table with rows that are headings of others, a single name is one of them.
    if any(len(_filled(row)) == 1 for row in [*(row for _, row in above[:-1]), *rows[1:]]):
        return False
    (column,) = _filled(alone)
    name, upper = alone[column].text, last[column].text
    if not upper or not first[column].text or _NUMBERED.match(name) or FIGURE.fullmatch(name):
        return False
    if FIGURE.fullmatch(upper) or FIGURE.fullmatch(first[column].text):
        return False
    width = sum(1.0 if is_wide(sign) else 0.5 for sign in upper)
    return width >= (xs[column + 1] - xs[column]) / _LARGEST_TYPE - 1.5


def _filled(row: Sequence[CellText]) -> list[int]:
    return [number for number, cell in enumerate(row) if cell.text]
