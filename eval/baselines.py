"""The best passage quoted whole: what ranking alone is worth. They speak the same contract as `qa.Assistant`.

Both rank the passages of the system under test, so that a difference in accuracy comes from ranking and answering
alone. A follow-up is searched together with the question before it. Neither knows how to refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

import bm25s

from eval.wording import normalise
from qa.answer import Answer, Citation, Evidence, Turn
from qa.library.opening import open_updated
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.documents import Document, Passage
from vectorstore.index import PassageIndex
from vectorstore.library import list_library
from vectorstore.walk import default_walk, read_library

PASSAGES = 10


class Bm25TopPassage:
    """Quotes the passage that BM25 over character bigrams ranks first: no vectors, no model."""

    answers_with = "extractive"

    def __init__(self, library: Path) -> None:
        """Index the library in memory; a file that cannot be read is left out. Raises LibraryMissing."""
        walk = default_walk()
        documents, _ = read_library(library, list_library(library), read=walk.read)
        self._documents = {document.name: document for document in documents}
        self._passages = [passage for document in documents for passage in walk.split(document)]
        self._ranking = bm25s.BM25()
        self._ranking.index([_bigrams(passage.searchable) for passage in self._passages], show_progress=False)

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """The best passage, quoted whole and cited."""
        query = _query(question, history)
        count = min(PASSAGES, len(self._passages))
        ranks, scores = self._ranking.retrieve([_bigrams(query)], k=count, show_progress=False)
        ranked = [
            (self._passages[rank], float(score)) for rank, score in zip(ranks[0], scores[0], strict=True)
        ]
        return _quoting_the_first(ranked, self._documents, query=query, name="bm25-top1")

    def close(self) -> None:
        """Nothing to let go of."""


class DenseTopPassage:
    """Quotes the passage whose vector is nearest to the question's: no keywords, no model."""

    answers_with = "extractive"

    def __init__(self, index: PassageIndex) -> None:
        """Rank by this index; it is closed by `close`."""
        self._index = index

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Bring the index up to date and open it. Raises the expected errors of the index."""
        return cls(open_updated(settings, choose_embedder(settings), progress=True))

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """The best passage, quoted whole and cited."""
        query = _query(question, history)
        ranked = [
            (self._index.passages[number], similarity)
            for number, similarity in self._index.dense(query, limit=PASSAGES)
        ]
        return _quoting_the_first(ranked, self._index.documents, query=query, name="dense-top1")

    def close(self) -> None:
        """Close the index."""
        self._index.close()


def _query(question: str, history: Sequence[Turn]) -> str:
    return f"{history[-1].question}\n{question}" if history else question


def _quoting_the_first(
    ranked: Sequence[tuple[Passage, float]], documents: Mapping[str, Document], *, query: str, name: str
) -> Answer:
    evidence = tuple(_evidence(passage, documents[passage.document], score) for passage, score in ranked)
    best = evidence[0]
    citation = Citation(1, best.document, best.title, best.section, best.start, best.end, best.text)
    return Answer(
        text=f"> {best.text} [1]",
        status="answered",
        citations=(citation,),
        answered_by=name,
        question=query,
        evidence=evidence,
    )


def _bigrams(text: str) -> list[str]:
    characters = normalise(text)
    return [characters[place : place + 2] for place in range(len(characters) - 1)] or [characters]


def _evidence(passage: Passage, document: Document, score: float) -> Evidence:
    return Evidence(
        document=passage.document,
        title=document.metadata.title,
        region=passage.region,
        period=document.metadata.period,
        section=passage.section,
        start=passage.start,
        end=passage.end,
        text=passage.text,
        score=score,
    )
