"""Which figure of a sentence changed, by how much and since when."""

from __future__ import annotations

import pytest

from qa.figures.changed import changed_figures, changes_in
from qa.figures.spots import spots_of


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("在保城市低保对象386户612人,比上年末减少47人", [("612人", "47人", False)]),
        ("建成助餐点263个,其中城市148个、农村115个,比上年增加94个", [("263个", "94个", True)]),
        (
            "办理结婚登记2874对、离婚登记913对,补发证件1126件,结婚登记数量比上年减少318对",
            [("2874对", "318对", False)],
        ),
        (
            "结婚登记4216对,离婚登记1387对(不含补领612件),分别比上年减少358对、增加94对",
            [("4216对", "358对", False), ("1387对", "94对", True)],
        ),
        ("护理型床位9860张,占比57%,比上年提高4.5个百分点", [("57%", "4.5个百分点", True)]),
        ("建成公墓73处,其中新建9处,比上年增加2处", []),
        ("城市标准908元,农村标准696元,比上年分别增长7.1%和9.3%", []),
    ],
)
def test_a_change_is_of_the_figure_that_the_sentence_says(
    sentence: str, told: list[tuple[str, str, bool]]
) -> None:
    near = spots_of(sentence)
    found = [
        (str(head.spot.quantity), f"{change.spot.quantity}", change.is_more)
        for change in changes_in(sentence)
        for head in changed_figures(sentence, near, change)
    ]
    assert found == told
