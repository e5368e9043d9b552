"""What a file's format marks in its text (headings, page furniture), as lines of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from vectorstore.formats.extracted import Heading as MarkedHeading
from vectorstore.formats.extracted import Span
from vectorstore.headings import Heading, heading_of
from vectorstore.lines import Line

# A paragraph that was given a heading's look by mistake is longer, or a sentence.
_LONGEST = 80
_SENTENCE = frozenset("。;!")


def lines_within(lines: Sequence[Line], spans: Sequence[Span]) -> frozenset[int]:
    """Positions of the lines that stand wholly inside one of the spans."""
    return frozenset(position for position, _ in _covered(lines, spans))


def marked_levels(lines: Sequence[Line], headings: Sequence[MarkedHeading]) -> dict[int, int]:
    """Position → level of the lines that are marked as headings and can be one."""
    return {
        position: headings[number].level
        for position, number in _covered(lines, headings)
        if len(lines[position].text) <= _LONGEST and not _SENTENCE & set(lines[position].text)
    }


def marked_heading(line: Line, level: int) -> Heading:
    """The heading that a marked line is: with its number, where it has one, else as Markdown's headings are."""
    numbered = heading_of(line)
    if numbered is not None and numbered.kind == "title":
        return numbered
    start, end = line.start, line.end
    return Heading(f"markdown-{min(max(level, 1), 6)}", (), "title", start, start, end, end)


def _covered(
    lines: Sequence[Line], spans: Sequence[Span] | Sequence[MarkedHeading]
) -> Iterator[tuple[int, int]]:
    """(position of a line, number of the span that it stands in); spans in order, not overlapping."""
    starts = [span.start for span in spans]
    for position, line in enumerate(lines if spans else ()):
        number = bisect_right(starts, line.start) - 1
        if number >= 0 and line.end <= spans[number].end:
            yield position, number
