"""Calculations on figures that a question itself repeats: 从480涨到650涨幅多少, 查出178个整改了175个,整改率多少.

Which figures are meant needs no guessing: they are looked up by their value, so that each is cited where the paper states it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.arithmetic import calculation, quotients, ratios, wording
from qa.arithmetic.calculation import Shown
from qa.arithmetic.cells import cell_shown, quantity_in
from qa.arithmetic.operand import Operand, trimmed
from qa.arithmetic.task import Operation, Task
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.relevance import bigrams
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import Quantity, Spot, quantities_in, same_family
from qa.figures.spots import paid_for
from qa.figures.values import PEOPLE_UNITS
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import sentence_spans

_PAIR, _MOST = 2, 8
_OF_SHARE = re.compile(r"占|(?<![效增])率(?:是|有|达到?|为)*(?:多少|多高|几|百分)|几成")
_OF_PART = re.compile(r"按(?:照)?\d[\d.]*%|的\d[\d.]*%")
_PER_PIECE = re.compile("平均|人均|户均|除以|每[个家张户名人所处次条项位件]")
_APART = re.compile(
    r"(?:多|(?<!至)少|高|低|差|涨|升|增加|增长|提高|降|减少?|剩|提升|超)(?:[了出到下过额]|完成|有){0,3}(?:多少|几)|差[距额]|相差|涨幅|增幅|降幅"
)
_RISES_TO = re.compile(r"[到至→]|提[高升标]|[涨升增降调]")
# 20个项目每个不超过3万: the one is what each of the others gets.
_FOR_EACH = re.compile(r"每[个家张户名人所处次条项位件月年][^,\d]{0,10}\d")


def of_figures_repeated(asked: Question, solver: Solver) -> Solved | None:
    """The calculation on the figures that a question names; None where it names none, or no paper states them."""
    if asked.is_english or asked.confirms or asked.is_side or len(asked.regions) > 1:
        return None
    text = wording.cleaned(folded(asked.text))
    said = [spot for spot in quantities_in(text) if re.search(r"\d", text[spot.start : spot.end])]
    operation = None if _FOR_EACH.search(text) else _operation(text)
    if len(said) > _PAIR or operation == "sum":
        # 2010到2015年从220张到241张; 从1200到2000 is no year.
        said = [spot for spot in said if not _is_year(spot.quantity)]
    if operation is None or not _PAIR <= len(said) <= (_MOST if operation == "sum" else _PAIR):
        return None
    work = _Repeated(asked, Task(operation, (text,)), solver)
    return work.joined(text, said)


def _is_year(quantity: Quantity) -> bool:
    return not quantity.unit and not quantity.scale and 1900 < quantity.value < 2100


def _operation(text: str) -> Operation | None:
    if _OF_PART.search(text):
        return "portion"
    if _OF_SHARE.search(text) and re.search("多少|几|百分|多[大高]", text):
        return "share"
    if wording.MULTIPLE.search(text):
        return "multiple"
    if _PER_PIECE.search(text):
        return "average"
    if _APART.search(text) or wording.RATE_ASKED.search(text):
        return "difference"
    return "sum" if wording.SUM.search(text) else None


class _Repeated(Work):
    """One calculation on figures that are known by their value."""

    def joined(self, text: str, said: Sequence[Spot]) -> Solved | None:
        """The figures where a paper states them, put together as the question says."""
        operands = self._stated(said)
        shown = self._of_operation(text, said, operands) if operands else None
        return self._shown(operands, shown) if operands and shown else None

    def _of_operation(self, text: str, said: Sequence[Spot], operands: Sequence[Operand]) -> Shown | None:
        """The calculation; None where the figures' units make none."""
        first, second = operands[0], operands[-1]
        if self._task.operation in ("average", "portion"):
            return _of_two_kinds(self._task.operation, first, second)
        if not all(same_family(first.quantity.unit, operand.quantity.unit) for operand in operands):
            return None
        if self._task.operation == "sum":
            return calculation.total(tuple(operands), period="", months=0)
        if self._task.operation == "share":
            part, whole = sorted((first, second), key=lambda operand: operand.quantity.value)
            return ratios.share(part, whole)
        if _RISES_TO.search(text[said[0].end : said[1].start]):
            first, second = second, first
        if self._task.operation == "multiple":
            return ratios.multiple(first, second)
        rate = bool(wording.RATE_ASKED.search(text))
        amount = not rate or bool(_APART.search(re.sub("[涨增降]幅|百分之[多几]少?", "", text)))
        return calculation.difference(first, second, period="", amount=amount, rate=rate)

    def _stated(self, said: Sequence[Spot]) -> list[Operand]:
        """Each figure where a paper states it, all in one passage if they stand so; [] where one is not stated."""
        solved = self._solve(self._asked)
        names = self._asked.documents or tuple(self._solver.index.documents)
        passages = list(dict.fromkeys(finding.passage for finding in solved.findings))
        apart: dict[int, Operand] = {}
        for passage in self._likely(passages, names):
            found = [self._in_passage(passage, spot.quantity) for spot in said]
            if all(found) and len({operand.place for operand in found if operand}) == len(said):
                return [operand for operand in found if operand]
            for number, operand in enumerate(found):
                if operand and passage in passages:
                    apart.setdefault(number, operand)
        # 18个中心和18个助餐点: one place that is found for both is that of one of them.
        is_of_one = len(names) == 1 and len({operand.place for operand in apart.values()}) == len(said)
        return [apart[number] for number in range(len(said))] if is_of_one else []

    def _likely(self, found: Sequence[Passage], names: Sequence[str]) -> Iterator[Passage]:
        """The passages found for the question, then all others of its papers that share a word with it."""
        yield from found
        words = {pair for piece in self._asked.content for pair in bigrams(piece)}
        for name in names:
            for passage in self._solver.index.of_document(name):
                if passage not in found and any(word in passage.text for word in words):
                    yield passage

    def _in_passage(self, passage: Passage, said: Quantity) -> Operand | None:
        """The first figure of a passage that is the one said."""
        if passage.cells:
            for column, value in passage.cells[1:]:
                quantity = quantity_in(passage, column, value)
                if quantity and _is_same(quantity, said):
                    shown = cell_shown(passage, column, quantity)
                    source = Source(passage, passage.start, passage.end)
                    return Operand("", quantity, source, source.start, source.end, shown, passage.years, 1.0)
            return None
        text = self._solver.index.documents[passage.document].text
        for start, end in sentence_spans(text, passage.start, passage.end):
            for spot in quantities_in(text[start:end]):
                quantity = paid_for(text, spot, start)
                if _is_same(quantity, said):
                    source = trimmed(passage, text, start, end)
                    shown = self._solver.text_of(source)
                    return Operand(
                        "", quantity, source, start + spot.start, start + spot.end, shown, passage.years, 1.0
                    )
        return None


def _is_same(stated: Quantity, said: Quantity) -> bool:
    """Whether a paper's figure is the one that is said, with its unit or without (480, 4.29亿)."""
    is_like = not said.unit or same_family(stated.unit, said.unit) or {stated.unit, said.unit} <= PEOPLE_UNITS
    is_value = stated.value == said.value or (
        not said.scale and not said.unit and stated.in_scale == said.value
    )
    return bool(stated.unit) and is_like and is_value


def _of_two_kinds(operation: Operation, first: Operand, second: Operand) -> Shown | None:
    """What each one's share of a whole is, or so many percent of it; None where the units are not those of such a pair."""
    if operation == "portion":
        share, whole = (first, second) if first.quantity.unit == "%" else (second, first)
        is_of_whole = share.quantity.unit == "%" and whole.quantity.unit != "%"
        return ratios.portion(whole, share) if is_of_whole else None
    whole, count = (first, second) if first.quantity.unit == "元" else (second, first)
    is_count = count.quantity.unit not in ("元", "%", "") and whole.quantity.unit != "%"
    is_like = same_family(first.quantity.unit, second.quantity.unit)
    return quotients.average(whole, count) if is_count and not is_like else None
