"""Which of the findings for a question is tried first, where another one says what the best does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.amounts import amounts_like
from qa.evidence.findings import Finding
from qa.evidence.owning import best_owned, own_figures
from qa.evidence.premise_owners import gives_owner_the_same
from qa.evidence.premises import gives_all_figures
from qa.evidence.relevance import Term, plain
from qa.evidence.rows import row_claim
from qa.evidence.wanted import Wanted
from qa.figures.values import figures_in
from qa.understanding.kinds import gives_both, lacks_kind
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex

# A sentence that gives both kinds comes first when it says about as much as the row of one.
_AS_GOOD = 0.93
# A sentence that gives the figure of a statement is nearly as good as the best one.
_AS_GOOD_FOR_STATEMENT = 0.85
# Of so many findings one may say more of the question than the best.
_CANDIDATES = 4


def of_kinds_named(question: Question, group: Sequence[Finding], index: PassageIndex) -> Sequence[Finding]:
    """The findings without the rows that give a figure of all kinds to a question for one (特困人员6437 to 城市特困人员)."""
    if question.asks != "number":
        return group

    def is_of_all(finding: Finding) -> bool:
        passage = finding.passage
        if not passage.cells:
            return False
        around = f"{passage.caption}{''.join(passage.section)}{passage.cells[0][1]}"
        return lacks_kind(folded(question.text), folded(row_claim(question, finding, index).text + around))

    return [finding for finding in group if not is_of_all(finding)]


def both_kinds_first(question: Question, group: Sequence[Finding]) -> Sequence[Finding]:
    """The findings, first a sentence that gives both kinds where a row gives one and the question names neither.

    孤儿标准多少: 集中养育1860元/月、散居1390元/月, and not the row of 集中养育 alone.
    """
    best = group[0]
    if question.asks != "number" or not best.passage.cells or question.years or best.stands_out:
        return group
    shown = "".join(value for _, value in best.passage.cells)
    both = [
        f
        for f in group
        if not f.passage.cells
        and gives_both(shown, f.text, question.text)
        and amounts_like(question, f.text) > 1
    ]
    return [*both[:1], *group] if both and both[0].coverage >= _AS_GOOD * best.coverage else group


def saying_all_first(
    question: Question, group: Sequence[Finding], terms: Sequence[Term]
) -> Sequence[Finding]:
    """The findings, first one that says a word of the question which the best says nowhere, and no less of the rest
    (出国花了多少三公经费: 公出国费0万元, and not what all of them cost), no less at its figure or in the same unit."""
    best = group[0]
    if question.asks != "number" or best.passage.cells or best.stands_out:
        return group
    around = plain(f"{best.text} {' '.join(best.passage.section)}")
    unsaid = [piece for piece in question.content if len(piece) > 1 and plain(piece) not in around]
    for finding in group[1:_CANDIDATES]:
        is_as_good = finding.coverage >= best.coverage and finding.passage.document == best.passage.document
        # A target is no result, for all its words.
        is_other = question.aspect == "result" and finding.passage.statement == "target"
        own, other = (best_owned(question, found.text, terms) for found in (finding, best))
        is_as_good = is_as_good and (
            own is None or other is None or own.unit == other.unit or own.said >= other.said
        )
        if is_as_good and not is_other and any(plain(piece) in plain(finding.text) for piece in unsaid):
            return [finding, *group]
    return group


def agreeing_first(wanted: Wanted, found: Sequence[Finding]) -> list[Finding]:
    """The findings, first those that give the very figure of a statement of what it counts or names (新建46个 by 建成…46个).

    Only what no sentence says is contrary to the paper.
    """
    stated = [f for f in figures_in(wanted.question.text) if f.is_amount and f.unit]

    asked, regions = folded(wanted.question.text), wanted.question.regions
    best = max((finding.score for finding in found), default=0.0)

    def agrees(finding: Finding) -> bool:
        if not finding.right_year:
            return False
        is_about_it = finding.score >= _AS_GOOD_FOR_STATEMENT * best
        if (
            is_about_it
            and finding.right_subject
            and gives_owner_the_same(asked, folded(finding.text), regions)
        ):
            return True
        return any(
            any(noun in plain(own.words) for noun in wanted.counted)
            and any(
                f.agrees_with(given)
                for f in stated
                for given in figures_in(finding.text[own.start : own.end])
            )
            for own in own_figures(finding.text, wanted.terms)
        )

    rows = [f for f in found if gives_all_figures(wanted.question, f)]
    first = [
        replace(f, stands_out=True)
        for f in (*rows, *found)
        if f in rows or (not f.passage.cells and agrees(f))
    ]
    first = list(dict.fromkeys(first))
    starts = {finding.start for finding in first}
    return [*first, *(finding for finding in found if finding.start not in starts)]
