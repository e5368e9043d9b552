"""Figures that a paper implies rather than states: so many percent of a number, and last year's out of this year's."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation, ratios
from qa.arithmetic.calculation import Shown
from qa.arithmetic.fitting import is_of_another_base
from qa.arithmetic.operand import Operand
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.dating import is_of_year_before
from qa.evidence.extractive import ANSWERABLE
from qa.evidence.findings import Finding
from qa.evidence.projects import is_of_a_project
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import JOINING
from qa.figures.quantities import Spot, quantities_in, same_family
from qa.figures.spots import Near, spots_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

# What share of the question the words at a figure must say for it to be the one that is asked about.
_OWN = 0.75
# Where the sentence is the one that answers for this year, less is enough.
_SAME_THING = 0.45
_SHARE = re.compile("占比|比例|比重")
_MORE = "增加|增长|提高|上升|新增|净增|多"
_LAST_YEAR = re.compile("(?:去年|上年|上一年)(?:同期)?的?")
# 比上年同期减少18对; 与去年同期相比,结婚登记减少162对,离婚登记增加27对.
_SINCE_LAST = re.compile(
    rf"(?:(?<=[,;])(?![比较与和同])|[比较与和同](?:上年|去年|上一年)(?:同期|度)?(?:相比)?,?)(?P<of>[^,;。\d]{{0,8}}?)(?P<verb>{_MORE}|减少|下降|降低|少)了?(?=\d)"
)
_PART = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,12}?)的?(?:占比|比[例重]|占(?:总|全部)?[\u4e00-\u9fff]{0,8})[^\d]{0,6}$"
)

# 社区基础设施达标率达到90%: what is so, of those that are counted before.
_RATE = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,12}?)(?P<deed>达标|合格|覆盖|建成|完成|整改|入住|参保|登记|办结)率[^\d]{0,4}$"
)
_UNDONE = "[没未不]有?"


def implied(asked: Question, solver: Solver) -> Solved | None:
    """A figure worked out from the one sentence that implies it; None when it is stated, or nothing implies it."""
    is_plain = asked.asks == "number" and not (asked.is_english or asked.confirms)
    if not is_plain or len(asked.regions) > 1 or len(asked.years) > 1:
        return None
    work = _Implied(asked, Task("portion", (asked.text,), unit=asked.unit), solver)
    return work.of_year_before() or (None if _SHARE.search(asked.text) else work.percentage_of())


class _Implied(Work):
    """One figure that is worked out from one sentence."""

    def of_year_before(self) -> Solved | None:
        """Of 2024年1.86亿元,比2023年增加1400万元 what it was in 2023."""
        if not self._asked.years and is_of_year_before(self._asked):
            return self._of_same_time_before()
        if len(self._asked.years) != 1:
            return None
        year = self._asked.years[0]
        ordinary = self._solve(self._asked).answerable[:1]
        if ordinary and ordinary[0].passage.cells:
            return None
        text = self._asked.text.replace(f"{year}年", f"{year + 1}年")
        later = replace(self._asked, text=text, years=(year + 1,), aspect="")
        since = re.compile(
            rf"[比较](?:{year}年|上一?年|去年|前一年)(?:末|底|同期|度)*(?P<of>[^,;。\d]{{0,8}}?)(?:时)?(?P<verb>{_MORE}|减少|下降|降低|少)(?:了|出)?(?=\d)"
        )
        for finding in dict.fromkeys((*self._solve(later).answerable[:3], *ordinary)):
            match = since.search(folded(finding.text))
            if match is None or finding.passage.cells:
                continue
            is_since_that_year = str(year) in match[0] or year + 1 in finding.years
            if not is_since_that_year:
                # 2023年73人,比上年增加19人 says nothing of the year before the one that it held against.
                continue
            if ordinary and ordinary[0].years == (year,) and ordinary[0].start != finding.start:
                # It is stated for that very year.
                return None
            found = self._with_change(finding, match.end(), match["of"])
            if found:
                now, change = found
                is_more = re.fullmatch(_MORE, match["verb"]) is not None
                return self._shown((now, change), calculation.before(now, change, is_more=is_more))
        return None

    def _of_same_time_before(self) -> Solved | None:
        """Of 办理离婚登记352对,比上年同期减少18对 what it was then, where a paper names no year (去年1至4月)."""
        documents = self._solver.index.documents
        text = _LAST_YEAR.sub("", self._asked.text)
        now = replace(understand(text, documents), documents=self._asked.documents)
        finding = next((f for f in self._solve(now).answerable[:1] if not f.passage.cells), None)
        if finding is None:
            return None
        document = documents[finding.passage.document].text
        stop = next(
            (s for s in range(finding.end, finding.passage.end) if document[s] in "。\n"), finding.passage.end
        )
        finding = replace(finding, end=stop, text=document[finding.start : stop])
        for match in _SINCE_LAST.finditer(folded(finding.text)):
            spots = spots_of(finding.text)
            change = next((s for s in quantities_in(finding.text) if s.start == match.end()), None)
            before = [near for near in spots if near.spot.end <= match.start()]
            named = [near for near in before if match["of"] and match["of"] in near.before]
            if change is None or not before or (match["of"] and not named):
                continue
            present = (named or before)[-1]
            if (
                same_family(present.spot.quantity.unit, change.quantity.unit)
                and self._said(present) >= _SAME_THING
            ):
                operands = self._operand(finding, present.spot), self._operand(finding, change)
                is_more = re.fullmatch(_MORE, match["verb"]) is not None
                return self._shown(operands, calculation.before(*operands, is_more=is_more))
        return None

    def _with_change(self, finding: Finding, at: int, when: str) -> tuple[Operand, Operand] | None:
        """The figure of the year and the one by which it changed, which begins at text[at] behind the time it is held against."""
        change = next((spot for spot in quantities_in(finding.text) if spot.start == at), None)
        before = [near for near in spots_of(finding.text) if near.spot.end <= at]
        if change is None or not before:
            return None
        now = before[-1]
        is_like = same_family(now.spot.quantity.unit, change.quantity.unit)
        if not is_like or self._said(now, when) < _OWN:
            return None
        return self._operand(finding, now.spot), self._operand(finding, change)

    def percentage_of(self) -> Solved | None:
        """Of 养老床位达到3200张,护理型床位占比达到60% how many 护理型床位 that makes."""
        unit = self._asked.unit
        if not unit or unit == "%" or unit.endswith("元"):
            return None
        solved = self._solve(self._asked)
        best = [
            f
            for f in solved.findings[:3]
            if f.coverage >= ANSWERABLE
            and f.right_year
            and not f.passage.cells
            and not is_of_a_project(self._asked, f.passage.section, f.text)
        ]
        stated = [near for finding in solved.answerable for near in spots_of(finding.text)]
        for finding in best:
            near = spots_of(finding.text)
            heading = " ".join(finding.passage.section[-1:])
            counts = [item for item in near if same_family(item.spot.quantity.unit, unit)]
            for share in (item for item in near if item.spot.quantity.unit == "%"):
                rate = _RATE.search(share.before)
                part = rate or _PART.search(share.before)
                wholes = [item for item in counts if item.spot.end <= share.spot.start]
                if part is None or not wholes or self._said(share, heading) < (_SAME_THING if rate else _OWN):
                    continue
                whole, name = wholes[-1], part["part"].removeprefix("其中")
                if rate:
                    made = self._by_rate(finding, whole, share, rate)
                    if made:
                        return made
                    continue
                is_stated = any(name in item.before + item.behind for item in counts) or any(
                    name in item.before and same_family(item.spot.quantity.unit, unit) for item in stated
                )
                # 护理型床位 are a part of what is called 床位 as well.
                is_named = name[:2] in folded(self._asked.text)
                is_named = is_named and not is_of_another_base(whole.before, folded(self._asked.text))
                if is_stated or not is_named or name[-2:] not in whole.before + whole.behind:
                    continue
                operands = (self._operand(finding, whole.spot), self._operand(finding, share.spot))
                return self._shown(operands, ratios.portion(*operands))
        return None

    def _by_rate(self, finding: Finding, whole: Near, share: Near, rate: re.Match[str]) -> Solved | None:
        """Of 社区数达到210个,社区基础设施达标率达到90% how many 社区 that makes, or how many are left."""
        text = folded(self._asked.text)
        deed = text.find(rate["deed"])
        is_of_them = rate["part"][:2] in whole.before + whole.behind
        if deed < 0 or f"{rate['deed']}率" in text or not is_of_them:
            return None
        operands = (self._operand(finding, whole.spot), self._operand(finding, share.spot))
        if re.search(f"{_UNDONE}{rate['deed']}", text):
            rest = replace(share.spot.quantity, value=100 - share.spot.quantity.value)
            done = ratios.portion(operands[0], replace(operands[1], quantity=rest))
            return self._shown(operands, Shown((f"100% − {share.spot.quantity} = {rest}", *done.lines)))
        return self._shown(operands, ratios.portion(*operands))

    def _said(self, near: Near, heading: str = "") -> float:
        terms = self._solver.vocabulary.terms_of(self._asked)
        around = [(plain(text), 0.9) for text in (near.behind, near.lead, heading)]
        return coverage(terms, plain(near.before), around)

    def _operand(self, finding: Finding, spot: Spot) -> Operand:
        shown = finding.text.rstrip(JOINING)
        source = Source(finding.passage, finding.start, finding.start + len(shown))
        start, end = finding.start + spot.start, finding.start + spot.end
        return Operand("", spot.quantity, source, start, end, shown, finding.years, 1.0)
