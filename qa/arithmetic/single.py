"""Calculations on one thing: its figures stand together in one row or sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation, quotients, ratios
from qa.arithmetic.calculation import Shown
from qa.arithmetic.cells import FORMER
from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.one_head import kinds_of_one_head
from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.series import asks_of_items, items_listed
from qa.arithmetic.steps import StepWork
from qa.arithmetic.wording import LASTING
from qa.evidence.graded import grade_named
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import JOINING
from qa.figures.quantities import quantities_in, same_family
from qa.figures.tiers import age_in
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import is_span

# A row with both values is preferred to a sentence that fits somewhat better.
_STILL = re.compile("(?:离|距离?)[^,?]{0,12}(?:目标|任务|要求)|还[差缺]")
_TO_AIM = re.compile("(?:离|距离?)[^,?]{0,12}(?:目标|任务|要求)|(?:目标|计划|任务)[数值量]?比")
_REACHED = re.compile("实际|完成")
_NEARLY_BEST = 0.5
_ALMOST, _AS_GOOD = 0.8, 1e-6
_RAISED = re.compile("(?:提高|上调|调整|提升|增加)[到至为].*(?:提高|上调|调整|提升|增加)[到至为]")
_IN_ALL = re.compile("发放|支出|拨付|总|共|合计|[了金](?:多少|几)")
# How far apart a value and the one before it stand when the later one is said first.
_APART, _BETWEEN = 24, 15
_TIMES = ("年", "月")
# Characters before a figure in which its kind is named.
_KIND_BEFORE = 20
# One amount that holds for each of two things.
_OF_TWO = re.compile(r"(?:^|[,;:])[^,;:。、]{2,30}[和与及][^,;。、]{2,30}(?:均|都|各)[^,;。]{0,10}$")


class SingleWork(StepWork):
    """A payment for another time, an average, a portion, a share of a whole, or how one thing changed."""

    def of_one(self, wanted: Wanted) -> Solved | None:
        """The calculation on one thing; None when its figures do not stand together."""
        ways = {
            "payment": self._paid,
            "average": self._yearly if self._task.counted in _TIMES else self._average,
            "product": lambda one: self._product(one) or self._of_kinds(one),
            "portion": self._portion,
            "share": self._share_of_whole,
            "sum": self._of_kinds,
            "both": self._both,
        }
        return ways.get(self._task.operation, self._changed)(wanted)

    def _paid(self, wanted: Wanted) -> Solved | None:
        found = self._of_tier(wanted) or self._of_grade(self._candidates(wanted, "元"))
        if not _IN_ALL.search(folded(self._asked.text)):
            # What somebody gets by the month, and not what was paid to all in a year.
            paid = [o for o in found if o.quantity.period and o.score >= _ALMOST * found[0].score]
            found = _latest(paid, wanted) or found
        return self._shown(found[:1], self._payment(found[0])) if found else None

    def _of_tier(self, wanted: Wanted) -> list[Operand]:
        """The payment of the age group or grade that the question names, where a list gives one to each."""
        grade = grade_named(self._asked.text)
        if age_in(self._asked.text) is None and not grade:
            return []
        asked = self._asked if grade else wanted.question
        return self._tier_told(_for_no_time(asked, self._solver), grade)

    def _tier_told(self, asked: Question, grade: str = "") -> list[Operand]:
        """The one payment of the source that answers a question about an age or a grade; [] where there are several."""
        stated = self._solve(asked).draft.claims
        every = [source for claim in stated for source in claim.sources]
        sources = [source for source in every if grade in folded(self._solver.text_of(source))]
        if len(sources) != 1:
            return []
        source = sources[0]
        passage = source.passage
        text = self._solver.text_of(source)
        paid = [spot for spot in quantities_in(text) if spot.quantity.period and spot.quantity.unit == "元"]
        if len(paid) != 1 or passage.cells:
            return []
        start, end = source.start + paid[0].start, source.start + paid[0].end
        shown = text.rstrip(JOINING)
        return [Operand("", paid[0].quantity, source, start, end, shown, passage.years, 1.0)]

    def _of_grade(self, found: list[Operand]) -> list[Operand]:
        """Of operands those whose source names the grade that the question does, all where it names none."""
        grade = grade_named(self._asked.text)
        return [operand for operand in found if grade in folded(self._solver.text_of(operand.source))]

    def _changed(self, wanted: Wanted) -> Solved | None:
        pair = self._first_and_last(wanted) or self._two_states(wanted)
        if pair is None or (_TO_AIM.search(folded(self._asked.text)) and _is_reached(pair[0])):
            return self._present_and_target([wanted])
        if self._is_of_one_grade(pair):
            return None
        task = self._task
        if task.operation == "multiple":
            return self._shown(pair, ratios.multiple(*pair))
        return self._shown(pair, self._difference(*pair))

    def _is_of_one_grade(self, pair: tuple[Operand, Operand]) -> bool:
        """Whether the pair is that of one line of a list by grade (二类区:…) that answers as a whole."""
        claims = [claim for claim in self._solve(self._asked).draft.claims if claim.sources]
        lines = [claim.sources[0].passage.id for claim in claims if claim.text.startswith("- ")]
        return len(lines) > 1 and pair[0].source.passage.id in lines

    def _of_kinds(self, wanted: Wanted) -> Solved | None:
        """The kinds of a thing (城市低保对象, 农村低保对象) that one sentence gives instead of their total."""
        found = self._candidates(wanted, self._task.unit)
        for pair in CONTRASTS:
            if any(kind in wanted.own.text for kind in pair):
                continue
            of_kinds = [next((o for o in found if _is_of_kind(o, kind, self._solver)), None) for kind in pair]
            one, other = of_kinds
            if (
                one
                and other
                and one.start != other.start
                and one.source.passage.id == other.source.passage.id
                and self._are_of_one_thing((one, other), pair)
            ):
                is_stated = any(o.score > max(one.score, other.score) for o in found)
                operands = tuple(sorted((one, other), key=lambda o: o.start))
                return (
                    None
                    if is_stated
                    else self._shown(operands, calculation.total(operands, period="", months=0))
                )
        of_items = self._of_items(wanted)
        # What one may get at most is none of several together.
        is_sum = self._task.operation == "sum" and not of_items
        of_one_head = () if not is_sum else kinds_of_one_head(found, wanted.own.content, self._solver)
        if of_one_head:
            return self._shown(of_one_head, calculation.total(of_one_head, period="", months=0))
        return of_items

    def _of_items(self, wanted: Wanted) -> Solved | None:
        """What all items of a list make together (各类救助金, 四个工程的床位)."""
        text = folded(self._asked.text)
        if not asks_of_items(text):
            return None
        solved = self._solve(wanted.question)
        items = tuple(items_listed(text, wanted.own.content, self._task.unit, solved, self._solver))
        return self._shown(items, calculation.total(items, period="", months=0)) if items else None

    def _are_of_one_thing(self, operands: tuple[Operand, Operand], pair: tuple[str, str]) -> bool:
        """Whether two kinds are of the same, as 城市低保对象12人,农村8人 are: not 新建食堂7家 and 住房改造300户."""
        things = [
            re.sub(r"\d[\d.,]*万?[户人名位]?", "", _named_before(operand, self._solver).replace(kind, ""))
            for operand, kind in sorted(zip(operands, pair, strict=True), key=lambda one: one[0].start)
        ]
        is_named_alike = not things[1] or things[0][-2:] == things[1][-2:]
        return is_named_alike and same_family(*(operand.quantity.unit for operand in operands))

    def _both(self, wanted: Wanted) -> Solved | None:
        """What two payments make together; 甲和乙均为120元 gives one figure for each of them."""
        of_kinds = self._of_kinds(wanted)
        if of_kinds:
            return of_kinds
        for operand in self._candidates(wanted, "元"):
            text = self._solver.index.documents[operand.source.passage.document].text
            before = text[operand.source.start : operand.start]
            if operand.quantity.period and _OF_TWO.search(folded(before)):
                return self._shown((operand,), calculation.both(operand, period=self._task.period))
        return None

    def _payment(self, operand: Operand) -> Shown:
        if not operand.quantity.period:
            return Shown()
        task = self._task
        return calculation.payment(operand, period=task.period, months=task.months, people=task.people)

    def _two_states(self, wanted: Wanted) -> tuple[Operand, Operand] | None:
        """(later, earlier) of one thing: two dated cells of a row, or 从…提高到…."""
        months = tuple(date for date in wanted.dates if "月" in date)
        either = replace(wanted, dates=months, question=replace(wanted.question, years=(), aspect=""))
        solved = self._solve(either.question)
        later = candidates(either, solved, self._solver, unit=self._task.unit)
        if not later:
            return None
        best = later[0]
        for row in (o for o in later if o.source.passage.cells and o.score >= _NEARLY_BEST * best.score):
            dated = sorted((o for o in later if o.source == row.source and o.years), key=lambda o: o.years)
            if dated and dated[-1].years != dated[0].years and _within(wanted, dated):
                # 离目标还差多少: from what there is now, not from where the plan began.
                there_is = [o for o in dated[:-1] if not self._is_planned(o)] or dated[:1]
                return dated[-1], there_is[-1 if _STILL.search(folded(self._asked.text)) else 0]
        changed = _before_and_after(best, later)
        if changed:
            return changed
        earlier = candidates(replace(either, is_before=True), solved, self._solver, unit=self._task.unit)
        for value in (o for o in later if o.score >= _NEARLY_BEST * best.score and _within(wanted, [o])):
            same = (
                o
                for o in earlier
                if o.source.passage.id == value.source.passage.id
                and o.start != value.start
                and same_family(o.quantity.unit, value.quantity.unit)
            )
            likely = (o for o in same if o.score > value.score * 0.6)
            first = next((o for o in likely if _is_pair(o, value, self._solver)), None)
            if first:
                return value, first
        return None

    def _yearly(self, wanted: Wanted) -> Solved | None:
        """A total over several years by their number; None when the source gives it for one year."""
        for whole in self._candidates(wanted, self._task.unit):
            is_rate = whole.quantity.period or whole.quantity.unit in ("%", "倍")
            if is_rate or re.search(r"每年|年均|月", whole.shown):
                return None
            if self._task.counted == "月":
                is_of_one_year = len(whole.years) == 1
                return self._shown((whole,), quotients.monthly(whole)) if is_of_one_year else None
            if is_span(whole.years):
                return self._shown((whole,), quotients.yearly(whole))
        return None


def _before_and_after(best: Operand, found: list[Operand]) -> tuple[Operand, Operand] | None:
    """(later, earlier) of a row that gives both in columns of their own: 收费标准300元, 原标准380元."""
    cells = [o for o in found if o.source == best.source and o.source.passage.cells]
    former = [o for o in cells if FORMER.search(o.shown.rpartition("：")[2])]
    present = [o for o in cells if o not in former and o.quantity.unit == best.quantity.unit]
    if len(former) != 1 or len(present) != 1:
        return None
    column = re.sub(r"\d.*", "", former[0].shown.rpartition("：")[2])
    return present[0], replace(former[0], name=column)


def _for_no_time(asked: Question, solver: Solver) -> Question:
    """The question without the length of time for which a payment is asked (三类一年多少: 三类多少)."""
    text = LASTING.sub("", asked.text)
    return (
        asked
        if text == asked.text
        else replace(understand(text, solver.index.documents), documents=asked.documents)
    )


def _is_reached(operand: Operand) -> bool:
    """Whether a row tells what was reached (2010年, 2015年实际值), and so gives no aim."""
    return any(_REACHED.search(column) for column, _ in operand.source.passage.cells)


def _latest(paid: list[Operand], wanted: Wanted) -> list[Operand]:
    """Of the steps in which a sentence raises a payment the last, where none is dated by the question."""
    steps = [
        operand
        for operand in paid
        if operand.source == paid[0].source and operand.score >= paid[0].score - _AS_GOOD
    ]
    is_raised = len(steps) > 1 and _RAISED.search(steps[0].shown) is not None
    return [max(steps, key=lambda o: o.start)] if is_raised and not wanted.dates else paid


def _within(wanted: Wanted, dated: list[Operand]) -> bool:
    """Whether the row speaks of the time asked about, if any is."""
    years = set(wanted.question.years) | set(wanted.question.plan_years)
    return not years or bool(years & set(dated[-1].years))


def _is_of_kind(operand: Operand, kind: str, solver: Solver) -> bool:
    return kind in _named_before(operand, solver)


def _named_before(operand: Operand, solver: Solver) -> str:
    """The words right before a figure, since the last mark."""
    text = solver.index.documents[operand.source.passage.document].text
    return re.split("[,，、;；。]", text[max(0, operand.start - _KIND_BEFORE) : operand.start])[-1]


def _is_pair(first: Operand, second: Operand, solver: Solver) -> bool:
    """Whether two figures stand as 从A提高到B, or as B,较原标准A."""
    whole = folded(solver.index.documents[first.source.passage.document].text)
    if first.start > second.start:
        text = whole[second.end : first.start]
        return re.search(r"较|比|原|超额", text) is not None and len(text) < _APART
    text = whole[first.end : second.start]
    is_one_clause = (
        re.search(r"[,;。、](?!(?:再|又)?(?:提高|增加|上调|调整|增长|提升|上升|减少|降))", text) is None
    )
    return is_one_clause and re.search(r"[到至为]", text) is not None and len(text) < _BETWEEN
