"""Word documents of answers. The only file that imports python-docx for writing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from qa.answer import AnsweredTurn, Citation
from qa.export.blocks import BOLD, Block, Items, Paragraph, blocks_of
from qa.export.markdown import legal, provenance
from qa.export.sources import source_of

if TYPE_CHECKING:
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph as WordParagraph

_BODY, _HEAD = "宋体", "黑体"
_QUIET = RGBColor(0x55, 0x5F, 0x6F)
_PIECES = re.compile(rf"{BOLD.pattern}|\[(\d{{1,3}})\]")


class WordPaper:
    """One Word document that grows turn by turn."""

    def __init__(self, title: str) -> None:
        self._paper = Document()
        self._paper.core_properties.title = title
        self._paper.core_properties.author = ""
        self._paper.core_properties.comments = ""
        for name, font, size in (("Normal", _BODY, 12), ("Title", _HEAD, 20), ("Heading 2", _HEAD, 14)):
            _set_font(self._paper.styles[name], font, size)
        self._paper.add_paragraph(title, style="Title").alignment = WD_ALIGN_PARAGRAPH.CENTER

    def turn(self, turn: AnsweredTurn) -> None:
        """Add a question, its answer and the sources below."""
        self._paper.add_paragraph(legal(turn.question), style="Heading 2")
        numbers = {citation.number for citation in turn.answer.citations}
        for block in blocks_of(turn.answer.text):
            self._block(block, numbers)
        for warning in turn.answer.warnings:
            self._paper.add_paragraph().add_run(legal(f"请留意：{warning}")).bold = True
        self._small(provenance(turn.answer))
        if turn.answer.citations:
            self._paper.add_paragraph().add_run("出处").bold = True
            for citation in turn.answer.citations:
                self._source(citation)

    def save(self, target: IO[bytes]) -> None:
        """Write the document."""
        self._paper.save(target)

    def _block(self, block: Block, numbers: set[int]) -> None:
        if isinstance(block, Paragraph):
            paragraph = self._paper.add_paragraph()
            _write(
                paragraph, f"**{block.text.strip()}**" if block.is_heading else block.text.strip(), numbers
            )
        elif isinstance(block, Items):
            for position, item in enumerate(block.items):
                paragraph = self._paper.add_paragraph(style="List Bullet" if block.first is None else None)
                number = "" if block.first is None else f"{block.first + position}. "
                _write(paragraph, number + item, numbers)
        else:
            self._table([block.head, *block.rows], numbers)

    def _table(self, rows: Sequence[Sequence[str]], numbers: set[int]) -> None:
        table = self._paper.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                _write(cell.paragraphs[0], text, numbers)
        for cell in table.rows[0].cells:
            for run in cell.paragraphs[0].runs:
                run.bold = True
        self._paper.add_paragraph()

    def _source(self, citation: Citation) -> None:
        paragraph = self._paper.add_paragraph()
        paragraph.paragraph_format.left_indent = Pt(24)
        paragraph.paragraph_format.first_line_indent = Pt(-24)
        said = " ".join(citation.quote.split())
        run = paragraph.add_run(legal(f"[{citation.number}] {source_of(citation)}：“{said}”"))
        run.font.size = Pt(10.5)

    def _small(self, text: str) -> None:
        run = self._paper.add_paragraph().add_run(legal(text))
        run.font.size, run.font.color.rgb = Pt(10.5), _QUIET


def _write(paragraph: WordParagraph, text: str, numbers: set[int]) -> None:
    """Text with **bold** as bold and the markers of known citations raised."""
    text, position = legal(text), 0
    for match in _PIECES.finditer(text):
        is_marker = match[2] is not None
        if is_marker and int(match[2]) not in numbers:
            continue
        paragraph.add_run(text[position : match.start()])
        run = paragraph.add_run(match[0] if is_marker else match[1])
        if is_marker:
            run.font.superscript = True
        else:
            run.bold = True
        position = match.end()
    paragraph.add_run(text[position:])


def _set_font(style: ParagraphStyle, font: str, points: int) -> None:
    style.font.name, style.font.size = font, Pt(points)
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:eastAsia", "w:hAnsi", "w:ascii"):
        fonts.set(qn(kind), font)
    for theme in ("w:asciiTheme", "w:eastAsiaTheme", "w:hAnsiTheme", "w:cstheme"):
        fonts.attrib.pop(qn(theme), None)
