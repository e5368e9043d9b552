"""Items of an enumeration: how many a text seems to have, and whether it says itself that they are so many."""

from __future__ import annotations

import re

from qa.understanding.question import Question
from vectorstore.folding import folded

_NUMERALS = "零一二三四五六七八九十"


def item_count(text: str) -> int:
    """How many items an enumeration seems to have; 1 for running text."""
    return 1 + len(re.findall(r"、|(?<=.)[二三四五六七八九]是|[;;](?=.)|”“|[,,](?=.)", text))


def says_how_many(question: Question, text: str) -> bool:
    """Whether a text counts what a question asks for as the question does: 四大品牌 to 四个品牌是什么."""
    if not question.list_size or not question.content:
        return False
    size, thing = question.list_size, re.escape(question.content[-1][-2:])
    number = rf"(?:{_NUMERALS[size]}|(?<!\d){size})"
    return re.search(rf"{number}[大个项种类方条级档支][^,;。、\d]{{0,4}}{thing}", folded(text)) is not None
