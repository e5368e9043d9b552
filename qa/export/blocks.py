"""The Markdown of an answer taken apart: paragraphs, headings, lists and pipe tables; nothing else has a meaning."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
MARKER = re.compile(r"\[(\d{1,3})\]")

_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(.*)$")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


@dataclass(frozen=True)
class Paragraph:
    """One line of text, with its marks for bold and citations."""

    text: str
    is_heading: bool = False


@dataclass(frozen=True)
class Items:
    """A list; `first` is the number of its first item, None for bullets."""

    items: tuple[str, ...]
    first: int | None = None


@dataclass(frozen=True)
class Table:
    """A table; every row has as many cells as the head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Paragraph | Items | Table


def blocks_of(text: str) -> list[Block]:
    """The blocks of an answer's Markdown in order; every line that is no list or table is a paragraph."""
    lines = text.splitlines()
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        block, position = _next(lines, position)
        if block is not None:
            blocks.append(block)
    return blocks


def _next(lines: Sequence[str], position: int) -> tuple[Block | None, int]:
    """The block that begins at a line (None for an empty one), and the line after it."""
    line = lines[position]
    if _starts_table(lines, position):
        end = _run_end(lines, position, lambda row: "|" in row)
        head = _cells(line)
        rows = tuple(_fitted(_cells(row), len(head)) for row in lines[position + 2 : end])
        return Table(tuple(head), rows), end
    if _BULLET.match(line):
        end = _run_end(lines, position, _BULLET.match)
        return Items(tuple(match[1] for row in lines[position:end] if (match := _BULLET.match(row)))), end
    numbered = _NUMBERED.match(line)
    if numbered:
        end = _run_end(lines, position, _NUMBERED.match)
        items = tuple(match[2] for row in lines[position:end] if (match := _NUMBERED.match(row)))
        return Items(items, int(numbered[1])), end
    heading = _HEADING.match(line)
    if heading:
        return Paragraph(heading[1], is_heading=True), position + 1
    return (Paragraph(line) if line.strip() else None), position + 1


def _run_end(lines: Sequence[str], start: int, belongs: Callable[[str], object]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _starts_table(lines: Sequence[str], position: int) -> bool:
    following = lines[position + 1] if position + 1 < len(lines) else ""
    return "|" in lines[position] and "|" in following and _TABLE_RULE.match(following) is not None


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    if not inner.endswith("\\|"):
        inner = inner.removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """As many cells as the table is wide; what is too much stays readable in the last one."""
    return (*cells[: width - 1], " ".join(cells[width - 1 :]), *[""] * width)[:width]
