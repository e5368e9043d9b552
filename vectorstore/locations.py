"""Where in its file a span of a document's text stands, as a reader would look it up."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.formats.extracted import Anchor


@dataclass(frozen=True)
class Location:
    """`page` of a PDF or image on which it begins, else None, `pages` all on which it stands, in ascending order.

    `text` in words (第3页, 第3—4页, 第12段, 表“指标”第5行), "" for formats without places.
    """

    page: int | None = None
    text: str = ""
    pages: tuple[int, ...] = ()


def location_of(anchors: Sequence[Anchor], start: int, end: int) -> Location:
    """The place of the characters `start` to `end` (exclusive); of several pages, paragraphs or rows the first to last."""
    first = bisect_right(anchors, start, key=lambda anchor: anchor.start) - 1
    if first < 0:
        return Location()
    last = max(first, bisect_right(anchors, end - 1, key=lambda anchor: anchor.start) - 1)
    between = anchors[first : last + 1]
    pages = tuple(sorted({anchor.page for anchor in between if anchor.page is not None}))
    if pages:
        # Between two parts of a paragraph the text may turn back to the page before, for its running foot.
        return Location(anchors[first].page, _counted(pages[0], pages[-1], "页"), pages)
    return Location(None, _described(anchors[first], anchors[last]))


def _described(first: Anchor, last: Anchor) -> str:
    if first.sheet:
        row = _counted(first.row, last.row if last.sheet == first.sheet else None, "行")
        return f"表“{first.sheet}”{row}"
    counted = (
        (first.paragraph, last.paragraph, "段"),
        (first.row, last.row, "行"),
    )
    return next((text for text in (_counted(*places) for places in counted) if text), "")


def _counted(first: int | None, last: int | None, noun: str) -> str:
    if first is None:
        return ""
    return f"第{first}{noun}" if last is None or last <= first else f"第{first}—{last}{noun}"
