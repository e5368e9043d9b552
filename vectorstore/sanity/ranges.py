"""What indicators of this field can be at all: standards of aid, shares, beds and floor space for a number of people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.documents import Doubt
from vectorstore.sanity.reading import Amount, Reading

# Kind of standard, least and most a month, least and most a year, in yuan; wide enough for every province since 2005.
_STANDARDS = (
    (re.compile(r"特困|五保|三无|(?:集中|分散)供养|供养标准"), 60, 6000, 700, 70_000),
    (re.compile(r"孤儿|事实无人抚养|散居|集中养育"), 250, 6000, 3000, 70_000),
    (re.compile(r"低保|最低生活保障"), 30, 2800, 300, 34_000),
    (re.compile(r"残疾人?[^,。;]{0,12}补贴|两项补贴"), 15, 1000, 180, 12_000),
    (re.compile(r"高龄[^,。;]{0,8}(?:津贴|补贴)"), 5, 2000, 50, 24_000),
)
_NAMES_STANDARD = re.compile(r"标准|生活费|补贴|津贴|低保|供养")
_MONTH = re.compile(r"每月|人月|月人均|月(?:保障|补助|补贴|基本生活)?标准")
_YEAR = re.compile(r"每年|人年|年人均|(?<![全本一\d])年(?:保障|补助|补贴|基本生活)?标准")
_RISE = re.compile(r"(?:提高|增加|上调|增长|上涨|提标|增发|补差|下调|减少)了?约?$|人均|差额|平均补助")
_CONTINUES = re.compile(r"(?:分别|统一|逐步|将|并)?(?:达到?|提高到|提高至|调整为|为|提升到|调至)")
_OLDEST = 125
# Counted for so many people or households: unit, least, most.
_DENSITIES = (
    (re.compile(r"每千[名个]?(?:户籍)?(?:老年人|老人)[^,。;]{0,16}床位"), "张", 4, 120),
    (re.compile(r"每百户"), "平方米", 5, 400),
    (
        re.compile(r"每万名?[^,。;\d]{0,6}人口?[^,。;\d]{0,16}(?:社会组织|社会工作|社工|持证|护理员)"),
        "",
        0.3,
        200,
    ),
)
_SHARE = re.compile(
    r"[\u4e00-\u9fff](?:率|占比|比例|比重|覆盖面|达标面|创建面)[^\d]{0,14}$|占[^\d,。;]{0,20}$"
)
_BEYOND_HUNDRED = re.compile(
    r"增长|增幅|增速|增加|提高了|上升|完成|同比|环比|超额|负债|利用率|使用率|流转|预算|杠杆|利润|回报|收益|产销|汇率"
)


def implausible(name: str, unit: str, period: str, value: float) -> str:
    """Why `value` cannot be that of the indicator `name`; "" when it can. `period` is 月, 年 or ""."""
    if unit == "%":
        if value > 100 and not _BEYOND_HUNDRED.search(name) and _SHARE.search(name):
            return "比例超过100%，疑有误"
        return ""
    if unit == "元" and period and _NAMES_STANDARD.search(name):
        for kind, *limits in _STANDARDS:
            if kind.search(name):
                lower, upper = limits[:2] if period == "月" else limits[2:]
                return "" if lower <= value <= upper else f"作为每{period}的标准不合常理，数字或小数点疑有误"
    for kind, counted, least, most in _DENSITIES:
        if kind.search(name) and (not counted or unit == counted) and not least <= value <= most:
            return "远离这类指标的通常数值，数字或小数点疑有误"
    return ""


def implausible_amounts(reading: Reading) -> Iterator[Doubt]:
    """Amounts of running text that their indicator cannot have."""
    for sentence in reading.sentences:
        before: Amount | None = None
        for amount in sentence.amounts:
            name, period = _name(amount), _period(amount)
            if before is not None and before.end <= amount.lead_start and _CONTINUES.match(amount.lead):
                # 低保标准提高6%,达到每人每年7420元: of what, was said before.
                name = f"{before.lead}{name}"
            before = amount
            is_sum = amount.scale > 1 and "标准" not in name
            if amount.is_range or (amount.unit == "元" and (is_sum or _RISE.search(amount.lead))):
                continue
            message = implausible(name, amount.common_unit, period, amount.value)
            if amount.unit == "岁" and amount.value > _OLDEST:
                message = "年龄不合常理，数字疑有误"
            if message:
                yield Doubt("damaged", amount.lead_start, amount.end, message)


def _name(amount: Amount) -> str:
    return amount.lead if amount.unit == "%" else amount.clause


def _period(amount: Amount) -> str:
    if amount.per in ("月", "年"):
        return amount.per
    # What stands before this amount alone goes first: 城市低保标准为每人每月820元、农村…为每人每年7260元.
    for words in (amount.lead, amount.clause):
        if _MONTH.search(words):
            return "月"
        if _YEAR.search(words):
            return "年"
    return ""
