"""The sum of what a paper lists item by item: 各类救助金 of 临时救助金5244万元、大病救助资金2343万元…, or a line for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from qa.arithmetic.operand import Operand, clauses_around
from qa.evidence.findings import Finding
from qa.evidence.relevance import bigrams
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import quantities_in
from qa.figures.spots import Near, paid_for, spots_of
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value
from vectorstore.sentences import sentence_spans

# 各类救助金, 这几项资金, 四个工程: that all items of a list are meant.
_ALL_ITEMS = re.compile(
    r"(?:各|所有|全部)(?:[个大]?[类项种笔处地家]|个?(?:县区|县市|镇|乡镇|街道|项目|工程))|(?:这|那)?(?P<count>[几三四五六七八九十]|\d)(?:大)?(?:[类项种笔个样处])(?!月)"
)
_FINDINGS, _LEAST, _MOST = 6, 3, 12
# 四个工程总共要花多少钱
_SPENT = re.compile("[花投]了?(?:多少|几)")
# 救助金一共: money by no name of its own is all that is paid so.
_ALL_MONEY = re.compile(
    "(?:救助|补助|保障|民生)(?:资金|金|款|经费)(?:总共|一共|合计|总计|总额|总数|共|加起来)"
)
_MONEY = re.compile("[金费款]|补[贴助]")
# What stands between two items of a list, beside the name of the second.
_NO_ITEM = re.compile("其中|比|较|提高|增加|降|分别|[到至;。]")


def asks_of_items(text: str) -> bool:
    """Whether a folded question speaks of all items of a list."""
    return _ALL_ITEMS.search(text) is not None or _ALL_MONEY.search(text) is not None


def items_listed(
    text: str, subject: Sequence[str], unit: str, solved: Solved, solver: Solver
) -> list[Operand]:
    """The figure of each item; [] where no list fits the subject, the number of items said, or the paper gives their total."""
    said = _ALL_ITEMS.search(text)
    count = numeral_value(said["count"]) if said and said["count"] else 0
    about = {pair for piece in subject for pair in bigrams(piece)} | (
        {"投资"} if _SPENT.search(text) else set()
    )
    for finding in solved.findings[:_FINDINGS]:
        if finding.passage.cells or not finding.right_year or not about:
            continue
        for operands in (
            _in_sentence(finding, about, unit, solver, of_heading=not (said and said["count"])),
            _line_by_line(finding, about, unit, solver),
        ):
            if _LEAST <= len(operands) <= _MOST and count in (0, len(operands)):
                return operands
    return []


def _in_sentence(
    finding: Finding, about: set[str], unit: str, solver: Solver, *, of_heading: bool
) -> list[Operand]:
    """The longest run of figures in one unit that only 、 and their names part, at least half of them called as asked.

    `of_heading`: money below a heading that speaks of what is asked is called so, too.
    """
    text = folded(finding.text)
    near = [item for item in spots_of(finding.text) if item.spot.quantity.unit]
    runs: list[list[Near]] = []
    for item in near:
        last = runs[-1][-1] if runs else None
        between = text[last.spot.end : item.spot.start] if last else ""
        is_next = last is not None and item.spot.quantity.unit == last.spot.quantity.unit
        if is_next and re.match("[、,和及]", between) and not _NO_ITEM.search(between):
            runs[-1].append(item)
        else:
            runs.append([item])
    run = max(runs, key=len, default=[])
    if len(run) < _LEAST or (unit and run[0].spot.quantity.unit != unit):
        return []
    total = sum((item.spot.quantity.value for item in run), Decimal(0))
    is_stated = any(spot.quantity.value == total for spot in quantities_in(finding.text))
    heading = set(bigrams(" ".join(finding.passage.section[-2:]))) if of_heading else set()
    called = sum(
        bool(about & set(bigrams(item.before)))
        or (_MONEY.search(item.before) is not None and bool(about & heading))
        for item in run
    )
    if is_stated or 2 * called < len(run):
        return []
    begin, stop = finding.start + run[0].spot.start, finding.start + run[-1].spot.end
    return [_operand(finding, item, finding.start, begin, stop, solver) for item in run]


def _line_by_line(finding: Finding, about: set[str], unit: str, solver: Solver) -> list[Operand]:
    """A figure called by the same word in each of several lines of one section (床位480张;床位300张)."""
    found = []
    text = solver.index.documents[finding.passage.document].text
    for passage in solver.index.of_document(finding.passage.document):
        if passage.section != finding.passage.section or passage.cells:
            continue
        for start, end in sentence_spans(text, passage.start, passage.end):
            called = [
                item
                for item in spots_of(text[start:end])
                if item.spot.quantity.unit
                and (not unit or item.spot.quantity.unit == unit)
                and item.before[-2:] in about
            ]
            if len(called) > 1:
                return []
            found += [
                _operand(finding, item, start, start + item.spot.start, start + item.spot.end, solver)
                for item in called
            ]
    return found if len({operand.quantity.unit for operand in found}) == 1 else []


def _operand(finding: Finding, item: Near, offset: int, first: int, last: int, solver: Solver) -> Operand:
    """The figure with the clauses between two places of its document."""
    passage = next(
        (
            p
            for p in solver.index.of_document(finding.passage.document)
            if p.start <= first and last <= p.end and not p.cells
        ),
        finding.passage,
    )
    text = solver.index.documents[passage.document].text
    source = clauses_around(passage, text, (passage.start, passage.end), first, last)
    shown, spot = solver.text_of(source), item.spot
    return Operand(
        item.before, paid_for(text, spot, offset), source, offset + spot.start, offset + spot.end, shown,
        finding.years, 1.0,
    )  # fmt: skip
