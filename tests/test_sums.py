"""Comparisons and calculations of several steps, as staff word them, worked out by hand beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/sums.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_what_is_compared_or_worked_out_is_of_one_thing_and_one_kind(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
