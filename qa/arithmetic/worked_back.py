"""What a figure was before it changed: of 结婚登记2874对,…比上年减少318对 (or 同比下降18.4%) how many they were in 2021."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation, ratios
from qa.arithmetic.cells import quantity_in
from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.phrases import wanted_for
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.dating import is_of_year_before
from qa.evidence.extractive import ANSWERABLE
from qa.evidence.findings import Finding
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.changed import PERCENT, POINTS, TOLD_FORMER, Change, changed_figures, changes_in
from qa.figures.quantities import Spot, quantities_in, same_family
from qa.figures.spots import Near, spots_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in

_MONTHS = re.compile(
    r"\d{1,2}月?(?:份)?(?:[至到—-]+\d{1,2}月(?:份)?)?(?<=[月份])的?|(?:第?[一二三四]季度|[上下]半年)的?"
)
_LAST_YEAR = re.compile("(?:去年|上一?年)(?:度)?(?:同期)?的?")
_AT_OUTSET = re.compile("年初")
_TIME = re.compile(rf"{YEAR}年(?:度|[末底初])?的?")
_ASKS_RATE = re.compile("率|占比|比[例重]|占|百分")
_SOME_MONTHS = re.compile("(?<!截至)(?<!\\d)\\d{1,2}月(?![底末])|季度|[上下]半年")
# What share of the question the words at a figure must say for it to be the one that is asked about.
_OWN, _BESIDE = 0.75, 0.9
_SURE, _FINDINGS = 0.5, 8


def worked_back(asked: Question, solver: Solver) -> Solved | None:
    """What something was at a former time, out of what it is and by how much it changed since; None where nothing tells."""
    is_plain = asked.asks == "number" and not (asked.is_english or asked.confirms)
    if not is_plain or len(asked.regions) > 1 or len(asked.years) > 1:
        return None
    if not (asked.years or is_of_year_before(asked) or _AT_OUTSET.search(asked.text)):
        return None
    return _Back(asked, Task("portion", (asked.text,), unit=asked.unit), solver).solved()


class _Back(Work):
    """A figure of a former time in the making."""

    @property
    def _unit(self) -> str:
        unit = self._task.unit
        return "元" if unit.endswith("元") else unit

    def solved(self) -> Solved | None:
        """From the first sentence that tells what the thing is, or by how much it changed."""
        year = self._asked.years[0] if self._asked.years else 0
        ordinary = self._solve(self._asked).answerable[:1]
        if year and ordinary and self._is_told(ordinary[0], year):
            return None
        found = [
            f for question in self._now(year) for f in self._solve(question).findings if not f.passage.cells
        ]
        likely = [f for f in found if f.coverage >= ANSWERABLE][:_FINDINGS]
        worked = (
            self._from(finding, year)
            for finding in dict.fromkeys((*likely, *ordinary))
            if not finding.passage.cells
        )
        return next((solved for solved in worked if solved), None)

    def _now(self, year: int) -> list[Question]:
        """The question about the time after, and about no time."""
        text = _AT_OUTSET.sub("", _LAST_YEAR.sub("", self._asked.text))
        timeless = _TIME.sub("", text)
        questions = [
            replace(
                self._asked,
                text=text.replace(f"{year}年", f"{year + 1}年"),
                years=(year + 1,) if year else (),
                aspect="",
            )
        ]
        now = understand(timeless, self._solver.index.documents)
        return [*questions, replace(now, documents=self._asked.documents or now.documents)]

    def _is_told(self, finding: Finding, year: int) -> bool:
        """Whether a row or a sentence gives the very thing for that very year."""
        passage = finding.passage
        if not passage.cells:
            steps = {change.spot.start for change in changes_in(folded(finding.text))}
            own = (near for near in spots_of(finding.text) if near.spot.start not in steps)
            is_now = finding.years == (year,) and not _AT_OUTSET.search(self._asked.text)
            return is_now and any(self._is_asked(near, finding.text) for near in own)
        if year not in finding.years:
            return False
        terms = self._terms()
        row = passage.cells[0][1]
        return any(
            coverage(terms, plain(f"{row}{column}{passage.caption}")) >= _OWN
            and (quantity := quantity_in(passage, column, value)) is not None
            and (not self._unit or same_family(quantity.unit, self._unit))
            for column, value in passage.cells
        )

    def _from(self, finding: Finding, year: int) -> Solved | None:
        sentence, start = self.sentence(finding)
        near = spots_of(sentence)
        told = self._told_former(finding, sentence, start, year)
        if told:
            return told
        changes = [
            change for change in changes_in(sentence) if self._is_since(change, year, finding, sentence)
        ]
        # What it changed by is exact, by what share is rounded.
        for change in sorted(changes, key=lambda change: change.spot.quantity.unit == PERCENT):
            heads = changed_figures(sentence, near, change)
            for head in heads:
                if self._is_asked(head, sentence, change.since):
                    now, by = (
                        self._operand(finding, start, spot, change, head.spot)
                        for spot in (head.spot, change.spot)
                    )
                    return self._shown((now, by), _before(now, by, is_more=change.is_more))
            if not heads and change.named:
                worked = self._told_elsewhere(finding, start, change)
                if worked:
                    return worked
        return None

    def _told_former(self, finding: Finding, sentence: str, start: int, year: int) -> Solved | None:
        """Of 结婚登记936对,比上年同期的1041对下降10.1% the sentence that tells what they were."""
        spots = {spot.start: spot for spot in quantities_in(sentence)}
        for match in TOLD_FORMER.finditer(sentence):
            spot = spots.get(match.end())
            if spot is None:
                continue
            since = Change(
                "", match["year"] or "", bool(match["outset"]), True, match.start(), spot, match[0]
            )
            before = [near for near in spots_of(sentence) if near.spot.end <= match.start()]
            heads = [n for n in before if same_family(n.spot.quantity.unit, spot.quantity.unit)][-1:]
            if (
                heads
                and self._is_since(since, year, finding, sentence)
                and self._is_asked(heads[0], sentence, match[0])
            ):
                return self._drafted((self._operand(finding, start, spot, since, heads[0].spot),), ())
        return None

    def _is_since(self, change: Change, year: int, finding: Finding, sentence: str) -> bool:
        """Whether a change is told since the time that is asked about."""
        if change.year:
            return change.year == str(year)
        if _SOME_MONTHS.search(sentence) and not _SOME_MONTHS.search(folded(self._asked.text)):
            # Of 1月至4月 nothing follows for a whole year.
            return False
        if _AT_OUTSET.search(self._asked.text) or change.outset:
            return change.outset and bool(_AT_OUTSET.search(self._asked.text))
        return not year or year + 1 in (finding.years or years_in(sentence))

    def _is_asked(self, head: Near, sentence: str, since: str = "") -> bool:
        """Whether the figure is called what the question asks about, and counts what it asks for."""
        unit = head.spot.quantity.unit
        if bool(_ASKS_RATE.search(self._asked.text)) != (unit == PERCENT):
            return False
        if self._unit and self._unit != PERCENT and not same_family(unit, self._unit):
            return False
        # Of 老年人口48.3万人,占户籍人口的16.4% both clauses say of what it is a share.
        marks = "[;。:]" if unit == PERCENT else "[,;。:、]"
        clause = re.split(marks, sentence[: head.spot.start])[-1]
        around = [(plain(words), _BESIDE) for words in (clause, head.behind, head.lead, since)]
        return coverage(self._terms(), plain(head.before), around) >= _OWN

    def _told_elsewhere(self, finding: Finding, start: int, change: Change) -> Solved | None:
        """Of 与2020年相比,城市低保对象减少213人 what they are in the sentence that counts them."""
        if coverage(self._terms(), plain(change.named)) < _OWN:
            return None
        unit = change.spot.quantity.unit
        if unit in (POINTS, PERCENT):
            return None
        # The sentence itself names the former year.
        year = self._asked.years[0] + 1 if self._asked.years else 0
        for time in (f"{year}年", "") if year else ("",):
            now = replace(self._asked, years=(year,) if time else (), aspect="")
            wanted = wanted_for((f"{time}{change.named}",), now, unit, self._solver.index.documents)[0]
            for operand in self._candidates(wanted, unit):
                passage = operand.source.passage
                is_of_paper = passage.document == finding.passage.document and not passage.cells
                text = self._solver.index.documents[passage.document].text
                is_called = change.named in re.split("[,，;；。\n]", text[: operand.start])[-1]
                is_change = start <= operand.start < start + change.spot.end
                if is_of_paper and is_called and not is_change and operand.score >= _SURE:
                    by = self._operand(finding, start, change.spot, change, change.spot)
                    return self._shown((operand, by), _before(operand, by, is_more=change.is_more))
        return None

    def _terms(self) -> list[Term]:
        text = _AT_OUTSET.sub("", _LAST_YEAR.sub("", _MONTHS.sub("", _TIME.sub("", self._asked.text))))
        return self._solver.vocabulary.terms_of(understand(text, self._solver.index.documents))

    def _operand(self, finding: Finding, start: int, spot: Spot, change: Change, head: Spot) -> Operand:
        text = self._solver.index.documents[finding.passage.document].text
        sentence, _ = self.sentence(finding)
        source = clauses_around(
            finding.passage,
            text,
            (start, start + len(sentence)),
            start + head.start,
            start + change.spot.end,
        )
        shown = text[source.start : source.end]
        return Operand(
            "", spot.quantity, source, start + spot.start, start + spot.end, shown, finding.years, 1.0
        )


def _before(now: Operand, by: Operand, *, is_more: bool) -> calculation.Shown:
    """What it was before, by the unit of the change."""
    if by.quantity.unit == PERCENT:
        return ratios.before(now, by, is_more=is_more)
    return calculation.before(now, by, is_more=is_more)
