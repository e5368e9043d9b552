"""A number asked for by its name (养老床位数, 社区总数) where no sentence has that name: the thing itself, counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim
from qa.understanding.question import Question

_NUMBER_OF = re.compile("(?P<thing>[\u4e00-\u9fff]{2,})(?:总?数|总?数量|总量)")
# What ends so and counts nothing: 指数, 倍数, 天数.
_COUNTS_NOTHING = re.compile("[指系参基倍分岁次天函少多无级]$")
_AS_IT_IS = re.compile("^(?:现有|目前|现在|当前|全[市州县区省旗镇])(?=[\u4e00-\u9fff]{2})")
_IN_ALL = re.compile("全[市州县区省旗镇]|现有|现在|目前|截至|[共设建]有|总[数量]|达到?")
_SOME_ONLY = re.compile(
    "新[增建设]|申报|创建|改[建造]|整[治改]|注销|撤销|劝散|培育|打造|完成|示范|试点|[评获命]|力争|确保|计划|消防|检查|验收"
)
_UNITS = (
    (re.compile("床位$"), "张"),
    (re.compile("(?:户|家庭)$"), "户"),
    (re.compile("(?:[人员者童儿民工生]|对象)$"), "人"),
)


def counted_thing(asked: Question) -> list[Question]:
    """The question for how many there are of what it calls by a number's name; empty for other questions."""
    if asked.asks not in ("number", "text") or not asked.content:
        return []
    *before, last = asked.content
    name = _NUMBER_OF.fullmatch(last)
    if name is None or _COUNTS_NOTHING.search(name["thing"]):
        return []
    thing = _AS_IT_IS.sub("", name["thing"])
    unit = asked.unit or next((unit for ends, unit in _UNITS if ends.search(thing)), "个")
    return [replace(asked, content=(*before, thing), asks="number", unit=unit)]


def counts_all(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that tell how many there are in all, and not how many are new, gone, or of one kind."""
    return [
        claim
        for claim in claims
        if _IN_ALL.search(said := claim.text.partition("：")[2]) and not _SOME_ONLY.search(said)
    ]
