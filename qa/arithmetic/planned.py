"""What was done of what was planned: 计划新建12个,实际建成15个; 超出年度任务10户; a row's 2024年计划 and 2024年实际."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.arithmetic import calculation, ratios
from qa.arithmetic.calculation import Shown
from qa.arithmetic.cells import cell_shown, quantity_in
from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import Quantity, Spot, quantities_in, same_family
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import years_in

_PLAN = "(?:任务|计划|目标)"
_ASKS_RATE = re.compile(
    rf"完成(?:率|比[例重])(?:是|有|达到?)*(?:多少|多高|百分之[几多]|[?]?$)|完成了?(?:年度|全年|年初|今年)?的?{_PLAN}的?(?:百分之[几多]|几成|多少比例|多大比例)"
)
_ASKS_EXCESS = re.compile(
    rf"超没超|超(?:额|出|过)?(?:完成|建成?|改造|做)?了?(?:{_PLAN})?(?:完成)?了?(?:没有?|吗|多少|几)|有没有超|超额|比{_PLAN}多(?:建|做|完成|改造)?了?(?:多少|几)"
)
_ASKS_GAP = re.compile(rf"(?:离|距离?)(?:20\d\d年)?(?:年度|全年|今年)?的?{_PLAN}(?:还|仍)?(?:差|缺|少)")
_ASKS_PLAN = re.compile(
    rf"(?:年度|年初|全年|原定?|下达的?){_PLAN}(?:数|量)?(?:是|有|为|定的?是|建|改造|完成|做|新建)*(?:多少|几)"
)
# 超出年度任务10户, 比年初计划多150张: by how much it was exceeded.
_EXCESS = re.compile(
    rf"(?:超(?:出|过|额)[^,;。\d]{{0,10}}{_PLAN}数?|比[^,;。\d]{{0,8}}{_PLAN}数?多(?:建|完成|改造|出|了)*)$"
)
# 超过市下达任务的180户, 年初确定的6个任务, (目标1200户): what was planned.
_PLANNED = re.compile(rf"(?:{_PLAN}数?(?:的|为|是|量)?[^,;。:\d]{{0,14}}|确定的|下达的)\(?$")
_OF_PLAN = re.compile(rf"^(?:的)?(?:年度|全年)?{_PLAN}")
_DONE_COLUMN, _PLAN_COLUMN = re.compile("实际|完成(?!率|时|情况)"), re.compile(f"{_PLAN}(?!完成)")
_SAID, _FINDINGS = 0.7, 8
_ASKING = re.compile("[,、].*$")


@dataclass(frozen=True)
class _Pair:
    """What was done and what was planned, or by how much the plan was exceeded."""

    done: Operand
    plan: Operand
    is_excess: bool = False


def planned_and_done(asked: Question, solver: Solver) -> Solved | None:
    """The rate of completion, the excess or the plan itself; None for other questions, and where nothing gives both."""
    text = folded(asked.text)
    kind = next((name for name, asks in _KINDS if asks.search(text)), "")
    if not kind or asked.is_english or len(asked.regions) > 1 or len(asked.years) > 1:
        return None
    return _Planned(asked, Task("share", (text,)), solver).told(kind)


_KINDS = (("rate", _ASKS_RATE), ("excess", _ASKS_EXCESS), ("gap", _ASKS_GAP), ("plan", _ASKS_PLAN))


class _Planned(Work):
    """A plan held against what was done of it."""

    def told(self, kind: str) -> Solved | None:
        """The first sentence or row that gives both, of the very thing."""
        subject = self._subject()
        if len(subject) < 2:
            return None
        documents = self._solver.index.documents
        own = understand(f"{subject}完成多少", documents)
        own = replace(
            own, documents=self._asked.documents or own.documents, years=self._asked.years, aspect=""
        )
        terms = self._solver.vocabulary.terms_of(understand(subject, documents))
        found = [f for q in (own, self._asked) for f in self._solve(q).findings[:_FINDINGS] if f.right_year]
        for finding in dict.fromkeys(found):
            pair = self._in_row(finding) if finding.passage.cells else self._in_sentence(finding)
            if pair is None:
                continue
            around = [(plain(f"{finding.passage.caption} {' '.join(finding.passage.section[-1:])}"), 0.6)]
            if coverage(terms, plain(pair.done.shown), around) >= _SAID:
                solved = self._worked(kind, pair)
                if solved:
                    return solved
        return None

    def _subject(self) -> str:
        """What was planned, without the asking."""
        text = folded(self._asked.text)
        cut = min(m.start() for _, asks in _KINDS if (m := asks.search(text)))
        said = re.sub(
            rf"(?:{_PLAN}|年初|年度|全年|实际|原定|完成了?).*$", "", _ASKING.sub("", text[:cut] or text)
        )
        return re.sub(r"20\d\d年(?:[底末])?|[,的]$", "", said).strip(",、 ")

    def _worked(self, kind: str, pair: _Pair) -> Solved | None:
        done, plan = pair.done, pair.plan
        operands = (done, plan)
        if kind == "plan":
            return (
                self._shown(operands, calculation.before(done, plan, is_more=True))
                if pair.is_excess
                else None
            )
        if kind == "rate":
            if not pair.is_excess:
                return self._shown(operands, ratios.share(done, plan))
            whole = replace(
                plan, quantity=replace(done.quantity, value=done.quantity.value - plan.quantity.value)
            )
            steps = (*calculation.before(done, plan, is_more=True).lines, *ratios.share(done, whole).lines)
            return self._shown(operands, Shown(steps))
        if pair.is_excess:
            return None
        return self._shown(operands, _excess(done, plan))

    def _in_sentence(self, finding: Finding) -> _Pair | None:
        sentence, start = self.sentence(finding)
        spots = quantities_in(sentence)
        for spot in spots:
            left, right = sentence[: spot.start], sentence[spot.end :]
            is_excess = _EXCESS.search(left) is not None
            is_plan = is_excess or _PLANNED.search(re.split("[,;。]", left)[-1]) or _OF_PLAN.match(right)
            done = _done_beside(spot, spots, sentence) if is_plan else None
            if done is not None:
                one, other = (self._operand(finding, start, s, (done, spot)) for s in (done, spot))
                return _Pair(one, other, is_excess)
        return None

    def _in_row(self, finding: Finding) -> _Pair | None:
        passage = finding.passage
        cells = [
            (column, quantity)
            for column, value in passage.cells[1:]
            if (quantity := quantity_in(passage, column, value) or _written_in(value))
            and self._is_of_year(column)
        ]
        plans = [cell for cell in cells if _PLAN_COLUMN.search(cell[0]) and not _DONE_COLUMN.search(cell[0])]
        done = [cell for cell in cells if _DONE_COLUMN.search(cell[0]) and "%" not in cell[0]]
        if not plans or not done or done[-1][1].unit != plans[-1][1].unit:
            return None
        years = years_in(done[-1][0])
        plan = next((cell for cell in plans if years and years_in(cell[0]) == years), plans[0])
        source = Source(passage, passage.start, passage.end)
        one, other = (
            Operand(
                "",
                quantity,
                source,
                passage.start,
                passage.end,
                cell_shown(passage, column, quantity),
                finding.years,
                1.0,
            )
            for column, quantity in (done[-1], plan)
        )
        return _Pair(one, other)

    def _is_of_year(self, column: str) -> bool:
        years = years_in(column)
        return not years or not self._asked.years or bool(set(years) & set(self._asked.years))

    def _operand(self, finding: Finding, start: int, spot: Spot, both: Sequence[Spot]) -> Operand:
        text = self._solver.index.documents[finding.passage.document].text
        sentence, _ = self.sentence(finding)
        first, last = min(s.start for s in both), max(s.end for s in both)
        within = (start, start + len(sentence))
        source = clauses_around(finding.passage, text, within, start + first, start + last)
        shown = text[source.start : source.end]
        return Operand(
            "", spot.quantity, source, start + spot.start, start + spot.end, shown, finding.years, 1.0
        )


def _written_in(value: str) -> Quantity | None:
    """The quantity that a cell writes with its unit (6个, ≤6000元)."""
    spots = quantities_in(value)
    return spots[0].quantity if len(spots) == 1 else None


def _done_beside(plan: Spot, spots: Sequence[Spot], sentence: str) -> Spot | None:
    """What was done: the figure before the plan in its sentence, or the next where that says 实际 or 完成."""
    alike = [
        s
        for s in spots
        if s is not plan and s.quantity.unit and same_family(s.quantity.unit, plan.quantity.unit)
    ]
    behind = [s for s in alike if s.start > plan.end and ";" not in sentence[plan.end : s.start]][:1]
    if behind and re.search("实际|完成|建成|做了|改造了", sentence[plan.end : behind[0].start]):
        return behind[0]
    before = [s for s in alike if s.end < plan.start and ";" not in sentence[s.end : plan.start]][-1:]
    return (
        before[0]
        if before and not re.search("其中|比上年|同比", sentence[before[0].end : plan.start])
        else None
    )


def _excess(done: Operand, plan: Operand) -> Shown:
    """By how much the plan was exceeded, or missed."""
    one, other = done.quantity, plan.quantity
    apart = one.value - other.value
    what = replace(one, value=abs(apart)) if apart else None
    if what is None:
        return Shown((f"{one} = {other}（正好完成，没有超过）",))
    line = f"{one} − {other} = {what}" if apart > Decimal(0) else f"{other} − {one} = {what}"
    return Shown((f"{line}（{'超过' if apart > Decimal(0) else '还差'}计划）",))
