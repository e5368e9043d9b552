"""A question that found nothing is asked again in a model's words, if these still ask the same."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact
from doubles import FakeOpenAI

from qa.answer import Answer, EvidenceFound
from qa.assistant import Assistant
from qa.drafting.paraphrasing import asks_the_same
from qa.settings import Settings
from qa.understanding.question import understand

SPOKEN = "杨浦要帮多少户老人把家里拾掇得好住"
OFFICIAL = "杨浦完成居家环境适老化改造多少户"
UNSTATED = "杨浦护理员每周休息几天"


def asks_for_something(text: str) -> bool:
    return any(word in text for word in ("多少", "几", "什么", "啥", "谁", "哪"))


def rewordings(service: FakeOpenAI) -> list[list[dict[str, str]]]:
    """The messages of each request for other words, oldest first."""
    asked = [request.body["messages"] for request in service.requests]
    return [messages for messages in asked if "改写" in messages[0]["content"]]


def asked_with(worded: Assistant, service: FakeOpenAI, question: str, reply: str) -> tuple[Answer, int]:
    """The answer to a question for whose rewording this reply is queued, and how often the model was asked for one."""
    before = len(rewordings(service))
    service.reply(reply)
    service.reply("否")  # to whether the nearest sentence says what is asked, see test_near_answer.py
    answer = worded.ask(question)
    service._behaviours.clear()
    return answer, len(rewordings(service)[before:])


def test_a_refused_question_is_answered_in_the_words_that_a_model_puts_it_in(
    worded: Assistant, assistant: Assistant, service: FakeOpenAI
) -> None:
    assert assistant.ask(SPOKEN).status == "not_found"
    answer, times = asked_with(worded, service, SPOKEN, OFFICIAL)
    assert (answer.status, times) == ("answered", 1)
    assert "300户" in answer.text
    assert answer.question == OFFICIAL
    assert any("改写" in warning and "核对" in warning for warning in answer.warnings)
    assert_exact(answer)


def test_the_evidence_shown_is_that_of_the_other_words(worded: Assistant, service: FakeOpenAI) -> None:
    service.reply(OFFICIAL)
    shown = [event for event in worded.stream(SPOKEN) if isinstance(event, EvidenceFound)]
    assert [event.question for event in shown] == [SPOKEN, OFFICIAL]
    assert "300户" in shown[-1].evidence[0].text


def test_the_model_is_sent_the_same_beginning_for_every_question(
    worded: Assistant, service: FakeOpenAI
) -> None:
    asked_with(worded, service, SPOKEN, OFFICIAL)
    *beginning, question = rewordings(service)[-1]
    asked_with(worded, service, UNSTATED, UNSTATED)
    assert rewordings(service)[-1][:-1] == beginning
    assert question == {"role": "user", "content": SPOKEN}
    # Each example is a question and its rewording.
    assert [said["role"] for said in beginning] == ["system", *["user", "assistant"] * (len(beginning) // 2)]
    assert all(asks_for_something(said["content"]) for said in beginning[1:])


@pytest.mark.parametrize("reply", ["杨浦护理员每周轮休是多少天", UNSTATED, "不知道。", "。"])
def test_a_question_stays_refused_where_other_words_find_nothing_either(
    worded: Assistant, service: FakeOpenAI, reply: str
) -> None:
    answer, times = asked_with(worded, service, UNSTATED, reply)
    assert (answer.status, times) == ("not_found", 1)
    assert answer.question == UNSTATED
    assert not answer.citations
    assert not answer.warnings


def test_a_model_that_fails_leaves_the_refusal_and_is_told_of(worded: Assistant, service: FakeOpenAI) -> None:
    service.fail(500)
    answer = worded.ask(SPOKEN)
    assert answer.status == "not_found"
    assert any("没有能请模型换一种说法" in warning for warning in answer.warnings)


@pytest.mark.parametrize(
    "question",
    [
        "武汉市养老床位有多少张",  # a place that is not there: no words will bring its papers
        "杨浦的养老工作做得好不好",  # a judgement
        "下陆区2025年护理型床位占比的目标是多少？",  # answered as it is
        "How many smart nursing homes will Yangpu build in 2023?",  # answered, and English
    ],
)
def test_a_model_is_not_asked_where_other_words_cannot_help(
    worded: Assistant, service: FakeOpenAI, question: str
) -> None:
    before = len(service.requests)
    worded.ask(question)
    assert len(service.requests) == before


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        ("杨浦今年添了几张老人床", "杨浦2023年新增养老床位多少张"),  # a year that was not asked for
        ("杨浦2023年添了几张老人床", "杨浦新增养老床位多少张"),
        ("杨浦添了几张老人床", "嵊州新增养老床位多少张"),
        ("杨浦添了几张老人床", "新增养老床位多少张"),
        ("杨浦添了几张老人床", "杨浦新增养老机构多少家"),
        ("杨浦添几张老人床", "杨浦新增养老床位360张"),
        ("杨浦哪些老人领不到补贴", "杨浦哪些老年人领取补贴"),
        ("杨浦哪些没人管的老人没领到补贴", "杨浦哪些特困老年人领取补贴"),
        ("杨浦多大岁数能领80元", "杨浦多大岁数能领取高龄津贴"),
        ("下陆为啥要修公墓", "下陆建设公益性公墓的政策依据是什么"),
        ("下陆福利院归谁管", "下陆福利院有哪些服务"),
        ("杨浦“银龄安居”改了几户", "杨浦居家适老化改造多少户"),
        ("杨浦目标是改几户人家", "杨浦已完成居家适老化改造多少户"),
    ],
)
def test_other_words_that_ask_something_else_are_not_taken(
    assistant: Assistant, asked: str, other: str
) -> None:
    assert not asks_the_same(understand(asked, assistant.documents), understand(other, assistant.documents))


@pytest.mark.parametrize(
    ("asked", "other"),
    [
        (SPOKEN, OFFICIAL),
        ("杨浦2023年添了几张老人床", "杨浦区2023年新增养老床位多少张"),
        ("下陆怎么防止捐的钱被乱花", "下陆区如何加强慈善资金监管"),
        ("湘西没爹没妈的娃一个月发多少钱", "湘西孤儿基本生活费每人每月多少元"),
        ("嵊州撵散了多少家不合法的社会组织", "嵊州市清理非法社会组织的家数"),
        ("下陆火化不收钱的有哪些人", "下陆区免除火化费用的对象有哪些"),
    ],
)
def test_official_words_for_the_same_thing_are_taken(assistant: Assistant, asked: str, other: str) -> None:
    assert asks_the_same(understand(asked, assistant.documents), understand(other, assistant.documents))


@pytest.mark.model
def test_the_local_model_finds_official_words_and_no_answer_to_what_is_not_stated(
    seeds_settings: Settings,
) -> None:
    with Assistant.open(seeds_settings.model_copy(update={"llm": "local"})) as assistant:
        found = assistant.ask("杨浦新开几个老人吃饭的地方")
        assert "7家" in found.text
        assert found.question != "杨浦新开几个老人吃饭的地方"
        refused = assistant.ask("杨浦社区长者食堂一顿饭收多少钱")
        assert refused.status == "not_found"
