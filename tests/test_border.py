"""The border between answering and not_found: far wordings of what the papers say, near misses of it in the same wordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

QUESTIONS = questions_of("staff/border.toml")


@pytest.mark.thorough
@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_far_wordings_are_answered_and_what_the_papers_leave_out_is_refused(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
