"""Systems to compare with. They speak the same contract as `qa.Assistant`, so one run scores either."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s

from eval.wording import normalise
from qa.answer import Answer, Citation, Evidence, Turn
from vectorstore.documents import Document, Passage
from vectorstore.passages import passages_of
from vectorstore.reading import read_document

PASSAGES = 10


class Bm25TopPassage:
    """Quotes the passage that BM25 over character bigrams ranks first: no vectors, no model, and no refusal.

    It sees the passages of the system under test, so that a difference in accuracy comes from ranking
    and answering alone. A follow-up is searched together with the question before it.
    """

    def __init__(self, library: Path) -> None:
        """Index every .txt file of `library` in memory. Raises DocumentUnreadable."""
        files = sorted(library.glob("*.txt"))
        self._documents = {file.stem: read_document(file, name=file.stem, file=file.name) for file in files}
        self._passages = [p for document in self._documents.values() for p in passages_of(document)]
        self._ranking = bm25s.BM25()
        self._ranking.index([_bigrams(passage.searchable) for passage in self._passages], show_progress=False)

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """The best passage, quoted whole and cited."""
        query = f"{history[-1].question}\n{question}" if history else question
        count = min(PASSAGES, len(self._passages))
        ranks, scores = self._ranking.retrieve([_bigrams(query)], k=count, show_progress=False)
        evidence = tuple(
            _evidence(self._passages[rank], self._documents[self._passages[rank].document], float(score))
            for rank, score in zip(ranks[0], scores[0], strict=True)
        )
        best = evidence[0]
        citation = Citation(1, best.document, best.title, best.section, best.start, best.end, best.text)
        return Answer(
            text=f"> {best.text} [1]",
            status="answered",
            citations=(citation,),
            answered_by="bm25-top1",
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
