"""A number asked for by its name: what it counts, in what unit, and what is no number of things."""

from __future__ import annotations

import pytest

from qa.understanding.numbers_named import (
    asks_by_name,
    asks_how_much_by_name,
    thing_asked,
    thing_of,
    unit_of,
)


@pytest.mark.parametrize(
    "name", ["社会组织数", "社会组织总数", "社会组织数量", "社会组织的总数量", "社会组织总量"]
)
def test_a_number_is_called_in_many_ways_and_counts_the_same_thing(name: str) -> None:
    assert thing_of(name) == "社会组织"


@pytest.mark.parametrize("name", ["综合指数", "增长倍数", "补贴天数", "资金总额", "养老床位", "床位数目标"])
def test_what_only_ends_so_counts_no_things(name: str) -> None:
    assert thing_of(name) == ""


@pytest.mark.parametrize(
    ("question", "thing", "unit"),
    [
        ("床位总数是多少?", "床位", "张"),
        ("低保户数是多少", "低保户", "户"),
        ("离婚对数多少", "离婚对", "对"),
        ("注册志愿者数量呢?", "注册志愿者", "人"),
        ("社工站数的目标值是多少?", "社工站", "家"),
        ("项目数是多少", "项目", ""),
    ],
)
def test_the_thing_says_the_unit_where_it_goes_without_saying(question: str, thing: str, unit: str) -> None:
    assert thing_asked(question) == thing
    assert unit_of(thing) == unit


def test_a_question_may_end_in_the_number_with_or_without_its_thing() -> None:
    assert asks_by_name("社区总数现在是多少?")
    assert asks_by_name("总数是多少")
    assert not asks_by_name("社会组织数增长多快?")
    assert not asks_by_name("空气质量指数是多少")


def test_how_much_there_is_of_something_is_asked_by_name_too_and_is_no_number_of_things() -> None:
    assert asks_how_much_by_name("结婚登记量多少")
    assert not asks_by_name("结婚登记量多少")
    assert not asks_by_name("福利彩票销售总量多少")
