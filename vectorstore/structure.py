"""The structure of a plan: which section every line stands in, and which years that section speaks about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vectorstore.documents import Document, PassageKind
from vectorstore.folding import folded, simplified
from vectorstore.formats.extracted import Heading as MarkedHeading
from vectorstore.formats.extracted import Span
from vectorstore.halves import halves_of
from vectorstore.headings import NAMED_BELOW, QUESTION, Heading, answer_begins, heading_of, states_figure
from vectorstore.lines import Line, furniture_of, lines_of
from vectorstore.marks import lines_within, marked_heading, marked_levels
from vectorstore.numerals import years_in
from vectorstore.periods import (
    Years,
    declared_by_opening,
    is_later,
    is_part_of,
    later_openings,
    openings_of_the_term,
    stood_in_opening,
)
from vectorstore.sections import OpenSections, Section
from vectorstore.tables import Row, Table, find_tables
from vectorstore.tasks import with_labels_joined

# How much may stand behind the title on its line (a date, a number in brackets).
_LONGEST_BEHIND_TITLE = 30
_LONGEST_NAME = 40
# So many one-paragraph sections make it a habit of the text.
_HABIT = 5


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading line, table row or piece of page furniture: `document[start:end]`.

    `is_heading` marks a line that is a title only; it has no passage of its own, being the context of others.
    """

    start: int
    end: int
    section: tuple[str, ...]
    years: Years = ()
    kind: PassageKind = "text"
    is_heading: bool = False
    caption: str = ""
    row: Row | None = None


@dataclass
class _Reader:
    text: str
    title: str
    years: Years
    # Of the lines that the file's format marks as headings.
    levels: Mapping[int, int]
    # Of the lines that name a half of the paper.
    halves: Mapping[int, Heading]
    sections: OpenSections = field(default_factory=OpenSections)
    blocks: list[Block] = field(default_factory=list)
    # Title lines: number of the block, the section it opened, the path around it.
    titles: list[tuple[int, Section, tuple[str, ...]]] = field(default_factory=list)
    titled: list[Section] = field(default_factory=list)
    last_paragraph: int = -1


def blocks_of_document(document: Document) -> list[Block]:
    """As `blocks_of`, with what the document's format and its text tell about it."""
    metadata = document.metadata
    return blocks_of(
        document.text,
        title=metadata.title,
        years=metadata.years,
        furniture=document.furniture,
        headings=document.headings,
    )


def blocks_of(
    text: str,
    *,
    title: str = "",
    years: Years = (),
    furniture: Sequence[Span] = (),
    headings: Sequence[MarkedHeading] = (),
) -> list[Block]:
    """All of `text` as blocks in reading order; every non-empty line is in one (a paragraph may be in several).

    `title` is the document's title, whose line is no section of its own, `years` are those of the document.
    `furniture` and `headings` are those that the file's format marks, besides what the wording tells.
    """
    lines = with_labels_joined(lines_of(text), folded(text))
    around = furniture_of(lines) | lines_within(lines, furniture)
    tables = {table.first: table for table in find_tables(lines, around)}
    reader = _Reader(text, simplified(folded(title)), years, marked_levels(lines, headings), halves_of(lines))
    position = 0
    while position < len(lines):
        table = tables.get(position)
        if table is not None:
            level = reader.levels.get(position, 0)
            if level:
                # A sheet's name heads its tables and is the caption of the first.
                _read_heading(reader, marked_heading(lines[position], level), lines[position], level)
            _read_table(reader, table, lines)
            position = table.last
            continue
        if position in around:
            line = lines[position]
            reader.blocks.append(Block(line.start, line.end, (), kind="furniture"))
        else:
            _read_line(reader, lines, position)
        position += 1
    _free_closing_paragraph(reader)
    _keep_lone_titles(reader)
    return reader.blocks


def _read_line(reader: _Reader, lines: Sequence[Line], position: int) -> None:
    line = lines[position]
    sections = reader.sections
    if not sections.stack and _is_title(line, reader.title, is_first=not sections.root.has_content):
        reader.blocks.append(Block(line.start, line.end, (), is_heading=True))
        return
    level = reader.levels.get(position, 0)
    heading = marked_heading(line, level) if level else reader.halves.get(position) or heading_of(line)
    if heading is not None and (level or sections.accepts(heading, lines[position + 1 : position + 4])):
        _read_heading(reader, heading, line, level)
        reader.last_paragraph = -1
    elif heading is None and _names_section(sections.innermost, line):
        sections.name(reader.text[line.start : line.end])
        reader.titles[-1] = (len(reader.blocks), sections.innermost, sections.path[:-1])
        reader.blocks.append(Block(line.start, line.end, sections.path, sections.years, is_heading=True))
    else:
        reader.last_paragraph = len(reader.blocks)
        begins = answer_begins(line.text) if sections.innermost.style == QUESTION else 0
        _read_paragraph(reader, line.start + begins, line.end, line.text[begins:])


def _is_title(line: Line, title: str, *, is_first: bool) -> bool:
    """Whether the line is the document's title, with a date behind it perhaps, or one of its two lines."""
    text = line.text.strip("#《》 ")
    if not title or len(text) > len(title) + _LONGEST_BEHIND_TITLE:
        return False
    is_whole = text.startswith(title) and "。" not in text[len(title) :]
    is_half = is_first and len(text) >= 4 and (title.startswith(text) or title.endswith(text))
    return is_whole or is_half


def _names_section(section: Section, line: Line) -> bool:
    """Whether the line is the title of a section whose number stands alone on the line before (第一章, 附件)."""
    is_unnamed = section.style in NAMED_BELOW and not section.title and not section.has_content
    return is_unnamed and len(line.text) <= _LONGEST_NAME and not set(line.text) & set("。,;:")


def _read_heading(reader: _Reader, heading: Heading, line: Line, level: int) -> None:
    label = reader.text[heading.label_start : heading.label_end]
    if reader.sections.open(heading, label, level=level):
        _lead_part(reader)
    if heading.kind == "title":
        path = reader.sections.path
        reader.titles.append((len(reader.blocks), reader.sections.innermost, path[:-1]))
        is_asked = heading.style == QUESTION
        is_statement = not is_asked and states_figure(label[heading.title_start - heading.label_start :])
        section = path[:-1] if is_statement else path
        reader.blocks.append(
            Block(line.start, line.end, section, reader.sections.years, is_heading=not is_statement)
        )
        return
    if heading.kind == "titled":
        reader.titled.append(reader.sections.innermost)
    body = line.text[heading.body_start - line.start :]
    begins = answer_begins(body) or len(body) - len(body.lstrip())
    _read_paragraph(reader, heading.body_start + begins, line.end, body[begins:].rstrip())


def _lead_part(reader: _Reader) -> None:
    """Numbering starts again at the top: the paragraph just before it leads the part, and may give its year."""
    if reader.last_paragraph < 0:
        return
    root = reader.sections.root
    for position in range(reader.last_paragraph, len(reader.blocks)):
        lead = reader.blocks[position]
        if lead.kind == "furniture":
            continue
        if root.years is None:
            root.years = declared_by_opening(folded(reader.text[lead.start : lead.end])) or None
        reader.blocks[position] = replace(lead, section=(), years=reader.sections.years)
    root.has_content = True
    root.paragraphs = 1


def _read_paragraph(reader: _Reader, start: int, end: int, text: str) -> None:
    if start >= end:
        return
    current = reader.sections.innermost
    is_first = current.paragraphs == 0
    current.paragraphs += 1
    reader.sections.mark_content()
    years = scope = reader.sections.years
    opening = declared_by_opening(text)
    years = stood_in_opening(text, scope) or years
    if opening:
        years = opening
        if (is_first or is_later(opening, scope)) and _may_scope(reader, current, opening):
            current.years = opening
    pieces = _pieces(text, years, reader.years)
    if is_first and len(pieces) > 1:
        # It speaks of several times: which of them holds for what follows is not said.
        current.years = ()
    for first, last, piece_years in pieces:
        reader.blocks.append(Block(start + first, start + last, reader.sections.path, piece_years))


def _may_scope(reader: _Reader, current: Section, opening: Years) -> bool:
    """Above all sections an opening holds for the whole text only if it agrees with the document's years."""
    if current is not reader.sections.root or not reader.years:
        return True
    return set(opening) <= set(reader.years) and not is_part_of(opening, reader.years)


def _pieces(text: str, years: Years, document_years: Years) -> list[tuple[int, int, Years]]:
    """(start, end, years) of a paragraph, cut where a sentence turns to a later time (2022年,…) or to the whole
    term of the paper (评估期内,…)."""
    cuts = [(0, years)]
    of_term = set(openings_of_the_term(text))
    for position, named in sorted([*later_openings(text), *((start, document_years) for start in of_term)]):
        running = cuts[-1][1]
        if position in of_term:
            turns = is_part_of(running, document_years)
        else:
            turns = is_later(named, running) if running else not is_part_of(named, document_years)
        if named and turns:
            cuts.append((position, named))
    ends = [*(len(text[:position].rstrip()) for position, _ in cuts[1:]), len(text)]
    return [(start, end, named) for (start, named), end in zip(cuts, ends, strict=True)]


def _read_table(reader: _Reader, table: Table, lines: Sequence[Line]) -> None:
    sections = reader.sections
    heads_table = bool(sections.stack) and not sections.innermost.has_content
    section = sections.path if heads_table or not table.caption else sections.chapters
    caption = table.caption or (sections.innermost.title if heads_table else "")
    years = years_in(caption) or sections.years
    for position in range(table.first, table.last):
        line = lines[position]
        if line.end > table.rows[0].start:
            break
        if position in reader.levels:
            continue
        reader.blocks.append(Block(line.start, line.end, section, years, is_heading=True))
    for row in table.rows:
        reader.blocks.append(Block(row.start, row.end, section, years, "row", caption=caption, row=row))
    sections.mark_content()
    reader.last_paragraph = -1


# --- afterwards --------------------------------------------------------------------------------------


def _keep_lone_titles(reader: _Reader) -> None:
    """A title with nothing below it says something itself, unless it is an entry of a table of contents."""
    headed = {section.label for _, section, _ in reader.titles if section.has_content}
    for position, section, path in reader.titles:
        if not section.has_content and section.label not in headed:
            reader.blocks[position] = replace(reader.blocks[position], section=path, is_heading=False)


def _free_closing_paragraph(reader: _Reader) -> None:
    """The last paragraph closes the text where every other section of its kind is a single paragraph."""
    current = reader.sections.innermost
    if current.kind != "titled" or current.paragraphs != 2 or reader.last_paragraph < 0:
        return
    others = [s.paragraphs for s in reader.titled if s.style == current.style and s is not current]
    if len(others) >= _HABIT and set(others) == {1}:
        for position in range(reader.last_paragraph, len(reader.blocks)):
            block = reader.blocks[position]
            if block.kind == "text":
                reader.blocks[position] = replace(block, section=(), years=reader.sections.root.years or ())
