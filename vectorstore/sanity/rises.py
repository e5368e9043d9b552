"""Rises and falls of one sentence: their direction, rate and difference against the figures given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from vectorstore.documents import Doubt
from vectorstore.sanity.parts import in_scale_of
from vectorstore.sanity.reading import Amount, Reading, Sentence

_UP = r"提高|增加|增长|上升|提升|扩大|上调|增至|升至|调高|扩展|扩容|拓展"
_DOWN = r"下降|降低|减少|缩小|下调|压缩|缩短|降至|减至|压减|回落"
_YEAR = r"(?:19|20)\d{2}年(?:底|末)?的?"
# From one figure to the other, with no third one between.
_FROM_TO = re.compile(
    rf"^(?:以上|左右|分别)?,?(?:逐步|稳步|相应|统一|再)?({_UP}|{_DOWN})(?:了)?(到|至|为)?"
    rf"({_YEAR})?(?:每人)?(?:每月|每年)?约?$"
)
_FROM = re.compile(rf"[由从]({_YEAR})?[^,。;\d]{{0,20}}$")
_RATE = re.compile(
    rf"^[^。;\d]{{0,4}},?(?:同比|比上年|较上年|年均|平均每年|每年)?(?:{_UP}|{_DOWN}|增幅|降幅|涨幅|提标幅度)"
    r"(?:率|幅度)?(?:了)?(?:达到|达|为|约)?$"
)
_BY = re.compile(rf"^[^。;\d]{{0,4}},?(?:净)?(?:{_UP}|{_DOWN})了?$")
# 4210具,比2020年的3985具增加225具.
_THAN = re.compile(rf"^[^。;\d]{{0,3}},?[比较](?:{_YEAR}|上年|去年|同期|上年同期|[\u4e00-\u9fff]{{2,6}})的?$")
# 2.36亿元,比上年增加3668万元: what follows is the change itself.
_CHANGED = re.compile(rf"(?:{_UP}|{_DOWN})了?$")
_TOLERANCE = 0.6


def contradictory_rises(reading: Reading) -> Iterator[Doubt]:
    """由3210元提高到5460元,增长70%: the direction, the rate, the difference."""
    for sentence in reading.sentences:
        amounts = sentence.amounts
        for number, (first, last) in enumerate(pairwise(amounts)):
            if first.common_unit != last.common_unit or first.is_range or last.is_range:
                continue
            following = amounts[number + 2] if number + 2 < len(amounts) else None
            between = _between(sentence, first, last)
            if _THAN.match(between) and not _CHANGED.search(between):
                held = _held_against(amounts, number, between)
                if held.common_unit == last.common_unit:
                    yield from _stated(sentence, last, held, last, following, years=0)
            else:
                yield from _from_to(sentence, first, last, following)


def _held_against(amounts: Sequence[Amount], number: int, between: str) -> Amount:
    """What is held against the figure behind it: of 每年7644元(每月637元),比2023年的7056元 what stands before the bracket."""
    return amounts[number - 1] if between.startswith(")") and number else amounts[number]


def _between(sentence: Sentence, one: Amount, other: Amount) -> str:
    return sentence.text[one.end - sentence.start : other.start - sentence.start]


def _from_to(sentence: Sentence, first: Amount, last: Amount, following: Amount | None) -> Iterator[Doubt]:
    match = _FROM_TO.match(_between(sentence, first, last))
    opening = _FROM.search(sentence.text[: first.start - sentence.start])
    if match is None or not (match[2] or opening) or (first.per and last.per and first.per != last.per):
        return
    rises = re.fullmatch(_UP, match[1]) is not None
    if first.value == last.value or rises != (last.value > first.value):
        how = "等于" if first.value == last.value else "小于" if rises else "大于"
        message = f"说“{match[1]}”而后一个数{how}前一个数，疑有误"
        yield Doubt("damaged", first.lead_start, last.end, message)
        return
    years = 0
    if opening and opening[1] and match[3]:
        years = int(match[3][:4]) - int(opening[1][:4])
    yield from _stated(sentence, first, last, last, following, years=years)


def _stated(
    sentence: Sentence, first: Amount, last: Amount, end: Amount, stated: Amount | None, *, years: int
) -> Iterator[Doubt]:
    """The rate or difference stated behind `end` against the way from `first` to `last`, in `years` (0: not said)."""
    if stated is None or stated.relation != "=" or {first.relation, last.relation} != {"="}:
        return
    between = _between(sentence, end, stated)
    span = (min(first.lead_start, last.lead_start), stated.end)
    if stated.unit == "%" and _RATE.match(between) and first.unit != "%" and first.value:
        is_yearly = re.search(r"年均|每年", between) is not None
        if is_yearly and years <= 0:
            return
        ratio = last.value / first.value
        computed = 100 * abs((ratio ** (1 / years) if is_yearly else ratio) - 1)
        if abs(computed - stated.value) > max(_TOLERANCE, 0.05 * computed):
            average = "年均约" if is_yearly else "为"
            message = f"增减幅度与前后两个数不符：由{first.shown}到{last.shown}{average}{computed:.1f}%，文中作{stated.shown}"
            yield Doubt("contradiction", *span, message)
    elif stated.common_unit in (first.common_unit, "个百分点") and _BY.match(between):
        is_points = stated.unit == "个百分点"
        if is_points != (first.unit == "%") or stated.per not in ("", last.per):
            return
        computed = abs(last.value - first.value)
        if abs(computed - stated.value) > 1.01 * _least_step((stated, last, first)):
            message = (
                f"增减数与前后两个数不符：由{first.shown}到{last.shown}相差{in_scale_of(last, computed)}，"
                f"文中作{stated.shown}"
            )
            yield Doubt("contradiction", *span, message)


def _least_step(amounts: Sequence[Amount]) -> float:
    """How far rounding alone can take a difference; whole things are not rounded."""
    largest = max(amount.step for amount in amounts)
    return largest if largest != 1 else 0.0
