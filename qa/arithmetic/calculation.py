"""The calculation itself, in exact decimals, and the line that shows it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from qa.arithmetic.mismatches import are_far_apart
from qa.arithmetic.operand import Operand
from qa.figures.quantities import Period, Quantity, is_exact, written

PERCENT = Decimal(100)
# From so much on money is shown in 万元.
MANY = Decimal(100_000)


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
    periods = {one.quantity.period, other.quantity.period}
    if len(periods) > 1 and "" in periods and are_far_apart((one, other)):
        # What each one gets is not held against what was paid to all.
        return Shown()
    first, second, lines = _for_one_time(one.quantity, other.quantity, period)
    if amount:
        lines.append(_amount((one.name, first), (other.name, second), which=which))
        if yearly and first.period == "月":
            more = max((first, second), key=lambda quantity: quantity.value)
            value = abs(first.value - second.value)
            each = replace(more, value=value, scale=_common_scale(first, second))
            lines.append(converted(each, "年")[1])
    if rate and not (first.unit == "%" and amount):
        if not second.value:
            return Shown(refusal="基数为0，不能计算增长的百分比。")
        lines.append(_rate(first, second))
    if multiple and second.value:
        lines.append(f"{first} ÷ {second} = {rounded(first.value / second.value, '倍', places=2)}")
    return Shown(tuple(lines))


def _for_one_time(one: Quantity, other: Quantity, period: Period) -> tuple[Quantity, Quantity, list[str]]:
    """Both payments for the time asked about, by the year where one is by the month, and how that was worked out."""
    lines = []
    periods = {one.period, other.period}
    if len(periods) > 1 and "" not in periods and not period:
        period = "年"
        lines.append("按月和按年的标准不能直接相减，折成一年再算：")
    (first, step), (second, other_step) = converted(one, period), converted(other, period)
    return first, second, [*lines, *(line for line in (step, other_step) if line)]


def _amount(one: tuple[str, Quantity], other: tuple[str, Quantity], *, which: bool) -> str:
    """The smaller quantity taken from the larger one, with the larger one's name where it stands second or is asked for."""
    (_, first), (_, second) = one, other
    is_reverse = first.value < second.value
    (name, high), (_, low) = (other, one) if is_reverse else (one, other)
    value = high.value - low.value
    unit = "个百分点" if first.unit == "%" else first.named_unit
    result = written(value, unit, scale=_common_scale(high, low))
    word = "较高" if high.period or high.unit == "%" or not which else "较多"
    who = f"（“{name}”{word}）" if (is_reverse or which) and value and name else ""
    if which and not value:
        who = "（两者相同）"
    equals = "= 约" if high.is_rough or low.is_rough else _equals(value)
    return f"{high} − {low} {equals}{result}{who}"


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
    scale = rate.quantity.scale or ("万" if unit == "元" and value >= MANY else "")
    return Shown((f"{count.quantity} × {rate.quantity} {_equals(value)}{written(value, unit, scale=scale)}",))


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


def rounded(value: Decimal, unit: str, *, places: int) -> str:
    """The value with its unit, 约 before it where rounding to so many places changes it."""
    shown = written(value, unit, places=places)
    return shown if is_exact(value, places) else f"约{shown}"
