"""A figure counts for what it belongs to: which answers say 荆门…8500, and which only look as if they did."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.binding import owners_in, says
from eval.gold import Question, Quote
from eval.metrics import judge
from qa.answer import Answer

WORDINGS = ("荆门…8500", "嵊州…7200")
YEARS = ("2015年…480", "2020年…770")

COMPARISON = Question(
    id="cross-001",
    part="dev",
    kind="comparison",
    documents=("jingmen", "shengzhou"),
    question="荆门和嵊州的救助标准各是多少？",
    reference="荆门8500元，嵊州7200元。",
    points=(("荆门…8500元",), ("嵊州…7200元",)),
    evidence=(Quote("jingmen", "8500元"), Quote("shengzhou", "7200元")),
    forbidden=("荆门…7200", "嵊州…8500", "杨浦…8500"),
)


@pytest.mark.parametrize(
    "text",
    [
        "荆门8500元，嵊州7200元。",
        "荆门市（2016—2020年）：救助标准为8500元。[1]\n嵊州市（2022年）：7200元。[2]",
        "荆门为８５００元/年，比嵊州的7200元高1300元。",
        "荆门、嵊州分别为8500元和7200元。",
        "荆门和嵊州的标准分别是8500元、7200元；都比上年高。",
        "荆门市：\n- 标准8500元\n嵊州市：\n- 标准7200元",
        "### 荆门\n8500元\n### 嵊州\n7200元",
        "| 地区 | 标准 |\n|---|---|\n| 荆门 | 8500 |\n| 嵊州 | 7200 |",
        "| 年份 | 荆门 | 嵊州 |\n|---|---|---|\n| 2020 | 8500 | 7200 |",
        "湖北省荆门市：八千五百元。浙江省嵊州市：七千二百元。",
        "荆门市沙洋县、京山市等地统一为8500元；嵊州7200元。",
    ],
)
def test_figures_at_their_own_places_are_said(text: str) -> None:
    owners = owners_in(WORDINGS)
    assert [says(text, wording, owners) for wording in WORDINGS] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "荆门7200元，嵊州8500元。",
        "荆门、嵊州分别为7200元和8500元。",
        "荆门和嵊州的标准分别是7200元、8500元。",
        "嵊州和荆门分别为8500元和7200元。",
        "荆门市：\n- 标准7200元\n嵊州市：\n- 标准8500元",
        "| 地区 | 标准 |\n|---|---|\n| 荆门 | 7200 |\n| 嵊州 | 8500 |",
        "| 年份 | 荆门 | 嵊州 |\n|---|---|---|\n| 2020 | 7200 | 8500 |",
        "8500元和7200元。",
        "标准是8500元（荆门没有说明），7200元（嵊州没有说明）。",
        "荆门18500元，嵊州720元。",
        "荆门和嵊州分别为8500元、7200元和9000元。",
    ],
)
def test_swapped_loose_or_other_figures_are_not_said(text: str) -> None:
    owners = owners_in(WORDINGS)
    assert [says(text, wording, owners) for wording in WORDINGS] == [False, False]


def test_the_figure_of_a_place_that_no_wording_names_is_not_that_of_the_place_before() -> None:
    assert not says("荆门没有数据。杨浦区为8500元。", "荆门…8500", owners_in(WORDINGS))
    assert says("荆门没有别的数据，为8500元。", "荆门…8500", owners_in(WORDINGS))


def test_a_figure_of_another_year_is_not_said() -> None:
    owners = owners_in(YEARS)
    assert all(says("2015年480元，到2020年达到770元", wording, owners) for wording in YEARS)
    assert not any(says("2015年770元，到2020年达到480元", wording, owners) for wording in YEARS)
    assert all(says("2015年和2020年分别为480元、770元", wording, owners) for wording in YEARS)
    assert not any(says("2015年和2020年分别为770元、480元", wording, owners) for wording in YEARS)
    assert not says("2020年的目标没有写，2018年为770元", "2020年…770", owners)


def test_three_parts_bind_a_figure_to_place_and_year() -> None:
    wording = "荆门…2020年…770元"
    owners = owners_in([wording, "荆门…2015年…480元"])
    assert says("荆门市：2015年480元，2020年770元。", wording, owners)
    assert not says("荆门市：2020年480元，2015年770元。", wording, owners)
    assert not says("嵊州市：2020年770元。", wording, owners)


def test_a_longer_name_for_the_same_owner_is_no_other_owner() -> None:
    owners = owners_in(["城市…480", "农村…2800", "城市低保…480"])
    assert says("城市低保标准480元，农村低保标准2800元", "城市…480", owners)
    assert not says("城市低保标准2800元，农村低保标准480元", "城市…480", owners)


def test_a_wording_without_parts_is_said_anywhere() -> None:
    assert says("共8500元", "8500元")
    assert not says("共18500元", "8500元")


def test_a_comparison_is_right_only_with_each_figure_at_its_place() -> None:
    assert judge(COMPARISON, Answer("荆门8500元，嵊州7200元。", "answered")).right
    swapped = judge(COMPARISON, Answer("荆门7200元，嵊州8500元。", "answered"))
    assert not swapped.right
    assert swapped.missing == COMPARISON.points
    assert swapped.forbidden == ("荆门…7200", "嵊州…8500")


def test_a_forbidden_statement_can_name_the_right_figure_of_a_wrong_place() -> None:
    said = Answer("荆门8500元，嵊州7200元。\n杨浦区：8500元。", "answered")
    assert judge(COMPARISON, said).forbidden == ("杨浦…8500",)
    assert judge(replace(COMPARISON, forbidden=()), said).right


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["，", "；", "\n", "。"]))
def test_two_different_figures_count_at_their_own_places_only(one: int, other: int, between: str) -> None:
    wordings = [f"荆门…{one}元", f"嵊州…{other}元"]
    owners = owners_in(wordings)
    right = f"荆门市{one}元{between}嵊州市{other}元。"
    swapped = f"荆门市{other}元{between}嵊州市{one}元。"
    assert all(says(right, wording, owners) for wording in wordings)
    assert all(says(swapped, wording, owners) == (one == other) for wording in wordings)
