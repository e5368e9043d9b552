"""The Markdown of an answer as safe HTML: paragraphs, lists, bold, pipe tables and [n], nothing else.

Answers are made of words from documents and models, which nobody vetted. Everything is escaped first and
only the few marks below become elements, so neither HTML nor links nor images can come through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

# The HTML of the marker [n], or None when n cites nothing and stays plain text.
MarkerOf = Callable[[int], str | None]

_BULLET = re.compile(r"^\s*[-*•]\s+(.*)$")
_NUMBERED = re.compile(r"^\s*(\d{1,3})[.)]\s+(.*)$")
_HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_MARKER = re.compile(r"\[(\d{1,3})\]")
_FIGURE = re.compile(r"^[<>≥≤约]?\s*[\d.,，]+\s*[%％‰]?$")
# A name or a year: broken over lines it is harder to read than a table that scrolls.
_LONGEST_UNBROKEN = 14
_CALCULATION = "计算："


def answer_html(text: str, marker: MarkerOf) -> str:
    """HTML blocks for an answer's Markdown; every line that is no list or table is a paragraph."""
    lines = text.splitlines()
    blocks: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        if _starts_table(lines, position):
            end = _run_end(lines, position, lambda row: "|" in row)
            blocks.append(_table(lines[position], lines[position + 2 : end], marker))
        elif _BULLET.match(line):
            end = _run_end(lines, position, _BULLET.match)
            blocks.append(_list("ul", lines[position:end], _BULLET, marker))
        elif _NUMBERED.match(line):
            end = _run_end(lines, position, _NUMBERED.match)
            blocks.append(_list("ol", lines[position:end], _NUMBERED, marker))
        else:
            end = position + 1
            blocks.append(_paragraph(line, marker))
        position = end
    return "".join(blocks)


def inline_html(text: str, marker: MarkerOf) -> str:
    """One line: escaped, then **bold** and [n]."""
    safe = _BOLD.sub(r"<strong>\1</strong>", escape(text.strip()))
    return _MARKER.sub(lambda match: marker(int(match[1])) or match[0], safe)


def tables_in(text: str) -> list[list[list[str]]]:
    """The tables of an answer's Markdown: rows of cells without marks for bold, the head first."""
    lines = text.splitlines()
    tables: list[list[list[str]]] = []
    position = 0
    while position < len(lines):
        if not _starts_table(lines, position):
            position += 1
            continue
        end = _run_end(lines, position, lambda row: "|" in row)
        rows = [lines[position], *lines[position + 2 : end]]
        tables.append([[_BOLD.sub(r"\1", cell) for cell in _cells(row)] for row in rows])
        position = end
    return tables


def plain_text(text: str) -> str:
    """An answer's Markdown without its marks: cells between tabs, lists and [n] as they are."""
    lines = text.splitlines()
    kept: list[str] = []
    in_table = False
    for position, line in enumerate(lines):
        in_table = "|" in line and (in_table or _starts_table(lines, position))
        if in_table and _TABLE_RULE.match(line):
            continue
        heading = _HEADING.match(line)
        shown = "\t".join(_cells(line)) if in_table else heading[1] if heading else line
        kept.append(_BOLD.sub(r"\1", shown))
    return "\n".join(kept).strip()


def table_html(rows: Sequence[Sequence[str]]) -> str:
    """Rows of plain cells, the head first, as a bordered table for other programs."""
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1">{body}</table>'


def _run_end(lines: Sequence[str], start: int, belongs: Callable[[str], object]) -> int:
    end = start
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _paragraph(line: str, marker: MarkerOf) -> str:
    if not line.strip():
        return ""
    heading = _HEADING.match(line)
    if heading:
        return f"<p><strong>{inline_html(heading[1], marker)}</strong></p>"
    kind = ' class="calculation"' if line.lstrip().startswith(_CALCULATION) else ""
    return f"<p{kind}>{inline_html(line, marker)}</p>"


def _list(element: str, lines: Sequence[str], pattern: re.Pattern[str], marker: MarkerOf) -> str:
    matches = [match for match in map(pattern.match, lines) if match]
    first = f' start="{int(matches[0][1])}"' if element == "ol" else ""
    items = "".join(f"<li>{inline_html(match[match.re.groups], marker)}</li>" for match in matches)
    return f"<{element}{first}>{items}</{element}>"


def _starts_table(lines: Sequence[str], position: int) -> bool:
    following = lines[position + 1] if position + 1 < len(lines) else ""
    return "|" in lines[position] and "|" in following and _TABLE_RULE.match(following) is not None


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    if not inner.endswith("\\|"):
        inner = inner.removesuffix("|")
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _table(header: str, rows: Sequence[str], marker: MarkerOf) -> str:
    titles = _cells(header)
    head = "".join(f'<th scope="col">{inline_html(title, marker)}</th>' for title in titles)
    body = "".join(f"<tr>{_row(_cells(row), len(titles), marker)}</tr>" for row in rows)
    return (
        '<div class="table" tabindex="0" role="region" aria-label="表格">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(cells: Sequence[str], width: int, marker: MarkerOf) -> str:
    """As many cells as the table is wide; what is too much stays readable in the last one."""
    kept = [*cells[: width - 1], " ".join(cells[width - 1 :]), *[""] * width]
    return "".join(f"<td{_cell_class(cell)}>{inline_html(cell, marker)}</td>" for cell in kept[:width])


def _cell_class(cell: str) -> str:
    bare = _MARKER.sub("", cell).strip()
    if _FIGURE.match(bare):
        return ' class="figure"'
    return ' class="long"' if len(bare) > _LONGEST_UNBROKEN else ""
