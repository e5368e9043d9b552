"""A refused question's likeliest sentence is given for checking, without any model."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact

from qa.answer import EvidenceFound
from qa.assistant import Assistant
from qa.bilingual.warnings import WORDED_OTHERWISE

# Each in words that the paper does not use.
FAR = [
    ("哎 下陆路名排一共装了多少块", "150余块"),
    ("湘西养老院今年23年要添几张给瘫了的老人睡的那种床", "200张"),
]


@pytest.mark.parametrize(("question", "figure"), FAR)
def test_the_likeliest_sentence_is_a_partial_answer_that_has_to_be_checked(
    assistant: Assistant, question: str, figure: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "partial"
    assert figure in answer.text
    assert WORDED_OTHERWISE in answer.warnings
    assert_exact(answer)


def test_it_is_the_first_evidence_shown(assistant: Assistant) -> None:
    question, figure = FAR[0]
    shown = [event for event in assistant.stream(question) if isinstance(event, EvidenceFound)]
    assert figure in shown[-1].evidence[0].text


@pytest.mark.parametrize(
    "question",
    [
        "武汉市路名牌一共装了多少块",  # a place that is not there
        "杨浦区民政局食堂中午吃什么菜",  # nothing near in meaning
        "下陆区养老院一个月收费多少",
        "嵊州2019年发了多少块门牌",  # another year
        "杨浦区今年有多少名护理员离职",
    ],
)
def test_what_nothing_states_stays_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert not answer.citations


def test_what_the_rules_answer_is_not_marked(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦2023年新建社区长者食堂多少家？")
    assert answer.status == "answered"
    assert not answer.warnings


def test_a_traditional_question_gets_the_note_in_its_own_characters(assistant: Assistant) -> None:
    answer = assistant.ask("下陸路名排一共裝了多少塊")
    assert answer.status == "partial"
    assert any("請對照原文" in warning for warning in answer.warnings)
