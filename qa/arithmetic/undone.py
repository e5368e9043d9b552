"""What is left undone of what one sentence counts twice: 检查32家…,完成整改11家."""

from __future__ import annotations

import re

from qa.arithmetic import calculation
from qa.arithmetic.operand import Operand, clauses_around
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import same_family
from qa.figures.spots import Near, spots_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

_COUNT = r"(?:多少|几)[个家处所座项名户件张人对位条]?"
_NOT = r"(?:没有?|未|尚未|还没)(?:能|得到|被)?"
_DEED = r"(?:完成)?(?P<deed>(?!有|写|提|说|找|包)[\u4e00-\u9fff]{2,6}?)(?:掉|到位|完成|好|完)?"
_ASKS = (
    # 还有几家没整改, 还剩多少人没推荐就业
    re.compile(
        rf"^(?P<thing>[^,?]{{4,30}}?)[里中,]*(?:还|尚|仍)?(?:有|剩下?|余)?(?P<count>{_COUNT})(?P<noun>[\u4e00-\u9fff]{{0,6}}?){_NOT}{_DEED}的?$"
    ),
    # 没整改的还有几家
    re.compile(
        rf"^(?P<thing>[^,?]{{0,30}}?)[里中,]*{_NOT}{_DEED}的(?P<noun>[\u4e00-\u9fff]{{0,10}}?)(?:还|尚|仍)?(?:有|剩下?|余)*(?P<count>{_COUNT})$"
    ),
    # 整改后还剩几个
    re.compile(
        rf"^(?P<thing>[^,?]{{3,30}}?)(?P<noun>){_DEED}(?:了|以)?(?:之?后|完),?(?:还|尚|仍)?(?:有|剩下?|余)+(?P<count>{_COUNT})$"
    ),
)
_SAID_UNDONE = re.compile("未|没有|尚无|尚有")
_FINDINGS, _ABOUT_IT = 6, 0.6


def left_undone(asked: Question, solver: Solver) -> Solved | None:
    """How many are left when those are taken off of which a sentence says that it is done; None where none says so."""
    text = folded(asked.text).rstrip("?!。. ")
    match = next((found for pattern in _ASKS if (found := pattern.match(text))), None)
    if match is None:
        return None
    task = Task("rest", (text,))
    return _Undone(asked, task, solver).left(match["thing"] + match["noun"], match["deed"], match["count"])


class _Undone(Work):
    """All, and those that are done."""

    def left(self, thing: str, deed: str, count: str) -> Solved | None:
        """The difference of the two figures of one sentence."""
        about = understand(f"{thing}{deed}{count}", self._solver.index.documents)
        terms = self._solver.vocabulary.terms_of(about)
        unit = re.sub("多少|几", "", count)
        for finding in self._solve(about).findings[:_FINDINGS]:
            pair = self._pair(finding, deed, unit)
            if pair and coverage(terms, plain(finding.text)) >= _ABOUT_IT:
                done = self._operand(finding, pair)
                return self._shown(done, calculation.left_over(done))
        return None

    def _pair(self, finding: Finding, deed: str, unit: str) -> tuple[Near, Near] | None:
        """(all, done) of a sentence; None where it does not count both, or tells what is undone itself."""
        if finding.passage.cells or not finding.right_year:
            return None
        near = spots_of(finding.text)
        if any(_SAID_UNDONE.search(item.before) and deed[-2:] in item.before for item in near):
            return None
        # 推荐就业, 完成整改: what is done stands at the end of its wording.
        done = next((item for item in near if deed[-2:] in item.before + item.behind), None)
        if done is None:
            return None
        wholes = [
            item
            for item in near[: near.index(done)]
            if same_family(item.spot.quantity.unit, done.spot.quantity.unit)
            and item.spot.quantity.value > done.spot.quantity.value
        ]
        is_asked = done.spot.quantity.unit != "%" and (not unit or same_family(done.spot.quantity.unit, unit))
        return (wholes[-1], done) if wholes and is_asked else None

    def _operand(self, finding: Finding, pair: tuple[Near, Near]) -> tuple[Operand, ...]:
        text = self._solver.index.documents[finding.passage.document].text
        first, last = (finding.start + place for place in (pair[0].spot.start, pair[1].spot.end))
        source = clauses_around(finding.passage, text, (finding.start, finding.end), first, last)
        shown = self._solver.text_of(source)
        return tuple(
            Operand(
                "", near.spot.quantity, source, finding.start + near.spot.start,
                finding.start + near.spot.end, shown, finding.years, 1.0,
            )
            for near in pair
        )  # fmt: skip
