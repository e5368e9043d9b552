"""Questions for what share of a whole a part is: A占B的比例, B里A占多少, B有多少比例A了."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import wording
from qa.arithmetic.task import Task
from qa.figures.changes import CHANGE

_SUMMED = re.compile(r"(?:的)?(?:总数|总和|总量|总额|之和|合计|加起来|一共|总计)(?:的|之)?$")
_MOST_ADDED = 5
_OF_MARRIAGE, _ALL_REGISTERED = re.compile("[结离]婚"), re.compile("(?:婚姻)?登记(?:总数|总量|数)?的?")
_ALL_OF_PLACE = re.compile(
    "(?P<place>[^,]*?)(?:婚姻登记|结婚登记和离婚登记|结婚和离婚登记|结离婚登记)(?:总数|总量)?"
)
_ASKS_SHARE = re.compile(
    r"(?:了|到)?(?:大约|大概)?(?:的)?(?:几成|多少|百分之|多大|多高|比[例重](?:是|有|为)?(?:多少|$))"
)
# 社会救助驿站灵山县占几成: of what there is of it in all.
_PLACE_OF = re.compile(
    r"(?P<noun>[^,]{3,24}?)(?P<place>[\u4e00-\u9fff]{2,3}(?:[县旗镇乡]|(?<![社小园地灾])区|(?<!城)市|街道))"
)
# 特困对象集中供养率: of all of them.
_RATE_OF = re.compile(
    r"(?P<whole>[^,]{4,30}?)的?(?P<part>集中供养|分散供养|集中照护|就业|推荐就业|整改|办结|持证|参训)(?:的?比[例重]|的?占比|率)"
    r"(?:是|有|达到?|为|大约|大概)*(?:多少|多高|多大|百分之[几多]|几成|$)"
)
# 培训的退役士兵中,推荐就业的比例有多高: of them, without 占.
_PROPORTION_OF = re.compile(
    r"的?(?:比[例重]|占比)(?:大约|大概|是|有|为|达到?)*(?:多少|多高|多大|百分之[几多]|几成|$)"
)
# Kinds, each of which is a part of a whole that is called the same without it.
_KIND = re.compile(
    r"公办|民办|公建民营|护理型|集中供养|分散供养|城市|农村|城镇|约束性|预期性|中级|初级|高级|男性?|女性?|失能|半失能|持证|"
    r"在建|新建|改建|省级|市级|县级|区级"
)


def share(text: str) -> Task | None:
    """A占B的比例 → A, B; B里A占多少 → A, B."""
    rate = _RATE_OF.search(text)
    # Worked out where no sentence states it.
    return Task("share", (rate["part"], rate["whole"]), is_weak=True) if rate else _of_whole(text)


def _of_whole(text: str) -> Task | None:
    # 里头残疾的占几个 asks for a part's number, which no two other figures tell.
    match = re.search(
        r"占(?!地|用|道|了?(?:几|多少)(?:[个名人户家张万亿元钱]|投资|资金|经费))(?:到|了|全部)?", text
    )
    if match is None or re.match(r"比", text[match.end() :]):
        match = re.search(r"(?:的)?占比|所占(?:的)?比[例重]", text)
        if match is None:
            return _proportion(text)
        text = text[: match.end()]
    left, right = text[: match.start()].rstrip("的所"), text[match.end() :]
    is_changing = re.search(rf"比[例重率][^,]{{0,8}}(?:{CHANGE})(?:了)?(?:多少|几)", right)
    if is_changing or wording.SUM.search(left):
        # 占居民人口比例要提高几个百分点: how the share itself changes.
        # What several come to as a share of a whole is two calculations.
        return None
    whole = re.split(rf"的(?:比[例重率]|百分|份额)|比[例重]|百分之|{wording.ASK}|%", right)[0]
    whole = re.sub(
        r"^(?:全部|总(?!投资|量|额|数|人口|资金|投入)|所有)(?=[\u4e00-\u9fff])|[的中里内]$|^了|大概|大约",
        "",
        whole,
    ).strip(", ")
    if len(whole) < 2:
        return _within(left, right)
    kind = _OF_MARRIAGE.search(left)
    if kind and _ALL_REGISTERED.fullmatch(whole):
        # 离婚占全部登记: the whole is both kinds together.
        place = left[: kind.start()]
        return Task("share", (f"{place}{kind[0]}登记", f"{place}结婚登记", f"{place}离婚登记"))
    return Task("share", (left.strip(","), *_added_up(whole)))


def _proportion(text: str) -> Task | None:
    """培训的退役士兵中,推荐就业的比例有多高: worked out where no sentence states it."""
    asks = _PROPORTION_OF.search(text)
    task = _within(text[: asks.start()], "") if asks else None
    if task is None or len(task.phrases) < 2 or _OF_MARRIAGE.search(task.phrases[0]):
        # 婚姻登记中离婚: no one figure is both kinds together.
        return None
    return replace(task, is_weak=True)


def _within(left: str, right: str) -> Task | None:
    """护理型在养老床位里 (占多少): the part and its whole both stand before 占."""
    # 集中供养 and 初中级 hold a 中 that parts nothing.
    inside = re.match(
        r"(?P<whole>.+?)(?:当中|之中|里面|中间|[里内]|(?<![集初高])中(?![级心小央]))(?:的|,)?(?P<part>.+)$",
        left,
    )
    outside = re.match(r"(?P<part>.+?)在(?P<whole>.+?)(?:当中|之中|里面|中间|[里中内])$", left)
    found = outside or inside
    kind = _OF_MARRIAGE.search(found["part"]) if found else None
    if found and kind and (all_of := _ALL_OF_PLACE.fullmatch(found["whole"].strip("的,"))):
        place = all_of["place"]
        return Task("share", (f"{place}{kind[0]}登记", f"{place}结婚登记", f"{place}离婚登记"))
    if found:
        return Task("share", (found["part"].strip("的,"), found["whole"].strip("的,")))
    if _ASKS_SHARE.match(right):
        of_place, kind = _PLACE_OF.fullmatch(left), _KIND.search(left)
        if of_place:
            return Task("share", (of_place["place"] + of_place["noun"], of_place["noun"]))
        if kind and kind.end() < len(left) - 1:
            # 民办养老机构占几成: of all of its like.
            return Task("share", (left, f"全部{left[: kind.start()]}{left[kind.end() :]}"))
    is_present = re.search(r"现有|目前|现在|当前", left)
    return Task("share", (left,), is_weak=True) if is_present else None


def _added_up(whole: str) -> list[str]:
    """The parts of a whole that is made of several (消防和食品隐患总数 → 消防, 食品隐患), or the whole as it is."""
    summed = _SUMMED.sub("", whole)
    parts = wording.joined_parts(summed) if summed != whole else []
    return parts if 1 < len(parts) < _MOST_ADDED else [whole]
