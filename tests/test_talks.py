"""Questions in English and Traditional characters, overviews, and conversations, by readers of the papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.answer import Turn
from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/talks.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_question_of_a_talk_is_answered_as_a_reader_of_the_papers_would(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    assistant = assistant_over(question["library"])
    history: list[Turn] = []
    for said in question.get("after", []):
        history.append(Turn(said, assistant.ask(said, history).text))
    answer = assistant.ask(question["asked"], history)
    assert not faults_of(answer, question), (answer.question, answer.text, *answer.warnings)
