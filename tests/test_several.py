"""Several questions in one: each is answered, and what has no answer is named."""

from __future__ import annotations

import pytest

from qa import Assistant


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("2021年嵊州排查了多少家开放式寺庙？丧葬墓碑加工的查了几家、整改了几家？", ["22家", "32家", "11家"]),
        ("荆门2020年城市低保目标多少，农村呢，福利彩票销量又是多少", ["770元", "4000元", "21亿元"]),
        ("下陆现有多少张养老床位？备案的社区社会组织有几家？", ["1216张", "171家"]),
        ("杨浦2023年要建几家智慧养老院，新增多少张养老床位", ["3家", "360张"]),
    ],
)
def test_every_part_of_a_question_is_answered(
    assistant: Assistant, question: str, figures: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    for figure in figures:
        assert figure in answer.text


def test_a_part_without_an_answer_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦2023年新增多少张养老床位？结婚登记办了多少对？")
    assert "360张" in answer.text
    assert "结婚登记办了多少对”：没有找到" in answer.text
    assert answer.status == "partial"


def test_parts_that_one_sentence_answers_are_answered_by_it_once(assistant: Assistant) -> None:
    answer = assistant.ask("下陆区持证社工有多少名，其中助理社工师多少名")
    assert len(answer.citations) == 1
    assert "78名" in answer.text
    assert "71名" in answer.text
