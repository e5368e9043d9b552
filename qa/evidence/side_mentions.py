"""Sentences that name what is asked about among many others, and are about none of them alone."""

from __future__ import annotations

import re

from qa.evidence.relevance import plain
from qa.understanding.question import Question

# A name of fewer characters may be part of any other.
_A_NAME = 3


def is_one_of_many(question: Question, sentence: str) -> bool:
    """Whether an open question's noun is a sentence's last example of many (精神障碍患者、智力障碍患者、流浪乞讨人员等对象)."""
    if question.asks != "text" or question.is_english:
        return False
    said = plain(sentence)
    beginnings = (
        next((piece[:length] for length in range(len(piece), _A_NAME - 1, -1) if piece[:length] in said), "")
        for piece in map(plain, question.content)
    )
    return any(
        said.count(name) == 1
        and re.search(
            rf"[^、,;。:]{{2,12}}、[^、,;。:]{{2,12}}、(?:[^、,;。:]{{1,8}}、)*{re.escape(name)}[\u4e00-\u9fff]{{0,4}}?等(?!级)",
            said,
        )
        for name in beginnings
        if name
    )
