"""A statement whose figure is another year's: what the paper says of the year that was stated, beside it."""

from __future__ import annotations

from dataclasses import replace

from qa.evidence.extractive import Draft
from qa.evidence.premises import CONTRARY, contrary
from qa.evidence.solving import Solved, Solver, together
from qa.understanding.question import Question, understand
from vectorstore.numerals import years_in


def told_of_stated_year(asked: Question, solver: Solver) -> Solved | None:
    """Of 2023年新建12个,对吗 both: 8 in 2023, 12 in 2024; None where the figure is of that year or of none."""
    is_of_a_year = asked.confirms and asked.asks == "number" and len(asked.stated_years) == 1
    if not is_of_a_year or asked.is_english or not asked.content or len(asked.regions) != 1:
        return None
    solved = solver.solve(asked)
    claims = solved.draft.claims
    if len(claims) != 1 or not claims[0].text.startswith(CONTRARY):
        return None
    year, given = asked.stated_years[0], _years_of(solved)
    if not given or year in given:
        return None
    plainly = f"{asked.regions[0]}{year}年{''.join(asked.content)}是多少{asked.unit}"
    own = solver.solve(replace(understand(plainly, solver.index.documents), documents=asked.documents))
    if len(own.draft.claims) != 1 or year not in _years_of(own):
        return None
    told, other = own.draft.claims[0], claims[0]
    both = (
        contrary(told),
        replace(other, text=other.text.removeprefix(CONTRARY)),
    )
    return together(asked, [own, solved], Draft(both, is_settled=True))


def _years_of(solved: Solved) -> tuple[int, ...]:
    """The years that the owner before a claim's colon names (石泉县（2024年）：…)."""
    return years_in(solved.draft.claims[0].text.partition("：")[0])
