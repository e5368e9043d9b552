"""A page of a PDF as characters and ruling lines, through PDFium."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from vectorstore.formats.glyphs import Glyph, PageContent, Ruling

# More characters or shapes than any printed page holds; what is beyond is not read.
MOST_CHARACTERS = 60_000
_MOST_SHAPES = 20_000
_MOST_SEGMENTS = 400
# A shape thinner than this, in points, is a line.
_THIN = 3.0
_SHORTEST_RULING = 4.0
_DEEPEST_FORM = 4
# So many shapes on a page without text may be letters drawn as outlines.
_DRAWN = 30
_SOFT_HYPHENS = {0x02, 0xFFFE, 0xAD}
_NOTHING = frozenset((0x00, 0x0A, 0x0D, 0xFEFF, 0x200B))
_SPACES = frozenset((0x20, 0x09, 0xA0, 0x3000, *range(0x2000, 0x200B)))
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "heiti", "hei-", "黑体", "xbs", "xiaobiaosong", "小标宋")
_BOLD_WEIGHT = 600
_STROKED = (pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE,)


class Direction(NamedTuple):
    """How a page must be turned for its text to run from left to right: by `quarter` quarter turns.

    `left`, `bottom`, `right`, `top` are the page's box in the PDF's own coordinates.
    """

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> tuple[float, float]:
        """(width, height) as read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (width, height) if self.quarter % 2 == 0 else (height, width)

    def read(self, x: float, y: float) -> tuple[float, float]:
        """A point of the PDF's coordinates as the page is read."""
        if self.quarter == 0:
            return x - self.left, self.top - y
        if self.quarter == 1:
            return y - self.bottom, x - self.left
        if self.quarter == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def written(self, x: float, y: float) -> tuple[float, float]:
        """The inverse of `read`."""
        if self.quarter == 0:
            return x + self.left, self.top - y
        if self.quarter == 1:
            return y + self.left, x + self.bottom
        if self.quarter == 2:
            return self.right - x, y + self.bottom
        return self.right - y, self.top - x


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
    shapes = _Shapes(page, direction)
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


class _Shapes:
    """The straight lines of a page and how much of it pictures cover."""

    def __init__(self, page: pypdfium2.PdfPage, direction: Direction) -> None:
        self._direction = direction
        self.rulings: list[Ruling] = []
        width, height = direction.size
        area = max(width * height, 1.0)
        covered = 0.0
        self.count = 0
        kinds = [pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE]
        for number, shape in enumerate(page.get_objects(filter=kinds, max_depth=_DEEPEST_FORM)):
            self.count = number
            if number >= _MOST_SHAPES:
                # A map or a drawing: its lines say nothing about tables.
                self.rulings = []
                break
            try:
                left, bottom, right, top = shape.get_bounds()
            except pypdfium2.PdfiumError:
                continue
            if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                covered += max(0.0, right - left) * max(0.0, top - bottom)
            else:
                self._read_path(shape, left, bottom, right, top)
        self.picture_share = min(covered / area, 1.0)

    def _read_path(
        self, shape: pypdfium2.PdfObject, left: float, bottom: float, right: float, top: float
    ) -> None:
        if min(right - left, top - bottom) <= _THIN:
            self._add(left, bottom, right, top)
            return
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(shape.raw, mode, stroke)
        count = pdfium.FPDFPath_CountSegments(shape.raw)
        if count > _MOST_SEGMENTS:
            return
        for first, last in self._straight(shape, count, is_filled=not stroke.value):
            self._add(*first, *last)

    def _straight(
        self, shape: pypdfium2.PdfObject, count: int, *, is_filled: bool
    ) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
        """The lines of a path; of a filled one only those subpaths that are themselves as thin as a line."""
        matrix = shape.get_matrix()
        x, y = ctypes.c_float(), ctypes.c_float()
        subpath: list[tuple[float, float]] = []
        subpaths = [subpath]
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(shape.raw, index)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                subpath = []
                subpaths.append(subpath)
            subpath.append(point)
            if pdfium.FPDFPathSegment_GetClose(segment) and len(subpath) > 1:
                subpath.append(subpath[0])
        for points in subpaths:
            if len(points) < 2:
                continue
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            corners = (min(xs), min(ys)), (max(xs), max(ys))
            if min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN:
                yield corners
            elif not is_filled:
                yield from itertools.pairwise(points)

    def _add(self, x1: float, y1: float, x2: float, y2: float) -> None:
        (left, top), (right, bottom) = self._direction.read(x1, y1), self._direction.read(x2, y2)
        left, right, top, bottom = min(left, right), max(left, right), min(top, bottom), max(top, bottom)
        width, height = right - left, bottom - top
        if max(width, height) < _SHORTEST_RULING or min(width, height) > _THIN:
            return
        if width >= height:
            self.rulings.append(Ruling(True, (top + bottom) / 2, left, right))
        else:
            self.rulings.append(Ruling(False, (left + right) / 2, top, bottom))
