"""Operands: for each thing wanted one figure with its unit, its owner, and the span that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic.cells import dated_rows, has_year, is_of_subject, of_row, whole_of_group
from qa.arithmetic.fitting import LEAST
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.stated import CLASS, IN_CLAUSE, of_sentence
from qa.evidence.findings import Finding
from qa.evidence.projects import is_of_a_project
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.row_names import is_of_part
from qa.evidence.solving import Solved, Solver
from qa.figures.spots import BEHIND_LENGTH
from vectorstore.folding import folded

_FINDINGS = 4
_GIVEN_FINDINGS = 15
_CHOICES = 6
# What an operand has to itself counts when it is at least this share of its wording.
_TELLING = 0.2
# What a figure in a unit like the one asked for counts beside one in that unit.
_LIKE_UNIT = 0.7


def candidates(
    wanted: Wanted,
    solved: Solved,
    solver: Solver,
    *,
    unit: str = "",
    others: Sequence[Finding] = (),
    least: float = LEAST,
    rivals: Sequence[Wanted] = (),
    most: int = _CHOICES,
) -> list[Operand]:
    """The figures that may be the operand, best first; empty when nothing found speaks of it.

    `others`: what was found for the other operands, in the same row or sentence as which this one may stand. `least` is the
    share of the operand's own words that must stand near a figure, `rivals` the operands of the same question:
    what tells this one from them must stand near its figure, too; `most` are given at most.
    """
    terms = solver.vocabulary.terms_of(wanted.own)
    telling = _telling(terms, wanted, rivals, solver)
    found = [
        operand
        for finding in _likely(wanted, solved, solver, terms, others, rivals)
        for operand in (
            of_row(wanted, finding, terms, telling, unit)
            if finding.passage.cells
            else of_sentence(wanted, finding, terms, telling, unit, solver, least)
        )
    ]
    if any(operand.quantity.unit == unit for operand in found) and unit not in ("", "个"):
        # 几处隐患: of 42家机构 and 215处 the one in the very unit asked for.
        found = [
            operand if operand.quantity.unit == unit else replace(operand, score=operand.score * _LIKE_UNIT)
            for operand in found
        ]
    found = _of_named_lines(_of_named_rows(found, wanted), wanted)
    found = [operand for operand in found if _is_of_class(operand, wanted, solver)]
    of_all = [operand for operand in found if not _is_of_project(operand, wanted)]
    found = of_all or found
    if telling:
        found = [operand for operand in found if _tells(operand, telling, solver)]
    return sorted(found, key=lambda operand: -operand.score)[:most]


def _telling(terms: Sequence[Term], wanted: Wanted, rivals: Sequence[Wanted], solver: Solver) -> list[Term]:
    """The terms that tell an operand from its rivals; none where they are too little of it."""
    shared = {
        term.wordings[0]
        for rival in rivals
        if rival is not wanted
        for term in solver.vocabulary.terms_of(rival.own)
    }
    telling = [term for term in terms if term.wordings[0] not in shared]
    is_enough = sum(term.weight for term in telling) >= _TELLING * sum(term.weight for term in terms)
    return telling if is_enough else []


def _likely(
    wanted: Wanted,
    solved: Solved,
    solver: Solver,
    terms: Sequence[Term],
    others: Sequence[Finding],
    rivals: Sequence[Wanted],
) -> Iterator[Finding]:
    """The findings in which the operand may stand: its own as far as they fit, and rows of its subject and year."""
    # A figure that the question names may stand in a sentence that fits the rest less well.
    own = list(solved.findings[:_GIVEN_FINDINGS]) if wanted.given else solved.answerable[:_FINDINGS]
    numbers = {finding.number for finding in own}
    other = [
        row
        for row in (*others, *dated_rows(wanted, solved))
        if row.number not in numbers and is_of_subject(wanted, row) and has_year(wanted, row)
    ]
    for found in (*own, *other):
        if _is_of_part(wanted, found, rivals):
            continue
        finding = whole_of_group(found, terms, solver.index)
        is_weak = finding in own and finding.score < 0.7 * own[0].score
        if not is_weak or wanted.given or (finding.passage.cells and has_year(wanted, finding)):
            yield finding


def _is_of_part(wanted: Wanted, finding: Finding, rivals: Sequence[Wanted]) -> bool:
    """Whether a row is that of one place within the place asked about (玉龙县 of 丽江), which no operand names.

    灵山县护理型占新增床位: the beds of the same county.
    """
    cells = finding.passage.cells
    name = next((value for _, value in cells if not value.strip().isdigit()), "")
    asked = [wanted] if wanted.is_of_all else [wanted, *rivals]
    return bool(name) and all(is_of_part(item.question, folded(name)) for item in asked)


def _of_named_rows(found: list[Operand], wanted: Wanted) -> list[Operand]:
    """Without the cells of other rows where a row is called after the district or town that is asked about."""
    names = [name for name in wanted.question.named if name not in wanted.question.regions]
    rows = {operand.source.passage.id for operand in found if any(name in operand.shown for name in names)}
    if not rows:
        return found
    # What the whole has (农村5925人) is not what the place named has.
    return [o for o in found if o.source.passage.id in rows or any(name in o.shown for name in names)]


def _of_named_lines(found: list[Operand], wanted: Wanted) -> list[Operand]:
    """Without the figures of other lines of a list where one names the district or town that is asked about."""
    names = [name for name in wanted.question.named if name not in wanted.question.regions]
    own = [o for o in found if any(name in o.source.passage.text for name in names)]
    sections = {o.source.passage.section for o in own}
    return [o for o in found if o in own or o.source.passage.section not in sections] if own else found


def _is_of_class(operand: Operand, wanted: Wanted, solver: Solver) -> bool:
    """Whether a figure is that of the class asked about, if one is (二类, 一档, 三级): where it stands names it."""
    marks = CLASS.findall(folded(wanted.own.text))
    passage = operand.source.passage
    if not marks:
        return True
    if passage.cells:
        # A row of what is paid on average is that of no class.
        said = f"{passage.caption} {passage.text} {' '.join(name for name, _ in passage.cells)}"
        return any(mark in folded(said) for mark in marks)
    text = folded(solver.index.documents[passage.document].text)
    line = text[text.rfind("\n", 0, operand.start) + 1 : operand.end]
    own = re.split(r"[。;]", line)[-1]
    named = CLASS.findall(own)
    return bool(named) and named[-1] in marks


def _is_of_project(operand: Operand, wanted: Wanted) -> bool:
    """Whether a figure is one of what a single project will have, which the question does not name."""
    passage = operand.source.passage
    return not passage.cells and is_of_a_project(wanted.question, passage.section, passage.text)


def _tells(operand: Operand, telling: Sequence[Term], solver: Solver) -> bool:
    """Whether what an operand has to itself is said where its figure stands."""
    passage = operand.source.passage
    text = solver.index.documents[passage.document].text
    near = operand.shown + text[operand.end : operand.end + BEHIND_LENGTH]
    around = f"{passage.text} {passage.caption} {' '.join(passage.section[-1:])}"
    return coverage(telling, plain(near), [(plain(around), IN_CLAUSE)]) >= LEAST
