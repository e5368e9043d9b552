"""The Markdown of an answer as safe HTML: paragraphs, lists, bold, pipe tables and [n], nothing else.

Answers are made of words from documents and models, which nobody vetted. Everything is escaped first and
only the few marks below become elements, so neither HTML nor links nor images can come through.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape

from qa.export.blocks import BOLD, MARKER, Block, Items, Paragraph, Table, blocks_of

# The HTML of the marker [n], or None when n cites nothing and stays plain text.
MarkerOf = Callable[[int], str | None]

_FIGURE = re.compile(r"^[<>≥≤约]?\s*[\d.,，]+\s*[%％‰]?$")
# A name or a year: broken over lines it is harder to read than a table that scrolls.
_LONGEST_UNBROKEN = 14
_CALCULATION = "计算："


def answer_html(text: str, marker: MarkerOf) -> str:
    """HTML blocks for an answer's Markdown; every line that is no list or table is a paragraph."""
    return "".join(_block(block, marker) for block in blocks_of(text))


def inline_html(text: str, marker: MarkerOf) -> str:
    """One line: escaped, then **bold** and [n]."""
    safe = BOLD.sub(r"<strong>\1</strong>", escape(text.strip()))
    return MARKER.sub(lambda match: marker(int(match[1])) or match[0], safe)


def tables_in(text: str) -> list[list[list[str]]]:
    """The tables of an answer's Markdown: rows of cells without marks for bold, the head first."""
    tables = (block for block in blocks_of(text) if isinstance(block, Table))
    return [[[BOLD.sub(r"\1", cell) for cell in row] for row in (t.head, *t.rows)] for t in tables]


def plain_text(text: str) -> str:
    """An answer's Markdown without its marks: cells between tabs, lists and [n] as they are."""
    return BOLD.sub(r"\1", "\n".join(map(_plain, blocks_of(text)))).strip()


def table_html(rows: Sequence[Sequence[str]]) -> str:
    """Rows of plain cells, the head first, as a bordered table for other programs."""
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return f'<table border="1">{body}</table>'


def _block(block: Block, marker: MarkerOf) -> str:
    if isinstance(block, Paragraph):
        return _paragraph(block, marker)
    return _list(block, marker) if isinstance(block, Items) else _table(block, marker)


def _plain(block: Block) -> str:
    if isinstance(block, Paragraph):
        return block.text
    if isinstance(block, Table):
        return "\n".join(["\t".join(row) for row in (block.head, *block.rows)] + [""])
    numbers = range(block.first or 0, (block.first or 0) + len(block.items))
    signs = ["-"] * len(block.items) if block.first is None else [f"{number}." for number in numbers]
    return "\n".join(f"{sign} {item}" for sign, item in zip(signs, block.items, strict=True))


def _paragraph(block: Paragraph, marker: MarkerOf) -> str:
    if block.is_heading:
        return f"<p><strong>{inline_html(block.text, marker)}</strong></p>"
    kind = ' class="calculation"' if block.text.lstrip().startswith(_CALCULATION) else ""
    return f"<p{kind}>{inline_html(block.text, marker)}</p>"


def _list(block: Items, marker: MarkerOf) -> str:
    element, first = ("ul", "") if block.first is None else ("ol", f' start="{block.first}"')
    items = "".join(f"<li>{inline_html(item, marker)}</li>" for item in block.items)
    return f"<{element}{first}>{items}</{element}>"


def _table(block: Table, marker: MarkerOf) -> str:
    head = "".join(f'<th scope="col">{inline_html(title, marker)}</th>' for title in block.head)
    body = "".join(
        f"<tr>{''.join(f'<td{_cell_class(cell)}>{inline_html(cell, marker)}</td>' for cell in row)}</tr>"
        for row in block.rows
    )
    return (
        '<div class="table" tabindex="0" role="region" aria-label="表格">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell_class(cell: str) -> str:
    bare = MARKER.sub("", cell).strip()
    if _FIGURE.match(bare):
        return ' class="figure"'
    return ' class="long"' if len(bare) > _LONGEST_UNBROKEN else ""
