"""Places by name: full and short forms, everyday words that are none, and what counts as the same place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vectorstore.places import (
    bare_name,
    mentions,
    same_place,
    suffixed_forms,
    superiors,
    word_boundaries,
)


def _written(text: str) -> list[str]:
    return [mention.written for mention in mentions(text)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("湖北省荆门市沙洋县", ["湖北省", "荆门市", "沙洋县"]),
        ("上海市浦东新区", ["上海市", "浦东新区"]),
        ("湘西土家族苗族自治州和湘西州", ["湘西土家族苗族自治州", "湘西州"]),
        ("2023年杨浦民政工作要点", ["杨浦"]),
        ("嵊州的养老服务", ["嵊州"]),
        ("西藏和内蒙古的做法", ["西藏", "内蒙古"]),
        ("全市、和县民政局", ["和县"]),
        ("浙江省武义县", ["浙江省", "武义县"]),
        ("在佳县开展试点", ["佳县"]),
    ],
)
def test_places_are_found_in_full_and_in_short(text: str, written: list[str]) -> None:
    assert _written(text) == written


@pytest.mark.parametrize(
    "text",
    [
        "惠民殡葬政策",
        "幸福安康、平安和谐",
        "安宁疗护试点",
        "开通绿色通道",
        "公安部门比如派出所",
        "新建养老院，共同富裕",
        "民政爱民，老年友好社区",
        "适应城市发展",
        "城区和郊区的老年人",
        "市和县民政部门",
        "相应县级部门",
        "各区县民政局",
        "青岚县民政局",
        "复兴路、解放路社区",
        "",
    ],
)
def test_everyday_words_are_no_places(text: str) -> None:
    assert _written(text) == []


def test_a_mention_tells_whether_the_name_is_full_and_which_places_bear_it() -> None:
    full, short = mentions("荆门市和杨浦")
    assert (full.is_full, short.is_full) == (True, False)
    assert full.places[0].parents == ("湖北省",)
    assert short.places[0].name == "杨浦区"
    (shared,) = mentions("鼓楼区")
    assert len(shared.places) > 1


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("湖北省荆门市杨浦区和县的在，2023年民政惠安宁自治州湘西"), max_size=40)
)
def test_mentions_stand_where_they_say_in_order_and_apart(text: str) -> None:
    position = 0
    for mention in mentions(text):
        assert text[mention.start : mention.end] == mention.written
        assert mention.start >= position
        assert mention.places
        position = mention.end


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("湘西土家族苗族自治州", "湘西"),
        ("下陆区", "下陆"),
        ("内蒙古自治区", "内蒙古"),
        ("西藏自治区", "西藏"),
        ("新疆维吾尔自治区", "新疆"),
        ("融水苗族自治县", "融水"),
        ("三都水族自治县", "三都"),
        ("和县", "和县"),
        ("杨浦", "杨浦"),
    ],
)
def test_a_bare_name_is_without_suffix_and_peoples(name: str, bare: str) -> None:
    assert bare_name(name) == bare


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("湘西州", "湘西土家族苗族自治州", True),
        ("湘西州", "湘西自治州", True),
        ("杨浦", "杨浦区", True),
        ("嵊州市", "嵊州市", True),
        ("吉林省", "吉林市", False),
        ("荆门市", "荆州市", False),
    ],
)
def test_two_names_can_mean_one_place(one: str, other: str, same: bool) -> None:
    assert same_place(one, other) is same
    assert same_place(other, one) is same


def test_superiors_are_every_division_above() -> None:
    assert superiors("下陆区") == {"湖北省", "黄石市"}
    assert superiors("青岚县") == frozenset()


def test_word_boundaries_begin_and_end_the_text() -> None:
    text = "荆门市民政局"
    assert {0, len(text)} <= word_boundaries(text)


def test_a_bare_name_that_ends_like_a_kind_of_place_has_none() -> None:
    assert same_place("福州", "福州市")
    assert same_place("嵊州市", "嵊州")
    assert not same_place("湘西州", "湘西市")


def test_an_autonomous_place_is_also_written_without_its_peoples() -> None:
    assert suffixed_forms("湘西土家族苗族自治州") == ("湘西土家族苗族自治州", "湘西自治州", "湘西州")
    assert suffixed_forms("下陆区") == ("下陆区",)
