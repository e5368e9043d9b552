"""Questions that consist of others: taken apart, solved part by part, put together in code.

Each composer looks at a question, and returns its solution, or None when the question is not of its kind or one of
its parts has no exact answer; then the next one is asked, and in the end the question is solved as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.arithmetic.composer import calculated
from qa.composing.adding_up import added_up
from qa.composing.agreement import agreeing
from qa.composing.aims import aimed
from qa.composing.articles import of_articles
from qa.composing.assigned import assigned
from qa.composing.auditing import doubted_figure, doubts_told
from qa.composing.bands import banded
from qa.composing.both_extremes import both_extremes
from qa.composing.both_named import told_of_both
from qa.composing.calculating import calculated_apart
from qa.composing.changes_told import told_of_change, without_change_of_another
from qa.composing.comparison import compared
from qa.composing.continuing import continued
from qa.composing.counted_names import counted_names
from qa.composing.divisions import divided
from qa.composing.either_word import either_word
from qa.composing.every_place import completed_by_places, told_of_every_place
from qa.composing.explained import explained
from qa.composing.held_apart import held_apart
from qa.composing.held_open import held_against_open
from qa.composing.named_parts import told_of_part
from qa.composing.opening import told_by_opening
from qa.composing.other_year import told_of_stated_year
from qa.composing.overview import surveyed
from qa.composing.paid_by_levels import paid_by_levels
from qa.composing.presumed import corrected_premise
from qa.composing.raised import raised_most
from qa.composing.rest_told import with_rest_told
from qa.composing.several import taken_apart
from qa.composing.stated_problems import problems_told
from qa.composing.structure import parts_counted, structured
from qa.composing.supposed import refused_otherwise, told_otherwise
from qa.composing.whereabouts import told_where
from qa.evidence.claims import Claim
from qa.evidence.extractive import Draft
from qa.evidence.items import never_spelt_out
from qa.evidence.refusing import misplaced, refused
from qa.evidence.solving import Solved, Solver
from qa.evidence.stated_twice import with_both_places
from qa.tables import looked_up, rows_apart, tabulated
from qa.understanding.attributes import asks_opinion
from qa.understanding.question import Question

Composer = Callable[[Question, Solver], Solved | None]

# In the order in which they are asked: who takes a question leaves nothing of it to the later ones.
COMPOSERS: tuple[Composer, ...] = (
    continued,
    added_up,
    doubts_told,
    doubted_figure,
    agreeing,
    told_of_stated_year,
    told_of_change,
    told_otherwise,
    of_articles,
    banded,
    divided,
    structured,
    told_where,
    problems_told,
    assigned,
    tabulated,
    rows_apart,
    raised_most,
    paid_by_levels,
    held_apart,
    calculated_apart,
    calculated,
    compared,
    told_of_every_place,
    explained,
    taken_apart,
    told_of_both,
    told_of_part,
    aimed,
    told_by_opening,
    surveyed,
    looked_up,
)


def solve(asked: Question, solver: Solver, *, composers: Sequence[Composer] = COMPOSERS) -> Solved:
    """The solution of any question."""
    solver = solver.for_one_question()

    def solved_by(asked: Question, solver: Solver) -> Solved:
        return _composed(asked, solver, composers)

    solved = held_against_open(asked, solved_by(asked, solver), solver, solved_by)
    return with_both_places(with_rest_told(solved, solver))


def _composed(asked: Question, solver: Solver, composers: Sequence[Composer]) -> Solved:
    if asks_opinion(asked.text):
        return Solved(asked, (), Draft(()), ())
    # A question about none but absent places has no parts that the library could answer.
    if not asked.is_outside and (asked.regions or not asked.elsewhere):
        in_either_word = either_word(asked, solver, solve) or both_extremes(asked, solver, solve)
        if in_either_word is not None:
            return in_either_word
        for compose in composers:
            solved = compose(asked, solver)
            if solved is not None:
                return solved
    solved = without_change_of_another(solver.solve(asked), solver)
    solved = completed_by_places(solved, solver) or solved
    by_names = None if solved.draft.claims else counted_names(asked, solver) or parts_counted(asked, solver)
    told = refused_otherwise(corrected_premise(solved, solver), solver)
    told = _with_what_is_not_told(told, solver)
    return by_names or misplaced(solved) or refused(told, solver)


def _with_what_is_not_told(solved: Solved, solver: Solver) -> Solved:
    """Where the items of a name that counts (“四个重大”) are asked for, and it is named without them: said to be so."""
    cited = {source.passage.document for claim in solved.draft.claims for source in claim.sources}
    name = (
        never_spelt_out(solved.asked, [solver.index.documents[held].text for held in cited]) if cited else ""
    )
    if not name:
        return solved
    # Said with certainty: the whole of each paper was read for it.
    said = Claim(f"文中只提到“{name}”，没有写明分别是哪些。")
    claims = (*solved.draft.claims, said)
    return replace(solved, draft=replace(solved.draft, claims=claims, is_settled=True, is_partial=True))
