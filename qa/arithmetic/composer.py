"""Questions that are answered by a calculation: operands from cited spans, the result shown line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.answer import Evidence
from qa.arithmetic import calculation, wording
from qa.arithmetic.calculation import Shown
from qa.arithmetic.counting import counted_rows
from qa.arithmetic.english import english_task, english_wanted
from qa.arithmetic.operands import Operand, candidates, chosen
from qa.arithmetic.phrases import Wanted, wanted_for
from qa.arithmetic.quantities import quantities_in
from qa.arithmetic.reading import Task, task_of
from qa.arithmetic.stating import stated_result
from qa.claims import Claim, Source
from qa.evidence import Finding
from qa.extractive import ANSWERABLE, Draft
from qa.figures import figures_in
from qa.punctuation import JOINING
from qa.question import Question
from qa.rows import owner_of
from qa.solving import Solved, Solver
from vectorstore.folding import folded


def calculated(asked: Question, solver: Solver) -> Solved | None:
    """The solution of a question for a sum, difference, share, rate, multiple, average or another period.

    None when it asks for no calculation, when the documents state the result themselves, or when no operand
    is found, so that the question is answered as it stands. The draft names an operand that is missing.
    """
    task = english_task(asked) if asked.is_english else task_of(asked)
    if task is None or asked.elsewhere:
        return None
    work = _Work(asked, task, solver)
    stated = stated_result(task, asked, solver)
    return stated.solved if stated else work.solved()


class _Work:
    """One calculation in the making."""

    def __init__(self, asked: Question, task: Task, solver: Solver) -> None:
        self._asked, self._task, self._solver = asked, task, solver
        self._parts: list[Solved] = []
        self._wanted: Sequence[Wanted] = ()
        # Of one thing in a named unit there is less to confuse than of several.
        self._least = 0.3 if len(task.phrases) == 1 and task.unit else 0.45

    def solved(self) -> Solved | None:
        """The operands found, joined; None when there is nothing to join."""
        documents = self._solver.index.documents
        counted = counted_rows(self._task, self._asked, self._solver.index)
        if counted:
            ordinary = self._solve(self._asked)
            return replace(ordinary, draft=Draft(tuple(counted), is_settled=True))
        if self._asked.is_english:
            wanted = english_wanted(self._task, self._asked, documents)
        else:
            phrases = _with_named_years(self._task.phrases, self._asked)
            if not phrases:
                return None
            wanted = wanted_for(phrases, self._asked, self._task.unit, documents)
        self._wanted = wanted
        if any(item.question.elsewhere or item.question.is_outside for item in wanted):
            return None
        if len(wanted) == 1:
            return self._of_one(wanted[0])
        solved = [self._solve(item.question) for item in wanted]
        others = [
            finding
            for part in solved
            for finding in (*part.answerable[:1], *part.findings[:12])
            if finding.coverage >= ANSWERABLE and (finding.passage.cells or finding in part.answerable[:1])
        ]
        choices = [
            self._candidates(item, self._task.unit or item.unit, part, others)
            for item, part in zip(wanted, solved, strict=True)
        ]
        found = [choice for choice in choices if choice]
        is_part_missing = self._task.operation in ("share", "rest") and not choices[0]
        if not found or is_part_missing or (self._task.is_weak and len(found) < len(choices)):
            return None
        if len(found) < len(choices):
            missing = tuple(item.name for item, choice in zip(wanted, choices, strict=True) if not choice)
            return self._drafted([choice[0] for choice in found], (), missing)
        operands = chosen(choices, must_match=self._task.operation != "sum")
        return self._joined(operands, wanted) if operands else None

    # ── one phrase: its figures stand in one row or sentence ──

    def _of_one(self, wanted: Wanted) -> Solved | None:
        operation = self._task.operation
        if operation == "payment":
            found = self._candidates(wanted, "元")
            return self._shown(found[:1], self._payment(found[0])) if found else None
        if operation == "average":
            return self._average(wanted)
        if operation == "portion":
            return self._portion(wanted)
        if operation == "share":
            return self._share_of_whole(wanted)
        pair = self._two_states(wanted)
        if pair is None:
            return None
        task = self._task
        return self._shown(
            pair,
            calculation.difference(*pair, period=task.period, amount=task.wants_amount, rate=task.wants_rate),
        )

    def _payment(self, operand: Operand) -> Shown:
        if not operand.quantity.period:
            return Shown()
        task = self._task
        return calculation.payment(operand, period=task.period, months=task.months, people=task.people)

    def _two_states(self, wanted: Wanted) -> tuple[Operand, Operand] | None:
        """(later, earlier) of one thing: two dated cells of a row, or 从…提高到…."""
        months = tuple(date for date in wanted.dates if "月" in date)
        either = replace(wanted, dates=months, question=replace(wanted.question, years=(), aspect=""))
        solved = self._solve(either.question)
        later = candidates(either, solved, self._solver, unit=self._task.unit)
        if not later:
            return None
        best = later[0]
        together = [
            o
            for o in later
            if o.source.passage.id == best.source.passage.id and o.quantity.kind == best.quantity.kind
        ]
        if best.source.passage.cells:
            dated = sorted((o for o in together if o.years), key=lambda o: o.years)
            return (dated[-1], dated[0]) if len(dated) > 1 and dated[-1].years != dated[0].years else None
        earlier = candidates(replace(either, is_before=True), solved, self._solver, unit=self._task.unit)
        first = next(
            (o for o in earlier if o.source.passage.id == best.source.passage.id and o.start < best.start),
            None,
        )
        if first is None or first.score <= best.score * 0.6 or not _is_pair(first, best, self._solver):
            return None
        return best, first

    def _average(self, wanted: Wanted) -> Solved | None:
        counted = self._task.counted
        unit = counted[0].replace("人", "") or "人"
        solved = self._solve(wanted.question)
        if any(
            re.search(r"人均|户均|平均|每[人户家个名位]", finding.text) for finding in solved.answerable[:1]
        ):
            return None
        totals = self._candidates(wanted, self._task.unit, solved)
        for whole in totals:
            if whole.quantity.unit == unit or not whole.quantity.unit:
                continue
            count = self._count_beside(whole, counted)
            if count is not None:
                return self._shown((whole, count), calculation.average(whole, count))
        return None

    def _count_beside(self, whole: Operand, counted: str) -> Operand | None:
        """The number of those among whom a total is shared, in the sentence that states the total."""
        text = self._solver.index.documents[whole.source.passage.document].text
        start = max(text.rfind(mark, 0, whole.start) for mark in "。;\n；") + 1
        stop = min((p for mark in "。;\n；" if (p := text.find(mark, whole.end)) >= 0), default=len(text))
        passage = whole.source.passage
        start, stop = max(start, passage.start), min(stop, passage.end)
        noun = counted[1:]
        for spot in sorted(
            quantities_in(text[start:stop]),
            key=lambda s: noun[:2] not in text[start + s.end : start + s.end + 8],
        ):
            if start + spot.start == whole.start:
                continue
            if calculation.same_family(spot.quantity.unit, counted[0]):
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

    def _portion(self, wanted: Wanted) -> Solved | None:
        solved = self._solve(wanted.question)
        shares = self._candidates(wanted, "%", solved)
        for percentage in shares:
            text = self._solver.index.documents[percentage.source.passage.document].text
            start = text.rfind("。", 0, percentage.start) + 1
            passage = percentage.source.passage
            start = max(start, passage.start)
            before = [
                s for s in quantities_in(text[start : percentage.start]) if s.quantity.unit == self._task.unit
            ]
            if before and re.search(r"占|其中", text[start + before[-1].end : percentage.start]):
                spot = before[-1]
                first, last = start + spot.start, percentage.source.end
                shown = text[min(first, percentage.source.start) : last]
                source = Source(passage, min(first, percentage.source.start), last)
                whole = replace(
                    percentage,
                    quantity=spot.quantity,
                    start=first,
                    end=start + spot.end,
                    source=source,
                    shown=shown,
                )
                return self._shown((whole,), calculation.portion(whole, percentage), also=(percentage,))
        return None

    def _share_of_whole(self, wanted: Wanted) -> Solved | None:
        """总数…(其中…): the part's own sentence states the whole."""
        for part in self._candidates(wanted, ""):
            text = self._solver.index.documents[part.source.passage.document].text
            start = max(text.rfind("。", 0, part.start) + 1, part.source.passage.start)
            for spot in reversed(quantities_in(text[start : part.start])):
                first = start + spot.start
                if spot.quantity.unit == part.quantity.unit and "其中" in text[first : part.start]:
                    first = min(first, part.source.start)
                    source = Source(part.source.passage, first, part.source.end)
                    shown = text[first : part.source.end]
                    part = replace(part, source=source, shown=shown)
                    whole = replace(part, quantity=spot.quantity, start=start + spot.start)
                    return self._shown((part, whole), calculation.share(part, whole))
        return None

    # ── several phrases ──

    def _joined(self, operands: tuple[Operand, ...], wanted: Sequence[Wanted]) -> Solved | None:
        task = self._task
        years_named = bool(self._asked.years or self._asked.plan_years)
        refusal = calculation.mismatch(operands, period=task.period, years_named=years_named)
        if refusal:
            return self._drafted(operands, (refusal,))
        if task.operation == "sum":
            shown = calculation.total(operands, period=task.period, months=task.months)
        elif task.operation == "share":
            shown = calculation.share(*operands)
        elif task.operation == "multiple":
            shown = calculation.multiple(*operands)
        elif task.operation == "rest":
            shown = calculation.difference(*operands, period="", amount=True, rate=False)
        else:
            shown = calculation.difference(
                *operands, period=task.period, amount=task.wants_amount, rate=task.wants_rate
            )
        return self._shown(operands, shown)

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

    # ── what is shown ──

    def _shown(
        self, operands: Iterable[Operand], shown: Shown, *, also: Sequence[Operand] = ()
    ) -> Solved | None:
        operands = tuple(operands)
        if not all(_stands(operand, self._solver) for operand in (*operands, *also)):
            return None
        if shown.refusal:
            return self._drafted(operands, (shown.refusal,))
        return self._drafted(operands, tuple(shown.lines)) if shown.lines else None

    def _drafted(
        self, operands: Sequence[Operand], lines: Sequence[str], missing: tuple[str, ...] = ()
    ) -> Solved:
        claims: list[Claim] = []
        for operand in operands:
            claim = operand.claim()
            if claim not in claims:
                claims.append(claim)
        sources = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
        if lines:
            text = "；".join(line.rstrip("。") for line in lines).replace("：；", "：") + "。"
            is_refusal = any("不能" in line and "=" not in line for line in lines)
            claims.append(Claim(text if is_refusal and len(lines) == 1 else f"计算：{text}", sources))
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


def _with_named_years(phrases: Sequence[str], asked: Question) -> tuple[str, ...]:
    """去年 and 上年 as the year before the one that the question names; empty when it names none."""
    named = []
    for phrase in phrases:
        if wording.RELATIVE.fullmatch(phrase):
            if len(asked.years) != 1:
                return ()
            phrase = f"{asked.years[0] - 1}年"
        named.append(phrase)
    return tuple(named)


def _is_pair(first: Operand, second: Operand, solver: Solver) -> bool:
    """Whether two figures stand as 从A提高到B."""
    text = folded(solver.index.documents[first.source.passage.document].text[first.end : second.start])
    return re.search(r"[到至为]", text) is not None and len(text) < 15


def _stands(operand: Operand, solver: Solver) -> bool:
    """Number lock: the operand's figure is in the span that is cited for it."""
    source = operand.source
    text = solver.index.documents[source.passage.document].text[source.start : source.end]
    return any(figure.value == operand.quantity.value for figure in figures_in(text)) or (
        bool(source.passage.cells)
        and any(
            figure.value * scale == operand.quantity.value
            for figure in figures_in(text)
            for scale in (10_000, 100_000_000)
        )
    )
