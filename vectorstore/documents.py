"""The central types of the document walk: file → Document → sections and tables → passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from vectorstore.formats.extracted import Anchor, Heading, Span
from vectorstore.genres import Genre, genres_of


@dataclass(frozen=True)
class Metadata:
    """What a plan says about itself. Empty where neither text nor catalogue states it; never guessed.

    `region` is the name as the document writes it (下陆区), `period` the years it speaks about as
    written for readers (2021—2025年, 2023年), `years` the same as numbers. `genres` are the kinds of
    paper that somebody stated; () where nobody did, and title and headings tell.
    """

    title: str = ""
    region: str = ""
    period: str = ""
    years: tuple[int, ...] = ()
    publisher: str = ""
    number: str = ""
    date: str = ""
    genres: tuple[Genre, ...] = ()


@dataclass(frozen=True)
class Document:
    """One plan: its name in the library and its text exactly as decoded.

    All offsets anywhere in the program are character offsets into `text`. What its format tells about the text
    (`anchors`, `furniture`, `headings`) is as in `vectorstore.formats.extracted`, nothing for text files; `notes` say
    in Chinese what could not be read of the file. `version` says in Chinese which version it is (旧版), "" where the
    library holds no other.
    """

    name: str
    file: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    anchors: tuple[Anchor, ...] = ()
    furniture: tuple[Span, ...] = ()
    headings: tuple[Heading, ...] = ()
    notes: tuple[str, ...] = ()
    version: str = ""

    @cached_property
    def genres(self) -> tuple[Genre, ...]:
        """The kinds of paper that it is (规划, 计划, 总结, 政策), () where neither title nor headings say."""
        return self.metadata.genres or genres_of(self.metadata.title, self.text)


PassageKind = Literal["text", "row", "furniture"]
# What a sentence states: an achieved result, a target, a standard in force, a measure to be taken; "" where it
# does not tell.
Statement = Literal["result", "target", "standard", "measure", ""]


@dataclass(frozen=True)
class Doubt:
    """Why a reader should be careful with `document.text[start:end]`, as a Chinese sentence without full stop.

    `counterpart` is the span of the same document that disagrees or repeats, None where the text is doubtful by
    itself.
    """

    kind: Literal["damaged", "contradiction", "repetition"]
    start: int
    end: int
    message: str
    counterpart: tuple[int, int] | None = None


@dataclass(frozen=True)
class Passage:
    """One idea of one section: `document.text[start:end] == text`.

    `context` (title, region, years, section path; for a table row the caption and column names) is
    searched together with the text and never shown as if it were the text. `years` are the years that
    the passage's surroundings declare (caption, section, part or document, the nearest that does); years
    inside the text are not in it. A table row has its `caption` and `cells` as (column, value) pairs.
    `statement` is what the passage states as a whole, `doubts` those about some of its text. By `named_years` (those of
    its surroundings and columns, else those in its own words) and `stated` (every kind that a sentence or column of it
    states) a search can be limited without reading the passage again.
    """

    document: str
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    kind: PassageKind = "text"
    context: str = ""
    region: str = ""
    years: tuple[int, ...] = ()
    caption: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    statement: Statement = ""
    doubts: tuple[Doubt, ...] = ()
    named_years: tuple[int, ...] = ()
    stated: tuple[Statement, ...] = ()

    @property
    def id(self) -> str:
        """Stable identity inside one version of the library: document name and offsets."""
        return f"{self.document}:{self.start}-{self.end}"

    @property
    def searchable(self) -> str:
        """What is embedded and keyword-indexed: the context, then the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text
