"""The sections that are open while a plan is read line by line.

Depth is not fixed by numbering style: a style that is already open continues at its level, a new one opens
below. Two things of the genre need more care: a box (专栏) counts its own items 1, 2, 3 and then hands back to
the count around it; and a text may hold two parts (results of one year, plan of the next) that both start
at 一、 again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vectorstore.headings import APPENDIX, BOX, PLAIN, Heading, heading_of
from vectorstore.lines import Line
from vectorstore.periods import Years, declared_by_heading

_NUMBERED_BELOW_CHAPTERS = {
    "arabic",
    "bracketed-arabic",
    "half-bracketed-arabic",
    "circled",
    "dash",
    BOX,
}
# Styles that a writer mistakes one for the other, and the least number by which that is told.
_MISTAKEN = (("ideographic", "bracketed-ideographic"), ("arabic", "bracketed-arabic"))
_LEAST_CONTINUED = 3
# Styles that do have a fixed rank among themselves.
_RANKS = {"part": ("upper", 0), "chapter": ("upper", 1), "division": ("upper", 2), PLAIN: ("decimal", 1)}
_RANKS |= {f"{family}-{rank}": (family, rank) for family in ("decimal", "markdown") for rank in range(1, 7)}


@dataclass
class Section:
    """One open section; `years` is None while it declares none, () when it speaks of an undated time.

    An item without a title has the label "" and does not appear in section paths; `title` is the label
    without its number.
    """

    style: str = "root"
    ordinals: tuple[int, ...] = ()
    label: str = ""
    title: str = ""
    years: Years | None = None
    kind: str = ""
    # Of a heading that the file's format marks, 1 the outermost; 0 for one told by its numbering alone.
    level: int = 0
    paragraphs: int = 0
    has_content: bool = False
    items_with_body: int = 0

    @property
    def ordinal(self) -> int:
        """The last of its numbers; 0 when there is none."""
        return self.ordinals[-1] if self.ordinals else 0


@dataclass
class OpenSections:
    """The path of open sections from the root of the text (or of its current part) to the innermost."""

    root: Section = field(default_factory=Section)
    stack: list[Section] = field(default_factory=list)
    _around_box: dict[str, int] = field(default_factory=dict)
    _last_decimal: dict[int, tuple[int, ...]] = field(default_factory=dict)

    @property
    def innermost(self) -> Section:
        """The section that a paragraph read now belongs to."""
        return self.stack[-1] if self.stack else self.root

    @property
    def path(self) -> tuple[str, ...]:
        """Labels of the open sections, outermost first."""
        return tuple(section.label for section in self.stack if section.label)

    @property
    def chapters(self) -> tuple[str, ...]:
        """The path without numbered items and boxes, to which a captioned table belongs."""
        return tuple(s.label for s in self.stack if s.label and s.style not in _NUMBERED_BELOW_CHAPTERS)

    @property
    def years(self) -> Years:
        """What the innermost section that declares years declares."""
        declared = (section.years for section in reversed([self.root, *self.stack]))
        return next((years for years in declared if years is not None), ())

    def mark_content(self) -> None:
        """Note that text, a table row or a section was read in the open sections."""
        for section in (self.root, *self.stack):
            section.has_content = True

    def accepts(self, heading: Heading, following: Sequence[Line]) -> bool:
        """Whether a decimal number or a bare one (1.2, 1) counts sections, and is not a figure or date."""
        if heading.style == PLAIN:
            counted = [section.ordinals for section in self.stack if section.style == PLAIN]
            goes_on = any(ordinals[-1] + 1 == heading.ordinal for ordinals in counted if ordinals)
            return goes_on or any(_is_first_below(heading, line) for line in following[:3])
        if not heading.style.startswith("decimal"):
            return True
        *parent, last = heading.ordinals
        *before, previous = self._last_decimal.get(len(heading.ordinals), (0,))
        if parent == before and previous < last <= previous + 2:
            return True
        open_numbers = [list(section.ordinals[-len(parent) :]) for section in self.stack]
        follows = bool(before) and parent[:-1] == before[:-1] and parent[-1] == before[-1] + 1
        return last == 1 and (parent in open_numbers or follows or set(parent) == {1})

    def open(self, heading: Heading, label: str, *, level: int = 0) -> bool:
        """Open the section of `heading`; True when numbering started again at the top: a new part begins.

        `level` is the one that the file's format gives to the heading, 0 if it gives none.
        """
        title = label[heading.title_start - heading.label_start :]
        years = declared_by_heading(label) if label else None
        section = Section(heading.style, heading.ordinals, label, title, years, heading.kind, level)
        if heading.style.startswith("decimal"):
            self._last_decimal[len(heading.ordinals)] = heading.ordinals
        if heading.style == BOX:
            self._open_box(section)
            return False
        if self._leaves_box(heading):
            self._close_box()
        starts_part = self._starts_part(heading)
        if starts_part or heading.style == APPENDIX:
            self.stack.clear()
            self.root = Section()
        if not self._close_continued(heading):
            self._close_to(heading.style, level)
        if self.stack and self.stack[-1].style == BOX and heading.kind != "title":
            self.stack[-1].items_with_body += 1
        self._push(section)
        return starts_part

    def name(self, label: str) -> None:
        """Give the innermost section the name that its heading lacks."""
        innermost = self.innermost
        innermost.label = innermost.title = label
        innermost.years = declared_by_heading(label)

    def _push(self, section: Section) -> None:
        self.mark_content()
        self.stack.append(section)

    def _starts_part(self, heading: Heading) -> bool:
        if not self.stack or heading.ordinal != 1:
            return False
        return heading.style == self.stack[0].style and self.stack[0].ordinal > 1

    def _close_continued(self, heading: Heading) -> bool:
        """Close a section whose count a heading goes on with in the signs of another style (一、 … （三） 四、): a slip
        of the pen, where its own style does not count on to that number."""
        family = next((styles for styles in _MISTAKEN if heading.style in styles), ())
        own = next((entry.ordinal for entry in self.stack if entry.style == heading.style), 0)
        if heading.ordinal < _LEAST_CONTINUED or heading.ordinal == own + 1:
            return False
        for position, section in enumerate(self.stack):
            if (
                section.style in family
                and section.style != heading.style
                and section.ordinal == heading.ordinal - 1
            ):
                del self.stack[position:]
                return True
        return False

    def _close_to(self, style: str, level: int) -> None:
        """Close what a section of this style, and of this level where it is marked, does not belong into."""
        family, rank = _RANKS.get(style, (style, 0))
        for position, section in enumerate(self.stack):
            if 0 < level <= section.level:
                del self.stack[position:]
                return
            other, other_rank = _RANKS.get(section.style, (section.style, 0))
            if (other == family and other_rank >= rank) or (family == "upper" and other != family):
                del self.stack[position:]
                return

    # --- boxes -----------------------------------------------------------------------------------------

    def _open_box(self, section: Section) -> None:
        """A box belongs to the chapter around it, not to the numbered item that happens to precede it."""
        self._close_box()
        self._around_box = {entry.style: entry.ordinal for entry in self.stack}
        while self.stack and self.stack[-1].style in _NUMBERED_BELOW_CHAPTERS:
            self.stack.pop()
        self._push(section)

    def _box(self) -> int | None:
        return next((index for index, entry in enumerate(self.stack) if entry.style == BOX), None)

    def _leaves_box(self, heading: Heading) -> bool:
        """Whether a numbered line after a box continues the count around the box instead of the box's own."""
        index = self._box()
        if index is None or heading.style not in self._around_box:
            return False
        within = self.stack[index + 1 :]
        inside = next((entry.ordinal for entry in within if entry.style == heading.style), 0)
        if self.stack[index].items_with_body and heading.kind == "title":
            return True
        continues_outside = heading.ordinal == self._around_box[heading.style] + 1
        return continues_outside and heading.ordinal != inside + 1

    def _close_box(self) -> None:
        index = self._box()
        if index is not None:
            del self.stack[index:]
            self._around_box = {}


def _is_first_below(heading: Heading, line: Line) -> bool:
    below = heading_of(line)
    return below is not None and below.style == "decimal-2" and below.ordinals == (heading.ordinal, 1)
