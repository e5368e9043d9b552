"""An English question that found nothing is asked again in a model's Chinese, if that still asks about the same."""

from __future__ import annotations

import re

import pytest
from answer_parts import assert_exact
from doubles import FakeOpenAI

from qa.assistant import Assistant
from qa.drafting.second_look import beginnings
from qa.drafting.translating import messages

pytestmark = pytest.mark.usefixtures("nothing_left_over")

ENGLISH = "How many new dinner halls will Yangpu set up for its seniors in 2023?"
CHINESE = "杨浦区2023年新建社区长者食堂多少家？"
SAID = "甲市2023年新建社区长者食堂多少家？"
SENTENCES = 2


def translated_to(service: FakeOpenAI, reply: str) -> None:
    """Queue a model that holds none of the nearest sentences to answer, and puts the question into Chinese so."""
    for _ in range(SENTENCES):
        service.reply_word("否", {"否": -0.1, "是": -3.0})
    service.reply(reply)


def test_a_refused_english_question_is_answered_in_english_through_a_models_chinese(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI
) -> None:
    assert assistant.ask(ENGLISH).status == "not_found"
    translated_to(service, SAID)
    answer = worded.ask(ENGLISH)
    assert answer.status == "answered"
    assert "新建社区长者食堂7家" in answer.text
    assert answer.text.startswith("Yangpu District (2023)")
    assert answer.question == CHINESE
    assert any("translation" in warning and "check" in warning for warning in answer.warnings)
    assert_exact(answer)


def test_the_model_is_given_a_name_that_it_knows_for_the_place_behind_the_same_examples(
    worded: Assistant, service: FakeOpenAI
) -> None:
    translated_to(service, "。")
    worded.ask(ENGLISH)
    *beginning, last = service.requests[-1].body["messages"]
    assert "甲市" in last["content"]
    assert not re.search("Yangpu|杨浦", last["content"])
    assert [said["role"] for said in beginning] == ["system", *["user", "assistant"] * (len(beginning) // 2)]


@pytest.mark.parametrize(
    "reply",
    [
        "甲市2022年新建社区长者食堂多少家？",  # another year
        "嵊州市2023年新建社区长者食堂多少家？",  # another place
        "2023年新建社区长者食堂多少家？",  # none
        "甲市2023年新建社区长者食堂7家在哪里？",  # a figure that was not asked with, and another kind of question
        "How many dining halls?",
        "。",
    ],
)
def test_a_translation_that_asks_about_something_else_is_not_taken(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI, reply: str
) -> None:
    translated_to(service, reply)
    answer = worded.ask(ENGLISH)
    assert answer.status == "not_found"
    assert answer.text == assistant.ask(ENGLISH).text
    assert not answer.warnings


def test_the_nearest_sentence_is_looked_at_where_the_translation_finds_nothing_either(
    worded: Assistant, service: FakeOpenAI
) -> None:
    translated_to(service, "甲市2023年新开张的老人吃饭的社区食堂几家？")
    service.reply_word("是", {"是": -0.1, "否": -3.0})
    answer = worded.ask(ENGLISH)
    assert answer.status == "partial"
    assert "食堂7家" in answer.text
    assert any("a model holds this sentence" in warning for warning in answer.warnings)


def test_a_model_that_fails_leaves_the_refusal_and_is_told_of(worded: Assistant, service: FakeOpenAI) -> None:
    service.fail(500)
    answer = worded.ask(ENGLISH)
    assert answer.status == "not_found"
    assert any("could not be asked about the question" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    "question",
    [
        "How many nursing beds does Wuhan have?",  # a place that is not there
        "How many smart nursing homes will Yangpu build in 2023?",  # answered as it is
    ],
)
def test_a_model_is_not_asked_where_a_translation_cannot_help(
    worded: Assistant, service: FakeOpenAI, question: str
) -> None:
    before = len(service.requests)
    worded.ask(question)
    assert len(service.requests) == before


def test_what_a_translation_begins_with_is_computed_before_somebody_waits() -> None:
    assert messages("Question")[:-1] in [begun[:-1] for begun in beginnings()]
