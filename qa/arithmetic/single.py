"""Calculations on one thing: its figures stand together in one row or sentence."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation
from qa.arithmetic.calculation import Shown
from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.quantities import Spot, quantities_in, same_family
from qa.arithmetic.work import Work
from qa.claims import Source
from qa.solving import Solved, Solver
from vectorstore.folding import folded

# A row with both values is preferred to a sentence that fits somewhat better.
_NEARLY_BEST = 0.5


class SingleWork(Work):
    """A payment for another time, an average, a portion, a share of a whole, or how one thing changed."""

    def of_one(self, wanted: Wanted) -> Solved | None:
        """The calculation on one thing; None when its figures do not stand together."""
        operation = self._task.operation
        if operation == "payment":
            found = self._candidates(wanted, "元")
            return self._shown(found[:1], self._payment(found[0])) if found else None
        if operation == "average":
            return self._average(wanted)
        if operation == "portion":
            return self._portion(wanted)
        if operation == "share":
            return self._share_of_whole(wanted)
        pair = self._two_states(wanted)
        if pair is None:
            return None
        task = self._task
        return self._shown(
            pair,
            calculation.difference(*pair, period=task.period, amount=task.wants_amount, rate=task.wants_rate),
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
        first = next(
            (o for o in earlier if o.source.passage.id == best.source.passage.id and o.start < best.start),
            None,
        )
        if first is None or first.score <= best.score * 0.6 or not _is_pair(first, best, self._solver):
            return None
        return best, first

    def _average(self, wanted: Wanted) -> Solved | None:
        counted = self._task.counted
        unit = counted[0].replace("人", "") or "人"
        solved = self._solve(wanted.question)
        if any(
            re.search(r"人均|户均|平均|每[人户家个名位]", finding.text) for finding in solved.answerable[:1]
        ):
            return None
        totals = self._candidates(wanted, self._task.unit, solved)
        for whole in totals:
            if whole.quantity.unit == unit or not whole.quantity.unit:
                continue
            count = self._count_beside(whole, counted)
            if count is not None:
                return self._shown((whole, count), calculation.average(whole, count))
        return None

    def _count_beside(self, whole: Operand, counted: str) -> Operand | None:
        """The number of those among whom a total is shared, in the sentence that states the total."""
        text = self._solver.index.documents[whole.source.passage.document].text
        start = max(text.rfind(mark, 0, whole.start) for mark in "。;\n；") + 1
        stop = min((p for mark in "。;\n；" if (p := text.find(mark, whole.end)) >= 0), default=len(text))
        passage = whole.source.passage
        start, stop = max(start, passage.start), min(stop, passage.end)
        noun = counted[1:]

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
            if same_family(spot.quantity.unit, counted[0]):
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
            if before and re.search(r"占|其中", text[start + before[-1].end : percentage.start]):
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
    """Whether two figures stand as 从A提高到B."""
    text = folded(solver.index.documents[first.source.passage.document].text[first.end : second.start])
    return re.search(r"[到至为]", text) is not None and len(text) < 15
