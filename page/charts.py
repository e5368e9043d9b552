"""Comparable figures as bars: an inline SVG of our own, in the page's colours and text size, without any script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qa.answer import Compared

# Pixels: a line of words, the bar below it, the gap to the next.
_WORDS, _BAR, _GAP = 24, 16, 18
_SHORTEST = 0.4


def chart_html(figures: Sequence[Compared]) -> str:
    """One bar for each figure, from zero, the longest as wide as the page allows; empty for fewer than two figures."""
    largest = max((figure.value for figure in figures), default=0.0)
    if len(figures) < 2 or largest <= 0 or min(figure.value for figure in figures) < 0:
        return ""
    said = "，".join(f"{figure.label}{written(figure)}" for figure in figures)
    step = _WORDS + _BAR + _GAP
    bars = "".join(_bar(figure, largest, step * at) for at, figure in enumerate(figures))
    height = step * len(figures) - _GAP
    return (
        '<figure class="chart"><figcaption>数字对比（从零起）</figcaption>'
        f'<svg width="100%" height="{height}" role="img" aria-label="{escape(said)}">{bars}</svg></figure>'
    )


def written(figure: Compared) -> str:
    """1095户, 650元, 12.5%."""
    value = f"{figure.value:.6f}".rstrip("0").rstrip(".")
    return f"{value}{figure.unit}"


def _bar(figure: Compared, largest: float, top: int) -> str:
    width = max(_SHORTEST, 100 * figure.value / largest)
    words = top + _WORDS - 8
    return (
        f'<text x="0" y="{words}">{escape(figure.label)}</text>'
        f'<text class="value" x="100%" y="{words}" text-anchor="end">{escape(written(figure))}</text>'
        f'<rect class="track" x="0" y="{top + _WORDS}" width="100%" height="{_BAR}" rx="4"/>'
        f'<rect x="0" y="{top + _WORDS}" width="{width:.2f}%" height="{_BAR}" rx="4"/>'
    )
