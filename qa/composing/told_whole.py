"""Whether the answer to a whole question answers each of its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.composing.one_passage import Told
from qa.composing.pieces import sentences_asking
from qa.evidence.relevance import plain
from qa.evidence.solving import Solved, Solver
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.folding import folded

_LAST_YEAR = re.compile("去年|上一?年")
NOW, LATER = (
    re.compile("目前|现在|现有|当前|上半年"),
    re.compile("年底|年末|将来|以后|下半年|目标|要(?:达)?到"),
)
# What share of the words of a part the answer to the whole must say to answer it, too.
_SAYS_ENOUGH, _SAYS_SOME = 0.7, 0.4
# A value and its unit.
Amount = tuple[Decimal, str]


def answers_all(asked: Question, wanted: Sequence[Told], solutions: Sequence[Solved], solver: Solver) -> bool:
    """Whether the answer to the whole gives a figure for each part; or, of clauses, that ask for text, what answers each."""
    parts = [one.part for one in wanted]
    if NOW.search(folded(asked.text)) and any(LATER.search(part.text) for part in parts):
        # What there is now and what there shall be are two figures.
        return False
    whole = solver.solve(asked)
    if any(part.asks == "number" for part in parts):
        given = _amounts(whole)
        own_amounts = [set(_amounts(solution)) for solution in solutions]
        if all(own_amounts) and not any(own & set(given) for own in own_amounts):
            # Each part has its figure, and the whole gives none of them.
            return False
        said = said_by(whole)
        # 今年的目标和去年实际: the same words of two times, each with its own figure.
        are_times = (
            len({(part.aspect, part.years, _LAST_YEAR.search(part.text) is None) for part in parts}) > 1
        )
        return len(given) >= len(wanted) and not any(
            _has_answer_of_its_own(one, given, said, own, are_times=are_times)
            for one, own in zip(wanted, solutions, strict=True)
        )
    is_one = len({part.asks for part in parts}) == 1 and len(sentences_asking(folded(whole.asked.text))) < 2
    return (
        bool(whole.draft.claims)
        and is_one
        and all(_is_within(one, own, whole) for one, own in zip(wanted, solutions, strict=True))
    )


def _is_within(one: Told, solution: Solved, whole: Solved) -> bool:
    """Whether the answer to the whole says a part's own words, or quotes what answers it, where anything does."""
    quoted = [source for claim in whole.draft.claims for source in claim.sources]
    own = [source for claim in solution.draft.claims for source in claim.sources]
    is_quoted = any(
        one_source.passage.id == other.passage.id
        and one_source.start < other.end
        and other.start < one_source.end
        for one_source in own
        for other in quoted
    )
    return not own or is_quoted or one.says(said_by(whole)) >= _SAYS_ENOUGH


def _has_answer_of_its_own(
    one: Told, given: Sequence[Amount], said: str, solution: Solved, *, are_times: bool
) -> bool:
    """Whether what is given for the whole is nothing for this part: many figures for the one are none for the other.

    Of 新增多少家,注销了多少家 each has its figure, and of 低保金和临时救助金各多少 one may have none at all.
    """
    is_said = one.says(said) >= _SAYS_ENOUGH
    if one.words and not is_said and one.says(said_by(solution)) < _SAYS_SOME:
        # 劝和了几对 is not told by the numbers of weddings, though nothing else was found for it.
        return True
    own = set(_amounts(solution))
    return (bool(own - set(given)) and (are_times or not is_said)) or not (own or is_said)


def _amounts(solved: Solved) -> list[Amount]:
    said = (claim.text.partition("：")[2] for claim in solved.draft.claims)
    return [(figure.value, figure.unit) for text in said for figure in figures_in(text) if figure.is_amount]


def said_by(solved: Solved) -> str:
    """The words of a solution's claims, in plain characters."""
    return plain(" ".join(claim.text for claim in solved.draft.claims))
