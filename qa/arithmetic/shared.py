"""Calculations on a total and on those among whom it is shared: averages, and so many times a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic import calculation, quotients
from qa.arithmetic.cells import cell_shown, quantity_in
from qa.arithmetic.counts_beside import NOT_THEM, Beside
from qa.arithmetic.counts_of_kinds import counts_of_kinds
from qa.arithmetic.one_head import kinds_of_one_head
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.portions import PortionWork
from qa.evidence.claims import Source
from qa.evidence.solving import Solved
from qa.figures.quantities import quantities_in, same_family
from vectorstore.folding import folded

# What a rate is paid for (户均, 每个项目), and how far before its figure that stands.
_EACH = re.compile(
    r"(?:平均)?每一?([个家张名户人所处次条项对位件座站镇村]|床|户|村|社区)(?![年月])|([人户村])均"
)
# 给11个镇各预拨备用金10万元
_OF_EACH = re.compile(
    r"\d[\d,]*(?P<unit>[个家名位所户张])[\u4e00-\u9fff]{0,10}?(?:各|分别)[\u4e00-\u9fff]{1,12}$"
)
_NEAR = 12
_STATED_AVERAGE = re.compile(r"(?:人均|户均|平均)[^,。;，；]{0,12}\d")
# What each age gets by the month is no average.
_BY_AGE = re.compile(r"\d+(?:[-—–~至到]\d+)?周?岁[^,。;、]{0,30}")
# 备用金由每个乡镇2万元增加到5万元: what each gets is no total.
_RATE_BEFORE = re.compile(
    "每[个家人名户]?[\u4e00-\u9fff]{0,6}(?:\\d[\\d.]*[万亿]?元(?:提高|增加|上调|提升|调整)[到至为])?$"
)
# From this score on a total is the one that is asked about, even if nothing counts among whom it is shared.
_SURE = 0.85
# 多少志愿者 at the end.
_PEOPLE_LAST = re.compile("(?:多少|几)[个名位]?(?P<who>志愿者|护理员|社工|老人|儿童|群众)$")
_UNITS = "张名户人次条项对位件"
_COUNTED = {"人": "人数", "户": "户数", "人次": "人次"}


class SharedWork(PortionWork):
    """A total shared among a number, and a number times a rate."""

    def _average(self, wanted: Wanted) -> Solved | None:
        counted = self._task.counted
        unit = _unit_of(counted)
        solved = self._solve(wanted.question)
        if any(_states_average(finding.text, unit) for finding in solved.answerable[:1]):
            return None
        totals = self._candidates(
            _without(_thing_of(counted), wanted), self._task.unit, solved
        ) or self._candidates(wanted, self._task.unit, solved)
        totals = [
            whole
            for whole in totals
            if whole.quantity.unit not in ("", unit, "%") and not _RATE_BEFORE.search(self._called(whole))
        ]
        people = _PEOPLE_LAST.search(folded(self._asked.text))
        if people:
            # 平均每场多少志愿者: of 9800人次 and 3.5万余人 those who are called so.
            every = self._candidates(wanted, "", solved)
            totals = [whole for whole in every if people["who"][:2] in self._called(whole)] or totals
        of_one_head = kinds_of_one_head(totals, _noun_of(wanted, counted), self._solver)
        if of_one_head and self._has_each_its_count(of_one_head, unit):
            of_one_head = ()
        for whole in totals:
            count = self._count_beside(whole, counted)
            if count is not None and of_one_head and count.start not in {one.start for one in of_one_head}:
                return self._shown((*of_one_head, count), quotients.average_of_sum(of_one_head, count))
            counts = (
                counts_of_kinds(whole, count, self._asked.text, self._solver) if count is not None else ()
            )
            if len(counts) > 1:
                return self._shown((whole, *counts), quotients.average_among(whole, counts))
            if count is not None:
                return self._shown((whole, count), quotients.average(whole, count))
        if totals and not totals[0].quantity.period and totals[0].score >= _SURE:
            return self._drafted(
                totals[:1],
                (),
                (f"{_thing_of(counted) or _COUNTED.get(unit, unit)}",),
            )
        return None

    def _has_each_its_count(self, totals: Sequence[Operand], unit: str) -> bool:
        """Whether between two totals stands a count like the one asked for: 5268位…439.99万元,19位…7.9万元."""
        text = self._solver.index.documents[totals[0].source.passage.document].text
        between = quantities_in(text[totals[0].end : totals[-1].start])
        return any(same_family(spot.quantity.unit, unit) for spot in between)

    def _called(self, whole: Operand) -> str:
        """The words before a figure in its own clause."""
        text = self._solver.index.documents[whole.source.passage.document].text
        return re.split("[,，、;；。]", text[whole.source.passage.start : whole.start])[-1]

    def _count_beside(self, whole: Operand, counted: str) -> Operand | None:
        """The number of those among whom a total is shared, in the sentence that states the total."""
        text = self._solver.index.documents[whole.source.passage.document].text
        start = max(text.rfind(mark, 0, whole.start) for mark in "。;\n；") + 1
        stop = min((p for mark in "。;\n；" if (p := text.find(mark, whole.end)) >= 0), default=len(text))
        passage = whole.source.passage
        start, stop = max(start, passage.start), min(stop, passage.end)
        unit = _unit_of(counted)
        noun = _thing_of(counted)
        if passage.cells:
            return self._cell_beside(whole, unit, noun)

        counts = Beside(text, start, stop, whole, unit, noun, folded(self._asked.text))
        spot = counts.best()
        if spot is None:
            return None
        first, last = min(whole.source.start, start + spot.start), max(whole.source.end, start + spot.end)
        return replace(
            whole,
            name=noun,
            quantity=spot.quantity,
            start=start + spot.start,
            end=start + spot.end,
            source=Source(passage, first, last),
            shown=text[first:last],
        )

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
            return self._told_in_words(whole, unit, noun)
        column, quantity = named[0]
        return replace(whole, name=noun, quantity=quantity, shown=cell_shown(passage, column, quantity))

    def _told_in_words(self, whole: Operand, unit: str, noun: str) -> Operand | None:
        """The number in a cell of the row that tells of them in words (实施结果:资助22人), where just one does."""
        passage = whole.source.passage
        told = [
            (f"{column}{value}", spot.quantity)
            for column, value in passage.cells[1:]
            for spot in quantities_in(value)
            if spot.quantity.unit == unit and noun in value
        ]
        if len(told) != 1:
            return None
        shown, quantity = told[0]
        return replace(whole, name=noun, quantity=quantity, shown=f"{passage.cells[0][1]}：{shown}")

    def _product(self, wanted: Wanted) -> Solved | None:
        """So many, as the sentence says, at so much each (1200户,户均补助3500元)."""
        for rate in self._candidates(wanted, ""):
            text = self._solver.index.documents[rate.source.passage.document].text
            start = max(text.rfind("。", 0, rate.start) + 1, rate.source.passage.start)
            of_each = _OF_EACH.search(folded(text[start : rate.start]))
            if of_each and of_each["unit"] and rate.quantity.unit == "元":
                return self._times(start, start + of_each.start(), rate)
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
                if not NOT_THEM.search(folded(text[start : start + spot.start]))
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

    def _times(self, start: int, first: int, rate: Operand) -> Solved | None:
        """The number that begins at text[first], times what each of them gets."""
        text = self._solver.index.documents[rate.source.passage.document].text
        count = next((s for s in quantities_in(text[start : rate.start]) if start + s.start == first), None)
        if count is None:
            return None
        source = Source(rate.source.passage, min(first, rate.source.start), rate.source.end)
        shown = replace(rate, source=source, shown=text[source.start : source.end])
        counted = replace(shown, quantity=count.quantity, start=first, end=start + count.end)
        return self._shown((counted, shown), calculation.product(counted, shown))


def _states_average(text: str, unit: str) -> bool:
    """Whether a sentence gives what is paid for one in that unit, but for what each age gets."""
    said = _BY_AGE.sub("", folded(text))
    return bool(_STATED_AVERAGE.search(said) or re.search(rf"每一?{unit}[^,。;]{{0,12}}\d", said))


def _unit_of(counted: str) -> str:
    """The unit of those among whom something is shared, at the head of what they are called."""
    if counted.startswith(("平方米", "平米")):
        return "平方米"
    return "人次" if counted.startswith("人次") else counted[0]


def _thing_of(counted: str) -> str:
    """What is counted, without the measure word before it."""
    return counted.removeprefix("平米").removeprefix(_unit_of(counted))


def _noun_of(wanted: Wanted, counted: str) -> list[str]:
    """What is shared, without those among whom it is (隐患 of 养老机构查出隐患)."""
    noun = _thing_of(counted)
    return [rest for piece in wanted.own.content if (rest := piece.replace(noun, "") if noun else piece)]


def _without(noun: str, wanted: Wanted) -> Wanted:
    """The total alone: of 养老机构床位 shared among 养老机构 the 床位."""
    content = tuple(
        rest for piece in wanted.own.content if (rest := piece.replace(noun, "") if noun else piece)
    )
    return replace(wanted, own=replace(wanted.own, content=content)) if content else wanted
