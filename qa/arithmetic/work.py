"""What every calculation does: solve its parts, gather what was found, show operands and result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.answer import Evidence
from qa.arithmetic import calculation
from qa.arithmetic.calculation import Shown
from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.spreading import rate_between, spread
from qa.arithmetic.task import Task
from qa.evidence.claims import Claim, widest
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.solving import Solved, Solver
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.folding import folded

# By what share it grew in each year, and not in all.
_YEARLY = re.compile("年均|平均每一?年|每年平均|年平均")


class Work:
    """One calculation in the making."""

    def __init__(self, asked: Question, task: Task, solver: Solver) -> None:
        self._asked, self._task, self._solver = asked, task, solver
        self._parts: list[Solved] = []
        self._wanted: Sequence[Wanted] = ()
        # What a reader has to know of the operands.
        self._notes: list[str] = []
        # Of one thing in a named unit there is less to confuse than of several.
        self._least = 0.3 if len(task.phrases) == 1 and task.unit else 0.45

    def _candidates(
        self, wanted: Wanted, unit: str, solved: Solved | None = None, others: Sequence[Finding] = ()
    ) -> list[Operand]:
        solved = solved or self._solve(wanted.question)
        found = candidates(
            wanted, solved, self._solver, unit=unit, others=others, least=self._least, rivals=self._wanted
        )
        is_of_counts = self._task.operation in ("share", "rest")
        return [operand for operand in found if operand.quantity.unit != "%"] if is_of_counts else found

    def _solve(self, question: Question) -> Solved:
        solved = self._solver.solve(question)
        self._parts.append(solved)
        return solved

    def sentence(self, finding: Finding) -> tuple[str, int]:
        """The whole sentence of a finding, folded, and where it begins."""
        text, passage = self._solver.index.documents[finding.passage.document].text, finding.passage
        start = max(*(text.rfind(mark, 0, finding.start) + 1 for mark in "。\n"), passage.start)
        stop = min(
            (p for mark in "。\n" if (p := text.find(mark, finding.end - 1)) >= 0), default=passage.end
        )
        return folded(text[start : max(min(stop, passage.end), finding.end)]), start

    def _shown(
        self, operands: Iterable[Operand], shown: Shown, *, also: Sequence[Operand] = ()
    ) -> Solved | None:
        operands = tuple(operands)
        if not all(_stands(operand, self._solver) for operand in (*operands, *also)):
            return None
        if shown.refusal:
            return self._drafted(operands, (shown.refusal,))
        return self._drafted(operands, tuple(shown.lines)) if shown.lines else None

    def _difference(self, one: Operand, other: Operand) -> Shown:
        """The difference as the task asks for it, and what it comes to in a year where that is asked."""
        task = self._task
        if task.wants_rate and _YEARLY.search(self._asked.text):
            line = rate_between(one, other)
            return Shown((line,)) if line else Shown()
        if task.says_which and len(task.phrases) > 1:
            # As the question calls them.
            one, other = (replace(o, name=of) for o, of in zip((one, other), task.phrases, strict=False))
        shown = calculation.difference(
            one,
            other,
            period=task.period,
            amount=task.wants_amount,
            rate=task.wants_rate,
            yearly=task.also_yearly,
            multiple=task.wants_multiple,
            which=task.says_which,
        )
        each = spread(one, other, task.by_year)
        return Shown((*shown.lines, each)) if each and shown.lines else shown

    def _drafted(
        self, operands: Sequence[Operand], lines: Sequence[str], missing: tuple[str, ...] = ()
    ) -> Solved:
        claims = widest([operand.claim() for operand in operands])
        sources = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
        if lines:
            text = "；".join(line.rstrip("。") for line in lines).replace("：；", "：") + "。"
            is_refusal = any("不能" in line and "=" not in line for line in lines)
            claims.append(Claim(text if is_refusal and len(lines) == 1 else f"计算：{text}", sources))
        claims.extend(Claim(note) for note in self._notes)
        findings, evidence = self._gathered(operands)
        return Solved(self._asked, findings, Draft(tuple(claims), missing, (), is_settled=True), evidence)

    def _gathered(self, operands: Sequence[Operand]) -> tuple[tuple[Finding, ...], tuple[Evidence, ...]]:
        """What all parts found, the operands' own passages first."""
        findings = tuple(dict.fromkeys(finding for part in self._parts for finding in part.findings))
        every = tuple(dict.fromkeys(item for part in self._parts for item in part.evidence))
        spans = {(o.source.passage.document, o.source.passage.start) for o in operands}
        seen: dict[tuple[str, int], Evidence] = {}
        for item in sorted(every, key=lambda item: (item.document, item.start) not in spans):
            seen.setdefault((item.document, item.start), item)
        return findings, tuple(seen.values())


def _stands(operand: Operand, solver: Solver) -> bool:
    """Number lock: the operand's figure is in the span that is cited for it."""
    source = operand.source
    text = solver.text_of(source)
    return any(figure.value == operand.quantity.value for figure in figures_in(text)) or (
        bool(source.passage.cells)
        and any(
            figure.value * scale == operand.quantity.value
            for figure in figures_in(text)
            for scale in (10_000, 100_000_000)
        )
    )
