"""A table as a whole: its rows in order, what each column holds, and its cells as exact amounts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from weakref import WeakKeyDictionary

from qa.claims import Source
from qa.wording import to_simplified
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import from_chinese, years_in

KIND_COLUMNS = ("属性", "指标属性", "指标性质", "性质", "类型")
UNIT_COLUMNS = ("单位", "计量单位", "指标单位")
SILENT_COLUMNS = (*UNIT_COLUMNS, "备注", *KIND_COLUMNS)
_NOT_GIVEN = re.compile(r"[-—–/]*")
_AMOUNT = re.compile(r"([<>≥≤≧≦约]?)\s*(\d[\d,]*(?:\.\d+)?)\s*([^\d]{0,8})")
_SCALES = {"亿": 100_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
_BOUNDS = {"≧": "≥", "≦": "≤", "以上": "≥", "以下": "≤", "约": ""}
_UNIT_IN_NAME = re.compile(r"\(([^()\d]{1,6})\)$|(%)$")
_UNIT_IN_CAPTION = re.compile(r"单位:([^()\s]{1,6})")
_NUMBER_BEFORE_CAPTION = re.compile(r"(?:附?表)?\s*([一二三四五六七八九十]{1,2}|\d{1,2})[\s:]*$")
_GROWTH = re.compile(r"增长|增速|增幅|涨幅")
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
        names = [row.cell(self.columns[0]) for row in self.rows]
        leading = (self.columns[0],) if len(set(names)) < len(names) else ()
        others = (c for c in self.columns[1:] if c and c not in self.numeric and c != self.unit_column)
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
        noted = _UNIT_IN_CAPTION.search(folded(self.passage.caption))
        return row.cell(self.unit_column) or (to_simplified(noted[1]) if noted else "")

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

    def words(self, row: TableRow, column: str) -> str:
        """A cell as it is read aloud: 2025年目标值80%, 年均增长未给出."""
        value, label = row.cell(column), stem_of(column)
        if self.is_missing(row, column):
            return f"{label}未给出"
        is_bare = re.fullmatch(r"[<>≥≤≧≦约]?[\d.,]+", folded(value)) is not None
        return f"{label}{value}{self.unit_of(row, column) if is_bare else ''}"


def stem_of(column: str) -> str:
    """A column's name without the unit at its end."""
    return _UNIT_IN_NAME.sub("", column)


@lru_cache(maxsize=8192)
def plain_name(text: str) -> str:
    """A name in Simplified characters and ASCII punctuation, without white space."""
    return re.sub(r"\s+", "", to_simplified(folded(text)))


# The tables of each state of the library that is open, for as long as it is.
_KNOWN: WeakKeyDictionary[PassageIndex, tuple[TableView, ...]] = WeakKeyDictionary()


def tables_in(index: PassageIndex, documents: Collection[str]) -> list[TableView]:
    """The tables of these documents (all when none are given), in order; those of one row are none."""
    tables = _KNOWN.get(index)
    if tables is None:
        tables = _KNOWN[index] = tuple(_found(index))
    return [table for table in tables if not documents or table.passage.document in documents]


def _found(index: PassageIndex) -> Iterator[TableView]:
    run: list[Passage] = []
    for passage in [*index.passages, None]:
        if run and (passage is None or not passage.cells or not _continues(run[-1], passage)):
            if len(run) > 1:
                yield _table(run, index.documents[run[0].document])
            run = []
        if passage is not None and passage.cells:
            run.append(passage)


def _continues(previous: Passage, passage: Passage) -> bool:
    same = (previous.document, previous.section, previous.caption) == (
        passage.document,
        passage.section,
        passage.caption,
    )
    return same and not (_running_number(passage) == 1 and _running_number(previous))


def _running_number(passage: Passage) -> int:
    """The number before the row's name, 0 when there is none."""
    match = re.match(r"\|?\s*(\d{1,3})(?![\d.%])", folded(passage.text))
    return int(match[1]) if match and not passage.cells[0][1].startswith(match[1]) else 0


def _table(run: Sequence[Passage], document: Document) -> TableView:
    columns = max((tuple(plain_name(name) for name, _ in passage.cells) for passage in run), key=_named)
    numbers = list(_numbers(run))
    names = [passage.cells[0][1] for passage in run]
    if len(set(names)) < len(names) and all(len(passage.cells) > 2 for passage in run):
        # The first cell stands for several rows: the second tells them apart.
        names = [f"{passage.cells[0][1]}（{passage.cells[1][1]}）" for passage in run]
    rows = tuple(
        TableRow(
            passage, re.sub(r"\s+", "", name), number, {plain_name(c): value for c, value in passage.cells}
        )
        for passage, name, number in zip(run, names, numbers, strict=True)
    )
    return TableView(rows, columns, _caption_number(run[0], document))


def _named(columns: tuple[str, ...]) -> int:
    return sum(map(bool, columns))


def _numbers(run: Sequence[Passage]) -> Iterator[int]:
    """Running numbers as written, a row without one sharing its predecessor's; else positions."""
    if not _running_number(run[0]):
        yield from range(1, len(run) + 1)
        return
    number = 0
    for passage in run:
        number = _running_number(passage) or number
        yield number


def _caption_number(first: Passage, document: Document) -> int:
    """2 of 表2 before the caption, which leaves it out."""
    if not first.caption:
        return 0
    text = folded(document.text[max(0, first.start - 400) : first.start])
    position = text.rfind(folded(first.caption)[:8])
    match = _NUMBER_BEFORE_CAPTION.search(text[:position].rpartition("\n")[2]) if position >= 0 else None
    return (int(match[1]) if match[1].isdigit() else from_chinese(match[1]) or 0) if match else 0
