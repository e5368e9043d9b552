"""Items of an enumeration: how many a text seems to have, and whether it says itself that they are so many."""

from __future__ import annotations

import re

from qa.understanding.question import Question
from vectorstore.folding import folded

_FEWEST = 2
_EXPLAINED = re.compile(r"[”\"’]?[((:]?(?:即|包括|包含|是|指|为)?:?([^;。()]+)")
_ASKS_MEANING = re.compile("指的?是?什么|(?:是|叫)(?:什么|啥)|什么意思|啥意思|含义|包括(?:什么|哪些|啥)")
_NUMERALS = "零一二三四五六七八九十"


def item_count(text: str) -> int:
    """How many items an enumeration seems to have; 1 for running text."""
    return 1 + len(re.findall(r"、|(?<=.)[二三四五六七八九]是|[;;](?=.)|”“|[,,](?=.)", text))


def says_how_many(question: Question, text: str) -> bool:
    """Whether a text counts what a question asks for as the question does: 四大品牌 to 四个品牌是什么."""
    if question.asks != "list" or not question.list_size or not question.content:
        return False
    size, thing = question.list_size, re.escape(question.content[-1][-2:])
    number = rf"(?:{_NUMERALS[size]}|(?<!\d){size})"
    return re.search(rf"{number}[大个项种类方条级档支][^,;。、\d]{{0,4}}{thing}", folded(text)) is not None


def spells_out(question: Question, text: str) -> bool:
    """Whether a text enumerates the items of a name that a question asks for (经济仗、科技仗…等“六仗” to 六仗是哪六仗)."""
    if question.asks not in ("list", "text") or not question.content:
        return False
    name, plainly = question.content[0].strip("“”\"'"), folded(text)
    size = question.list_size or (_NUMERALS.find(name[0]) if _ASKS_MEANING.search(question.text) else 0)
    if size < _FEWEST:
        return False
    for found in re.finditer(re.escape(name), plainly):
        before = re.split("[,;。:]", plainly[: found.start()])[-1]
        behind = _EXPLAINED.match(plainly, found.end())
        if any(run.count("、") + 1 >= size for run in (before, behind[1] if behind else "")):
            return True
    return False
