"""Orders, lines of keywords and bare names are read as the questions that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.assistant import Assistant
from qa.understanding.orders import as_question

QUESTIONS = questions_of("staff/keywords.toml")
REGIONS = ("下陆区", "湘西州", "荆门市", "嵊州市")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("把荆门的主要指标列个表", "荆门的指标有哪些"),
        ("以表格形式列出荆门的低保指标", "荆门的低保指标有哪些"),
        ("各县低保标准都是多少，列出来", "各县低保标准都是多少"),
        ("各地低保标准一览", "各地低保标准分别是多少"),
        ("请帮我写一段关于湘西儿童福利的材料", "介绍一下湘西儿童福利"),
        ("嵊州2021年成绩单", "嵊州2021年取得了哪些成绩"),
        ("给我荆门养老床位的数据", "荆门养老床位是多少"),
        ("火化率哪里最高", "火化率哪个地方最高"),
        ("社工站覆盖率 下陆", "下陆 社工站覆盖率"),
        ("社工人才数 荆门 2020", "荆门 2020 社工人才数"),
        ("低保标准湘西", "湘西低保标准"),
    ],
)
def test_an_order_or_a_line_of_keywords_is_the_question_that_it_stands_for(typed: str, asked: str) -> None:
    assert as_question(typed, REGIONS) == asked


@pytest.mark.parametrize(
    "asked",
    [
        "下陆区2025年护理型床位占比的目标是多少？",
        "荆门的总结报告在哪里",
        "湘西要写哪些材料",
        "谁负责写总结",
        "特困供养标准 对比 荆门 嵊州",
        "申请低保要准备什么材料",
        "长者食堂",
    ],
)
def test_what_is_a_question_already_stays_as_it_was_typed(asked: str) -> None:
    assert as_question(asked, REGIONS) == asked


@pytest.mark.thorough
@pytest.mark.parametrize("question", QUESTIONS, ids=[question["asked"] for question in QUESTIONS])
def test_orders_and_keywords_are_answered_as_a_reader_of_the_papers_would(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    answer = assistant_over(question["library"]).ask(question["asked"])
    assert not faults_of(answer, question), (answer.text, *answer.warnings)
