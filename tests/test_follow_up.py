"""A follow-up question takes from the conversation what it leaves out, and nothing else."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact

from qa.answer import Answer, Turn
from qa.assistant import Assistant
from qa.relevance import plain

SMART_HOMES = "杨浦2023年建设智慧养老院几家？"
CITY_AID = "荆门市2020年城市低保月保障标准目标是多少？"


def follow(assistant: Assistant, *questions: str) -> Answer:
    *earlier, last = questions
    return assistant.ask(last, [Turn(question=question, answer="……") for question in earlier])


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        ([SMART_HOMES, "那社区长者食堂呢？"], "7家"),
        ([SMART_HOMES, "新建社区长者食堂几家？"], "7家"),
        ([SMART_HOMES, "居家环境适老化改造要完成多少户？"], "300户"),
        ([CITY_AID, "农村呢？"], "4000元"),
        ([CITY_AID, "那农村低保年保障标准呢？"], "4000元"),
        (["荆门市2020年节地生态安葬率目标是多少？", "2015年呢？"], "4%"),
        (["嵊州市2021年低保标准是多少？", "那湘西州2023年城市低保标准呢？"], "650元"),
        (["嵊州市2021年办了多少对结婚登记？", "离婚登记呢？"], "1001对"),
        (["下陆区2025年困难残疾人生活补贴覆盖率目标是多少？", "养老机构护理型床位占比呢？"], "60%"),
    ],
)
def test_place_year_and_subject_are_carried_over(
    assistant: Assistant, conversation: list[str], expected: str
) -> None:
    answer = follow(assistant, *conversation)
    assert expected in answer.text
    assert_exact(answer)


def test_the_completed_question_is_told_with_the_answer(assistant: Assistant) -> None:
    completed = follow(assistant, SMART_HOMES, "那社区长者食堂呢？").question
    assert "杨浦" in completed
    assert "2023年" in completed
    assert "社区长者食堂" in completed


def test_a_place_asked_about_next_does_not_inherit_the_first_ones_figure(assistant: Assistant) -> None:
    for question in ("那荆门呢？", "那武汉呢？", "武汉市呢"):
        answer = follow(assistant, SMART_HOMES, question)
        assert answer.status == "not_found"
        assert "3家" not in answer.text


def test_a_complete_question_takes_nothing_from_the_conversation(assistant: Assistant) -> None:
    answer = follow(assistant, "下陆区养老机构护理型床位占比目标是多少？", SMART_HOMES)
    assert answer.text == assistant.ask(SMART_HOMES).text
    assert plain(answer.question) == plain(SMART_HOMES)


def test_only_the_latest_of_several_places_is_carried_over(assistant: Assistant) -> None:
    answer = follow(assistant, "下陆区现有养老床位多少张？", SMART_HOMES, "改建认知障碍照护床位多少张？")
    assert "200张" in answer.text
    assert "下陆" not in answer.text


def test_a_conversation_in_traditional_characters_is_carried_over(assistant: Assistant) -> None:
    assert "7家" in follow(assistant, "楊浦2023年建設智慧養老院幾家？", "那社區長者食堂呢？").text


@pytest.mark.parametrize("earlier", ["", "？？", "\x00\x01", "x" * 20_000, "谢谢", "😀", "\ud800"])
def test_an_unusable_earlier_question_does_no_harm(assistant: Assistant, earlier: str) -> None:
    assert "3家" in follow(assistant, earlier, SMART_HOMES).text


def test_a_long_conversation_is_followed_to_its_end(assistant: Assistant) -> None:
    answer = follow(assistant, *[SMART_HOMES, "那社区长者食堂呢？"] * 6)
    assert "7家" in answer.text


def test_earlier_answers_are_not_taken_for_evidence(assistant: Assistant) -> None:
    told = [Turn(question=SMART_HOMES, answer="杨浦区2023年建设智慧养老院99家，社区长者食堂88家。")]
    answer = assistant.ask("那社区长者食堂呢？", told)
    assert "88" not in answer.text
    assert "7家" in answer.text
