"""A refusal names the nearest thing found, where it stands and why it is no answer, and gives none of its figures."""

from __future__ import annotations

import re

import pytest

from qa.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "says", "never"),
    [
        (
            "杨浦区2022年新增养老床位多少张？",
            ["新增养老床位", "2023年", "不是2022年", "优化养老设施空间布局"],
            "360",
        ),
        ("荆门市2018年的城市低保标准是多少？", ["城市低保", "不是2018年"], "770"),
        ("下陆敬老院的院长是谁？", ["下陆敬老院", "没有写负责人"], "16"),
        ("杨浦新建的7家社区长者食堂分别在哪个街道？", ["社区长者食堂7家", "没有写地址"], "360"),
        ("下陆区康养中心项目总投资多少？", ["康养中心", "没有写所问的数"], "500"),
    ],
)
def test_the_nearest_thing_is_named_with_its_section_and_the_reason(
    assistant: Assistant, question: str, says: list[str], never: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert all(words in answer.text for words in [*says, "不能当作答案"])
    assert never not in answer.text


def test_the_passage_of_the_nearest_thing_comes_first_among_the_evidence(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦区2022年新增养老床位多少张？")
    assert "新增养老床位360张" in answer.evidence[0].text


def test_other_places_whose_documents_state_it_are_named_without_their_figures(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦区最低生活保障标准是多少？")
    assert answer.status == "not_found"
    assert "嵊州市" in answer.text
    assert "890" not in answer.text


def test_nothing_is_called_near_that_is_about_something_else(assistant: Assistant) -> None:
    answer = assistant.ask("荆门市2020年地铁通车里程是多少？")
    assert answer.status == "not_found"
    assert "最接近" not in answer.text


def test_an_opinion_is_refused_as_such(assistant: Assistant) -> None:
    answer = assistant.ask("你觉得下陆和杨浦哪个养老搞得更好？")
    assert answer.status == "not_found"
    assert "评价" in answer.text


def test_what_was_not_found_is_named_in_words_and_not_in_single_characters(assistant: Assistant) -> None:
    text = assistant.ask("嵊州路上那种牌子，号，牌子，23年装了几块").text
    named = re.findall(r"没有找到“([^”]*)”", text)
    words = named[0].removeprefix("2023年").split("、") if named else []
    assert words
    assert all(len(word) > 1 for word in words)
    assert len(set(words)) == len(words)
