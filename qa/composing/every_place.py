"""A question that names no place and that several can answer, told of each of them side by side."""

from __future__ import annotations

from dataclasses import replace

from qa.composing.comparison import compared
from qa.evidence.solving import Solved, Solver
from qa.understanding.asking import is_telegraphic
from qa.understanding.comparison_wording import ALL_PLACES
from qa.understanding.question import Question
from vectorstore.folding import folded

_EVERYWHERE = "各地"


def told_of_every_place(asked: Question, solver: Solver) -> Solved | None:
    """What each place says of the bare name of something (新增养老床位, 长者食堂), where more than one says anything."""
    return _side_by_side(asked, solver) if is_telegraphic(folded(asked.text)) else None


def completed_by_places(solved: Solved, solver: Solver) -> Solved | None:
    """The figure of each place, where the best passages of all papers together have given those of more than one.

    What is best in all may crowd out another place's only sentence; asked of alone, each has its own.
    """
    if solved.asked.asks != "number" or _places_in(solved) < 2:
        return None
    found = _side_by_side(solved.asked, solver)
    return found if found and _places_in(found) >= _places_in(solved) else None


def _side_by_side(asked: Question, solver: Solver) -> Solved | None:
    names_some = (
        asked.regions or asked.elsewhere or asked.documents or asked.named or asked.years or asked.plan_years
    )
    text = folded(asked.text)
    if names_some or asked.is_english or asked.confirms or asked.near or ALL_PLACES.search(text):
        return None
    found = compared(replace(asked, text=f"{_EVERYWHERE}{text}"), solver)
    return replace(found, asked=asked) if found and _places_in(found) > 1 else None


def _places_in(solved: Solved) -> int:
    return len({source.passage.region for claim in solved.draft.claims for source in claim.sources})
