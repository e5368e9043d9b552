"""What a sentence says of how a figure of it changed since an earlier time, with the words for what changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.figures.changed import Change, changed_figures, changes_in
from qa.figures.changes import CHANGE
from qa.figures.quantities import Spot
from qa.figures.spots import Near, spots_of
from vectorstore.folding import folded

_FALLS = re.compile("减|降|下调|缩小|少")
_SINCE = "[比较与和同](?:上一?年|去年|前一?年|年初)(?:同期|[末底度])*|同比"
# 比上年的1105万元增长14.8%: what it was stands between.
_FORMER = re.compile(rf"({_SINCE})(的?\d[\d.,]*[万亿]?[\u4e00-\u9fff]{{0,2}}?)(?={CHANGE})")
# 比上年分别增长7.1%和9.3%: to each of those before its own.
_ONE_BY_ONE = re.compile("[^,;。]*分别[^,;。]*")
_WAY_BEFORE = re.compile(rf"({CHANGE})了?约?$")
_HAN = re.compile("[\u4e00-\u9fff]")
_A_NAME = 2


@dataclass(frozen=True)
class StatedChange:
    """By how much something changed: `spot` is the figure in the sentence, `rose` which way.

    `of`: the words that say what changed; `since`: where what has to be shown with it begins, the amount that changed.
    """

    spot: Spot
    rose: bool
    of: str
    since: int


def stated_changes(sentence: str) -> list[StatedChange]:
    """The changes since an earlier time that a sentence states, in their order."""
    text, near = folded(sentence), spots_of(sentence)
    every = sorted([*near, *spots_of(sentence, of_growth=True)], key=lambda item: item.spot.start)
    found = _told_one_by_one(text, every)
    known = {change.spot.start for change in found}
    bare = _FORMER.sub(lambda told: f"{told[1]}{' ' * len(told[2])}", text)
    amounts = [item for item in near if bare[item.spot.start] != " "]
    for change in changes_in(bare):
        if change.spot.start not in known:
            found.append(_of_its_figure(bare, amounts, change))
    return sorted(found, key=lambda change: change.spot.start)


def _of_its_figure(text: str, near: Sequence[Near], change: Change) -> StatedChange:
    heads = changed_figures(text, near, change)
    since = heads[0].spot.start if heads else change.spot.start
    if len(change.named.strip()) >= _A_NAME and change.named in text:
        return StatedChange(change.spot, change.is_more, change.named, since)
    # 386户612人: what the first of them is of, the others are too.
    named = [n for n in near if n.spot.start <= since and len(_HAN.findall(n.before)) >= _A_NAME]
    of = named[-1].before if named else change.named
    if of.startswith("占") and len(named) > 1:
        # The share of a part (占比57%) is the part's.
        of, since = f"{named[-2].before}{of}", named[-2].spot.start
    elif named and not heads and ";" not in text[named[-1].spot.end : since]:
        since = named[-1].spot.start
    return StatedChange(change.spot, change.is_more, of, since)


def _told_one_by_one(text: str, near: Sequence[Near]) -> list[StatedChange]:
    """The changes of a clause that gives each of the amounts before it its own."""
    found: list[StatedChange] = []
    for clause in _ONE_BY_ONE.finditer(text):
        steps = [item for item in near if clause.start() <= item.spot.start < clause.end()]
        ways = [_WAY_BEFORE.search(text[clause.start() : item.spot.start]) for item in steps]
        if not re.search(_SINCE, clause[0]) or not ways or ways[0] is None:
            continue
        owners = [
            item
            for item in near
            if item.spot.start < clause.start()
            and len(_HAN.findall(item.before)) >= _A_NAME
            and text.count("(", 0, item.spot.start) == text.count(")", 0, item.spot.start)
        ][-len(steps) :]
        rose = True
        for item, way, owner in zip(steps, ways, owners, strict=False):
            rose = _FALLS.search(way[1]) is None if way else rose
            found.append(StatedChange(item.spot, rose, owner.before, owners[0].spot.start))
    return found
