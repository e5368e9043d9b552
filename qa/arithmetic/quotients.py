"""What a whole comes to for each: of its years, of a year's months, of so many."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qa.arithmetic.calculation import Shown, rounded
from qa.arithmetic.operand import Operand
from qa.figures.quantities import MONTHS

_TEN_THOUSAND = Decimal(10_000)


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
