"""Sums over a table's column, and how far its highest and lowest cells are apart, worked out row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.evidence.claims import Claim
from qa.evidence.rows import owner_of
from qa.tables.ranking import Ranking, ranked
from qa.tables.view import Amount, TableRow, TableView, is_total, stem_of

SUMMED = re.compile(
    r"加起来|加在一起|合起来|之和|总和|加总|相加|合计|总计|共计|一共|总共|拢共|总数|总额|总量"
)
# What asks for the sum of all rows in so many words; 一共 alone also stands before one figure.
_OF_ALL = re.compile(
    r"加起来|加在一起|合起来|之和|总和|加总|相加|合计|总计|各|每|所有|全部|[两三四五六七八九十\d]+个"
)
SPREAD = re.compile(r"最(?P<one>[多高大少低小快慢])[^?]*?最(?P<other>[多高大少低小快慢])")
BESIDES = re.compile(
    r"(?:比|和|与|跟|同|较)?最[多高大少低小快慢]的?(?:一个|那个)?|相?差(?:距)?|[多少高低大小](?:出|了)*(?=多少|几)"
)
_APART = re.compile(r"差|[多少高低大小]出?(?:了)?(?:多少|几)|几倍|多少倍")
_MOST = "多高大快"
_MOST_SHOWN = 12


def asks_for_sum(text: str, columns: Sequence[str], *, is_of_some: bool, is_undated: bool) -> bool:
    """Whether a question asks to add up cells of the columns that it speaks of.

    `is_undated`: the columns are no years of indicators, so that 一共 can only mean the column.
    """
    return bool(SUMMED.search(text) and columns and (is_of_some or is_undated or _OF_ALL.search(text)))


def asks_for_spread(text: str) -> bool:
    """Whether a question holds the highest and the lowest against each other."""
    match = SPREAD.search(text)
    return bool(match and (match["one"] in _MOST) != (match["other"] in _MOST) and _APART.search(text))


def summed(
    table: TableView, column: str, rows: Sequence[TableRow], label: str
) -> tuple[list[Claim], list[TableRow]]:
    """The sum of a column over these rows, or the table's own total where these are all; nothing when units differ."""
    whole = [row for row in table.rows if not is_total(row)]
    totals = [row for row in table.rows if is_total(row) and table.amount(row, column)]
    owner = owner_of(table.passage)
    lead = f"{owner}：" if owner else ""
    if totals and len(rows) == len(whole):
        row = totals[-1]
        return [Claim(f"{lead}{row.name}：{table.words(row, column)}。", (row.source,))], [row]
    given = [(row, amount) for row in rows if (amount := table.amount(row, column))]
    if len(given) < 2 or len({amount.unit for _, amount in given}) > 1:
        return [], []
    unit = _unit(table, given[0][0], column)
    total = sum((amount.written for _, amount in given), Decimal(0))
    terms = " + ".join(f"{_digits(amount)}{unit}" for _, amount in given)
    said = f"{lead}{label}{stem_of(column)}合计{total:f}{unit}。计算：{terms} = {total:f}{unit}。"
    silent = [row for row in rows if table.amount(row, column) is None]
    note = f"（{'、'.join(row.name for row in silent)}没有数字，未计入）" if silent else ""
    bullets = [
        Claim(f"- {row.name}：{table.words(row, column)}", (row.source,)) for row, _ in given[:_MOST_SHOWN]
    ]
    return [Claim(said + note, tuple(row.source for row, _ in given)), *bullets], [row for row, _ in given]


def spread(
    table: TableView, rows: Sequence[TableRow], ranking: Ranking
) -> tuple[list[Claim], list[TableRow]]:
    """Highest and lowest cell of a column and what lies between them; nothing when units differ."""
    groups = [ranked(table, rows, Ranking(word, False, ranking.columns[-1:])) for word in ("高", "低")]
    if any(len(group) != 1 for group in groups):
        return [], []
    high, low = (group[0].rows[0] for group in groups)
    column = ranking.columns[-1]
    most, least = table.amount(high, column), table.amount(low, column)
    if most is None or least is None:
        return [], []
    unit = _unit(table, high, column)
    owner = owner_of(table.passage)
    lead = f"{owner}：" if owner else ""
    apart = most.written - least.written
    points = "个百分点" if unit == "%" else unit
    return [
        Claim(f"{lead}{stem_of(column)}最高的是{high.name}，{table.figure(high, column)}。", (high.source,)),
        Claim(f"{lead}{stem_of(column)}最低的是{low.name}，{table.figure(low, column)}。", (low.source,)),
        Claim(
            f"计算：{_digits(most)}{unit} − {_digits(least)}{unit} = {apart.normalize():f}{points}。",
            (high.source, low.source),
        ),
    ], [high, low]


def _unit(table: TableView, row: TableRow, column: str) -> str:
    amount = table.amount(row, column)
    return table.unit_of(row, column) or (amount.unit if amount else "")


def _digits(amount: Amount) -> str:
    return f"{amount.written.normalize():f}"
