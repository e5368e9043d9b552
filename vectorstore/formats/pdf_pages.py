"""A page of a PDF as characters and ruling lines, through PDFium."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from vectorstore.formats.direction import Direction
from vectorstore.formats.glyphs import Glyph, PageContent
from vectorstore.formats.pdf_shapes import Shapes

# More characters than any printed page holds; what is beyond is not read.
MOST_CHARACTERS = 60_000
# So many shapes on a page without text may be letters drawn as outlines.
_DRAWN = 30
_SOFT_HYPHENS = {0x02, 0xFFFE, 0xAD}
_NOTHING = frozenset((0x00, 0x0A, 0x0D, 0xFEFF, 0x200B))
_SPACES = frozenset((0x20, 0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)))
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "heiti", "hei-", "黑体", "xbs", "xiaobiaosong", "小标宋")
_BOLD_WEIGHT = 600
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,)


class _Character(NamedTuple):
    code: int
    origin: tuple[float, float]
    # left, bottom, right, top in the PDF's coordinates
    box: tuple[float, float, float, float]
    style: _Style
    is_spaced: bool


class _Style(NamedTuple):
    size: float
    quarter: int
    bold: bool
    font: str


def page_content(page: pypdfium2.PdfPage, number: int) -> PageContent:
    """The characters and lines of one page, turned so that most of its text runs from left to right."""
    characters, doubtful = _characters(page)
    direction = direction_of(page, characters)
    glyphs: list[Glyph] = []
    aside: list[Glyph] = []
    turned = [direction._replace(quarter=quarter) for quarter in range(4)]
    for character in characters:
        is_upright = character.style.quarter == direction.quarter
        (glyphs if is_upright else aside).append(_glyph(character, turned[character.style.quarter]))
    glyphs, aside = _without_ligatures(glyphs), _without_ligatures(aside)
    shapes = Shapes(page, direction)
    width, height = direction.size
    return PageContent(
        number,
        width,
        height,
        glyphs,
        shapes.rulings if glyphs else (),
        aside,
        doubtful,
        shapes.picture_share,
        shapes.count >= _DRAWN,
        direction.quarter,
    )


def direction_of(page: pypdfium2.PdfPage, characters: list[_Character]) -> Direction:
    """The direction of most of the page's characters, or how the page is shown where it has none."""
    quarters = Counter(character.style.quarter for character in characters)
    quarter = quarters.most_common(1)[0][0] if quarters else page.get_rotation() // 90
    return Direction(quarter, *page_box(page))


def direction_on(page: pypdfium2.PdfPage, content: PageContent) -> tuple[Direction, Direction]:
    """(how the page was turned to be read, how it is turned to be shown)."""
    box = page_box(page)
    return Direction(content.quarter, *box), Direction(page.get_rotation() // 90, *box)


def page_box(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """(left, bottom, right, top) of what is shown of the page, in the PDF's own coordinates."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    box = (max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3]))
    return box if box[0] < box[2] and box[1] < box[3] else media


def _glyph(character: _Character, direction: Direction) -> Glyph:
    x, baseline = direction.read(*character.origin)
    left, bottom, right, top = character.box
    first, second = direction.read(left, bottom), direction.read(right, top)
    near, edge = (first[0], second[0]) if first[0] <= second[0] else (second[0], first[0])
    size = character.style.size
    left_edge = near if x - size < near < x else x
    text = "-" if character.code in _SOFT_HYPHENS else chr(character.code)
    return Glyph(
        text,
        left_edge,
        max(edge, left_edge + 0.05 * size),
        baseline,
        size,
        character.style.bold,
        character.is_spaced,
        character.style.font,
    )


def _without_ligatures(glyphs: list[Glyph]) -> list[Glyph]:
    """Letters that are printed as one sign (ff, ffi), and so all stand in the same place, side by side."""
    parted: list[Glyph] = []
    position = 0
    while position < len(glyphs):
        first = glyphs[position]
        end = position + 1
        while end < len(glyphs) and _is_same_sign(first, glyphs[end]):
            end += 1
        width = (first.right - first.left) / (end - position)
        for number, glyph in enumerate(glyphs[position:end]):
            left = first.left + number * width
            parted.append(glyph if end == position + 1 else glyph._replace(left=left, right=left + width))
        position = end
    return parted


def _is_same_sign(first: Glyph, other: Glyph) -> bool:
    letters = first.text + other.text
    place = (first.left, first.right, first.baseline)
    return letters.isascii() and letters.islower() and (other.left, other.right, other.baseline) == place


def _characters(page: pypdfium2.PdfPage) -> tuple[list[_Character], int]:
    """(characters in the order of the file, how many have no sensible Unicode value)."""
    text_page = page.get_textpage()
    try:
        return _read_characters(text_page.raw, min(text_page.count_chars(), MOST_CHARACTERS), page_box(page))
    finally:
        text_page.close()


def _read_characters(
    raw: Any, count: int, bounds: tuple[float, float, float, float]
) -> tuple[list[_Character], int]:
    unicode_of, origin_of, box_of = (
        pdfium.FPDFText_GetUnicode,
        pdfium.FPDFText_GetCharOrigin,
        pdfium.FPDFText_GetLooseCharBox,
    )
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    styles: dict[int, _Style | None] = {}
    found: list[_Character] = []
    doubtful = 0
    is_spaced = False
    high = 0
    for index in range(count):
        code = unicode_of(raw, index)
        # PDFium counts a character beyond U+FFFF as two halves.
        if 0xD800 <= code <= 0xDBFF:
            high = code
            continue
        if 0xDC00 <= code <= 0xDFFF:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        if code in _SPACES:
            is_spaced = is_spaced or not pdfium.FPDFText_IsGenerated(raw, index)
            continue
        if code in _NOTHING and pdfium.FPDFText_IsGenerated(raw, index):
            is_spaced = False
            continue
        handle = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.addressof(handle.contents) if handle else 0
        if key not in styles:
            styles[key] = _style(raw, index, handle)
        style = styles[key]
        if style is None:
            continue
        origin_of(raw, index, x, y)
        box_of(raw, index, box)
        if not (bounds[0] <= x.value <= bounds[2] and bounds[1] <= y.value <= bounds[3]):
            continue
        if _is_doubtful(raw, index, code):
            doubtful += 1
        if code in _NOTHING:
            continue
        edges = (box.left, box.bottom, box.right, box.top)
        found.append(_Character(code, (x.value, y.value), edges, style, is_spaced))
        is_spaced = False
    return found, doubtful


def _is_doubtful(raw: Any, index: int, code: int) -> bool:
    if 0xE000 <= code <= 0xF8FF or code == 0xFFFD or (code < 0x20 and code not in _SOFT_HYPHENS):
        return True
    return bool(pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1)


def _style(raw: Any, index: int, handle: Any) -> _Style | None:
    """Size, direction and weight of a text object; None for one that stands askew, as watermarks do."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    scale = math.hypot(matrix.c, matrix.d) or math.hypot(matrix.a, matrix.b)
    size = pdfium.FPDFText_GetFontSize(raw, index) * scale
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    quarter = round(angle / 90)
    if not 0.5 < size < 500 or abs(angle - 90 * quarter) > 4:
        return None
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(raw, index, buffer, 128, flags)
    font = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode(
        "utf-8", "replace"
    )
    bold = (
        pdfium.FPDFText_GetFontWeight(raw, index) >= _BOLD_WEIGHT
        or any(name in font.lower() for name in _BOLD_NAMES)
        or (bool(handle) and pdfium.FPDFTextObj_GetTextRenderMode(handle) in _STROKED)
    )
    return _Style(size, quarter % 4, bold, font)
