"""The question walk, one way forward: understand → retrieve → find → draft → verify → Answer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import TracebackType

from qa.answer import Answer, Evidence, EvidenceFound, StreamEvent, Turn
from qa.answering import Answering, Clock
from qa.embedding import choose_embedder
from qa.english import with_chinese_places
from qa.errors import ModelUnavailable, QuestionUnusable
from qa.evidence import Finding, findings_in
from qa.follow_up import completed
from qa.library import open_updated, reopen
from qa.models import ModelChoice, choose_model
from qa.question import LONGEST_QUESTION, Question, checked, readable, understand
from qa.relevance import Vocabulary
from qa.retrieval import PlanRetriever
from qa.settings import Settings
from qa.wording import synonyms_in, to_simplified
from vectorstore.documents import Document
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years

PASSAGES = 12


class Assistant:
    """Answers questions about one library. Safe to use from several threads; `close` when done.

    Open one with `Assistant.open(Settings(...))`, which brings the index up to date first.
    """

    def __init__(
        self, settings: Settings, index: PassageIndex, choice: ModelChoice, reopen: Callable[[], PassageIndex]
    ) -> None:
        self.settings = settings
        self._choice = choice
        self._reopen = reopen
        self._lock = threading.Lock()
        self._use(index)

    @classmethod
    def open(cls, settings: Settings | None = None, *, progress: bool = False) -> Assistant:
        """Bring the index up to date with the library, open it and choose the model.

        Raises the expected errors of `qa.errors` (settings, library, index, model).
        """
        settings = settings or Settings()
        choice = choose_model(settings)
        embedder = choose_embedder(settings)
        index = open_updated(settings, embedder, progress=progress)
        return cls(settings, index, choice, lambda: reopen(settings, embedder))

    # --- what the library holds ------------------------------------------------------------------

    @property
    def documents(self) -> Mapping[str, Document]:
        """The library's documents by name, as indexed."""
        return self._current_index().documents

    @property
    def model_note(self) -> str:
        """One line for people: which model answers, or why none does."""
        return self._choice.note

    @property
    def answers_with(self) -> str:
        """ "extractive", "local" or "remote"."""
        return self._choice.model.where if self._choice.model else "extractive"

    # --- questions ---------------------------------------------------------------------------------

    def ask(
        self, question: str, history: Sequence[Turn] = (), *, documents: Collection[str] | None = None
    ) -> Answer:
        """The finished answer; see `stream`."""
        answer: Answer | None = None
        for event in self.stream(question, history, documents=documents):
            if isinstance(event, Answer):
                answer = event
        assert answer is not None  # noqa: S101 - a stream always ends with its Answer
        return answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), *, documents: Collection[str] | None = None
    ) -> Iterator[StreamEvent]:
        """EvidenceFound first, then TextChunks, then the Answer, whose text is the chunks joined.

        `history` is the conversation so far, oldest first; `documents` limits the search to these names.
        Raises QuestionUnusable; a failing model is no error: the extractive answer says why.
        """
        clock = Clock()
        index = self._current_index()
        earlier = [to_simplified(readable(turn.question)[:LONGEST_QUESTION]) for turn in history]
        regions = [document.metadata.region for document in index.documents.values()]
        said = with_chinese_places(to_simplified(checked(question)), regions)
        text = completed(said, [turn for turn in earlier if turn], index.documents)
        asked = _limited(understand(text, index.documents), documents, index)
        clock.lap("understand")
        ranked = self._ranked(asked, index)
        clock.lap("retrieve")
        findings = findings_in(asked, ranked, index, self._vocabulary)
        evidence = _evidence(findings, ranked, index)
        clock.lap("select")
        yield EvidenceFound(asked.text, evidence)
        answering = Answering(
            asked,
            index,
            model=self._choice.model,
            evidence_tokens=self.settings.evidence_tokens,
            evidence=evidence,
            clock=clock,
        )
        yield from answering.events(findings, self._vocabulary)

    def warm_up(self) -> None:
        """Load the embedder and start the local model, so that the first question is as fast as others.

        A model that cannot start is told at the first question, not here.
        """
        index = self._current_index()
        index.dense("预热", limit=1)
        self._vocabulary.terms_of(understand("下陆区2025年护理型床位占比的目标是多少", index.documents))
        if self._choice.model is not None:
            with suppress(ModelUnavailable):
                self._choice.model.warm_up()

    def close(self) -> None:
        """Stop the local model's server, if one runs, and close the index."""
        if self._choice.model is not None:
            self._choice.model.close()
        self._index.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- parts -------------------------------------------------------------------------------------

    def _use(self, index: PassageIndex) -> None:
        self._index = index
        self._vocabulary = Vocabulary(passage.searchable for passage in index.passages)

    def _current_index(self) -> PassageIndex:
        """The index, reopened when another process has put a newer one in its place."""
        with self._lock:
            if not self._index.is_current():
                self._use(self._reopen())
            return self._index

    def _ranked(self, asked: Question, index: PassageIndex) -> list[tuple[int, float]]:
        if asked.is_outside:
            return []
        wanted = asked.documents
        wordings = [word for synonym in synonyms_in(asked.text) for word in synonym.official]
        if len(asked.regions) > 1 and wanted:
            # Each place has its own passages: ranked together, the longer document would crowd out the other.
            lists = [
                PlanRetriever(index, limit=PASSAGES, documents=[name]).ranked(asked.text, wordings)
                for name in wanted
            ]
            return sorted((pair for ranked in lists for pair in ranked), key=lambda pair: -pair[1])
        return PlanRetriever(index, limit=PASSAGES, documents=wanted or None).ranked(asked.text, wordings)


def _limited(asked: Question, documents: Collection[str] | None, index: PassageIndex) -> Question:
    """The question limited to the caller's choice of documents as well as to those that it names."""
    if not documents:
        return asked
    unknown = [name for name in documents if name not in index.documents]
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有“{'”、“'.join(unknown)}”。", f"可选的文件：{'、'.join(index.documents)}。"
        )
    wanted = tuple(name for name in documents if not asked.documents or name in asked.documents)
    return replace(asked, documents=wanted or tuple(documents), is_outside=not wanted)


def _evidence(
    findings: Sequence[Finding], ranked: Sequence[tuple[int, float]], index: PassageIndex
) -> tuple[Evidence, ...]:
    """The passages of the findings, in the order of their best finding."""
    scores = dict(ranked)
    order = dict.fromkeys(finding.number for finding in findings)
    evidence = []
    for number in order:
        passage = index.passages[number]
        metadata = index.documents[passage.document].metadata
        evidence.append(
            Evidence(
                document=passage.document,
                title=metadata.title or passage.document,
                region=passage.region,
                period=describe_years(passage.years),
                section=passage.section,
                start=passage.start,
                end=passage.end,
                text=passage.text,
                score=scores[number],
            )
        )
    return tuple(evidence)
