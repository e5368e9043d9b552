"""Whether the rows of a table reached their targets: 没有完成目标的指标, 超额完成了哪几项."""

from __future__ import annotations

import re
from decimal import Decimal

from qa.tables.conditions import Condition
from qa.tables.view import TableRow, TableView
from qa.tables.wording import Wording

_AIM = "(?:年度|全年|当年|年初|预期|规划|既定|计划)?的?(?:目标值?|任务|指标)"
_DONE = "(?:完成|达到|达成|实现)"
_UNMET = re.compile(
    rf"(?:没有?|未|没能|尚未)(?:能|全部|按[期时])*{_DONE}(?:了)?(?:{_AIM})?|{_AIM}(?:还)?(?:没有?|未|没能|尚未){_DONE}|[未不没]达标"
)
_EXCEEDED = re.compile(rf"超额{_DONE}了?(?:{_AIM})?|超过了?{_AIM}|超目标{_DONE}了?")

# 完成率 and 预计完成时间 are no results to be held against a target.
_OF_ANOTHER_KIND = re.compile("率%?$|比例|时间|时限|日期")


def reached_in(wording: Wording, table: TableView) -> list[Condition]:
    """The condition that rows missed or exceeded their targets, crossed out of a question's wording."""
    results = [c for c in table.results if not _OF_ANOTHER_KIND.search(c) and c not in table.targets]
    if len(table.targets) != 1 or not results:
        return []
    target, result = table.targets[0], results[-1]
    told = [row for row in table.rows if _beyond(table, row, target, result) is not None]
    if len(told) * 2 < len(table.rows):
        return []
    for pattern, label, sign in ((_UNMET, "没有完成目标", -1), (_EXCEEDED, "超过目标", 1)):
        if wording.cross(pattern):

            def holds(row: TableRow, sign: int = sign) -> bool:
                beyond = _beyond(table, row, target, result)
                return beyond is not None and beyond * sign > 0

            return [Condition(label, (target, result), holds)]
    return []


def _beyond(table: TableView, row: TableRow, target: str, result: str) -> Decimal | None:
    """By how much a row did better than its target; None where it cannot be told.

    A target of at most so much (≤6000元) is done better by less.
    """
    wanted, done = table.amount(row, target), table.amount(row, result)
    if wanted is None or done is None or wanted.unit != done.unit:
        return None
    return wanted.value - done.value if wanted.bound in ("≤", "<") else done.value - wanted.value
