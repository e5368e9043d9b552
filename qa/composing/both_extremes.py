"""The most and the least of something in one question: 哪个县新增床位最多,最少的呢."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from qa.evidence.claims import widest
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved, Solver, together
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

_BOTH = re.compile(
    r"(?P<first>.{4,80}?最(?P<one>[多高大少低小])[^,;?]{0,10})[,;?](?:那|又|而)?最(?P<other>[多高大少低小])的?(?:呢|(?:又|则)?(?:是|有)?(?:哪|谁|多少)[^,?]{0,6})?[?。]*"
)


def both_extremes(
    asked: Question, solver: Solver, solve: Callable[[Question, Solver], Solved]
) -> Solved | None:
    """The answers to both; None where a question asks for one, or one of them has no answer."""
    match = None if asked.is_english or asked.confirms else _BOTH.fullmatch(folded(asked.text))
    if match is None or match["one"] == match["other"]:
        return None
    first = match["first"]
    texts = (first, f"最{match['other']}".join(first.rsplit(f"最{match['one']}", 1)))
    solutions = []
    for text in texts:
        part = understand(text, solver.index.documents)
        solutions.append(solve(replace(part, documents=asked.documents or part.documents), solver))
    if not all(solution.draft.claims for solution in solutions):
        return None
    claims = widest([claim for solution in solutions for claim in solution.draft.claims])
    return together(asked, solutions, Draft(tuple(dict.fromkeys(claims)), is_settled=True))
