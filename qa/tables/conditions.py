"""What a question demands of a table's rows: a cell's value, a missing figure, a word in the name."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.tables.names import about, bare
from qa.tables.view import TableRow, TableView, is_total, plain_name
from qa.tables.wording import Mention, Wording, column_near, single_name

_QUOTED_NAME = re.compile(
    r"(?:指标|项目)?的?(?:名字|名称|名)?(?:里|中)?面?都?(?:带有?|含有?|包含|出现|写有|叫|有)(?:了|着)?"
    r"[“\"'‘](?P<word>[^”\"'’]{1,12})[”\"'’](?:[一二两三四]?个?字样?|字样)?的?"
)
_PLAIN_NAME = re.compile(
    r"(?:名字|名称|名)(?:里|中)?面?都?(?:带有?|含有?|包含|出现|写有|有)(?:了|着)?"
    r"(?P<word>[^,。的\0]{1,10}?)(?:[一二两三四]?个?字样?|字样)?(?:的|有|,|$)"
)
_ABOUT = re.compile(
    r"(?:跟|与|和|同)(?P<word>[^,。、\0]{1,8}?)(?:有关系?|相关|沾边|挂钩|有联系)的?|"
    r"(?:涉及到?|关于|有关)(?P<other>[^,。、的\0]{1,8})的?"
)
_UNIT = re.compile(
    r"(?:计量)?单位(?:是|为|用|填|写|标)*(?:的是|成)?[“\"'‘]?(?P<unit>[^”\"'’,。的\0]{1,6})[”\"'’]?|"
    r"(?:以|按|用)[“\"'‘]?(?P<by>[^”\"'’,。的\0]{1,4}?)[”\"'’]?(?:为|做|作|当)?(?:计量)?(?:单位|计算|计量|表示)的?|"
    r"(?P<percent>百分比|百分数|比[例率](?=[类型的]?指标)|用%|以%)(?:的|类|型|表示)?"
)
_NOT_NUMERIC = re.compile(
    r"(?:没有?|未|不)(?:写|给|填|有|列|定|是|设|用)?(?:出|了|明|成)?(?:一个)?(?:具体|确切|明确|量化)?的?(?:数字|量化)(?:的|值)?|"
    r"(?:没有?|未|不)(?:写|给|填|有|列|定|是|设)?(?:出|了|明)?(?:一个)?(?:具体|确切|明确)的?(?:数值|数据|数|值)|"
    r"非数字|(?:用|写的?是|是)?(?:一句|一段)?(?:文字|一句话)(?:表述|描述|表达|说明)?"
)
_MISSING = re.compile(
    r"(?:没有?能?|未能?)(?:填写?|给出?|写明?|列出?|标(?:明|出)?|提供|公布|统计)(?:了|的|出|上|过)?|空着的?|空白|空缺|缺失|暂?缺|留空|"
    r"(?:填|写|标|画|列)?的?是?(?:一?[个条道])?(?:[“\"'‘]?[—–-]{1,2}[”\"'’]?|横杠|横线|破折号|杠)|"
    r"(?:没有?|无)(?=[^,。]{0,10}(?:数据?|数值|数字))"
)
_GIVEN = re.compile(
    r"(?:填|给出|写|标)了(?:具体)?的?(?P<figure>数字|数值|数据|数|值)?|有(?:具体)?(?P<given>数字|数值|数据|数)(?=的)"
)
_UNCHANGED = re.compile(
    r"(?:没有?|未|无)(?:什么)?(?:变化|变动|提高|提升|增长|增加|变)|没变|不变|持平|相同|相等|一样|维持(?:不变|原样)?|一点没(?:变|动|涨)"
)
_FALLING = re.compile(r"(?:下降|降低|减少|倒退|不升反降)(?:了|的)")
_PLACE_KIND = re.compile(
    "哪一?个([县区市镇乡])(?![县区市镇乡])|最[多少高低大小]的([县区镇乡])(?=[是有,。?]|$)"
)
_NOT = re.compile(r"(?:不是|不属于|并非|非|除了?|[还尚]?没有?|[尚还]未|未)的?$")


@dataclass(frozen=True)
class Condition:
    """What a row must satisfy; `label` says it in an answer, `columns` are those whose figures decide.

    Of the conditions of one `group` (the column whose words they name) one is enough.
    """

    label: str
    columns: tuple[str, ...]
    holds: Callable[[TableRow], bool]
    group: str = ""


def conditions_in(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """The conditions that a question states in words, crossed out of its wording."""
    return [
        *_of_units(wording, table),
        *_of_names(wording, table),
        *_of_place_kind(wording, table),
        *_of_values(wording, table, mentions),
        *_of_gaps(wording, table, mentions),
    ]


def topic_condition(topic: str, table: TableView) -> Condition:
    """A row about the topic (跟养老有关的); where names say it themselves, those that do."""
    rows = set(about(topic, table.rows))
    if all(bare(topic) in bare(row.name) for row in rows):
        return _name_condition(topic)
    return Condition(f"与“{topic}”有关", (), lambda row: row in rows)


def _name_condition(word: str) -> Condition:
    return Condition(f"名称含“{word}”", (), lambda row: bare(word) in bare(row.name))


def _of_names(wording: Wording, table: TableView) -> list[Condition]:
    found = []
    for pattern in (_QUOTED_NAME, _PLAIN_NAME):
        match = wording.cross(pattern)
        if match:
            found.append(_name_condition(match["word"]))
    match = _ABOUT.search(wording.left)
    if match:
        wording.cross_span(*match.span())
        found.append(topic_condition(match["word"] or match["other"], table))
    return found


def _of_place_kind(wording: Wording, table: TableView) -> list[Condition]:
    """The rows of one kind of place (哪个区…最多), where a table has places of several kinds."""
    match = _PLACE_KIND.search(wording.text)
    kind = next(filter(None, match.groups()), "") if match and table.is_of_places else ""
    are_of_kind = {row.name.endswith(kind) for row in table.rows if not is_total(row)}
    return [Condition(kind, (), lambda row: row.name.endswith(kind))] if len(are_of_kind) > 1 else []


def _of_units(wording: Wording, table: TableView) -> list[Condition]:
    match = _UNIT.search(wording.left)
    if not match or not table.unit_column:
        return []
    units = {plain_name(row.cell(table.unit_column)) for row in table.rows}
    asked = "%" if match["percent"] else (match["unit"] or match["by"])
    known = [unit for unit in units if asked.startswith(unit) or (unit == "%" and asked.startswith("百分"))]
    if not known:
        return []
    unit, end, column = max(known, key=len), match.end(), table.unit_column
    if match["unit"] and asked.startswith(unit):
        end = match.start("unit") + len(unit)
    negation = _NOT.search(wording.left[: match.start()])
    wording.cross_span(negation.start() if negation else match.start(), end)
    is_unit = negation is None
    label = f"单位{'' if is_unit else '不'}为{unit}"
    return [Condition(label, (), lambda row: (plain_name(row.cell(column)) == unit) == is_unit)]


def _of_values(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """Cells of words that the question names, in its order; several of one column are alternatives.

    A word that stands in several columns (县民政局 leads, and helps) is one of the column that is spoken of.
    """
    found: list[tuple[int, Condition]] = []
    spoken_of = [column for mention in mentions for column in mention.columns]
    for column in sorted(table.textual, key=lambda column: column not in spoken_of):
        values = {plain_name(row.cell(column)) for row in table.rows}
        for value in sorted(values, key=len, reverse=True):
            start = wording.left.find(value) if len(value) > 1 else -1
            while start >= 0:
                negation = _NOT.search(wording.left[:start])
                wording.cross_span(negation.start() if negation else start, start + len(value))
                found.append((start, _value_condition(table, column, value, negated=negation is not None)))
                start = wording.left.find(value)
    return [condition for _, condition in sorted(found, key=lambda pair: pair[0])]


def _value_condition(table: TableView, column: str, value: str, *, negated: bool) -> Condition:
    label = value if column == table.kind_column or column in table.name_columns else f"{column}为{value}"
    return Condition(
        f"{'非' if negated else ''}{label}",
        (),
        lambda row: (plain_name(row.cell(column)) == value) != negated,
        "" if negated else column,
    )


def _of_gaps(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """Cells that are words instead of figures, not given, given, or the same as before."""
    for pattern, condition in ((_NOT_NUMERIC, _words_condition), (_MISSING, _missing_condition)):
        match = pattern.search(wording.left)
        if match:
            wording.cross_span(*match.span())
            return [condition(table, column_near(mentions, *match.span(), prefer_behind=True))]
    given = _GIVEN.search(wording.left)
    behind = given and any(0 <= mention.start - given.end() <= 1 for mention in mentions)
    if given and (behind or given["figure"] or given["given"]):
        wording.cross_span(*given.span())
        return [_given_condition(table, column_near(mentions, *given.span(), prefer_behind=True))]
    for pattern, label, test in ((_UNCHANGED, "持平", operator.eq), (_FALLING, "下降", operator.lt)):
        match = pattern.search(wording.left)
        if match and len(table.dated) > 1:
            wording.cross_span(*match.span())
            return [_change_condition(table, label, test)]
    return []


def _words_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.targets or table.numeric

    def holds(row: TableRow) -> bool:
        return any(not table.is_missing(row, c) and table.amount(row, c) is None for c in looked_at)

    return Condition(f"{single_name(looked_at)}不是具体数字", looked_at, holds)


def _missing_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.numeric
    said = single_name(columns) or "有数值"
    return Condition(f"{said}未给出", looked_at, lambda row: any(table.is_missing(row, c) for c in looked_at))


def _given_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.numeric
    return Condition(
        f"给出了{single_name(columns) or '数值'}",
        columns,
        lambda row: not any(table.is_missing(row, c) for c in looked_at),
    )


def _change_condition(table: TableView, label: str, test: Callable[[Decimal, Decimal], bool]) -> Condition:
    base, last = table.dated[0], table.dated[-1]

    def holds(row: TableRow) -> bool:
        before, after = table.amount(row, base), table.amount(row, last)
        return before is not None and after is not None and test(after.value, before.value)

    return Condition(f"{last}与{base}相比{label}", (base, last), holds)
