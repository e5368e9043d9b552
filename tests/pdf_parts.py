"""PDFs for the tests, made with a library that has nothing to do with how they are read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

import numpy
import pypdfium2
from PIL import Image
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


def plan_pdf(text: str) -> tuple[bytes, dict[str, int]]:
    """A plan's text as a bureau would print it, and for each of its lines the page on which it begins.

    Running head and page number on every page, paragraphs wrapped, lines with tabs as a ruled table.
    """
    lines = text.splitlines()
    pages: dict[str, int] = {}
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    y, page = _new_page(canvas, 1), 1
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        rows = [row.split("\t") for row in _table_from(lines, position)]
        needed = 26.0 * len(rows) if rows else 20.0 * max(1, len(wrapped(line)))
        if y - needed < 80 and (rows or y < 120):
            canvas.showPage()
            page += 1
            y = _new_page(canvas, page)
        if rows:
            pages.update(dict.fromkeys(("\t".join(row) for row in rows), page))
            y = rule_table(canvas, rows, [90.0] * len(rows[0]), y=y + 10) - 24
            position += len(rows)
            continue
        if line:
            pages[line] = page
        for part in wrapped(line) if line else []:
            if y < 80:
                canvas.showPage()
                page += 1
                y = _new_page(canvas, page)
            y = write(canvas, [part], y=y)
        position += 1
    canvas.save()
    return stream.getvalue(), pages


def _new_page(canvas: Canvas, page: int) -> float:
    write(canvas, ["民政文件汇编"], y=HEIGHT - 40, size=9)
    write(canvas, [f"— {page} —"], x=WIDTH / 2 - 12, y=36, size=9)
    return TOP


def _table_from(lines: Sequence[str], first: int) -> list[str]:
    rows = []
    for line in lines[first:]:
        if "\t" not in line:
            break
        rows.append(line)
    return rows


def scanned(content: bytes, *, resolution: int = 150, turn: int = 0, askew: float = 0.0) -> list[Image.Image]:
    """The pages of a PDF as a scanner gives them: grey, with noise, turned and askew by so many degrees."""
    chance = numpy.random.default_rng(7)
    pictures = []
    document = pypdfium2.PdfDocument(content)
    for page in document:
        picture = page.render(scale=resolution / 72).to_pil().convert("L")
        if turn or askew:
            picture = picture.rotate(turn, expand=True).rotate(
                askew, fillcolor=255, resample=Image.Resampling.BICUBIC
            )
        noisy = numpy.asarray(picture) + chance.normal(0, 10, (picture.height, picture.width))
        pictures.append(Image.fromarray(noisy.clip(0, 255).astype("uint8")))
    document.close()
    return pictures


def picture_pdf(pictures: Sequence[Image.Image], *, resolution: int = 150) -> bytes:
    """A PDF of nothing but pictures."""
    stream = io.BytesIO()
    pictures[0].save(stream, "PDF", save_all=True, append_images=pictures[1:], resolution=resolution)
    return stream.getvalue()


def can_draw_chinese() -> bool:
    """Whether this machine has a font to draw Chinese with (fonts-noto-cjk, which `make test` installs)."""
    return numpy.asarray(scanned(pdf(lambda canvas: write(canvas, ["民政民政民政民政"])))[0]).min() < 60
