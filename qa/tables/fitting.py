"""Which table a question may be about, and which of its rows it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.tables.conditions import Condition, topic_condition
from qa.tables.names import about, bare, forms_of, rows_called
from qa.tables.sums import SUMMED, asks_for_spread
from qa.tables.view import PLACE_KIND, TableRow, TableView, is_total, plain_name, stem_of
from qa.tables.wording import INDICATOR, TABLE_WORD, Mention, Wording, mentions_of, plans_named, years_named
from vectorstore.numerals import years_in

WHICH = re.compile(
    r"哪[些几一个项条类种两三四五六七八九十]|什么指标|有什么|有啥|列[出举一]|都有|是什么|叫什么|是谁|名单|清单|有没有|看看|的是?[?]?$"
)
TOGETHER = re.compile(r"分别|各|都|、|和|与|跟|以及|及")
EACH_PLACE = re.compile(
    rf"(?:各|每一?个?|[两三四五六七八九十\d]个)个?(?:{PLACE_KIND}|地区?)(?:的|各自?|分别|都)*"
)
_PLACES = re.compile(
    r"哪[个些一几]?(?:个)?(?P<kind>地方|地区|县市|[省市县区州](?!级)|乡镇|街道|单位|部门|处室)"
)
_CUT = re.compile(
    r"[\0\s,。?!;:、()“”]+|以及|还有|和|与|及|跟|的|是|有|(?:分别|各自?)|多少|几|哪[些几个一]?|什么|怎么"
)
_SPOKEN = re.compile(
    r"^(?:请问|里|中|在|上|指标|那么?|麻烦|帮我|查一?下|看看|看下|说说|关于|本|全|我)+|(?:这一?[行项个]|呢|吗|在|里)+$"
)
_AFFIXES = re.compile(r"^[类型]|(?:类|方面|领域|工作|相关|有关|这块|性质|型|项目)+$")
_MEASURE = re.compile("[人户张个家名所处座对元]")
_IN_CHARGE = re.compile("(?:负责|牵头|承担|主管|承办|实施)?(?:的?项?目)?")
_IN_CHARGE_COLUMN = re.compile("责任|牵头|负责|承办|主管")
_BOUND = re.compile("不少于|不低于|不超过|超过|以上|以下|低于|少于|大于|多于")
_SHORTEST_NAME = 3
Years = tuple[int, ...]
# (position in the question, row)
Named = list[tuple[int, TableRow]]


def fit(text: str, table: TableView, paper_years: Years) -> float | None:
    """How well the years and words of a question suit a table; None when it speaks of other years or places.

    `paper_years` are those of the document: a plan may be named as the paper (“十三五”规划里的…) and not as the time.
    """
    for year in years_named(text):
        if not any(year in years_in(column) for column in table.columns) and table.years != (year,):
            return None
    place = _PLACES.search(text)
    if place and not _has_places(table, place["kind"]):
        return None
    plans = plans_named(text)
    is_named = any(set(plan) & set(table.years) for plan in plans)
    if plans and not is_named and paper_years not in plans:
        return None
    score = 2.0 * is_named - 1.0 * (bool(plans) and not is_named)
    score += 1.0 * bool(re.search(r"完成|实际", text) and table.results and not table.targets)
    return score + 1.0 * bool("目标" in text and table.targets)


def _has_places(table: TableView, kind: str) -> bool:
    """Whether the rows are places, or a column tells such ones (地方, 单位)."""
    return table.is_of_places or any(
        kind in column for column in table.columns if column != table.unit_column
    )


def asks_of_each_place(wording: Wording, table: TableView) -> bool:
    """Whether a question asks of each of the places (各县区) that the rows are called by."""
    return table.is_of_places and EACH_PLACE.search(wording.text) is not None


def may_be_about(wording: Wording, table: TableView) -> bool:
    """A quick look: most questions name neither a table nor what only a table has."""
    text = wording.text
    if TABLE_WORD.search(text) or INDICATOR.search(text) or "序号" in text:
        return True
    if any(value in text for value in table.values) or asks_of_each_place(wording, table):
        return True
    mentions = mentions_of(wording.left, table)
    if mentions and (
        WHICH.search(text) or _BOUND.search(text) or SUMMED.search(text) or asks_for_spread(text)
    ):
        return True
    return bool(_pieces_called(_without(wording.left, mentions), table))


def _without(text: str, mentions: Sequence[Mention]) -> str:
    for mention in mentions:
        text = text[: mention.start] + "\0" * (mention.end - mention.start) + text[mention.end :]
    return text


def whole_names(wording: Wording, table: TableView) -> Named:
    """(position, row) of the rows whose whole name the question says, crossed out; the longest names first."""
    said: str = bare(wording.left)
    found: Named = []
    # 分配合计 is a column, and names no row 合计.
    heads = [stem_of(column) for column in table.columns if stem_of(column) in wording.left]
    named = [r for r in table.rows if not (is_total(r) and any(plain_name(r.name) in head for head in heads))]
    for row in sorted(named, key=lambda row: -len(row.name)):
        for form in forms_of(row):
            pattern = re.compile(r"[^\w\0]*".join(map(re.escape, form))) if form in said else None
            match = wording.cross(pattern) if pattern else None
            if match:
                found.append((match.start(), row))
                break
    return found


def parts_of_names(wording: Wording, table: TableView) -> Named:
    """(position, row) of the rows of which it says a part or an abbreviation that fits no other; crossed out."""
    called = _pieces_called(wording.left, table)
    for start, end, _ in called:
        wording.cross_span(start, end)
    return [(start, row) for start, _, row in called]


def _pieces_called(text: str, table: TableView) -> list[tuple[int, int, TableRow]]:
    """(start, end, row) for the pieces of a text that mean one row."""
    found, position = [], 0
    for piece in filter(None, _CUT.split(text)):
        position = text.index(piece, position)
        word = _SPOKEN.sub("", piece)
        rows = rows_called(word, table.rows) if len(word) >= _SHORTEST_NAME else []
        if len(rows) == 1:
            found.append((position, position + len(piece), rows[0]))
        position += len(piece)
    return found


def _says_nothing(piece: str, table: TableView) -> bool:
    """A measure word behind 多少, or 负责 where a column says who is in charge."""
    in_charge = any(_IN_CHARGE_COLUMN.search(column) for column in table.columns)
    return _MEASURE.fullmatch(piece) is not None or (in_charge and _IN_CHARGE.fullmatch(piece) is not None)


def topics(wording: Wording, table: TableView) -> tuple[list[Condition], str]:
    """What is left of a question: words that the names of some rows say, and the others joined."""
    conditions, left = [], ""
    for piece in wording.rest():
        word = _AFFIXES.sub("", piece)
        holding = about(word, table.rows) if len(word) > 1 else []
        if holding and len(holding) < len(table.rows):
            conditions.append(topic_condition(word, table))
        elif (
            not holding and not _says_nothing(piece, table) and piece not in plain_name(table.passage.caption)
        ):
            left += piece
    return conditions, left
