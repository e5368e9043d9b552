"""Table rows that cannot be: growth against its own figures, shares above 100 %, sums, sizes, units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from vectorstore.documents import Doubt
from vectorstore.sanity.ranges import implausible
from vectorstore.sanity.reading import Reading
from vectorstore.sanity.rows import TableRow, Value, tables_of
from vectorstore.table_parts import names_sum

_TOTAL_COLUMN = re.compile(r"(?:合计|总计|小计)(?:\(.*\))?")
# What is no sum of those above it, in a row of sums.
_AVERAGED = re.compile("平均|人均|户均|均值|得分|分数|标准|率|比")
_PLACE = re.compile(r"(?:[县市区旗镇乡]|街道)$")
_WORKERS = re.compile(r"人才|人员|社工|社会工作者|护理员|督导员|儿童主任|专员")
# A professional or worker of this field for every so many people is never reached by a county.
_WORKERS_OF_A_COUNTY = 10_000
_YEAR = re.compile(r"(?:19|20)\d{2}年?")
_TENFOLD = 9.5
# What began small may well grow tenfold in five years.
_NO_SMALL_NUMBER = 500
_MANYFOLD, _A_FIFTH = 8, 0.2
_GROWTH_TOLERANCE = 0.6


def doubtful_tables(reading: Reading) -> Iterator[Doubt]:
    """All doubts about table cells by what stands in the same table."""
    for rows in tables_of(reading):
        for row in rows:
            yield from _growth(row)
            yield from _sizes(reading, row)
            yield from _row_total(row)
        yield from _column_totals(rows)
        yield from _among_places(rows)


def _cell(value: Value, message: str) -> Doubt:
    return Doubt("damaged", value.cell.start, value.cell.end, message)


def _growth(row: TableRow) -> Iterator[Doubt]:
    """A stated growth against the first and the last year of its row."""
    measures = _by_measure(row)
    dated = measures[0] if len(measures) == 1 else []
    stated = [value for value in row.values if value.is_growth]
    if len(dated) < 2 or not stated or not dated[0].value:
        return
    first, last, years = dated[0], dated[-1], dated[-1].year - dated[0].year
    for growth in stated:
        # Of several years, a growth that is no average may be that of the last one only.
        if not growth.is_yearly and len(dated) > 2:
            continue
        ratio = last.value / first.value
        whole = 100 * (ratio - 1)
        is_yearly = growth.is_yearly
        computed = 100 * (ratio ** (1 / years) - 1) if is_yearly else whole
        accepted = [computed]
        if row.unit == "%":
            accepted.append((last.value - first.value) / (years if is_yearly else 1))
        if any(abs(value - growth.number) <= _GROWTH_TOLERANCE for value in accepted):
            continue
        simple = is_yearly and abs(whole / years - growth.number) <= _GROWTH_TOLERANCE
        how = f"（{growth.number:g}%是总增幅除以{years}年）" if simple else ""
        average = "年均约" if is_yearly else "增长约"
        message = (
            f"增幅与首末两个数不符：由{first.number:g}到{last.number:g}，{average}{computed:.1f}%，"
            f"表中作{growth.number:g}%{how}"
        )
        yield Doubt("contradiction", row.block.start, row.block.end, message)


def _sizes(reading: Reading, row: TableRow) -> Iterator[Doubt]:
    for value in row.values:
        if value.is_growth:
            continue
        message = implausible(f"{row.name}{value.column}", value.unit, row.period, value.value)
        if (
            not message
            and value.unit == "%"
            and value.value > 100
            and re.search(r"率|占比|比例|比重|覆盖面", row.name)
        ):
            message = implausible(row.name, value.unit, row.period, value.value)
        is_worker = value.unit in ("人", "名", "") and _WORKERS.search(row.name)
        if not message and is_worker and reading.is_county and value.value >= _WORKERS_OF_A_COUNTY:
            message = f"合{value.value:.0f}人，一个县区不可能有这么多，数字或单位疑有误"
        if message:
            yield _cell(value, message)
    for dated in _by_measure(row):
        for earlier, later in pairwise(dated):
            yield from _leap(earlier, later)


def _by_measure(row: TableRow) -> list[list[Value]]:
    """The dated values of a row, earliest first: those of each measure by itself (2021年床位数, 2022年床位数)."""
    measures: dict[str, list[Value]] = {}
    for value in row.by_year:
        measures.setdefault(_YEAR.sub("", value.column), []).append(value)
    return list(measures.values())


def _leap(earlier: Value, later: Value) -> Iterator[Doubt]:
    """Ten times more or less than the year before is a lost or added digit, unless it began with next to nothing."""
    if earlier.value <= 0 or later.value <= 0 or later.relation != "=":
        return
    ratio = later.value / earlier.value
    is_share = later.unit == "%"
    is_stock = not is_share and earlier.value >= _NO_SMALL_NUMBER
    fell = ratio <= _A_FIFTH and (is_stock or (is_share and 50 <= earlier.value <= 100))
    if (is_stock and ratio >= _MANYFOLD) or fell:
        times = f"{ratio:.0f}倍" if ratio > 1 else f"1/{1 / ratio:.0f}"
        yield _cell(later, f"约为{earlier.year}年{earlier.number:g}的{times}，数字或小数点疑有误")


# Two groups of one row each, with a subtotal behind each.
_FEWEST_WITH_SUBTOTALS = 3


def _row_total(row: TableRow) -> Iterator[Doubt]:
    """A column 合计 against the other columns of its row."""
    totals = [value for value in row.values if _TOTAL_COLUMN.fullmatch(value.column)]
    parts = [value for value in row.values if value not in totals]
    if len(totals) != 1 or len(parts) < 2:
        return
    if any(part.unit in ("%", "元") or part.unit != totals[0].unit or part.year for part in parts):
        return
    yield from _against_sum(totals[0], parts)


def _column_totals(rows: Sequence[TableRow]) -> Iterator[Doubt]:
    """A row 合计 at an end of the table against the rows above or below it."""
    ends = [position for position in (0, len(rows) - 1) if names_sum(rows[position].name)]
    if len(rows) < 4 or len(ends) != 1:
        return
    others = [row for row in rows if row is not rows[ends[0]]]
    if any(names_sum(row.name) for row in others):
        return
    for total in rows[ends[0]].values:
        if _AVERAGED.search(total.column):
            continue
        parts = [value for row in others for value in row.values if value.column == total.column]
        if len(parts) == len(others) and total.unit != "%" and not total.is_growth:
            yield from _against_sum(total, parts)


def _against_sum(total: Value, parts: Sequence[Value]) -> Iterator[Doubt]:
    added = sum(part.number for part in parts)
    tolerance = (
        0.51
        * sum(part.step for part in parts)
        / max(1.0, total.value / total.number if total.number else 1.0)
    )
    if all(part.number == int(part.number) for part in (*parts, total)):
        tolerance = 0.0
    # Rows that add up others (小计) are counted twice then.
    counts_subtotals = (
        abs(added - 2 * total.number) <= tolerance + 1e-6 and len(parts) > _FEWEST_WITH_SUBTOTALS
    )
    if abs(added - total.number) > tolerance + 1e-6 and not counts_subtotals:
        yield _cell(total, f"与各项之和不符：各项相加为{added:g}，此处为{total.number:g}")


def _among_places(rows: Sequence[TableRow]) -> Iterator[Doubt]:
    """The same figure for several places: one that is ten times the next and twenty times the usual one."""
    places = [row for row in rows if _PLACE.search(row.name)]
    if len(places) < 4 or len(places) < len(rows) - 1:
        return
    for column in {value.column for row in places for value in row.values}:
        values = sorted(
            (value for row in places for value in row.values if value.column == column),
            key=lambda value: value.value,
        )
        if len(values) < 4:
            continue
        # What the sum of the column holds is borne out.
        sums = [v.value for row in rows if names_sum(row.name) for v in row.values if v.column == column]
        if sums and abs(sums[0] - sum(value.value for value in values)) < 1:
            continue
        usual, largest, second = median(value.value for value in values), values[-1], values[-2]
        if largest.value >= _TENFOLD * second.value > 0 and largest.value >= 20 * usual:
            yield _cell(largest, f"约为同列其他地方的{largest.value / usual:.0f}倍，数字或小数点疑有误")
