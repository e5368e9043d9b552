"""Text recognition of page images, where the optional library for it is installed (the extra `ocr`).

The models are inside that library's package: nothing is downloaded and nothing leaves the machine.
"""

from __future__ import annotations

import importlib.util
import re
import threading
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from vectorstore.formats.glyphs import Glyph, PageContent, Ruling, is_wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[Any]
    Corners = NDArray[np.float64]

MISSING = '需要安装文字识别组件：pip install "civil-affairs-qa[ocr]"'
# Lines that the engine is less sure of are named to the user, below the lower bound they are left out.
_SURE, _LEAST = 0.80, 0.45
_SHORTEST_SIDE, _LONGEST_SIDE = 32, 2_000
# Lines are found on a smaller picture than they are read on: a third of the time, the same lines (eval/LOG.md).
_LONGEST_SIDE_TO_FIND = 1_440
# The engine's boxes are a little larger than the type.
_TYPE_SHARE = 0.88
_FEWEST_WIDE = 6
# What counts as the usual size of a page's type.
_USUAL = (0.75, 1.3)
# Brackets around the year of a document's number that were taken for others: 〔2024].
_YEAR_BRACKETS = re.compile(r"[〔\[【](?=(?:19|20)\d\d[〕\]】])|(?<=[〔\[【](?:19|20)\d\d)[〕\]】]")
_TALL = 1.5
# How many of the longest lines tell how a page lies, and how sure one must be that it stands on its head.
_TELLING, _CERTAIN = 16, 0.7
_LONG_LINE = 8
_STRAIGHT, _STEEPEST = 0.1, 20.0
_PAPER = (255, 255, 255)
_lock = threading.Lock()


@dataclass(frozen=True)
class Recognised:
    """A page image as read: turned upright and straightened, its content, and lines that are not certain.

    `scale` is points per pixel of `image`.
    """

    image: Image
    content: PageContent
    scale: float
    uncertain: tuple[str, ...]


@dataclass(frozen=True)
class _Line:
    text: str
    score: float
    # The four corners, clockwise from the upper left one: x and y in pixels.
    corners: Corners


def is_installed() -> bool:
    """Whether text recognition can be used here."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "cv2", "onnxruntime"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - half a second, and only where it is installed

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_vertical_padding": False,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LONGEST_SIDE_TO_FIND,
        }
    )


def recognise(image: Image, number: int, *, longest_side: float = 842.0) -> Recognised:
    """Read an image (height × width × 3, blue first) as page `number`, whose longer side is so many points."""
    # One recognition at a time: the engine keeps state, and it uses every core anyway.
    with _lock:
        turned, lines = _read(_fitted(image))
    straight, lines = _straightened(turned, lines)
    scale = longest_side / max(straight.shape[:2])
    glyphs = _evened([_glyphs(line, scale) for line in lines])
    height, width = straight.shape[:2]
    content = PageContent(
        number,
        width * scale,
        height * scale,
        glyphs,
        _rulings(straight, scale) if glyphs else (),
        picture_share=1.0,
        is_recognised=True,
    )
    uncertain = tuple(line.text for line in lines if line.score < _SURE)
    return Recognised(straight, content, scale, uncertain)


def uncertainty(recognised: Recognised) -> list[str]:
    """A sentence that names the lines which the recognition is not certain of."""
    lines = recognised.uncertain
    if not lines:
        return []
    shown = "”、“".join(line[:20] for line in lines[:3])
    more = "等" if len(lines) > 3 else ""
    return [f"第{recognised.content.number}页有{len(lines)}处文字识别没有把握，请对照原件：“{shown}”{more}。"]


def _fitted(image: Image) -> Image:
    """The image with margins where it is too small for the engine, reduced where it is too large."""
    import cv2  # noqa: PLC0415

    height, width = image.shape[:2]
    factor = _LONGEST_SIDE / max(height, width)
    if factor < 1:
        image = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
        height, width = image.shape[:2]
    shortest = max(_SHORTEST_SIDE, width // 8)
    if height >= shortest:
        return image
    above = (shortest - height + 1) // 2
    return cv2.copyMakeBorder(image, above, above, 0, 0, cv2.BORDER_CONSTANT, value=_PAPER)


def _read(image: Image) -> tuple[Image, list[_Line]]:
    """The image turned upright, and its lines."""
    import numpy as np  # noqa: PLC0415
    from rapidocr.main import RapidOCRError  # noqa: PLC0415

    engine = _engine()
    try:
        crops, found = engine.detect_and_crop(image, {})
        corners = [np.asarray(box, dtype=float) for box in found.boxes]
        turns = _turns(engine, crops, corners)
        if turns:
            corners = [_turned(points, image.shape, turns) for points in corners]
            image = np.ascontiguousarray(np.rot90(image, turns))
            crops = engine.crop_text_regions(image, np.asarray(corners, dtype=np.float32))
        texts = engine.recognize_txt(crops)
    except RapidOCRError:
        # How the engine says that there is no text.
        return image, []
    return image, [
        _Line(_mended(text), float(score), points)
        for text, score, points in zip(texts.txts, texts.scores, corners, strict=True)
        if text.strip() and score >= _LEAST
    ]


def _mended(text: str) -> str:
    return _YEAR_BRACKETS.sub(lambda match: "〔" if match[0] in "〔[【" else "〕", text)


# --- turning --------------------------------------------------------------------------------------------


def _turns(engine: Any, crops: list[Image], corners: list[Corners]) -> int:
    """How many quarter turns against the clock bring the page upright, judged by its longest lines."""
    lengths = [float(max(points.max(axis=0) - points.min(axis=0))) for points in corners]
    longest = sorted(range(len(corners)), key=lambda position: -lengths[position])[:_TELLING]
    tall = sum(_is_tall(corners[position]) for position in longest) > len(longest) / 2
    # The engine lays tall lines on their side before it looks at them.
    turned = engine.cls_and_rotate([crops[position].copy() for position in longest])[1].cls_res or ()
    flipped = sum(label == "180" and score > _CERTAIN for label, score in turned) > len(longest) / 2
    if tall:
        return 3 if flipped else 1
    return 2 if flipped else 0


def _is_tall(corners: Corners) -> bool:
    width, height = corners.max(axis=0) - corners.min(axis=0)
    return bool(height > _TALL * width)


def _turned(corners: Corners, shape: tuple[int, ...], turns: int) -> Corners:
    """Corners on the image turned by so many quarter turns against the clock."""
    import numpy as np  # noqa: PLC0415

    height, width = shape[:2]
    x, y = corners[:, 0], corners[:, 1]
    points = {
        1: (y, width - 1 - x),
        2: (width - 1 - x, height - 1 - y),
        3: (height - 1 - y, x),
    }[turns]
    # Again clockwise from the corner that is now the upper left one.
    return np.roll(np.stack(points, axis=1), -turns, axis=0)


def _straightened(image: Image, lines: list[_Line]) -> tuple[Image, list[_Line]]:
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    edges = [line.corners[1] - line.corners[0] for line in lines if len(line.text) >= _LONG_LINE]
    angles = [float(np.degrees(np.arctan2(y, x))) for x, y in edges]
    angle = median(angles) if angles else 0.0
    if not _STRAIGHT < abs(angle) < _STEEPEST:
        return image, lines
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight: Image = cv2.warpAffine(image, matrix, (width, height), borderValue=_PAPER)
    moved = [_Line(line.text, line.score, line.corners @ matrix[:, :2].T + matrix[:, 2]) for line in lines]
    return straight, moved


# --- places ---------------------------------------------------------------------------------------------


def _glyphs(line: _Line, scale: float) -> list[Glyph]:
    """The characters of a line with the places that their usual widths give them."""
    left, top = (float(edge) * scale for edge in line.corners.min(axis=0))
    right, bottom = (float(edge) * scale for edge in line.corners.max(axis=0))
    units = [1.0 if is_wide(sign) else 0.3 if sign.isspace() else 0.55 for sign in line.text]
    unit = (right - left) / sum(units)
    height = bottom - top
    size = _TYPE_SHARE * height
    if sum(map(is_wide, line.text)) >= _FEWEST_WIDE:
        size = min(unit, size)
    baseline = (top + bottom) / 2 + 0.36 * size
    glyphs: list[Glyph] = []
    x, is_spaced = left, False
    for sign, width in zip(line.text, units, strict=True):
        if not sign.isspace():
            glyphs.append(Glyph(sign, x, x + width * unit, baseline, size, False, is_spaced))
        is_spaced = sign.isspace()
        x += width * unit
    return glyphs


def _evened(lines: list[list[Glyph]]) -> list[Glyph]:
    """All characters, those that differ little in size from most of them as large as these.

    The height of a recognised line depends on what is written in it.
    """
    sizes = [line[0].size for line in lines for _ in line if line]
    usual = median(sizes) if sizes else 0.0
    evened = []
    for line in lines:
        if line and _USUAL[0] * usual < line[0].size < _USUAL[1] * usual:
            middle = line[0].baseline - 0.36 * line[0].size
            evened += [glyph._replace(size=usual, baseline=middle + 0.36 * usual) for glyph in line]
        else:
            evened += line
    return evened


def _rulings(image: Image, scale: float) -> list[Ruling]:
    """The straight lines of a table in an image, in points."""
    import cv2  # noqa: PLC0415

    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    shortest = max(24, max(image.shape[:2]) // 45)
    rulings = []
    for is_horizontal in (True, False):
        shape = (shortest, 1) if is_horizontal else (1, shortest)
        found = cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        # Gaps of a few pixels, where the scan is worn, are closed.
        bridge = (9, 3) if is_horizontal else (3, 9)
        found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, bridge))
        _, _, boxes, _ = cv2.connectedComponentsWithStats(found)
        for left, top, width, height, _ in boxes[1:].tolist():
            length, thickness = (width, height) if is_horizontal else (height, width)
            if length < shortest or thickness > max(12, length / 8):
                continue
            start = left if is_horizontal else top
            position = (top + height / 2) if is_horizontal else (left + width / 2)
            rulings.append(Ruling(is_horizontal, position * scale, start * scale, (start + length) * scale))
    return rulings
