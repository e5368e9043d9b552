"""The assistant of one library, as other programs open it: questions, what to ask, what the library holds."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Unpack

from qa.answer import Answer, StreamEvent, Turn
from qa.conversation.conversing import Conversing
from qa.conversation.suggestions import first_questions, next_questions
from qa.drafting.answering import Clock
from qa.drafting.second_look import beginnings
from qa.errors import ModelUnavailable, QuestionUnusable
from qa.evidence.limits import Limits, Searched, searched_with
from qa.evidence.solving import Solver
from qa.library.opening import open_updated, reopen
from qa.library.page_images import PageImages
from qa.models.choice import ModelChoice, choose_model
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from qa.tables.indicators import IndicatorTable, indicators_of
from qa.understanding.question import understand
from qa.walk import Walk
from vectorstore.documents import Document
from vectorstore.index import PassageIndex


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
        self._solver = Solver(index)
        self._conversing = Conversing()
        self._page_images = PageImages(settings)

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
        return self._current_solver().index.documents

    def page_image(self, document: str, start: int, end: int, *, page: int | None = None) -> bytes | None:
        """A PNG of the `page` on which the document's `text[start:end]` stands (by default it begins), the words marked.

        None for a document that is not there or has no pages. Raises DocumentUnreadable.
        """
        found = self.documents.get(document)
        return self._page_images.page_image(found, start, end, page=page) if found else None

    @property
    def model_note(self) -> str:
        """One line for people: which model answers, or why none does."""
        return self._choice.note

    @property
    def answers_with(self) -> str:
        """ "extractive", "local" or "remote"."""
        return self._choice.model.where if self._choice.model else "extractive"

    # --- questions ---------------------------------------------------------------------------------

    def ask(self, question: str, history: Sequence[Turn] = (), **limits: Unpack[Limits]) -> Answer:
        """The finished answer; see `stream`."""
        answer: Answer | None = None
        for event in self.stream(question, history, **limits):
            if isinstance(event, Answer):
                answer = event
        assert answer is not None  # noqa: S101 - a stream always ends with its Answer
        return answer

    def stream(
        self, question: str, history: Sequence[Turn] = (), **limits: Unpack[Limits]
    ) -> Iterator[StreamEvent]:
        """EvidenceFound first, then TextChunks, then the Answer, whose text is the chunks joined.

        EvidenceFound comes a second time, before any text, where a model has helped a question that found nothing: by
        other words for it, or by holding the nearest sentence to be what is asked.

        `history` is the conversation so far, oldest first. The search is limited to `documents` (by name),
        `regions`, `years`, `genres` (规划, 计划, 总结, 政策) and `statements` (结果, 目标, 标准, 措施) where given; see
        `qa.evidence.ground`.
        Raises QuestionUnusable; a failing model is no error: the extractive answer says why.
        """
        clock = Clock()
        searched = searched_with(self._current_solver(), limits)
        walk = Walk(self.settings, self._conversing, self._choice.model)
        yield from walk.events(question, history, searched, clock)

    # --- what to ask, what there is ----------------------------------------------------------------

    def suggestions(self, answer: Answer, **limits: Unpack[Limits]) -> tuple[str, ...]:
        """Up to three questions to ask next, on the ground that `limits` leave (as for `stream`).

        Each has been answered extractively before it is offered. Takes about 0.3 s at most; () when nothing fits.
        """
        searched = searched_with(self._current_solver(), limits)
        index = searched.whole.index
        asked = understand(answer.question, index.documents)
        return next_questions(asked, answer, index, self._answering_from(searched))

    def starters(self, *, most: int = 6, **limits: Unpack[Limits]) -> tuple[str, ...]:
        """Questions to begin with that the chosen part of the library answers, by turns from each of its documents.

        `limits` as for `stream`. Takes about a second at most; () when nothing fits.
        """
        try:
            searched = searched_with(self._current_solver(), limits)
        except QuestionUnusable:
            return ()  # nothing lies on this ground
        return first_questions(searched.part.index, searched.names, self._answering_from(searched), most=most)

    def indicators(self, document: str) -> tuple[IndicatorTable, ...]:
        """The tables of figures of one document, by its name; () when it has none.

        Raises QuestionUnusable for a name that the library does not have.
        """
        index = self._current_solver().index
        if document not in index.documents:
            raise QuestionUnusable(f"文件库里没有“{document}”。", "请从文件列表里选择。")
        return indicators_of(index, document)

    def _answering_from(self, searched: Searched) -> Callable[[str], Answer]:
        """What answers single questions from there without a model."""

        walk = Walk(self.settings, self._conversing)

        def answer_of(question: str) -> Answer:
            *_, answer = walk.events(question, (), searched, Clock())
            assert isinstance(answer, Answer)  # noqa: S101 - a stream always ends with its Answer
            return answer

        return answer_of

    def warm_up(self) -> None:
        """Load the embedder and start the local model, so that the first question is as fast as others.

        A model that cannot start is told at the first question, not here.
        """
        solver = self._current_solver()
        solver.solve(understand("下陆区2025年护理型床位占比的目标是多少", solver.index.documents))
        if self._choice.model is not None:
            with suppress(ModelUnavailable):
                self._choice.model.warm_up(beginnings())

    def close(self) -> None:
        """Stop the local model's server, if one runs, and close the index."""
        if self._choice.model is not None:
            self._choice.model.close()
        self._solver.index.close()

    def __enter__(self) -> Assistant:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- parts -------------------------------------------------------------------------------------

    def _current_solver(self) -> Solver:
        """The index behind a solver, reopened when another process has put a newer one in its place."""
        with self._lock:
            if not self._solver.index.is_current():
                self._solver = Solver(self._reopen())
                self._conversing = Conversing()
            return self._solver
