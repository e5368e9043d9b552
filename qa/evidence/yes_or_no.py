"""Whether something is so at all (要提高孤儿的生活费吗): told by a sentence about the very group, which says the very change."""

from __future__ import annotations

import re

from qa.evidence.paid import groups_in
from qa.understanding.question import Question
from vectorstore.folding import folded

# What is paid is raised; that it is paid says nothing of that.
_PAID = re.compile("标准|补[贴助]|津贴|[费金钱]|低保|工资|待遇")
_RAISED = re.compile("提高|上调|提升|[上要再会在]涨|涨(?=[了没到价钱补一多不])|调高|提标|加钱")
_SAYS_RAISED = re.compile(
    "提高|上调|提升|增[加长]|涨|调[高整标]|提标|自然增长|放宽|新标准|[由从].{1,24}[到至]"
)


def asks_whether(question: Question) -> bool:
    """Whether a question wants a yes or a no to something without a figure or a date."""
    return question.confirms and question.asks == "text"


def says_whether(question: Question, shown: str, context: str) -> bool:
    """Whether a text can tell a yes from a no: True for other questions."""
    if not asks_whether(question):
        return True
    asked, said = folded(question.text), folded(f"{context} {shown}")
    wanted, told = groups_in(asked), groups_in(said)
    if wanted and told and not wanted & told:
        return False
    is_raised = _RAISED.search(asked) is not None and _PAID.search(asked) is not None
    return not is_raised or _SAYS_RAISED.search(folded(shown)) is not None
