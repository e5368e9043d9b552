"""Asked what is wrong in a paper, an answer lists the places that a careful reader doubts, and says so where there are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.assistant import Assistant

AssistantOver = Callable[[str], Assistant]


@pytest.mark.parametrize(
    "asked",
    ["荆门规划哪些数字前后对不上", "荆门规划正文和表格有哪些地方不一致", "荆门的文件有没有自相矛盾的地方"],
)
def test_places_that_disagree_are_listed_each_pair_once_with_both_places_cited(
    assistant_over: AssistantOver, asked: str
) -> None:
    answer = assistant_over("seeds").ask(asked)
    lines = [line for line in answer.text.splitlines() if line.startswith("- ")]
    assert len(lines) == 4
    assert all(line.count("[") == 2 for line in lines)
    assert "“节地生态安葬率达到25%”与另一处“节地生态安葬率：2020年目标值26”不一致" in answer.text
    assert len(answer.warnings) == 4


def test_damaged_figures_come_with_their_reason_and_what_is_left_out_is_counted(
    assistant_over: AssistantOver,
) -> None:
    answer = assistant_over("seeds").ask("下陆的数据有什么问题")
    assert "存疑的有16处" in answer.text
    assert "“发放低保金123959万元”：疑似缺小数点" in answer.text
    assert "另有4处没有列出。" in answer.text


@pytest.mark.thorough
def test_of_a_paper_without_doubtful_places_it_is_said_that_none_were_found(
    assistant_over: AssistantOver,
) -> None:
    answer = assistant_over("registers").ask("武义的材料有没有错误")
    assert "没有发现前后不一致或数字可疑的地方" in answer.text
    assert not answer.citations


def test_without_a_place_every_paper_is_gone_through(assistant_over: AssistantOver) -> None:
    answer = assistant_over("seeds").ask("各地文件有没有前后矛盾的数字")
    assert {citation.document[:3] for citation in answer.citations} >= {"000", "001", "003", "004"}


@pytest.mark.parametrize("asked", ["下陆规划存在哪些问题", "荆门十三五民政发展面临哪些困难"])
def test_problems_of_the_work_are_no_doubts_about_the_paper(
    assistant_over: AssistantOver, asked: str
) -> None:
    assert "请向发文单位核实" not in assistant_over("seeds").ask(asked).text
