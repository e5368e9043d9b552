"""Questions of the kinds that are answered worst, over the seeds and over papers that are none of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/weak_kinds.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_question_of_a_weak_kind_is_answered_as_a_reader_of_the_papers_would(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
