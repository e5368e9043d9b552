"""Table rows as sentences: whose, of which year, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.cells_asked import KIND_COLUMNS, SILENT_COLUMNS, asked_cells, cell_words, unit_of_row
from qa.evidence.claims import Claim, Source
from qa.evidence.dating import years_of_quote
from qa.evidence.findings import Finding
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.row_names import is_subtotal
from qa.evidence.units_noted import without_unit
from qa.understanding.kinds import is_the_other
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years

# So many cells make a row's name at most, none of them a figure.
_MOST_NAMING = 3
# Of so many rows that suit alike one is given.
_OF_A_GROUP, _MOST_OF_GROUP = 2, 12
_MOST_ALIKE, _ROUNDING, _NEARLY = 4, 1e-6, 0.95
_IS_NAME = re.compile(r"(?![\d<>≥≤约—-]|每[人户]每?[月年次]\d)[^。;；]{2,40}")


def owner_of(passage: Passage, quoted: tuple[int, int] | None = None) -> str:
    """Place and years of a passage, or of the span quoted from it, as a reader needs them: 下陆区(2021—2025年)."""
    years = describe_years(years_of_quote(passage, *quoted) if quoted else passage.years)
    place = passage.region
    return f"{place}（{years}）" if place and years else place or years


def without_owner(claim: Claim) -> str:
    """A claim's words without the place and years that stand before them."""
    source = claim.sources[0]
    for owner in (owner_of(source.passage, (source.start, source.end)), owner_of(source.passage)):
        if owner and claim.text.startswith(f"{owner}："):
            return claim.text.removeprefix(f"{owner}：")
    return claim.text


def row_claim(question: Question, finding: Finding, index: PassageIndex) -> Claim:
    """A row as a sentence with the columns that were asked for: 指标:2025年目标值100%(约束性)。"""
    passage = finding.passage
    named = _naming(passage, index)
    unit = unit_of_row(passage)
    said = "，".join(
        cell_words(column, value, unit) for column, value in asked_cells(question, passage, named)
    )
    kind = next((value for column, value in passage.cells if column in KIND_COLUMNS), "")
    name = without_unit(passage.cells[0][1])
    if named > 1:
        name += f"（{'，'.join(value for _, value in passage.cells[1:named] if value)}）"
    text = f"{name}：{said}{f'（{kind}）' if kind else ''}。"
    owner = owner_of(passage)
    return Claim(f"{owner}：{text}" if owner else text, (_source(passage),))


def rows_alike(question: Question, group: Sequence[Finding], index: PassageIndex) -> list[Finding]:
    """The first of some findings, a row, with those that only a cell tells from it of which the question says nothing
    (遗体火化: 普通炉, 拣灰炉), in the table's order; itself where there are too many."""
    best = group[0]
    cells = best.passage.cells
    shared = _naming(best.passage, index) - 1
    alike = [
        found
        for found in group
        if (
            shared
            and found.passage.cells[: shared + 1] != cells[: shared + 1]
            and found.passage.cells[:shared] == cells[:shared]
            and found.coverage >= best.coverage - _ROUNDING
        )
        or _is_other_kind(best, found, question)
        or _is_of_other_year(best, found, question)
    ]
    return sorted([best, *alike], key=lambda found: found.start) if len(alike) < _MOST_ALIKE else [best]


def rows_of_group(best: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Claim]:
    """Every row of the group that a question for a list names (福彩项目里给老人办的有哪些 → 老年人福利类), by its name and
    first figure; empty where it names none."""
    passage = best.passage
    group = passage.cells[0]
    if _naming(passage, index) < _OF_A_GROUP or not coverage(terms, plain(group[1])):
        return []
    columns = [column for column, _ in passage.cells]
    rows = [
        row
        for row in index.of_document(passage.document)
        if row.cells and row.cells[0] == group and [column for column, _ in row.cells] == columns
        if not is_subtotal(row)
    ]
    if not _OF_A_GROUP <= len(rows) <= _MOST_OF_GROUP:
        return []
    claims = []
    for row in rows:
        said = next(((c, v) for c, v in row.cells[_OF_A_GROUP:] if re.match(r"\d", v)), None)
        figure = f"：{cell_words(*said, unit_of_row(row))}" if said else ""
        claims.append(Claim(f"- {row.cells[1][1]}{figure}", (_source(row),)))
    owner = owner_of(passage)
    return [Claim(f"{owner}：{group[1]}" if owner else group[1]), *claims]


def _is_other_kind(best: Finding, found: Finding, question: Question) -> bool:
    """Whether a row of the same table is that of the other kind (社会散居孤儿 beside 集中养育孤儿), and neither is asked for."""
    one, other = best.passage, found.passage
    is_of_table = bool(other.cells) and [c for c, _ in one.cells] == [c for c, _ in other.cells]
    return (
        question.asks == "number"
        and is_of_table
        and (one.document, one.caption) == (other.document, other.caption)
        and found.coverage >= _NEARLY * best.coverage
        and is_the_other(one.cells[0][1], other.cells[0][1], question.text)
    )


def _is_of_other_year(best: Finding, found: Finding, question: Question) -> bool:
    """Whether the same row stands in the table of another year as well, and the question names no time."""
    one, other = best.passage, found.passage
    names_time = bool(question.years or question.plan_years or question.stated_years)
    return (
        question.asks == "number"
        and not (names_time or question.is_side or question.confirms)
        and bool(other.cells)
        and one.document == other.document
        and one.cells[0] == other.cells[0]
        and bool(one.years and other.years)
        and not set(one.years) & set(other.years)
        and found.coverage >= best.coverage - _ROUNDING
    )


def _naming(passage: Passage, index: PassageIndex) -> int:
    """How many of a row's first cells it is called by: as many as tell it from the rows that share the first (基本服务,
    遗体火化, 普通炉), of words alone."""
    cells = passage.cells
    columns = [column for column, _ in cells]
    alike = [
        other.cells
        for other in index.of_document(passage.document)
        if other.cells and other.start != passage.start and [column for column, _ in other.cells] == columns
    ]
    named = 1
    while (
        named < min(_MOST_NAMING, len(cells) - 1)
        and _IS_NAME.fullmatch(cells[named][1])
        and columns[named] not in SILENT_COLUMNS
        and any(other[:named] == cells[:named] for other in alike)
    ):
        named += 1
    return named


def _source(passage: Passage) -> Source:
    return Source(passage, passage.start, passage.end)
