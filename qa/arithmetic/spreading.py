"""A change over several years, and what it comes to in one of them: 五年平均每年要增加几张."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.arithmetic.operand import Operand
from qa.figures.quantities import is_exact, written
from qa.figures.values import figures_in
from vectorstore.numerals import from_chinese, years_in

_BY_YEAR = re.compile(
    r",?(?:(?P<years>\d{1,2}|[两二三四五六七八九十]{1,2})年(?:间|里|内|来|期间)?,?)?"
    r"(?:平均(?:下来)?(?:每一?年|一年)|每一?年(?:平均|大约|大概|至少)|年均)(?:要|需要?|得|应|该|大约|大概|再)*"
    r"(?=(?:净?增加?|新增|多|提高|提升|上升|上涨|涨|减少|下降|降低?|(?<!年均)增长)(?:了|出|到)?(?:多少|几)(?!百分))"
)
_OF_THE_YEARS, _FEWEST = -1, 2


def without_spread(text: str) -> tuple[str, int]:
    """What changes, and over how many years the question spreads it: -1 where it does not say, 0 where it spreads nothing.

    `text` is folded.
    """
    match = _BY_YEAR.search(text)
    if match is None:
        return text, 0
    said = match["years"]
    years = (int(said) if said.isdigit() else from_chinese(said)) if said else None
    return text[: match.start()] + text[match.end() :], years or _OF_THE_YEARS


def spread(one: Operand, other: Operand, years: int) -> str:
    """The change divided by the years; "" where they are not known, or the two are shares of no one year."""
    if years == _OF_THE_YEARS:
        years = abs(one.years[-1] - other.years[-1]) if one.years and other.years else 0
    first, second = one.quantity, other.quantity
    if years < 2 or first.period != second.period:
        return ""
    high, low = (first, second) if first.value >= second.value else (second, first)
    unit = "个百分点" if first.unit == "%" else first.named_unit
    scale = high.scale if high.scale == low.scale else ""
    value = (high.value - low.value) / years
    about = "" if is_exact(value) else "约"
    return f"({high} − {low}) ÷ {years}年 = 每年{about}{written(value, unit, scale=scale)}"


def rate_by_year(first: Decimal, last: Decimal, years: int) -> str:
    """By what share something grew in each of so many years, the one upon the other; "" where that is not to be told."""
    if years < _FEWEST or min(first, last) <= 0:
        return ""
    rate = (float(last / first) ** (1 / years) - 1) * 100
    return f"({last.normalize():f} ÷ {first.normalize():f})的{years}次方根 − 1 = 年均约{rate:.1f}%"


def rate_of_row(cells: Sequence[tuple[str, str]]) -> str:
    """What the first and the last dated figure of a row come to by the year; "" where it has not two."""
    dated = [
        (years[0], figure.value)
        for column, value in cells
        if (years := years_in(column)) and (figure := next(iter(figures_in(f"{value}个")), None))
    ]
    if len(dated) < _FEWEST:
        return ""
    (start, first), (end, last) = dated[0], dated[-1]
    return rate_by_year(first, last, end - start)


def rate_between(one: Operand, other: Operand) -> str:
    """The same of two operands of known years."""
    if not one.years or not other.years:
        return ""
    early, late = sorted((one, other), key=lambda operand: operand.years[-1])
    return rate_by_year(early.quantity.value, late.quantity.value, late.years[-1] - early.years[-1])
