"""What a question demands of a table's rows: a cell's value, a bound, a missing figure, a word in the name."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qa.figures import Figure, figures_in
from qa.table_names import about, bare
from qa.table_view import Amount, TableRow, TableView, plain_name
from qa.table_wording import Mention, Wording

_QUOTED_NAME = re.compile(
    r"(?:指标|项目)?的?(?:名字|名称|名)?(?:里|中)?面?都?(?:带有?|含有?|包含|出现|写有|叫|有)(?:了|着)?"
    r"[“\"'‘](?P<word>[^”\"'’]{1,12})[”\"'’](?:[一二两三四]?个?字样?|字样)?的?"
)
_PLAIN_NAME = re.compile(
    r"(?:名字|名称|名)(?:里|中)?面?都?(?:带有?|含有?|包含|出现|写有|有)(?:了|着)?(?P<word>[^,。的\0]{1,10}?)(?:[一二两三四]?个?字样?|字样)?(?:的|有|,|$)"
)
_ABOUT = re.compile(
    r"(?:跟|与|和|同)(?P<word>[^,。、\0]{1,8}?)(?:有关系?|相关|沾边|挂钩|有联系)的?|(?:涉及到?|关于|有关)(?P<other>[^,。、的\0]{1,8})的?"
)
_UNIT = re.compile(
    r"(?:计量)?单位(?:是|为|用|填|写|标)*(?:的是|成)?[“\"'‘]?(?P<unit>[^”\"'’,。的\0]{1,6})[”\"'’]?|"
    r"(?:以|按|用)[“\"'‘]?(?P<by>[^”\"'’,。的\0]{1,4}?)[”\"'’]?(?:为|做|作|当)?(?:计量)?(?:单位|计算|计量|表示)的?|"
    r"(?P<percent>百分比|百分数|比例类|比率类|用%|以%)(?:的|类|型|表示)?"
)
_NOT_NUMERIC = re.compile(
    r"(?:没有?|未|不)(?:写|给|填|有|列|定|是|设|用)?(?:出|了|明|成)?(?:一个)?(?:具体|确切|明确|量化)?的?(?:数字|量化)(?:的|值)?|"
    r"(?:没有?|未|不)(?:写|给|填|有|列|定|是|设)?(?:出|了|明)?(?:一个)?(?:具体|确切|明确)的?(?:数值|数据|数|值)|"
    r"非数字|(?:用|写的?是|是)?(?:一句|一段)?(?:文字|一句话)(?:表述|描述|表达|说明)?"
)
_MISSING = re.compile(
    r"(?:没有?能?|未能?)(?:填写?|给出?|写明?|列出?|标(?:明|出)?|提供|公布|统计)(?:了|的|出|上|过)?|空着的?|空白|空缺|缺失|暂?缺|留空|"
    r"(?:填|写|标|画|列)?的?是?(?:一?[个条道])?(?:[“\"'‘]?[—–-]{1,2}[”\"'’]?|横杠|横线|破折号|杠)|(?:没有?|无)(?=[^,。]{0,10}(?:数据?|数值|数字))"
)
_GIVEN = re.compile(r"(?:填|给出|列出|列|写|标|给)了|有(?:具体)?(?:数字|数值|数据|数)(?=的)")
_UNCHANGED = re.compile(
    r"(?:没有?|未|无)(?:什么)?(?:变化|变动|提高|提升|增长|增加|变)|没变|不变|持平|维持(?:不变|原样)?|一点没(?:变|动|涨)"
)
_FALLING = re.compile(r"(?:目标值?)?(?:下降|降低|减少|倒退|不升反降)(?:了|的)")
_BEFORE = (
    (re.compile(r"(?:不低于|不少于|不小于|至少|大于等于|≥|>=|不低过)(?:了|要)?$"), "ge"),
    (re.compile(r"(?:不超过|不高于|不大于|不多于|至多|最多|小于等于|≤|<=)$"), "le"),
    (re.compile(r"(?:超过|大于|高于|多于|高过|超出|超|过|高出|>)了?$"), "gt"),
    (re.compile(r"(?:没有?达?到|未达?到|低于|小于|少于|不到|不足|不满|达不到|没有?超过|<)了?$"), "lt"),
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
_COUNTERS = "项条行种类"
_ALL_COVERED = re.compile(r"全覆盖|全部覆盖|百分百|百分之百")


@dataclass(frozen=True)
class Condition:
    """What a row must satisfy; `label` says it in an answer, `columns` are those whose cells decide."""

    label: str
    columns: tuple[str, ...]
    holds: Callable[[TableRow], bool]
    group: str = ""


def conditions_in(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """The conditions that a question states, crossed out of its wording; of one `group` one is enough."""
    return [
        *_of_units(wording, table),
        *_of_names(wording, table),
        *_of_values(wording, table),
        *_of_gaps(wording, table, mentions),
        *_of_figures(wording, table, mentions),
    ]


def topic_condition(topic: str, table: TableView) -> Condition:
    """A row about the topic (跟养老有关的)."""
    rows = set(about(topic, table.rows))
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


def _of_units(wording: Wording, table: TableView) -> list[Condition]:
    match = _UNIT.search(wording.left)
    if not match or not table.unit_column:
        return []
    units = {plain_name(row.cell(table.unit_column)) for row in table.rows}
    asked = "%" if match["percent"] else (match["unit"] or match["by"])
    known = [unit for unit in units if asked.startswith(unit) or (unit == "%" and asked.startswith("百分"))]
    if not known:
        return []
    unit = max(known, key=len)
    end = match.end()
    if match["unit"] and asked.startswith(unit):
        end = match.start("unit") + len(unit)
    wording.cross_span(match.start(), end)
    column = table.unit_column
    return [Condition(f"单位为{unit}", (column,), lambda row: plain_name(row.cell(column)) == unit)]


def _of_values(wording: Wording, table: TableView) -> list[Condition]:
    """Cells of words that the question names; several of one column are alternatives."""
    found = []
    for column in table.textual:
        values = dict.fromkeys(plain_name(row.cell(column)) for row in table.rows)
        for value in sorted(values, key=len, reverse=True):
            for match in re.finditer(re.escape(value), wording.left) if len(value) >= 2 else ():
                before = re.search(r"(?:不是|不属于|并非|非|除了?)(?:的)?$", wording.left[: match.start()])
                wording.cross_span(before.start() if before else match.start(), match.end())
                found.append(_value_condition(column, value, negated=before is not None))
    return found


def _value_condition(column: str, value: str, *, negated: bool) -> Condition:
    return Condition(
        f"{'非' if negated else ''}{value}",
        (),
        lambda row: (plain_name(row.cell(column)) == value) != negated,
        "" if negated else column,
    )


def _of_gaps(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    """Cells that are words instead of figures, not given, given, or the same as before."""
    for pattern, condition in (
        (_NOT_NUMERIC, _words_condition),
        (_MISSING, _missing_condition),
        (_GIVEN, _given_condition),
    ):
        match = pattern.search(wording.left)
        if match:
            wording.cross_span(*match.span())
            near = column_near(mentions, match.start(), match.end(), after_first=True)
            return [condition(table, near)]
    for pattern, label, test in (
        (_UNCHANGED, "持平", operator.eq),
        (_FALLING, "下降", operator.lt),
    ):
        match = pattern.search(wording.left)
        if match and len(table.dated) > 1:
            wording.cross_span(*match.span())
            return [_change_condition(table, label, test)]
    return []


def _words_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.targets or table.numeric

    def holds(row: TableRow) -> bool:
        return any(not table.is_missing(row, c) and table.amount(row, c) is None for c in looked_at)

    return Condition(f"{_named(looked_at)}不是具体数字", looked_at, holds)


def _missing_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.numeric
    said = _named(columns) or "有数值"
    return Condition(f"{said}未给出", looked_at, lambda row: any(table.is_missing(row, c) for c in looked_at))


def _given_condition(table: TableView, columns: tuple[str, ...]) -> Condition:
    looked_at = columns or table.numeric
    return Condition(
        f"给出了{_named(columns) or '数值'}",
        columns,
        lambda row: not any(table.is_missing(row, c) for c in looked_at),
    )


def _change_condition(table: TableView, label: str, test: Callable[[Decimal, Decimal], bool]) -> Condition:
    base, last = table.dated[0], table.dated[-1]

    def holds(row: TableRow) -> bool:
        before, after = table.amount(row, base), table.amount(row, last)
        return before is not None and after is not None and test(after.value, before.value)

    return Condition(f"{last}与{base}相比{label}", (base, last), holds)


def _of_figures(wording: Wording, table: TableView, mentions: Sequence[Mention]) -> list[Condition]:
    text = wording.left
    full = _ALL_COVERED.search(text)
    figures = [figure for figure in figures_in(text) if figure.unit != "年"]
    if full and not figures:
        figures = [Figure(Decimal(100), "%", full.start(), full.end())]
    found: list[Condition] = []
    follows_range = False
    for position, figure in enumerate(figures):
        before, after = text[max(0, figure.start - 6) : figure.start], text[figure.end : figure.end + 4]
        later = figures[position + 1] if position + 1 < len(figures) else None
        kind = _comparison(before, after)
        if follows_range:
            kind, follows_range = "le", False
        elif (
            later
            and not kind
            and _RANGE.fullmatch(text[figure.end : later.start])
            and "间" in text[later.end :][:3]
        ):
            kind, follows_range = "ge", True
        known = figure.unit and any(_unit_fits(figure.unit, unit) for unit in _units(table))
        if (
            not kind
            and (known or (not figure.unit and _EQUAL.search(before)))
            and figure.unit not in _COUNTERS
        ):
            kind = "eq"
        if not kind:
            continue
        columns = column_near(mentions, figure.start, figure.end) or table.targets or table.numeric
        found.append(_figure_condition(table, columns, kind, figure, text[figure.start : figure.end]))
        wording.cross_span(max(0, figure.start - len(_sign(before))), figure.end + len(_sign_after(after)))
    return found


def _comparison(before: str, after: str) -> str:
    kind = next((kind for pattern, kind in _AFTER if pattern.match(after)), "")
    return kind or next((kind for pattern, kind in _BEFORE if pattern.search(before)), "")


def _sign(before: str) -> str:
    match = next((m for pattern, _ in _BEFORE if (m := pattern.search(before))), None) or _EQUAL.search(
        before
    )
    return match.group(0) if match else ""


def _sign_after(after: str) -> str:
    match = next((m for pattern, _ in _AFTER if (m := pattern.match(after))), None)
    return match.group(0) if match else ""


def _figure_condition(
    table: TableView, columns: tuple[str, ...], kind: str, figure: Figure, written: str
) -> Condition:
    test, said = _TESTS[kind]

    def holds(row: TableRow) -> bool:
        return any(
            amount is not None
            and _unit_fits(figure.unit, amount.unit)
            and _compares(kind, test, amount, figure)
            for amount in (table.amount(row, column) for column in columns)
        )

    return Condition(f"{_named(columns) if len(columns) == 1 else ''}{said}{written}", columns, holds)


def _compares(kind: str, test: Callable[[Decimal, Decimal], bool], amount: Amount, figure: Figure) -> bool:
    """Whether a cell passes; one that states a bound (>30) only when every value within it would."""
    value = amount.value if figure.unit or figure.value >= 10_000 else amount.written
    wanted = figure.value * 10 if figure.unit == "成" else figure.value
    if amount.bound in (">", "≥") and kind in ("lt", "le", "ne"):
        return False
    if amount.bound in ("<", "≤") and kind in ("gt", "ge", "ne"):
        return False
    if amount.bound == ">" and kind == "gt":
        return value >= wanted
    return test(value, wanted)


def _unit_fits(asked: str, unit: str) -> bool:
    return not asked or unit.partition("/")[0] == ("%" if asked == "成" else asked)


def _units(table: TableView) -> set[str]:
    amounts = (table.amount(row, column) for row in table.rows for column in table.numeric)
    return {amount.unit for amount in amounts if amount}


def column_near(
    mentions: Sequence[Mention], start: int, end: int, *, after_first: bool = False
) -> tuple[str, ...]:
    """The columns of the mention that stands nearest before text[start:end], or else behind it.

    `after_first`: one right behind wins (没给出2015年的数).
    """
    behind = next((mention for mention in mentions if mention.start >= end), None)
    before = next((mention for mention in reversed(mentions) if mention.end <= start), None)
    if after_first and behind and behind.start - end <= 2:
        return behind.columns
    chosen = before or behind
    return chosen.columns if chosen else ()


def _named(columns: Sequence[str]) -> str:
    return re.sub(r"%$", "", columns[0]) if len(columns) == 1 else ""
