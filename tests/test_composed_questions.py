"""Sums, shares, comparisons, whole tables and doubts, asked as staff ask them and worked out by hand beforehand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/composed.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_composed_question_is_answered_as_it_was_worked_out_by_hand(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)


def test_every_figure_of_a_calculation_stands_in_what_is_cited(
    assistant_over: Callable[[str], Assistant],
) -> None:
    answer = assistant_over("composed").ask("石棉美罗镇和回隆镇的床位合计多少张")
    cited = " ".join(citation.quote for citation in answer.citations)
    assert "210" in cited
    assert "230" in cited
    assert "210张 + 230张 = 440张" in answer.text
