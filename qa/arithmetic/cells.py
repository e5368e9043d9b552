"""Operands that stand in the cells of a table's row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic.fitting import (
    GIVEN,
    LEAST,
    OTHER_BASE,
    OTHER_DATE,
    exactness,
    fits,
    is_given,
    is_of_another_base,
)
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.measures import is_ratio_unasked
from qa.evidence.nouns import subjects_of
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.row_names import is_another_of_its_kind, is_subtotal
from qa.evidence.solving import Solved
from qa.evidence.units_noted import unit_noted, without_unit
from qa.figures.quantities import Quantity, quantity_of_cell
from qa.understanding.kinds import TYPE
from vectorstore.documents import Passage
from vectorstore.folding import folded, simplified
from vectorstore.index import PassageIndex
from vectorstore.numerals import YEAR, years_in

_IN_CAPTION = 0.35
_NAMED_COLUMN = 0.2
# What a column of another time loses where no time is asked about.
_OTHER_COLUMN = 0.85
# Below this share of the wording a row that has the year asked about is about something else.
_DATED_LEAST = 0.35
_SILENT = ("单位", "备注", "属性", "指标属性", "指标性质", "性质", "类型", "序号")
_UNIT_IN_NAME = re.compile(r"\(([^()\d]{1,6})\)$|(%)$")
_OF_GROWTH = re.compile("均|增[长速幅减]|涨幅|同比|增%")
_OF_A_GROUP = 3
_KIND_OF_IT = re.compile("规格|型号|档次|等级|房型|户型")
# What something was before its standard was changed is no longer so.
FORMER, _ASKS_FORMER = re.compile("调整前|提高前|^原"), re.compile("原|以前|之前|过去|调整前|提高前")
_AIM = re.compile("目标|计划|任务|(?<!公共)预算")
_RESULT = re.compile("实际|完成|实现|现状|决算")
_COUNTED, _YEAR = re.compile(r"(人次|人|户|个|家|所|处)数$"), re.compile(rf"{YEAR}年?[底末度]?的?")


def dated_rows(wanted: Wanted, solved: Solved) -> list[Finding]:
    """Rows with a column of the very year asked about, though they name their subject in other words."""
    years = set(wanted.question.years)
    return [
        finding
        for finding in solved.findings[:12]
        if finding.passage.cells
        and is_of_subject(wanted, finding)
        and finding.coverage >= _DATED_LEAST
        and any(set(years_in(column)) & years for column, _ in finding.passage.cells)
    ]


def is_of_subject(wanted: Wanted, found: Finding) -> bool:
    """Whether a row is not about something else of the kind asked about, or about so many to the thousand of it."""
    if not found.passage.cells:
        return True
    name = found.passage.cells[0][1]
    about = plain(f"{_label(found.passage)} {' '.join(found.passage.section)} {found.passage.caption}")
    is_other = is_another_of_its_kind(subjects_of(wanted.question), about)
    return not is_other and not is_ratio_unasked(wanted.question, name)


def whole_of_group(found: Finding, terms: Sequence[Term], index: PassageIndex) -> Finding:
    """The row that sums up a group, for one of its rows of which nothing is said but the group's name (儿童福利类)."""
    passage = found.passage
    columns = [column for column, _ in passage.cells]
    if len(columns) < _OF_A_GROUP or is_subtotal(passage):
        return found
    group, own = plain(passage.cells[0][1]), plain(_label(passage))
    if not coverage(terms, group) or coverage(terms, own) > coverage(terms, group):
        return found
    for number in index.numbers_of(passage.document):
        row = index.passages[number]
        is_alike = [column for column, _ in row.cells] == columns and row.cells[0] == passage.cells[0]
        if is_alike and is_subtotal(row):
            return replace(found, passage=row, number=number, start=row.start, end=row.end, text=row.text)
    return found


def has_year(wanted: Wanted, row: Finding) -> bool:
    """Whether a finding is of the place asked about, and speaks of the year, if one is asked about."""
    years = set(wanted.question.years)
    is_place = not wanted.question.regions or row.passage.region in wanted.question.regions
    if not row.passage.cells:
        return is_place and (not years or bool(years & set(row.years)))
    return is_place and (not years or any(set(years_in(column)) & years for column, _ in row.passage.cells))


def of_row(
    wanted: Wanted, finding: Finding, terms: Sequence[Term], telling: Sequence[Term], unit: str
) -> Iterator[Operand]:
    """The cells of a row that may be the operand; a column that names it goes before one that does not."""
    passage = finding.passage
    cells = passage.cells
    label = _label(passage)
    caption = [(plain(passage.caption), _IN_CAPTION)]
    years = set(wanted.question.years)
    source = Source(passage, passage.start, passage.end)
    # 其中护理型 beside 新增养老床位: the type that is asked for has its own column.
    types = re.findall(TYPE, folded(wanted.own.text))
    of_type = {column for column, _ in cells[1:] if any(kind in column for kind in types)}
    named_columns = (
        of_type
        or {column for column, _ in cells[1:] if _is_named(column, wanted)}
        or {column for column, _ in cells[1:] if _is_named_with_its_year(column, wanted)}
    )
    for column, value in cells[1:]:
        if named_columns and column not in named_columns:
            continue
        quantity = growth_in(column, value) if wanted.is_growth else quantity_in(passage, column, value)
        # 在院老人多几个: of people as well.
        is_counted = (
            unit == "个" and column in named_columns and quantity is not None and quantity.unit != "元"
        )
        if quantity is None or (unit and not is_counted and not fits(quantity.unit, unit)):
            continue
        named = set(years_in(column))
        around = [(plain(column), 1.0), *caption]
        covered = coverage(terms, plain(label), around)
        if any(name in label for name in wanted.question.named):
            # The row of the very place that is asked about.
            covered = (1 + covered) / 2
        told = coverage(telling, plain(label), around) if telling else covered
        score = (covered + told) / 2 * finding.score * exactness(years, named or set(finding.years))
        if years and named and not years & named:
            score *= OTHER_DATE
        if FORMER.search(column) and not _ASKS_FORMER.search(wanted.question.text):
            score *= OTHER_BASE
        if wanted.question.aspect == "target" and "目标" not in column:
            score *= 0.9
        if not _asks_aim(wanted) and _is_aim_beside_result(column, cells):
            score *= OTHER_DATE
        if not years and not wanted.question.plan_years and _is_of_other_time(column, passage, wanted):
            score *= _OTHER_COLUMN
        if column in named_columns:
            score += _NAMED_COLUMN
        if is_of_another_base(label, wanted.question.text):
            score *= OTHER_BASE
        if covered < LEAST or (wanted.given and not is_given(quantity, wanted.given)):
            continue
        yield Operand(
            wanted.name,
            quantity,
            source,
            source.start,
            source.end,
            cell_shown(passage, column, quantity),
            tuple(sorted(named)) or finding.years,
            score + (GIVEN if wanted.given else 0),
        )


def _is_aim_beside_result(column: str, cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a column holds what was aimed at in a year of which another one tells what was reached (2025年目标, 2025年实际)."""
    return _AIM.search(column) is not None and any(
        _RESULT.search(other) and years_in(other) == years_in(column) and re.search(r"\d", value)
        for other, value in cells
    )


def _asks_aim(wanted: Wanted) -> bool:
    return wanted.question.aspect == "target" or _AIM.search(wanted.name) is not None


def _is_of_other_time(column: str, passage: Passage, wanted: Wanted) -> bool:
    """Whether another column tells what there is now: this one is a target that nobody asks about, or of years ago."""
    dated = [other for other, value in passage.cells[1:] if years_in(other) and re.search(r"\d", value)]
    states = [other for other in dated if "目标" not in other]
    if "目标" in column:
        return bool(states) and wanted.question.aspect != "target"
    # What was reached, or the column of the very year of a notice or a report.
    is_of_a_year = len(passage.years) in (1, 2)
    present = [other for other in states if _RESULT.search(other)] or [
        other for other in states if is_of_a_year and set(years_in(other)) & set(passage.years)
    ]
    return bool(present) and column in dated and column not in present


def _is_named(column: str, wanted: Wanted) -> bool:
    """Whether the wording of the operand says the column's name (总投资)."""
    return len(_stem(column)) > 1 and _stem(column) in wanted.name


def _is_named_with_its_year(column: str, wanted: Wanted) -> bool:
    """Whether it says what a column of the year asked about holds (在院老人 of 2021年在院老人)."""
    held = _YEAR.sub("", _stem(column)).strip()
    years = set(years_in(column))
    return bool(years & set(wanted.question.years)) and len(held) > 1 and held in wanted.name


def cell_shown(passage: Passage, column: str, quantity: Quantity) -> str:
    """A cell as it is read: its row, its column, its figure."""
    return f"{_label(passage)}：{_stem(column)}{quantity}"


def _label(passage: Passage) -> str:
    """The first cell, with the second where that is a name too (床位建设（大理市）)."""
    cells = passage.cells
    first = cells[0][1]
    second = cells[1] if len(cells) > 2 else ("", "")
    is_name = second[0] not in _SILENT and not re.search(r"\d", second[1]) and len(second[1]) > 1
    kind = next((value for column, value in cells[2:3] if _KIND_OF_IT.fullmatch(column)), "")
    return f"{first}（{second[1]}{f'，{kind}' if kind else ''}）" if is_name else without_unit(first)


def quantity_in(passage: Passage, column: str, value: str) -> Quantity | None:
    """The cell with the unit that its own words, its column, the unit column or the caption gives."""
    if column in _SILENT or _OF_GROWTH.search(simplified(folded(column))):
        return None
    name = simplified(folded(column))
    stated = _UNIT_IN_NAME.search(name)
    counted = _COUNTED.search(name)
    own = next((held for head, held in passage.cells if simplified(head) == "单位"), "")
    noted = simplified(unit_noted(passage))
    unit = (stated[1] or stated[2]) if stated else counted[1] if counted else own or noted
    return quantity_of_cell(value, unit, passage.cells[0][1])


def growth_in(column: str, value: str) -> Quantity | None:
    """The cell of a column of growth rates, which are percentages whatever the row's unit."""
    name = simplified(folded(column))
    return quantity_of_cell(value, "%", "") if re.search("增[长速幅]|涨幅", name) else None


def _stem(column: str) -> str:
    return re.sub(r"[(（][^()（）\d]{1,6}[)）]$|[%％]$", "", column)
