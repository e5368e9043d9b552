"""Calculations on a total and on those among whom it is shared: averages, and so many times a rate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic import calculation, quotients
from qa.arithmetic.cells import cell_shown, quantity_in
from qa.arithmetic.counts_of_kinds import counts_of_kinds
from qa.arithmetic.one_head import kinds_of_one_head
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.portions import PortionWork
from qa.evidence.claims import Source
from qa.evidence.solving import Solved
from qa.figures.quantities import Spot, quantities_in, same_family
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
# Those who get nothing any more are none of those who share.
_TAKEN_OFF = re.compile("核减|减少|清退|退出|注销|取消|停发")
# Of people to whom something else was done than to pay them: 补助8223万元,岗位安置435人.
_SOMETHING_ELSE = re.compile("安置|培训|轮训|推荐|招聘|招录|评定|接收|就业|选派|表彰")
_STATED_AVERAGE = re.compile(r"(?:人均|户均|平均|每[人户家个名位])[^,。;，；]{0,12}\d")
# From this score on a total is the one that is asked about, even if nothing counts among whom it is shared.
_SURE = 0.85
# 多少志愿者 at the end.
_PEOPLE_LAST = re.compile("(?:多少|几)[个名位]?(?P<who>志愿者|护理员|社工|老人|儿童|群众)$")
# Who is counted each time: so told, where nobody is counted once.
_AS_WELL = (("人次", "次"), ("人次", "人"))
_UNITS = "张名户人次条项对位件"
_COUNTED = {"人": "人数", "户": "户数", "人次": "人次"}


class SharedWork(PortionWork):
    """A total shared among a number, and a number times a rate."""

    def _average(self, wanted: Wanted) -> Solved | None:
        counted = self._task.counted
        unit = _unit_of(counted)
        solved = self._solve(wanted.question)
        if any(_STATED_AVERAGE.search(finding.text) for finding in solved.answerable[:1]):
            return None
        totals = self._candidates(
            _without(_thing_of(counted), wanted), self._task.unit, solved
        ) or self._candidates(wanted, self._task.unit, solved)
        totals = [whole for whole in totals if whole.quantity.unit not in ("", unit, "%")]
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

        def is_of_another_deed(spot: Spot) -> bool:
            """A count behind the total, of whom its own clause tells something that the question does not ask."""
            clause = re.split("[,，;；。]", text[whole.end : start + spot.start])[-1]
            deed = _SOMETHING_ELSE.search(clause) if start + spot.start > whole.end else None
            return deed is not None and deed[0] not in self._asked.text

        def distance(spot: Spot) -> int:
            """养老机构45家 and 45家养老机构 say the whole noun; 12家,养老床位 only its beginning."""
            before = text[max(start, start + spot.start - len(noun) - 4) : start + spot.start]
            behind = text[start + spot.end : start + spot.end + len(noun) + 4]
            clause = re.split("[,，;；。]", text[start : start + spot.start])[-1]
            if _TAKEN_OFF.search(clause):
                return 3
            if noun and (noun in before or behind.startswith(noun)):
                return 0
            return 1 if noun[:2] in behind[:8] else 2

        def rank(spot: Spot) -> tuple[int, bool, bool, int]:
            """Of several that count the same no part behind 其中, one of the total's own clause, the nearest to it."""
            is_part = "其中" in text[start : start + spot.start]
            first, last = sorted((start + spot.start, whole.start))
            is_apart = re.search("[,，、]", text[first:last]) is not None
            is_each_time = (spot.quantity.unit, unit) == _AS_WELL[1]
            return distance(spot) + 4 * is_each_time, is_part, is_apart, last - first

        spots = sorted(quantities_in(text[start:stop]), key=rank)
        for spot in spots:
            if start + spot.start == whole.start or is_of_another_deed(spot):
                continue
            if spot.quantity.unit == whole.quantity.unit != unit:
                # Of 215处 and 148处 neither is among how many they are shared.
                continue
            if same_family(spot.quantity.unit, unit) or (spot.quantity.unit, unit) in _AS_WELL:
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
