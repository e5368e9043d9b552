"""Figures that a question demands of a table's cells: 超过60%, 50%到80%之间, 定成100%."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from qa.figures.values import Figure, figures_in
from qa.tables.conditions import Condition
from qa.tables.view import Amount, TableRow, TableView
from qa.tables.wording import Mention, Wording, column_near, single_name

_BEFORE = (
    (re.compile(r"(?:不低于|不少于|不小于|至少|大于等于|≥|>=|不低过)(?:了|要)?$"), "ge"),
    (re.compile(r"(?:不超过|不高于|不大于|不多于|至多|最多|小于等于|≤|<=)$"), "le"),
    (re.compile(r"(?:没有?达?到|未达?到|低于|小于|少于|不到|不足|不满|达不到|没有?超过|<)了?$"), "lt"),
    (re.compile(r"(?:超过|大于|高于|多于|高过|超出|超|过|高出|>)了?$"), "gt"),
    (re.compile(r"(?:不是|不等于|不为|并非)$"), "ne"),
)
_AFTER = (
    (re.compile(r"(?:及|或)?以上|往上|或更高|打底"), "ge"),
    (re.compile(r"(?:及|或)?以下|以内|或更低"), "le"),
)
_EQUAL = re.compile(
    r"(?:是|为|等于|=|达到?了?|定[成在为到]|设[成在为到]|填的?是?|写的?是?|要到|到|值|年|有|能|满|都)$"
)
_RANGE = re.compile(r"(?:%|[一-龥]{0,2})?(?:到|至|~|—|-|和|与)")
_TESTS: dict[str, tuple[Callable[[Decimal, Decimal], bool], str]] = {
    "ge": (operator.ge, "不低于"),
    "le": (operator.le, "不超过"),
    "gt": (operator.gt, "超过"),
    "lt": (operator.lt, "低于"),
    "eq": (operator.eq, "为"),
    "ne": (operator.ne, "不是"),
}
# What counts rows rather than something in a cell.
_COUNTERS = ("项", "条", "行", "种", "类")
_ALL_COVERED = re.compile(r"全覆盖|全部覆盖|百分百|百分之百")
# A figure without unit from which on it must have its scale multiplied in (40万).
_SCALED = 10_000


def bounds_in(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """The conditions that a question states as figures, crossed out of its wording."""
    text = wording.left
    figures = [figure for figure in figures_in(text) if figure.unit != "年"]
    full = _ALL_COVERED.search(text)
    if full and not figures:
        figures = [Figure(Decimal(100), "%", full.start(), full.end())]
    of_figures = [mention for mention in mentions if set(mention.columns) <= set(table.numeric)]
    found: list[Condition] = []
    closes_range = False
    for position, figure in enumerate(figures):
        later = figures[position + 1] if position + 1 < len(figures) else None
        kind = "le" if closes_range else _kind(text, figure, table)
        closes_range = not closes_range and later is not None and _is_range(text, figure, later)
        if closes_range:
            kind = "ge"
        if kind:
            columns = column_near(of_figures, figure.start, figure.end) or table.targets or table.numeric
            found.append(_condition(table, columns, kind, figure, text[figure.start : figure.end]))
            before, after = _around(text, figure)
            wording.cross_span(figure.start - before, figure.end + after)
    equal = [condition for condition in found if condition.group]
    # 80%的和50%的: one cell is never both.
    return found if len(equal) != 1 else [replace(c, group="") for c in found]


def _is_range(text: str, figure: Figure, later: Figure) -> bool:
    return _RANGE.fullmatch(text[figure.end : later.start]) is not None and "间" in text[later.end :][:3]


def _kind(text: str, figure: Figure, table: TableView) -> str:
    """How a cell must compare with the figure, "" when the figure is no condition."""
    before, after = text[max(0, figure.start - 6) : figure.start], text[figure.end : figure.end + 4]
    kind = next((kind for pattern, kind in _AFTER if pattern.match(after)), "")
    kind = kind or next((kind for pattern, kind in _BEFORE if pattern.search(before)), "")
    if kind or figure.unit in _COUNTERS:
        return kind
    # 哪一个, 四家: a Chinese numeral in running text is no value of a cell.
    known = (figure.is_arabic or figure.unit in ("%", "成")) and any(
        _fits(figure.unit, unit) for unit in table.units
    )
    return "eq" if (figure.unit and known) or (not figure.unit and _EQUAL.search(before)) else ""


def _around(text: str, figure: Figure) -> tuple[int, int]:
    """How many characters before and behind the figure belong to the comparison."""
    before, after = text[max(0, figure.start - 6) : figure.start], text[figure.end : figure.end + 4]
    sign = next((m for pattern, _ in _BEFORE if (m := pattern.search(before))), None) or _EQUAL.search(before)
    behind = next((m for pattern, _ in _AFTER if (m := pattern.match(after))), None)
    return len(sign.group(0)) if sign else 0, len(behind.group(0)) if behind else 0


def _condition(
    table: TableView, columns: tuple[str, ...], kind: str, figure: Figure, written: str
) -> Condition:
    test, said = _TESTS[kind]

    def holds(row: TableRow) -> bool:
        amounts = (table.amount(row, column) for column in columns)
        return any(
            amount is not None and _fits(figure.unit, amount.unit) and _compares(kind, test, amount, figure)
            for amount in amounts
        )

    group = f"={'、'.join(columns)}" if kind == "eq" else ""
    return Condition(f"{single_name(columns)}{said}{written}", columns, holds, group)


def _compares(kind: str, test: Callable[[Decimal, Decimal], bool], amount: Amount, figure: Figure) -> bool:
    """Whether a cell passes; one that states a bound (>30) only when every value within it would."""
    value = amount.value if figure.unit or figure.value >= _SCALED else amount.written
    wanted = figure.value * 10 if figure.unit == "成" else figure.value
    if amount.bound in (">", "≥") and kind in ("lt", "le", "ne"):
        return False
    if amount.bound in ("<", "≤") and kind in ("gt", "ge", "ne"):
        return False
    if amount.bound == ">" and kind == "gt":
        return value >= wanted
    return test(value, wanted)


def _fits(asked: str, unit: str) -> bool:
    """Whether a figure in the asked unit may be compared with a cell's (元 with 元/月)."""
    return not asked or unit.partition("/")[0] == ("%" if asked == "成" else asked)
