"""Operands that one sentence lists side by side: 结婚登记3048对,离婚登记1001对; 临时救助金5244万元、大病救助资金2343万元.

What a question calls each of them stands beside its figure there, however it shortens the name, so that the words that
tell one from the others decide, and not what a sentence shares with the question as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.phrases import Wanted
from qa.evidence.findings import Finding
from qa.evidence.relevance import bigrams
from qa.evidence.solving import Solver
from qa.figures.quantities import same_family
from qa.figures.spots import Near, paid_for, spots_of
from vectorstore.folding import folded

_FINDINGS, _CHOICES, _MOST_TOGETHER = 8, 3, 4096
_ASKS = re.compile(r"是多少.*$")
# All of what tells an operand from the others, but for a character or two of a long name.
_TELLING = 0.75
_ALIKE = 0.5
_WORDS = re.compile(r"[\u4e00-\u9fff]+")


def in_one_sentence(
    wanted: Sequence[Wanted], findings: Sequence[Finding], solver: Solver, unit: str
) -> tuple[Operand, ...] | None:
    """One figure of a sentence for each operand; None where no sentence found names them all beside figures of one unit."""
    names = [_pairs(_ASKS.sub("", item.own.text)) for item in wanted]
    telling = [
        own - set().union(*(other for at, other in enumerate(names) if at != number))
        for number, own in enumerate(names)
    ]
    if not all(telling) or any(item.given or item.is_before or item.is_growth for item in wanted):
        return None
    for finding in findings[:_FINDINGS]:
        if finding.passage.cells or not finding.right_year:
            continue
        chosen = _assigned(finding, names, telling, unit)
        if chosen:
            return _operands(wanted, finding, chosen, solver)
    return None


def _assigned(
    finding: Finding,
    names: Sequence[set[str]],
    telling: Sequence[set[str]],
    unit: str,
) -> list[Near] | None:
    # Of 由670元提高到690元 what it was raised to.
    near = [item for item in spots_of(finding.text) if item.spot.quantity.unit and item.role != "before"]
    choices = [
        [item for item in near if len(own & _own_pairs(item)) >= _TELLING * len(own)] for own in telling
    ]
    if not all(choices):
        return None
    best: tuple[float, list[Near]] | None = None
    together = product(*(choice[:_CHOICES] for choice in choices))
    for number, combination in enumerate(together):
        units = [item.spot.quantity.unit for item in combination]
        is_like = all(same_family(units[0], other) for other in units)
        is_asked = not unit or same_family(units[0], unit)
        if number > _MOST_TOGETHER or not is_like or not is_asked:
            continue
        if len({item.spot.start for item in combination}) < len(combination):
            continue
        score = _likeness(combination, names)
        if best is None or score > best[0]:
            best = (score, list(combination))
    return best[1] if best else None


def _likeness(combination: Sequence[Near], names: Sequence[set[str]]) -> float:
    """How much of the operands' names stands beside the figures, and how alike the words are that stand there besides."""
    own = [_own_pairs(item) for item in combination]
    named = sum(len(name & words) / len(name) for name, words in zip(names, own, strict=True)) / len(names)
    rest = [words - name for name, words in zip(names, own, strict=True)]
    least = min(len(words) for words in rest)
    alike = len(set.intersection(*rest)) / least if least else 0.0
    return named + _ALIKE * alike


def _own_pairs(item: Near) -> set[str]:
    lead = item.lead if item.role == "after" else ""
    return _pairs(f"{item.before} {item.behind} {lead}")


def _pairs(text: str) -> set[str]:
    return {pair for run in _WORDS.findall(folded(text)) for pair in bigrams(run)}


def _operands(
    wanted: Sequence[Wanted], finding: Finding, chosen: Sequence[Near], solver: Solver
) -> tuple[Operand, ...]:
    """The figures with the clauses from the first to the last of them."""
    text = solver.index.documents[finding.passage.document].text
    first = finding.start + min(item.spot.start for item in chosen)
    last = finding.start + max(item.spot.end for item in chosen)
    source = clauses_around(finding.passage, text, (finding.start, finding.end), first, last)
    shown = solver.text_of(source)
    return tuple(
        Operand(
            item.name,
            paid_for(text, near.spot, finding.start),
            source,
            finding.start + near.spot.start,
            finding.start + near.spot.end,
            shown,
            finding.years,
            1.0,
        )
        for item, near in zip(wanted, chosen, strict=True)
    )
