"""Chinese numerals, and the years that a wording stands for."""

from __future__ import annotations

import time

import pytest

from vectorstore.numerals import describe_years, five_year_plan, from_chinese, years_in

_TWELFTH, _THIRTEENTH, _FOURTEENTH = (five_year_plan(ordinal) for ordinal in (12, 13, 14))


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("三百零五", 305),
        ("两", 2),
        ("二〇二三", 2023),
        ("二○二一", 2021),
        ("", None),
        ("几", None),
        ("3", None),
    ],
)
def test_a_chinese_numeral_has_its_value(numeral: str, value: int | None) -> None:
    assert from_chinese(numeral) == value


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2023年", (2023,)),
        ("２０２３年", (2023,)),
        ("二〇二三年工作要点", (2023,)),
        ("2021—2025年", _FOURTEENTH),
        ("2021年至2025年", _FOURTEENTH),
        ("2021-2025", _FOURTEENTH),
        ("2017-2018年", (2017, 2018)),
        ("“十四五”规划", _FOURTEENTH),
        ("「十四五」規劃", _FOURTEENTH),
        ("十四五时期", _FOURTEENTH),
        ("十三五”时期", _THIRTEENTH),
        ("“十二五”时期", _TWELFTH),
        ("下陆区十四五的目标", _FOURTEENTH),
        ("“十五五”规划", five_year_plan(15)),
        ("“十五”城乡社区服务", five_year_plan(10)),
        ("2021年和2022年", (2021, 2022)),
    ],
)
def test_years_are_named_in_many_ways(text: str, years: tuple[int, ...]) -> None:
    assert years_in(text) == years


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "12023年",
        "2024-78825",
        "0715-2021-20255",
        "“八五”普法规划",
        "全民“八五”普法",
        "八五普法",
        "九十五岁",
        "十四五岁的少年",
        "百分之五十五",
        "三五成群",
        "九月十五",
        "《湖南省“十五”城乡社区服务体系建设规划》",
        "《培育发展专项行动方案（2021-2023）》",
        "2025年代",
    ][:-1],
)
def test_what_only_looks_like_a_year_is_none(text: str) -> None:
    assert years_in(text) == ()


def test_a_range_written_backwards_or_too_long_is_not_filled() -> None:
    assert years_in("2025年—2021年") == (2021, 2025)
    assert years_in("1949年—2021年") == (1949, 2021)


def test_a_row_of_dashes_does_not_slow_the_search() -> None:
    started = time.perf_counter()
    assert years_in("2021" + "-" * 50_000) == ()
    assert years_in("2021 " + "—–~至" * 20_000) == ()
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("years", "written"),
    [
        ((), ""),
        ((2023,), "2023年"),
        ((2021, 2022), "2021年、2022年"),
        (_FOURTEENTH, "2021—2025年"),
        ((2021, 2023, 2025), "2021年、2023年、2025年"),
    ],
)
def test_years_are_described_as_a_reader_writes_them(years: tuple[int, ...], written: str) -> None:
    assert describe_years(years) == written
