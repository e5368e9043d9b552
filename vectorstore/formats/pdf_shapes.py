"""The ruling lines and pictures of a PDF's page, through PDFium."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator

import pypdfium2
import pypdfium2.raw as pdfium

from vectorstore.formats.direction import Direction
from vectorstore.formats.glyphs import Ruling

# More shapes than any printed page holds; what is beyond is not read.
_MOST_SHAPES = 20_000
_MOST_SEGMENTS = 400
# A shape thinner than this, in points, is a line.
_THIN = 3.0
_SHORTEST_RULING = 4.0
_DEEPEST_FORM = 4


class Shapes:
    """The straight lines of a page (`rulings`), how much of it pictures cover and how many shapes it has."""

    def __init__(self, page: pypdfium2.PdfPage, direction: Direction) -> None:
        """Read them; what is drawn inside a form of the page comes where the page shows it."""
        self._direction = direction
        self.rulings: list[Ruling] = []
        width, height = direction.size
        area = max(width * height, 1.0)
        covered = 0.0
        self.count = 0
        for number, (shape, placing) in enumerate(_placed(page, None, pypdfium2.PdfMatrix(), 1)):
            self.count = number
            if number >= _MOST_SHAPES:
                # A map or a drawing: its lines say nothing about tables.
                self.rulings = []
                break
            try:
                left, bottom, right, top = placing.on_rect(*shape.get_bounds())
            except pypdfium2.PdfiumError:
                continue
            if shape.type == pdfium.FPDF_PAGEOBJ_IMAGE:
                covered += max(0.0, right - left) * max(0.0, top - bottom)
            elif min(right - left, top - bottom) <= _THIN:
                self._add(left, bottom, right, top)
            else:
                self._read_path(shape, placing)
        self.picture_share = min(covered / area, 1.0)

    def _read_path(self, shape: pypdfium2.PdfObject, placing: pypdfium2.PdfMatrix) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(shape.raw, mode, stroke)
        count = pdfium.FPDFPath_CountSegments(shape.raw)
        if count > _MOST_SEGMENTS:
            return
        matrix = shape.get_matrix().multiply(placing)
        for first, last in _straight(shape, matrix, count, is_filled=not stroke.value):
            self._add(*first, *last)

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


def _placed(
    page: pypdfium2.PdfPage, form: pypdfium2.PdfObject | None, matrix: pypdfium2.PdfMatrix, depth: int
) -> Iterator[tuple[pypdfium2.PdfObject, pypdfium2.PdfMatrix]]:
    """The paths and pictures of a page, those inside its forms too, each with what brings its points onto the page."""
    for shape in page.get_objects(max_depth=1, form=form):
        if shape.type in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE):
            yield shape, matrix
        elif shape.type == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
            yield from _placed(page, shape, shape.get_matrix().multiply(matrix), depth + 1)


def _straight(
    shape: pypdfium2.PdfObject, matrix: pypdfium2.PdfMatrix, count: int, *, is_filled: bool
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The lines of a path; of a filled one only those subpaths that are themselves as thin as a line."""
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
