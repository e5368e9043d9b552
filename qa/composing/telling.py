"""What of a sentence tells: how much is done, before what it only rests on and what it only hopes for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

# On what a measure rests and what it is for, where it stands before the measure.
_GROUND = re.compile(
    "(?:按照|根据|依据|依托|借助|结合|围绕|针对|随着|为(?:了|进一步|切实)?|以[^,。]{1,30}(?:为|作)|充分发挥|通过|在[^,。]{1,30}(?:上|下)[,，]?$)|"
    "[^,]{0,12}(?:按照|根据|围绕)[^,]*(?:要求|原则|精神|部署|规定)[,]?$"
)
# What a measure is hoped to do, which closes its sentence and names nothing.
_HOPED_FOR = re.compile(
    "(?:全面|不断|切实|进一步|有效|着力|持续|逐步|更好地?|从而)*(?:激发|提升|提高|增强|促进|推动|夯实|营造|满足|实现|助力|打造)"
    "[^\\d“《]{2,24}(?:活力|水平|能力|质量|效能|功能|意识|氛围|发展|需求|作用|效率|感)$"
)
# A clause that needs the one before it.
_DEPENDS = re.compile("(?:其中|其余|分别|比|较|同比|占|达到?|并|且|以?及|共|累计|即|包括|如|至|到|使|从而)")

# A telephone number, the date of a paper and how long it holds tell nothing of the work.
_OF_TIME = ("", "年", "月", "个月", "日")
_HAN = re.compile("[\u4e00-\u9fff]")
_FEWEST_WORDS = 6


def tells(text: str) -> int:
    """How many amounts a piece of text tells; what a measure rests on (按照…) tells nothing."""
    said = folded(text)
    if _GROUND.match(said) or len(_HAN.findall(said)) < _FEWEST_WORDS:
        return 0
    return sum(figure.is_amount and figure.unit not in _OF_TIME for figure in figures_in(said))


def without_hopes(text: str, start: int, stop: int) -> int:
    """Where text[start:stop] ends without the clauses at its end that only say what it is hoped to do."""
    clauses = clause_spans(text, start, stop)
    while len(clauses) > 1 and _HOPED_FOR.match(folded(text[slice(*clauses[-1])]).rstrip(JOINING + ENDING)):
        clauses.pop()
    return clauses[-1][1] if clauses else stop


def measure_start(text: str, start: int, end: int) -> int:
    """Where the measure of a sentence begins, behind the clauses on which it rests (按照《…》,)."""
    for begin, stop in clause_spans(text, start, end):
        if not _GROUND.match(folded(text[begin:stop])) or stop >= end or text[stop - 1] not in JOINING:
            return begin
    return start


def telling_clause(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The clause of text[start:end] that tells most, with the one before it where it needs that; None where none does."""
    start += len(text[start:end]) - len(text[start:end].lstrip(JOINING + " "))
    clauses = clause_spans(text, start, end)
    best: tuple[int, int] | None = None
    most = 0
    for number, (begin, stop) in enumerate(clauses):
        told = tells(text[begin:stop])
        if told > most:
            depends = number and _DEPENDS.match(folded(text[begin:stop]))
            best, most = (clauses[number - 1][0] if depends else begin, stop), told
    return best


def shared_out(lengths: Sequence[int], room: int, least: int) -> int:
    """How long each may be so that all together have `room`: what the short ones leave goes to the long; at least `least`."""
    left, waiting = room, sorted(lengths)
    while waiting:
        each = left // len(waiting)
        if waiting[0] > each:
            return max(each, least)
        left -= waiting.pop(0)
    return max([least, *lengths])
