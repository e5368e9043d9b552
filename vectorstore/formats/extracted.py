"""What a format's reader makes of a file: its text, and where in the file each part of the text stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Anchor:
    """Where in the file the text from character `start` on stands, up to the next anchor.

    `page` (PDF, images), `paragraph` (DOCX) and `row` (sheets) count from 1; `sheet` is its name. What a format does
    not have is None or empty.
    """

    start: int
    page: int | None = None
    paragraph: int | None = None
    sheet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of the extracted text."""

    start: int
    end: int


@dataclass(frozen=True)
class Heading:
    """A span that the format itself marks as a heading; level 1 is the outermost."""

    start: int
    end: int
    level: int


@dataclass(frozen=True)
class Extracted:
    """The text of a file and what its format tells about the text; `anchors` in the order of the text.

    `title` is what the file's own properties or markup name as its title, "" if nothing sensible. `furniture` are
    running heads, page numbers and navigation, kept in the text. `headings` are those that the format marks.
    `unread` says in Chinese what could not be read (第3页无法识别文字), one sentence each, for the user.
    """

    text: str
    anchors: tuple[Anchor, ...] = ()
    title: str = ""
    furniture: tuple[Span, ...] = ()
    headings: tuple[Heading, ...] = ()
    unread: tuple[str, ...] = ()
