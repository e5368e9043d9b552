"""Text recognition of page images, where the optional library for it is installed (the extra `ocr`).

The models are inside that library's package: nothing is downloaded and nothing leaves the machine.
"""

from __future__ import annotations

import importlib.util
import threading
from dataclasses import dataclass
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from vectorstore.formats.glyphs import Glyph, PageContent, Ruling, is_wide

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Image = NDArray[np.uint8]

MISSING = '需要安装文字识别组件：pip install "civil-affairs-qa[ocr]"'
# Lines that the engine is less sure of are named to the user, below the lower bound they are left out.
_SURE, _LEAST = 0.80, 0.45
_SHORTEST_SIDE, _LONGEST_SIDE = 32, 2_000
# The engine's boxes are a little larger than the type.
_TYPE_SHARE = 0.88
_FEWEST_WIDE = 6
# A page is turned when most of its longer lines say so.
_TALL = 1.5
_STRAIGHT = 0.1
_STEEPEST = 20.0
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
    corners: NDArray[np.float64]
    is_upside_down: bool


def is_installed() -> bool:
    """Whether text recognition can be used here."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "cv2", "onnxruntime"))


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - half a second, and only where it is installed

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.text_score": _LEAST,
            "Global.max_side_len": _LONGEST_SIDE,
            "Global.min_side_len": _SHORTEST_SIDE,
        }
    )


def recognise(image: Image, number: int, *, longest_side: float = 842.0) -> Recognised:
    """Read an image (height × width × 3, blue first) as page `number`, whose longer side is so many points."""
    lines = _lines(image)
    turned, lines = _upright(image, lines)
    scale = longest_side / max(turned.shape[:2])
    glyphs = [glyph for line in lines for glyph in _glyphs(line, scale)]
    height, width = turned.shape[:2]
    content = PageContent(
        number,
        width * scale,
        height * scale,
        glyphs,
        _rulings(turned, scale) if glyphs else (),
        picture_share=1.0,
        is_recognised=True,
    )
    uncertain = tuple(line.text for line in lines if line.score < _SURE)
    return Recognised(turned, content, scale, uncertain)


def uncertainty(recognised: Recognised) -> list[str]:
    """A sentence that names the lines which the recognition is not certain of."""
    lines = recognised.uncertain
    if not lines:
        return []
    shown = "”、“".join(line[:20] for line in lines[:3])
    more = "等" if len(lines) > 3 else ""
    return [f"第{recognised.content.number}页有{len(lines)}处文字识别没有把握，请对照原件：“{shown}”{more}。"]


def _lines(image: Image) -> list[_Line]:
    # One recognition at a time: the engine keeps state, and it uses every core anyway.
    with _lock:
        engine = _engine()
        prepared, record = engine.preprocess_img(image)
        boxes, turns, texts, crops = engine.run_ocr_steps(prepared, record)
        if boxes.boxes is None or texts.txts is None:
            return []
        flipped = [label == "180" and score > 0.9 for label, score in turns.cls_res or ()]
        # The output leaves empty lines out; these are told apart by their boxes' order.
        kept = [
            bool(text.strip()) and score >= _LEAST
            for text, score in zip(texts.txts, texts.scores, strict=True)
        ]
        found = engine.build_final_output(image, boxes, turns, texts, crops, record)
    flips = [is_flipped for is_flipped, is_kept in zip(flipped, kept, strict=False) if is_kept]
    flips += [False] * (len(found) - len(flips))
    return [
        _Line(text, float(score), corners.astype(float), is_flipped)
        for text, score, corners, is_flipped in zip(
            found.txts or (),
            found.scores or (),
            found.boxes if found.boxes is not None else (),
            flips,
            strict=False,
        )
    ]


# --- turning --------------------------------------------------------------------------------------------


def _upright(image: Image, lines: list[_Line]) -> tuple[Image, list[_Line]]:
    import numpy as np  # noqa: PLC0415

    telling = [line for line in lines if len(line.text) >= 4]
    if not telling:
        return image, lines
    tall = sum(_is_tall(line) for line in telling) > len(telling) / 2
    flipped = sum(line.is_upside_down for line in telling) > len(telling) / 2
    turns = (3 if flipped else 1) if tall else (2 if flipped else 0)
    if turns:
        lines = [_turned(line, image.shape, turns) for line in lines]
        image = np.ascontiguousarray(np.rot90(image, turns))
    return _straightened(image, lines)


def _is_tall(line: _Line) -> bool:
    width, height = line.corners.max(axis=0) - line.corners.min(axis=0)
    return bool(height > _TALL * width)


def _turned(line: _Line, shape: tuple[int, ...], turns: int) -> _Line:
    """The line on the image turned by so many quarter turns against the clock."""
    import numpy as np  # noqa: PLC0415

    height, width = shape[:2]
    x, y = line.corners[:, 0], line.corners[:, 1]
    points = {
        1: (y, width - 1 - x),
        2: (width - 1 - x, height - 1 - y),
        3: (height - 1 - y, x),
    }[turns]
    # Again clockwise from the corner that is now the upper left one.
    corners = np.roll(np.stack(points, axis=1), turns, axis=0)
    return _Line(line.text, line.score, corners, line.is_upside_down)


def _straightened(image: Image, lines: list[_Line]) -> tuple[Image, list[_Line]]:
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    angles = [
        float(np.degrees(np.arctan2(*(line.corners[1] - line.corners[0])[::-1])))
        for line in lines
        if np.ptp(line.corners[:, 0]) > 8 * np.ptp(line.corners[:, 1]) / 2
    ]
    angle = median(angles) if angles else 0.0
    if not _STRAIGHT < abs(angle) < _STEEPEST:
        return image, lines
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    straight: Image = cv2.warpAffine(image, matrix, (width, height), borderValue=(255, 255, 255))  # type: ignore[assignment]
    moved = [
        _Line(line.text, line.score, line.corners @ matrix[:, :2].T + matrix[:, 2], line.is_upside_down)
        for line in lines
    ]
    return straight, moved


# --- places ---------------------------------------------------------------------------------------------


def _glyphs(line: _Line, scale: float) -> list[Glyph]:
    """The characters of a line with the places that their usual widths give them."""
    left, top = line.corners.min(axis=0) * scale
    right, bottom = line.corners.max(axis=0) * scale
    units = [1.0 if is_wide(sign) else 0.3 if sign.isspace() else 0.55 for sign in line.text]
    unit = (right - left) / sum(units)
    height = bottom - top
    size = _TYPE_SHARE * height
    if sum(map(is_wide, line.text)) >= _FEWEST_WIDE:
        size = min(unit, size)
    baseline = (top + bottom) / 2 + 0.36 * size
    glyphs: list[Glyph] = []
    x, is_spaced = float(left), False
    for sign, width in zip(line.text, units, strict=True):
        if not sign.isspace():
            glyphs.append(Glyph(sign, x, x + width * unit, float(baseline), float(size), False, is_spaced))
        is_spaced = sign.isspace()
        x += width * unit
    return glyphs


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
