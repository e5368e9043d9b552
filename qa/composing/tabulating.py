"""Rows of an answer's table: whose, what, of which year or kind, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.evidence.claims import Claim, Source
from qa.evidence.dating import years_of_quote
from qa.evidence.labels import labels_of
from vectorstore.documents import Document
from vectorstore.numerals import describe_years, years_in

NOT_SAID = "文中未提及"
# Where a paper does name what is asked about, and no sentence was found that answers.
NOT_FOUND = "没有找到"
NO_FILE = "文件库里没有它的文件"


@dataclass(frozen=True)
class Row:
    """One line of a comparison; `said` is empty where the documents say nothing, `absent` tells why."""

    label: str
    said: str
    sources: tuple[Source, ...] = ()
    absent: str = NOT_SAID


def table_claims(first_column: str, rows: Sequence[Row], documents: Mapping[str, Document]) -> list[Claim]:
    """A Markdown table, line by line, each row with its citations in the last cell."""
    heads = [first_column, "内容", "年份/性质", "出处"]
    return [
        Claim(f"| {' | '.join(heads)} |"),
        Claim("|" + " --- |" * len(heads)),
        *(_row_claim(row, documents) for row in rows),
    ]


def _row_claim(row: Row, documents: Mapping[str, Document]) -> Claim:
    if not row.said:
        return Claim(f"| {_cell(row.label)} | {row.absent} | — | — |")
    return Claim(
        f"| {_cell(row.label)} | {_cell(row.said)} | {period_of(row.sources, documents)} | ",
        row.sources,
        " |",
    )


def _cell(text: str) -> str:
    """Text that stays inside its cell."""
    return " ".join(text.split()).replace("|", "\\|")


def period_of(sources: Sequence[Source], documents: Mapping[str, Document]) -> str:
    """The label of the sources as their cards have it (2022年计划), behind their years where it has none; — for neither."""
    labels = {
        label
        for source in sources
        for label in labels_of(
            source.passage, documents[source.passage.document], start=source.start, end=source.end
        )
    }
    years = {
        years_in(source.passage.text[source.start - source.passage.start : source.end - source.passage.start])
        or years_of_quote(source.passage, source.start, source.end)
        for source in sources
    }
    period = describe_years(years.pop()) if len(years) == 1 else ""
    label = labels.pop() if len(labels) == 1 else ""
    return (label if label[:1].isdigit() else period + label) or "—"
