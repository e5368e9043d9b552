"""Papers of four more bureaus, one of each kind, and what their staff would ask: written before the system read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.answer import Turn
from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/papers.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_question_about_papers_never_seen_is_answered_as_a_reader_of_them_would(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    assistant = assistant_over("papers")
    history: list[Turn] = []
    for turn in question.get("before", []):
        history.append(Turn(turn, assistant.ask(turn, history=history).text))
    answer = assistant.ask(question["asked"], history=history)
    assert not faults_of(answer, question), (answer.text, *answer.warnings)


@pytest.mark.parametrize(
    ("name", "region", "years", "number"),
    [
        ("xiangxi_plan", "湘西土家族苗族自治州", (2021, 2022, 2023, 2024, 2025), "州民发〔2021〕42号"),
        ("molidawa_standards", "莫力达瓦达斡尔族自治旗", (2024,), "莫民字〔2024〕36号"),
        ("gulou_half_year", "鼓楼区", (2024,), ""),
        ("jingning_action", "景宁畲族自治县", (2023, 2024, 2025), "景政办发〔2023〕29号"),
    ],
)
def test_what_a_paper_says_of_itself_is_understood(
    assistant_over: Callable[[str], Assistant], name: str, region: str, years: tuple[int, ...], number: str
) -> None:
    metadata = assistant_over("papers").documents[name].metadata
    assert (metadata.region, metadata.years, metadata.number) == (region, years, number)
