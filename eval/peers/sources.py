"""The library as a peer is given it, and where in it the texts are that a peer gives back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.answer import Citation, Evidence
from vectorstore.documents import Document
from vectorstore.errors import LibraryMissing
from vectorstore.library import list_library
from vectorstore.walk import default_walk, read_library


@dataclass(frozen=True)
class Source:
    """A piece of text that a peer retrieved: of which document, about where, and how good it says it is."""

    document: str
    text: str
    near: int = 0
    score: float = 0.0


def read_texts_of(library: Path) -> dict[str, Document]:
    """Every document of the library by name, read as this project reads it: no peer loses by an encoding.

    Raises LibraryMissing when there is none that can be read.
    """
    documents, problems = read_library(library, list_library(library), read=default_walk().read)
    if not documents:
        reasons = "".join(f"\n{problem.message}" for problem in problems)
        raise LibraryMissing(f"文件库里没有可以读取的文件：{library}。{reasons}", "请检查 QA_LIBRARY。")
    return {document.name: document for document in documents}


def span_of(source: Source, documents: Mapping[str, Document]) -> tuple[int, int] | None:
    """Where exactly the text stands: of several places the nearest to the one claimed; None if nowhere."""
    document = documents.get(source.document)
    wanted = source.text.strip()
    if document is None or not wanted:
        return None
    starts = []
    start = document.text.find(wanted)
    while start >= 0:
        starts.append(start)
        start = document.text.find(wanted, start + 1)
    if not starts:
        return None
    best = min(starts, key=lambda place: abs(place - source.near))
    return best, best + len(wanted)


def evidence_of(sources: Sequence[Source], documents: Mapping[str, Document]) -> tuple[Evidence, ...]:
    """What was retrieved, in the peer's order. What cannot be located has an empty span: it helps nobody."""
    found = []
    for source in sources:
        start, end = span_of(source, documents) or (0, 0)
        title, region, period = _described(source.document, documents)
        found.append(
            Evidence(
                document=source.document,
                title=title,
                region=region,
                period=period,
                section=(),
                start=start,
                end=end,
                text=source.text.strip(),
                score=source.score,
            )
        )
    return tuple(found)


def citations_of(
    sources: Sequence[tuple[int, Source]], documents: Mapping[str, Document]
) -> tuple[Citation, ...]:
    """A citation for each (number, source) that can be located exactly; others are left out."""
    cited = []
    for number, source in sources:
        span = span_of(source, documents)
        if span is not None:
            text = documents[source.document].text[span[0] : span[1]]
            title, _, _ = _described(source.document, documents)
            cited.append(Citation(number, source.document, title, (), span[0], span[1], text))
    return tuple(cited)


def _described(name: str, documents: Mapping[str, Document]) -> tuple[str, str, str]:
    document = documents.get(name)
    if document is None:
        return name, "", ""
    return document.metadata.title or name, document.metadata.region, document.metadata.period
