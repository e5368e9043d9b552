"""Claims and their sources, and how both become the text and the citations of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qa.answer import Citation
from qa.evidence.labels import labels_of
from qa.figures.punctuation import ENDING, JOINING
from vectorstore.documents import Document, Passage
from vectorstore.locations import location_of
from vectorstore.sentences import sentence_spans

# What a line that calculates begins with.
CALCULATION = "计算："


@dataclass(frozen=True)
class Source:
    """A span of a document that carries a claim: `document.text[start:end]` is what is quoted."""

    passage: Passage
    start: int
    end: int


def sentences_of(passage: Passage, text: str) -> list[Source]:
    """The sentences of a passage, each without the mark that ends it. `text` is the document's."""
    return [
        Source(passage, start, start + len(text[start:end].rstrip(JOINING + ENDING)))
        for start, end in sentence_spans(text, passage.start, passage.end)
    ]


@dataclass(frozen=True)
class Claim:
    """One statement of an answer, without markers, and the spans that it rests on.

    `after` follows the markers: the end of a table's row, whose last cell they stand in.
    """

    text: str
    sources: tuple[Source, ...] = ()
    after: str = ""


@dataclass(frozen=True)
class SideFigure:
    """The one figure that a side of a comparison gives: how a reader calls it, its value in `unit`, where it stands."""

    label: str
    value: float
    unit: str
    source: Source


def unmarked(text: str) -> str:
    """Words of a document or an asker with what looks like a citation's marker, [1], made to look like none."""
    return re.sub(r"\[(\d{1,3})\]", "\uff3b\\1\uff3d", text)


@dataclass
class CitationList:
    """Numbers sources in the order in which claims use them; the same span keeps its number."""

    documents: Mapping[str, Document]
    citations: list[Citation] = field(default_factory=list)

    def rendered(self, claim: Claim) -> str:
        """The claim as Markdown, followed by the numbers of its sources."""
        markers = "".join(f"[{self.number_of(source)}]" for source in claim.sources)
        return f"{unmarked(claim.text)}{markers}{claim.after}"

    def number_of(self, source: Source) -> int:
        """The number of a span, a new one if no claim has used it yet."""
        name = source.passage.document
        for citation in self.citations:
            if (citation.document, citation.start, citation.end) == (name, source.start, source.end):
                return citation.number
        document = self.documents[name]
        number = len(self.citations) + 1
        location = location_of(document.anchors, source.start, source.end)
        self.citations.append(
            Citation(
                number=number,
                document=name,
                title=document.metadata.title or name,
                section=source.passage.section,
                start=source.start,
                end=source.end,
                quote=document.text[source.start : source.end],
                page=location.page,
                pages=location.pages,
                location=location.text,
                labels=labels_of(source.passage, document, start=source.start, end=source.end),
                document_number=document.metadata.number,
            )
        )
        return number


def widest(claims: Sequence[Claim]) -> list[Claim]:
    """Claims in their order, each once, without those whose quotations stand within another one's."""
    each = list(dict.fromkeys(claims))
    return [claim for claim in each if not any(_is_within(claim, other) for other in each if other != claim)]


def _is_within(claim: Claim, other: Claim) -> bool:
    is_quotation = bool(claim.sources) and not claim.text.startswith("计算：")
    return is_quotation and all(
        any(
            not inner.passage.cells
            and inner.passage.id == outer.passage.id
            and (
                (inner.start, inner.end) != (outer.start, outer.end)
                or len(claim.sources) < len(other.sources)
            )
            and outer.start <= inner.start
            and inner.end <= outer.end
            for outer in other.sources
        )
        for inner in claim.sources
    )
