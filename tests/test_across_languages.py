"""A refused English question is held against the sentences nearest to it across languages; a model says which answers."""

from __future__ import annotations

import re

import pytest
from answer_parts import assert_exact
from doubles import FakeOpenAI

from qa.answer import EvidenceFound
from qa.assistant import Assistant

pytestmark = pytest.mark.usefixtures("nothing_left_over")

# In words that no dictionary leads to, and too near to several sentences to be found by meaning alone.
ENGLISH = "How many kids without breadwinners did Shengzhou keep afloat in 2021?"
SURE, LESS_SURE, AGAINST = (
    ("是", {"是": -0.1, "否": -2.6}),
    ("是", {"是": -0.2, "否": -1.7}),
    ("否", {"否": -0.1, "是": -3.0}),
)


def shown_to(service: FakeOpenAI, first: int) -> list[str]:
    """The sentences that the model was shown, of its requests from `first` on."""
    asked = [request.body["messages"][-1]["content"] for request in service.requests[first:]]
    return [said.split("”：", 1)[1].rstrip("。；;") for said in asked if "”：" in said]


@pytest.mark.parametrize("surest", [0, 1])
def test_the_sentence_that_the_model_is_surest_of_is_given_as_a_partial_answer_to_be_checked(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI, surest: int
) -> None:
    assert assistant.ask(ENGLISH).status == "not_found"
    before = len(service.requests)
    for number in range(2):
        service.reply_word(*(SURE if number == surest else LESS_SURE))
    answer = worded.ask(ENGLISH)
    shown = shown_to(service, before)
    assert answer.status == "partial"
    assert [citation.quote.rstrip("。；;") for citation in answer.citations] == [shown[surest]]
    assert any("a model holds this sentence" in warning for warning in answer.warnings)
    assert_exact(answer)


def test_what_it_is_shown_is_of_the_place_and_has_a_figure_and_the_question_stays_in_english(
    worded: Assistant, service: FakeOpenAI
) -> None:
    before = len(service.requests)
    for _ in range(2):
        service.reply_word(*SURE)
    worded.ask(ENGLISH)
    asked = [request.body["messages"][-1]["content"] for request in service.requests[before:]]
    assert len(asked) == 2
    assert all("嵊州" in said and ENGLISH in said for said in asked)
    assert all(re.search(r"\d|[一二三四五六七八九十]", shown) for shown in shown_to(service, before))


def test_the_sentence_that_was_found_so_is_the_first_evidence_shown(
    worded: Assistant, service: FakeOpenAI
) -> None:
    before = len(service.requests)
    for likely in (SURE, AGAINST):
        service.reply_word(*likely)
    events = [event for event in worded.stream(ENGLISH) if isinstance(event, EvidenceFound)]
    assert len(events) == 2
    assert shown_to(service, before)[0] in events[-1].evidence[0].text


def test_who_somebody_is_has_to_stand_in_the_words_that_are_found_and_no_model_is_asked_for_it(
    worded: Assistant, service: FakeOpenAI
) -> None:
    before = len(service.requests)
    worded.ask("Who will teach theory in Yangpu's double mentor scheme?")
    assert len(service.requests) == before


def test_the_refusal_stays_where_the_model_is_sure_of_none(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI
) -> None:
    for _ in range(2):
        service.reply_word(*AGAINST)
    answer = worded.ask(ENGLISH)
    assert answer.status == "not_found"
    assert answer.text == assistant.ask(ENGLISH).text
    assert not answer.warnings


@pytest.mark.parametrize(
    "question",
    [
        "How many nursing beds does Wuhan have?",  # a place that is not there
        "How many smart nursing homes will Yangpu build in 2023?",  # answered as it is
    ],
)
def test_a_model_is_not_asked_where_no_sentence_can_help(
    worded: Assistant, service: FakeOpenAI, question: str
) -> None:
    before = len(service.requests)
    worded.ask(question)
    assert len(service.requests) == before


def test_a_model_that_fails_leaves_the_refusal_and_is_told_of(worded: Assistant, service: FakeOpenAI) -> None:
    service.reply_word(*AGAINST)
    service.fail(500)
    answer = worded.ask(ENGLISH)
    assert answer.status == "not_found"
    assert any("could not be asked about the question" in warning for warning in answer.warnings)
