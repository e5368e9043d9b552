"""What a question asks for: a figure (in which unit), a date, a place, a list (of how many), or text."""

from __future__ import annotations

import re
from typing import Literal

Asks = Literal["number", "date", "place", "list", "text"]
Aspect = Literal["target", "result", ""]

COUNTED = (
    "穴栋辆册本宗个家张名户人元所处次条项天月年对件座支位场期批间岁倍成分万千百例只台部份篇起套平亩米吨种类"
)
_LIST_SIZES = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_PLAIN_UNITS = {"钱": "元", "块": "元", "块钱": "元", "个人": "人", "号人": "人", "口人": "人"}

_NUMBER = re.compile(
    rf"多少|几(?=[{COUNTED}])|第几|多[大高长]|几成|百分之几|"
    r"(?:比例|占比|覆盖率|标准|金额|总量|总额|数量|面积|人数|率)(?:目标)?(?:是|为|有|要?达到?|定)?(?:什么|怎么定)?[?]?$|"
    r"how (?:many|much|large|high)|what (?:percentage|proportion|share|is the (?:number|rate|minimum|maximum|target))",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?:多少|几)\s*(个人|号人|口人|万元|亿元|平方米|[{COUNTED}]|块钱?|钱)?")
_DATE = re.compile(
    r"什么时[候间]|何时|哪一?年|哪[天月]|几[月号日]|(?:时间|日期)(?:是|为)|\bwhen\b", re.IGNORECASE
)
_PLACE = re.compile(
    r"哪里|哪儿|在哪(?=[?。呢啊]*$)|(?:什么|啥|哪个)(?:地方|地点|位置)|地址|选址|\bwhere\b", re.IGNORECASE
)
_LIST = re.compile(
    r"哪些|哪几|哪[两三四五六七八九]|包括什么|有什么(?!要求)|分别是(?!多少|几)|[二两三四五六七八九十](?:条|项|个|大|类)[^,。?]{0,8}(?:叫|是)(?:啥|什么)|列[出举]|几大|"
    r"\bwhat are\b|\bwhich\b|\blist\b",
    re.IGNORECASE,
)
_WHICH = re.compile(r"哪一?个(?!月)|哪位|哪份")
_TARGET = re.compile(
    r"目标|计划|规划(?!完成)|力争|预计|打算|拟|将(?:要|新)|要(?:达到|建|新|完成|做|提高)|到20\d\d年|target|plan",
    re.IGNORECASE,
)
_RESULT = re.compile(r"已经?|实际|目前|现有|现在|完成了|发放了|建成了|去年|取得|成效|做了|办了|了多少|过多少")
_PAYMENT = re.compile(
    r"(?:低保|保障|供养|补贴|补助|津贴|护理费?|生活费|养育|救助|抚恤|高龄)[^,。]{0,6}(?:标准|钱|金额)|补贴|津贴|补助|资金|经费|投入|投资|工资|薪酬|收费|价格|费用"
)
CONFIRMS = re.compile(r"(?:是真的|真的|对|是|没错)?吗[?]?$|吧[?]?$|是不是|是否|对不对|有没有搞错")
_LIST_SIZE = re.compile(
    r"哪([两三四五六七八九十])|([二两三四五六七八九十])(?:大|项|个|类|种|条|方面|支|档|级)(?!\d)"
)
SEVERAL = re.compile(r"各(?:是|为|有|自)?(?:多少|几)|分别|各项|都是多少")
# What says nothing about the subject: politeness, interrogatives, and words for the asking itself.
EMPTY = re.compile(
    r"^(?:我|我们|咱们?|领导|局里|帮|麻烦)[^:,。?]{0,14}[:,](?=.{4})|(?:多少|几)(?:个|号|口)人|(?:文件|规划|要点|计划|总结|材料|原文)(?:里面|里|中|上)|对比|比较|相比|请问|请你?|麻烦|想(?:问|知道|了解)(?:一下)?|我想|告诉我|帮我|帮(?=忙?[查看找问算])|查一?下|一下|到底|究竟|具体|大概|一共|总共|合计|"
    r"是不是|有没有|能不能|是否|什么时[候间]|何时|为什么|是?什么样?|怎么样|怎么|怎样|如何|"
    rf"百分之[多几]少?|[是为有达]{{0,2}}(?:多少|几)(?=$|[^\u4e00-\u9fff])|多少|几(?=[{COUNTED}])|哪[些个几里年天边样家两三四五六七八九]|多久|多[大高长]|几成|"
    r"(?:文件|规划|要点|文中|材料|原文|文里)(?:里|中|上)?(?:是?怎么|如何)?(?:写|说|讲|规定|提到|提出|要求)?"
    r"(?:的|了)?(?=[,?]|怎|是|写|$)|"
    r"[二两三四五六七八九十](?:大|项|个|类|种|条|方面|档)(?![\d月])|目标值?|提出|分别|各自|达到|今年|去年|明年|当年|各是|(?:到|那|这)?一年|年(?:度|底|末|初)|五年[里间内来]|时候|[^\w\s]"
)


def asked_for(text: str) -> Asks:
    """What kind of answer a question wants. `text` is folded."""
    if _DATE.search(text):
        return "date"
    if _PLACE.search(text):
        return "place"
    if _LIST.search(text):
        return "list"
    return "number" if _NUMBER.search(text) and not _WHICH.search(text) else "text"


def asked_unit(text: str) -> str:
    """The unit in which a figure is asked for (多少家 → 家, 多少钱 → 元), "" when the question names none."""
    unit = next((match[1] or "" for match in _UNIT.finditer(text)), "")
    return _PLAIN_UNITS.get(unit, unit)


def likely_unit(text: str) -> str:
    """元 for a question about a standard or payment that names no unit (低保标准是多少), else ""."""
    return "元" if _PAYMENT.search(text) and not asked_unit(text) else ""


# The time at which a plan was made, of which it reports results (编制规划的时候).
WHEN_MADE = re.compile(
    r"(?:编制|编写|编|制定|起草|写|做)[^,。?]{0,8}(?:规划|计划|文件)(?:的)?(?:时候|时|那会儿?|当时|那年|那阵)"
)


def asked_aspect(text: str) -> Aspect:
    """Whether a question is after a target or a result; "" when it does not say."""
    if WHEN_MADE.search(text):
        return "result"
    return "target" if _TARGET.search(text) else "result" if _RESULT.search(text) else ""


def list_size(text: str) -> int:
    """How many items a question expects (哪六个, 八大体系), 0 when it does not say."""
    match = _LIST_SIZE.search(text)
    return _LIST_SIZES.get(next(filter(None, match.groups())), 0) if match else 0
