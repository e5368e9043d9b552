"""Figures that a paper implies rather than states: so many percent of a number."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import ratios
from qa.arithmetic.calculation import Shown
from qa.arithmetic.fitting import is_of_another_base
from qa.arithmetic.operand import Operand
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.extractive import ANSWERABLE
from qa.evidence.findings import Finding
from qa.evidence.projects import is_of_a_project
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import JOINING
from qa.figures.quantities import Spot, quantities_in, same_family
from qa.figures.spots import Near, spots_of
from qa.understanding.question import Question
from vectorstore.folding import folded

# What share of the question the words at a figure must say for it to be the one that is asked about.
_OWN = 0.75
# Where the sentence is the one that answers for this year, less is enough.
_SAME_THING = 0.45
_SHARE = re.compile("占比|比例|比重")
_PART = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,12}?)的?(?:占比|比[例重]|占(?:总|全部)?[\u4e00-\u9fff]{0,8})[^\d]{0,6}$"
)

# 社区基础设施达标率达到90%: what is so, of those that are counted before.
_RATE = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{2,12}?)(?P<deed>达标|合格|覆盖|建成|完成|整改|入住|参保|登记|办结)率[^\d]{0,4}$"
)
_DEED = re.compile("预拨|先拨|拨付|下达|拨款|预付|支付|兑现|划拨")
_UNDONE = "[没未不]有?"


def implied(asked: Question, solver: Solver) -> Solved | None:
    """A figure worked out from the one sentence that implies it; None when it is stated, or nothing implies it."""
    is_plain = asked.asks == "number" and not (asked.is_english or asked.confirms)
    if not is_plain or len(asked.regions) > 1 or len(asked.years) > 1:
        return None
    work = _Implied(asked, Task("portion", (asked.text,), unit=asked.unit), solver)
    return None if _SHARE.search(asked.text) else work.deed_on_share() or work.percentage_of()


class _Implied(Work):
    """One figure that is worked out from one sentence."""

    def deed_on_share(self) -> Solved | None:
        """Of 安排补助资金4860万元,…3月底前预拨60% how much that is."""
        text = folded(self._asked.text)
        deed = _DEED.search(text)
        if deed is None or (self._asked.unit != "元" and not self._asked.unit.endswith("元")):
            return None
        for finding in self._solve(self._asked).answerable[:3]:
            sentence = folded(finding.text)
            spots = quantities_in(finding.text)
            shares = [
                spot
                for spot in spots
                if spot.quantity.unit == "%"
                and re.search(rf"{deed[0]}[^,;。\d]{{0,4}}$", sentence[: spot.start])
            ]
            wholes = [s for s in spots if s.quantity.unit == "元" and not s.quantity.period][:1]
            if len(shares) == 1 and wholes and wholes[0].end < shares[0].start and not finding.passage.cells:
                operands = (self._operand(finding, wholes[0]), self._operand(finding, shares[0]))
                return self._shown(operands, ratios.portion(*operands))
        return None

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
