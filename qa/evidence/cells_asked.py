"""The cells of a table's row: which of them a question asks for, and how a cell reads with its column and its unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.row_names import is_total
from qa.evidence.units_noted import unit_noted
from qa.understanding.question import Question
from qa.understanding.units import same_kind
from vectorstore.documents import Metadata, Passage, Statement
from vectorstore.numerals import years_in
from vectorstore.statements import statement_of_column

KIND_COLUMNS = ("属性", "指标属性", "指标性质", "性质", "类型")
_UNITS = ("单位", "计价单位", "计量单位")
_REMARKS = ("备注", "说明")
SILENT_COLUMNS = (*_UNITS, *_REMARKS, *KIND_COLUMNS)
_ACCOUNTS = ((re.compile("预算"), "预算"), (re.compile("决算|实际"), "决算"))
# What a column is called within its group has so many characters.
_LEAST_OWN = 4
_UNIT_IN_NAME = re.compile(r"[(（]([^()（）\d]{1,6})[)）]$|([%％])$")
_TOTAL_COLUMN = re.compile("合计|总计|小计|共计")
# Whether a target was reached is told by the target, the result and what the table says of both.
_REACHED = re.compile(
    "(?:达到|完成|实现|超过|达成)了?[^,?]{0,6}(?:目标|任务|指标)|(?:目标|任务|指标)[^,?]{0,6}(?:达到|完成|实现|达成)|达标|滞后"
)
# 农村A类 of the column 其中:农村A类
_PART_OF = re.compile("^其中[:：]?")
_LETTER_CLASS = re.compile("[A-Z甲乙丙丁][类档等]")
_COUNT = re.compile("(?:预计)?(?:总?[人户]数|人次数?|总数|数量|数)$")
_YEAR_BEFORE = re.compile(
    r"^(?:19|20)\d\d年(?!底?(?:目标|实际|完成|规划|计划|预期|现状))(?=[\u4e00-\u9fff]{2})"
)
# 惠及人数 under 单位:元 are people.
COUNTED_IN_NAME = re.compile(r"(人次|人|户)数$")
_FOR_EACH = re.compile("每(?:人每)?[人年月户]")
_NOT_GIVEN = ("—", "-", "——", "/", "")
# 现在和将来各多少
_NOW_AND_LATER = re.compile(
    "(?:现在|目前|现状|现有|起点|基数)[^?]{0,8}(?:将来|以后|今后|未来|终点|目标|到20)"
)


def asked_cells(question: Question, passage: Passage, naming: int) -> list[tuple[str, str]]:
    """The cells, each as (column, value), behind the `naming` ones that a row is called by: those asked for, else all."""
    values = [
        (column, value)
        for column, value in passage.cells[naming:]
        if column not in SILENT_COLUMNS or (column in _REMARKS and _says_more(question, passage, value))
    ]
    if re.search(r"增长|增速|增幅|每年涨", question.text):
        growth = [(column, value) for column, value in values if "增" in column]
        beside = [pair for pair in values if any(f"{year}年" in question.text for year in years_in(pair[0]))]
        if growth:
            # 2010年、2015年实际值及年均增长各是多少 asks for all three.
            return [pair for pair in values if pair in growth or (question.wants_several and pair in beside)]
    asked = [
        (column, value)
        for column, value in values
        if set(years_in(column)) & {*question.years, *question.stated_years}
    ]
    named = [
        pair
        for pair in values
        if len(_measure(pair[0])) > 1 and _PART_OF.sub("", _measure(pair[0])) in question.text
    ]
    named = named or [pair for pair in values if _own_part(pair[0], values) in question.text]
    in_unit = [pair for pair in values if _may_be_in_unit(question, pair[0])]
    named = named or [pair for pair in in_unit if _is_named_in_words(_measure(pair[0]), question.text)]
    # 农村低保多少钱 → 农村低保标准(元/人·年)
    named = named or [pair for pair in in_unit if len(in_unit) < len(values) and _says_all(question, pair[0])]
    # 三年合计 asks for the sum, whatever year is named beside it.
    total = [pair for pair in named if _TOTAL_COLUMN.fullmatch(pair[0])]
    both = [pair for pair in asked if pair in named]
    asked = total or both or asked or _of_accounts(question, values) or named
    if not asked and _REACHED.search(question.text):
        return values
    if not asked and question.aspect and not _NOW_AND_LATER.search(question.text):
        asked = [pair for pair in values if _stated_in(pair[0], passage) == question.aspect]
    # What a row of sums leaves empty (the town, the name) is nothing that it lacks.
    told = [pair for pair in values if pair[1] not in _NOT_GIVEN] if is_total(passage) else []
    return asked or told or values


def gives_nothing(question: Question, passage: Passage) -> bool:
    """Whether a row of sums leaves empty what is asked for (合计 | — | 21322)."""
    if not is_total(passage):
        return False
    asked = asked_cells(question, passage, 1)
    unit = question.unit or question.likely_unit
    in_unit = [(column, value) for column, value in asked if unit and _unit_of(column)]
    told = [pair for pair in in_unit if same_kind(unit, _unit_of(pair[0]))] or asked
    return all(value in _NOT_GIVEN for _, value in told)


def _own_part(column: str, values: Sequence[tuple[str, str]]) -> str:
    """A column's name without that of its group (低保金农村低保 beside 低保金城市低保); the whole where it has none."""
    measure = _measure(column)
    others = [_measure(other) for other, _ in values if other != column]
    shared = max((_alike(measure, other) for other in others), default=0)
    return measure[shared:] if shared > 1 and len(measure) - shared >= _LEAST_OWN else measure


def _alike(one: str, other: str) -> int:
    """With how many of the same characters two names begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _of_accounts(question: Question, values: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of a year's accounts the columns of what was planned (预算), or of what became of it (决算, 实际), in the last year."""
    kinds = [column for pattern, column in _ACCOUNTS if pattern.search(question.text)]
    told = [pair for pair in values if any(kind in pair[0] for kind in kinds)]
    last = max((year for column, _ in told for year in years_in(column)), default=None)
    return [pair for pair in told if last is None or last in years_in(pair[0])]


def _is_named_in_words(column: str, asked: str) -> bool:
    """Whether a question says the words of a column's name in another order (养老床位新增几张 → 新增养老床位), or all but
    that it counts (农村低保多少人 → 农村低保人数)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    column = _PART_OF.sub("", column)
    counted = _COUNT.sub("", column)
    words = [*rjieba.cut(_LETTER_CLASS.sub("", counted)), *_LETTER_CLASS.findall(counted)]
    is_said = len(counted) > 1 and counted != column and counted in asked
    return is_said or (len(words) > 1 and all(len(word) > 1 and word in asked for word in words))


def _may_be_in_unit(question: Question, column: str) -> bool:
    """Whether a column's figures can be in the unit asked for, as far as its name notes theirs."""
    own = _unit_of(column)
    return not own or not question.unit or same_kind(question.unit, own)


def _unit_of(column: str) -> str:
    """The unit that a column's name notes, "" where it notes none."""
    own = _UNIT_IN_NAME.search(column)
    return (own[1] or own[2]) if own else ""


def _says_all(question: Question, column: str) -> bool:
    """Whether a column's name holds all words of what is asked about."""
    pieces = [_FOR_EACH.sub("", piece) for piece in question.content]
    return bool(pieces) and all(piece in column for piece in pieces)


def _says_more(question: Question, passage: Passage, remark: str) -> bool:
    """Whether a remark says what a question asks about and no other cell does (首年免费)."""
    others = "".join(value for column, value in passage.cells if column not in _REMARKS)
    pieces = [piece[at : at + 2] for piece in question.content for at in range(len(piece) - 1)]
    return any(piece in remark and piece not in others for piece in pieces)


def _stated_in(column: str, passage: Passage) -> Statement:
    """Whether a column holds results or targets; a year before those of the table is its base."""
    return statement_of_column(column, caption=passage.caption, metadata=Metadata(years=passage.years))


def cell_words(column: str, value: str, unit: str) -> str:
    """A cell as it is read behind its column's name: 2025年目标值100%; `unit` is that of the row's figures."""
    named, own = _stem(column), _unit_of(column)
    if value in _NOT_GIVEN:
        return f"{named}未给出"
    is_figure = re.fullmatch(r"[<>≥≤约]*[\d.,]+", value) is not None
    counted = COUNTED_IN_NAME.search(column)
    shown_unit = own or (counted[1] if counted else unit)
    if own and shown_unit.endswith("元") and unit and "元" not in unit:
        # 收费标准(元) beside 计价单位: what one of them costs.
        shown_unit = f"{shown_unit}/{unit}"
    return f"{named}{value}{shown_unit if is_figure else ''}"


def unit_of_row(passage: Passage) -> str:
    """The unit of a row's figures: its unit cell, or what the caption notes for all (单位:元/人·月)."""
    own = next((value for column, value in passage.cells if column in _UNITS), "")
    return own or unit_noted(passage)


def _stem(column: str) -> str:
    return _UNIT_IN_NAME.sub("", column)


def _measure(column: str) -> str:
    """A column's name without its unit and the year that stands before it (2021年床位数(张) → 床位数)."""
    return _YEAR_BEFORE.sub("", _stem(column))
