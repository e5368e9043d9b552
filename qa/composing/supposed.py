"""Questions why something is so that the paper says is otherwise (为什么要降到30%): told as a statement of it would be."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.extractive import Draft
from qa.evidence.premises import CONTRARY
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

_WHY = re.compile(
    r"(?:是|到底|究竟)?(?:为(?:什么|何|啥)|怎么会|咋会|怎么回事)(?:要|会|说)?|"
    r"[,，]?(?:这|那)?(?:是|有)?(?:因为)?(?:什么|啥|哪些)原因|的?原因(?:是什么|何在|是啥|有哪些|在哪里?|呢)?(?=[?。]|$)"
)
_ASKS_MORE = re.compile("多少|几|哪|谁|什么|啥|怎|如何")
_SHORTEST = 6


def told_otherwise(asked: Question, solver: Solver) -> Solved | None:
    """What the paper says instead of what a question asks the reason of; None where it says nothing else, and for other questions."""
    text = folded(asked.text)
    why = _WHY.search(text)
    if why is None or asked.confirms or asked.is_english or asked.elsewhere:
        return None
    stated = (text[: why.start()] + text[why.end() :]).strip(" ,。?呢啊")
    if len(stated) < _SHORTEST or _ASKS_MORE.search(stated):
        return None
    own = understand(f"{stated}吗?", solver.index.documents)
    solved = solver.solve(own)
    contrary = tuple(claim for claim in solved.draft.claims if claim.text.startswith(CONTRARY))
    return replace(solved, asked=asked, draft=Draft(contrary[:1], is_settled=True)) if contrary else None
