"""Sentences that name what is asked about among many others, and are about none of them alone."""

from __future__ import annotations

import re

from qa.evidence.relevance import plain
from qa.understanding.question import Question

# A name of fewer characters may be part of any other.
_A_NAME = 3
_ONE_OF_MANY = 0.5


def worth_as_example(question: Question, sentence: str) -> float:
    """What a sentence is worth to an open question, 1 unless it names what is asked about as the last example of many.

    精神障碍患者、智力障碍患者、流浪乞讨人员等对象 are looked after, and 流浪乞讨人员 not in particular.
    """
    if question.asks != "text" or question.is_english:
        return 1.0
    said = plain(sentence)
    beginnings = (
        next((piece[:length] for length in range(len(piece), _A_NAME - 1, -1) if piece[:length] in said), "")
        for piece in map(plain, question.content)
    )
    is_example = any(
        said.count(name) == 1
        and re.search(
            rf"[^、,;。:]{{2,12}}、[^、,;。:]{{2,12}}、(?:[^、,;。:]{{1,8}}、)*{re.escape(name)}[\u4e00-\u9fff]{{0,4}}?等(?!级)",
            said,
        )
        for name in beginnings
        if name
    )
    return _ONE_OF_MANY if is_example else 1.0
