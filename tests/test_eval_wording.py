"""Which wordings are the same to the evaluation, and which only look alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.wording import canonical, figures, numbers, states, visible_length, years


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("为期三个月", "3个月"),
        ("为期 3 个月", "三个月"),
        ("占百分之五", "5%"),
        ("占５％", "百分之五"),
        ("达到百分之百", "100%"),
        ("提高百分之九十五点五", "95.5%"),
        ("投入1.2万元", "12000元"),
        ("投入12,000元", "1.2万元"),
        ("共计1,200,其中城市", "1200"),
        ("一亿两千万元", "1.2亿元"),
        ("一千零五十人", "1050人"),
        ("二〇二五年", "2025年"),
        ("比例为60.0%", "60%"),
        ("改建两个站点", "2个"),
        ("①3家养老院", "3家"),
        ("面积30㎡", "30平方米"),
        ("“十四五”规划", "十四五规划"),
        ("保基本、兜底线", "保基本，兜底线"),
        ("2021—2025年", "2021-2025年"),
        ("3A级（示范）", "3a级(示范)"),
    ],
)
def test_the_same_said_in_another_way_is_recognised(text: str, wording: str) -> None:
    assert states(text, wording)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("建设13家", "3家"),
        ("建设33家", "3家"),
        ("建设十三家", "三家"),
        ("增长0.3家", "3家"),
        ("达到2100%", "100%"),
        ("达到100.5%", "100%"),
        ("提高3.100%", "100%"),
        ("资金10396万元", "10396元"),
        ("资金100万", "100"),
        ("为期3个月", "3个"),
        ("提高3个百分点", "3个"),
        ("服务3万人次", "3万人"),
        ("3个", "3家"),
        ("目标为5", "5%"),
        ("2016年 7月", "67月"),
        ("序号\n3\n100%", "3100%"),
        ("“十四五”时期", "14"),
        ("十四五家", "5家"),
        ("一万二", "10002"),
        ("一百二", "102"),
    ],
)
def test_another_number_or_another_unit_is_not_the_same(text: str, wording: str) -> None:
    assert not states(text, wording)


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_number_matches_itself_and_no_other(one: int, other: int) -> None:
    assert states(f"共{one}家。", f"{other}家") == (one == other)
    assert states(f"共{one:,}家。", f"{one}家")


@given(st.text())
def test_any_text_states_itself_between_other_text(text: str) -> None:
    assert states(f"答：{text}。", text)


def test_markers_table_bars_and_layout_are_not_length() -> None:
    assert visible_length("> 建设**3家**[1]\n\n| 指标 | 值 |\n|---|:--:|\n| 覆盖率 | 100 |") == len(
        "建设3家指标值覆盖率100"
    )
    assert visible_length(">30平方米") == len(">30平方米")  # here the sign states something


def test_figures_are_numbers_in_digits_and_shares() -> None:
    assert sorted(figures("1. 一是投入1.2万元[2]，占百分之五\n2. 进一步落实五保")) == [5, 12000]


def test_support_counts_chinese_numerals_and_units_in_table_cells() -> None:
    assert {3, 25000} <= numbers("三家，两万五千人")
    assert 400000 in numbers("| 社会组织人员 | 万人 | 40 |")
    assert 400000 not in numbers("| 社会组织人员 | 人 | 40 |")


def test_chinese_numerals_that_are_no_number_stay_as_they_are() -> None:
    assert canonical("十四五期间三四家") == "十四五期间三四家"


def test_years_are_those_named_and_the_ends_of_five_year_plans() -> None:
    assert years("2021—2025年，2000张，12019年；“十四五”") == {2021, 2025}
    assert years("“十三五”末") == {2016, 2020}
