"""The steps in which one sentence raises a thing: each of them, the last one, the second one, that of a date."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.arithmetic import calculation
from qa.arithmetic.calculation import Shown
from qa.arithmetic.operand import Operand, trimmed
from qa.arithmetic.task import Task
from qa.arithmetic.work import Work
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import Spot
from qa.figures.rises import steps_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value

_VERB = r"(?:提高|上调|上涨|增加|提升|调高|调整|提标|调标|提|涨|调|升|加)"
_ASKS_RISE = re.compile(
    rf"{_VERB}(?:了|到|至|为|成|幅度?|后)*(?:是|有)?(?:多少|几|百分之[多几])(?:钱|元|块)?|[涨增升]幅(?:是|有|多[少大高])?|"
    rf"(?:{_VERB}|[涨增升]幅)(?:得|了|的?幅度)?最(?P<end>[多大高少小])的?"
)
# 哪一次涨得最多 is seen from what each made.
_EACH = r"(?:每一?|[各历逐]|(?:是|[在有]|为)?哪一?)次"
_WHICH_STEP = re.compile(r"哪一?次.{0,8}最[多大高少小]|最[多大高少小]的?(?:是|为)?哪一?次")
_ONE = r"(?:第(?P<number>[一二三四五六七八九\d])|(?P<last>最后|最近|末|最末|末尾)(?:那|这)?一?|(?P<first>最早|最初|头|首)一?)次"
_WHICH = re.compile(rf"(?P<each>{_EACH})|{_ONE}")
_DATE = re.compile(r"20\d\d年(?:\d{1,2}月)?")
# How often it was raised, and that it was: no words of the thing.
_TIMES = re.compile(
    rf"(?:一共|总共|先后|连续)?(?:{_VERB}了?(?:[一两二三四五六七八九\d]次)|(?:[一两二三四五六七八九\d]次){_VERB}?)"
)
_OF_RISE = re.compile(rf"(?<=..){_VERB}(?:标准)?(?=$|,)|分别|各自|的(?=$|,)|,")
_RATE = re.compile("百分之|幅")
_FINDINGS, _ABOUT_IT = 6, 0.6


def asks_which_step(asked: Question) -> bool:
    """Whether a question asks at which of several times something was raised the most or the least."""
    return _WHICH_STEP.search(folded(asked.text)) is not None


def stepwise(asked: Question, solver: Solver) -> Solved | None:
    """What the steps asked about raised a thing by, and to what; None where none is asked about, or no sentence has steps."""
    text = folded(asked.text).rstrip("?!。. ")
    asks, which = _ASKS_RISE.search(text), _WHICH.search(text)
    dates = _DATE.findall(text)
    if asks is None or (which is None and len(dates) != 1):
        return None
    thing = text.replace(asks[0], "", 1).replace(which[0] if which else dates[0], "", 1)
    thing = _OF_RISE.sub("", _TIMES.sub("", thing))
    return _Steps(asked, Task("difference", (thing,)), solver).told(thing, which, dates)


class _Steps(Work):
    """The steps of one sentence."""

    def told(self, thing: str, which: re.Match[str] | None, dates: list[str]) -> Solved | None:
        """The steps meant, each with its result."""
        about = understand(f"{thing}是多少", self._solver.index.documents)
        about = replace(about, documents=self._asked.documents, years=(), aspect="")
        terms = self._solver.vocabulary.terms_of(about)
        for finding in self._solve(about).findings[:_FINDINGS]:
            steps = [] if finding.passage.cells else steps_of(folded(finding.text))
            if not steps or coverage(terms, plain(finding.text)) < _ABOUT_IT:
                continue
            when = _DATE.findall(folded(finding.text)[: steps[-1][1].start])
            labels = when if len(when) == len(steps) else [""] * len(steps)
            numbers = _meant(which, dates, labels)
            return self._of_steps(finding, steps, labels, numbers) if numbers else None
        return None

    def _of_steps(
        self, finding: Finding, steps: list[tuple[Spot, Spot]], labels: list[str], numbers: list[int]
    ) -> Solved | None:
        document = self._solver.index.documents[finding.passage.document].text
        end = finding.start + steps[-1][1].end
        source = trimmed(finding.passage, document, finding.start, end)
        shown = self._solver.text_of(source)

        def operand(spot: Spot) -> Operand:
            start, end = finding.start + spot.start, finding.start + spot.end
            return Operand("", spot.quantity, source, start, end, shown, finding.years, 1.0)

        is_rate = _RATE.search(folded(self._asked.text)) is not None
        lines = []
        for number in numbers:
            low, high = (operand(spot) for spot in steps[number])
            change = calculation.difference(high, low, period="", amount=not is_rate, rate=is_rate)
            lines.append((f"{labels[number]}：" if labels[number] else "") + "；".join(change.lines))
        most = _ASKS_RISE.search(folded(self._asked.text))
        if most and most["end"] and all(labels):
            by = sorted(numbers, key=lambda n: steps[n][1].quantity.value - steps[n][0].quantity.value)
            end = by[0 if most["end"] in "少小" else -1]
            self._notes.append(f"最{most['end']}的是{labels[end]}那一次。")
        low, high = (operand(spot) for spot in steps[numbers[0]])
        return self._shown((low, high), Shown(tuple(lines)))


def _meant(which: re.Match[str] | None, dates: list[str], labels: list[str]) -> list[int]:
    """The numbers of the steps that are asked about; [] where that is not known."""
    every = list(range(len(labels)))
    if which is None:
        return [number for number in every if labels[number].startswith(dates[0])] if dates else []
    if which["each"]:
        return every
    number = -1 if which["last"] else 0 if which["first"] else numeral_value(which["number"]) - 1
    return every[number : number + 1 or None]
