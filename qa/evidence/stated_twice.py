"""Where a paper states the very figure of an answer once more, in its text and in a table: both places are cited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qa.evidence.claims import CALCULATION, Claim, Source
from qa.evidence.findings import Finding
from qa.evidence.row_names import row_shown
from qa.evidence.rows import without_owner
from qa.evidence.solving import Solved
from qa.figures.values import Figure, figures_in
from qa.understanding.units import same_kind

# What states it again says so much of the question, and so much of what the best says of it.
_ABOUT_IT, _AS_MUCH = 0.5, 0.6
_MOST = 2


def with_both_places(solved: Solved) -> Solved:
    """The solution; each claim that quotes one figure is cited by the other places of its paper that give it, too."""
    asked, draft = solved.asked, solved.draft
    if asked.asks != "number" or asked.confirms or asked.is_english:
        return solved
    best = max((finding.coverage for finding in solved.findings), default=0.0)
    near = [
        finding
        for finding in solved.findings
        if finding.right_year and finding.coverage >= max(_ABOUT_IT, _AS_MUCH * best)
    ]
    claims = tuple(_cited_by_both(asked.unit, claim, near) for claim in draft.claims)
    return solved if claims == draft.claims else replace(solved, draft=replace(draft, claims=claims))


def _cited_by_both(unit: str, claim: Claim, near: Iterable[Finding]) -> Claim:
    if len(claim.sources) != 1 or claim.text.startswith(CALCULATION):
        return claim
    figures = _amounts(without_owner(claim), unit)
    if len(figures) != 1:
        return claim
    own = claim.sources[0]
    again = [
        Source(finding.passage, finding.start, finding.end)
        for finding in near
        if finding.passage.document == own.passage.document
        and (finding.end <= own.start or own.end <= finding.start)
        and finding.passage.years[-1:] == own.passage.years[-1:]
        and _gives(finding, figures[0])
    ]
    return replace(claim, sources=(own, *list(dict.fromkeys(again))[: _MOST - 1])) if again else claim


def _gives(finding: Finding, figure: Figure) -> bool:
    """Whether a sentence gives a figure; a row notes its unit apart from its figures."""
    shown = row_shown(finding.passage) if finding.passage.cells else finding.text
    return any(
        other.value == figure.value
        and (same_kind(figure.unit, other.unit) if other.unit else bool(finding.passage.cells))
        for other in figures_in(shown)
    )


def _amounts(text: str, unit: str) -> list[Figure]:
    """The amounts of a text; where one is asked for in a unit, those in one like it."""
    amounts = [figure for figure in figures_in(text) if figure.is_amount]
    return [figure for figure in amounts if not unit or same_kind(unit, figure.unit)]
