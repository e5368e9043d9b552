"""The calculation itself, in exact decimals, and the line that shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.arithmetic.operand import Operand
from qa.figures.quantities import MONTHS, Period, Quantity, is_exact, same_family, written

PERCENT = Decimal(100)
# Those who live in a home, among its beds.
_OCCUPANCY, _LIVES = {"人", "张"}, re.compile("住|在院|在站|收[住养治]")
# Those who were helped among the times that somebody was (共177人次,其中7人).
_HELPED = {"人", "人次"}
_TEN_THOUSAND = Decimal(10_000)
# From so much on money is shown in 万元.
_MANY = Decimal(100_000)


@dataclass(frozen=True)
class Shown:
    """A calculation for people to check (`lines`), or why there is none (`refusal`)."""

    lines: tuple[str, ...] = ()
    refusal: str = ""


def converted(quantity: Quantity, period: Period) -> tuple[Quantity, str]:
    """The payment for another time, and how that was calculated ("" when nothing had to be)."""
    other = quantity.per(period)
    if other is quantity or other.period == quantity.period:
        return quantity, ""
    sign = "×12" if period == "年" else " ÷ 12"
    return other, f"{quantity}{sign} {_equals(other.value)}{other}"


# What is paid in a year is not so many times what each one gets in it.
_FAR_APART = 50


def mismatch(
    operands: tuple[Operand, ...], *, period: Period, years_named: bool, is_of_which: bool = False
) -> str:
    """Why operands do not fit together; "" when they do. `is_of_which`: the source calls the first a part of the other."""
    units = {operand.quantity.unit for operand in operands}
    lives = any(_LIVES.search(f"{operand.name}{operand.shown}") for operand in operands)
    if (units == _OCCUPANCY and lives) or (is_of_which and units == _HELPED):
        return ""
    first = operands[0].quantity.unit
    if not all(same_family(first, unit) for unit in units):
        named = "、".join(dict.fromkeys(operand.quantity.named_unit for operand in operands))
        return f"单位不同（{named}），不能直接计算。"
    periods = {operand.quantity.period for operand in operands}
    if len(periods) > 1 and "" in periods and (period or _are_far_apart(operands)):
        return "口径不同（有的没有写明是按月还是按年），不能直接计算。"
    if not years_named and not share_years(operands):
        return "年份不同，不能直接计算。"
    return ""


def _are_far_apart(operands: tuple[Operand, ...]) -> bool:
    """Whether one operand is many times another: what was paid out in all is no standard."""
    values = [abs(operand.quantity.value) for operand in operands]
    return max(values) > _FAR_APART * min(values)


def share_years(operands: tuple[Operand, ...]) -> bool:
    """Whether the operands are of one time, as far as their sources say."""
    sets = [set(operand.years) for operand in operands]
    return not all(sets) or bool(set.intersection(*sets))


def difference(
    one: Operand,
    other: Operand,
    *,
    period: Period,
    amount: bool,
    rate: bool,
    yearly: bool = False,
    multiple: bool = False,
    which: bool = False,
) -> Shown:
    """one − other, the larger first; % − % gives percentage points.

    `yearly`: what a month makes for a year, too; `multiple`: also how many times the other the one is;
    `which`: the one that is more is named in any case.
    """
    lines = []
    quantities = []
    periods = {one.quantity.period, other.quantity.period}
    if len(periods) > 1 and "" in periods and _are_far_apart((one, other)):
        # What each one gets is not held against what was paid to all.
        return Shown()
    if len(periods) > 1 and "" not in periods and not period:
        period = "年"
        lines.append("按月和按年的标准不能直接相减，折成一年再算：")
    for operand in (one, other):
        quantity, step = converted(operand.quantity, period)
        quantities.append(quantity)
        if step:
            lines.append(step)
    first, second = quantities
    is_reverse = first.value < second.value
    high, low = (second, first) if is_reverse else (first, second)
    name = (other if is_reverse else one).name
    if amount:
        value = high.value - low.value
        unit = "个百分点" if first.unit == "%" else first.named_unit
        result = written(value, unit, scale=_common_scale(high, low))
        word = "较高" if high.period or high.unit == "%" else "较多"
        who = f"（“{name}”{word if which else '较高'}）" if (is_reverse or which) and value and name else ""
        if which and not value:
            who = "（两者相同）"
        equals = "= 约" if high.is_rough or low.is_rough else _equals(value)
        lines.append(f"{high} − {low} {equals}{result}{who}")
        if yearly and first.period == "月":
            each = replace(high, value=value, scale=_common_scale(high, low))
            lines.append(converted(each, "年")[1])
    if rate and not (first.unit == "%" and amount):
        if not second.value:
            return Shown(refusal="基数为0，不能计算增长的百分比。")
        lines.append(_rate(first, second))
    if multiple and second.value:
        lines.append(f"{first} ÷ {second} = {rounded(first.value / second.value, '倍', places=2)}")
    return Shown(tuple(lines))


def left_over(operands: tuple[Operand, ...]) -> Shown:
    """The first without all the others."""
    if len(operands) == 2:
        return difference(*operands, period="", amount=True, rate=False)
    whole, *parts = (operand.quantity for operand in operands)
    value = whole.value - sum((part.value for part in parts), Decimal(0))
    if value < 0:
        return Shown(refusal="各部分相加超过了总数，不能计算剩余。")
    result = written(value, whole.named_unit, scale=_common_scale(whole, *parts))
    return Shown((f"{' − '.join(map(str, (whole, *parts)))} {_equals(value)}{result}",))


def before(now: Operand, change: Operand, *, is_more: bool) -> Shown:
    """What a figure was before it changed by another one."""
    one, step = now.quantity, change.quantity
    value = one.value - step.value if is_more else one.value + step.value
    result = written(value, one.named_unit, scale=_common_scale(one, step))
    return Shown((f"{one} {'−' if is_more else '+'} {step} {_equals(value)}{result}",))


def both(operand: Operand, *, period: Period = "") -> Shown:
    """Two standards of one and the same amount (均为120元), added up, for the time asked about."""
    quantity = operand.quantity
    result = replace(quantity, value=quantity.value * 2)
    _, step = converted(result, period)
    return Shown((f"{quantity} + {quantity} {_equals(result.value)}{result}", *([step] if step else [])))


def _rate(value: Quantity, base: Quantity) -> str:
    share = (value.value - base.value) / base.value * PERCENT
    word = "增长" if share >= 0 else "下降"
    shown = f"({value} − {base})" if share >= 0 else f"({base} − {value})"
    return f"{shown} ÷ {base} = {rounded(abs(share), '%', places=1)}（{word}）"


def total(operands: tuple[Operand, ...], *, period: Period, months: int) -> Shown:
    """The sum, for the time asked about."""
    quantities = [operand.quantity for operand in operands]
    periods = {quantity.period for quantity in quantities}
    lines = []
    if len(periods) > 1 and "" not in periods:
        shared: Period = period or "年"
        for number, quantity in enumerate(quantities):
            quantities[number], step = converted(quantity, shared)
            if step:
                lines.append(step)
    first = quantities[0]
    value = sum((quantity.value for quantity in quantities), Decimal(0))
    unit = first.unit if len({quantity.unit for quantity in quantities}) == 1 else "个"
    result = replace(first, value=value, unit=unit, scale=_common_scale(*quantities))
    equals = "= 约" if any(quantity.is_rough for quantity in quantities) else _equals(value)
    lines.append(f"{' + '.join(map(str, quantities))} {equals}{result}")
    if first.period:
        lines.extend(_lasting(result, period=period, months=months, people=0))
    return Shown(tuple(lines))


def product(count: Operand, rate: Operand) -> Shown:
    """So many at so much each."""
    value = count.quantity.value * rate.quantity.value
    unit = rate.quantity.unit
    scale = rate.quantity.scale or ("万" if unit == "元" and value >= _MANY else "")
    return Shown((f"{count.quantity} × {rate.quantity} {_equals(value)}{written(value, unit, scale=scale)}",))


def yearly(whole: Operand) -> Shown:
    """What a total over the years of its source comes to in one."""
    count = len(whole.years)
    value = whole.quantity.in_scale / count
    unit = f"{whole.quantity.scale}{whole.quantity.unit}/年"
    return Shown((f"{whole.quantity} ÷ {count}年 = {rounded(value, unit, places=2)}",))


def monthly(whole: Operand) -> Shown:
    """What a total of one year comes to in a month."""
    value = whole.quantity.in_scale / MONTHS
    unit = f"{whole.quantity.scale}{whole.quantity.unit}/月"
    return Shown((f"{whole.quantity} ÷ {MONTHS}个月 = {rounded(value, unit, places=2)}",))


def average(whole: Operand, count: Operand) -> Shown:
    """whole ÷ count, in plain units when that is easier to read."""
    if not count.quantity.value:
        return Shown(refusal="个数为0，不能计算平均数。")
    unit = f"{whole.quantity.unit}/{count.quantity.unit}"
    share = one_share(whole.quantity.value, count.quantity.value, unit)
    return Shown((f"{whole.quantity} ÷ {count.quantity} = {share}",))


def one_share(whole: Decimal, count: Decimal, unit: str) -> str:
    """What one of so many gets of a whole, as people read it: 约2.18万元/个. Raises nothing; `count` is not 0."""
    value = whole / count
    return (
        rounded(value / _TEN_THOUSAND, f"万{unit}", places=2)
        if value >= _TEN_THOUSAND
        else rounded(value, unit, places=2)
    )


def average_of_sum(wholes: Sequence[Operand], count: Operand) -> Shown:
    """(one + other) ÷ count."""
    if not count.quantity.value:
        return Shown(refusal="个数为0，不能计算平均数。")
    value = sum((whole.quantity.value for whole in wholes), Decimal(0)) / count.quantity.value
    added = " + ".join(str(whole.quantity) for whole in wholes)
    unit = f"{wholes[0].quantity.unit}/{count.quantity.unit}"
    return Shown((f"({added}) ÷ {count.quantity} = {rounded(value, unit, places=2)}",))


def average_among(whole: Operand, counts: Sequence[Operand]) -> Shown:
    """whole ÷ (one + other)."""
    among = sum((count.quantity.value for count in counts), Decimal(0))
    if not among:
        return Shown(refusal="个数为0，不能计算平均数。")
    added = " + ".join(str(count.quantity) for count in counts)
    unit = f"{whole.quantity.unit}/{counts[0].quantity.unit}"
    return Shown((f"{whole.quantity} ÷ ({added}) = {one_share(whole.quantity.value, among, unit)}",))


def portion(whole: Operand, percentage: Operand) -> Shown:
    """So many percent of a whole."""
    value = whole.quantity.value * percentage.quantity.value / PERCENT
    return Shown((f"{whole.quantity} × {percentage.quantity} = {_scaled(value, whole.quantity)}",))


def whole_of(part: Operand, percentage: Operand) -> Shown:
    """What a part is so many percent of."""
    if not percentage.quantity.value:
        return Shown(refusal="占比为0，不能推算总数。")
    value = part.quantity.value / percentage.quantity.value * PERCENT
    return Shown(
        (f"{part.quantity} ÷ {percentage.quantity} = {rounded(value, part.quantity.named_unit, places=0)}",)
    )


def payment(operand: Operand, *, period: Period, months: int, people: int) -> Shown:
    """A payment for another time or several people; no lines when that is what the source states."""
    return Shown(tuple(_lasting(operand.quantity, period=period, months=months, people=people)))


def _lasting(quantity: Quantity, *, period: Period, months: int, people: int) -> list[str]:
    lines = []
    if months and quantity.period == "年" and months % 12:
        quantity, step = converted(quantity, "月")
        lines.append(step)
    if not months:
        other, step = converted(quantity, period)
        if not people:
            return [step] if step else []
        factor = "×12" if other.period == "年" and quantity.period == "月" else ""
        value = other.value * people
        unit = f"{quantity.unit}/{other.period}" if other.period else quantity.unit
        return [f"{quantity}{factor}×{people}人 {_equals(value)}{written(value, unit)}"]
    count = months if quantity.period == "月" else months // 12
    label = f"{count}个月" if quantity.period == "月" else f"{count}年"
    value = quantity.value * count * max(people, 1)
    shown = f"×{people}人" if people else ""
    lines.append(f"{quantity}×{label}{shown} {_equals(value)}{written(value, quantity.unit)}")
    return lines


def _common_scale(*quantities: Quantity) -> str:
    scales = {quantity.scale for quantity in quantities}
    if len(scales) == 1:
        return scales.pop()
    # 亿元 and 万元 together in 万元, which loses no digit of either.
    return "万" if scales == {"万", "亿"} else ""


def _equals(value: Decimal) -> str:
    return "= " if is_exact(value) else "= 约"


def _scaled(value: Decimal, like: Quantity) -> str:
    """A sum of money as large as this one in its scale (231.2万元), everything else in plain units."""
    if like.scale and like.unit == "元" and value >= _MANY and is_exact(value):
        return written(value, like.named_unit, scale=like.scale)
    return rounded(value, like.named_unit, places=2)


def rounded(value: Decimal, unit: str, *, places: int) -> str:
    """The value with its unit, 约 before it where rounding to so many places changes it."""
    shown = written(value, unit, places=places)
    return shown if is_exact(value, places) else f"约{shown}"
