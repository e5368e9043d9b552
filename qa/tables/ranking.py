"""Superlatives over a table's column: 年均增长最快, 目标值最低, 提升幅度最大的三项."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.tables.view import TableRow, TableView, stem_of
from qa.tables.wording import Mention, Wording
from vectorstore.numerals import numeral_value

_RANK = re.compile(
    r"(?P<change>(?:提升|提高|增加|上升|变化|涨|进步|增|升|改善|高(?=得|出))(?:得|的|出|了)?(?P<points>百分点)?(?:幅度|幅|数)?|幅度)?(?:也|是|得|的)?"
    r"(?:(?P<most>最[高低大小多少快慢])(?!生活保障)|第(?P<rank>[二三四五])(?P<word>[高低大小多少快慢])|"
    r"(?P<end>垫底|倒数第一|排第一|居首))(?:的)?(?:前)?(?P<top>[两二三四五]|\d(?=[个项条]))?"
)
# A year is no amount of anything, unless it is asked about.
_OF_TIME = re.compile("年份|年度|时间|期限")
_RANKS = "零一二三四五"
_LEAST = frozenset("低小少慢")
_SPEED = frozenset("快慢")


@dataclass(frozen=True)
class Ranking:
    """最高, 第二低, 提升最多的三项: `word` as asked, by the columns' amounts or by their change.

    `unit`: only amounts in this unit are meant, "" for all.
    """

    word: str
    by_change: bool
    columns: tuple[str, ...]
    rank: int = 1
    top: int = 1
    unit: str = ""

    @property
    def title(self) -> str:
        """What is ranked, as an answer says it: 年均增长最快."""
        names = [stem_of(column).removeprefix("其中:") for column in self.columns]
        what = f"从{names[0]}到{names[-1]}提高" if self.by_change else names[0]
        degree = "最" if self.rank == 1 else f"第{_RANKS[self.rank]}"
        return f"{what}{degree}{self.word}"


@dataclass(frozen=True)
class Ranked:
    """The rows of the asked rank in one unit, and how many rows were compared."""

    unit: str
    rows: tuple[TableRow, ...]
    compared: int


def ranking_in(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> Ranking | None:
    """The superlative that a question asks for, crossed out of its wording; None without one."""
    match = _RANK.search(wording.left)
    if match is None:
        return None
    last = "低" if match["end"] in ("垫底", "倒数第一") else "高"
    word = (match["most"] or "")[-1:] or match["word"] or last
    near = [m for m in mentions if m.end <= match.end()] or list(mentions)
    columns = tuple(c for c in near[-1].columns if c in table.numeric) if near else ()
    grows = bool(table.growth) and (bool(set(columns) & set(table.growth)) or word in _SPEED)
    by_change = not grows and len(table.dated) > 1 and (bool(match["change"]) or word in _SPEED)
    if grows:
        columns = table.growth[:1]
    elif by_change:
        columns = (table.dated[0], table.dated[-1])
    else:
        counting = tuple(column for column in table.numeric if not _OF_TIME.search(column))
        columns = (columns or table.targets or table.dated or counting)[-1:]
    wording.cross_span(*match.span())
    unit = "%" if match["points"] else ""
    rank, top = numeral_value(match["rank"] or "1"), numeral_value((match["top"] or "1").replace("两", "二"))
    return Ranking(word, by_change, columns, rank, top, unit) if columns else None


def ranked(table: TableView, rows: Sequence[TableRow], ranking: Ranking) -> list[Ranked]:
    """The rows of the asked rank, unit by unit: amounts in different units are not compared.

    A unit with one row only counts when there is no other kind.
    """
    measured: dict[str, list[tuple[Decimal, TableRow]]] = {}
    for row in rows:
        measure = _measure(table, row, ranking)
        if measure and ranking.unit in ("", measure[1]):
            measured.setdefault(measure[1], []).append((measure[0], row))
    several = {unit: pairs for unit, pairs in measured.items() if len(pairs) > 1}
    return [
        Ranked(unit, tuple(_best(pairs, ranking)), len(pairs))
        for unit, pairs in (several or measured).items()
    ]


def _measure(table: TableView, row: TableRow, ranking: Ranking) -> tuple[Decimal, str] | None:
    """(what is compared, its unit); None when the row gives no figure for it."""
    first, last = table.amount(row, ranking.columns[0]), table.amount(row, ranking.columns[-1])
    if first is None or last is None:
        return None
    if ranking.by_change:
        return (last.value - first.value, last.unit) if first.unit == last.unit else None
    return last.value, last.unit


def _best(pairs: Sequence[tuple[Decimal, TableRow]], ranking: Ranking) -> list[TableRow]:
    """The rows of the asked rank with those that tie, or the first few in order."""
    least = ranking.word in _LEAST
    ordered = sorted(pairs, key=lambda pair: pair[0], reverse=not least)
    if ranking.top > 1:
        last = ordered[: ranking.top][-1][0]
        return [row for value, row in ordered if (value <= last if least else value >= last)]
    values = list(dict.fromkeys(value for value, _ in ordered))
    wanted = values[min(ranking.rank, len(values)) - 1]
    return [row for value, row in pairs if value == wanted]


def change_of(table: TableView, row: TableRow, ranking: Ranking) -> str:
    """增加30个百分点（70% − 40% = 30个百分点）: the calculated change between the columns of a ranked row."""
    first, last = table.amount(row, ranking.columns[0]), table.amount(row, ranking.columns[-1])
    if first is None or last is None:
        return ""
    change = last.written - first.written
    unit = table.unit_of(row, ranking.columns[-1]) or last.unit
    points = "个百分点" if unit == "%" else unit
    high, low = (last, first) if change >= 0 else (first, last)
    word = "增加" if change >= 0 else "减少"
    amount = f"{abs(change).normalize():f}{points}"
    return f"{word}{amount}（{high.written}{unit} − {low.written}{unit} = {amount}）"
