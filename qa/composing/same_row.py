"""Parts of a question that go on about the row of a table that answered the part before (朱寨片助餐点几个,住了多少老人)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.composing.one_passage import Told
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.relevance import plain
from qa.evidence.rows import row_claim
from qa.evidence.solving import Solved, Solver
from vectorstore.documents import Passage
from vectorstore.folding import folded


def with_same_row(wanted: Sequence[Told], solutions: Sequence[Solved], solver: Solver) -> list[Solved]:
    """The solutions; that of a part which names no row is the row quoted before it, where that has a column for it."""
    filled = list(solutions)
    row: Passage | None = None
    for number, one in enumerate(wanted):
        quoted = _row_of(filled[number])
        is_own = row is None or _names_a_row(one.alone.text, row, solver) or quoted == row
        if row is None or is_own or not _has_column(one, row):
            row = quoted or row
            continue
        at = solver.index.numbers_of(row.document)[solver.index.of_document(row.document).index(row)]
        finding = Finding(row, at, row.start, row.end, row.text, 1.0, 1.0, row.years, right_year=True)
        draft = Draft((row_claim(one.alone, finding, solver.index),), is_settled=True)
        filled[number] = replace(filled[number], draft=draft)
    return filled


def _row_of(solved: Solved) -> Passage | None:
    """The one row that a solution quotes."""
    rows = {
        s.passage.id: s.passage for claim in solved.draft.claims for s in claim.sources if s.passage.cells
    }
    return next(iter(rows.values())) if len(rows) == 1 else None


def _names_a_row(text: str, row: Passage, solver: Solver) -> bool:
    """Whether a text names a row of the same table."""
    columns = [column for column, _ in row.cells]
    return any(
        folded(cells[0][1]) in folded(text)
        for passage in solver.index.of_document(row.document)
        if (cells := passage.cells) and [column for column, _ in cells] == columns and len(cells[0][1]) > 1
    )


def _has_column(one: Told, row: Passage) -> bool:
    """Whether a column's name says a word of the part."""
    columns = [plain(column) for column, _ in row.cells[1:]]
    return any(
        len(form) > 1 and form in column for forms in one.words for form in forms for column in columns
    )
