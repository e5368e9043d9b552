"""Answers from plans that no rule was written for: a market town's standards, a county's tables, points without headings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.answer import Turn
from qa.assistant import Assistant

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("unseen/questions.toml")


@pytest.fixture(scope="session")
def unseen(assistant_over: Callable[[str], Assistant]) -> Assistant:
    """An assistant over the unseen plans that answers extractively."""
    return assistant_over("unseen")


@pytest.fixture(scope="session")
def staff_plans(assistant_over: Callable[[str], Assistant]) -> Assistant:
    """The same over the plans that staff wrote: a county's year, a city's five years, a notice of standards."""
    return assistant_over("plans")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_an_unseen_plan_is_answered_as_it_states(unseen: Assistant, question: dict[str, Any]) -> None:
    history: list[Turn] = []
    for asked in question.get("before", []):
        history.append(Turn(asked, unseen.ask(asked, history=history).text))
    answer = unseen.ask(question["asked"], history=history)
    assert not faults_of(answer, question), answer.text
    # None of these documents has a damaged figure.
    assert [warning for warning in answer.warnings if "小数点" in warning] == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # A part of the document's place owns the figures that follow it, until another place is named.
        ("天水市麦积区城市低保每月提高到多少", "770元"),
        ("钦州灵山县失能老年人照护中心总投资多少", "6200万元"),
        ("浦北县改造敬老院几所", "8所"),
        ("灵山县新增养老床位多少张", "1500张"),
        ("钦州县级公益性安葬（放）设施覆盖率2020年是多少", "75%"),
    ],
)
def test_figures_of_a_part_of_the_place_are_found_with_their_owner(
    staff_plans: Assistant, question: str, words: str
) -> None:
    assert words in staff_plans.ask(question).text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("天水83岁老人高龄津贴每月多少", "80—84周岁：每人每月60元"),
        ("天水百岁老人高龄津贴一月发多少", "每人每月500元"),
        ("我妈今年97岁，石泉的，一个月有多少高龄补贴", "90—99周岁每人每月100元"),
        ("石泉百岁老人高龄补贴多少", "每人每月300元"),
    ],
)
def test_somebodys_age_finds_the_tier_that_holds_it(
    staff_plans: Assistant, question: str, words: str
) -> None:
    answer = staff_plans.ask(question)
    assert words in answer.text
    assert answer.text.count("元") == 1


def test_an_age_that_no_tier_holds_gets_no_tiers_figure(staff_plans: Assistant) -> None:
    assert staff_plans.ask("天水72岁老人高龄津贴多少").status == "not_found"


def test_a_standard_that_was_ended_answers_only_who_asks_for_the_former_one(staff_plans: Assistant) -> None:
    assert "300元" not in staff_plans.ask("天水市100周岁以上老人高龄津贴每月多少").text
    assert "300元" in staff_plans.ask("天水原来百岁老人高龄津贴是多少").text
