"""Figures of Chinese text are compared by value and unit, however they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.figures.values import Figure, figures_in

UNITS = ["元", "家", "张", "户", "人", "名", "个", "对", "所", "亩"]


def only(text: str) -> Figure:
    figures = figures_in(text)
    assert len(figures) == 1, figures
    return figures[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.2万元", "12000元"),
        ("12,000元", "12000元"),
        ("６５０元", "650元"),
        ("14.23亿元", "1423000000元"),
        ("5%", "百分之五"),
        ("98.5%", "98.5％"),
        ("100%", "百分之一百"),
        ("三个月", "3个月"),
        ("两家", "2家"),
        ("十二个", "12个"),
        ("一千二百元", "1200元"),
        ("3 家", "3家"),
        ("1216 张", "1216张"),
    ],
)
def test_two_wordings_of_one_figure_agree(one: str, other: str) -> None:
    assert only(one).agrees_with(only(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("3家", "7家"),
        ("3家", "3张"),
        ("1.2万元", "1.2亿元"),
        ("650元", "650%"),
        ("10%", "10个百分点"),
        ("1079户", "1097户"),
        ("0.5万人", "5万人"),
        ("五家", "三家"),
    ],
)
def test_figures_that_differ_in_value_or_unit_disagree(one: str, other: str) -> None:
    assert not only(one).agrees_with(only(other))


def test_a_figure_without_a_unit_agrees_with_any_unit_as_in_a_table_cell() -> None:
    assert only("770").agrees_with(only("770元"))
    assert not only("770").agrees_with(only("480元"))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("投入五万元", 50_000, "元"),
        ("投入五百万元", 5_000_000, "元"),
        ("总投资两亿元", 200_000_000, "元"),
        ("标准为一万两千元", 12_000, "元"),
        ("约三千五百户", 3_500, "户"),
    ],
)
def test_chinese_numerals_with_wan_and_yi_are_figures(text: str, value: int, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.unit) == (value, unit)


@pytest.mark.parametrize(
    "text", ["新建一百多家", "改建二百余张", "二十多个社区", "覆盖三分之二的村", "几十家机构", "总数超过九成"]
)
def test_a_vague_amount_is_a_figure_too(text: str) -> None:
    assert figures_in(text)


@pytest.mark.parametrize("text", ["一些地方", "统一部署", "一视同仁", "万众一心", "十分重要", ""])
def test_words_that_merely_contain_a_numeral_are_no_figures(text: str) -> None:
    assert figures_in(text) == []


def test_figures_come_in_reading_order_with_their_places() -> None:
    text = "新增养老床位360张,建设智慧养老院3家,完成改造300户,覆盖率百分之九十。"
    figures = figures_in(text)
    assert [text[figure.start : figure.end] for figure in figures] == ["360张", "3家", "300户", "百分之九十"]


@given(st.integers(1, 99_999_999), st.sampled_from(UNITS), st.text("的和有了共约到", max_size=4))
def test_thousands_separators_and_full_width_digits_do_not_change_a_figure(
    value: int, unit: str, around: str
) -> None:
    full_width = str(value).translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    for written in (f"{value}", f"{value:,}", full_width):
        figure = only(f"{around}{written}{unit}{around}")
        assert (figure.value, figure.unit) == (value, unit)


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.sampled_from(UNITS))
def test_ten_thousands_are_multiplied_in_exactly(whole: int, fraction: int, unit: str) -> None:
    written = f"{whole}.{fraction:04d}"
    assert only(f"{written}万{unit}").value == Decimal(written) * 10_000


@given(st.text(max_size=60))
def test_any_text_gives_figures_that_lie_inside_it(text: str) -> None:
    end = 0
    for figure in figures_in(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end


def test_working_days_and_hours_are_units_of_their_own() -> None:
    found = [(str(f.value), f.unit) for f in figures_in("由10个工作日缩短到5个工作日，2个小时内上报，5天")]
    assert found == [("10", "个工作日"), ("5", "个工作日"), ("2", "个小时"), ("5", "天")]
