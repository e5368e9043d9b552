"""What a reader is told about a quotation at a glance: 2021年结果, 2022年计划, 2021—2025年目标, 标准, 措施."""

from __future__ import annotations

from qa.evidence.dating import years_of_quote
from vectorstore.documents import Document, Passage, Statement
from vectorstore.numerals import describe_years, years_in
from vectorstore.periods import Years
from vectorstore.statements import statement_at, statement_of_column

_NAMES: dict[Statement, str] = {
    "result": "结果",
    "target": "目标",
    "standard": "标准",
    "measure": "措施",
    "": "",
}
_DATED: tuple[Statement, ...] = ("result", "target")
# A document of so many years is a report or a yearly plan; what it is to reach is called its plan.
_YEARLY = 2


def labels_of(passage: Passage, document: Document, *, start: int = -1, end: int = -1) -> tuple[str, ...]:
    """The labels of `document.text[start:end]`, of the whole passage without an end; () where nothing is told.

    A row that holds a base year and a target has a label for each, in the order of its columns. Where the library
    holds several versions of the document, the last label says which one it is (旧版).
    """
    if passage.cells:
        labels = _labels_of_row(passage, document)
    else:
        is_whole = end < 0
        statement = passage.statement if is_whole else statement_at(passage, start, end, document)
        years = passage.years if is_whole else years_of_quote(passage, start, end)
        labels = (_label(statement, years, document),)
    return tuple(label for label in (*labels, document.version) if label)


def _labels_of_row(passage: Passage, document: Document) -> tuple[str, ...]:
    labels = []
    for column, value in passage.cells:
        statement = statement_of_column(column, caption=passage.caption, metadata=document.metadata)
        if statement and value.strip(" —-–/"):
            labels.append(_label(statement, years_in(column) or passage.years, document))
    if not labels and passage.statement:
        labels.append(_label(passage.statement, passage.years, document))
    return tuple(dict.fromkeys(labels))


def _label(statement: Statement, years: Years, document: Document) -> str:
    name = _NAMES[statement]
    if statement not in _DATED:
        return name
    is_yearly = len(years) == 1 and 0 < len(document.metadata.years) <= _YEARLY
    return describe_years(years) + ("计划" if statement == "target" and is_yearly else name)
