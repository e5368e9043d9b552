"""The central types of the document walk: file → Document → sections and tables → passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Metadata:
    """What a plan says about itself. Empty where neither text nor catalogue states it; never guessed.

    `region` is the name as the document writes it (下陆区), `period` the years it speaks about as
    written for readers (2021—2025年, 2023年), `years` the same as numbers.
    """

    title: str = ""
    region: str = ""
    period: str = ""
    years: tuple[int, ...] = ()
    publisher: str = ""
    number: str = ""
    date: str = ""


@dataclass(frozen=True)
class Document:
    """One plan: its name in the library and its text exactly as decoded.

    All offsets anywhere in the program are character offsets into `text`.
    """

    name: str
    file: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)


PassageKind = Literal["text", "row", "furniture"]


@dataclass(frozen=True)
class Passage:
    """One idea of one section: `document.text[start:end] == text`.

    `context` (title, region, years, section path; for a table row the caption and column names) is
    searched together with the text and never shown as if it were the text. `years` are the years that
    the passage's surroundings declare (caption, section, part or document, the nearest that does); years
    inside the text are not in it. A table row has its `caption` and `cells` as (column, value) pairs.
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

    @property
    def id(self) -> str:
        """Stable identity inside one version of the library: document name and offsets."""
        return f"{self.document}:{self.start}-{self.end}"

    @property
    def searchable(self) -> str:
        """What is embedded and keyword-indexed: the context, then the text."""
        return f"{self.context}\n{self.text}" if self.context else self.text
