"""Whole conversations as staff have them: what a turn leaves out is taken from the ones before, over several documents."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from question_sets import TESTS

from qa.answer import Answer, Turn
from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

CONVERSATIONS: list[dict[str, Any]] = tomllib.loads(
    (TESTS / "staff" / "conversations.toml").read_text(encoding="utf-8")
)["conversations"]


def _faults(answer: Answer, marks: list[str]) -> list[str]:
    """The marks of a turn that its answer fails: word, word|other, !word that must not stand in it, ~status."""
    failed = []
    for mark in marks:
        if mark.startswith("~"):
            holds = answer.status == mark[1:]
        elif mark.startswith("!"):
            holds = mark[1:] not in answer.text
        else:
            holds = any(word in answer.text for word in mark.split("|"))
        if not holds:
            failed.append(mark)
    return failed


@pytest.mark.parametrize("name", sorted({conversation["library"] for conversation in CONVERSATIONS}))
def test_the_turns_of_conversations_are_answered_as_the_documents_state(
    assistant_over: Callable[[str], Assistant], name: str
) -> None:
    assistant = assistant_over(name)
    wrong, turns = [], 0
    for conversation in CONVERSATIONS:
        history: list[Turn] = []
        for asked, *marks in conversation["turns"] if conversation["library"] == name else ():
            answer = assistant.ask(asked, history)
            turns += 1
            failed = _faults(answer, marks)
            if failed:
                wrong.append((asked, answer.question, answer.text, failed))
            history.append(Turn(asked, answer.text))
    # One turn of a hundred may fail: somebody heard 三沿五区 as 三区域.
    assert len(wrong) <= 0.01 * turns, wrong
