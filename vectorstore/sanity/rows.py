"""Table rows as the rules of source sanity read them: an indicator, its unit, and its values by column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vectorstore.numerals import years_in
from vectorstore.sanity.reading import SCALES, UNIT, Reading
from vectorstore.structure import Block
from vectorstore.table_parts import Cell, is_running_number

_VALUE = re.compile(
    rf"(?:[<>≥≤≧≦±]=?|不低于|不少于|约)?(\d[\d,]*(?:\.\d+)?)\s*(亿|万)?({UNIT})?(?:/[年月])?(?:以上|以下|左右)?"
)
_UNIT_TEXT = re.compile(r"(亿|千万|百万|万|千|百)?([^/()·]*?)(?:/[人]?[·.]?(月|年))?")
_IN_BRACKETS = re.compile(r"\(([^()]{1,8})\)")
# 各县(区)主要指标: what stands in brackets need not be a unit.
_IS_UNIT = re.compile(rf"单位:[^、,，]+|(?:亿|千万|百万|万|千|百)?(?:{UNIT})?(?:[/·.].*)?")
_GROWTH = re.compile(r"增长|增速|增幅|递增|增减|±")
# A column that only sorts the indicators.
_FIELD = re.compile("(?:指标|项目|所属)?(?:领域|类别|类型|分类|大类|板块|方面)")
_YEARLY = re.compile(r"年均|年平均")


@dataclass(frozen=True, slots=True)
class Value:
    """A cell that holds a figure: `column`, its year (0: none named), and whether it states a growth."""

    column: str
    cell: Cell
    number: float
    value: float
    step: float
    unit: str
    year: int
    is_growth: bool
    relation: str

    @property
    def is_yearly(self) -> bool:
        """Whether a growth is given as the average of a year."""
        return _YEARLY.search(self.column) is not None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `name` of the indicator, its unit in words, the period of a rate (月, 年, "") and its values.

    `indicator` is the name without the field that heads it in a column of its own (养老服务 | 养老机构床位数).
    """

    block: Block
    name: str
    indicator: str
    unit: str
    period: str
    values: tuple[Value, ...]

    @property
    def by_year(self) -> list[Value]:
        """The values of named years, earliest first, without growths."""
        dated = [value for value in self.values if value.year and not value.is_growth]
        return sorted(dated, key=lambda value: value.year)


def tables_of(reading: Reading) -> Iterator[list[TableRow]]:
    """The rows of each table, in order."""
    rows = reading.rows
    for _, group in groupby(
        rows, key=lambda block: (block.caption, block.section, len(block.row.columns) if block.row else 0)
    ):
        yield [table_row(reading, block) for block in group]


def table_row(reading: Reading, block: Block) -> TableRow:
    """One row of a table, read."""
    assert block.row is not None  # noqa: S101 - the caller's rows have one
    columns = [reading.plain(column) for column in block.row.columns]
    names: list[tuple[str, str]] = []
    unit_text = ""
    figures: list[tuple[str, Cell]] = []
    for position, cell in enumerate(block.row.cells):
        column = columns[position] if position < len(columns) else ""
        wording = reading.text[cell.start : cell.end]
        if not wording or is_running_number(column):
            continue
        if "单位" in column and "责任" not in column and len(wording) <= 8:
            unit_text = wording
        elif _VALUE.fullmatch(wording):
            figures.append((column, cell))
        elif not figures and not unit_text:
            names.append((column, re.sub(r"\s+", "", wording)))
    written = [written for _, written in names]
    name = "".join(written)
    indicator = "".join(written for column, written in names if not _FIELD.fullmatch(column)) or name
    if block.row.group and names:
        name = f"{written[0]}{reading.plain(block.row.group)}{''.join(written[1:])}"
        indicator = name
    if not unit_text:
        bracketed = _units_in(name) or _units_in(reading.plain(block.caption))
        unit_text = bracketed[-1].removeprefix("单位:") if bracketed else ""
    scale, unit, period = _unit(unit_text)
    values = tuple(_value(reading, column, cell, scale, unit) for column, cell in figures)
    return TableRow(block, name, indicator, unit, period or _period_of(name), values)


def _units_in(text: str) -> list[str]:
    return [words for words in _IN_BRACKETS.findall(text) if _IS_UNIT.fullmatch(words)]


def _unit(text: str) -> tuple[int, str, str]:
    match = _UNIT_TEXT.fullmatch(text.strip())
    if match is None:
        return 1, text, ""
    return SCALES.get(match[1] or "", 1), match[2], match[3] or ""


def _period_of(name: str) -> str:
    return (
        "月"
        if re.search(r"月[^份]{0,6}标准|每月", name)
        else "年"
        if re.search(r"年[^均度]{0,6}标准|每年", name)
        else ""
    )


def _value(reading: Reading, column: str, cell: Cell, scale: int, unit: str) -> Value:
    wording = reading.text[cell.start : cell.end]
    match = _VALUE.fullmatch(wording)
    assert match is not None  # noqa: S101 - only figures come here
    digits = match[1].replace(",", "")
    is_growth = _GROWTH.search(column) is not None
    bracketed = _IN_BRACKETS.findall(column)
    if is_growth:
        scale, unit = 1, "%"
    elif match[3]:
        scale, unit = SCALES.get(match[2] or "", 1), match[3]
    elif bracketed and not unit:
        scale, unit, _ = _unit(bracketed[-1])
    years = years_in(column) or tuple(
        int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", column)
    )
    relation = ">" if re.match(r"[>≥≧]|不低于|不少于", wording) or wording.endswith("以上") else "="
    if re.match(r"[<≤≦]", wording) or wording.endswith("以下"):
        relation = "<"
    return Value(
        column=column,
        cell=cell,
        number=float(digits),
        value=float(digits) * scale,
        step=scale / 10 ** len(digits.partition(".")[2]),
        unit=unit,
        year=years[-1] if years and not is_growth else 0,
        is_growth=is_growth,
        relation=relation,
    )
