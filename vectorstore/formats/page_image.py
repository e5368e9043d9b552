"""The picture of a page with the words of a quotation marked on it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import TYPE_CHECKING

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats import ocr
from vectorstore.formats.glyphs import Glyph, PageContent
from vectorstore.formats.pages import items_of, laid_out
from vectorstore.formats.reading_order import Line

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from vectorstore.formats.ocr import Image

# Dots per inch of the picture, and its longest side in pixels.
_RESOLUTION, _LONGEST_SIDE = 110, 1_500
_MARK = (255, 214, 64)
# A mark is so many ems larger than its words.
_MARGIN = 0.08
_TABLE_RULER = re.compile(r"^\|(?: --- \|)+$", re.MULTILINE)
# What our own form of a table adds to the words on the page.
_ADDED = re.compile(r"[\s|\\]")

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Marking:
    """What to mark: the characters `start` to `end` of `text`, which is all the text that stands on the page."""

    page: int
    text: str
    start: int
    end: int


def marked_page(content: bytes, marking: Marking) -> bytes:
    """The page of a PDF or picture as a PNG, the words marked where they are found on it.

    The file may have changed since its text was read: then what is still there is marked, perhaps nothing. Raises
    DocumentUnreadable for a file that cannot be opened and for a page that it does not have.
    """
    is_pdf = b"%PDF-" in content[:1024]
    picture, boxes = _from_pdf(content, marking) if is_pdf else _from_image(content, marking)
    stream = io.BytesIO()
    _marked(picture, boxes).save(stream, "PNG")
    return stream.getvalue()


def _from_pdf(content: bytes, marking: Marking) -> tuple[Picture, list[Box]]:
    from PIL import Image as Pictures  # noqa: PLC0415

    from vectorstore.formats import pdf  # noqa: PLC0415 - a picture needs no PDF library
    from vectorstore.formats.pdf_pages import direction_on, page_content  # noqa: PLC0415

    with pdf.opened(content) as document:
        if not 0 < marking.page <= len(document):
            raise _no_such_page(marking.page)
        page = document[marking.page - 1]
        read = page_content(page, marking.page)
        if not pdf.is_usable(read) and ocr.is_installed():
            return _recognised(pdf.recognised_page(page, marking.page), marking)
        image = pdf.painted(page, _RESOLUTION)
        # As painted, which the page's own rotation decides; as read, which its text does.
        direction, shown = direction_on(page, read)
        scale = image.shape[1] / max(page.get_width(), 1.0)
        boxes = []
        for left, top, right, bottom in _boxes(read, marking):
            corners = [shown.read(*direction.written(*point)) for point in ((left, top), (right, bottom))]
            (x1, y1), (x2, y2) = corners
            boxes.append((min(x1, x2) * scale, min(y1, y2) * scale, max(x1, x2) * scale, max(y1, y2) * scale))
        return Pictures.fromarray(image[:, :, ::-1]), boxes


def _from_image(content: bytes, marking: Marking) -> tuple[Picture, list[Box]]:
    from PIL import Image as Pictures  # noqa: PLC0415

    from vectorstore.formats.images import frames  # noqa: PLC0415

    image = next((frame for frame, _ in islice(frames(content), marking.page - 1, marking.page)), None)
    if image is None:
        raise _no_such_page(marking.page)
    if ocr.is_installed():
        return _recognised(ocr.recognise(image, marking.page), marking)
    return Pictures.fromarray(image[:, :, ::-1]), []


def _recognised(found: ocr.Recognised, marking: Marking) -> tuple[Picture, list[Box]]:
    from PIL import Image as Pictures  # noqa: PLC0415

    boxes = [
        (left / found.scale, top / found.scale, right / found.scale, bottom / found.scale)
        for left, top, right, bottom in _boxes(found.content, marking)
    ]
    image: Image = found.image
    return Pictures.fromarray(image[:, :, ::-1]), boxes


def _no_such_page(page: int) -> DocumentUnreadable:
    return DocumentUnreadable(f"文件里没有第{page}页。", "文件可能已换过，请重新建立索引。")


# --- finding the words ----------------------------------------------------------------------------------


def _boxes(content: PageContent, marking: Marking) -> list[Box]:
    """Where the marked words stand on the page, in its points: one box for each stretch of a line."""
    glyphs = list(_in_order(content))
    wanted = _found(marking, [glyph.text for glyph in glyphs])
    return list(_stretches([glyph for position, glyph in enumerate(glyphs) if position in wanted]))


def _in_order(content: PageContent) -> Iterator[Glyph]:
    """The characters of a page in the order in which they stand in the text."""
    for zone in items_of(laid_out(content, keep_glyphs=True)):
        for item in zone.items:
            if isinstance(item, Line):
                for segment in item.segments:
                    yield from segment.glyphs
                continue
            for cell in (item.title, *(cell for row in item.rows for cell in row)):
                yield from cell.glyphs


def _found(marking: Marking, printed: Sequence[str]) -> frozenset[int]:
    """Positions in `printed` of the characters to mark.

    Running heads stand elsewhere in the text than on the page and a table's repeated header only once, so the
    two are aligned.
    """
    rulers = [match.span() for match in _TABLE_RULER.finditer(marking.text)]
    kept = [
        position
        for position, sign in enumerate(marking.text)
        if not _ADDED.match(sign) and not any(start <= position < end for start, end in rulers)
    ]
    words = [marking.text[position] for position in kept]
    matcher = SequenceMatcher(None, words, printed, autojunk=False)
    return frozenset(
        block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
        if marking.start <= kept[block.a + step] < marking.end
    )


def _stretches(glyphs: Iterable[Glyph]) -> Iterator[Box]:
    box: Box | None = None
    before: Glyph | None = None
    for glyph in glyphs:
        goes_on = (
            before is not None
            and abs(glyph.baseline - before.baseline) < 0.5 * glyph.size
            and -0.5 * glyph.size < glyph.left - before.right < 2 * glyph.size
        )
        if box is not None and goes_on:
            box = (
                min(box[0], glyph.left),
                min(box[1], glyph.top),
                max(box[2], glyph.right),
                max(box[3], glyph.bottom),
            )
        else:
            if box is not None:
                yield box
            box = (glyph.left, glyph.top, glyph.right, glyph.bottom)
        before = glyph
    if box is not None:
        yield box


def _marked(picture: Picture, boxes: Sequence[Box]) -> Picture:
    """The picture with the boxes as if by a marker pen: ink stays dark, paper takes the colour."""
    from PIL import Image as Pictures  # noqa: PLC0415
    from PIL import ImageChops, ImageDraw  # noqa: PLC0415

    pen = Pictures.new("RGB", picture.size, "white")
    draw = ImageDraw.Draw(pen)
    for left, top, right, bottom in boxes:
        margin = _MARGIN * min(bottom - top, right - left)
        draw.rectangle((left - margin, top - margin, right + margin, bottom + margin), fill=_MARK)
    marked = ImageChops.multiply(picture.convert("RGB"), pen)
    marked.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    return marked
