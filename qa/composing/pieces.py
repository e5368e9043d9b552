"""A question in several parts cut into the pieces that each ask for something of their own."""

from __future__ import annotations

import re

from qa.arithmetic.contrasts import joined
from vectorstore.numerals import YEAR

MOST_PARTS = 6
# A piece of a question that asks for something of its own.
_ASKS = re.compile(
    r"多少|几(?=[\u4e00-\u9fff])(?!乎|个方面)|什么时[候间]|何时|哪(?!怕|儿来)|谁(?!都)|什么|啥|怎么|如何|百分之几|多[大高长久]|呢$"
)
_ONLY_WHICH = re.compile(
    "(?:都|各|分别|具体|它们|又|并且|请)*(?:是|有|叫|包括|列出)(?:哪些|哪几[个项条种类]|什么|啥|来)"
)
_STOP = re.compile(r"[?;。]+")
_CLAUSE = re.compile(
    r"[,、]|(?:还有|以及|另外)(?=[^,、?]{2,})|(?<=多[大长高重])(?=[\u4e00-\u9fff]{1,6}(?:多少|几))|"
    r"(?<=多少[人个户名次家件])(?=[花用投拨支发][了出]?(?:多少|几))|(?<=多少人次)(?=[花用投拨支发][了出]?(?:多少|几))"
)
_OF_EACH = re.compile(
    r"([^,?]{4,60}?)(?:各自?|分别)(?:是|有|为)?((?:[\u4e00-\u9fff]{0,4}?)(?:多少|几)[^,?]{0,6})"
)
# 全护理、半护理、全自理呢: of each the same as before.
_AND_OF_EACH = re.compile(
    r"((?:(?!另外|还有|那么|请问|同样)[\u4e00-\u9fff]{2,8}[、,]){2,5}[\u4e00-\u9fff]{2,8}?)(?:又|则|分别|各)?呢"
)
# What of each of several things is wanted, named once behind the last of them: …、农村低保标准一块列出来.
_MEASURE = r"标准|数量|人数|户数|金额|资金|比例|占比|面积|覆盖率|目标值?|数"
_OF_ALL_NAMED = re.compile(
    rf"([^,?]{{6,60}}?)的?({_MEASURE})(?:[,]?(?:请|都|全|各|分别|一块儿?|一起|一并|逐一|逐个|帮我|给我|麻烦)*(?:[列报说讲查给]|告诉)[出一]?[来下列说讲查]?(?:我|给我|清楚|看看|一?下)*|都?是?多少)?"
)
# 城市低保和农村低保,还有两项补贴,标准都是多少: one list with its measure behind it.
_ALSO = re.compile(rf",(?:还有|以及|另外)|(?:,)(?=(?:{_MEASURE})(?:都|各|分别)?是?多少$)")
_HOW_MANY_OF = re.compile(
    r"(?P<whose>[^,?]{0,16}?)(?:现在|目前|一共|总共|共|现|各|分别)*有(?:多少|几)(?:个|家|所|处)?(?P<things>[^,?、]{2,12}(?:、[^,?、]{2,16})+)"
)
_CLASS = re.compile(r"[一二三四五六](?:类地?区|[类档级等])")
_STANDARD, _A_SUM = "标准", re.compile("(?:[金费款率比数额]|标准|补贴|津贴|补助|资金|面积|投资)$")
_BETWEEN = re.compile("[、和与及]")
_YEAR = re.compile(rf"{YEAR}年[底末度]?")
_LEAST_NAMED = 3


def pieces_of(text: str) -> list[str]:
    """The parts of a folded question that ask for something; what stands before a part without asking belongs to it."""
    pieces: list[str] = []
    waiting = ""
    for sentence in _STOP.split(text):
        clauses = [clause for clause in _CLAUSE.split(sentence) if clause and clause.strip()]
        for clause in clauses:
            if pieces and not waiting and _ONLY_WHICH.fullmatch(clause.strip()):
                # 面临几个挑战,分别是什么 asks once.
                pieces[-1] = f"{pieces[-1]},{clause.strip()}"
                continue
            waiting = f"{waiting},{clause}" if waiting else clause.strip()
            if _ASKS.search(clause):
                pieces.append(waiting)
                waiting = ""
    if len(pieces) < 2:
        return of_each(text) or pieces
    each = [thing for piece in pieces for thing in of_each(_as_written(piece, text)) or [piece]]
    return each if len(each) <= MOST_PARTS else pieces


def of_each(text: str) -> list[str]:
    """注册志愿者、备案社会组织各多少 as a question about each of them; empty where a question is none about several."""
    text = _STOP.sub("", text)
    match = _OF_EACH.fullmatch(joined(text))
    if match:
        things = _with_tail([thing for thing in _BETWEEN.split(match[1]) if len(thing) > 1])
        things = _with_measure(_with_years(things))
        return [f"{thing}{match[2]}" for thing in things] if 1 < len(things) <= MOST_PARTS else []
    going_on = _AND_OF_EACH.fullmatch(text)
    if going_on:
        return [f"{thing}呢" for thing in re.split("[、,]", going_on[1])]
    counted = _HOW_MANY_OF.fullmatch(text)
    things = _BETWEEN.split(counted["things"]) if counted else []
    if counted and _LEAST_NAMED <= len(things) <= MOST_PARTS and all(len(thing) > 1 for thing in things):
        # 有多少养老机构、互助幸福院和助餐点: of each how many there are.
        return [f"{counted['whose']}{things[0]}有多少", *(f"{thing}有多少" for thing in things[1:])]
    named = _OF_ALL_NAMED.fullmatch(_ALSO.sub("、", text))
    things = [thing for thing in _BETWEEN.split(named[1]) if len(thing) > 1] if named else []
    if named is None or not _LEAST_NAMED <= len(things) <= MOST_PARTS:
        return []
    return [
        thing if re.search(f"(?:{_MEASURE})$", thing) else f"{thing.removesuffix(',')}{named[2]}"
        for thing in things
    ]


def _as_written(piece: str, text: str) -> str:
    """A piece with the marks that the question has between its names (全护理、半护理、全自理各多少)."""
    listed = piece.replace(",", "、")
    return listed if listed in text else piece


def _with_tail(things: list[str]) -> list[str]:
    """一类区, 二类区, 三类区城市低保: what the last class is asked for is asked of all."""
    found = _CLASS.search(things[-1]) if things else None
    if found is None or not things[-1][found.end() :] or not all(_CLASS.search(thing) for thing in things):
        return things
    tail = things[-1][found.end() :]
    return [thing if thing.endswith(tail) else f"{thing}{tail}" for thing in things]


def _with_measure(things: list[str]) -> list[str]:
    """城市低保, 农村低保标准: the standard that only the last one is called is that of all that are no sums themselves."""
    if not things or not things[-1].endswith(_STANDARD):
        return things
    return [thing if _A_SUM.search(thing) else f"{thing}{_STANDARD}" for thing in things[:-1]] + things[-1:]


def _with_years(things: list[str]) -> list[str]:
    """城市低保, 农村低保2015年: the year that only the last one has is that of all."""
    found = _YEAR.search(things[-1]) if things else None
    if found is None or any(_YEAR.search(thing) for thing in things[:-1]):
        return things
    return [*(f"{found[0]}{thing}" for thing in things[:-1]), things[-1]]


def sentences_asking(text: str) -> list[str]:
    """The sentences of a folded question that ask."""
    return [sentence for sentence in _STOP.split(text) if _ASKS.search(sentence)]
