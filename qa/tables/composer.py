"""Composers for questions about a table: as a whole (how many rows, which, the highest), or one cell of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.amounts import has_amount
from qa.evidence.claims import Claim
from qa.evidence.extractive import Draft
from qa.evidence.row_names import is_count_of_another, is_within_another, row_shown
from qa.evidence.solving import Solved, Solver
from qa.tables.answers import answer_of, selected, whole_count
from qa.tables.library import tables_in
from qa.tables.reading import COUNT, NUMBER_FITS, Reading, asks_for_cell, asks_of_table, read
from qa.tables.sums import SPREAD, SUMMED
from qa.tables.view import TableRow, plain_name
from qa.tables.wording import plain_text
from qa.understanding.question import Question

# Only a question with one of these words can be about a table as a whole.
_MAY_BE = re.compile(r"表|指标|序号|最|性|[几哪]|单位|多少[项个条]|分别|各|占|行|列|栏")
# What asks to compare texts, to calculate, or for reasons.
_ASKS_ELSE = re.compile(
    r"正文|一样吗|是否一[样致]|一致|矛盾|冲突|打架|对得上|不符|出入|为什么|为何|怎么算|相差|差多少|差[距额值]|加起来|之和|加总|"
    r"折[合成算]|换算|翻|几倍|多少倍|比[^,。]{1,16}[多少高低快慢](?:多少|几|[吗了])|[多高低]出?多少(?=$|[?个元张])|总和|"
    r"什么意思|怎么办|如何|(?:下降|降低|减少|降幅|回落)[^,。]{0,4}最"
)
# Tables of a document that suit about equally well are both answered.
_AS_GOOD = 0.05


def tabulated(asked: Question, solver: Solver) -> Solved | None:
    """What the library's tables answer; None when the question is not about a table as a whole."""
    text = plain_text(asked.text)
    may_add_up = bool(SUMMED.search(text) or SPREAD.search(text))
    if not (_MAY_BE.search(text) or may_add_up) or not (may_add_up or _may_ask_tables(asked, text)):
        return None
    if asked.is_english or asked.elsewhere:
        return None
    found = [reading for reading in _readings(asked, solver) if asks_of_table(reading, text)]
    if not _may_ask_tables(asked, text):
        found = [reading for reading in found if reading.wants in ("sum", "spread")]
    readings = _best(found)
    if asked.confirms and not all(reading.stated and reading.wants == "count" for reading in readings):
        return None
    places = {reading.table.passage.region for reading in readings}
    if len(asked.regions) > 1 and not set(asked.regions) <= places:
        return None
    return _solved(asked, readings, solver)


def looked_up(asked: Question, solver: Solver) -> Solved | None:
    """A cell whose row is named by an abbreviation that finds nothing by itself; None when no row is named."""
    text = plain_text(asked.text)
    if asked.confirms or asked.asks not in ("number", "text", "date") or not _may_ask_tables(asked, text):
        return None
    readings = _best([reading for reading in _readings(asked, solver) if asks_for_cell(reading, asked)])
    if len(readings) != 1:
        return None
    if not _is_cell_of(asked, readings[0].named[0]):
        return None
    solution = solver.solve(asked)
    is_other = _is_of_another_row(solution, readings[0].named[0])
    return solution if solution.draft.claims and not is_other else _solved(asked, readings, solver)


def _is_cell_of(asked: Question, row: TableRow) -> bool:
    """Whether a row gives what is asked for in its unit (多少家 is no 万人), and not of one thing within another."""
    cells = row.passage.cells
    name = next((value for column, value in cells if not value.isdigit()), "")
    is_other = is_within_another(name, asked.text) or is_count_of_another(name, asked.content)
    return (not asked.unit or has_amount(asked, row_shown(row.passage))) and not is_other


def _is_of_another_row(solution: Solved, row: TableRow) -> bool:
    """Whether what was found are rows of other names (王家坝区域中心 for 王家坝片)."""
    passages = [source.passage for claim in solution.draft.claims for source in claim.sources]
    return bool(passages) and all(p.cells and p.id != row.passage.id for p in passages)


def _may_ask_tables(asked: Question, text: str) -> bool:
    return not asked.is_english and not asked.elsewhere and not _ASKS_ELSE.search(text)


def _readings(asked: Question, solver: Solver) -> list[Reading]:
    found = []
    for table in tables_in(solver.index, asked.documents):
        paper = solver.index.documents[table.passage.document]
        reading = read(asked, table, paper.metadata.years)
        if reading and _holds_names(reading, asked):
            found.append(reading)
    return found


def _holds_names(reading: Reading, asked: Question) -> bool:
    """Whether the table speaks of every proper name that the question gives."""
    said = plain_name("".join(value for row in reading.table.rows for value in row.cells.values()))
    return all(plain_name(name) in said for name in asked.named)


def _best(readings: Sequence[Reading]) -> list[Reading]:
    """Of each document the tables that suit best; those without a result only when none has one."""
    by_document: dict[str, list[Reading]] = {}
    numbered = [reading for reading in readings if reading.score >= NUMBER_FITS]
    for reading in numbered or readings:
        by_document.setdefault(reading.table.passage.document, []).append(reading)
    best = [
        reading
        for group in by_document.values()
        for reading in group
        if reading.score >= max(other.score for other in group) - _AS_GOOD
    ]
    return [reading for reading in best if selected(reading)] or best


def _solved(asked: Question, readings: Sequence[Reading], solver: Solver) -> Solved | None:
    claims: list[Claim] = []
    rows: list[TableRow] = []
    for reading in readings:
        said, behind = answer_of(reading)
        if reading.wants == "count" and reading.conditions and len(COUNT.findall(plain_text(asked.text))) > 1:
            # 一共几项,预期性的几项: of all of them as well.
            claims.append(whole_count(reading))
        claims += said
        rows += behind
    if not claims:
        return None
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [row.passage for row in rows])
