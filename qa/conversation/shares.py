"""What share of something was asked about before (占比呢, 护理型占多少): of what it is a part of."""

from __future__ import annotations

import re

from qa.conversation.turns_before import MORE_THAN_TWO_BACK, OverTurns
from qa.understanding.antecedents import Antecedent
from qa.understanding.question import Near
from vectorstore.places import bare_name

SHARE = re.compile(
    r"(?:它|这|其|那)?(?:所)?(?:占比|占(?:了|到)?(?:总数|全部|总量)?的?(?:比例|比重|多少|几成|百分之[几多]少?)|(?:所占)?比[例重]|占(?:了|到)?(?:总数|全部|总量)?的?(?:多[少大]|几成))"
    r"(?:的?比[例重])?"
    r"(?:是|有|达到|多大|多少|怎么样|几成|百分之[几多]少?)*(?:呢|了|啊)?\??"
)
PART_SHARE = re.compile(
    r"(?P<part>(?!现在|目前|眼下|实际|一共|总共)[\u4e00-\u9fff]{2,10}?)的?占(?:了|到)?的?(?:多大(?:的?比[例重])?|多少|比[例重](?:是|有)?(?:多少)?|几成|百分之[几多]少?)(?:呢)?\??"
)
SO_MANY_THEN = re.compile(
    "(?:那|也)?(?:就|大概|大约|差不多|合|算下来|折合)+(?:是|有)?(?:多少|几)(?P<unit>[张个人户名家所处对])呢?[?]?"
)
_SHARE_ASKED = re.compile("(?P<part>.+?)的?占(?:(?P<whole>[^占]+?)的)?(?:比|多)")
_ONE_PASSAGE = 200
_SAME_THING = 4


def share(_: re.Match[str], before: Antecedent) -> OverTurns | None:
    """The share of what was asked last in what it is a part of: 护理型养老床位 of 养老床位."""
    part = before.subject
    whole_before = _whole_before(before)
    if whole_before:
        return OverTurns(_share_of(part, whole_before, before), before.text)
    earlier = before.previous
    for _back in range(MORE_THAN_TWO_BACK):
        if earlier is None or bare_name(earlier.place) != bare_name(before.place):
            return None
        whole = earlier.subject
        if whole and part != whole and (part.endswith(whole) or _is_of_it(before, earlier)):
            goes_on_from = f"{before.place}{before.years}{part}占比是多少"
            return OverTurns(_share_of(part, whole, before), goes_on_from, is_beside=True)
        earlier = earlier.previous
    return None


def _is_of_it(part: Antecedent, whole: Antecedent) -> bool:
    """Whether two questions about the same people or things were answered from one place (推荐就业的退役士兵, 培训退役士兵)."""
    is_near = bool(part.near and whole.near) and _is_close(part.near[0], whole.near[0])
    return is_near and whole.subject[-_SAME_THING:] == part.subject[-_SAME_THING:]


def _whole_before(before: Antecedent) -> str:
    """What was asked about before its parts, where the sentence behind its own gives them (其中…); "" for others."""
    previous = before.previous
    if previous is None or not previous.near or not before.near or "其中" not in before.answer:
        return ""
    (_, start, end), (_, begin, _) = previous.near[0], before.near[0]
    is_behind = _is_close(previous.near[0], before.near[0]) and begin >= end > start
    return previous.subject if is_behind and previous.subject not in before.subject else ""


def share_of_first(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """The share of a part in what the questions about the same sentence began with (总投资)."""
    part = said["part"]
    first: Antecedent | None = None
    earlier: Antecedent | None = before
    while earlier is not None and earlier.near and before.near and _is_close(earlier.near[0], before.near[0]):
        first, earlier = earlier, earlier.previous
    if first is None or not first.subject or part in first.subject:
        return None
    return OverTurns(_share_of(part, first.subject, before), is_beside=True)


def _share_of(part: str, whole: str, before: Antecedent) -> str:
    return f"{before.place}{before.years}{part}占{whole}的比例是多少"


def _is_close(one: Near, other: Near) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < _ONE_PASSAGE


def amount_of_share(said: re.Match[str], before: Antecedent) -> OverTurns | None:
    """那就是多少张, after 护理型占多少: so many percent of the whole."""
    asked = _SHARE_ASKED.match(before.text)
    if asked is None:
        return None
    part, whole = asked["part"], asked["whole"] or ""
    return OverTurns(f"{part}{'' if whole in part else whole}大概多少{said['unit']}", before.text)
