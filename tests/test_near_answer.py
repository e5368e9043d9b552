"""A refused question's nearest sentence is given for checking, where a model holds it to be what is asked."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact
from doubles import FakeOpenAI

from qa.answer import Answer, EvidenceFound
from qa.assistant import Assistant
from qa.settings import Settings

pytestmark = pytest.mark.usefixtures("nothing_left_over")

# “命名道路14条” says it, in words that share little with the question.
FAR = "嵊州新起的路名多少条"
UNSTATED = "杨浦护理员下班以后坐几路车回家"
SURE, UNSURE, AGAINST = {"是": -0.1, "否": -2.6}, {"否": -0.6, "是": -0.8}, {"否": -0.1, "是": -3.0}


def asked_with(
    worded: Assistant, service: FakeOpenAI, question: str, word: str, likely: dict[str, float]
) -> Answer:
    """The answer to a question that no other wording helps, for whose nearest sentence the model says this."""
    service.reply(question)
    service.reply_word(word, likely)
    return worded.ask(question)


def test_the_nearest_sentence_is_given_as_a_partial_answer_with_what_has_to_be_checked(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI
) -> None:
    assert assistant.ask(FAR).status == "not_found"
    answer = asked_with(worded, service, FAR, "是", SURE)
    assert answer.status == "partial"
    assert "14条" in answer.text
    assert any("模型判断" in warning and "核对" in warning for warning in answer.warnings)
    assert_exact(answer)


def test_the_sentence_that_was_found_so_is_the_first_evidence_shown(
    worded: Assistant, service: FakeOpenAI
) -> None:
    service.reply(FAR)
    service.reply_word("是", SURE)
    shown = [event for event in worded.stream(FAR) if isinstance(event, EvidenceFound)]
    assert len(shown) == 2
    assert "道路14条" in shown[-1].evidence[0].text


@pytest.mark.parametrize(("word", "likely"), [("否", UNSURE), ("否", AGAINST)])
def test_a_model_that_is_not_sure_leaves_the_refusal_as_it_is(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI, word: str, likely: dict[str, float]
) -> None:
    answer = asked_with(worded, service, FAR, word, likely)
    assert answer.status == "not_found"
    assert answer.text == assistant.ask(FAR).text
    assert not answer.warnings


@pytest.mark.parametrize(
    ("word", "status"), [("是", "partial"), ("否", "not_found"), ("不好说", "not_found")]
)
def test_a_service_that_tells_no_odds_is_taken_at_its_word(
    worded: Assistant, service: FakeOpenAI, word: str, status: str
) -> None:
    service.reply(FAR)
    service.reply(word)
    assert worded.ask(FAR).status == status


def test_a_service_that_refuses_to_tell_odds_is_asked_for_the_word_alone(
    worded: Assistant, service: FakeOpenAI
) -> None:
    service.reply(FAR)
    service.fail(400, "logprobs are not supported with this model")
    service.reply("是")
    assert worded.ask(FAR).status == "partial"
    assert "logprobs" not in service.requests[-1].body


def test_a_model_that_fails_leaves_the_refusal_and_is_told_of(worded: Assistant, service: FakeOpenAI) -> None:
    service.reply(FAR)
    service.fail(500)
    answer = worded.ask(FAR)
    assert answer.status == "not_found"
    assert any("没有能请模型看最接近的原文" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    "question",
    [
        "杨浦一辆救护车配几个护士",  # nothing near says enough of it
        "杨浦今年三家智慧养老院分别叫什么名字",  # names have to stand in a sentence themselves
    ],
)
def test_a_model_is_not_asked_about_what_says_too_little(
    worded: Assistant, service: FakeOpenAI, question: str
) -> None:
    service.reply(question)
    before = len(service.requests)
    assert worded.ask(question).status == "not_found"
    assert len(service.requests) == before + 1  # for other words only


def test_the_model_is_sent_the_same_beginning_and_the_sentence_as_data(
    worded: Assistant, service: FakeOpenAI
) -> None:
    asked_with(worded, service, FAR, "否", AGAINST)
    *beginning, last = service.requests[-1].body["messages"]
    assert last["content"].startswith(f"问：{FAR}\n文：")
    assert "道路14条" in last["content"]
    asked_with(worded, service, UNSTATED, "否", AGAINST)
    assert service.requests[-1].body["messages"][:-1] == beginning
    assert {said["content"] for said in beginning if said["role"] == "assistant"} == {"是", "否"}


@pytest.mark.model
def test_the_local_model_tells_the_sentence_that_answers_from_one_that_is_only_near(
    seeds_settings: Settings,
) -> None:
    with Assistant.open(seeds_settings.model_copy(update={"llm": "local"})) as assistant:
        found = assistant.ask("嵊州撵散了多少家不合法的社会组织")
        assert "17家" in found.text
        assert assistant.ask("杨浦社区长者食堂一顿饭收多少钱").status == "not_found"
