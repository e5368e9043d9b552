"""A question read against one table: what it wants of which rows, or None when it is not about this table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.tables.bounds import bounds_in
from qa.tables.conditions import Condition, conditions_in
from qa.tables.fitting import (
    EACH_PLACE,
    TOGETHER,
    WHICH,
    Years,
    asks_of_each_place,
    fit,
    may_be_about,
    parts_of_names,
    topics,
    whole_names,
)
from qa.tables.ranking import Ranking, ranking_in
from qa.tables.reached import reached_in
from qa.tables.sums import BESIDES, SUMMED, asks_for_spread, asks_for_sum
from qa.tables.view import TableRow, TableView, is_total
from qa.tables.wording import INDICATOR, NUMERAL, TABLE_WORD, Mention, Wording, mentions_of
from qa.understanding.question import Question
from vectorstore.numerals import numeral_value

Wants = Literal["count", "rows", "share", "order", "row", "columns", "caption", "sum", "spread"]

# What is left of a question when all that is understood is crossed out, in characters.
_MOST_LEFT, _MOST_LEFT_OF_A_TABLE = 1, 4
# The table whose number a question gives is the one.
NUMBER_FITS = 10.0
_ORDER = re.compile(
    rf"(?:序号|编号)(?:是|为|第)?\s*(?P<a>{NUMERAL})(?![共一列])号?|(?P<c>{NUMERAL})号(?:指标|项目)|(?P<last>最后|倒数第?)一?[个项行条]|"
    rf"第\s*(?P<b>{NUMERAL})\s*(?:[个项行条号](?!行动|任务|措施|工程)|(?=指标))"
)
COUNT = re.compile(r"(?<![哪这那])(?:几|多少)(?:[项个条行种类](?!百分)|指标)|有多少(?=$|[?,])|总数")
_SHARE = re.compile(
    r"占(?:了|到)?(?:全部|总|所有|整个|全表|全体)?[^,。]{0,8}?(?:比例|比重|比|百分之|多少|几成|几分之几|一半)"
)
_COLUMNS = re.compile(r"(?:哪几|哪些|几|多少|每一?)(?:列|栏)|列名|表头|栏目")
_CAPTION = re.compile(
    r"表格?[一二三四五六七八九十\d]*的?(?:标题|名称|名字|题目)|表名|表[一二三四五六七八九十\d]*叫什么"
)
_WHOLE_ROW = re.compile(r"各列|(?:这|那)一?栏|每一?列|完整(?:地)?(?:写|列|内容)|怎么写的?")
_ROW_WORD = re.compile(r"(?:这|那|该)一?行|整行|一行")
_VALUES = re.compile(r"多少(?![项个条种类])|几(?![项个条行种类])|数值|目标值|数字|怎么写|怎么定|什么水平")
_ALTERNATIVES = re.compile(r"还是|或者")
_DIFFERENCE = re.compile(r"(?<!年均)(?:提高|增加|增长|提升|上升|下降|降低|减少|涨)了?(?:多少|几)")


@dataclass(frozen=True)
class Reading:
    """What a question wants of one table.

    `shown` are columns that it speaks of; `stated` is a number of rows to be confirmed (是5项吗), 0 when none;
    `certain`: nothing of the question was left over, so that even an empty result is an answer;
    `names_table`: it says that it means a table or its indicators.
    """

    table: TableView
    wants: Wants
    conditions: tuple[Condition, ...]
    ranking: Ranking | None
    named: tuple[TableRow, ...]
    shown: tuple[str, ...]
    numbers: tuple[int, ...]
    gives_values: bool
    stated: int
    certain: bool
    names_table: bool
    score: float

    @property
    def alternatives(self) -> bool:
        """Whether the conditions are only several values of one column (约束性和预期性各几项)."""
        groups = {condition.group for condition in self.conditions}
        return len(self.conditions) > 1 and len(groups) == 1 and bool(groups.pop())


def read(asked: Question, table: TableView, paper_years: Years) -> Reading | None:
    """The question as one about this table; None when it is about something else."""
    wording = Wording(asked)
    score = fit(wording.text, table, paper_years)
    if score is None or not may_be_about(wording, table):
        return None
    order = list(_ORDER.finditer(wording.left))
    wording.cross(_ORDER)
    table_word = wording.cross(TABLE_WORD)
    number = numeral_value((table_word["number"] if table_word else "") or "0")
    if number and number != (table.number or 1):
        return None
    names = _named_whole(wording, table)
    mentions = mentions_of(wording.left, table)
    ranking = ranking_in(wording, table, mentions)
    if ranking and asks_for_spread(wording.text):
        wording.cross(BESIDES)
    conditions = [
        *reached_in(wording, table),
        *conditions_in(wording, table, mentions),
        *bounds_in(wording, table, mentions),
    ]
    says_indicator = wording.cross(INDICATOR) is not None
    score += 0.1 * wording.cross_caption(table) + NUMBER_FITS * bool(number and table.number)
    wording.cross_columns(table, mentions)
    names += parts_of_names(wording, table)
    named = list(dict.fromkeys(row for _, row in sorted(names, key=lambda pair: pair[0])))
    of_topic, left = topics(wording, table)
    if len(left) > (_MOST_LEFT_OF_A_TABLE if table_word else _MOST_LEFT):
        return None
    conditions, named = _settled(wording.text, [*conditions, *of_topic], named, ranking, table)
    shown = _shown(wording.text, mentions, conditions, table, order)
    wants = _wants(wording.text, ranking, conditions, named, _form(wording.text, table_word, order), asked)
    if SUMMED.search(wording.text):
        named = [row for row in named if not is_total(row)]
    wants = _taken_together(wording.text, ranking, conditions, named, shown, table) or wants
    if wants is None:
        return None
    return Reading(
        table=table,
        wants=wants,
        conditions=tuple(conditions),
        ranking=ranking,
        named=tuple(named),
        shown=shown,
        numbers=_numbers(order, table),
        gives_values=_VALUES.search(wording.text) is not None,
        stated=_stated(asked, wording.text),
        certain=not left,
        names_table=says_indicator or table_word is not None,
        score=score - 0.5 * len(left),
    )


def _named_whole(wording: Wording, table: TableView) -> list[tuple[int, TableRow]]:
    """The rows whose whole names the question says, each with where; every row but the sum where it asks of each place."""
    names = whole_names(wording, table)
    if asks_of_each_place(wording, table) and wording.cross(EACH_PLACE) and not names:
        # 各县区分别多少张
        return [(0, row) for row in table.rows if not is_total(row)]
    return names


def _settled(
    text: str,
    conditions: list[Condition],
    named: list[TableRow],
    ranking: Ranking | None,
    table: TableView,
) -> tuple[list[Condition], list[TableRow]]:
    """(conditions, rows named): topics that fit one row name it, and words to choose from are no conditions."""
    only_topics = conditions and not any(condition.columns or condition.group for condition in conditions)
    if only_topics and not named and not ranking and not COUNT.search(text):
        meeting = [row for row in table.rows if all(condition.holds(row) for condition in conditions)]
        if len(meeting) == 1:
            return [], meeting
    if named and _ALTERNATIVES.search(text):
        return [condition for condition in conditions if not condition.group], named
    return conditions, named


def _form(text: str, table_word: re.Match[str] | None, order: Sequence[re.Match[str]]) -> Wants | None:
    """What is asked of the table's form rather than of its rows."""
    if table_word and _CAPTION.search(text):
        return "caption"
    if table_word and _COLUMNS.search(text):
        return "columns"
    return "order" if order else None


def _wants(
    text: str,
    ranking: Ranking | None,
    conditions: Sequence[Condition],
    named: Sequence[TableRow],
    form: Wants | None,
    asked: Question,
) -> Wants | None:
    wants: Wants | None = "rows" if ranking or conditions or WHICH.search(text) else None
    if form and not (form == "columns" and named):
        wants = form
    elif ranking is None and conditions and not named and _SHARE.search(text):
        # A share of rows of one kind is a plain calculation.
        wants = "share" if any(not condition.group for condition in conditions) else None
    elif ranking is None and not named and (COUNT.search(text) or _stated(asked, text)):
        wants = "count"
    elif named and not ranking and not any(condition.columns for condition in conditions):
        wants = None if _DIFFERENCE.search(text) else "row"
    return wants


def _taken_together(
    text: str,
    ranking: Ranking | None,
    conditions: Sequence[Condition],
    named: Sequence[TableRow],
    shown: Sequence[str],
    table: TableView,
) -> Wants | None:
    """What is asked of several rows together: how far apart they lie, or their sum; None for each by itself."""
    if ranking:
        return "spread" if asks_for_spread(text) else None
    summable = [column for column in shown if column in table.numeric]
    is_sum = asks_for_sum(
        text,
        summable,
        is_of_some=bool(conditions) or len(named) > 1,
        is_undated=not named and not {*table.dated, *table.targets, *table.results} & set(summable),
    )
    return "sum" if is_sum else None


def asks_of_table(reading: Reading, text: str) -> bool:
    """Whether the words say that a table is meant, or what they ask can only be asked of one."""
    by_value = any(condition.group and not condition.columns for condition in reading.conditions)
    by_figure = reading.ranking or any(condition.columns for condition in reading.conditions)
    if reading.wants == "row":
        several = len(reading.named) > 1 and bool(TOGETHER.search(text) or EACH_PLACE.search(text))
        one = reading.names_table and (bool(reading.shown) or _WHOLE_ROW.search(text) is not None)
        return (several and reading.certain) or one or _ROW_WORD.search(text) is not None
    if reading.wants in ("sum", "spread"):
        return reading.certain and len(reading.named) != 1
    if reading.names_table:
        means_rows = bool(reading.conditions or reading.ranking or reading.named)
        return means_rows or reading.wants != "rows" or WHICH.search(text) is not None
    if reading.wants == "order":
        return "序号" in text
    return reading.certain and (by_value or bool(by_figure and reading.shown and WHICH.search(text)))


def asks_for_cell(reading: Reading, asked: Question) -> bool:
    """Whether all that the question says is one row's name and columns that the table has."""
    table = reading.table
    known = {"target": table.targets, "result": table.results, "": table.numeric}[asked.aspect]
    is_cell = reading.wants == "row" and len(reading.named) == 1 and not reading.conditions
    if not (is_cell and reading.certain):
        return False
    return (bool(known) and reading.gives_values) or (bool(reading.shown) and bool(known or table.textual))


def _shown(
    text: str,
    mentions: Sequence[Mention],
    conditions: Sequence[Condition],
    table: TableView,
    order: Sequence[re.Match[str]],
) -> tuple[str, ...]:
    looked_at = [column for condition in conditions for column in condition.columns]
    spoken_of = [column for mention in mentions for column in mention.columns]
    asks_kind = _ALTERNATIVES.search(text) or (
        order and any(c.group == table.kind_column for c in conditions)
    )
    kind = [table.kind_column] if table.kind_column and asks_kind else []
    shown = dict.fromkeys([*spoken_of, *looked_at, *kind])
    # 单位是张的 names a unit, 单位是什么 asks for it.
    asks_unit = (
        re.search(r"单位[^,。]{0,6}(?:什么|啥|多少|哪|怎么)|(?:什么|啥|哪种)(?:计量)?单位|和单位", text)
        is not None
    )
    return tuple(column for column in shown if column != table.unit_column or asks_unit)


def _numbers(order: Sequence[re.Match[str]], table: TableView) -> tuple[int, ...]:
    last = table.rows[-1].number
    return tuple(last if m["last"] else numeral_value(m["a"] or m["b"] or m["c"]) for m in order)


def _stated(asked: Question, text: str) -> int:
    match = re.search(rf"({NUMERAL}|两)\s*[项个条](?!百分)", text) if asked.confirms else None
    return numeral_value(match[1].replace("两", "二")) if match else 0
