"""By how much a sentence says that something changed, since when, and which of its figures did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.figures.quantities import Spot, quantities_in, same_family
from qa.figures.spots import Near
from vectorstore.numerals import YEAR

_MORE = "增加|增长|提高|提升|上升|上涨|新增|净增|扩大|多"
_FORMERLY = rf"(?:(?P<year>{YEAR})年?|(?P<outset>年初)(?:计划|任务|目标)?|上一?年|去年|前一年)"
_SINCE = rf"(?:[比较与和同]{_FORMERLY}(?:[末底]|年?同期|度)*(?:[\u4e00-\u9fff]{{0,6}}时)?(?:相比)?|同比),?"
# 比上年末减少47人; 与2020年相比,城市低保对象减少213人,农村低保对象增加1480人; 分别比上年减少358对、增加94对.
_STEP = re.compile(
    rf"(?:{_SINCE}|(?<=[,、;])(?![比较与和同]))(?P<of>[^,;。:、\d比较]{{0,12}}?)(?P<verb>{_MORE}|减少|下降|降低|缩小|少)(?:了|出|约)*(?=\d)"
)
# 比上年同期的1041对下降10.1%: what it was is told.
TOLD_FORMER = re.compile(rf"{_SINCE}的?(?=\d)")
POINTS, PERCENT = "个百分点", "%"
# 结婚登记数量, 人数: that something is counted names nothing of it.
_COUNTED = re.compile("数量|总数|总量|人数|户数|家数|[总全]?数$|分别|同期|累计|总体|也|又|均|则|共")
_COUNTED_IN = {"人数": "人", "户数": "户"}
_NAME = 2


@dataclass(frozen=True)
class Change:
    """By how much a sentence says that something changed: `named`, if it is said what; since `year`, or the year before."""

    named: str
    year: str
    outset: bool
    is_more: bool
    start: int
    spot: Spot
    since: str
    # Of how many changes that a 分别 tells one by one which, counted from the last.
    from_last: int = 0

    def fits(self, unit: str) -> bool:
        """Whether a figure in this unit may be what changed so."""
        of = self.spot.quantity.unit
        if of == POINTS:
            return unit == PERCENT
        return unit not in ("", PERCENT, POINTS) if of == PERCENT else same_family(unit, of)


def changes_in(sentence: str) -> Iterator[Change]:
    """The changes that a sentence tells, with the time since which: a later one without a time has that of the one before."""
    spots = {spot.start: spot for spot in quantities_in(sentence)}
    found: list[tuple[Change, bool]] = []
    year, outset, until = "", False, -1
    for match in _STEP.finditer(sentence):
        spot = spots.get(match.end())
        has_time = match[0].lstrip()[:1] in "比较与和同" or "比" in match[0][:2]
        is_next = until >= 0 and not sentence[until : match.start()].strip(",、;")
        if spot is None or (not has_time and not is_next):
            continue
        if has_time:
            year, outset = match["year"] or "", bool(match["outset"])
        until = spot.end
        since = match.start() if has_time else match.start("of")
        named = _COUNTED.sub("", match["of"]) or _COUNTED.sub("", _own(sentence, since))
        is_of_each = "分别" in re.split("[;。]", sentence[: match.start("verb")])[-1]
        is_more = re.fullmatch(_MORE, match["verb"]) is not None
        named = "" if is_of_each else named
        counted = match["of"] or _own(sentence, since)
        named = named or next((word for word in _COUNTED_IN if word in counted), "")
        found.append((Change(named, year, outset, is_more, match.start(), spot, match[0]), is_of_each))
    each = [change for change, is_of_each in found if is_of_each]
    for change, is_of_each in found:
        if not is_of_each:
            yield change
        elif len(each) > 1:
            # 分别增长7.1%和9.3% tells the second without a verb, and is left alone.
            yield replace(change, from_last=len(each) - each.index(change))


def _own(sentence: str, until: int) -> str:
    """The words right before a place in a sentence, since the last mark or figure (结婚登记数量 of 结婚登记数量比上年减少)."""
    words = re.split(r"[,;。:、()]|\d[\d.,]*[万亿]?[^\d,;。:、()]", sentence[:until])[-1]
    return re.sub("[^\u4e00-\u9fff]", "", words)


def changed_figures(sentence: str, near: Sequence[Near], change: Change) -> list[Near]:
    """The figure that changed: the one called so, else the one before the change, or the whole before its parts."""
    before = [n for n in near if n.spot.end <= change.start and change.fits(n.spot.quantity.unit)]
    unit = _COUNTED_IN.get(change.named, "")
    if change.from_last:
        # 结婚登记4216对,离婚登记1387对(不含补领612件),分别…减少358对、增加94对
        outside = [n for n in before if not _is_bracketed(sentence, n.spot.start)]
        return outside[-change.from_last :][:1] if len(outside) >= change.from_last else []
    if unit or len(change.named) >= _NAME:
        called = [n for n in before if change.named in n.before + n.behind or n.spot.quantity.unit == unit]
        return called[-1:]
    return _last_before(sentence, before, change) if before else []


def _is_bracketed(sentence: str, at: int) -> bool:
    return sentence.count("(", 0, at) > sentence.count(")", 0, at)


def _last_before(sentence: str, before: Sequence[Near], change: Change) -> list[Near]:
    """The last figure before a change that names nothing; behind several parts of a whole, the whole."""
    last = before[-1]
    between = sentence[last.spot.end : change.start]
    is_apart = change.spot.quantity.unit == PERCENT and bool(quantities_in(between))
    if ";" in between or is_apart:
        return []
    opened = sentence.rfind("其中", 0, last.spot.start)
    if opened < 0 or ";" in sentence[opened : last.spot.start] or change.spot.quantity.unit == POINTS:
        return [last]
    # 263个,其中城市148个、农村115个,比上年增加94个; of 73处,其中新建9处,比上年增加2处 either may be meant.
    parts = [n for n in before if n.spot.start > opened]
    return [n for n in before if n.spot.end <= opened][-1:] if len(parts) > 1 else []
