"""Why operands do not fit together: their units, what they are paid for, their years."""

from __future__ import annotations

import re

from qa.arithmetic.operand import Operand
from qa.figures.quantities import Period, same_family

# Those who live in a home, among its beds.
_OCCUPANCY, _LIVES = {"人", "张"}, re.compile("住|在院|在站|收[住养治]")
# Those who were helped among the times that somebody was (共177人次,其中7人).
_HELPED = {"人", "人次"}
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
    if len(periods) > 1 and "" in periods and (period or are_far_apart(operands)):
        return "口径不同（有的没有写明是按月还是按年），不能直接计算。"
    if not years_named and not share_years(operands):
        return "年份不同，不能直接计算。"
    return ""


def are_far_apart(operands: tuple[Operand, ...]) -> bool:
    """Whether one operand is many times another: what was paid out in all is no standard."""
    values = [abs(operand.quantity.value) for operand in operands]
    return max(values) > _FAR_APART * min(values)


def share_years(operands: tuple[Operand, ...]) -> bool:
    """Whether the operands are of one time, as far as their sources say."""
    sets = [set(operand.years) for operand in operands]
    return not all(sets) or bool(set.intersection(*sets))
