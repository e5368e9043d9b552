"""How well a sentence or row suits what a question asks for: its year, its kind of figure, target or result."""

from __future__ import annotations

import re
from collections.abc import Collection

from qa.evidence.amounts import has_amount, units_in, wants_several_of_one
from qa.evidence.items import item_count, says_how_many, spells_out
from qa.figures.tiers import age_in, is_of_age, is_of_same_group
from qa.figures.values import figures_in
from qa.understanding.asking import Aspect
from qa.understanding.question import Question
from vectorstore.documents import Statement
from vectorstore.numerals import from_chinese, is_span
from vectorstore.places import mentions
from vectorstore.sentences import clause_spans

_DATE = re.compile(
    r"(?:19|20)\d{2}\s*年|\d{1,2}\s*月(?:\d{1,2}\s*日)?|每月\s*\d{1,2}\s*日|\d{1,2}日[前起]|[年月季][前底末初]|[上下]半年|季度|“?[一二三四五六七八九十]{1,3}五”?(?:时期|期间|末)"
)
_MONTH_OF_YEAR = re.compile(r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?")
_TITLE = re.compile("《[^》]*》")
# A day written as a name (6.19, 5·12), but no share or sum.
_DAY = re.compile(r"(?<![\d.])(?:1[0-2]|[1-9])[.·](?:3[01]|[12]\d|[1-9])(?![\d.%％万亿元倍])")
# What a sentence states that is asked for a result or a target; a standard in force may be either.
_OF_THE_ASKED_KIND = 1.04
_OF_ANOTHER_KIND = 0.8
_FIGURE_OF_ANOTHER_KIND = 0.6
_NOW = re.compile(r"现有|目前|现在|已有")
_WRONG_YEAR = 0.45
_FEW_YEARS = 2
_OF_THE_PERIOD, _OTHER_PLAN = 1.15, 0.9
# The year of a statement may be what is wrong about it, but is more often right.
_OTHER_THAN_STATED = 0.65
_WRONG_TYPE = 0.6
_WRONG_UNIT = 0.8
_OF_THE_GROUP = 2.4
_OF_THE_AGE, _OF_ANOTHER_AGE = 1.5, 0.6
_SEVERAL = 1.15
_EXACT_UNIT = 1.06
_NAMED_STANDARD = 1.06
# A figure of the whole place (全市42家) is what a plain question means, rather than one of some part.
_OF_THE_WHOLE, _OF_NOW = 1.03, 1.08
_WHOLE_PLACE = re.compile(r"[全我本][省市县区州旗]")
_WHOLE_COUNT = re.compile(r"全[省市县区州旗](?:现有|共有?|有|目前有)?\d")
# An authority whose word is followed is not the place that is spoken of (根据绍兴市统一要求).
_REFERS_TO = re.compile(
    r"(?:根据|按照|依据|依照|遵照|落实|贯彻|经|报|由)[\u4e00-\u9fff]{2,8}?(?=(?:人民)?政府|民政|统一|要求|部署|规定|关于|有关|文件|《)"
)
# Of what there is, what will be is no figure.
_ASKS_WHAT_IS = re.compile(r"(?<![要将会能可])有(?:多少|几)")
_TO_COME = re.compile(r"到20\d\d年|力争|目标|不少于|不低于|将[新建达增]|计划")
_NOT_YET = 0.98
# What one gets at most is told as a limit.
ASKS_FOR_LIMIT = re.compile(
    r"最[多高](?:可以?|能|会)?[^,。?]{0,8}?(?:多少|几)|上限|封顶|最高(?:限额|额度|标准)|至多|不超过多少"
)
LIMIT = re.compile(r"最[高多]|不(?:得)?超过|封顶|上限|以内(?!的)|至多|限额")
_LIMITED, _UNLIMITED = 1.12, 0.6
# So much in a year is told of the year.
_BY_YEAR, _OF_YEAR = re.compile("全年|每年|一年|年度"), 1.3
# What is to come in addition (要增加多少张床) is told of as such (新增养老床位360张).
_ASKS_FOR_ADDED = re.compile(
    r"(?:新增|增加|增设|新添|[要再]?添|[多加再扩]建|扩充|[要再]加)[^,;。?]{0,8}(?:多少|几)"
)
_ADDED = re.compile(r"(?:新增|增加|增设|净增|新添)[^,;。\d]{0,10}\d")
_IN_ADDITION = 1.08
# To a question for a list: what enumerates, what does not, and what says that they are as many as is asked.
_ENUMERATES, _TELLS, _COUNTED_ALIKE, _SPELT_OUT = 1.06, 0.85, 1.4, 1.1
# How many there are is not how many were added, where both are told.
_HOW_MANY_THERE_ARE = re.compile("有(?:多少|几)")
_NEW = re.compile("新增|新建|新设|增加|增设|新开")
_NOT_ALL = 0.85
_OF_INDICATORS = re.compile("目标值|指标")
_WHOLE = re.compile(r"全[省市县区州旗]|总数|总量|总计|共(?:有|计)|达到|现有|目前")

# What somebody proposes is not yet so; where a year is asked about, what is told of it comes before what is told of none.
_PROPOSED, _ONLY_PROPOSED, _UNDATED = re.compile(r"^(?:\d+[.、])?(?:建议|提议|拟于?|拟将)(?!稿)"), 0.7, 0.82
_SO_MANY_NAMED = 1.3
_ASKS_NAMES_OF = re.compile(
    "([两二三四五六七八九]|\\d)([家所个座处])[^,。?]{2,14}(?:叫|名字|名称|是哪|分别是)"
)
_ASKS_PROPOSED = re.compile("建议|提议|拟|提出|要求|打算|计划|将要?|20[2-9]\\d年")
# By when at the latest is told as such; a rule of before is not the one in force.
_DEADLINE, _OF_THE_DEADLINE = re.compile("截止|截至(?!20)|最晚|最迟"), 1.15
_FORMER, _OF_A_FORMER = re.compile("原《|旧《|(?<!起)原办法|旧办法|原规定"), 0.75

_OF_YEAR_BEFORE = re.compile(r"(?:上年|去年|上一年度?|前一年)(?:同期)?(?:决算|实际|完成)?数?的?\d[\d.,]*")


def fit(
    question: Question,
    text: str,
    *,
    years: tuple[int, ...],
    right_year: bool,
    is_row: bool,
    statements: Collection[Statement] = (),
) -> float:
    """How well a text that states such things suits what is asked for, as a factor around 1."""
    factor = 1.0 if right_year else _WRONG_YEAR
    if is_span(question.years) and years == question.years:
        factor *= _OF_THE_PERIOD
    if question.plan_years and not set(years) & set(question.plan_years):
        factor *= _OTHER_PLAN
    if question.stated_years and not is_of_stated_years(question, text, years):
        factor *= _OTHER_THAN_STATED
    if question.asks == "number":
        factor *= _fit_of_amounts(question, text, is_row=is_row)
    elif question.asks == "date" and not _DATE.search(text):
        factor *= _WRONG_TYPE
    elif question.asks == "list":
        factor *= _ENUMERATES if item_count(text) >= max(2, question.list_size) else _TELLS
    factor *= _SO_MANY_NAMED if _counts_as_named(question, text) else 1.0
    factor *= _COUNTED_ALIKE if says_how_many(question, text) else 1.0
    factor *= _SPELT_OUT if spells_out(question, text) and not says_how_many(question, text) else 1.0
    if question.aspect and statements:
        is_figure = question.asks == "number"
        factor *= _fit_of_kind(question.aspect, statements, text, is_figure=is_figure)
        if question.aspect == "target" and statements == {"result"} and _OF_INDICATORS.search(question.text):
            factor *= _FIGURE_OF_ANOTHER_KIND
    age = age_in(question.text)
    if age is not None:
        of_age = is_of_age(age, text)
        factor *= 1.0 if of_age is None else _OF_THE_AGE if of_age else _OF_ANOTHER_AGE
        factor *= _OF_THE_GROUP if is_of_same_group(question.text, text) else 1.0
    factor *= _fit_of_standing(question, text, is_dated=bool(years) or is_row)
    if len(text) < 10 and not is_row:
        factor *= 0.8
    return factor


def _counts_as_named(question: Question, text: str) -> bool:
    """Whether a text counts as many of what names are asked for (两家养老院叫啥) as the question does (新建甲和乙2家养老机构)."""
    said = _ASKS_NAMES_OF.search(question.text) if question.asks in ("text", "list") else None
    return (
        said is not None
        and re.search(rf"(?<!\d){from_chinese(said[1]) or said[1]}{said[2]}", text) is not None
    )


def _fit_of_standing(question: Question, text: str, *, is_dated: bool) -> float:
    """Less for what is only proposed, what a rule of before says, and what is told of no time where one is asked about."""
    factor = 1.0
    if _PROPOSED.search(text) and question.aspect != "target" and not _ASKS_PROPOSED.search(question.text):
        factor *= _ONLY_PROPOSED
    if question.years and not is_dated and question.asks == "number":
        factor *= _UNDATED
    if _DEADLINE.search(question.text):
        factor *= _OF_THE_DEADLINE if _DEADLINE.search(text) else 1.0
    if _FORMER.search(text) and not _FORMER.search(question.text):
        factor *= _OF_A_FORMER
    return factor


def _fit_of_kind(aspect: Aspect, statements: Collection[Statement], text: str, *, is_figure: bool) -> float:
    """A result is no target, and what is to be done or reached is no result."""
    if aspect in statements:
        return _OF_THE_ASKED_KIND
    others = {"target", "measure"} if aspect == "result" else {"result"}
    # In a measure, too, what there is now is a result (在现有32个社区的基础上).
    is_other = set(statements) <= others and not (aspect == "result" and _NOW.search(text))
    return (_FIGURE_OF_ANOTHER_KIND if is_figure else _OF_ANOTHER_KIND) if is_other else 1.0


def _fit_of_amounts(question: Question, text: str, *, is_row: bool) -> float:
    factor = 1.0
    if not any(figure.is_amount for figure in figures_in(text)):
        factor *= _WRONG_TYPE
    elif question.unit and not is_row:
        exact = any(figure.is_amount and figure.unit == question.unit for figure in figures_in(text))
        factor *= _EXACT_UNIT if exact else 1.0 if has_amount(question, text) else _WRONG_UNIT
    elif question.likely_unit:
        in_unit = question.likely_unit in text if is_row else question.likely_unit in units_in(text)
        factor *= _EXACT_UNIT if in_unit else _WRONG_UNIT
    is_count = bool(question.unit) and question.unit not in ("元", "%")
    if is_count and _ASKS_FOR_ADDED.search(question.text) and _ADDED.search(text):
        factor *= _IN_ADDITION
    elif (
        is_count
        and _HOW_MANY_THERE_ARE.search(question.text)
        and _NEW.search(text)
        and not _NEW.search(question.text)
    ):
        factor *= _NOT_ALL
    if not question.aspect and _ASKS_WHAT_IS.search(question.text) and _TO_COME.search(text):
        factor *= _NOT_YET
    if ASKS_FOR_LIMIT.search(question.text):
        factor *= _LIMITED if LIMIT.search(text) else _UNLIMITED
        factor *= _OF_YEAR if _BY_YEAR.search(question.text) and _BY_YEAR.search(text) else 1.0
    if "标准" in question.text and "标准" in text:
        factor *= _NAMED_STANDARD
    factor *= _OF_THE_WHOLE if _WHOLE.search(text) else 1.0
    factor *= _OF_THE_WHOLE if _WHOLE_COUNT.search(text) else 1.0
    factor *= _OF_NOW if _NOW.search(question.text) and _NOW.search(text) else 1.0
    if wants_several_of_one(question) and sum(figure.is_amount for figure in figures_in(text)) >= max(
        2, question.list_size
    ):
        factor *= _SEVERAL
    if is_row:
        factor *= 1.05
    return factor


# From which day on: a year is no answer.
_ASKS_DAY = re.compile("哪一?[天日]|几月|几号|哪个?月|何日")
_DAY_OR_MONTH = re.compile(r"\d{1,2}\s*[月日号]|[月季][初中末底]|次月|之日|月份|季度")


def is_as_fine_as_asked(question: str, text: str) -> bool:
    """Whether a text tells a month or a day where one is asked for."""
    return not _ASKS_DAY.search(question) or bool(_DAY_OR_MONTH.search(text) or _DAY.search(text))


def has_date(text: str) -> bool:
    """Whether `text` says when something is."""
    return dates_in(text) > 0


def dates_in(text: str) -> int:
    """How many dates or days `text` gives; one where it says when something is in other words."""
    return max(len(_MONTH_OF_YEAR.findall(text)), int(bool(_DATE.search(text) or _DAY.search(text))))


_DEED = re.compile("发放|培训|救助了|接收|安置|资助|筹集|募集|募捐|拨付|销售|销量|卖|处置|查处|办理|争取")
_SEVERAL_YEARS = re.compile(
    "[三四五345]年(?:来|间|里|内)?(?:一共|总共|累计|共)?(?:发|卖|培|救|筹|募|销|办|接|安)"
)
_GROWS = re.compile("年均|每年.{0,4}[涨增]|增[长速幅]率?")
_EACH_YEAR = re.compile("每年|年均(?!增)|达到?|现有|目前|标准")


def is_right_year(question: Question, text: str, years: tuple[int, ...]) -> bool:
    """Whether what `text` says of `years` holds for those that a question names; unknown years may.

    A figure for five years is the one of their end, and none of a year between that is not named.
    """
    text = _TITLE.sub("", text)
    is_period = is_span(question.years) or (
        not question.years and _SEVERAL_YEARS.search(question.text) is not None
    )
    is_done = _tells_deeds if is_span(question.years) else _is_of_deeds
    if is_period and years and not is_span(years) and is_done(question, text):
        return False
    if is_span(question.years) and years and years[-1] > question.years[-1] and _GROWS.search(question.text):
        # How much something grows by the year until 2020 is not how much it grew until 2015.
        return False
    if question.aspect == "target" and question.plan_years and years and not question.years:
        # 十四五想卖几亿: what was done in the plan before is no target of this one.
        return bool(set(years) & set(question.plan_years))
    if not question.years or not years or any(f"{year}年" in text for year in question.years):
        return True
    if is_span(years) and not is_period and _is_of_deeds(question, text):
        return False
    is_between = question.asks == "number" and len(question.years) == 1 and len(years) > _FEW_YEARS
    held = {years[-1]} if is_between and is_span(years) else set(years)
    return bool(held & set(question.years)) or year_before_told(question, text, years) is not None


def year_before_told(question: Question, text: str, years: Collection[int]) -> tuple[int, int] | None:
    """Where a text of one year gives the figure of the year before, which a question asks about (比上年的1.79亿元增长3.9%)."""
    if len(set(years)) != 1 or question.years != (min(years) - 1,):
        return None
    told = _OF_YEAR_BEFORE.search(text)
    thing = question.content[-1][-2:] if question.content else ""
    return told.span() if told and thing in text[: told.start()] else None


def _is_of_deeds(question: Question, text: str) -> bool:
    """Whether it is asked what was done, and a text tells such a thing: done in five years, it was not done in one of them."""
    return _DEED.search(question.text) is not None and _tells_deeds(question, text)


def _tells_deeds(question: Question, text: str) -> bool:
    """Whether a text tells a question for a figure what was done: sold in 2015, it was not sold in five years."""
    return question.asks == "number" and _DEED.search(text) is not None and _EACH_YEAR.search(text) is None


def is_of_stated_years(question: Question, text: str, years: tuple[int, ...]) -> bool:
    """Whether a text names a year of the statement that is to be confirmed, or tells no year, or the very end of a plan."""
    held = {years[0], years[-1]} if len(years) > _FEW_YEARS else set(years)
    named = {year for year in question.stated_years if f"{year}年" in text}
    return not years or bool(named or held & set(question.stated_years))


def answers_for(question: Question, text: str, *, is_row: bool = False) -> bool:
    """Whether `text` speaks of the places that the question names; for a figure, where it owns the figure.

    A place owns the figures of its own clause, and of the following ones until another place is named; the cells of a
    row belong together.
    """
    if not question.named or question.asks != "number" or is_row:
        return all(name in text for name in question.named)
    owns = False
    for start, end in clause_spans(text, 0, len(text)):
        piece = _REFERS_TO.sub("", text[start:end])
        if any(name in piece for name in question.named):
            owns = all(name in text for name in question.named)
        elif mentions(piece) or _WHOLE_PLACE.search(piece):
            owns = False
        if owns and has_amount(question, piece):
            return True
    return False
