"""Figures that a sentence states, as operands: how well each fits what is wanted, and the words that are shown with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic.fitting import (
    GIVEN,
    fits,
    is_given,
)
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.preference import Preference
from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.relevance import IN_CONTEXT, Term, coverage, plain
from qa.evidence.solving import Solver
from qa.figures.degrees import is_of_other_degree
from qa.figures.punctuation import JOINING
from qa.figures.quantities import Quantity, Spot, quantities_in, same_family
from qa.figures.spots import Near, paid_for, spots_of
from qa.figures.tiers import age_in
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans, shortest_run

# What a term of the operand counts for where it stands: before its figure, right behind it, before
# the list of which it is an item, around both.
_BEHIND, _IN_LEAD, IN_CLAUSE, _IN_SENTENCE = 0.85, 0.95, 0.6, 0.35
# In a clause that lists amounts (特困供养4300万元、临时救助1600万元) the words of one say little of the next.
_IN_LIST = 0.4
CLASS = re.compile(
    r"(?:[一二三四五六七八九]|(?<!\d)\d)(?:类|档|"
    r"级(?=[,、和与比:每]|$|护理|残疾|重度|人|的|标准|是|一))|[甲乙丙丁]类"
)
_OWN_YEAR = re.compile(rf"{YEAR}年")
# 按最低工资标准的35%确定,即693元: what it comes to is meant.
_COMES_TO = re.compile(r"^(?:确定|计算|计发|执行|发放)?,?(?:即|为)\s*\d")
# A tier of a list (90—94周岁:每人每月150元) is shown with whom it is for.
_TIER_LENGTH = 60
# The share of its wording that stands at the figure that is called so, and how much less at one that is not.
_CALLED_SO, _LESS_SO = 0.9, 0.25


def of_sentence(
    wanted: Wanted,
    finding: Finding,
    terms: Sequence[Term],
    telling: Sequence[Term],
    unit: str,
    solver: Solver,
    least: float,
) -> Iterator[Operand]:
    """The figures of a sentence that may be the operand, with how well they fit."""
    text = solver.index.documents[finding.passage.document].text
    spots = spots_of(finding.text, of_growth=wanted.is_growth)
    named = [coverage(terms, plain(near.before), _own(near)) if terms else 0.0 for near in spots]
    by_year = _told_by_year(spots)
    preference = Preference.of(wanted, finding, terms, solver)
    for near, said in zip(spots, named, strict=True):
        if near not in by_year and _is_named_at_another(near, said, spots, named, unit):
            continue
        quantity = paid_for(text, near.spot, finding.start)
        if not quantity.unit and unit and coverage(terms, plain(near.behind)) > 0.3:
            quantity = replace(quantity, unit=unit)
        is_fit = bool(quantity.unit) and (not unit or fits(quantity.unit, unit))
        if not is_fit or _is_step_of(quantity, wanted, folded(finding.text[near.spot.end :])):
            continue
        around = _around(near, finding, spots, is_of_own_year=near in by_year)
        covered = coverage(terms, plain(near.before), around) if terms else _says(wanted, near)
        # The figure of the very place that is asked about, as in a row.
        parts = [place for place in wanted.question.named if place not in wanted.question.regions]
        is_of_part = any(name in _since_last(near, spots, finding.text) for name in parts)
        covered = (1 + covered) / 2 if is_of_part else covered
        if covered < least or (wanted.given and not is_given(quantity, wanted.given)):
            continue
        is_of_other = is_of_other_degree(folded(wanted.question.text), folded(near.before))
        if is_of_other or _is_of_another_place(wanted, near, finding.text, spots):
            continue
        told = coverage(telling, plain(near.before), around) if telling else covered
        score = (covered + told) / 2 * finding.score * preference.for_figure(near)
        score += GIVEN if wanted.given else 0
        yield _operand(wanted, quantity, finding, near.spot, score, terms, solver)


def _around(
    near: Near, finding: Finding, spots: Sequence[Near], *, is_of_own_year: bool
) -> list[tuple[str, float]]:
    """The words around a figure, the nearest first, with what a term counts for among them."""
    # The only amount of money of a sentence is of all that the sentence is about.
    is_only = sum(other.spot.quantity.unit == near.spot.quantity.unit == "元" for other in spots) == 1
    clause = _clause_of(finding.text, near.spot)
    return [
        (plain(near.behind), _BEHIND),
        (plain(near.lead), _IN_LEAD),
        (plain(clause), _IN_LIST if near.before and _is_listed(near.spot, clause) else IN_CLAUSE),
        (plain(finding.text), _BEHIND if is_of_own_year else IN_CLAUSE if is_only else _IN_SENTENCE),
        (plain(" ".join(finding.passage.section[-1:])), IN_CONTEXT),
    ]


def _is_step_of(quantity: Quantity, wanted: Wanted, behind: str) -> bool:
    """Whether a figure only tells how another is worked out (标准的1.38倍, 按35%确定,即693元)."""
    is_multiple = quantity.unit == "倍" and "倍" not in wanted.question.text
    return is_multiple or (quantity.unit == "%" and _COMES_TO.match(behind) is not None)


def _told_by_year(spots: Sequence[Near]) -> list[Near]:
    """The figures that a sentence gives to years of their own (2021年建成22个,2022年建成48个): what it is about, each is of."""
    dated = [near for near in spots if _OWN_YEAR.search(near.before)]
    years = {year for near in dated for year in _OWN_YEAR.findall(near.before)}
    return dated if len(years) > 1 else []


def _since_last(near: Near, spots: Sequence[Near], sentence: str) -> str:
    """What stands between the figure before and this one: all places of a list that have the same (京山县、沙洋县达到400元)."""
    last = max((other.spot.end for other in spots if other.spot.end <= near.spot.start), default=0)
    return sentence[last : near.spot.start]


def _own(near: Near) -> list[tuple[str, float]]:
    """What is said of a figure behind it, and before the list of which it is an item."""
    return [(plain(near.behind), 1.0), (plain(near.lead), 1.0)]


def _is_named_at_another(
    near: Near, said: float, spots: Sequence[Near], named: Sequence[float], unit: str
) -> bool:
    """Whether what is asked about stands right at another figure of the sentence, and this one is called otherwise.

    养老床位达到3200张,护理型床位占比达到60%: 3200张 are no 护理型床位, nor are 离婚登记1001对 those of 补发离婚证207人次.
    """
    is_money = near.spot.quantity.unit == "元"

    def is_rival(other: str) -> bool:
        """Whether a figure in this unit may be what is asked for (80家 are none of 养老机构…多少张床), or its share."""
        return (other == "元") == is_money and (not unit or other == "%" or same_family(other, unit))

    # 1126户1893人: a figure without words of its own is of what the one before it is of.
    return len(plain(near.before)) > 1 and any(
        other is not near
        and called >= _CALLED_SO
        and said <= called - _LESS_SO
        and is_rival(other.spot.quantity.unit)
        for other, called in zip(spots, named, strict=True)
    )


def _says(wanted: Wanted, near: Near) -> float:
    """Of a wording without a word to weigh (3A级): whether it stands before the figure as it is."""
    own = plain("".join(wanted.own.content))
    return float(bool(own) and own in plain(near.before))


def _is_of_another_place(wanted: Wanted, near: Near, sentence: str, spots: Sequence[Near]) -> bool:
    """Whether the sentence names the place asked about beside another figure (双河镇9个、古城镇6个).

    A place is that of the figure behind it (京山县、沙洋县达到400元), and of what that was raised to.
    """
    named = [place for place in wanted.question.named if place in sentence]
    if not named or any(place in near.before + near.behind for place in named):
        return False
    for place in named:
        behind = [other for other in spots if other.spot.start > sentence.index(place)]
        own = behind[: 2 if behind and behind[0].role == "before" else 1]
        if near in own:
            return False
    return True


def _operand(
    wanted: Wanted,
    quantity: Quantity,
    finding: Finding,
    spot: Spot,
    score: float,
    terms: Sequence[Term],
    solver: Solver,
) -> Operand:
    text = solver.index.documents[finding.passage.document].text
    start, end = finding.start + spot.start, finding.start + spot.end
    number = text[start:end]
    needed = 0.9 * coverage(terms, plain(finding.text))
    marks = set(CLASS.findall(folded(wanted.own.text))) & set(CLASS.findall(folded(finding.text)))
    covering = [
        (first, last)
        for first, last in [
            shortest_run(
                text,
                finding.start,
                finding.end,
                lambda piece: (
                    number in piece
                    and coverage(terms, plain(piece)) >= needed
                    and marks <= set(CLASS.findall(folded(piece)))
                ),
            )
        ]
        if first <= start and end <= last
    ]
    is_tier = age_in(wanted.question.text) is not None and len(finding.text) <= _TIER_LENGTH
    first, last = covering[0] if covering and not is_tier else (finding.start, finding.end)
    last = first + len(text[first:last].rstrip(JOINING))
    source = Source(finding.passage, first, last)
    return Operand(wanted.name, quantity, source, start, end, text[first:last], finding.years, score)


def _is_listed(spot: Spot, clause: str) -> bool:
    """Whether a clause lists several amounts in the unit of this one."""
    return sum(other.quantity.unit == spot.quantity.unit for other in quantities_in(clause)) > 1


def _clause_of(text: str, spot: Spot) -> str:
    return next((text[a:b] for a, b in clause_spans(text, 0, len(text)) if a <= spot.start < b), text)
