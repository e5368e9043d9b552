"""A table as a whole: its rows in order, what each column holds, and its cells as exact amounts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache

from qa.evidence.cells_asked import COUNTED_IN_NAME, KIND_COLUMNS
from qa.evidence.claims import Source
from qa.evidence.units_noted import unit_noted
from qa.understanding.script import to_simplified
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.numerals import years_in
from vectorstore.table_parts import names_sum

UNIT_COLUMNS = ("单位", "计量单位", "指标单位")
SILENT_COLUMNS = (*UNIT_COLUMNS, "备注", *KIND_COLUMNS)
_LEVELS = 3
_NOT_GIVEN = re.compile(r"[-—–/]*")
_AMOUNT = re.compile(r"([<>≥≤≧≦约]?)\s*(\d[\d,]*(?:\.\d+)?)\s*([^\d]{0,8})")
_SCALES = {"亿": 100_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
_BOUNDS = {"≧": "≥", "≦": "≤", "以上": "≥", "以下": "≤", "约": ""}
_UNIT_IN_NAME = re.compile(r"\(([^()\d]{1,6})\)$|(%)$")
_SCORE = re.compile("(?:得|评|总|均)分$|分数$")
_GROWTH = re.compile(r"增长|增速|增幅|涨幅")
PLACE_KIND = r"(?:县市区|县区|区县|县市|市县|乡镇(?:街道)?|镇街|街镇|街道|乡|镇|县|区|市)"
_PLACES = re.compile(rf"{PLACE_KIND}(?:名称)?|地区|单位名称")
_TARGET = re.compile(r"目标|规划|预期值|任务|计划")
_RESULT = re.compile(r"实际|完成|现状|基期|基数")


@dataclass(frozen=True)
class Amount:
    """A cell's number, its scale multiplied in (40万人 = 400000人), and as `written`.

    `bound` is ≥, >, ≤, < or "" when exact.
    """

    value: Decimal
    unit: str
    written: Decimal
    bound: str = ""


@dataclass(frozen=True)
class TableRow:
    """One line of a table: `name` is what it is about, `number` the running number that it has or shares;
    `cells` are the cells as written by the names of their columns in Simplified characters."""

    passage: Passage
    name: str
    number: int
    cells: Mapping[str, str] = field(compare=False)

    @property
    def source(self) -> Source:
        """The row as it stands in its document."""
        return Source(self.passage, self.passage.start, self.passage.end)

    def cell(self, column: str) -> str:
        """The cell as written, "" where the row has no such column."""
        return self.cells.get(column, "")


def is_total(row: TableRow) -> bool:
    """Whether the row sums up the others, being none of them."""
    return names_sum(row.name)


@dataclass(frozen=True)
class TableView:
    """The rows of one table; `columns` are its column names in Simplified characters, the name's first.

    `number` is the one in its caption (表2), 0 when it has none.
    """

    rows: tuple[TableRow, ...]
    columns: tuple[str, ...]
    number: int = 0

    @property
    def passage(self) -> Passage:
        """The first row, which knows the table's document, caption and place."""
        return self.rows[0].passage

    @property
    def whole(self) -> Source:
        """All rows as one span of the document."""
        return Source(self.passage, self.passage.start, self.rows[-1].passage.end)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the table as a whole speaks about."""
        return self.passage.years

    @cached_property
    def caption_pieces(self) -> tuple[str, ...]:
        """Every part of the caption of three characters and more, the longest first."""
        caption = plain_name(self.passage.caption)
        lengths = range(min(len(caption), 16), 2, -1)
        return tuple(caption[i : i + n] for n in lengths for i in range(len(caption) - n + 1))

    @cached_property
    def unit_column(self) -> str:
        """The column that holds the units, "" when there is none."""
        return next((column for column in self.columns if column in UNIT_COLUMNS), "")

    @cached_property
    def kind_column(self) -> str:
        """The column that says whether an indicator is binding, "" when there is none."""
        return next((column for column in self.columns if column in KIND_COLUMNS), "")

    @cached_property
    def name_columns(self) -> tuple[str, ...]:
        """The columns that a row is called by: the first, the second where the first repeats, up to the one that is its name."""
        names = [row.cell(self.columns[0]) for row in self.rows]
        if len(set(names)) == len(names):
            return self.columns[:1]
        is_third = len(self.columns) > _LEVELS and all(
            row.name == row.cell(self.columns[2]) for row in self.rows
        )
        return self.columns[: _LEVELS if is_third else 2]

    @cached_property
    def is_of_places(self) -> bool:
        """Whether its rows are called by places (县(区), 乡镇名称)."""
        return _PLACES.fullmatch(re.sub(r"[()、/]", "", self.columns[0])) is not None

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of all amounts."""
        amounts = (self.amount(row, column) for row in self.rows for column in self.numeric)
        return frozenset(amount.unit for amount in amounts if amount)

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Columns that hold amounts."""
        return tuple(
            column
            for column in self.columns[1:]
            if column and column not in SILENT_COLUMNS and any(self.amount(row, column) for row in self.rows)
        )

    @cached_property
    def textual(self) -> tuple[str, ...]:
        """Columns whose cells sort the rows (约束性, 市民政局), the name's too when it repeats."""
        leading = self.name_columns[:-1]
        others = (
            c
            for c in self.columns[max(1, len(leading)) :]
            if c and c not in self.numeric and c != self.unit_column
        )
        return (*leading, *others)

    @cached_property
    def values(self) -> frozenset[str]:
        """The words in the cells that sort the rows."""
        cells = (plain_name(row.cell(column)) for row in self.rows for column in self.textual)
        return frozenset(value for value in cells if len(value) > 1)

    @cached_property
    def growth(self) -> tuple[str, ...]:
        """Columns of a growth rate."""
        return tuple(column for column in self.numeric if _GROWTH.search(column))

    @cached_property
    def dated(self) -> tuple[str, ...]:
        """Columns of amounts of one year, in the order of their years."""
        found = [c for c in self.numeric if len(years_in(c)) == 1 and c not in self.growth]
        return tuple(sorted(found, key=lambda column: years_in(column)[0]))

    @cached_property
    def targets(self) -> tuple[str, ...]:
        """Columns of what is to be reached: called so, or those of the plan's last year."""
        named = tuple(c for c in self.numeric if _TARGET.search(c) and c not in self.growth)
        if named or not self.dated or _RESULT.search(self.dated[-1]):
            return named
        ahead = len(self.dated) > 1 and self.years and years_in(self.dated[-1])[0] >= self.years[-1]
        return self.dated[-1:] if ahead else ()

    @cached_property
    def results(self) -> tuple[str, ...]:
        """Columns of what had been reached."""
        named = tuple(c for c in self.numeric if _RESULT.search(c) and c not in self.growth)
        return named or tuple(c for c in self.dated if c not in self.targets)

    def unit_of(self, row: TableRow, column: str) -> str:
        """The unit of a column's numbers in this row, "" when the table does not tell."""
        stated = _UNIT_IN_NAME.search(column)
        if stated:
            return stated[1] or stated[2]
        if _GROWTH.search(column):
            # The row's unit is that of its amounts, not of their growth.
            return ""
        if _SCORE.search(column):
            return "分"
        counted = COUNTED_IN_NAME.search(column)
        if counted:
            # 惠及人数 under 单位:元 are people.
            return counted[1]
        return row.cell(self.unit_column) or to_simplified(unit_noted(row.passage))

    def amount(self, row: TableRow, column: str) -> Amount | None:
        """The cell as an amount; None when it is words or not given."""
        match = _AMOUNT.fullmatch(folded(row.cell(column)).strip())
        if match is None:
            return None
        bound, digits, rest = match[1], match[2], to_simplified(match[3].strip())
        for word in ("以上", "以下", "左右"):
            if rest.endswith(word):
                bound, rest = _BOUNDS.get(word, ""), rest.removesuffix(word)
        unit = rest or to_simplified(self.unit_of(row, column))
        value = Decimal(digits.replace(",", ""))
        for word, scale in _SCALES.items():
            if unit.startswith(word):
                return Amount(value * scale, unit.removeprefix(word), value, _BOUNDS.get(bound, bound))
        return Amount(value, unit, value, _BOUNDS.get(bound, bound))

    def is_missing(self, row: TableRow, column: str) -> bool:
        """Whether the cell is empty or only a dash."""
        return _NOT_GIVEN.fullmatch(row.cell(column).strip()) is not None

    def figure(self, row: TableRow, column: str) -> str:
        """A cell with its unit: 80%, 480元/月, 未给出."""
        value = row.cell(column)
        if self.is_missing(row, column):
            return "未给出"
        is_bare = re.fullmatch(r"[<>≥≤≧≦约]?[\d.,]+", folded(value)) is not None
        return f"{value}{self.unit_of(row, column) if is_bare else ''}"

    def words(self, row: TableRow, column: str) -> str:
        """A cell as it is read aloud: 2025年目标值80%, 属性为约束性, 年均增长未给出."""
        joint = (
            "为" if column in (*self.textual, self.unit_column) and not self.is_missing(row, column) else ""
        )
        return f"{stem_of(column)}{joint}{self.figure(row, column)}"


def stem_of(column: str) -> str:
    """A column's name without the unit at its end."""
    return _UNIT_IN_NAME.sub("", column)


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name in Simplified characters and ASCII punctuation, without white space."""
    return re.sub(r"\s+", "", to_simplified(folded(text)))
