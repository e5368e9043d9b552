"""Questions as people type them: with code before them, with what they do not ask, after a story."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.understanding.in_short import in_short
from qa.understanding.plainly import plainly_asked, question_itself


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("' OR 1=1; DROP TABLE users; -- 嵊州2021年离婚登记多少对", "嵊州2021年离婚登记多少对"),
        ("SELECT * FROM plans WHERE name='x'; 杨浦2023年新增养老床位多少张", "杨浦2023年新增养老床位多少张"),
        ("不是问低保也不是问孤儿，湘西残疾人两项补贴多少", "湘西残疾人两项补贴多少"),
        ("我问的是嵊州2022年新增认知障碍床位多少张", "嵊州2022年新增认知障碍床位多少张"),
        ("推进“互联网+养老”的是哪个；荆门", "推进“互联网+养老”的是哪个；荆门"),
        ("2021--2025年荆门建什么", "2021--2025年荆门建什么"),
        ("不是问低保", "不是问低保"),
    ],
)
def test_what_is_not_asked_is_left_out(typed: str, asked: str) -> None:
    assert question_itself(typed) == asked


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("火化率到没到百分之百", "火化率是否到100%"),
        ("提高了残疾人补贴没有", "提高了残疾人补贴吗?"),
        ("覆盖率是百分之几", "覆盖率是百分之几"),
        ("没到期的有多少", "没到期的有多少"),
    ],
)
def test_whether_it_is_so_is_asked_in_one_way(said: str, plain: str) -> None:
    assert plainly_asked(said) == plain


STORY = (
    "有个老大爷打电话，他住在荆门乡下，孩子都在外头打工，说以前村里干部讲过八十岁有补贴，"
    "想知道十二五期间荆门这个高龄津贴一共发了多少钱"
)


def test_a_long_story_is_put_in_short_with_its_place(assistant: Assistant) -> None:
    forms = in_short(STORY, assistant.documents)
    assert forms
    assert all("荆门" in form and "高龄津贴" in form and "打电话" not in form for form in forms)
    assert in_short("荆门高龄津贴发了多少钱", assistant.documents) == ()
    assert in_short(STORY.replace("荆门", ""), assistant.documents) == ()


def test_a_question_at_the_end_of_a_story_is_answered(assistant: Assistant) -> None:
    assert "6177.26万元" in assistant.ask(STORY).text


def test_a_story_does_not_make_an_answer_of_what_is_not_there(assistant: Assistant) -> None:
    asked = "刚才一个人来咨询，说他爸上个月过世了，家里困难，想问问民政给不给报销，我们是嵊州的，火化费到底收多少钱一个人"
    assert assistant.ask(asked).status == "not_found"


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("嵊州计划提高孤儿基本生活费标准吗", "not_found"),
        ("荆门提高了残疾人补贴没有", "not_found"),
        ("湘西要提高孤儿的生活费标准吗", "answered"),
        ("嵊州2021年出生了多少小孩", "not_found"),
    ],
)
def test_whether_something_is_raised_is_told_of_the_very_group(
    assistant: Assistant, asked: str, status: str
) -> None:
    assert assistant.ask(asked).status == status


def test_a_yes_or_no_about_a_part_of_a_place_is_told_of_that_part(assistant: Assistant) -> None:
    assert "吉首市3A婚姻登记机关" in assistant.ask("吉首是不是要搞3A的婚姻登记处").text


def test_a_year_by_which_something_is_to_be_is_no_span_of_time(assistant: Assistant) -> None:
    answer = assistant.ask("荆门到20年给没父母的孩子准备的床要有多少张")
    assert "540" in answer.text
    assert "计算" not in answer.text
