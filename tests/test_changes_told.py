"""By how much something changed is told where the paper says so, and which way, whatever the question takes for granted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qa.assistant import Assistant
from qa.figures.stated_changes import stated_changes

OTHERWISE = "与原文不符"


@pytest.mark.parametrize(
    ("sentence", "changes"),
    [
        ("全市共有养老机构118家，比上年减少5家，其中城市养老机构39家", [("全市共有养老机构", "5", False)]),
        (
            "养老机构床位1.73万张，其中护理型床位9860张，占比57%，比上年提高4.5个百分点",
            [("其中护理型床位占比", "4.5", True)],
        ),
        ("全县在保城市低保对象386户612人，比上年末减少47人", [("全县在保城市低保对象", "47", False)]),
        (
            "与去年同期相比，结婚登记减少162对，离婚登记增加27对",
            [("结婚登记", "162", False), ("离婚登记", "27", True)],
        ),
        ("募集善款1268万元，比上年的1105万元增长14.8%", [("募集善款", "14.8", True)]),
        (
            "结婚登记4216对，离婚登记1387对（不含补领612件），分别比上年减少358对、增加94对",
            [("结婚登记", "358", False), ("离婚登记", "94", True)],
        ),
        ("城市低保标准从610元提高到640元，比全省平均高20元", []),
    ],
)
def test_a_change_is_of_the_amount_that_it_is_said_of(
    sentence: str, changes: list[tuple[str, str, bool]]
) -> None:
    told = [(c.of, str(c.spot.quantity.value), c.rose) for c in stated_changes(sentence)]
    assert told == changes


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("library", "question", "says", "is_otherwise"),
    [
        ("articles", "敖汉旗结婚登记又多了多少", ["10.1%"], True),
        ("articles", "敖汉离婚登记少了多少对", ["18对"], False),
        ("outlines", "莒县离婚登记增加了多少", ["8.3%"], True),
        ("outlines", "莒县农村低保标准涨幅多少", ["696元", "9.3%"], False),
        ("registers", "东乡2024年三公经费增加了多少", ["1.7万元"], True),
        ("registers", "东乡公务接待费降了多少", ["0.7万元"], False),
        ("registers", "兰考离婚登记下降了多少", ["94对"], True),
        ("registers", "兰考清明接待祭扫群众是多了还是少了", ["增加2.1万人次"], False),
        ("tiers", "绵阳结婚登记增长多少", ["18.6%"], True),
        ("tiers", "绵阳慈善募集款物变化了多少", ["12.4%"], False),
        ("plans", "石泉持证社工少了多少人", ["19人"], True),
    ],
)
def test_how_much_something_changed_is_told_with_the_way_that_the_paper_says(
    assistant_over: Callable[[str], Assistant],
    library: str,
    question: str,
    says: list[str],
    is_otherwise: bool,
) -> None:
    answer = assistant_over(library).ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text for words in says), answer.text
    assert (OTHERWISE in answer.text) == is_otherwise, answer.text
