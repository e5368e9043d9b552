"""What every kind of table becomes: rows that know their caption, columns and exact cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vectorstore.folding import folded, simplified
from vectorstore.headings import PLAIN, heading_of
from vectorstore.lines import Line

_LONGEST_CAPTION = 60
_RUNNING_NUMBER = re.compile(r"[序编序編]\s*[号號]|No\.?|编码", re.IGNORECASE)
# What a row is called that sums up the others.
_SUM = re.compile(
    r"(?:[全本总][省市县区州旗盟]?)?(?:合计|总计|共计|小计|累计|总和)(?:数)?|全[省市县区州旗盟]|总数"
)
_UNIT_NOTE = re.compile(r"[(\[]?\s*单位\s*:\s*[^()\[\]。]{1,12}[)\]]?")
# The word and a number (表1, 附表2-1), the number with a mark, or the word alone before a mark (表 2024年任务分解).
_NUMBERED = r"[一二三四五六七八九十\d]{1,3}(?![\d年])(?:[-.—]\d{1,2}(?!\d))?"
_CAPTION_NUMBER = re.compile(rf"^(?:(?:附?表)?\s*{_NUMBERED}[\s:：、.]+|附?表\s*{_NUMBERED}|附?表[\s:：]+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `folded(document)[start:end] == text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A table row (or one line of a grouped row): cells in order with the names of their columns.

    The row stands at `start` … `end` of the document; a cell that several rows share stands where it was
    written, which can be above. `group` is such a cell in a table that lost its grid (低保标准 over 城市 and
    农村), empty otherwise. A column whose name is not certain is called "".
    """

    start: int
    end: int
    columns: tuple[str, ...]
    cells: tuple[Cell, ...]
    group: str = ""

    def named_cells(self, text: str) -> tuple[tuple[str, str], ...]:
        """(column name, cell as written in `text`) of every cell but the running number; group before member."""
        names = (*self.columns, *[""] * (len(self.cells) - len(self.columns)))
        pairs = [
            (column, text[cell.start : cell.end])
            for column, cell in zip(names, self.cells, strict=False)
            if not is_running_number(column)
        ]
        if self.group and pairs:
            pairs[0] = (pairs[0][0], f"{self.group}({pairs[0][1]})")
        return tuple(pairs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table found in lines[first:last] (caption and header included)."""

    first: int
    last: int
    caption: str
    rows: tuple[Row, ...]


def is_running_number(column: str) -> bool:
    """Whether a column of this name only counts the rows."""
    return _RUNNING_NUMBER.fullmatch(column) is not None


def names_sum(name: str) -> bool:
    """Whether a row of this name sums up the others, or those of its group (合计, 全市总计, 小计), being none of them."""
    return _SUM.fullmatch(squeezed(simplified(folded(name)))) is not None


def caption_before(lines: Sequence[Line], first: int, taken: Collection[int]) -> tuple[int, str]:
    """(first line of the caption, caption) of the table that begins at lines[first].

    The line before a table is its caption when it is short, not a sentence, not among the `taken` lines and
    not a numbered heading (which heads a section); a note of the unit (单位:万元) between them is taken along.
    """
    note = ""
    position = first - 1
    if position >= 0 and position not in taken and _UNIT_NOTE.fullmatch(lines[position].text):
        note = lines[position].written.strip("()[]")
        first, position = position, position - 1
    if position < 0 or position in taken or not _is_caption(lines[position]):
        return first, note
    written = squeezed(lines[position].written)
    caption = _CAPTION_NUMBER.sub("", written, count=1) or written
    return position, f"{caption}({note})" if note else caption


def _is_caption(line: Line) -> bool:
    if len(line.text) > _LONGEST_CAPTION or line.text.endswith(("。", ";", ":", ",")) or "|" in line.text:
        return False
    heading = heading_of(line)
    return heading is None or heading.style == PLAIN


def squeezed(text: str) -> str:
    """A name without the spaces that only spread it (指 标 → 指标)."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", re.sub(r"\s+", " ", text)).strip()
