"""What one sentence lets work out: by how much a standard rose, what is left for the last payer, what one piece costs."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from qa.arithmetic import calculation, quotients
from qa.arithmetic.operand import Operand
from qa.arithmetic.stepwise import asks_which_step, stepwise
from qa.arithmetic.task import Task
from qa.arithmetic.undone import left_undone
from qa.arithmetic.work import Work
from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import Spot, quantities_in, same_family
from qa.figures.spots import spots_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_RISE = re.compile(
    r"(?:[,，]?(?:现在)?(?:比|较)(?:原来|以前|之前|过去|原先|原标准|旧标准|老标准|调整前|上年|去年)(?:的?标准)?)?(?:一共|总共|每人|每月)*"
    r"(?:提高|上调|上涨|增加|提升|[涨加])了?(?:多少|几)(?:元|块|钱)*"
)
# 110元(原来80元): what it was before stands in brackets behind it.
_FORMERLY = re.compile(r"^\((?:原来?|原为|此前|之前|以前|调整前|上年|原标准)(?:标准)?(?:为|是)?$")
_DEGREE = re.compile("[一二三四五]级|[重中轻]度|全护理|半护理|全自理|半自理|集中|分散|散居|城市|农村")
_REST = re.compile(
    r"(?:其余|剩余|余下|不足部分|剩下)(?:的)?(?:资金|部分)?(?:均|全部)?(?:由|为|靠)?(?P<who>[\u4e00-\u9fff]{2,10})"
)
_TWO_TOGETHER = re.compile(
    r"(?P<one>[\u4e00-\u9fff]{2,12}?)[和与及](?P<other>[\u4e00-\u9fff]{2,12}?)(?:合计|共计|总计|一共|共)(?:为|达)?$"
)
_NAMED = 4
_BEARS = re.compile("自筹|承担|负担|配套|解决|筹措|出资|安排|支付")
_EACH = re.compile(
    r"(?:平均)?[每一]个?(?P<unit>[块个处张座套家间条辆台所册])(?P<what>[^,?]{0,12}?)(?:平均|大约|大概|要|得|花|是|合)*(?:多少|几)(?:钱|元|块)"
)


def of_one_sentence(asked: Question, solver: Solver) -> Solved | None:
    """A figure worked out from the figures of one sentence; None where the question or the sentence is of another kind."""
    if (
        (asked.asks != "number" and not asks_which_step(asked))
        or asked.is_english
        or asked.confirms
        or len(asked.regions) > 1
        or asked.is_side
    ):
        return None
    steps = stepwise(asked, solver)
    if steps or asked.asks != "number":
        return steps
    work = _OneSentence(asked, Task("difference", (asked.text,), unit=asked.unit), solver)
    return work.rise() or work.rest() or work.other_of_two() or work.each() or left_undone(asked, solver)


class _OneSentence(Work):
    """One figure worked out from one sentence."""

    def rise(self) -> Solved | None:
        """Of 二级每人每月110元(原来80元) by how much it rose."""
        text = folded(self._asked.text)
        asks = _RISE.search(text)
        if asks is None:
            return None
        finding = self._quoted(text.replace(asks[0], "多少元", 1))
        if finding is None:
            return None
        sentence = folded(finding.text)
        spots = quantities_in(finding.text)
        pairs = [
            (now, former)
            for now, former in pairwise(spots)
            if _FORMERLY.match(sentence[now.end : former.start].strip())
            and now.quantity.unit == former.quantity.unit
        ]
        degree = _DEGREE.search(text)
        if degree:
            pairs = [
                pair for pair in pairs if degree[0] in re.split("[,;:。]", sentence[: pair[0].start])[-1]
            ]
        if not pairs and set(self._asked.named) - set(self._asked.regions):
            # 一类区:秦州区、麦积区,由733元提高到770元: the line that names the place asked about.
            near = spots_of(finding.text)
            pairs = [(high.spot, low.spot) for low, high in pairwise(near) if low.role == "before"]
        if len(pairs) != 1:
            return None
        now, former = (self._operand(finding, spot) for spot in pairs[0])
        former = replace(former, quantity=replace(former.quantity, period=now.quantity.period))
        return self._shown(
            (now, former), calculation.difference(now, former, period="", amount=True, rate=False)
        )

    def rest(self) -> Solved | None:
        """Of 总投资960万元,其中…320万元,…400万元,其余由镇级自筹 what is left for them."""
        text = folded(self._asked.text)
        for finding in self._solve(self._asked).findings[:6]:
            sentence = folded(finding.text)
            rest = _REST.search(sentence)
            who = _BEARS.sub("", rest["who"])[:2] if rest else ""
            if rest is None or not _BEARS.search(rest["who"]) or len(who) < 2 or who not in text:
                continue
            spots = [spot for spot in quantities_in(finding.text) if spot.end <= rest.start()]
            money = [spot for spot in spots if spot.quantity.unit == "元" and not spot.quantity.period]
            start = max(sentence.rfind("其中", 0, rest.start()), 0)
            wholes = [spot for spot in money if spot.end <= start][-1:]
            parts = [spot for spot in money if spot.start > start]
            if (
                wholes
                and parts
                and sum((p.quantity.value for p in parts), Decimal(0)) < wholes[0].quantity.value
            ):
                operands = tuple(self._operand(finding, spot) for spot in (*wholes, *parts))
                return self._shown(operands, calculation.left_over(operands))
        return None

    def other_of_two(self) -> Solved | None:
        """Of 运营补贴和就餐补贴合计268万元,其中就餐补贴196万元 what the one is that is not told."""
        text = folded(self._asked.text)
        for finding in self._solve(self._asked).findings[:4]:
            sentence = folded(finding.text)
            for whole, part in pairwise(quantities_in(finding.text)):
                two = _TWO_TOGETHER.search(sentence[: whole.start])
                between = sentence[whole.end : part.start]
                if (
                    two is None
                    or "其中" not in between
                    or not same_family(whole.quantity.unit, part.quantity.unit)
                ):
                    continue
                told = next((name for name in two.groups() if name[-_NAMED:] in between), "")
                asked = next((name for name in two.groups() if name != told), "")
                if told and told[-_NAMED:] in text and asked[-_NAMED:] not in text:
                    # The sentence as it is: what both make is no answer for the one.
                    return self._drafted((self._operand(finding, part),), ())
                is_asked = asked[-_NAMED:] in text and told[-_NAMED:] not in text
                if told and is_asked and whole.quantity.value > part.quantity.value:
                    operands = tuple(self._operand(finding, spot) for spot in (whole, part))
                    return self._shown(operands, calculation.left_over(operands))
        return None

    def each(self) -> Solved | None:
        """Of 1860块,预算74.4万元 what one of them costs."""
        asks = _EACH.search(folded(self._asked.text))
        if asks is None:
            return None
        finding = next((f for f in self._solve(self._asked).answerable if not f.passage.cells), None)
        if finding is None or "每" in finding.text:
            return None
        spots = quantities_in(finding.text)
        counts = [spot for spot in spots if spot.quantity.unit == asks["unit"]]
        money = [spot for spot in spots if spot.quantity.unit == "元"]
        if len(counts) != 1 or len(money) != 1:
            return None
        whole, count = self._operand(finding, money[0]), self._operand(finding, counts[0])
        return self._shown((whole, count), quotients.average(whole, count))

    def _quoted(self, text: str) -> Finding | None:
        """The very clauses that answer a question, up to the end of a bracket that opens behind them."""
        index = self._solver.index
        about = replace(understand(text, index.documents), documents=self._asked.documents)
        solved = self._solve(about)
        sources = [source for claim in solved.draft.claims for source in claim.sources]
        found = next(
            (
                f
                for f in solved.findings
                for s in sources[:1]
                if f.passage is s.passage and f.start <= s.start < f.end
            ),
            None,
        )
        if len(sources) == 1 and found is None and solved.findings:
            # The line of a list that names what is asked about.
            found = replace(
                solved.findings[0], passage=sources[0].passage, start=sources[0].start, end=sources[0].end
            )
        if found is None or len(sources) != 1 or found.passage.cells:
            return None
        document = index.documents[found.passage.document].text
        start, end = sources[0].start, sources[0].end
        stop = next((e for s, e in clause_spans(document, found.start, found.end) if e >= end), end)
        return replace(found, start=start, end=stop, text=document[start:stop])

    def _operand(self, finding: Finding, spot: Spot) -> Operand:
        shown = finding.text.rstrip("，,；;、")
        source = Source(finding.passage, finding.start, finding.start + len(shown))
        start, end = finding.start + spot.start, finding.start + spot.end
        return Operand("", spot.quantity, source, start, end, shown, finding.years, 1.0)
