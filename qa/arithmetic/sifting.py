"""Which of the figures found for an operand are none of what it is: targets, what is left to do, what is counted otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.steps import states
from qa.evidence.solving import Solver
from qa.figures.quantities import quantities_in, same_family
from vectorstore.folding import folded
from vectorstore.numerals import is_span

# What was added to something or taken from it, and how far before its figure it is told.
_DEED = re.compile("新增|新登记|新注册|新成立|新建|新开|注销|撤销|清退|退出|取消|净增")
_SINCE_LAST_FIGURE, _BEFORE = re.compile(r"\d[万亿]?[\u4e00-\u9fff%]?|[。；;]"), 20
_LEFT = re.compile("剩余|剩下|余下|未完成|尚未")
_OF_ANOTHER_TIME = re.compile(r"\d{4}年|[到至为]|[比较原]|上年|去年|同期|今年|目前|现有|十[一二三四五]五")


def of_its_deed(item: Wanted, choice: list[Operand], solver: Solver) -> list[Operand]:
    """The figures of what was done that an operand names (新增登记26家、注销31家), where these are told."""
    deed = _DEED.search(item.name)
    if deed is None or not choice:
        return choice
    kept = [o for o in choice if deed[0] in (o.shown if o.source.passage.cells else _said_before(o, solver))]
    return kept or _told_of_deed(deed[0], choice[0], solver) or choice


def _said_before(operand: Operand, solver: Solver) -> str:
    text = solver.index.documents[operand.source.passage.document].text
    return _SINCE_LAST_FIGURE.split(text[max(0, operand.start - _BEFORE) : operand.start])[-1]


def _told_of_deed(deed: str, operand: Operand, solver: Solver) -> list[Operand]:
    """The one figure that a passage gives right behind the deed, where another one of it was found (登记86个。新登记4个)."""
    passage = operand.source.passage
    if passage.cells:
        return []
    text = solver.index.documents[passage.document].text
    spots = [
        replace(spot, start=spot.start + passage.start, end=spot.end + passage.start)
        for spot in quantities_in(text[passage.start : passage.end])
        if same_family(spot.quantity.unit, operand.quantity.unit)
    ]
    told = [
        s for s in spots if deed in _SINCE_LAST_FIGURE.split(text[max(0, s.start - _BEFORE) : s.start])[-1]
    ]
    if len(told) != 1:
        return []
    start, end = told[0].start, told[0].end
    source = clauses_around(passage, text, (passage.start, passage.end), start, end)
    return [
        replace(
            operand,
            quantity=told[0].quantity,
            source=source,
            start=start,
            end=end,
            shown=solver.text_of(source),
        )
    ]


def of_what_is(item: Wanted, choice: list[Operand]) -> list[Operand]:
    """Without targets, where what there is now is asked about."""
    return [o for o in choice if item.question.aspect != "result" or states(o) != "target"]


def of_the_period(item: Wanted, choice: list[Operand]) -> list[Operand]:
    """The figures of a whole period, where one is asked about and some are (十二五总销量, and no sales of 2015)."""
    if not is_span(item.question.years):
        return choice
    return [operand for operand in choice if is_span(operand.years)] or choice


def of_what_is_everywhere(choices: Sequence[list[Operand]]) -> list[list[Operand]]:
    """Without targets, where each of several places has a figure that is none; the standard to come is one in force."""
    if any(operand.quantity.period for choice in choices for operand in choice):
        return list(choices)
    present = [[operand for operand in choice if not _is_target(operand)] for choice in choices]
    return present if all(present) else list(choices)


def _is_target(operand: Operand) -> bool:
    return "目标" in operand.shown if operand.source.passage.cells else states(operand) == "target"


def of_what_is_left(item: Wanted, choice: list[Operand]) -> list[Operand]:
    """The figures of what is left to be done, where that is asked about and the paper tells it."""
    if not _LEFT.search(item.own.text):
        return choice
    return [operand for operand in choice if _LEFT.search(operand.shown)] or choice


def in_one_unit(choices: Sequence[list[Operand]]) -> list[list[Operand]]:
    """Of one thing at two times only what is in the unit of the figure that fits best: 18部门 are no 3000名 of 2015."""
    found = sorted((operand for choice in choices for operand in choice), key=lambda operand: -operand.score)
    if not found:
        return list(choices)
    units = [operand.quantity.unit for operand in found]
    # 农村低保2023年4862户,5770元/年, 2024年6240元/年: of what is told of both times.
    of_all = (u for u in units if all(any(same_family(u, o.quantity.unit) for o in c) for c in choices))
    unit = next(of_all, units[0])
    return [[o for o in choice if same_family(unit, o.quantity.unit)] for choice in choices]


def are_of_two_things(operands: Sequence[Operand], solver: Solver) -> bool:
    """Whether two figures of a sentence are not said to be of two times: 1名社工带动20名志愿者 are no two numbers of 社工."""
    first, last = sorted(operands[:2], key=lambda operand: operand.start)
    passage = first.source.passage
    if len(operands) != 2 or passage.id != last.source.passage.id or passage.cells:
        return False
    text = solver.index.documents[passage.document].text
    return _OF_ANOTHER_TIME.search(folded(text[first.end : last.end])) is None


def in_rows_of_their_own(operands: Sequence[Operand], wanted: Sequence[Wanted]) -> bool:
    """False for two cells of one row that the question does not name (王家坝和朱寨总投资 is not one row's two sums)."""
    rows = {operand.source.passage.id for operand in operands}
    if len(rows) > 1 or not operands[0].source.passage.cells:
        return True
    columns = [operand.shown.partition("：")[2].removesuffix(str(operand.quantity)) for operand in operands]
    return all(
        column in item.name or (item.own.content and all(piece in column for piece in item.own.content))
        for column, item in zip(columns, wanted, strict=True)
    )
