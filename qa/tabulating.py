"""Rows of an answer's table: whose, what, of which year or kind, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.claims import Claim, Source
from vectorstore.numerals import describe_years, years_in

NOT_SAID = "文中未提及"
NO_FILE = "文件库里没有它的文件"
_STATED = {"result": "结果", "target": "目标", "standard": "标准", "measure": "", "": ""}


@dataclass(frozen=True)
class Row:
    """One line of a comparison; `said` is empty where the documents say nothing, `absent` tells why."""

    label: str
    said: str
    sources: tuple[Source, ...] = ()
    absent: str = NOT_SAID


def table_claims(first_column: str, rows: Sequence[Row]) -> list[Claim]:
    """A Markdown table, line by line, each row with its citations in the last cell."""
    heads = [first_column, "内容", "年份/性质", "出处"]
    return [
        Claim(f"| {' | '.join(heads)} |"),
        Claim("|" + " --- |" * len(heads)),
        *(_row_claim(row) for row in rows),
    ]


def _row_claim(row: Row) -> Claim:
    if not row.said:
        return Claim(f"| {_cell(row.label)} | {row.absent} | — | — |")
    return Claim(f"| {_cell(row.label)} | {_cell(row.said)} | {period_of(row.sources)} | ", row.sources, " |")


def _cell(text: str) -> str:
    """Text that stays inside its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def period_of(sources: Sequence[Source]) -> str:
    """The years that the sources speak about and what they state (2022年目标), — when they do not tell."""
    kinds = {_STATED[source.passage.statement] for source in sources}
    years = {
        years_in(source.passage.text[source.start - source.passage.start : source.end - source.passage.start])
        or source.passage.years
        for source in sources
    }
    period = describe_years(years.pop()) if len(years) == 1 else ""
    return (period + (kinds.pop() if len(kinds) == 1 else "")) or "—"
