"""What people tell beside their question is left out where it is mere talk, and kept where it may tell what is meant."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant
from qa.conversation.hints import bears_out, without_hint
from qa.understanding.talk import without_asides, without_talk


@pytest.mark.parametrize(
    "typed",
    [
        "嵊州离婚多少对,写材料等着用",
        "领导催着要,嵊州离婚多少对",
        "嵊州离婚多少对,朋友让我打听的",
        "急!嵊州离婚多少对",
        "刚接手这块,不太熟,嵊州离婚多少对",
        "要给人大代表回话,嵊州离婚多少对",
        "同事说嵊州离婚多少对",
        "嵊州离婚多少对 做宣传展板用",
    ],
)
def test_why_and_for_whom_somebody_asks_is_left_out(typed: str) -> None:
    assert without_talk(typed).rstrip("?") == "嵊州离婚多少对"


@pytest.mark.parametrize(
    "typed",
    [
        "嵊州补助多少钱,买轮椅用的",
        "荆门多久报灾,多久安顿人",
        "荆门 火化率 报告",
        "嵊州低保多少,城里的",
        "荆门养老机构几家,2020年要的",
        "写材料等着用",
        "老人要用,荆门有没有食堂",
    ],
)
def test_what_may_tell_what_is_meant_stays(typed: str) -> None:
    assert without_talk(typed) == typed


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("嵊州花了多少钱,就那个圆梦的", "圆梦"),
        ("杨浦床位要改多少张,政府实事那个", "政府实事"),
        ("荆门低保是多少,是480吧", ""),
        ("就那个圆梦的", ""),
    ],
)
def test_a_hint_stands_behind_its_question_and_gives_no_figure(typed: str, hint: str) -> None:
    assert without_hint(typed)[1] == hint


@pytest.mark.parametrize(
    ("hint", "text", "is_borne_out"),
    [
        ("圆梦", "“慈善圆你大学梦”资助困难家庭大学生69名", True),
        ("乱放骨灰", "对22家开放式寺庙开展违规安放骨灰现象排查", True),
        ("研究生", "资助困难家庭大学生69名", False),
        ("精神病", "改建认知障碍照护床位200张", False),
        ("圆梦", "", False),
    ],
)
def test_what_is_found_has_to_bear_out_the_hint(hint: str, text: str, is_borne_out: bool) -> None:
    assert bears_out(hint, [text]) is is_borne_out


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("校对稿子碰到的,下陆社区社会组织备案了多少家", "下陆社区社会组织备案了多少家"),
        ("孩子得了病,荆门补多少", ""),
        ("我爸是退役军人,下陆社区社会组织备案了多少家", ""),
        ("下陆社区社会组织备案了多少家", ""),
    ],
)
def test_an_aside_is_left_out_where_the_subject_is_named_fully_without_it(
    assistant: Assistant, typed: str, rest: str
) -> None:
    assert without_asides(typed, assistant.documents) == rest
