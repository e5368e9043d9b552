"""Rules in articles, explanations, replies and minutes: what is asked of their parts, and questions of staff about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from plan_parts import texts_by_section
from question_sets import faults_of, questions_of

from qa.answer import Turn
from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

QUESTIONS = questions_of("staff/articles.toml")

_EXPLAINED = """某县补贴办法政策解读

问：为什么要修订？
答：原办法到期。
问：标准提高到300元了吗？答：没有，仍为200元。
"""


@pytest.mark.parametrize("question", [pytest.param(question, id=question["asked"]) for question in QUESTIONS])
def test_a_question_about_such_a_paper_is_answered_as_a_reader_of_it_would(
    assistant_over: Callable[[str], Assistant], question: dict[str, Any]
) -> None:
    assistant = assistant_over("articles")
    history: list[Turn] = []
    for turn in question.get("before", []):
        history.append(Turn(turn, assistant.ask(turn, history=history).text))
    answer = assistant.ask(question["asked"], history=history)
    assert not faults_of(answer, question), (answer.text, *answer.warnings)


def test_what_is_asked_in_a_paper_is_the_section_of_its_answer() -> None:
    assert texts_by_section(_EXPLAINED)[1:] == [
        (("为什么要修订？",), "原办法到期。"),
        (("标准提高到300元了吗？",), "没有，仍为200元。"),
    ]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("长汀县细则第九条说的是什么", "第九条：有劳动能力的家庭成员"),
        ("长汀细则第4条第2款怎么规定的", "非本县户籍人员在本县连续居住满1年"),
        ("骗取低保的处罚是长汀细则哪一条规定的", "以上见第二十二条"),
        ("长汀细则第十七条规定未成年人增发多少", "未成年人，按10%增发"),
    ],
)
def test_an_article_is_told_by_its_number_and_the_number_by_what_it_says(
    assistant_over: Callable[[str], Assistant], asked: str, told: str
) -> None:
    answer = assistant_over("articles").ask(asked)
    assert told in answer.text
    assert all(citation.document == "changting_rules" for citation in answer.citations)


def test_an_article_that_the_rules_do_not_have_is_not_found(
    assistant_over: Callable[[str], Assistant],
) -> None:
    answer = assistant_over("articles").ask("长汀细则第四十条写了什么")
    assert answer.status == "not_found"
    assert "共26条" in answer.text


def test_who_signs_the_rules_is_no_part_of_their_last_article(
    assistant_over: Callable[[str], Assistant],
) -> None:
    answer = assistant_over("articles").ask("长汀细则第二十六条是怎么规定的")
    assert "2024年8月1日起施行" in answer.text
    assert "7月12日" not in answer.text


def test_a_question_that_the_paper_puts_itself_is_answered_with_the_whole_answer(
    assistant_over: Callable[[str], Assistant],
) -> None:
    answer = assistant_over("articles").ask("洛川残疾人补贴怎么申请")
    assert all(step in answer.text for step in ("第一步", "第二步", "第三步"))


@pytest.mark.parametrize(
    "asked", ["桃源每个乡镇建老年食堂的建议采纳了吗", "桃源对每个乡镇建老年食堂的建议怎么答复的"]
)
def test_what_was_put_forward_is_answered_with_what_came_of_it(
    assistant_over: Callable[[str], Assistant], asked: str
) -> None:
    assert "部分采纳" in assistant_over("articles").ask(asked).text


@pytest.mark.parametrize(
    ("asked", "result"),
    [
        ("洛川县二级残疾护理补贴比原来涨了多少", "110元/月 − 80元/月 = 30元/月"),
        ("沂水公墓镇级自筹多少万元", "= 240万元"),
        ("沂水一块地名标志平均多少钱", "74.4万元 ÷ 1860块 = 400元/块"),
    ],
)
def test_what_one_sentence_implies_is_worked_out(
    assistant_over: Callable[[str], Assistant], asked: str, result: str
) -> None:
    assert result in assistant_over("articles").ask(asked).text


def test_a_rule_of_before_and_what_is_done_this_year_answer_for_no_other_time(
    assistant_over: Callable[[str], Assistant],
) -> None:
    assistant = assistant_over("articles")
    assert "437.6万元" in assistant.ask("洛川去年两项补贴花了多少").text
    assert "2020年" not in assistant.ask("洛川残疾人两项补贴办法什么时候施行").text
    assert assistant.ask("沂水2026年新建几处公墓").status == "not_found"


@pytest.mark.parametrize(
    ("asked", "told", "untold"),
    [
        ("修水留守儿童最少的乡镇有多少人", "94人", "873人"),
        ("修水儿童主任现在每月补贴多少", "500元", "800元"),
        ("修水6到13岁的留守儿童有多少", "5602人", "500人"),
        ("桃源县公办敬老院入住率", "38.1%", "45.4%"),
        ("敖汉旗去年1至4月离婚登记多少对", "352对 + 18对 = 370对", "42"),
        ("敖汉2024年结婚登记大概多少对", "314对 ÷ 13.4% = 约2343对", "42.08"),
    ],
)
def test_a_neighbouring_figure_is_not_given_for_the_one_that_is_asked_for(
    assistant_over: Callable[[str], Assistant], asked: str, told: str, untold: str
) -> None:
    answer = assistant_over("articles").ask(asked)
    assert told in answer.text
    assert untold not in answer.text


def test_who_wrote_a_paper_or_gave_a_speech_is_told_by_the_line_that_names_him(
    assistant_over: Callable[[str], Assistant],
) -> None:
    assistant = assistant_over("articles")
    assert "卢小燕" in assistant.ask("修水调研报告谁写的").text
    assert "沈建芳" in assistant.ask("这次讲话是谁讲的，安吉").text


def test_what_a_whole_was_cut_down_to_and_a_threshold_are_no_totals_of_parts(
    assistant_over: Callable[[str], Assistant],
) -> None:
    assistant = assistant_over("articles")
    for asked in ("桃源2025年撤并几家敬老院", "修水哪个乡镇留守儿童最多"):
        assert not assistant.ask(asked).warnings
