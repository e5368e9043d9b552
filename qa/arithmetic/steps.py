"""Calculations on two states of one thing that do not stand together: steps of a rise, what is and what is aimed at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from qa.arithmetic import ratios
from qa.arithmetic.calculation import Shown
from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.shared import SharedWork
from qa.evidence.claims import Source
from qa.evidence.solving import Solved
from qa.figures.quantities import Spot, same_family
from qa.figures.rises import steps_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import years_in

_AIMS = re.compile(r"目标|规划|计划|要求|任务|十[一二三四]五|20\d\d年|还[差要需缺得]|将|要")
_NAMED_AIM = re.compile(r"(?:距离?|离)[^,?]{0,10}?(?<![\d.])(\d+(?:\.\d+)?%)")
_SHARE = re.compile(r"(?:的)?(?:占比|所占比[例重]|比[例重])")
_PERCENT = Decimal(100)
_REACHED = re.compile("实际|完成|现状|基[数期]|现有|已")
# A paper of more years is a plan.
_LONGEST_REPORT = 2
_OF_YEARS = re.compile("总销|总销售|五年总|五年累计|累计")


class StepWork(SharedWork):
    """How a thing went from its first state to its last, or has to go from what it is to what it shall be."""

    def _first_and_last(self, wanted: Wanted) -> tuple[Operand, Operand] | None:
        """(last, first) of a thing that a sentence raises step by step: 从480元提高到580元、580元提高到620元."""
        steps = self._steps(wanted)
        return (steps[-1][0], steps[0][1]) if steps else None

    def _steps(self, wanted: Wanted) -> list[tuple[Operand, Operand]]:
        """(later, earlier) of each step in which a sentence raises a thing, in its order; () where it has fewer than two."""
        either = replace(wanted, dates=(), question=replace(wanted.question, years=(), aspect=""))
        solved = self._solve(either.question)
        found = candidates(either, solved, self._solver, unit=self._task.unit)
        if not found:
            return []
        asked_years = set(wanted.question.years) | set(wanted.question.plan_years)
        if asked_years and found[0].years and not asked_years & set(found[0].years):
            return []
        passage = found[0].source.passage
        finding = next(
            (f for f in solved.findings if f.start <= found[0].start < f.end and f.passage == passage), None
        )
        if finding is None or passage.cells:
            return []
        like = found[0]
        steps = steps_of(folded(finding.text))
        is_like = steps and steps[0][0].quantity.unit == like.quantity.unit
        if not is_like or not _spans_steps(self._asked.text, folded(finding.text)):
            return []
        shown = finding.text[: steps[-1][1].end]
        source = Source(passage, finding.start, finding.start + len(shown))

        def operand(spot: Spot) -> Operand:
            start, end = finding.start + spot.start, finding.start + spot.end
            return replace(
                like, quantity=spot.quantity, source=source, start=start, end=end, shown=shown, name=""
            )

        return [(operand(high), operand(low)) for low, high in steps]

    def _present_and_target(self, wanted: Sequence[Wanted]) -> Solved | None:
        """How far what there is, or its share, is from what is aimed at."""
        wordings = (re.sub(r"是多少[^是]*$", "", item.own.text) for item in wanted)
        said = max((_SHARE.sub("", text) for text in wordings), key=len)
        if _SHARE.search(folded(self._asked.text)):
            said += "占比"
        if not _AIMS.search(folded(self._asked.text)) or self._task.operation not in (
            "difference",
            "multiple",
        ):
            return None
        base = replace(wanted[0], name=said, own=self._about(said), dates=(), given=None)
        place = "、".join(wanted[0].question.regions)
        question = replace(self._about(f"{place}{said}"), aspect="target", years=())
        aims = [found for found in self._found(replace(base, question=question)) if self._is_aim(found)]
        named = _NAMED_AIM.search(folded(self._asked.text))
        if named:
            # 离60%还差几个点: the target that the question names, which the paper has to state.
            aims = [aim for aim in aims if aim.quantity.unit == "%" and f"{aim.quantity}" == named[1]]
        if not aims:
            return None
        now = self._found(replace(base, question=replace(question, aspect="result")))
        # 离2025年目标: not the one of the year on the way.
        aims = [aim for aim in aims if set(aim.years) & set(self._asked.years)] or aims
        # What one row gives of both goes before two places of a paper that may not agree.
        beside = (
            aim for aim in aims if aim.source.passage.cells and any(s.source == aim.source for s in now)
        )
        target = next(beside, aims[0])
        is_share = target.quantity.unit == "%"
        if _OF_YEARS.search(target.shown):
            # 五年总销量达到21亿元 is held against what five years made, and not against one year's.
            now = [state for state in now if _OF_YEARS.search(state.shown)]
        earlier = [
            state
            for state in now
            if (states(state) in ("result", "") or state.source == target.source)
            and not self._is_planned(state)
            and same_family(state.quantity.unit, target.quantity.unit)
            and state.source.passage.document == target.source.passage.document
            and state.years
            and target.years
            and max(state.years) < max(target.years)
        ]
        if earlier:
            # Of a row with 2020年 and 2023年 the later is what there is.
            row = [state for state in earlier if state.source == earlier[0].source]
            now_there = (
                max(row, key=lambda state: max(years_in(state.shown) or state.years))
                if earlier[0].source.passage.cells
                else earlier[0]
            )
            return self._joinedstates(target, now_there)
        return self._share_to_target(target, base, question.text) if is_share else None

    def _joinedstates(self, target: Operand, now: Operand) -> Solved | None:
        task = self._task
        if task.operation == "multiple":
            return self._shown((target, now), ratios.multiple(target, now))
        return self._shown((target, now), self._difference(target, now))

    def _share_to_target(self, target: Operand, base: Wanted, text: str) -> Solved | None:
        """The present share as the paper's own counts make it (1216张,其中护理型341张), held against the target."""
        counted, own = (
            self._about(_SHARE.sub("", said.removesuffix("是多少"))) for said in (text, base.own.text)
        )
        wanted = replace(base, question=replace(counted, aspect="result"), own=own)
        for part in self._candidates(wanted, ""):
            pair = self._with_whole(part)
            if (
                pair
                and part.quantity.unit != "%"
                and part.source.passage.document == target.source.passage.document
            ):
                return self._shown((*pair, target), _to_target(*pair, target))
        return None

    def _found(self, wanted: Wanted) -> list[Operand]:
        return candidates(wanted, self._solve(wanted.question), self._solver, unit=self._task.unit)

    def _is_aim(self, operand: Operand) -> bool:
        """A target as the paper says, or what it says of the very year asked about and calls no result."""
        stated = states(operand)
        of_year = set(operand.years) & set(self._asked.years)
        is_open = stated in ("", "measure") or _is_of_last_year(operand)
        return stated == "target" or (is_open and bool(of_year))

    def _is_planned(self, operand: Operand) -> bool:
        """Whether a cell is of a column of aims (2023年目标), or of a year of the plan itself that nobody calls reached."""
        if not operand.source.passage.cells:
            return False
        column = operand.shown.rpartition("：")[2]
        if _REACHED.search(column):
            return False
        term = self._solver.index.documents[operand.source.passage.document].metadata.years
        years = years_in(column)
        # An appraisal of half a plan reports its own years; the plan aims at what lies in them.
        is_plan = len(term) > _LONGEST_REPORT and (not self._asked.years or max(self._asked.years) in term)
        return "目标" in column or (is_plan and bool(years) and min(years) in term)

    def _about(self, text: str) -> Question:
        return understand(f"{text}是多少", self._solver.index.documents)


def _is_of_last_year(operand: Operand) -> bool:
    """Whether a row's cell is of the later of the years that its columns name (2020年 and 2025年)."""
    years = {year for column, _ in operand.source.passage.cells for year in years_in(column)}
    return len(years) > 1 and bool(operand.years) and operand.years[-1] == max(years)


def states(operand: Operand) -> str:
    """ "target" or "result", as the passage or the columns of the row say."""
    passage = operand.source.passage
    if passage.cells:
        return "target" if any("目标" in column for column, _ in passage.cells) else "result"
    return passage.statement


def _to_target(part: Operand, whole: Operand, target: Operand) -> Shown:
    """The present share, rounded to two decimals, and how many percentage points it is from the target."""
    if not whole.quantity.value:
        return Shown(refusal="总数为0，不能计算比例。")
    exact = part.quantity.value / whole.quantity.value * _PERCENT
    share = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    about = "" if share == exact else "约"
    apart = target.quantity.value - share
    high, low = (f"{target.quantity}", f"{share.normalize():f}%")[:: 1 if apart >= 0 else -1]
    note = "" if apart >= 0 else "（现状已高于目标）"
    return Shown(
        (
            f"{part.quantity} ÷ {whole.quantity} = {about}{share.normalize():f}%",
            f"{high} − {low} = {about}{abs(apart).normalize():f}个百分点{note}",
        )
    )


def _spans_steps(asked: str, text: str) -> bool:
    """Whether a question is about all the steps that a sentence dates, and not about one of them."""
    asked = folded(asked)
    dates = re.findall(r"20\d\d年(?:\d{1,2}月)?", text)
    named = re.findall(r"20\d\d年(?:\d{1,2}月)?", asked)
    if not dates or not named:
        return True
    is_first, is_last = dates[0].startswith(named[0]), dates[-1].startswith(named[-1])
    return is_first and (
        is_last if len(named) > 1 else re.search("之前|以前|累计|一共|总共", asked) is not None
    )
