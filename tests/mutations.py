"""Systems that are worse than ours in one way each, made around the real assistant: what a gate must notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from qa.answer import Answer, Citation, Turn
from qa.assistant import Assistant
from qa.library.opening import open_updated
from qa.models.choice import ModelChoice
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.index import PassageIndex


class ChangedIndex:
    """An index that is the real one in everything but what a mutation overrides."""

    def __init__(self, index: PassageIndex) -> None:
        self._real = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class WithoutKeywords(ChangedIndex):
    """Finds by meaning alone: both keyword rankings are empty."""

    def by_words(self, *arguments: Any, **options: Any) -> list[tuple[int, float]]:
        return []

    def by_bigrams(self, *arguments: Any, **options: Any) -> list[tuple[int, float]]:
        return []


class WithSwappedTitles(ChangedIndex):
    """Calls its first two documents by each other's title, and nothing else."""

    @property
    def documents(self) -> Mapping[str, Document]:
        real = dict(self._real.documents)
        first, second = list(real)[:2]
        titles = {first: real[second].metadata.title, second: real[first].metadata.title}
        return real | {
            name: replace(real[name], metadata=replace(real[name].metadata, title=title))
            for name, title in titles.items()
        }


def assistant_over(settings: Settings, changed: type[ChangedIndex]) -> Assistant:
    """The real assistant, extractive, over a changed index."""
    index: Any = changed(open_updated(settings, choose_embedder(settings)))
    return Assistant(settings, index, ModelChoice(None, "原文摘录"), lambda: index)


class QuotesTheSecondBest:
    """Leaves the best passage out, and quotes the next one."""

    answers_with = "extractive"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        answer = self._assistant.ask(question, history)
        if answer.status == "not_found" or len(answer.evidence) < 2:
            return answer
        second = answer.evidence[1]
        citation = Citation(
            1, second.document, second.title, second.section, second.start, second.end, second.text
        )
        return replace(answer, text=f"{second.text}[1]", citations=(citation,), evidence=answer.evidence[1:])


class AddsAFigure:
    """Adds a figure that no document holds to one answer out of ten."""

    answers_with = "extractive"

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._answered = 0

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        answer = self._assistant.ask(question, history)
        if answer.status == "not_found":
            return answer
        self._answered += 1
        return replace(answer, text=f"{answer.text}\n另有98765家。") if self._answered % 10 == 1 else answer
