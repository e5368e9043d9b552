"""Follow-ups that ask for a share or a change of what was quoted, which its own sentence states or lets work out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from qa.composing.beside import Spot
from qa.evidence.claims import Claim
from qa.figures.values import Figure, figures_in
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

# 占比呢, 民办占多少: the share of a part in the whole that its sentence begins with.
_SHARE = re.compile(
    r"(?:它|这|其|那)?(?:所)?(?P<part>[\u4e00-\u9fff]{0,24}?)的?(?:占比|占(?:了|到)?(?:总数|全部|总量)?的?(?:比例|比重|多少|几成|百分之[几多]少?|多[少大])|(?:所占)?比[例重])"
    r"(?:的?比[例重])?(?:是|有|达到|多大|多少|怎么样|几成|百分之[几多]少?)*(?:呢|了|啊)?\??"
)
_PART = re.compile(r"其中|[(（]")
_STATED_SHARE = re.compile(r"占[^,。;]{0,12}\d[\d.]*%|比[例重][^,。;]{0,6}\d[\d.]*%")
_CHANGED = re.compile(
    r"(?:它|这|那)?(?:比|较)(?:上一?年|去年|上年同期|前一?年|年初|原来|以前)(?:同期)?(?:一共|总共)?(?:是)?"
    r"(?:增加|增长|提高|上升|减少|下降|多|少|涨|降)(?:了|出)?(?:多少|几)[\u4e00-\u9fff]{0,3}?(?:呢)?\??"
)
_STATED_CHANGE = re.compile(
    r"(?:比|较)(?:上一?年|去年|上年同期|前一?年|年初|原来|以前)(?:同期|末|底)?[^,。;]{0,4}(?:增加|增长|提高|上升|减少|下降|多|少|净增)[^,。;\d]{0,4}\d"
)
_SHORTEST = 2
_LARGEST_SHARE = Decimal(100)


def is_bare_share(said: str) -> bool:
    """Whether a follow-up asks for a share and does not say of what (占比呢)."""
    asks = _SHARE.fullmatch(folded(said))
    return asks is not None and not asks["part"]


def changed_beside(said: str, spots: Sequence[Spot]) -> tuple[Claim, ...]:
    """比上年增加多少: what the sentence quoted says of it itself; () when it says nothing."""
    if not _CHANGED.fullmatch(folded(said)):
        return ()
    for spot in spots:
        if spot.distance:
            continue
        stated = [
            (start, end)
            for start, end in clause_spans(spot.text, 0, len(spot.text))
            if _STATED_CHANGE.search(folded(spot.text[start:end]))
        ]
        if stated:
            # Of several the one nearest behind what was quoted.
            start, end = min(stated, key=lambda clause: (clause[0] < spot.quoted[0], clause[0]))
            return (spot.claim(min(start, spot.quoted[0]), max(end, spot.quoted[1])),)
    return ()


def share_beside(said: str, spots: Sequence[Spot]) -> tuple[Claim, ...]:
    """占比呢: the part that was quoted or is named, over the whole before it (共28家,其中民办22家); () when there is none."""
    asks = _SHARE.fullmatch(folded(said))
    if asks is None:
        return ()
    for spot in spots:
        if spot.distance:
            continue
        pair = _part_and_whole(spot, re.sub("的$", "", asks["part"]))
        if pair is None or _STATED_SHARE.search(folded(spot.text)):
            continue
        part, whole = pair
        share = (part.value / whole.value * _LARGEST_SHARE).quantize(Decimal("0.1"), ROUND_HALF_UP)
        is_exact = share * whole.value == part.value * _LARGEST_SHARE
        shown = " ÷ ".join(spot.text[figure.start : figure.end].strip() for figure in (part, whole))
        claim = spot.claim(*_clauses_of(spot.text, whole.start, part.end))
        line = f"计算：{shown} × 100% = {'' if is_exact else '约'}{share.normalize():f}%。"
        return claim, Claim(line, claim.sources)
    return ()


def _part_and_whole(spot: Spot, name: str) -> tuple[Figure, Figure] | None:
    """The part's figure and the whole's, in one unit, with 其中 or a bracket between them."""
    held = folded(spot.text)
    amounts = [
        figure for figure in figures_in(spot.text) if figure.is_amount and figure.unit not in ("", "%")
    ]
    # 社会组织民非 and 民非社会组织 are called 民非 there.
    forms = [form for n in range(len(name), _SHORTEST - 1, -1) for form in (name[:n], name[-n:])]
    for form in forms:
        part = next((f for f in amounts if form in held and held.find(form) < f.start), None)
        whole = _whole_of(part, amounts, held) if part else None
        if part and whole:
            return part, whole
    # Without a name for the part there must be only one.
    quoted = [f for f in amounts if spot.quoted[0] <= f.start < spot.quoted[1]]
    pairs = [(part, whole) for part in quoted if (whole := _whole_of(part, amounts, held))]
    return pairs[0] if len(pairs) == 1 else None


def _whole_of(part: Figure, amounts: Sequence[Figure], text: str) -> Figure | None:
    wholes = [
        figure
        for figure in amounts
        if figure.end <= part.start
        and figure.unit == part.unit
        and figure.value > part.value
        and _PART.search(text[figure.end : part.start])
    ]
    return wholes[-1] if wholes else None


def _clauses_of(text: str, start: int, end: int) -> tuple[int, int]:
    """The whole clauses around a stretch of a sentence, to the end of a bracket that opens there."""
    held = folded(text)
    clauses = [c for c in clause_spans(text, 0, len(text)) if start < c[1]]
    last = next(
        (c for c in clauses if c[1] >= end and held.count("(", 0, c[1]) <= held.count(")", 0, c[1])),
        clauses[-1],
    )
    return clauses[0][0], last[1]
