"""How sentences begin: as many clauses as are read at a glance, and what of a sentence only leads to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest

from qa.composing.telling import measure_start, telling_clause, tells
from qa.evidence.claims import Source
from qa.evidence.lists import lead_before_count
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans, sentence_spans
from vectorstore.tasks import opens_with_label

# Characters that a point has at least.
POINT = 45
# Less room than this explains nothing.
_ROOM = 16
_MOST_LEADS = 4
# Characters that figures may have beyond their room.
_FOR_FIGURES = 30
_FEWEST_COUNTED = 2
_FEW_WORDS = 24
_COUNTED = re.compile(r"^(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|[^,。;:]{0,12}[看说,:]一是)")
_OPENS = re.compile(
    rf"(?:同时|继续|并|积极)?在.{{0,30}}(?:要求|部署)|(?:联合|会同|协同).{{2,30}}|继续通过.{{0,12}}|[到至在从]?\s*{YEAR}\s*年?度?(?:\d+月)?(?:\d+日)?(?:底|末|前|以前|期间|起)?|同时|其中|此外|[一二三四五六七八九十]是|.{{0,12}}标准|"
    r"(?:\d+月\d+日)?[至到—-]?\d+月\d+日|通过.{0,12}|力争|在.{0,30}(?:上|中)|(?:随着|应对|面对|针对|围绕|进入|当前|受|对于|结合|以).{0,30}|截至.{0,14}|根据.{0,30}|按照.{0,30}|为.{0,24}|自.{0,10}(?:起|开始|以来)"
)
_LEADS_ON = re.compile(
    ".{0,20}(?:通过|采取|按照).{2,24}(?:结合|方式|形式|手段|途径|办法|并转|合作|要求)|(?:同时|并)?在.{2,30}(?:上|中|要求)"
)
# What only leads to the points.
_LEADING_UP = re.compile(r"(?:如下|以下(?:几项|几个)?(?:工作|方面|任务|原则|事项)?|下列)[:。]?$|[:]$")


Span = tuple[Passage, int, int]


def is_counted(text: str) -> bool:
    """Whether a sentence or a heading is one of several that are counted (一是…)."""
    return _COUNTED.match(folded(text)) is not None


def leads_up(text: str) -> bool:
    """Whether a sentence only announces what follows it (重点做好以下工作。)."""
    return _LEADING_UP.search(folded(text.strip())) is not None


def spans_of(passages: Sequence[Passage], text: str, *, after: int = 0) -> list[Span]:
    """The sentences of the passages that say something, from `after` on; of those that are counted only these."""
    spans = [
        (passage, start + lead_before_count(text[start:end]), end)
        for passage in passages
        for start, end in sentence_spans(text, passage.start, passage.end)
        if start >= after and not leads_up(text[start:end]) and not opens_with_label(folded(text[start:end]))
    ]
    followed = zip_longest(spans, spans[1:])
    counted = [_with_figures(span, behind, text) for span, behind in followed if _counts(span, text)]
    return counted if len(counted) >= _FEWEST_COUNTED else spans


def _counts(span: Span, text: str) -> bool:
    return is_counted(text[span[1] : span[2]])


def _with_figures(span: Span, behind: Span | None, text: str) -> Span:
    """一是大力培育社会组织。新增社会组织82家,…: what is counted in a few words, with the sentence of figures that tells it."""
    passage, start, end = span
    if behind is None or behind[0] is not passage or _counts(behind, text) or end - start > _FEW_WORDS:
        return span
    tells = any(figure.is_amount for figure in figures_in(text[behind[1] : behind[2]]))
    return (passage, start, behind[2]) if tells else span


def leads_of(passages: Sequence[Passage], text: str, room: int, *, after: int = 0) -> list[Source]:
    """How the sentences begin, one after the other, as many as there is room for; where they count 一是, these.

    The first is told whatever its length, unless there is hardly any room.
    """
    if room < _ROOM:
        return []
    spans = spans_of(passages, text, after=after)
    if len(spans) >= _FEWEST_COUNTED and is_counted(text[spans[0][1] : spans[0][2]]):
        # What is counted is told to the end.
        room = 3 * room
    each = max(_ROOM, room // max(1, min(len(spans), _MOST_LEADS)))
    told = [_told(passage, start, end, text, each) for passage, start, end in spans]
    # Behind the first sentence what says how much comes before what does not.
    ranked = [*told[:1], *sorted(told[1:], key=lambda lead: not tells(text[lead.start : lead.end]))]
    leads: list[Source] = []
    for lead in ranked:
        spare = _FOR_FIGURES if tells(text[lead.start : lead.end]) else 0
        if leads and (lead.end - lead.start > room + spare or len(leads) >= _MOST_LEADS):
            continue
        room -= lead.end - lead.start
        leads.append(lead)
    return sorted(leads, key=lambda lead: lead.start)


def _told(passage: Passage, start: int, end: int, text: str, longest: int) -> Source:
    """How a sentence begins, or its clause that tells where the beginning does not say how much."""
    begin, stop = beginning(text, measure_start(text, start, end), end, longest)
    if is_counted(text[start:end]) or tells(text[begin:stop]):
        return Source(passage, begin, stop)
    clause = telling_clause(text, stop, end)
    begin, stop = (
        beginning(text, clause[0], end, max(longest, clause[1] - clause[0])) if clause else (begin, stop)
    )
    return Source(passage, begin, stop)


def beginning(text: str, start: int, end: int, longest: int = POINT) -> tuple[int, int]:
    """The first clauses of a sentence, as many as `longest` characters hold, the first one in any case."""
    stop, most = start, longest
    for clause_start, clause_end in clause_spans(text, start, end):
        # What only opens the next clause (到2020年) is no end; what ends with a colon promises what follows.
        opened = text[start:stop].rstrip(JOINING)
        # 金额在1500元以下的,由乡镇审批: the condition alone says nothing.
        opens = stop == start or opened.endswith("的") or bool(_OPENS.fullmatch(opened))
        if folded(text[stop - 1 : stop]) == ":":
            most = max(longest, 2 * POINT)
        if not opens and clause_end - start > most:
            break
        stop = clause_end if clause_end > clause_start else stop
    said = text[start : _before_opening(text, start, stop, end)].rstrip(JOINING + ENDING + "*")
    return start, start + len(_without_open_bracket(said))


def _without_open_bracket(said: str) -> str:
    """What is said without a bracket that is not closed in it (幸福院10个(肃州镇3个,…)."""
    opened = max(said.rfind("("), said.rfind("\uff08"))
    is_open = opened > _FEWEST_COUNTED and not re.search("[)\uff09]", said[opened:])
    return said[:opened] if is_open else said


def _before_opening(text: str, start: int, stop: int, end: int) -> int:
    """Where text[start:stop] ends without a last clause that only leads to what is cut off behind it (…,通过线上线下相结合)."""
    clauses = clause_spans(text, start, stop)
    is_cut = stop < end and text[stop - 1] in JOINING
    if not is_cut or len(clauses) <= 1:
        return stop
    begin, _ = clauses[-1]
    return begin if _LEADS_ON.fullmatch(folded(text[begin:stop]).rstrip(JOINING)) else stop
