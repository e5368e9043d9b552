"""Whether a paper agrees with itself: asked like the figure alone, so that the doubt about it is told."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.question import Question, understand
from qa.solving import Solved, Solver
from vectorstore.folding import folded

_PLACES = r"(?:正文|文中|文字|前文|前面|前后|两处|文件里|表\d?|附表|指标表|后面|后文|里|中|上)"
_AGREEMENT = re.compile(
    rf"[,、]?(?:在)?{_PLACES}?(?:和|与|跟|同)?{_PLACES}*(?:写|说|填|报)?的?(?:数字?|数据)?(?:是不是|是否|前后)?"
    r"(?:都)?(?:写的)?(?:不?一样|不?一致|对得上|相同|有(?:没有)?(?:矛盾|出入)|矛盾|打架)(?:的)?[吗呢么]?[?]?$"
)


def agreeing(asked: Question, solver: Solver) -> Solved | None:
    """The figure whose two mentions a question asks about; None when it asks about none."""
    text = folded(asked.text)
    match = _AGREEMENT.search(text)
    if match is None or len(asked.regions) > 1 or not re.search(_PLACES, match.group(0)):
        return None
    figure_only = understand(f"{text[: match.start()]}是多少", solver.index.documents)
    solved = solver.solve(
        replace(
            asked,
            text=figure_only.text,
            content=figure_only.content,
            asks="number",
            confirms=False,
            years=figure_only.years,
            plan_years=figure_only.plan_years,
            aspect=figure_only.aspect,
        )
    )
    return replace(solved, asked=asked) if solved.draft.claims else None
