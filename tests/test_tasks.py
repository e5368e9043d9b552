"""Lists of tasks in running text: whose each is and by when it is due, and what is asked of such a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.answer import Turn
from qa.assistant import Assistant
from vectorstore.folding import folded
from vectorstore.structure import blocks_of
from vectorstore.tasks import tasks_of

_LIST = """一、养老服务
1.新建老年食堂20个，每个补助5万元。
责任单位：养老服务科，各乡镇（街道）；完成时限：10月底前。
2.完善服务网络
责任单位：民政局
配合单位：财政局、卫健局
（三）改造敬老院3所。（牵头单位：民政局；完成时间：长期）
4.普通的一段话。
"""


def _told(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (text[t.start : t.end], [(f.role, text[f.start : f.end]) for f in t.fields])
        for t in tasks_of(folded(text))
    ]


def test_what_stands_below_or_behind_a_task_says_whose_it_is_and_by_when() -> None:
    assert _told(_LIST) == [
        (
            "1.新建老年食堂20个，每个补助5万元",
            [("doer", "养老服务科，各乡镇（街道）"), ("due", "10月底前")],
        ),
        ("2.完善服务网络", [("doer", "民政局"), ("helper", "财政局、卫健局")]),
        ("（三）改造敬老院3所", [("doer", "民政局"), ("due", "长期")]),
    ]


def test_a_text_without_labels_holds_no_tasks() -> None:
    assert _told("由县民政局牵头，财政局配合。完成时限要求较紧。\n") == []


def test_a_line_of_labels_stands_in_one_paragraph_with_its_task() -> None:
    texts = [_LIST[block.start : block.end] for block in blocks_of(_LIST)]
    assert (
        "1.新建老年食堂20个，每个补助5万元。\n责任单位：养老服务科，各乡镇（街道）；完成时限：10月底前。"
        in texts
    )


def test_a_title_stays_the_heading_of_the_labels_below_it() -> None:
    sections = {block.section for block in blocks_of(_LIST) if "配合单位" in _LIST[block.start : block.end]}
    assert sections == {("一、养老服务", "2.完善服务网络")}


thorough = pytest.mark.thorough


@thorough
@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        ("永嘉残联配合的任务有哪些", ["适老化改造"], ["行政区划"]),
        ("永嘉办公室牵头的工作有哪些", ["智慧养老平台", "十五五"], ["适老化"]),
        ("永嘉儿童福利科负责几项任务", ["共2项", "孤儿"], ["婚姻"]),
        ("永嘉适老化改造由谁配合", ["县住建局、县残联"], []),
        ("永嘉节地生态公墓什么时候建成", ["12月底前"], []),
        ("永嘉社会组织等级评估的责任科室是哪个", ["社会组织管理科"], []),
    ],
)
def test_a_list_of_tasks_is_asked_for_its_units_and_dates(
    assistant_over: Callable[[str], Assistant], asked: str, holds: list[str], lacks: list[str]
) -> None:
    answer = assistant_over("reports").ask(asked)
    assert answer.status == "answered"
    assert all(word in answer.text for word in holds), answer.text
    assert not any(word in answer.text for word in lacks), answer.text


@thorough
def test_a_follow_up_asks_whose_the_task_is_that_was_quoted(
    assistant_over: Callable[[str], Assistant],
) -> None:
    assistant = assistant_over("reports")
    first = "永嘉新增多少持证养老护理员"
    history = [Turn(first, assistant.ask(first).text)]
    assert "养老服务科" in assistant.ask("哪个科室负责", history=history).text


@thorough
def test_a_unit_that_has_no_task_gets_none(assistant_over: Callable[[str], Assistant]) -> None:
    assert "牵头的任务" not in assistant_over("reports").ask("永嘉县教育局牵头的任务有哪些").text
