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
# (2800 ÷ 1110)的5次方根 − 1 = 年均约20.3%: growth a year, over as many years as lie between two that are told.
_ROOT = re.compile(
    rf"\((?P<last>{_NUMBER}){_UNIT}÷(?P<first>{_NUMBER}){_UNIT}\)的(?P<years>{_NUMBER})次方根-⟨1⟩=(?:年均)?约?(?P<result>{_NUMBER})%"
)
_PERCENT = re.compile(r"⟨([\d.]+)⟩%")
_MONTHS = Decimal(12)  # a year's worth of a monthly sum; no source says how many months a year has


def worked_out(answer_text: str, supported: set[Decimal]) -> set[Decimal]:
    """The results of the sums in an answer that follow from `supported` figures and are right, months in a year too."""
    said = canonical(plain(answer_text))
    found = _growth_a_year(said, supported)
    for operands, value, shown, is_share in _sums(said):
        if not operands - {_MONTHS} <= supported | found:
            continue
        if any(_agrees(value * factor, shown) for factor in ((1, 100) if is_share else (1,))):
            found |= {shown} | (operands & {_MONTHS})
    return found


def _growth_a_year(text: str, supported: set[Decimal]) -> set[Decimal]:
    """The yearly growth that is shown as a root, and its number of years, where both follow from `supported` figures."""
    found: set[Decimal] = set()
    years = {figure for figure in supported if 1900 <= figure <= 2100}
    # The five years of a plan of 2011—2015 begin with the end of 2010.
    spans = {later - earlier + more for later in years for earlier in years for more in (0, 1)}
    for match in _ROOT.finditer(text):
        last, first, span, shown = (
            Decimal(match[name].strip("⟨⟩")) for name in ("last", "first", "years", "result")
        )
        if not {last, first} <= supported or not first or span not in spans - {0}:
            continue
        if _agrees(100 * ((last / first) ** (1 / span) - 1), shown):
            found |= {span, shown, Decimal(1)}
    return found


def _sums(text: str) -> Iterator[tuple[set[Decimal], Decimal, Decimal, bool]]:
    """Operands, value, the result as shown and whether it is a percentage, of each sum that can be worked out."""
    for match in _SUM.finditer(text):
        tokens = [Decimal(number) if number else sign for number, sign in _TOKEN.findall(match["sum"])]
        if tokens[0] == "(" and _CLOSED.match(text, match.end()) and tokens.count("(") > tokens.count(")"):
            del tokens[0]  # the bracket holds the result, too: (70% − 40% = 30个百分点)
        operands = {token for token in tokens if isinstance(token, Decimal)}
        for value in _values(tokens, _PERCENT.findall(match["sum"])):
            yield operands, value, Decimal(match["result"].strip("⟨⟩")), bool(match["unit"])


def _values(tokens: list[Decimal | str], percentages: list[str]) -> Iterator[Decimal]:
    """What a row of numbers and signs comes to; with a share to multiply by (500张 × 80%) also taken as one of a hundred."""
    shares = {Decimal(written) for written in percentages}
    taken_as_shares = [
        token / 100 if isinstance(token, Decimal) and token in shares else token for token in tokens
    ]
    for row in (tokens, taken_as_shares) if shares and "×" in tokens else (tokens,):
        try:
            yield _Reader(row).value()
        except (InvalidOperation, DivisionByZero, IndexError):
            return  # brackets that do not match, a division by zero


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
