"""Plots as inline SVG, drawn here: no script, no outside request, and they print.

Colours are the page's CSS classes, so that one drawing serves light, dark and paper. Widths and heights are in
SVG units; every plot scales to its column.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 720
_LABELS = 200
_ROW = 26
_VALUES = WIDTH - 118
_PLOT = _VALUES - _LABELS - 10


@dataclass(frozen=True)
class Bar:
    """One row: a share between 0 and 1 with its interval, and what stands behind it (12/20)."""

    label: str
    share: float
    interval: tuple[float, float] | None
    note: str


@dataclass(frozen=True)
class Stack:
    """One row of parts that add up to its whole: (class of the part, how many)."""

    label: str
    parts: tuple[tuple[str, int], ...]


def bars(rows: Sequence[Bar], *, title: str) -> str:
    """Horizontal bars from 0 to 100 %, the interval as a line with ends."""
    height = _ROW * len(rows) + 34
    parts = [_share_grid(height - 24)]
    for number, row in enumerate(rows):
        middle = _ROW * number + 8 + _ROW / 2
        parts.append(_label(row.label, middle))
        parts.append(_rectangle(_LABELS, middle - 8, _PLOT * row.share, 16, "bar"))
        if row.interval:
            low, high = (_LABELS + _PLOT * bound for bound in row.interval)
            parts.append(_line(low, middle, high, middle, "whisker"))
            parts += [_line(end, middle - 5, end, middle + 5, "whisker") for end in (low, high)]
        text = f"{100 * row.share:.0f}%（{row.note}）"
        parts.append(_text(_VALUES, middle + 4, text, "value"))
    return _svg(height, title, parts)


def stacks(rows: Sequence[Stack], *, title: str) -> str:
    """Horizontal bars of one length, divided by share; the counts stand in the parts that are wide enough."""
    height = _ROW * len(rows) + 34
    parts = [_share_grid(height - 24)]
    for number, row in enumerate(rows):
        middle = _ROW * number + 8 + _ROW / 2
        whole = sum(count for _, count in row.parts)
        parts.append(_label(row.label, middle))
        start = float(_LABELS)
        for kind, count in row.parts:
            width = _PLOT * count / whole if whole else 0.0
            parts.append(_rectangle(start, middle - 9, width, 18, kind))
            if width > 18:
                parts.append(_text(start + width / 2, middle + 4, str(count), "inside"))
            start += width
        parts.append(_text(_VALUES, middle + 4, f"{whole} 题", "value"))
    return _svg(height, title, parts)


def histogram(values: Sequence[float], *, marks: Sequence[tuple[str, float]], title: str) -> str:
    """How seconds are distributed, on a logarithmic axis; `marks` are named values drawn as lines."""
    positive = [max(value, 1e-4) for value in values]
    low = math.floor(2 * math.log10(min(positive))) / 2
    high = max(math.ceil(2 * math.log10(max(positive))) / 2, low + 0.5)
    bins = max(1, round((high - low) * 10))
    counts = [0] * bins
    for value in positive:
        counts[min(bins - 1, int((math.log10(value) - low) / (high - low) * bins))] += 1
    left, top, plot_width, plot_height = 40.0, 34.0, WIDTH - 60.0, 150.0
    parts = [_line(left, top + plot_height, left + plot_width, top + plot_height, "axis")]
    for number, count in enumerate(counts):
        tall = plot_height * count / max(counts)
        width = plot_width / bins
        parts.append(_rectangle(left + number * width, top + plot_height - tall, width - 1, tall, "bar"))
    for power in range(math.ceil(low), math.floor(high) + 1):
        x = left + plot_width * (power - low) / (high - low)
        parts.append(_text(x, top + plot_height + 16, f"{10.0**power:g} 秒", "tick"))
    for number, (name, value) in enumerate(marks):
        x = left + plot_width * (math.log10(max(value, 1e-4)) - low) / (high - low)
        parts.append(_line(x, top - 2, x, top + plot_height, "mark"))
        parts.append(_text(x, top - 20 + 14 * number, f"{name} {value:.2f} 秒", "marked"))
    return _svg(top + plot_height + 26, title, parts)


def _share_grid(bottom: float) -> str:
    lines = []
    for percent in (0, 25, 50, 75, 100):
        x = _LABELS + _PLOT * percent / 100
        lines.append(_line(x, 6, x, bottom, "grid"))
        lines.append(_text(x, bottom + 14, f"{percent}%", "tick"))
    return "".join(lines)


def _label(text: str, middle: float) -> str:
    return _text(_LABELS - 8, middle + 4, text, "label")


def _text(x: float, y: float, text: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(text)}</text>'


def _rectangle(x: float, y: float, width: float, height: float, kind: str) -> str:
    return f'<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{height:.1f}"/>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )
