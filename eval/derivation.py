"""Figures that an answer works out before the reader's eyes: 21亿元 − 17.8亿元 = 3.2亿元.

Worked out again here, apart from the code that is judged: a result counts as supported when everything that it is
worked out from is, and when it is right to the digits that are shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, DivisionByZero, InvalidOperation

from eval.wording import canonical, plain

_NUMBER = r"⟨[\d.]+⟩"
# What may follow a number inside a sum: its unit (元/月), no other number and no sign of a sum.
_UNIT = r"[^⟨⟩+\-×*÷=≈()。;\n]{0,8}"
_TERM = rf"\(*{_NUMBER}{_UNIT}\)*{_UNIT}"
_SUM = re.compile(rf"(?P<sum>{_TERM}(?:[+\-×*÷]{_TERM})+)[=≈](?:约|大约)?(?P<result>{_NUMBER})(?P<unit>%?)")
_CLOSED = re.compile(r"[^⟨⟩()]{0,8}\)")
_TOKEN = re.compile(r"⟨([\d.]+)⟩|([+\-×*÷()])")
_MONTHS = Decimal(12)  # a year's worth of a monthly sum; no source says how many months a year has


def worked_out(answer_text: str, supported: set[Decimal]) -> set[Decimal]:
    """The results of the sums in an answer that follow from `supported` figures and are right, months in a year too."""
    found: set[Decimal] = set()
    for operands, value, shown, is_share in _sums(canonical(plain(answer_text))):
        if not operands - {_MONTHS} <= supported | found:
            continue
        if any(_agrees(value * factor, shown) for factor in ((1, 100) if is_share else (1,))):
            found |= {shown} | (operands & {_MONTHS})
    return found


def _sums(text: str) -> Iterator[tuple[set[Decimal], Decimal, Decimal, bool]]:
    """Operands, value, the result as shown and whether it is a percentage, of each sum that can be worked out."""
    for match in _SUM.finditer(text):
        tokens = [Decimal(number) if number else sign for number, sign in _TOKEN.findall(match["sum"])]
        if tokens[0] == "(" and _CLOSED.match(text, match.end()) and tokens.count("(") > tokens.count(")"):
            del tokens[0]  # the bracket holds the result, too: (70% − 40% = 30个百分点)
        try:
            value = _Reader(tokens).value()
        except (InvalidOperation, DivisionByZero, IndexError):
            continue  # brackets that do not match, a division by zero
        operands = {token for token in tokens if isinstance(token, Decimal)}
        yield operands, value, Decimal(match["result"].strip("⟨⟩")), bool(match["unit"])


def _agrees(value: Decimal, shown: Decimal) -> bool:
    """Whether `shown` is `value` rounded to as many decimal places, or to four digits of a large figure."""
    places = -min(int(shown.as_tuple().exponent), 0)
    return abs(value - shown) <= max(Decimal(1).scaleb(-places) / 2, abs(shown) / 10_000)


class _Reader:
    """Works out a row of numbers and signs: brackets first, then × and ÷, then + and −."""

    def __init__(self, tokens: list[Decimal | str]) -> None:
        self._tokens = tokens
        self._at = 0

    def value(self) -> Decimal:
        """The value of all tokens. Raises IndexError where brackets or numbers are missing."""
        value = self._added()
        if self._at < len(self._tokens):
            raise IndexError("a bracket too many")
        return value

    def _next(self) -> Decimal | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _added(self) -> Decimal:
        value = self._multiplied()
        while (sign := self._next()) in ("+", "-"):
            self._at += 1
            value = value + self._multiplied() if sign == "+" else value - self._multiplied()
        return value

    def _multiplied(self) -> Decimal:
        value = self._one()
        while (sign := self._next()) in ("×", "*", "÷"):
            self._at += 1
            value = value / self._one() if sign == "÷" else value * self._one()
        return value

    def _one(self) -> Decimal:
        first = self._tokens[self._at]
        self._at += 1
        if isinstance(first, Decimal):
            return first
        if first != "(":
            raise IndexError("a number is missing")
        value = self._added()
        if self._next() != ")":
            raise IndexError("a bracket is missing")
        self._at += 1
        return value
