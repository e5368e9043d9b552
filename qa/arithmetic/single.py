"""Calculations on one thing: its figures stand together in one row or sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation
from qa.arithmetic.calculation import Shown
from qa.arithmetic.cells import cell_shown, quantity_in
from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.quantities import Spot, quantities_in, same_family
from qa.arithmetic.work import Work
from qa.claims import Source
from qa.solving import Solved, Solver
from vectorstore.folding import folded
from vectorstore.numerals import is_span

# A row with both values is preferred to a sentence that fits somewhat better.
_NEARLY_BEST = 0.5
# What a rate is paid for (户均, 每个项目), and how far before its figure that stands.
_EACH = re.compile(
    r"(?:平均)?每一?([个家张名户人所处次条项对位件座站镇村]|床|户|村|社区)(?![年月])|([人户村])均"
)
_NEAR = 12
# From this score on a total is the one that is asked about, even if nothing counts among whom it is shared.
_SURE = 0.85
# How far apart a value and the one before it stand when the later one is said first.
_APART = 24
_UNITS = "张名户人次条项对位件"
_COUNTED = {"人": "人数", "户": "户数", "人次": "人次"}


class SingleWork(Work):
    """A payment for another time, an average, a portion, a share of a whole, or how one thing changed."""

    def of_one(self, wanted: Wanted) -> Solved | None:
        """The calculation on one thing; None when its figures do not stand together."""
        ways = {
            "payment": self._paid,
            "average": self._yearly if self._task.counted == "年" else self._average,
            "product": self._product,
            "portion": self._portion,
            "share": self._share_of_whole,
        }
        return ways.get(self._task.operation, self._changed)(wanted)

    def _paid(self, wanted: Wanted) -> Solved | None:
        found = self._candidates(wanted, "元")
        return self._shown(found[:1], self._payment(found[0])) if found else None

    def _changed(self, wanted: Wanted) -> Solved | None:
        pair = self._two_states(wanted)
        if pair is None:
            return None
        task = self._task
        return self._shown(
            pair,
            calculation.difference(
                *pair,
                period=task.period,
                amount=task.wants_amount,
                rate=task.wants_rate,
                yearly=task.also_yearly,
            ),
        )

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
                return dated[-1], dated[0]
        earlier = candidates(replace(either, is_before=True), solved, self._solver, unit=self._task.unit)
        for value in (o for o in later if o.score >= _NEARLY_BEST * best.score and _within(wanted, [o])):
            same = (
                o
                for o in earlier
                if o.source.passage.id == value.source.passage.id and o.start != value.start
            )
            first = next(same, None)
            if first and first.score > value.score * 0.6 and _is_pair(first, value, self._solver):
                return value, first
        return None

    def _yearly(self, wanted: Wanted) -> Solved | None:
        """A total over several years by their number; None when the source gives it for one year."""
        for whole in self._candidates(wanted, self._task.unit):
            is_rate = whole.quantity.period or whole.quantity.unit in ("%", "倍")
            if is_rate or re.search(r"每年|年均|月", whole.shown):
                return None
            if is_span(whole.years):
                return self._shown((whole,), calculation.yearly(whole))
        return None

    def _product(self, wanted: Wanted) -> Solved | None:
        """So many, as the sentence says, at so much each (1200户,户均补助3500元)."""
        for rate in self._candidates(wanted, ""):
            text = self._solver.index.documents[rate.source.passage.document].text
            start = max(text.rfind("。", 0, rate.start) + 1, rate.source.passage.start)
            each = list(_EACH.finditer(folded(text[start : rate.start])))
            if (
                not each
                or rate.quantity.unit == "%"
                or len(text[start + each[-1].end() : rate.start]) > _NEAR
            ):
                continue
            unit = next(group for group in each[-1].groups() if group)
            counts = [
                spot
                for spot in quantities_in(text[start : rate.start])
                if same_family(spot.quantity.unit, unit)
                or (spot.quantity.unit == "个" and unit not in _UNITS)
            ]
            if counts:
                first = start + counts[-1].start
                source = Source(rate.source.passage, min(first, rate.source.start), rate.source.end)
                shown = replace(rate, source=source, shown=text[source.start : source.end])
                count = replace(shown, quantity=counts[-1].quantity, start=first, end=start + counts[-1].end)
                return self._shown((count, shown), calculation.product(count, shown))
        return None

    def _average(self, wanted: Wanted) -> Solved | None:
        counted = self._task.counted
        unit = "人次" if counted.startswith("人次") else counted[0]
        solved = self._solve(wanted.question)
        if any(
            re.search(r"人均|户均|平均|每[人户家个名位]", finding.text) for finding in solved.answerable[:1]
        ):
            return None
        totals = self._candidates(wanted, self._task.unit, solved)
        totals = [whole for whole in totals if whole.quantity.unit not in ("", unit, "%")]
        for whole in totals:
            count = self._count_beside(whole, counted)
            if count is not None:
                return self._shown((whole, count), calculation.average(whole, count))
        if totals and not totals[0].quantity.period and totals[0].score >= _SURE:
            return self._drafted(
                totals[:1], (), (f"{counted.removeprefix(unit) or _COUNTED.get(unit, unit)}",)
            )
        return None

    def _count_beside(self, whole: Operand, counted: str) -> Operand | None:
        """The number of those among whom a total is shared, in the sentence that states the total."""
        text = self._solver.index.documents[whole.source.passage.document].text
        start = max(text.rfind(mark, 0, whole.start) for mark in "。;\n；") + 1
        stop = min((p for mark in "。;\n；" if (p := text.find(mark, whole.end)) >= 0), default=len(text))
        passage = whole.source.passage
        start, stop = max(start, passage.start), min(stop, passage.end)
        unit = "人次" if counted.startswith("人次") else counted[0]
        noun = counted.removeprefix(unit)
        if passage.cells:
            return self._cell_beside(whole, unit, noun)

        def distance(spot: Spot) -> int:
            """养老机构45家 and 45家养老机构 say the whole noun; 12家,养老床位 only its beginning."""
            before = text[max(start, start + spot.start - len(noun) - 4) : start + spot.start]
            behind = text[start + spot.end : start + spot.end + len(noun) + 4]
            if noun and (noun in before or behind.startswith(noun)):
                return 0
            return 1 if noun[:2] in behind[:8] else 2

        for spot in sorted(quantities_in(text[start:stop]), key=distance):
            if start + spot.start == whole.start:
                continue
            if same_family(spot.quantity.unit, unit):
                first, last = (
                    min(whole.source.start, start + spot.start),
                    max(whole.source.end, start + spot.end),
                )
                return replace(
                    whole,
                    name=noun,
                    quantity=spot.quantity,
                    start=start + spot.start,
                    end=start + spot.end,
                    source=Source(passage, first, last),
                    shown=text[first:last],
                )
        return None

    def _cell_beside(self, whole: Operand, unit: str, noun: str) -> Operand | None:
        """The cell of the same row that counts them."""
        passage = whole.source.passage
        counts = [
            (column, quantity)
            for column, value in passage.cells[1:]
            if (quantity := quantity_in(passage, column, value)) and same_family(quantity.unit, unit)
        ]
        named = [pair for pair in counts if noun[:2] in pair[0]] if noun else counts
        if not named:
            return None
        column, quantity = named[0]
        return replace(whole, name=noun, quantity=quantity, shown=cell_shown(passage, column, quantity))

    def _portion(self, wanted: Wanted) -> Solved | None:
        solved = self._solve(wanted.question)
        shares = self._candidates(wanted, "%", solved)
        for percentage in shares:
            text = self._solver.index.documents[percentage.source.passage.document].text
            start = text.rfind("。", 0, percentage.start) + 1
            passage = percentage.source.passage
            start = max(start, passage.start)
            before = [
                s for s in quantities_in(text[start : percentage.start]) if s.quantity.unit == self._task.unit
            ]
            if before and re.search(
                r"占|其中|承担|负担|分担", text[start + before[-1].end : percentage.end + 1]
            ):
                spot = before[-1]
                first, last = start + spot.start, percentage.source.end
                shown = text[min(first, percentage.source.start) : last]
                source = Source(passage, min(first, percentage.source.start), last)
                whole = replace(
                    percentage,
                    quantity=spot.quantity,
                    start=first,
                    end=start + spot.end,
                    source=source,
                    shown=shown,
                )
                return self._shown((whole,), calculation.portion(whole, percentage), also=(percentage,))
        return None

    def _share_of_whole(self, wanted: Wanted) -> Solved | None:
        """总数…(其中…): the part's own sentence states the whole."""
        for part in self._candidates(wanted, ""):
            text = self._solver.index.documents[part.source.passage.document].text
            start = max(text.rfind("。", 0, part.start) + 1, part.source.passage.start)
            for spot in reversed(quantities_in(text[start : part.start])):
                first = start + spot.start
                if spot.quantity.unit == part.quantity.unit and "其中" in text[first : part.start]:
                    first = min(first, part.source.start)
                    source = Source(part.source.passage, first, part.source.end)
                    shown = text[first : part.source.end]
                    shared = replace(part, source=source, shown=shown)
                    whole = replace(shared, quantity=spot.quantity, start=start + spot.start)
                    return self._shown((shared, whole), calculation.share(shared, whole))
        return None


def _within(wanted: Wanted, dated: list[Operand]) -> bool:
    """Whether the row speaks of the time asked about, if any is."""
    years = set(wanted.question.years) | set(wanted.question.plan_years)
    return not years or bool(years & set(dated[-1].years))


def _is_pair(first: Operand, second: Operand, solver: Solver) -> bool:
    """Whether two figures stand as 从A提高到B, or as B,较原标准A."""
    whole = folded(solver.index.documents[first.source.passage.document].text)
    if first.start > second.start:
        text = whole[second.end : first.start]
        return re.search(r"较|比|原|超额", text) is not None and len(text) < _APART
    text = whole[first.end : second.start]
    return re.search(r"[到至为]", text) is not None and len(text) < 15
