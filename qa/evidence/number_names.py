"""A number asked for by its name (养老床位数, 社区总数) where no sentence has that name: the thing itself, counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim
from qa.evidence.of_some import ADDED, AIMED_AT, CALLED, DONE_TO, MADE_OVER
from qa.understanding.numbers_named import thing_of, unit_of
from qa.understanding.question import Question

_AS_IT_IS = re.compile("^(?:现有|目前|现在|当前|全[市州县区省旗镇])(?=[\u4e00-\u9fff]{2})")
_IN_ALL = re.compile("全[市州县区省旗镇]|现有|现在|目前|截至|[共设建]有|总[数量]|达到?")
_SOME_ONLY = re.compile(
    f"{ADDED}|{MADE_OVER}|{CALLED}|{DONE_TO}|{AIMED_AT}|[评获]|整治|撤销|完成|示范|试点|消防|验收"
)


def counted_thing(asked: Question) -> list[Question]:
    """The question for how many there are of what it calls by a number's name; empty for other questions."""
    if asked.asks not in ("number", "text") or not asked.content:
        return []
    *before, last = asked.content
    thing = _AS_IT_IS.sub("", thing_of(last))
    if not thing:
        return []
    unit = asked.unit or unit_of(thing) or "个"
    return [replace(asked, content=(*before, thing), asks="number", unit=unit)]


def counts_all(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that tell how many there are in all, and not how many are new, gone, or of one kind."""
    return [
        claim
        for claim in claims
        if _IN_ALL.search(said := claim.text.partition("：")[2]) and not _SOME_ONLY.search(said)
    ]
