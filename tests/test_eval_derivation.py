"""Which results of an answer's own sums are supported: those that follow, and are right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from eval.derivation import worked_out


def decimals(*values: str) -> set[Decimal]:
    return {Decimal(value) for value in values}


@pytest.mark.parametrize(
    ("text", "supported", "result"),
    [
        ("计算：21亿元 − 17.8亿元 = 3.2亿元。[1][2]", ("2100000000", "1780000000"), "320000000"),
        ("7家 + 3家 + 12个 = 22个", ("7", "3", "12"), "22"),
        ("71名 ÷ 78名 = 约91%", ("71", "78"), "91"),
        ("71名 ÷ 78名 ≈ 91.03%", ("71", "78"), "91.03"),
        ("(650元/月 − 480元/月) ÷ 480元/月 = 约35.4%（增长）", ("650", "480"), "35.4"),
        ("60% − 40% = 20个百分点", ("60", "40"), "20"),
        ("增加30个百分点（70% − 40% = 30个百分点）", ("70", "40"), "30"),
        ("1000万元 ÷ 8个 = 125万元", ("10000000", "8"), "1250000"),
        ("2 + 3 × 4 = 14", ("2", "3", "4"), "14"),
        ("计算：500张 × 80% = 400张", ("500", "80"), "400"),
        ("(2800 ÷ 1110)的5次方根 − 1 = 年均约20.3%", ("2800", "1110", "2010", "2015"), "20.3"),
        ("(2800 ÷ 1110)的5次方根 − 1 = 年均约20.3%", ("2800", "1110", "2011", "2015"), "20.3"),
    ],
)
def test_a_right_result_of_supported_figures_is_supported(
    text: str, supported: tuple[str, ...], result: str
) -> None:
    assert worked_out(text, decimals(*supported)) >= decimals(result)


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("21亿元 − 17.8亿元 = 3.3亿元", ("2100000000", "1780000000")),
        ("71名 ÷ 78名 = 约92%", ("71", "78")),
        ("71名 ÷ 78名 = 91.1%", ("71", "78")),
        ("71名 ÷ 79名 = 89.9%", ("71", "78")),
        ("71名 ÷ 78名 = 91名", ("71", "78")),
        ("2 + 3 × 4 = 20", ("2", "3", "4")),
        ("(2 + 3 = 5", ("2", "3")),
        ("5家 ÷ 0家 = 5家", ("5", "0")),
        ("2016—2020年，共9家", ("2016", "2020")),
        ("计算：500张 × 80% = 401张", ("500", "80")),
        ("(2800 ÷ 1110)的5次方根 − 1 = 年均约21.3%", ("2800", "1110", "2010", "2015")),
        ("(2800 ÷ 1110)的5次方根 − 1 = 年均约20.3%", ("2800", "1110", "2015")),
    ],
)
def test_a_wrong_result_or_one_from_elsewhere_is_not(text: str, supported: tuple[str, ...]) -> None:
    assert worked_out(text, decimals(*supported)) == set()


def test_a_result_may_be_worked_with_and_a_year_has_twelve_months() -> None:
    text = "770元/月×12 = 9240元/年；9240元/年 − 4000元/年 = 5240元/年。"
    assert worked_out(text, decimals("770", "4000")) == decimals("12", "9240", "5240")
    assert worked_out(text, decimals("770")) == decimals("12", "9240")
