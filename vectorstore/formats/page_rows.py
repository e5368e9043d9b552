"""Characters of a page as segments (what stands together on one line) and rows of segments."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median_low

from vectorstore.formats.glyphs import Glyph, text_of

# Characters further apart than so many ems stand in different segments: columns, cells, a note at the margin.
_SEGMENT_GAP = 0.95
# Baselines within this part of an em belong to one row (raised note signs included).
_SAME_ROW = 0.42


@dataclass(frozen=True, slots=True)
class Segment:
    """Neighbouring characters of one row; edges in points, `baseline`, `size`, `bold` those of most of them.

    `glyphs` are the characters themselves; a reader of whole documents lets go of them once `text` is known.
    """

    text: str
    left: float
    right: float
    baseline: float
    size: float
    bold: bool = False
    font: str = ""
    glyphs: tuple[Glyph, ...] = ()

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.baseline - 0.86 * self.size

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.baseline + 0.14 * self.size


Row = tuple[Segment, ...]


def segment_of(glyphs: Sequence[Glyph]) -> Segment:
    """Glyphs from left to right as one segment."""
    size = median_low([glyph.size for glyph in glyphs])
    baselines = [glyph.baseline for glyph in glyphs if glyph.size >= 0.8 * size]
    fonts = [glyph.font for glyph in glyphs]
    return Segment(
        text_of(glyphs),
        glyphs[0].left,
        max(glyph.right for glyph in glyphs),
        median_low(baselines),
        size,
        2 * sum(glyph.bold for glyph in glyphs) > len(glyphs),
        max(set(fonts), key=fonts.count),
        tuple(glyphs),
    )


def rows_of(glyphs: Iterable[Glyph]) -> list[Row]:
    """All rows from top to bottom, the segments of each from left to right."""
    rows: list[Row] = []
    for line in _lines(_runs(glyphs)):
        ordered = _without_shadows(sorted(line, key=lambda glyph: glyph.left))
        cuts = [
            position
            for position in range(1, len(ordered))
            if ordered[position].left - ordered[position - 1].right
            > _SEGMENT_GAP * max(ordered[position].size, ordered[position - 1].size)
        ]
        bounds = [0, *cuts, len(ordered)]
        rows.append(tuple(segment_of(ordered[first:last]) for first, last in itertools.pairwise(bounds)))
    return rows


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs that follow each other in the file on one baseline."""
    runs: list[list[Glyph]] = []
    before: Glyph | None = None
    for glyph in glyphs:
        if (
            before is not None
            and abs(glyph.baseline - before.baseline) <= 0.1 * before.size
            and abs(glyph.left - before.right) <= before.size
            and 0.7 < glyph.size / before.size < 1.4
        ):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        before = glyph
    return runs


def _lines(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs of one row together, whatever their order in the file."""
    runs.sort(key=lambda run: (run[0].baseline, run[0].left))
    lines: list[list[Glyph]] = []
    bases: list[tuple[float, float]] = []
    for run in runs:
        baseline, size = run[0].baseline, run[0].size
        # The rows above are sorted: only the last few can hold it.
        for back in range(1, min(4, len(lines)) + 1):
            base, base_size = bases[-back]
            if abs(baseline - base) <= _SAME_ROW * max(size, base_size):
                lines[-back].extend(run)
                if size > base_size * 1.1:
                    bases[-back] = (baseline, size)
                break
        else:
            lines.append(list(run))
            bases.append((baseline, size))
    order = sorted(range(len(lines)), key=lambda position: bases[position][0])
    return [lines[position] for position in order]


def _without_shadows(glyphs: list[Glyph]) -> list[Glyph]:
    """Each character once where it was printed twice, slightly moved, to look bold."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        is_shadow = any(
            glyph.text == other.text and abs(glyph.left - other.left) < 0.3 * (other.right - other.left)
            for other in kept[-2:]
        )
        if not is_shadow:
            kept.append(glyph)
    return kept
