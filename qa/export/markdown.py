"""A conversation to take along, as Markdown with footnotes or as a Word document. Nothing is read but the turns."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

from qa.answer import Answer, AnsweredTurn
from qa.export.blocks import MARKER, Block, Items, Paragraph, blocks_of
from qa.export.sources import source_of

TITLE = "民政规划问答"
STATUS = {"answered": "已回答", "partial": "部分回答", "not_found": "未找到"}

# Everything that XML 1.0 does not allow, lone surrogates among it.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What would make a mark, a tag, a link or an image of a document's words. Answers have bold and tables only.
_MARKUP = re.compile(r"[<>`\[\]]")
_LINE_START = re.compile(r"^(\s*)([#>+=~_]|-(?!\s)|\d+[.)](?=\s))")


def as_markdown(turns: Sequence[AnsweredTurn]) -> str:
    """The turns as Markdown: each source is a footnote, 《文件名》（文号），章节：“原文”, numbered through all turns."""
    parts = [f"# {TITLE}"]
    notes: list[str] = []
    for turn in turns:
        first = len(notes)
        parts.append(f"## {_line(turn.question)}")
        parts.extend(_body(turn.answer, first))
        parts.extend(f"> 请留意：{_line(warning)}" for warning in turn.answer.warnings)
        parts.append(f"（{provenance(turn.answer)}）")
        for position, citation in enumerate(turn.answer.citations, start=first + 1):
            notes.append(f"[^{position}]: {_line(source_of(citation))}：“{_line(citation.quote)}”")
    return legal("\n\n".join([*parts, *notes]) + "\n")


def as_docx(turns: Sequence[AnsweredTurn]) -> bytes:
    """The turns as a Word document (.docx): tables are tables, [n] are raised, below each answer stand its sources."""
    from qa.export.word import WordPaper  # noqa: PLC0415 - loads python-docx

    paper = WordPaper(TITLE)
    for turn in turns:
        paper.turn(turn)
    content = io.BytesIO()
    paper.save(content)
    return content.getvalue()


def provenance(answer: Answer) -> str:
    """已回答 · 原文摘录: whether it was answered, and by whom."""
    by = "原文摘录" if answer.answered_by == "extractive" else f"{_line(answer.answered_by)} 作答"
    return f"{STATUS[answer.status]} · {by}"


def legal(text: str) -> str:
    """Text without the characters that no document may hold."""
    return _ILLEGAL.sub("", text)


def _body(answer: Answer, first: int) -> list[str]:
    """The answer's blocks with [n] as footnotes counted from `first`."""
    numbers = {citation.number: first + at for at, citation in enumerate(answer.citations, start=1)}

    def inline(text: str) -> str:
        said, position = "", 0
        for match in MARKER.finditer(text):
            if int(match[1]) in numbers:
                said = _joined(said, text[position : match.start()]) + f"[^{numbers[int(match[1])]}]"
                position = match.end()
        return _joined(said, text[position:])

    return [_block(block, inline) for block in blocks_of(answer.text)]


def _joined(said: str, following: str) -> str:
    # Right behind a note a bracket would make a link of both.
    between = "\\" if said.endswith("]") and following.startswith("(") else ""
    return f"{said}{between}{_escaped(following)}"


def _block(block: Block, inline: Callable[[str], str]) -> str:
    if isinstance(block, Paragraph):
        return (
            f"**{inline(block.text)}**"
            if block.is_heading
            else _LINE_START.sub(r"\1\\\2", inline(block.text))
        )
    if isinstance(block, Items):
        numbers = range(block.first or 0, (block.first or 0) + len(block.items))
        signs = ["-" if block.first is None else f"{number}." for number in numbers]
        return "\n".join(f"{sign} {inline(item)}" for sign, item in zip(signs, block.items, strict=True))
    rows = [block.head, ["---"] * len(block.head), *block.rows]
    return "\n".join(
        f"| {' | '.join(inline(cell).replace('|', chr(92) + '|') for cell in row)} |" for row in rows
    )


def _escaped(text: str) -> str:
    return _MARKUP.sub(lambda match: "".join(f"\\{sign}" for sign in match[0]), text)


def _line(text: str) -> str:
    """Words of a document or asker on one line, without any mark."""
    return re.sub(r"[*_#]", lambda match: f"\\{match[0]}", _escaped(" ".join(text.split())))
