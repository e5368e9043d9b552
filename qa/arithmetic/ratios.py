"""One figure as a share or a multiple of another, so many percent of it or what it is so many percent of; and the line that
shows it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from qa.arithmetic.calculation import MANY, PERCENT, Shown, converted, rounded
from qa.arithmetic.operand import Operand
from qa.figures.quantities import SCALES, Quantity, is_exact, written


def share(part: Operand, *wholes: Operand) -> Shown:
    """part ÷ whole, or ÷ (one + other …), as a percentage."""
    value = sum((whole.quantity.value for whole in wholes), Decimal(0))
    if not value:
        return Shown(refusal="总数为0，不能计算比例。")
    added = " + ".join(str(whole.quantity) for whole in wholes)
    shown = f"({added})" if len(wholes) > 1 else added
    percent = rounded(part.quantity.value / value * PERCENT, "%", places=1)
    return Shown((f"{part.quantity} ÷ {shown} = {percent}",))


def multiple(one: Operand, other: Operand) -> Shown:
    """How many times the one is the other."""
    if not other.quantity.value:
        return Shown(refusal="基数为0，不能计算倍数。")
    first, second, steps = _for_one_time(one.quantity, other.quantity)
    return Shown((*steps, f"{first} ÷ {second} = {rounded(first.value / second.value, '倍', places=2)}"))


def portion(whole: Operand, percentage: Operand) -> Shown:
    """So many percent of a whole."""
    value = whole.quantity.value * percentage.quantity.value / PERCENT
    return Shown((f"{whole.quantity} × {percentage.quantity} = {_scaled(value, whole.quantity)}",))


def before(now: Operand, share: Operand, *, is_more: bool) -> Shown:
    """What a figure was before it rose or fell by so many percent."""
    base = PERCENT + share.quantity.value if is_more else PERCENT - share.quantity.value
    if base <= 0:
        return Shown(refusal="降幅不小于100%，不能倒推原来的数。")
    quantity = now.quantity
    value = quantity.value * PERCENT / base
    # As exact as what it is worked out from: whole people, money to the cent or in its scale.
    scale = dict(SCALES).get(quantity.scale, Decimal(1))
    places = 2 if quantity.scale or quantity.unit == "元" else 0
    told = (value / scale).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) * scale
    result = written(told, quantity.named_unit, scale=quantity.scale, places=places)
    sign = "+" if is_more else "−"
    return Shown((f"{quantity} ÷ (1 {sign} {share.quantity}) = 约{result}",))


def whole_of(part: Operand, percentage: Operand) -> Shown:
    """What a part is so many percent of."""
    if not percentage.quantity.value:
        return Shown(refusal="占比为0，不能推算总数。")
    value = part.quantity.value / percentage.quantity.value * PERCENT
    return Shown(
        (f"{part.quantity} ÷ {percentage.quantity} = {rounded(value, part.quantity.named_unit, places=0)}",)
    )


def _for_one_time(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity, list[str]]:
    """Two payments by the year where one is by the month and the other by the year, and how that was worked out."""
    if "" in (one.period, other.period) or one.period == other.period:
        return one, other, []
    (first, step), (second, other_step) = converted(one, "年"), converted(other, "年")
    return first, second, [line for line in (step, other_step) if line]


def _scaled(value: Decimal, like: Quantity) -> str:
    """A sum of money as large as this one in its scale (231.2万元), everything else in plain units."""
    if like.scale and like.unit == "元" and value >= MANY and is_exact(value):
        return written(value, like.named_unit, scale=like.scale)
    return rounded(value, like.named_unit, places=2)
