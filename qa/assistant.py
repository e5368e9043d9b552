"""The question walk, one way forward: understand → retrieve → find → draft → verify → Answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import TracebackType

from qa.answer import Answer, Evidence, EvidenceFound, StreamEvent, TextChunk, Turn
from qa.claims import CitationList, Claim
from qa.drafting import drafted
from qa.embedding import choose_embedder
from qa.errors import ModelUnavailable
from qa.evidence import Finding, findings_in
from qa.extractive import Draft, answerable, extract, not_found_text
from qa.figures import figures_in
from qa.follow_up import completed
from qa.library import open_updated, reopen
from qa.models import ModelChoice, choose_model
from qa.question import Question, checked, understand
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
        clock = _Clock()
        index = self._current_index()
        text = completed(
            to_simplified(checked(question)), [turn.question for turn in history], index.documents
        )
        asked = understand(text, index.documents)
        clock.lap("understand")
        ranked = self._ranked(asked, index, documents)
        clock.lap("retrieve")
        findings = findings_in(asked, ranked, index, self._vocabulary)
        evidence = _evidence(findings, ranked, index)
        clock.lap("select")
        yield EvidenceFound(asked.text, evidence)
        answering = _Answering(self, asked, index, clock, evidence)
        yield from answering.events(answerable(asked, findings))

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

    def _ranked(
        self, asked: Question, index: PassageIndex, documents: Collection[str] | None
    ) -> list[tuple[int, float]]:
        wanted = asked.documents
        if documents is not None:
            wanted = tuple(name for name in documents if not wanted or name in wanted)
            if not wanted:
                return []
        wordings = [word for synonym in synonyms_in(asked.text) for word in synonym.official]
        if len(asked.regions) > 1 and wanted:
            # Each place has its own passages: ranked together, the longer document would crowd out the other.
            lists = [
                PlanRetriever(index, limit=PASSAGES, documents=[name]).ranked(asked.text, wordings)
                for name in wanted
            ]
            return sorted((pair for ranked in lists for pair in ranked), key=lambda pair: -pair[1])
        return PlanRetriever(index, limit=PASSAGES, documents=wanted or None).ranked(asked.text, wordings)


class _Clock:
    """Seconds per stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self.laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.laps[stage] = round(now - self._last, 4)
        self._last = now
        self.laps["total"] = round(now - self._start, 4)


class _Answering:
    """From answerable findings to the text and the Answer of one question."""

    def __init__(
        self,
        assistant: Assistant,
        asked: Question,
        index: PassageIndex,
        clock: _Clock,
        evidence: tuple[Evidence, ...],
    ) -> None:
        self._assistant = assistant
        self._asked = asked
        self._index = index
        self._clock = clock
        self._evidence = evidence
        self._citations = CitationList(index.documents)
        self._text = ""
        self._warnings: list[str] = []

    def events(self, findings: Sequence[Finding]) -> Iterator[TextChunk | Answer]:
        asked = self._asked
        if asked.corrected:
            written, meant = asked.corrected.split("→")
            self._warnings.append(f"问题中的“{written}”按“{meant}”理解。")
        draft = extract(asked, findings, self._index, self._assistant._vocabulary)
        if not draft.claims:
            yield self._chunk(not_found_text(asked, self._index))
            yield self._answer("not_found", "extractive")
            return
        answered_by = "extractive"
        model = self._assistant._choice.model
        if model is not None and draft.claims and not draft.missing and len(asked.regions) < 2:
            try:
                for claim in _guarded(
                    drafted(
                        asked, findings, self._index, model, tokens=self._assistant.settings.evidence_tokens
                    ),
                    asked,
                    draft,
                ):
                    answered_by = model.name
                    yield self._claim_chunk(claim)
            except ModelUnavailable as error:
                self._warnings.append(f"模型没有完成回答,以下为原文摘录。原因:{error.message}")
        if answered_by == "extractive":
            for claim in draft.claims:
                yield self._claim_chunk(claim)
        for region in draft.missing:
            yield self._chunk(f"\n{region}:文中未提及。")
        yield self._answer("partial" if draft.missing else "answered", answered_by)

    def _claim_chunk(self, claim: Claim) -> TextChunk:
        return self._chunk(("\n" if self._text else "") + self._citations.rendered(claim))

    def _chunk(self, text: str) -> TextChunk:
        self._text += text
        return TextChunk(text)

    def _answer(self, status: str, answered_by: str) -> Answer:
        self._clock.lap("answer")
        return Answer(
            text=self._text,
            status=status,  # type: ignore[arg-type]
            citations=tuple(self._citations.citations),
            warnings=tuple(self._warnings),
            answered_by=answered_by,
            timings=self._clock.laps,
            question=self._asked.text,
            evidence=self._evidence,
        )


def _guarded(claims: Iterator[Claim], asked: Question, draft: Draft) -> Iterator[Claim]:
    """Let a model's claims through unless they miss the figure that the best evidence gives.

    A question for a figure is answered by a figure from the finding that fits best; a small model that
    picks its neighbour is overruled (nothing comes through, and the extractive answer stands).
    """
    if asked.asks != "number":
        yield from claims
        return
    expected = [figure for claim in draft.claims for figure in figures_in(claim.text)]
    collected = list(claims)
    given = [figure for claim in collected for figure in figures_in(claim.text)]
    if any(figure.agrees_with(other) for figure in given for other in expected):
        yield from collected


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
