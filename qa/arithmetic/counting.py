"""Calculations with the number of a table's rows: 约束性指标占全部指标的比例."""

from __future__ import annotations

from decimal import Decimal
from itertools import chain

from qa.arithmetic.task import Task
from qa.evidence.cells_asked import KIND_COLUMNS
from qa.evidence.claims import Claim, Source
from qa.evidence.rows import owner_of
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex

_PERCENT = Decimal(100)


def counted_rows(task: Task, asked: Question, index: PassageIndex) -> list[Claim]:
    """The claims that count a table's rows and join the counts; empty when the question means no rows.

    It means rows when it names a value of a column of kinds (约束性) and speaks of 指标.
    """
    text = folded(asked.text)
    if task.operation not in ("share", "difference") or "指标" not in text:
        return []
    for rows in _tables(asked, index):
        kinds = dict.fromkeys(
            value for row in rows for column, value in row.cells if column in KIND_COLUMNS and len(value) > 1
        )
        named = sorted((kind for kind in kinds if kind in text), key=text.find)
        if not named or len(named) > 2 or (len(named) == 1 and task.operation == "difference"):
            continue
        parts = [[row for row in rows if any(value == kind for _, value in row.cells)] for kind in named]
        labels = [f"{kind}指标" for kind in named]
        if len(parts) == 1:
            parts.append(rows)
            labels.append("全部指标")
        owner = owner_of(rows[0])
        claims = [
            Claim(f"{owner}：{label}{len(part)}项", tuple(Source(row, row.start, row.end) for row in part))
            for label, part in zip(labels, parts, strict=True)
        ]
        return [*claims, Claim(f"计算：{_line(task, len(parts[0]), len(parts[1]))}。")]
    return []


def _line(task: Task, one: int, other: int) -> str:
    if task.operation == "difference":
        high, low = max(one, other), min(one, other)
        return f"{high}项 − {low}项 = {high - low}项"
    share = Decimal(one) / Decimal(other) * _PERCENT
    rounded = round(share, 1)
    return f"{one}项 ÷ {other}项 = {'' if rounded == share else '约'}{rounded.normalize():f}%"


def _tables(asked: Question, index: PassageIndex) -> list[list[Passage]]:
    tables: dict[tuple[str, str], list[Passage]] = {}
    wanted = [name for name in index.documents if not asked.documents or name in asked.documents]
    for passage in chain.from_iterable(map(index.of_document, wanted)):
        if passage.cells and any(column in KIND_COLUMNS for column, _ in passage.cells):
            tables.setdefault((passage.document, passage.caption), []).append(passage)
    return list(tables.values())
