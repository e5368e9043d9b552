"""One thing in two years, of which one sentence tells both: 护理员由2015年的1150人增加到2020年的2680人."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.phrases import Wanted
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solver
from qa.figures.quantities import same_family
from qa.figures.spots import Near, paid_for, spots_of
from vectorstore.folding import folded
from vectorstore.numerals import years_in

# What share of the thing's name stands at the figure of the earlier year.
_NAMED = 0.5
_FINDINGS = 4


def told_of_both_years(
    wanted: Sequence[Wanted], findings: Sequence[Finding], solver: Solver, unit: str
) -> tuple[Operand, ...] | None:
    """The figures of both years in the order wanted; None where no sentence raises the thing from the one to the other.

    What else such a sentence raises (…,分散供养标准由280元提高到455元) is of the same two years.
    """
    years = [item.question.years for item in wanted]
    if len(wanted) != 2 or any(len(year) != 1 for year in years) or years[0] == years[1]:
        return None
    first, last = sorted(year[0] for year in years)
    terms = solver.vocabulary.terms_of(wanted[0].own)
    found = [
        (coverage(terms, plain(f"{low.before}{low.lead}")), finding, low, high)
        for finding in list(dict.fromkeys(findings))[:_FINDINGS]
        if not finding.passage.cells and {first, last} <= set(years_in(folded(finding.text)))
        for low, high in _raises(finding, unit)
    ]
    best = max(found, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < _NAMED:
        return None
    _, finding, low, high = best
    operands = {
        first: _operand(finding, low, (low, high), first, solver),
        last: _operand(finding, high, (low, high), last, solver),
    }
    return tuple(operands[year[0]] for year in years)


def _raises(finding: Finding, unit: str) -> Iterator[tuple[Near, Near]]:
    if "分别" in finding.text:
        # 480元提高到580元、580元提高到620元: steps, each of a year of its own.
        return
    for low, high in pairwise(spots_of(finding.text)):
        is_pair = low.role == "before" and same_family(low.spot.quantity.unit, high.spot.quantity.unit)
        if is_pair and (not unit or same_family(low.spot.quantity.unit, unit)):
            yield low, high


def _operand(finding: Finding, near: Near, pair: tuple[Near, Near], year: int, solver: Solver) -> Operand:
    text = solver.index.documents[finding.passage.document].text
    start, end = (finding.start + pair[0].spot.start, finding.start + pair[1].spot.end)
    source = clauses_around(finding.passage, text, (finding.start, finding.end), start, end)
    return Operand(
        f"{year}年",
        paid_for(text, near.spot, finding.start),
        source,
        finding.start + near.spot.start,
        finding.start + near.spot.end,
        solver.text_of(source),
        (year,),
        1.0,
    )
