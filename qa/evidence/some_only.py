"""Of how many something was done is not how many there are: 培训196名从业人员 to 从业人员总共多少."""

from __future__ import annotations

import re

from qa.evidence.amounts import has_amount
from qa.evidence.measures import names_people
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_ASKS_ALL = re.compile(
    "一共|总共|总数|共有|现有|(?:现在|目前)有|全[省市县区州旗](?:有|多少|几)|总量|拢共|[市县区州旗]有(?:多少|几)"
)
# Who is counted each time is counted twice.
_EACH_TIME = "人次"
# What is done to some of them. What is paid to whoever is entitled (发放, 惠及) reaches all, and is left out.
_DEEDS = "培训|轮训|评估|评定|资助|走访|探访|慰问|选派|招募|招聘|招录|表彰|护送|抽查|体检|评选|奔赴|参加|报名|接收|安置|招收"
_DONE = re.compile(rf"(?:{_DEEDS})")


def is_of_some_only(question: Question, shown: str) -> bool:
    """Whether all people are asked for, and every figure of a sentence is of those to whom something was done."""
    asked = folded(question.text)
    if question.asks != "number" or not _ASKS_ALL.search(asked) or not names_people(question):
        return False
    if _DONE.search(asked):
        return False
    clauses = [folded(shown[start:end]) for start, end in clause_spans(shown, 0, len(shown))]
    giving = [clause for clause in clauses if has_amount(question, clause)]
    return bool(giving) and all(
        _DONE.search(clause) or (_EACH_TIME in clause and _EACH_TIME not in asked) for clause in giving
    )
