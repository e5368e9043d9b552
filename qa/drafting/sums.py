"""A calculation that a model asks for: it names figures of what it quotes, and code calculates."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation

from qa.figures.quantities import is_exact, written
from qa.figures.values import Figure, figures_in
from qa.understanding.units import same_kind
from vectorstore.folding import folded

_OPERATORS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}
_SIGNS = {"+": " + ", "-": " − ", "*": "×", "/": " ÷ "}
_SAME_SIGN = str.maketrans(
    {"−": "-", "–": "-", "－": "-", "×": "*", "x": "*", "X": "*", "÷": "/", "＋": "+", "／": "/"}
)
_TOKEN = re.compile(r"\s*(?:(?P<mark>[-+*/()])|(?P<figure>\d[^-+*/()=]*))")
# Months of a year, and what makes a share a percentage: they stand in no document.
_KNOWN = frozenset({Decimal(12), Decimal(100)})
_PERCENT, _SHARES, _TIMES = Decimal(100), ("%", "个百分点"), "倍"
# Those who live in a home, among its beds.
_OCCUPANCY = {"张", "人"}
_MANY, _LONGEST, _FEWEST = Decimal(100_000), 120, 2


class _Unusable(ValueError):
    """Not a calculation that can be shown."""


@dataclass(frozen=True)
class _Amount:
    value: Decimal
    shown: str
    unit: str

    @property
    def factor(self) -> Decimal:
        """What it counts for where something is multiplied or divided by it."""
        return self.value / _PERCENT if self.unit == "%" else self.value


def calculated(asked_for: str, held: Sequence[str], *, unit: str) -> str:
    """The line that shows a calculation (`120张-45张=?张`), "" where it cannot be trusted.

    Every figure has to stand in `held` (what is quoted, and the question), and the result is in a unit of one of these, in
    the `unit` asked for, or a share. What the model itself makes of it is not looked at.
    """
    left, _, right = folded(asked_for).translate(_SAME_SIGN).partition("=")
    left = re.sub(r"\*\s*100\s*%?\s*$", "", left.strip())
    known = [figure for text in held for figure in figures_in(text)]
    try:
        tokens = list(_tokens(left[:_LONGEST], known))
        amounts = [token for token in tokens if isinstance(token, _Amount)]
        wanted = re.sub(r"[\s?\d.,约。万亿]", "", right) or amounts[0].unit
        if len(amounts) < _FEWEST or not _fit(tokens, amounts, wanted, unit):
            return ""
        value, rest = _summed(tokens)
        if rest:
            return ""
    except (_Unusable, IndexError, DivisionByZero, InvalidOperation):
        return ""
    if wanted in _SHARES and _scales(tokens):
        value *= _PERCENT
    shown = "".join(_SIGNS.get(token, token) if isinstance(token, str) else token.shown for token in tokens)
    scale = "万" if wanted == "元" and abs(value) >= _MANY and is_exact(value / 10_000) else ""
    return f"{shown} {'= ' if is_exact(value) else '= 约'}{written(value, wanted, scale=scale)}"


def _scales(tokens: Sequence[str | _Amount]) -> bool:
    """Whether a share (40%) of something is calculated, or what something is of another."""
    return "*" in tokens or "/" in tokens


def _fit(tokens: Sequence[str | _Amount], amounts: Sequence[_Amount], wanted: str, unit: str) -> bool:
    """Whether the units of a calculation go together and make the one that is wanted."""
    units = {amount.unit for amount in amounts}
    if not _scales(tokens) and not all(_go_together(one, other) for one in units for other in units):
        return False
    return wanted.partition("/")[0] in {*units, unit, *_SHARES, _TIMES}


def _go_together(one: str, other: str) -> bool:
    return (
        not one or not other or same_kind(one, other) or same_kind(other, one) or {one, other} == _OCCUPANCY
    )


def _tokens(text: str, known: Sequence[Figure]) -> Iterator[str | _Amount]:
    position = 0
    while position < len(text.rstrip()):
        match = _TOKEN.match(text, position)
        if match is None:
            raise _Unusable(text)
        position = match.end()
        if match["mark"]:
            yield match["mark"]
            continue
        shown = match["figure"].strip()
        figures = figures_in(shown)
        if len(figures) != 1 or figures[0].start:
            raise _Unusable(shown)
        figure = figures[0]
        if figure.value not in _KNOWN and not any(figure.agrees_with(other) for other in known):
            raise _Unusable(shown)
        yield _Amount(figure.value, shown, figure.unit)


def _summed(tokens: Sequence[str | _Amount]) -> tuple[Decimal, Sequence[str | _Amount]]:
    value, rest = _multiplied(tokens)
    while rest and rest[0] in ("+", "-"):
        other, after = _multiplied(rest[1:])
        value, rest = _OPERATORS[str(rest[0])](value, other), after
    return value, rest


def _multiplied(tokens: Sequence[str | _Amount]) -> tuple[Decimal, Sequence[str | _Amount]]:
    value, rest = _single(tokens, is_factor=tokens[1:2] in (["*"], ["/"]))
    while rest and rest[0] in ("*", "/"):
        other, after = _single(rest[1:], is_factor=True)
        value, rest = _OPERATORS[str(rest[0])](value, other), after
    return value, rest


def _single(tokens: Sequence[str | _Amount], *, is_factor: bool) -> tuple[Decimal, Sequence[str | _Amount]]:
    first = tokens[0]
    if first == "(":
        value, rest = _summed(tokens[1:])
        if rest[0] != ")":
            raise _Unusable("brackets")
        return value, rest[1:]
    if isinstance(first, str):
        raise _Unusable(first)
    return first.factor if is_factor else first.value, tokens[1:]
