"""Near misses of a hurried civil servant, and questions that only look like them: each changes one thing of a real sentence.

The one group has to be refused, the other answered; a rule that refuses both is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

QUESTIONS = questions_of("staff/sceptic.toml")


@pytest.mark.thorough
@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_what_a_paper_does_not_say_is_refused_and_what_it_says_otherwise_is_given(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
