"""PDFs for the tests, made with a library that has nothing to do with how they are read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT, LATIN = "STSong-Light", "Helvetica"
WIDTH, HEIGHT = A4
LEFT, TOP = 72, HEIGHT - 90
Draw = Callable[[Canvas], None]

pdfmetrics.registerFont(UnicodeCIDFont(FONT))


def pdf(*pages: Draw, size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF of the drawn pages; options are those of reportlab's canvas."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=size, **options)
    for draw in pages:
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def wrapped(text: str, width: int = 36, *, indent: int = 2) -> list[str]:
    """A paragraph broken into lines of `width` ems, its first line indented by so many."""
    lines, line, room = [], "　" * indent, float(width - indent)
    for sign in text:
        needed = 0.5 if sign.isascii() else 1.0
        if needed > room:
            lines.append(line)
            line, room = "", float(width)
        line += sign
        room -= needed
    return [*lines, line]


def write(
    canvas: Canvas,
    lines: Sequence[str],
    *,
    x: float = LEFT,
    y: float = TOP,
    size: float = 12,
    leading: float = 20,
    font: str = FONT,
) -> float:
    """Write lines below each other; an opening full-width space indents by its width. The y below the last."""
    canvas.setFont(font, size)
    for line in lines:
        bare = line.lstrip("　")
        canvas.drawString(x + size * (len(line) - len(bare)), y, bare)
        y -= leading
    return y


def rule_table(
    canvas: Canvas,
    rows: Sequence[Sequence[str | None]],
    widths: Sequence[float],
    *,
    x: float = LEFT,
    y: float = TOP,
    height: float = 24,
    size: float = 10,
) -> float:
    """Draw a table with a line on every border; a cell None goes on with the one at its left, "^" with the one above.

    A line break in a cell is a line break. Returns the y below the table.
    """
    xs = [x + sum(widths[:number]) for number in range(len(widths) + 1)]
    tall = [height * max((cell or "").count("\n") + 1 for cell in row) for row in rows]
    ys = [y - sum(tall[:number]) for number in range(len(rows) + 1)]
    canvas.setFont(FONT, size)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if cell != "^":
                canvas.line(xs[column], ys[number], xs[column + 1], ys[number])
            if cell is not None:
                canvas.line(xs[column], ys[number], xs[column], ys[number + 1])
            if cell not in (None, "^"):
                for line, text in enumerate(str(cell).split("\n")):
                    canvas.drawString(xs[column] + 4, ys[number] - 15 - line * 14, text)
    canvas.line(xs[-1], ys[0], xs[-1], ys[-1])
    canvas.line(xs[0], ys[-1], xs[-1], ys[-1])
    return ys[-1]
