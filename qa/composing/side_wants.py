"""What each side of a comparison wants: a figure or a text, in which unit, and by which degree they are held together."""

from __future__ import annotations

import re

from qa.figures.quantities import quantities_in
from qa.understanding.asking import Asks
from qa.understanding.comparison_wording import (
    ASKS_CHANGE,
    CHOICE,
    DEGREE,
    OPPOSITES,
    RANKING,
    SAME,
    asks_who_mentions,
)
from qa.understanding.question import Question
from vectorstore.folding import folded

_FIGURE = re.compile(r"率|占比|比例|标准|数[量额]?(?!字|据)|人数|户数|床位|金额|多少|几[个家张户人]")
_PEOPLE = re.compile(
    "(?:人口|老人|老年人|儿童|孤儿|对象|人员|社工|工作者|护理员|志愿者|大学生|残疾人)(?:人?数|总数)?$"
)
_PAID = re.compile(r"(?:低保|供养|补贴|津贴|补助|生活费|养育)(?:金)?(?:是|的)?$")
OF_EACH = re.compile(r"分别|各(?:自)?(?:是|有|为)?(?:多少|几)|各是")
# 结婚登记对数比一比, 社会组织数量的差距: figures are compared, whatever the question asks of them.
_OF_FIGURES = re.compile(
    r"(?:[对人户次件家张]数|数量|总数|金额|总额|占比|比例|(?<!效)率|(?<!立)标准)(?:上|方面)?的?"
    r"(?:差距|差别|差多|对比|比较|比一?比|比比|相比|谁|哪)|(?:差距|相差)(?:有)?(?:多大|多少)?$"
)
PRESENT, AIMED_AT = re.compile("现在|目前|当前|现有|现状|眼下"), re.compile("的?(?:目标|规划|计划)[值数]?")
# 离婚登记嵊州有1001对,湘西呢: the figure of the one asks for that of the other.
_AND_THE_OTHER = re.compile("呢[?？]?$")
# What was done is asked for besides.
_ASKS_DEEDS = re.compile(
    "(?:做|干|抓|采取|安排|部署)了?(?:些|哪些)?(?:什么|啥|哪些)|怎么[做抓干]|如何[做抓]|有(?:什么|哪些)(?:做法|举措|措施|安排)"
)
_RATE = re.compile("(?:(?<!效)率|占比|比[例重])(?:目标值?|是|的)?$")
_THINGS = re.compile(
    "(?:组织|机构|中心|站|社区|项目|公墓|设施|食堂|[院所点])(?:的)?(?:(?:数量|总数|个数|家数)|(?:发展|建设)?目标(?=[值数?]?$))"
)


def measured(subject: str, text: str) -> str:
    """低保 that is to be high or low is its standard, not the number of those who get it."""
    is_paid = (
        (degree(text) == "高" or OF_EACH.search(text))
        and _PAID.search(subject)
        and not re.search("标准|人数|户数|比例|率", subject)
    )
    return f"{subject}标准" if is_paid else subject


def unit_of_side(asked: Question, text: str) -> str:
    """The unit that goes without saying for a side: of people who is more, of things how many, else that of the figure given."""
    if degree(folded(asked.text)) in ("多", "少") and _PEOPLE.search(text):
        return "人"
    if _THINGS.search(text):
        return "个"
    if _RATE.search(text):
        return "%"
    given = _given_unit(folded(asked.text))
    return given if asked.asks != "number" else ""


def _given_unit(text: str) -> str:
    if not _AND_THE_OTHER.search(text):
        return ""
    units = {spot.quantity.unit for spot in quantities_in(text)} - {""}
    return units.pop() if len(units) == 1 else ""


def asks_of_side(asked: Question) -> Asks:
    """Which of two is more is a question for two figures."""
    text = folded(asked.text)
    if _ASKS_DEEDS.search(text):
        return asked.asks
    compares_figures = (
        degree(text)
        or (SAME.search(text) and _FIGURE.search(text))
        or _OF_FIGURES.search(text.rstrip("?"))
        or _given_unit(text)
    )
    if asked.asks in ("text", "list", "place", "date") and compares_figures and not asks_who_mentions(text):
        return "number"
    return asked.asks


def degree(text: str) -> str:
    """The greater one of the pair of words (高 of 高/低) by which a question compares, "" when by none."""
    text = re.sub("多少", "  ", text)
    if RANKING.search(text):
        return "多"
    found = DEGREE.search(text) if CHOICE.search(text) else None
    if not found:
        return "多" if ASKS_CHANGE.search(text) else ""
    return next(more for more, less in OPPOSITES.items() if found[1] in (more, less))
