"""Whose a figure of a sentence is: the words before and behind it, its item of a 分别, its place in 从…到…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.figures.changes import CHANGE
from qa.figures.quantities import Period, Quantity, Spot, quantities_in
from vectorstore.folding import folded

BEHIND_LENGTH = 10
# Characters within which one list of standards leaves out the time that its first item names.
_SAME_LIST = 120
_COUNTS_OF = frozenset("人名位户个家对件")
_HAN = r"[\u4e00-\u9fff]"


@dataclass(frozen=True)
class Near:
    """A figure of a sentence with the words that say whose it is; role "before" in 从480元提高到580元.

    `lead`: what stands before the first item of a list, or before the whole, and is about all of them.
    """

    spot: Spot
    before: str
    behind: str
    role: str = ""
    lead: str = ""


def spots_of(sentence: str, *, of_growth: bool = False) -> list[Near]:
    """The figures of a sentence with their own words; 分别 gives each the item it belongs to.

    `of_growth`: those by which something changed, and no others.
    """
    plain_text = folded(sentence)
    spots = quantities_in(sentence)
    shared = _distributed(plain_text, spots)
    near: list[Near] = []
    for number, spot in enumerate(spots):
        if _is_change(plain_text, spot) != of_growth:
            continue
        since = _since(plain_text, spots, number)
        until = spots[number + 1].start if number + 1 < len(spots) else len(plain_text)
        behind = re.split(r"[,;:。()、]", plain_text[spot.end : min(until, spot.end + BEHIND_LENGTH)])[0]
        role = _role(plain_text, spot, spots, number)
        # What something was before it changed has no words of its own behind it (由365元提高到658元).
        is_first = role != "before" and len(re.findall(_HAN, behind)) > 1
        before = _own_words(plain_text, since, spot.start, is_first=is_first)
        if near and not before:
            # 7条市级界线、24条县级界线的联检工作: what is behind the last item is about all of them.
            behind = re.split("(?<=..)的", behind)[0]
        lead = ""
        if near and role == "after":
            # 低保标准提高:城市低保标准由610元提高到640元: what was changed is named in the list as well.
            lead = near[-1].lead + near[-1].before
        elif near and re.search("、|其中|原|超额", plain_text[since : spot.start]):
            # An item of a list, a part of it, or what it was before: of the same thing.
            lead = near[-1].lead or near[-1].before
        lead = lead or _label(plain_text, spot.start)
        near.append(Near(spot, shared.get(spot.start, before), behind, role, lead))
    return near


def _label(text: str, start: int) -> str:
    """What is said before the colon of a series (护理费标准:完全丧失自理能力1656元,中度828元), "" outside of one."""
    before = re.split("[;。]", text[:start])[-1]
    label, colon, items = before.rpartition(":")
    return re.split("[,、:]", label)[-1] if colon and len(items) <= _SAME_LIST else ""


def _since(text: str, spots: Sequence[Spot], number: int) -> int:
    """Where a figure's own words begin: behind the figure before, or the one before that, where it only counts whom
    this one is about (对19位对象发放7.9万元)."""
    spot = spots[number]
    while number and (before := spots[number - 1]):
        is_of_whom = before.quantity.unit in _COUNTS_OF and spot.quantity.unit == "元"
        if not is_of_whom or re.search("[,;:。、]", text[before.end : spot.start]):
            return before.end
        number -= 1
    return 0


def paid_for(text: str, spot: Spot, offset: int) -> Quantity:
    """With the time of the standard before it in the same sentence (1383元/月;护理费标准:中度828元).

    `text` is the document's, `offset` where the sentence of the spot begins in it.
    """
    quantity = spot.quantity
    since = max(text.rfind("\n", 0, offset), text.rfind("。", 0, offset))
    line = text[since + 1 : offset + spot.start][-_SAME_LIST:]
    if quantity.unit != "元" or quantity.period or quantity.scale or "标准" not in line:
        return quantity
    line = re.sub(r"[(（][^()（）]*[)）]", lambda aside: " " * len(aside[0]), line)
    earlier = [other.quantity for other in quantities_in(line) if other.quantity.unit == "元"]
    period: Period = next((other.period for other in reversed(earlier) if other.period), "")
    return replace(quantity, period=period) if period else quantity


def _is_change(text: str, spot: Spot) -> bool:
    """A figure by which something changed (比上年增长5%) is no amount of it."""
    before = text[: spot.start]
    is_step = re.search(rf"(?:{CHANGE})(?:了|约)?$", before) is not None
    return is_step and (
        spot.quantity.unit in ("%", "个百分点") or bool(re.search("[比较][^,;。]{1,12}$", before))
    )


def _own_words(text: str, since: int, start: int, *, is_first: bool) -> str:
    """From the last mark before the figure that has words behind it, not beyond the figure before.

    `is_first`: words follow the figure, so that those before the mark are another's (7条市级界线、24条县级界线).
    """
    words = re.sub(r"\([^()]*\)", "", text[since:start])
    pieces = re.split(r"[,;:。()、]", words)
    own = ""
    for piece in reversed(pieces):
        own = piece + own
        if is_first or len(re.findall(_HAN, re.sub(r"[约共达到至为是有每人月年由从的]", "", own))) > 1:
            break
    return own


def _role(text: str, spot: Spot, spots: Sequence[Spot], number: int) -> str:
    """ "before" and "after" of a pair 从…提高到…, 较原标准…; "" for any other figure."""
    since = spots[number - 1].end if number else 0
    if re.search(
        r"(?:原标准|原来|原为|原定|调整前)[^,;。、]{0,6}$|超额[^,;。、]{0,6}(?:任务|目标|计划)[^,;。、]{0,3}$",
        text[since : spot.start],
    ):
        return "before"
    following = text[spot.end : spots[number + 1].start] if number + 1 < len(spots) else ""
    if re.search(
        r"^[^,;。]{0,4}(?:提高|增加|上调|调整|增长|提升|降|放宽|扩大|上升|调|涨|减少)[^,;。、]{0,4}[到至为]",
        following,
    ):
        return "before"
    between = text[spots[number - 1].end : spot.start] if number else ""
    return (
        "after"
        if re.search(
            r"(?:提高|增加|上调|调整|增长|提升|降|放宽|扩大|上升|调|涨|减少)[^,;。、]{0,4}[到至为]", between
        )
        else ""
    )


def _distributed(text: str, spots: Sequence[Spot]) -> dict[int, str]:
    """Start of each figure behind 分别 → the words of its item (甲和乙分别达到1000元、800元)."""
    found: dict[int, str] = {}
    for mark in re.finditer("分别|依次", text):
        stop = min((text.find(c, mark.end()) for c in ";。" if c in text[mark.end() :]), default=len(text))
        # Members are joined by 、; commas join them only where no 、 does.
        listed = _with_figures(_groups(text, mark.end(), min(stop, _comma(text, mark.end(), stop))), spots)
        groups = listed if len(listed) > 1 else _with_figures(_groups(text, mark.end(), stop), spots)
        lead = text[max(text.rfind(c, 0, mark.start()) for c in ";。:") + 1 : mark.start()]
        items = _items(re.split(",", lead)[-1]) or []
        if len(items) < len(groups):
            items = _items(lead)
        if len(groups) < 2 or len(items) < len(groups):
            continue
        head = items[-1]
        for (first, last), item in zip(groups, items[-len(groups) :], strict=True):
            for spot in spots:
                if first <= spot.start < last:
                    found[spot.start] = item if item == head else item + " " + re.sub(r"^.{0,4}", "", head)
    return found


def _with_figures(groups: Sequence[tuple[int, int]], spots: Sequence[Spot]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in groups if any(start <= spot.start < end for spot in spots)]


def _comma(text: str, start: int, stop: int) -> int:
    match = re.compile(r",(?!\d{3})").search(text, start, stop)
    return match.start() if match else stop


def _items(lead: str) -> list[str]:
    return [item for item in re.split(r"[、,]|和|与|及", lead) if item.strip()]


def _groups(text: str, start: int, stop: int) -> list[tuple[int, int]]:
    found, first = [], start
    for mark in re.finditer(r"[、,]|和(?=\d)", text[start:stop]):
        found.append((first, start + mark.start()))
        first = start + mark.end()
    return [*found, (first, stop)]


def former_figures(sentence: str) -> set[int]:
    """Where the figures of a sentence begin that something was before it changed (733 of 由733元提高到770元)."""
    return {near.spot.start for near in spots_of(folded(sentence)) if near.role == "before"}
