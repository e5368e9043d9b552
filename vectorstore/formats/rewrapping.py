"""Plain texts broken at a fixed width, as copied from pages and e-mails: each paragraph on one line again."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vectorstore.folding import folded
from vectorstore.formats.glyphs import is_wide
from vectorstore.formats.joining import join
from vectorstore.headings import heading_of
from vectorstore.lines import Line

# No page is narrower or wider than so many columns; a Chinese character takes two.
_NARROWEST, _WIDEST = 40, 130
# A line that lacks fewer columns than these is full: the next word, or a sign that may not begin a line, did not fit.
_SLACK = 6
# So many lines, and such a share of all, are full without ending a sentence: their breaks are no ends of paragraphs.
_LEAST_BROKEN, _SHARE_BROKEN = 3, 0.12
_ENDED = re.compile(r"[。！？；：!?;:][”’』」）)]*$")
_EXPECTS_MORE = re.compile(r"[，、,（(“《—和与及至到第]$")
_INDENT = 3
_TABLE = re.compile(r"\||\t\S|\S {3,}\S")


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as it stands in the file, with its width, its indentation and its text."""

    written: str
    text: str
    indent: int
    width: int

    @classmethod
    def of(cls, written: str, measure: Callable[[str], int]) -> _Row:
        text = written.strip()
        indent = measure(written[: len(written) - len(written.lstrip())])
        return cls(written, text, indent, indent + measure(text))

    @property
    def is_running(self) -> bool:
        """Whether it can be a line of running text: not empty and no row of a table."""
        return bool(self.text) and not _TABLE.search(self.text)


@dataclass(frozen=True)
class _Broken:
    """A text as it was broken by one measure: its lines, and the width of its widest.

    `count`: how many lines are full without ending a sentence.
    """

    rows: Sequence[_Row]
    width: int
    count: int

    @property
    def full(self) -> int:
        """From which width on a line is full."""
        return self.width - _SLACK

    @property
    def exact(self) -> int:
        """How many lines are as wide as the widest."""
        return sum(row.width == self.width for row in self.rows)

    @classmethod
    def by(cls, measure: Callable[[str], int], text: str) -> _Broken | None:
        """None where a line is wider than a page: there a line is a paragraph."""
        rows = [_Row.of(line, measure) for line in text.splitlines()]
        running = [row for row in rows if row.is_running]
        width = max((row.width for row in running), default=0)
        if not _NARROWEST <= width <= _WIDEST:
            return None
        broken = sum(row.width >= width - _SLACK and not _ENDED.search(row.text) for row in running)
        is_plain = broken >= max(_LEAST_BROKEN, _SHARE_BROKEN * len(running))
        return cls(rows, width, broken) if is_plain else None


def without_fixed_breaks(text: str) -> str:
    """`text` with the lines of each paragraph joined, where it plainly was broken at one width; else `text` itself.

    A paragraph goes on where a line is full and the next one opens neither a section nor, by its indentation, another
    paragraph. Widths are counted in columns or in characters, by whichever more lines are full.
    """
    found = [broken for measure in (_columns, _characters) if (broken := _Broken.by(measure, text))]
    best = max(found, key=lambda broken: (broken.count, broken.exact), default=None)
    return text if best is None else _joined(best)


def _joined(broken: _Broken) -> str:
    rows, full = broken.rows, broken.full
    edge = min(row.indent for row in rows if row.is_running)
    indents = any(row.indent > edge + _INDENT and row.width >= full for row in rows if row.is_running)
    lines: list[str] = []
    last: _Row | None = None
    for row in rows:
        if last is not None and _goes_on(last, row, full, edge, indents=indents):
            # A line without room for one more figure was cut wherever it was full, in the middle of a number, too.
            is_cut = last.width >= broken.width - 1 and last.text[-1].isdigit() and row.text[0].isdigit()
            lines[-1] = lines[-1].rstrip() + row.text if is_cut else join(lines[-1], row.text)
        else:
            lines.append(row.written)
        last = row
    return "\n".join(lines) + "\n"


def _goes_on(last: _Row, row: _Row, full: int, edge: int, *, indents: bool) -> bool:
    """Whether `row` goes on with the paragraph of the line above it."""
    if not (last.is_running and row.is_running) or last.width < full or row.indent > edge + _INDENT:
        return False
    if _ENDED.search(last.text) and not indents:
        # Without indentation nothing tells a paragraph that fills its last line.
        return False
    written = folded(row.text)
    opens = heading_of(Line(0, len(written), written, written)) is not None
    return not opens or _EXPECTS_MORE.search(last.text) is not None


def _columns(text: str) -> int:
    return sum(2 if is_wide(character) or character == "\u3000" else 1 for character in text)


def _characters(text: str) -> int:
    """Twice the number of characters, so that it compares with columns."""
    return 2 * len(text)
