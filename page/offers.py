"""Questions that the page offers, before the first one and after an answer, as buttons that ask them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from page.chosen import Chosen
from page.examples import example_questions
from qa.answer import Answer
from qa.errors import ExpectedError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from vectorstore.documents import Document

_MOST_KEPT = 64
_LEAD = "可以问指标、措施，也可以比较两个地方。请写明地区和年份，例如："
_FITTING = "在所选范围里，可以这样问："
_NOTHING = "在所选范围里没有找到可以直接问的内容。可以去掉一个条件，或直接输入问题。"


class Offers:
    """What may be asked of one library; what has been found for a choice is kept until the library changes."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._kept: dict[Chosen, tuple[str, ...]] = {}
        self._documents: Mapping[str, Document] = {}

    def waiting(self) -> str:
        """The welcome while nothing is known yet."""
        return f"<h2>{_LEAD}</h2>"

    def first(self, chosen: Chosen) -> str:
        """The welcome with questions that fit what is chosen."""
        try:
            offered = self._first(chosen)
        except ExpectedError:
            offered = ()  # the header says what is wrong with the library
        lead = _LEAD if chosen == Chosen() else _FITTING if offered else _NOTHING
        return f"<h2>{lead}</h2>{_buttons(offered)}"

    def after(self, answer: Answer, chosen: Chosen) -> tuple[str, ...]:
        """Questions to ask next on the same ground."""
        try:
            return self._assistant.suggestions(answer, **chosen.limits)
        except ExpectedError:
            return ()

    def _first(self, chosen: Chosen) -> tuple[str, ...]:
        documents = self._assistant.documents
        if documents is not self._documents or len(self._kept) >= _MOST_KEPT:
            self._kept, self._documents = {}, documents
        if chosen not in self._kept:
            by_hand = tuple(example_questions(documents)) if chosen == Chosen() else ()
            self._kept[chosen] = by_hand or self._assistant.starters(**chosen.limits)
        return self._kept[chosen]


def next_html(questions: Sequence[str]) -> str:
    """Questions below an answer; empty when there are none."""
    if not questions:
        return ""
    return f'<nav class="next" aria-label="可以接着问"><h3>可以接着问</h3>{_buttons(questions)}</nav>'


def _buttons(questions: Sequence[str]) -> str:
    items = "".join(
        f'<li><button type="button" class="question-button" data-action="ask">{escape(question)}</button></li>'
        for question in questions
    )
    return f'<ul class="questions">{items}</ul>' if items else ""
