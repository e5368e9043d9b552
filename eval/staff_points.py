"""From an answer in words to required points, by rule.

1. Figures first, document numbers among them. Every figure of the answer that the question does not name is a point,
   with its unit; years and dates are points only where the question asks for a time, or where there is no other
   figure. If the question names all of them (a statement to be confirmed), all are points.
2. An answer without figures is a list if it has at least two short items (at most 14 characters between 、，；): each
   item is a point.
3. Otherwise names in 《》 or “” are points, else up to three nouns that the question does not have, longest first.

Only what the evidence states can be a term; a figure that the evidence does not state makes the question unusable, since
either the answer or the source is wrong.
"""

from __future__ import annotations

import re

from eval.wording import states
from vectorstore.folding import folded

_NUMERALS = "零〇一二三四五六七八九十百千万亿两"
_UNIT = (
    "%|‰|个百分点|个工作日|个月|平方米|平方公里|公里|亩|万元|元|人次|人|张|家|个|所|处|名|户|件|座|条|项|岁|倍|对|例|"
    "次|天|小时|分钟|年|月|日|周|穴|套|种|类|级|辆|支|场|期|批|间|部|份|村|街道|社区|吨|米|床"
)
_FIGURE = re.compile(
    r"[\u4e00-\u9fff]{1,10}[〔\[(](?:19|20)\d\d[〕\])]第?\d{1,4}号|(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}"
    rf"|百分之[{_NUMERALS}点]+|百分之\d+(?:\.\d+)?"
    rf"|(?<![\d.])\d[\d,]*(?:\.\d+)?(?:万亿|[百千]?[万亿]|[百千])?余?(?:{_UNIT})?"
    rf"|(?<![第{_NUMERALS}])(?!十[一二三四五六七八九]五)[{_NUMERALS}]{{1,9}}(?:{_UNIT})"
)
_TIME = re.compile(r"^(?:(?:19|20)\d\d年?|[\d零〇一二三四五六七八九十]{1,3}[月日])$")
_ASKS_TIME = re.compile(
    r"哪一?年|哪一?天|几[年月日号]|何时|什么时候|什么时间|时间|日期|多久|年份|when|year", re.IGNORECASE
)
_NAME = re.compile(r"《([^》]{2,30})》|“([^”]{2,20})”")
_BETWEEN_ITEMS = re.compile(r"[、,;。\n]|以及|和(?=[^谐])")
_LONGEST_ITEM = 14
_MOST_TERMS = 3


def figure_points(question: str, answer: str) -> list[str]:
    """The figures that a right answer gives, as written in `answer`, in order; rule 1."""
    found = list(dict.fromkeys(match.group(0).rstrip(",") for match in _FIGURE.finditer(folded(answer))))
    fresh = [figure for figure in found if not states(question, figure)] or found
    if _ASKS_TIME.search(question):
        return fresh
    return [figure for figure in fresh if not _TIME.match(figure)] or fresh


def term_points(question: str, answer: str, evidence: str) -> list[str]:
    """The wordings that a right answer without figures gives and the evidence states; rules 2 and 3."""
    text = folded(answer).strip(" 。")
    items = [item.strip(" :") for item in _BETWEEN_ITEMS.split(text)]
    items = [item for item in items if item]
    if len(items) > 1 and all(2 <= len(item) <= _LONGEST_ITEM for item in items):
        stated = [item for item in dict.fromkeys(items) if states(evidence, item)]
        if len(stated) == len(set(items)):
            return stated
    names = [first or second for first, second in _NAME.findall(answer)]
    for candidates in (names, _nouns(text)):
        terms = [
            term
            for term in dict.fromkeys(candidates)
            if states(evidence, term) and states(answer, term) and not states(question, term)
        ]
        if terms:
            return terms[:_MOST_TERMS]
    return []


def _nouns(text: str) -> list[str]:
    """Nouns of at least two characters, longest first, the earlier first among equals."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = [
        word for word, tag in rjieba.tag(text) if len(word) > 1 and tag.startswith(("n", "vn", "j", "l"))
    ]
    return sorted(dict.fromkeys(words), key=lambda word: -len(word))
