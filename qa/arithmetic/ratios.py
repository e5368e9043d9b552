"""One figure as a share or a multiple of another, and the line that shows it."""

from __future__ import annotations

from decimal import Decimal

from qa.arithmetic.calculation import PERCENT, Shown, converted, rounded
from qa.arithmetic.operand import Operand
from qa.figures.quantities import Quantity


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


def _for_one_time(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity, list[str]]:
    """Two payments by the year where one is by the month and the other by the year, and how that was worked out."""
    if "" in (one.period, other.period) or one.period == other.period:
        return one, other, []
    (first, step), (second, other_step) = converted(one, "年"), converted(other, "年")
    return first, second, [line for line in (step, other_step) if line]
