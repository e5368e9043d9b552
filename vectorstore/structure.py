"""The structure of a plan: which section every line stands in, and which years that section speaks about.

Depth is not fixed by numbering style: a style that is already open continues at its level, a new one opens
below. Two things of the genre need more care: a box (专栏) counts its own items 1, 2, 3 and then hands back to
the count around it; and a text may hold two parts (results of one year, plan of the next) that both start
at 一、 again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from vectorstore.documents import PassageKind
from vectorstore.folding import folded
from vectorstore.headings import BOX, Heading, heading_of
from vectorstore.lines import Line, is_furniture, lines_of
from vectorstore.numerals import YEAR, years_in
from vectorstore.tables import Row, Table, find_tables

# What a paragraph opens with when it declares the years of all that follows: 2022年,… / “十四五”时期,…
_OPENING = re.compile(
    rf"^[“\"]?(?:{YEAR}\s*年(?:度)?(?:\s*[-—–~～至]+\s*{YEAR}\s*年)?|[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间|以来))"
)
_NUMBERED_BELOW_CHAPTERS = {"arabic", "bracketed-arabic", "half-bracketed-arabic", "circled", "dash", BOX}


@dataclass(frozen=True)
class Block:
    """A paragraph, heading line, table row or piece of page furniture: `document[start:end]`.

    `is_heading` marks a line that is a title only; it has no passage of its own, being the context of others.
    """

    start: int
    end: int
    section: tuple[str, ...]
    years: tuple[int, ...] = ()
    kind: PassageKind = "text"
    is_heading: bool = False
    caption: str = ""
    row: Row | None = None


@dataclass
class _Open:
    """A section that is open while lines are read."""

    style: str
    ordinal: int
    label: str
    years: tuple[int, ...] = ()
    has_body: bool = False
    items_with_body: int = 0


@dataclass
class _Reader:
    text: str
    root: _Open = field(default_factory=lambda: _Open("root", 0, ""))
    stack: list[_Open] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    outer: dict[str, int] = field(default_factory=dict)  # last ordinals around the open box
    last_is_paragraph: bool = False

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(entry.label for entry in self.stack)

    @property
    def years(self) -> tuple[int, ...]:
        return next((entry.years for entry in reversed([self.root, *self.stack]) if entry.years), ())


def blocks_of(text: str, *, title: str = "") -> list[Block]:
    """All of `text` as blocks in reading order; every non-empty line is in exactly one block.

    `title` is the document's title line, which is no section of its own.
    """
    lines = lines_of(text)
    tables = {table.first: table for table in find_tables(lines)}
    reader = _Reader(text)
    position = 0
    while position < len(lines):
        table = tables.get(position)
        if table is not None:
            _read_table(reader, table, lines)
            position = table.last
        else:
            _read_line(reader, lines[position], title)
            position += 1
    return reader.blocks


def _read_line(reader: _Reader, line: Line, title: str) -> None:
    if is_furniture(line):
        reader.blocks.append(Block(line.start, line.end, (), kind="furniture"))
        return
    if title and line.text.startswith(folded(title)) and not reader.stack and not reader.root.has_body:
        reader.blocks.append(Block(line.start, line.end, (), is_heading=True))
        return
    heading = heading_of(line)
    if heading is None:
        _read_body(reader, line.start, line.end, line.text)
        reader.last_is_paragraph = True
        return
    heading = replace(heading, label=reader.text[line.start : line.start + len(heading.label)])
    _open_section(reader, heading)
    if heading.is_alone:
        reader.blocks.append(Block(line.start, line.end, reader.section, reader.years, is_heading=True))
    else:
        body = line.text[heading.body_start - line.start :]
        start = heading.body_start + len(body) - len(body.lstrip())
        _read_body(reader, start, line.end, body.strip())
    reader.last_is_paragraph = False


def _read_body(reader: _Reader, start: int, end: int, text: str) -> None:
    if start >= end:
        return
    current = reader.stack[-1] if reader.stack else reader.root
    opening = _OPENING.match(text)
    if opening and not current.has_body:
        current.years = years_in(opening.group(0)) or current.years
    current.has_body = True
    reader.blocks.append(Block(start, end, reader.section, reader.years))


def _read_table(reader: _Reader, table: Table, lines: list[Line]) -> None:
    body_lines = lines[table.first : table.last]
    years = years_in(table.caption) or reader.years
    chapters = [entry for entry in reader.stack if entry.style not in _NUMBERED_BELOW_CHAPTERS]
    section = tuple(entry.label for entry in chapters)
    first_row = table.rows[0].start
    for line in body_lines:
        if line.start >= first_row:
            break
        reader.blocks.append(Block(line.start, line.end, section, years, is_heading=True))
    for row in table.rows:
        reader.blocks.append(Block(row.start, row.end, section, years, "row", caption=table.caption, row=row))
    reader.last_is_paragraph = False


# --- sections ----------------------------------------------------------------------------------------


def _open_section(reader: _Reader, heading: Heading) -> None:
    if heading.style == BOX:
        _open_box(reader, heading)
        return
    if _leaves_box(reader, heading):
        _close_box(reader)
    if _starts_new_part(reader, heading):
        _open_part(reader)
    styles = [entry.style for entry in reader.stack]
    if heading.style in styles:
        del reader.stack[styles.index(heading.style) :]
    if reader.stack and reader.stack[-1].style == BOX and not heading.is_alone:
        reader.stack[-1].items_with_body += 1
    reader.stack.append(_Open(heading.style, heading.ordinal, heading.label, years_in(heading.label)))


def _open_box(reader: _Reader, heading: Heading) -> None:
    """A box belongs to the chapter around it, not to the numbered item that happens to precede it."""
    if any(entry.style == BOX for entry in reader.stack):
        _close_box(reader)
    reader.outer = {entry.style: entry.ordinal for entry in reader.stack}
    while reader.stack and reader.stack[-1].style in _NUMBERED_BELOW_CHAPTERS:
        reader.stack.pop()
    reader.stack.append(_Open(BOX, heading.ordinal, heading.label, years_in(heading.label)))


def _box(reader: _Reader) -> int | None:
    return next((index for index, entry in enumerate(reader.stack) if entry.style == BOX), None)


def _leaves_box(reader: _Reader, heading: Heading) -> bool:
    """Whether a numbered line after a box continues the count around the box instead of the box's own."""
    index = _box(reader)
    if index is None or heading.style not in reader.outer:
        return False
    box = reader.stack[index]
    inside = next((entry.ordinal for entry in reader.stack[index + 1 :] if entry.style == heading.style), 0)
    if box.items_with_body and heading.is_alone:
        return True
    continues_outside = heading.ordinal == reader.outer[heading.style] + 1
    return continues_outside and heading.ordinal != inside + 1


def _close_box(reader: _Reader) -> None:
    index = _box(reader)
    if index is not None:
        del reader.stack[index:]
        reader.outer = {}


def _starts_new_part(reader: _Reader, heading: Heading) -> bool:
    if not reader.stack or heading.ordinal != 1:
        return False
    top = reader.stack[0]
    return heading.style == top.style and top.ordinal > 1


def _open_part(reader: _Reader) -> None:
    """Numbering starts again at the top: a paragraph just before it that opens with a year leads the part."""
    reader.stack.clear()
    reader.root = _Open("root", 0, "")
    if reader.last_is_paragraph and reader.blocks:
        lead = reader.blocks[-1]
        opening = _OPENING.match(folded(reader.text[lead.start : lead.end]))
        reader.root.years = years_in(opening.group(0)) if opening else ()
        reader.root.has_body = True
        reader.blocks[-1] = replace(lead, section=(), years=reader.root.years)
