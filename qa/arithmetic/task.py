"""A calculation as a question asks for it, before its operands are looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from qa.figures.quantities import Period

Operation = Literal[
    "sum", "difference", "share", "multiple", "average", "rest", "both", "portion", "payment", "product"
]


@dataclass(frozen=True)
class Task:
    """A calculation: its operation and the phrases of its operands in the order in which they are joined.

    `unit` is that of the operands when the question names it, `period` the time that a payment is asked for,
    `months` and `people` what it is multiplied by. `with_rate`: the change is also asked as a percentage;
    `also_yearly`: what a month makes is asked for a year as well; `wants_multiple`: also how many times the one is the other;
    `says_which`: which of the two is more is asked.
    `by_year`: over so many years the change is spread, -1 where they are those between the operands, 0 where it is not;
    `counted`: among what an average is shared; `context`: what a coordination has in common, before it.
    `is_weak`: only worth a calculation when the operands prove to be different figures.
    """

    operation: Operation
    phrases: tuple[str, ...]
    unit: str = ""
    period: Period = ""
    months: int = 0
    people: int = 0
    wants_amount: bool = True
    wants_rate: bool = False
    also_yearly: bool = False
    wants_multiple: bool = False
    says_which: bool = False
    is_weak: bool = False
    counted: str = ""
    by_year: int = 0
    context: str = ""
