"""Which lines of a page belong to one paragraph, and which paragraphs are headings by their type."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from vectorstore.folding import folded
from vectorstore.formats.glyphs import is_wide
from vectorstore.headings import heading_of
from vectorstore.lines import Line as TextLine

_SENTENCE_END = re.compile(r"[。！？；：!?;:…][”’』」）)]*$")
_BULLET = re.compile(r"[•●○■□◆◇★☆▲△▶►➢✓·]\s*\S|[-–—]\s+\S")
_LIST_MARK = re.compile(r"[(（\[]?[\dA-Za-z一二三四五六七八九十]{1,3}[.、)）\]]|[•●○■□◆◇★☆▲▶►➢✓·\-–—①-⑳]")
_CONTENTS = re.compile(r".*?(?:[.．…·]\s?){4,}\s*\d{0,4}$")
_NOT_A_HEADING = re.compile(r"[。；，、;,]$|^[\d\W_]+$")
_LONGEST_HEADING = 60
_LARGER, _OTHER_SIZE = 1.12, 1.15
# A first line is indented by more than so many ems.
_INDENT = 1.2
_UNEVEN = 4.0
# Lines further apart than so many usual distances are separate paragraphs.
_SPACED = 1.4
# Items that begin within so many ems of each other stand in one column.
_SAME_START = 0.6


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line of running text with the edges of the column it stands in.

    `pitch` is the usual distance of two lines there; `follows` whether the line before stands right above it.
    `slack` is how many ems a full line may end before the edge, `starts` where parts of it begin that wide white
    sets apart from what is before them.
    """

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    edge_left: float
    edge_right: float
    pitch: float
    follows: bool
    slack: float = 1.0
    starts: tuple[float, ...] = ()

    @property
    def indent(self) -> float:
        """Distance from the column's left edge in ems."""
        return (self.left - self.edge_left) / self.size

    @property
    def room(self) -> float:
        """Distance from the column's right edge in ems."""
        return (self.edge_right - self.right) / self.size

    @property
    def is_centred(self) -> bool:
        """Whether as much room is left on both sides, and more than an indentation."""
        return (
            self.indent > 1.6
            and self.room > 1.6
            and abs(self.indent - self.room) < max(1.2, 0.15 * self.indent)
        )


@dataclass(frozen=True)
class Body:
    """The type that most of the document is set in: size in points, whether it is bold."""

    size: float
    bold: bool


def body_of(lines: Sequence[PlacedLine]) -> Body:
    """The commonest type, counted by characters."""
    sizes: Counter[float] = Counter()
    bold = 0
    for line in lines:
        sizes[round(2 * line.size) / 2] += len(line.text)
        bold += len(line.text) * line.bold
    if not sizes:
        return Body(10.0, False)
    return Body(sizes.most_common(1)[0][0], 2 * bold > sizes.total())


# What opens a section, wherever the line above ended; and what a line ends with that is cut in its middle.
_HEADING = re.compile(
    r"第[一二三四五六七八九十]{1,3}[章节编]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_EXPECTS_MORE = re.compile(r"[，、：；,:;（(“《—和与及至到第见按照]$")


def continues(paragraph: Sequence[PlacedLine], line: PlacedLine, body: Body) -> bool:
    """Whether `line` goes on with the paragraph before it."""
    last = paragraph[-1]
    is_separate = (
        _CONTENTS.fullmatch(last.text) is not None
        or _CONTENTS.fullmatch(line.text) is not None
        or _BULLET.match(line.text) is not None
        or not 1 / _OTHER_SIZE < line.size / last.size < _OTHER_SIZE
        or _is_beside(last, line)
        or (line.follows and line.baseline - last.baseline > _SPACED * max(line.pitch, 1.35 * line.size))
    )
    if is_separate or (_HEADING.match(line.text) and not _EXPECTS_MORE.search(last.text)):
        return False
    if last.is_centred:
        return _is_title_going_on(last, line, body)
    is_ended = ends_sentence(last.text)
    slack = last.slack
    if not is_ended and paragraph[0].indent > _INDENT > line.indent:
        # An indented paragraph that goes on at the edge in the middle of a sentence: lines of uneven length.
        slack = max(slack, _UNEVEN)
    if _is_new_by_indent(paragraph, line) or last.room > _needed(line.text) + slack:
        return False
    return not (is_ended and _has_number(line.text))


def _is_beside(last: PlacedLine, line: PlacedLine) -> bool:
    """Whether both lines are rows of short items, one below the other in columns."""
    return any(abs(start - other) < _SAME_START * line.size for start in last.starts for other in line.starts)


def ends_sentence(text: str) -> bool:
    """Whether a line ends with the end of a sentence or of one of its larger parts."""
    return _SENTENCE_END.search(text) is not None


def _is_title_going_on(last: PlacedLine, line: PlacedLine, body: Body) -> bool:
    is_display = last.size >= _LARGER * body.size or (last.bold and not body.bold)
    return (
        is_display
        and line.is_centred
        and line.bold == last.bold
        and line.page == last.page
        and not _has_number(line.text)
        and not ends_sentence(last.text)
    )


def _is_new_by_indent(paragraph: Sequence[PlacedLine], line: PlacedLine) -> bool:
    last = paragraph[-1]
    if line.indent <= _INDENT:
        # Back at the edge after lines that hung below a mark: the next item of a list.
        return len(paragraph) > 1 and paragraph[0].indent <= _INDENT < paragraph[1].indent
    hangs = _LIST_MARK.match(paragraph[0].text) is not None and paragraph[0].indent < line.indent - 0.4
    if len(paragraph) == 1:
        return not (hangs and line.indent - last.indent < 6)
    return abs(line.indent - last.indent) > 0.6 or not (
        hangs or abs(paragraph[1].indent - paragraph[0].indent) > 0.6
    )


def _needed(text: str) -> float:
    """How many ems the first word of a line takes, with the signs that may not begin a line."""
    if is_wide(text[0]):
        return 1.0 + (1.0 if text[1:2] in ("，", "。", "、", "；", "：", "”", "）", "》") else 0.0)
    word = re.match(r"[^\s\u3000-\uffef]+", text)
    return 0.55 * min(len(word[0]) if word else 1, 16)


def _has_number(text: str) -> bool:
    """Whether the line opens with the number of a heading or of an item."""
    written = folded(text)
    return heading_of(TextLine(0, len(text), written, written)) is not None


def is_heading(paragraph: Sequence[PlacedLine], text: str, body: Body) -> bool:
    """Whether its type tells a paragraph from the text around it as a heading."""
    if len(text) > _LONGEST_HEADING or _NOT_A_HEADING.search(text) or _CONTENTS.fullmatch(text):
        return False
    larger = all(line.size >= _LARGER * body.size for line in paragraph)
    return larger or (not body.bold and all(line.bold for line in paragraph) and paragraph[0].slack <= 1.0)


def usual_pitch(baselines: Sequence[float], size: float) -> float:
    """The usual distance between two lines that stand at these baselines, from top to bottom, in points."""
    distances = [
        second - first
        for first, second in itertools.pairwise(baselines)
        if 0.8 * size < second - first < 4 * size
    ]
    return median(distances) if len(distances) >= 2 else 1.8 * size
