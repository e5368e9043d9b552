"""A part's proportion of its whole where one sentence counts both: 特困人员927人,其中集中供养318人; 154所中…运转的只有97所."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic import ratios
from qa.arithmetic.contrasts import CONTRASTS
from qa.arithmetic.fitting import is_of_another_base
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

_ASKED = re.compile(
    r"的?(?:比[例重]|占比)(?:大约|大概|是|有|为|达到?)*(?:多少|多高|多大|百分之[几多]|几成|[?]?$)"
)
_FINDINGS, _TAIL, _LEAST = 10, 2, 6
# How much of the whole's name its own words say, and of all that is asked both clauses together.
_OF_WHOLE, _OF_BOTH, _CALLED, _AROUND = 0.6, 0.7, 0.9, 0.9
_OF_BOTH_KINDS = re.compile("婚姻登记")
_MARKS = "[,;。:、()]"
_PEOPLE = frozenset("人名位")


def part_of_whole(asked: Question, task: Task | None, solver: Solver) -> Solved | None:
    """The proportion of a part in its whole; None where no sentence counts both, each called as the question calls it."""
    is_apt = task is None or (task.operation == "share" and len(task.phrases) == 2)
    if not is_apt or asked.is_english or asked.confirms or len(asked.regions) > 1:
        return None
    if task is None and _OF_BOTH_KINDS.search(asked.text):
        # No one figure is both kinds together.
        return None
    if task is None:
        # 农村幸福院常年正常运转的比例: the part is said last.
        asks = _ASKED.search(folded(asked.text))
        said = re.sub("[^\u4e00-\u9fff]", "", folded(asked.text)[: asks.start()]) if asks else ""
        if len(said) < _LEAST or said.endswith(("率", "标准", "目标")):
            return None
        shares = (Task("share", (said[-n:], said[:-n]), is_weak=True) for n in (2 * _TAIL, _TAIL))
        return next((solved for share in shares if (solved := _Parts(asked, share, solver).solved())), None)
    return _Parts(asked, task, solver).solved()


class _Parts(Work):
    """A share in the making."""

    def solved(self) -> Solved | None:
        """Of the sentence that says most of what is asked."""
        found = [one for finding in self._found() for one in self._shares_in(finding)]
        best = max(found, key=lambda one: one[0], default=None)
        if best is None:
            return None
        _, finding, figures = best
        operands = [self._operand(finding, near, figures) for near in figures]
        return self._shown(operands, ratios.share(*operands))

    def _found(self) -> list[Finding]:
        whole = understand(f"{self._task.phrases[1]}有多少", self._solver.index.documents)
        own = replace(whole, documents=self._asked.documents or whole.documents)
        found = [
            finding
            for question in (self._asked, own)
            for finding in self._solve(question).findings[:_FINDINGS]
            if finding.right_year and not finding.passage.cells and self._is_of_its_years(finding)
        ]
        return list(dict.fromkeys(found))

    def _is_of_its_years(self, finding: Finding) -> bool:
        """Whether a sentence that was found without the time that is asked about may be of that time."""
        return not self._asked.years or not finding.years or bool({*self._asked.years} & {*finding.years})

    def _shares_in(
        self, finding: Finding
    ) -> Iterator[tuple[tuple[float, bool, int], Finding, tuple[Near, ...]]]:
        """(how much of what is asked it says, and how near, the sentence, the part and what makes its whole)."""
        sentence, _ = self.sentence(finding)
        near = spots_of(sentence)
        part, whole = self._task.phrases
        heading = f" {' '.join(finding.passage.section[-1:])}"
        for one in near:
            own = _words(one, near, sentence)
            is_rate = is_of_another_base(own, folded(self._asked.text))
            if one.spot.quantity.unit == "%" or is_rate or not self._is_called(own, part):
                continue
            for wholes in _wholes_of(one, part, near, sentence):
                words = " ".join(_words(n, near, sentence) for n in wholes)
                of_whole = self._said(whole, words, f"{wholes[0].lead}{heading}")
                of_both = self._said(whole, f"{words} {own}", f"{wholes[0].lead}{heading}")
                if of_whole >= _OF_WHOLE and of_both >= _OF_BOTH:
                    is_people = one.spot.quantity.unit in _PEOPLE
                    # 171家,…63个(其中民非30个,社团33个): in its own unit, and the nearest.
                    is_alike = wholes[0].spot.quantity.unit == one.spot.quantity.unit
                    apart = abs(one.spot.start - wholes[0].spot.start)
                    rank = round(of_both, 1) + 0.01 * is_people, is_alike and len(wholes) == 1, -apart
                    yield rank, finding, (one, *wholes)

    def _is_called(self, words: str, part: str) -> bool:
        return part in words or self._said(part, words) >= _CALLED

    def _said(self, what: str, words: str, around: str = "") -> float:
        terms = self._solver.vocabulary.terms_of(understand(what, self._solver.index.documents))
        return coverage(terms, plain(words), [(plain(around), _AROUND)]) if terms else float(what in words)

    def _operand(self, finding: Finding, near: Near, figures: Sequence[Near]) -> Operand:
        text = self._solver.index.documents[finding.passage.document].text
        sentence, start = self.sentence(finding)
        first, last = min(n.spot.start for n in figures), max(n.spot.end for n in figures)
        within = (start, start + len(sentence))
        source = clauses_around(finding.passage, text, within, start + first, start + last)
        shown = text[source.start : source.end]
        at = start + near.spot.start, start + near.spot.end
        return Operand("", near.spot.quantity, source, *at, shown, finding.years, 1.0)


def _wholes_of(one: Near, part: str, near: Sequence[Near], sentence: str) -> Iterator[tuple[Near, ...]]:
    """What may be the whole of a part: a figure before it that is larger, or the two kinds that make it."""
    quantity, own = one.spot.quantity, _words(one, near, sentence)
    kinds = [pair[1 - pair.index(part)] for pair in CONTRASTS if part in pair]
    for other in near:
        words = _words(other, near, sentence)
        is_alike = other is not one and same_family(other.spot.quantity.unit, quantity.unit)
        if not is_alike or part in words or other.role == "before":
            continue
        kind = next((kind for kind in kinds if kind in words), "")
        if kind:
            thing, its = own.replace(part, "")[-_TAIL:], words.replace(kind, "")[-_TAIL:]
            if thing == its:
                yield tuple(sorted((one, other), key=lambda n: n.spot.start))
            continue
        between = sentence[other.spot.end : one.spot.start]
        if between and ";" not in between and other.spot.quantity.value >= quantity.value:
            yield (other,)


def _words(near: Near, every: Sequence[Near], sentence: str) -> str:
    """What a figure is called: the words before it in its clause, behind the figure before where that has any, and behind it."""
    clause = re.split(_MARKS, sentence[: near.spot.start])[-1]
    since = max((n.spot.end for n in every if n.spot.end <= near.spot.start), default=0)
    own = sentence[max(since, near.spot.start - len(clause)) : near.spot.start]
    behind = near.behind if re.search("[\u4e00-\u9fff]{2}", near.behind) and not near.before else ""
    said = own if re.search("[\u4e00-\u9fff]{2}", own) else clause
    return re.sub(r"\d[\d.,]*[万亿]?[\u4e00-\u9fff]?(?=$|[^\u4e00-\u9fff])", "", said) + behind
