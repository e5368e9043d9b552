"""Questions by a reader of the seeds: whole names, what of several things is missing, who has only registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

QUESTIONS = questions_of("staff/read_seeds.toml")


@pytest.mark.thorough
@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_question_by_a_reader_of_the_seeds_is_answered_as_they_read(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
