"""The amounts of a text held against the unit that a question asks for."""

from __future__ import annotations

import re
from functools import lru_cache

from qa.figures.values import Figure, figures_in
from qa.understanding.question import Question
from qa.understanding.unit_asked import OF_TIME
from qa.understanding.units import OF_ALL_THINGS, THINGS, same_kind
from qa.understanding.wording import synonyms_in

_UNIT_NOTED = re.compile(
    r"(?<!计价)(?<!计费)(?<!实施)(?<!责任)单位[:：]([^;)）\s]+)|[(（]([^()（）\d;]{1,4}|[百千万亿]*元/[^()（）\d;]{1,6})[)）](?=[:;]|$)"
)
_SEVERAL_NOTED = re.compile("[、,，]")
_WORKS_WITH = re.compile("平均|摊|折|分[到给]|一样|相同|一致|占|合计|加起来|还[差剩]|差多少|多多少|少多少")
_ASKING = re.compile("多少|几|什么|哪|[?？]")
# The month and the day of a date are no amounts.
_WHOLE_DATE = re.compile(
    r"(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|\d{1,2}\s*月\s*\d{1,2}\s*日"
)
# What share of something is asked for, which no rate of something else is (占比: 达标率达到90%).
_ASKS_SHARE, _OF_RATE = (
    re.compile("占比|占了?(?:多少|几|百分)|比[例重]"),
    re.compile(r"([\u4e00-\u9fff]{2})率[^,，。;；\d]{0,6}$"),
)
_OF_DATES = frozenset(("月", "日", "天", "年"))
# Nor is a year, a day of each month or somebody's age an answer to how long something takes.
_NO_DURATION = re.compile(
    rf"{_WHOLE_DATE.pattern}|(?:19|20)\d{{2}}\s*年|\d{{1,2}}\s*月|每月\s*\d{{1,2}}\s*日|\d{{1,2}}\s*日前|\d+\s*周?岁|\d+\s*周岁"
)


def amounts_like(question: Question, text: str) -> int:
    """How many figures of `text` are in a unit like the one asked for; all of them when none is."""
    unit = question.unit or question.likely_unit
    return sum(f.is_amount and (not unit or same_kind(unit, f.unit)) for f in figures_in(text))


def units_in(text: str) -> set[str]:
    """The units of all figures in `text`."""
    return {figure.unit for figure in figures_in(text)}


def wants_several_of_one(question: Question) -> bool:
    """Several figures of one place and year; 各是多少 after two places or years means one of each."""
    return question.wants_several and len(question.regions) < 2 and len(question.years) < 2


@lru_cache(maxsize=64)
def _stated_in(question_text: str) -> tuple[Figure, ...]:
    """The figures of a question, which every clause is held against."""
    return tuple(figures_in(question_text))


def has_amount(question: Question, text: str) -> bool:
    """Whether `text` holds a figure of the kind asked for, in a unit like the one asked for when one is."""
    stated = () if question.confirms else _stated_in(question.text)
    said = [figure.value for figure in stated]
    # What is worked out from a figure, or held against one, needs the source that states it.
    is_given = _WORKS_WITH.search(question.text) is not None or not _ASKING.search(question.text)
    owned = {(f.value, f.unit) for f in stated if f.unit and f.is_amount and not is_given}
    no_amount = _NO_DURATION if question.unit == OF_TIME else _WHOLE_DATE
    dates = [] if question.unit in _OF_DATES else [match.span() for match in no_amount.finditer(text)]
    is_share = "率" not in question.text and _ASKS_SHARE.search(question.text) is not None
    amounts = [
        figure
        for figure in figures_in(text)
        if not (is_share and figure.unit == "%" and _is_rate_of_another(question, text[: figure.start]))
        and not any(start <= figure.start < end for start, end in dates)
        # What the question says itself is no answer to it (160街坊养老院有多少床位).
        and (figure.is_amount or _is_asked_numeral(figure, question, text))
        and (figure.unit or figure.value not in said)
        and (figure.value, figure.unit) not in owned
    ]
    if question.unit in OF_ALL_THINGS and any(
        unit.strip() == "%" for pair in _UNIT_NOTED.findall(text) for unit in pair
    ):
        # 多少万人 is no share.
        return False
    if any(is_in_unit_asked(question, figure.unit) for figure in amounts):
        return True
    # A cell holds its figure and its unit apart (单位:张;2015年:30, 床位(张):30).
    # 单位:万人 answers 多少人.
    # 单位:个、张、户 leaves open which is whose.
    noted = [unit for pair in _UNIT_NOTED.findall(text) for unit in _SEVERAL_NOTED.split("".join(pair))]
    return any(not figure.unit for figure in amounts) and any(
        is_in_unit_asked(question, unit.lstrip("万亿") or unit) for unit in noted
    )


def _is_rate_of_another(question: Question, before: str) -> bool:
    """Whether a percentage is called a rate of what the question does not name (达标率达到, but 火化率 to 遗体火化的比例)."""
    rate = _OF_RATE.search(before)
    called = (question.text, *(word for s in synonyms_in(question.text) for word in s.official))
    return rate is not None and not any(rate[1] in words for words in called)


def is_bare_count(question: Question, cells: str) -> bool:
    """Whether a row of which nothing says in what unit it counts answers a question for a number of things (几家)."""
    return question.unit in THINGS and not _UNIT_NOTED.search(cells) and not any(units_in(cells))


def is_in_unit_asked(question: Question, unit: str) -> bool:
    """Whether a figure in `unit` answers a question for a figure in its own unit, or in none."""
    if not question.unit or (question.unit in OF_ALL_THINGS and not unit):
        return True
    return bool(unit) and same_kind(question.unit, unit)


def _is_asked_numeral(figure: Figure, question: Question, text: str) -> bool:
    """A Chinese numeral in the very unit that is asked for (三次 to 几次); 唯一一家 and “四个小屋” count nothing."""
    is_asked = not figure.is_arabic and bool(question.unit) and figure.unit == question.unit
    before = text[: figure.start]
    is_named = before.rfind("“") > before.rfind("”")
    return is_asked and not is_named and not re.search("唯一?$", before)
