"""Plain questions in the words of many askers are answered as the plans state, or refused where they state nothing."""

from __future__ import annotations

from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant
from qa.evidence.suitability import has_date
from qa.understanding.asking import without_opening
from qa.understanding.attributes import states_place
from qa.understanding.units import same_kind
from qa.understanding.wording import synonyms_in

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/refusals.toml")


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_a_plain_question_is_answered_as_the_plans_state(
    assistant: Assistant, question: dict[str, Any]
) -> None:
    answer = assistant.ask(question["asked"])
    assert not faults_of(answer, question), answer.text


@pytest.mark.parametrize(
    ("asked", "given", "answers"),
    [
        ("家", "个", True),
        ("座", "穴", True),
        ("个", "家", True),
        ("个", "张", False),
        ("名", "户", False),
        ("家", "元", False),
        ("亿", "%", False),
    ],
)
def test_a_figure_answers_in_a_unit_that_counts_the_same(asked: str, given: str, answers: bool) -> None:
    assert same_kind(asked, given) is answers


def test_what_people_say_before_they_ask_is_no_part_of_the_question() -> None:
    assert without_opening("麻烦问下,下陆有几个社工站") == "下陆有几个社工站"
    assert without_opening("下陆有几个社工站") == "下陆有几个社工站"


def test_an_everyday_wording_may_have_a_gap() -> None:
    (synonym,) = synonyms_in("没爹没妈的两个孩子")
    assert synonym.written == "没爹没妈的两个孩子"
    assert "孤儿" in synonym.official


def test_dates_and_places_are_told_from_other_words() -> None:
    assert has_date("组织开展6.19救助机构“开放日”活动")
    assert not has_date("提升兜底保障能力,占6.19%")
    assert states_place("选址原区福利院", "康养中心建在哪里")
    assert not states_place("打造综合照料服务样板", "康养中心建在哪里")
