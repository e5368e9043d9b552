"""Word files (.docx): paragraphs and tables in order, with the numbers that Word computes and the headings it marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vectorstore.formats.docx_runs import Runs, read_runs
from vectorstore.formats.docx_styles import Numbering, Style, number_in, outline_level, read_styles
from vectorstore.formats.docx_tables import is_frame, nested_tables, read_grid, rows_of
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import Limits
from vectorstore.formats.opc import Package, child, is_on, local, value_of
from vectorstore.formats.pipe_tables import table_lines
from vectorstore.formats.writing import Writing

_WRAPPERS = frozenset(
    ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice")
)
_CONTENTS = "Table of Contents"
_DEEPEST = 12
_PAGE_NUMBER = re.compile(r"[\W_]*(?:第|共|页|Page|of|[\d\W_])*", re.IGNORECASE)


def read_docx(content: bytes, limits: Limits) -> Extracted:
    """The text of a Word file; a paragraph or table row has its number as anchor, both counted together from 1.

    Headers and footers come last, as page furniture. Footnotes follow their paragraph. Raises DocumentUnreadable.
    """
    with Package(content, limits) as package:
        reader = _Reader(package)
        reader.read_body()
        return reader.extracted()


@dataclass(frozen=True)
class _Paragraph:
    text: str
    level: int
    is_contents: bool
    runs: Runs


@dataclass
class _Reader:
    package: Package
    writing: Writing = field(default_factory=Writing)
    styles: dict[str, Style] = field(default_factory=dict)
    unread: dict[str, None] = field(default_factory=dict)
    count: int = 0
    pictures: int = 0
    # Text whose paragraph end was deleted: it goes on in the next paragraph.
    carried: str = ""
    after_table: bool = False

    def __post_init__(self) -> None:
        target, main = self.package.target, self.package.main
        self.styles = read_styles(self.package.optional_xml(target(main, "styles")))
        self.numbering = Numbering(self.package.optional_xml(target(main, "numbering")), self.styles)
        self.footnotes = {
            kind: self._notes(target(main, f"{kind}s"), kind) for kind in ("footnote", "endnote")
        }

    def read_body(self) -> None:
        """Read the main part, then what stands on its pages' edges."""
        root = self.package.xml(self.package.main)
        self._read_blocks(child(root, "body"), depth=0)
        self._flush()
        self._read_edges()

    def extracted(self) -> Extracted:
        """What was read."""
        notes = list(self.unread)
        if self.pictures:
            notes.append(f"文件里有{self.pictures}张图片或图表，图中的文字没有读取。")
        return self.writing.extracted(title=self.package.title(), unread=tuple(notes))

    # --- blocks ------------------------------------------------------------------------------------------

    def _read_blocks(self, container: Any, *, depth: int, in_contents: bool = False) -> None:
        for element in _blocks(container):
            name = local(element.tag)
            if name == "p":
                self._write_paragraph(self._paragraph(element), depth, in_contents=in_contents)
            elif name == "tbl":
                self._read_table(element, depth)
            elif name == "sdt":
                gallery = value_of(
                    next((e for e in element.iter() if local(e.tag) == "docPartGallery"), None)
                )
                inside = child(element, "sdtContent")
                self._read_blocks(inside, depth=depth, in_contents=in_contents or gallery == _CONTENTS)
            elif name == "altChunk":
                self.unread["文件里嵌入了另一份文件，其内容没有读取。"] = None

    def _paragraph(self, element: Any) -> _Paragraph:
        properties = child(element, "pPr")
        style_id = value_of(child(properties, "pStyle"))
        style = self.styles.get(style_id, self.styles[""])
        runs = Runs()
        read_runs(element, runs)
        text = runs.text
        own_level: int | None = None
        if properties is not None:
            own_level = outline_level(properties)
            list_id, list_level = number_in(properties)
            if text:
                level = list_level if list_level >= 0 else style.list_level
                text = self.numbering.label(list_id or style.list_id, level, style_id) + text
            if text and is_on(child(child(properties, "rPr"), "del")):
                self.carried, text = self.carried + text, ""
        if text and self.carried:
            text, self.carried = self.carried + text, ""
        self.pictures += runs.pictures
        return _Paragraph(text, style.level if own_level is None else own_level, style.is_contents, runs)

    def _write_paragraph(self, paragraph: _Paragraph, depth: int, *, in_contents: bool) -> None:
        is_contents = in_contents or paragraph.is_contents
        self._write(paragraph.text, level=paragraph.level, is_furniture=is_contents)
        self._write_what_follows(paragraph.runs, depth)

    def _write(self, text: str, *, level: int = 0, is_furniture: bool = False) -> None:
        if text:
            self.count += 1
            self.after_table = False
            self.writing.add(text, paragraph=self.count, level=level, is_furniture=is_furniture)

    def _write_what_follows(self, runs: Runs, depth: int) -> None:
        for kind, identifier in runs.notes:
            self._write(self.footnotes[kind].get(identifier, ""))
        for box in runs.text_boxes:
            if self._may_enter(depth):
                self._read_blocks(box, depth=depth + 1)

    def _flush(self) -> None:
        text, self.carried = self.carried, ""
        self._write(text)

    def _may_enter(self, depth: int) -> bool:
        if depth >= _DEEPEST:
            self.unread["文件里有嵌套过深的表格或文本框，其内容没有读取。"] = None
        return depth < _DEEPEST

    # --- tables ------------------------------------------------------------------------------------------

    def _read_table(self, table: Any, depth: int) -> None:
        if not self._may_enter(depth):
            return
        rows = rows_of(table)
        if is_frame(rows):
            for row in rows:
                for cell in row.cells:
                    self._read_blocks(cell.element, depth=depth + 1)
            return
        followers: list[Runs] = []
        cells = read_grid(rows, lambda cell: self._cell_text(cell, followers))
        if self.after_table:
            self.writing.add_gap()
        written: int | None = None
        for row_number, line in table_lines(cells):
            self.count += row_number != written
            written = row_number
            self.writing.add(line, paragraph=self.count)
        self.after_table = True
        for runs in followers:
            self._write_what_follows(runs, depth)
        for inner in nested_tables(rows):
            self._read_table(inner, depth + 1)

    def _cell_text(self, cell: Any, followers: list[Runs]) -> str:
        lines = []
        for element in _blocks(cell):
            if local(element.tag) == "p":
                paragraph = self._paragraph(element)
                lines.append(paragraph.text)
                if paragraph.runs.notes or paragraph.runs.text_boxes:
                    followers.append(paragraph.runs)
            elif local(element.tag) == "sdt":
                lines.append(self._cell_text(child(element, "sdtContent"), followers))
        return "\n".join(line for line in lines if line)

    # --- notes, headers, footers ----------------------------------------------------------------------------

    def _notes(self, part: str, kind: str) -> dict[str, str]:
        root = self.package.optional_xml(part)
        found = {}
        for entry in root if root is not None else ():
            if local(entry.tag) == kind and not value_of(entry, "type"):
                text = " ".join(self._paragraph(p).text for p in entry if local(p.tag) == "p")
                found[value_of(entry, "id")] = f"注：{text.strip()}" if text.strip() else ""
        return found

    def _read_edges(self) -> None:
        """Headers and footers, each wording once, without those that only count pages."""
        edges = [
            r.target
            for r in self.package.relationships(self.package.main).values()
            if r.kind in ("header", "footer")
        ]
        written: set[str] = set()
        for part in sorted(set(edges)):
            root = self.package.optional_xml(part)
            for element in root.iter() if root is not None else ():
                if local(element.tag) != "p":
                    continue
                text = self._paragraph(element).text.replace("\n", " ")
                if text and text not in written and not _PAGE_NUMBER.fullmatch(text):
                    written.add(text)
                    self.writing.add(text, is_furniture=True)


def _blocks(container: Any) -> Iterator[Any]:
    """Paragraphs, tables and content controls of a body or cell, also those inside what only wraps them."""
    for element in container if container is not None else ():
        name = local(element.tag)
        if name in ("p", "tbl", "sdt", "altChunk"):
            yield element
        elif name in _WRAPPERS:
            yield from _blocks(element)
