"""A question read against one table: what it wants of which rows, or None when it is not about this table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qa.question import Question
from qa.table_conditions import Condition, conditions_in, topic_condition
from qa.table_names import about, bare, forms_of, rows_called
from qa.table_view import KIND_COLUMNS, TableRow, TableView
from qa.table_wording import (
    INDICATOR,
    NUMERAL,
    TABLE_WORD,
    Mention,
    Wording,
    mentions_of,
    number_of,
    plans_named,
    years_named,
)
from vectorstore.numerals import years_in

Wants = Literal["count", "rows", "share", "order", "row", "columns", "caption"]

# What is left of a question when all that is understood is crossed out, in characters.
_MOST_LEFT, _MOST_LEFT_OF_A_TABLE = 1, 4
_ORDER = re.compile(
    rf"(?:序号|编号)(?:是|为|第)?\s*(?P<a>{NUMERAL})号?|第\s*(?P<b>{NUMERAL})\s*(?:[个项行条号](?!行动|任务|措施|工程)|(?=指标))|"
    rf"(?P<c>{NUMERAL})号(?:指标|项目)|(?P<last>最后|倒数第?)一?[个项行条]"
)
_RANK = re.compile(
    r"(?P<change>(?:提升|提高|增加|上升|变化|涨|进步|增|升|改善)(?:得|的)?(?:幅度|幅)?|幅度)?(?:也|是|得|的)?"
    r"(?:(?P<most>最[高低大小多少快慢])|第(?P<rank>[二三四五])(?P<word>[高低大小多少快慢])|(?P<end>垫底|倒数第一|排第一|居首))(?!生活保障)(?:的)?"
    r"(?:前)?(?P<top>[两二三四五]|\d(?=[个项条]))?"
)
_COUNT = re.compile(r"(?:几|多少)(?:[项个条行种类](?!百分)|指标)|有多少(?=$|[?,])|总数")
_WHICH = re.compile(
    r"哪[些几一个项条两三四五六七八九十]|什么指标|有什么|有啥|列[出举一]|列一|都有|是什么|叫什么|是谁|名单|清单|有没有|看看|的是?[?]?$"
)
_SHARE = re.compile(
    r"占(?:了|到)?(?:全部|总|所有|整个|全表|全体)?[^,。]{0,8}?(?:比例|比重|比|百分之|多少|几成|几分之几|一半)"
)
_COLUMNS = re.compile(r"(?:哪几|哪些|几|多少|每一?)(?:列|栏)|列名|表头|栏目")
_CAPTION = re.compile(r"表的?(?:标题|名称|名字|题目|题)|表名|表叫什么")
_WHOLE_ROW = re.compile(
    r"(?:这|那|该)一?行|整行|一行|各列|(?:这|那)一?栏|每一?列|完整(?:地)?(?:写|列|内容)|怎么写的?"
)
_TOGETHER = re.compile(r"分别|各|都|、|和|与|跟|以及|及")
_VALUES = re.compile(r"多少|几(?![项个条行种])|分别|各[是为有自]|数值|目标值|数字|怎么写|怎么定|什么水平")
_ALTERNATIVES = re.compile(r"还是|或者")
_DIFFERENCE = re.compile(r"(?<!年均)(?:提高|增加|增长|提升|上升|下降|降低|减少|涨)了?(?:多少|几)")
_PLACES = re.compile(
    r"哪[个些一几]?(?:个)?(?P<kind>地方|地区|县市|[省市县区州](?!级)|乡镇|街道|单位|部门|处室)"
)
_CUT = re.compile(
    r"[\0\s,。?!;:、()“”]+|以及|还有|和|与|及|跟|的|是|有|(?:分别|各自?)|多少|几|哪[些几个一]?|什么|怎么"
)
_SPOKEN = re.compile(
    r"^(?:请问|那么?|麻烦|帮我|查一?下|看看|看下|说说|关于|本|全|我)+|(?:这一?[行项个]|呢|吗)$"
)
_NOT_GREATEST = frozenset("低小少慢")


@dataclass(frozen=True)
class Ranking:
    """最高, 第二低, 提升最多的三项: `word` as asked, by the columns' amounts or their change."""

    word: str
    least: bool
    by_change: bool
    columns: tuple[str, ...]
    rank: int = 1
    top: int = 1


@dataclass(frozen=True)
class Reading:
    """What a question wants of one table.

    `shown` are columns that it speaks of; `stated` is a number of rows to be confirmed (是5项吗), 0 when none;
    `certain`: nothing of the question was left over, so that even an empty result is an answer.
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
    score: float


def read(asked: Question, table: TableView) -> Reading | None:
    """The question as one about this table; None when it is about something else."""
    wording = Wording(asked)
    score = _fit(wording.text, table)
    if score is None or not _may_be_about(wording, table):
        return None
    order = list(_ORDER.finditer(wording.left))
    wording.cross(_ORDER)
    table_word = wording.cross(TABLE_WORD)
    number = number_of((table_word["number"] if table_word else "") or "0")
    if number and table.number:
        if number != table.number:
            return None
        score += 10
    named = _named_exactly(wording, table)
    mentions = mentions_of(wording.left, table)
    ranking = _ranking(wording, table, mentions)
    conditions = conditions_in(wording, table, mentions)
    says_indicator = bool(wording.cross(INDICATOR)) or "指标" in (table_word or [""])[0]
    score += 0.1 * wording.cross_caption(table)
    _cross_columns(wording, table, mentions)
    named += _named_loosely(wording, table)
    topics, left = _topics(wording, table)
    conditions += topics
    limit = _MOST_LEFT_OF_A_TABLE if table_word else _MOST_LEFT
    if len(left) > limit:
        return None
    wants = _wants(wording.text, ranking, conditions, named, bool(order), bool(table_word))
    reading = Reading(
        table=table,
        wants=wants or "rows",
        conditions=tuple(conditions),
        ranking=ranking,
        named=tuple(dict.fromkeys(named)),
        shown=_shown(mentions, conditions),
        numbers=_numbers(order, table),
        gives_values=_VALUES.search(wording.text) is not None,
        stated=_stated(asked, wording.text),
        certain=not left,
        score=score - 0.5 * len(left),
    )
    speaks_of_table = bool(table_word) or says_indicator
    return reading if wants and _is_about_table(reading, speaks_of_table, wording.text) else None


def _may_be_about(wording: Wording, table: TableView) -> bool:
    """A quick look: most questions name neither a table nor what only a table has."""
    text = wording.text
    if TABLE_WORD.search(text) or INDICATOR.search(text) or "序号" in text:
        return True
    if any(value in text for value in table.values):
        return True
    if _WHICH.search(text) and mentions_of(text, table):
        return True
    return _TOGETHER.search(text) is not None and len(_pieces_called(wording.left, table)) > 1


def _fit(text: str, table: TableView) -> float | None:
    """How well the years and words of a question suit a table; None when it speaks of other years or places."""
    for year in years_named(text):
        if not any(year in years_in(column) for column in table.columns) and table.years != (year,):
            return None
    place = _PLACES.search(text)
    if place and not any(place["kind"] in column for column in table.columns if column != table.unit_column):
        return None
    plans = plans_named(text)
    score = 2.0 * (table.years in plans) - (1.0 if plans and table.years not in plans else 0.0)
    score += 1.0 * bool(re.search(r"完成|实际", text) and table.results and not table.targets)
    return score + 1.0 * bool("目标" in text and table.targets)


def _named_exactly(wording: Wording, table: TableView) -> list[TableRow]:
    """Rows whose whole name the question says, the longest first."""
    said, found = bare(wording.left), []
    for row in sorted(table.rows, key=lambda row: -len(row.name)):
        for form in forms_of(row):
            if form in said and wording.cross(re.compile(r"[^\w\0]*".join(map(re.escape, form)))):
                found.append(row)
                break
    return sorted(found, key=table.rows.index)


def _named_loosely(wording: Wording, table: TableView) -> list[TableRow]:
    """Rows of which the question says a part or an abbreviation that fits no other row; crossed out."""
    called = _pieces_called(wording.left, table)
    for start, end, _ in called:
        wording.cross_span(start, end)
    return [row for _, _, row in called]


def _pieces_called(text: str, table: TableView) -> list[tuple[int, int, TableRow]]:
    """(start, end, row) for the pieces of a text that mean one row."""
    found, position = [], 0
    for piece in filter(None, _CUT.split(text)):
        position = text.index(piece, position)
        word = _SPOKEN.sub("", piece)
        rows = rows_called(word, table.rows) if len(word) >= 3 else []
        if len(rows) == 1:
            found.append((position, position + len(piece), rows[0]))
        position += len(piece)
    return found


def _ranking(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> Ranking | None:
    match = _RANK.search(wording.left)
    if match is None:
        return None
    wording.cross_span(*match.span())
    word = (
        (match["most"] or "")[-1:]
        or match["word"]
        or ("低" if match["end"] in ("垫底", "倒数第一") else "高")
    )
    before = [mention for mention in mentions if mention.end <= match.end()]
    columns = (
        tuple(c for c in (before or list(mentions))[-1].columns if c in table.numeric) if mentions else ()
    )
    grows = bool(table.growth) and (set(columns) & set(table.growth) or word in "快慢")
    by_change = not grows and len(table.dated) > 1 and (bool(match["change"]) or word in "快慢")
    if grows:
        columns = table.growth[:1]
    elif by_change:
        columns = (table.dated[0], table.dated[-1])
    elif not columns:
        columns = table.targets[-1:] or table.dated[-1:] or table.numeric[:1]
    top = number_of((match["top"] or "1").replace("两", "二"))
    rank = number_of(match["rank"] or "1")
    return Ranking(word, word in _NOT_GREATEST, by_change, columns, rank, top) if columns else None


def _cross_columns(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> None:
    """Cross out the columns that the question speaks of, also a part of their names (牵头 of 牵头处室)."""
    for mention in mentions:
        wording.cross_span(mention.start, mention.end)
    for column in table.columns:
        for start in range(len(column) - 1):
            wording.cross_text(column[start : start + 2])


def _topics(wording: Wording, table: TableView) -> tuple[list[Condition], str]:
    """What is left of the question: words that the names of some rows say, and the others joined."""
    conditions, left = [], ""
    for piece in wording.rest():
        word = re.sub(r"^[类型]|(?:类|方面|领域|工作|相关|有关|这块|性质|型|项目)+$", "", piece)
        holding = about(word, table.rows) if len(word) > 1 else []
        if holding and len(holding) < len(table.rows):
            conditions.append(topic_condition(word, table))
        elif not holding:
            left += piece
    return conditions, left


def _wants(
    text: str,
    ranking: Ranking | None,
    conditions: Sequence[Condition],
    named: Sequence[TableRow],
    by_number: bool,
    says_table: bool,
) -> Wants | None:
    if says_table and _CAPTION.search(text):
        return "caption"
    if says_table and _COLUMNS.search(text) and not named:
        return "columns"
    if by_number:
        return "order"
    if ranking is None and conditions and _SHARE.search(text):
        return "share"
    if ranking is None and not named and _COUNT.search(text):
        return "count"
    if named and not ranking and not [c for c in conditions if c.columns]:
        return "row" if not _ALTERNATIVES.search(text) and not _DIFFERENCE.search(text) else None
    return "rows" if ranking or conditions or _WHICH.search(text) else None


def _is_about_table(reading: Reading, speaks_of_table: bool, text: str) -> bool:
    """Whether the words say that a table is meant, or what they ask can only be asked of one."""
    if reading.wants == "row":
        several = len(reading.named) > 1 and _TOGETHER.search(text) is not None
        one = speaks_of_table and (bool(reading.shown) or _WHOLE_ROW.search(text) is not None)
        return (several and reading.certain) or one
    if reading.wants == "order":
        return speaks_of_table or "序号" in text
    if speaks_of_table:
        return bool(reading.conditions or reading.ranking or reading.named) or (
            reading.wants != "rows" or _WHICH.search(text) is not None
        )
    by_value = any(condition.group for condition in reading.conditions)
    by_figure = reading.ranking or any(condition.columns for condition in reading.conditions)
    return reading.certain and (by_value or bool(by_figure and reading.shown and _WHICH.search(text)))


def _shown(mentions: Sequence[Mention], conditions: Sequence[Condition]) -> tuple[str, ...]:
    looked_at = [column for condition in conditions for column in condition.columns]
    spoken_of = [column for mention in mentions for column in mention.columns]
    return tuple(dict.fromkeys([*spoken_of, *looked_at]))


def _numbers(order: Sequence[re.Match[str]], table: TableView) -> tuple[int, ...]:
    last = table.rows[-1].number
    return tuple(last if m["last"] else number_of(m["a"] or m["b"] or m["c"]) for m in order)


def _stated(asked: Question, text: str) -> int:
    match = re.search(rf"({NUMERAL}|两)\s*[项个条](?!百分)", text) if asked.confirms else None
    return number_of(match[1].replace("两", "二")) if match else 0


def kind_column(table: TableView) -> str:
    """The column that says whether an indicator is binding, "" when there is none."""
    return next((column for column in table.columns if column in KIND_COLUMNS), "")
