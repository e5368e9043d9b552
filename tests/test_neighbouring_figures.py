"""The figure that is asked for is given, and none that only stands near it; worked out by hand beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/neighbours.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_question_is_given_its_own_figure_and_no_neighbour_of_it(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
