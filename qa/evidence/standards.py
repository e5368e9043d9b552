"""Money paid by rule (低保标准, 每人每月60元), told apart from what was paid to all together."""

from __future__ import annotations

import re

from qa.figures.tiers import age_in
from qa.understanding.question import Question

# 一次给多少钱, 每张补多少: what is paid for one of them.
_FOR_ONE = r"[一每]个?(?:次(?!性)|张|户|具|天|晚|场|套|只|座|床|人次)[^,。?\d]{0,4}?(?:多少|几)(?:钱|元|块)?"
_ASKS_STANDARD = re.compile(
    rf"{_FOR_ONE}|标准|每个?[人月]|按月|逐月|一个[月人]|人均|(?:领|拿|发|补)多少(?!万|亿)"
)
_IS_OF_SERVICES = re.compile(r"标准化|标准体系|(?:国家|行业|地方|服务|建设|技术)标准")
_STATES_STANDARD = re.compile(
    r"标准|每[人户具名位张床例座次字盒件家所处个站村间]|每[月年天]|月均|人均|[元/]\s*[/每]?\s*(?:月|年|人|天)(?!度)|月[^,。;]{0,4}元|(?:提高|增加|上调)(?:到|至)|(?:不超过|最高)[^,。;\d]{0,4}\d"
)
_NAMES_STANDARD = re.compile(r"标准(?:是|为|达到|要达到|提高到|涨到)?(?:多少|几|[?？]?$)")
# Asked for what one gets (每人每月发多少), a sum for all of them (194人…190余万元) is no answer.
_PER_HEAD = re.compile(rf"{_FOR_ONE}|每[人月个]|按月|逐月|一个[月人]|人均|(?:领|拿)多少(?!万|亿)")
_IS_SUM = re.compile(r"^(?!.*(?:每[人月年户]|/月|/年|月均|人均|标准)).*\d\s*余?多?万元")
_ASKS_SUM = re.compile(r"总共|一共|累计|合计|总额|总金额|了多少")
_OF_MEALS, _EACH_MEAL = re.compile("餐|饭|食堂"), re.compile("每[餐顿]")
# What was spent for all is no limit for one (支出多少: 每次不超过1500元).
_ASKS_SPENT = re.compile(
    r"(?:支出|花|拨付|下达|用掉|发放|发(?=了))了?(?:资金|金额)?(?:多少|几)|发放?了?[\u4e00-\u9fff]{1,8}[金款](?:多少|几)|(?:支出|开支|总支出)(?:是|有|为)?多少"
)
_SPENT_IN_ALL = re.compile("(?:一共|总共|累计|合计)[^,。?月]{0,4}(?:发放?|拨|补)了?(?:多少|几)")
_FOR_EACH = re.compile("(?<!平均)每[名位户张]")
# What is paid up to the standard is less than it: 月人均补助水平不低于540元.
_TOPS_UP = re.compile("补助(?:水平|金额)|补差|差额|实际补助")
_ASKS_TOP_UP = re.compile("补助|补贴|补差|差额|补多少|领|拿|发")
_IS_STANDARD = re.compile(r"每[人次户月年天张具名餐]|标准|封顶|不超过|最高|限额|元(?:提高|上调|调整)到")


def asks_for_standard(question: Question) -> bool:
    """Whether a question asks for an amount of money paid by rule (低保标准是多少, 每月发多少钱)."""
    money = question.likely_unit == "元" or "元" in question.unit
    if money and _SPENT_IN_ALL.search(question.text):
        return False
    if money and age_in(question.text) is not None and not _ASKS_SUM.search(question.text):
        return True
    return money and _ASKS_STANDARD.search(_IS_OF_SERVICES.sub(" ", question.text)) is not None


def states_standard(question: Question, text: str) -> bool:
    """Whether a text tells what is paid by rule: for a meal only where meals are asked about."""
    of_meals = _OF_MEALS.search(question.text) is not None and _EACH_MEAL.search(text) is not None
    return of_meals or _STATES_STANDARD.search(text) is not None


def asks_what_one_gets(question: Question) -> bool:
    """Whether a question for a standard wants the amount for one of them (每人每月发多少, 标准是多少), which no sum answers."""
    is_of_one = _PER_HEAD.search(question.text) or _NAMES_STANDARD.search(question.text)
    return is_of_one is not None and asks_for_standard(question)


def is_paid_to_all(clause: str) -> bool:
    """Whether a clause gives what was paid to all together."""
    return _IS_SUM.search(clause) is not None


def asks_what_was_spent(question: Question) -> bool:
    """Whether a question wants what was spent for all, which no limit for one tells."""
    if _SPENT_IN_ALL.search(question.text):
        return True
    is_per_head = _ASKS_STANDARD.search(question.text) or age_in(question.text) is not None
    return _ASKS_SPENT.search(question.text) is not None and not (
        is_per_head or _FOR_EACH.search(question.text)
    )


def is_standard(clause: str) -> bool:
    """Whether a clause with an amount of money gives what one of them gets, or at most gets."""
    return _IS_STANDARD.search(clause) is not None


def tops_up(question: Question, clause: str) -> bool:
    """Whether a clause gives what is paid on top of somebody's income, where the standard itself is asked for."""
    is_asked = _ASKS_TOP_UP.search(question.text) is not None or "标准" not in question.text
    return not is_asked and _TOPS_UP.search(clause) is not None
