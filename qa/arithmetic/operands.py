"""Operands: for each thing wanted one figure with its unit, its owner, and the span that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.quantities import Quantity, Spot, quantity_of_cell, same_family
from qa.arithmetic.spots import BEHIND_LENGTH, Near, paid_for, spots_of
from qa.claims import Source
from qa.evidence import Finding
from qa.punctuation import JOINING
from qa.relevance import IN_CONTEXT, Term, coverage, plain
from qa.solving import Solved, Solver
from vectorstore.folding import simplified
from vectorstore.numerals import years_in
from vectorstore.sentences import clause_spans, shortest_run

_FINDINGS = 4
_GIVEN_FINDINGS = 15
_CHOICES = 6
# What a term of the operand counts for where it stands: before its figure, right behind it, around both.
_BEHIND, _IN_CLAUSE, _IN_SENTENCE = 0.85, 0.6, 0.35
# Below this share of an operand's own words near a figure, the figure is another thing's.
LEAST = 0.45
# What an operand has to itself counts when it is at least this share of its wording.
_TELLING = 0.2
_OTHER_DATE = 0.3
_OTHER_ROLE = 0.5
_OTHER_PLACE = 0.3
_SEVERAL_YEARS = 0.9
_GIVEN = 2.0
_SILENT = ("单位", "备注", "属性", "指标属性", "指标性质", "性质", "类型", "序号")


def candidates(
    wanted: Wanted,
    solved: Solved,
    solver: Solver,
    *,
    unit: str = "",
    others: Sequence[Finding] = (),
    least: float = LEAST,
    rivals: Sequence[Wanted] = (),
) -> list[Operand]:
    """The figures that may be the operand, best first; empty when nothing found speaks of it.

    `others`: what was found for the other operands, in the same row or sentence as which this one may stand. `least` is the
    share of the operand's own words that must stand near a figure, `rivals` the operands of the same question:
    what tells this one from them must stand near its figure, too.
    """
    terms = solver.vocabulary.terms_of(wanted.own)
    shared = {
        term.wordings[0]
        for rival in rivals
        if rival is not wanted
        for term in solver.vocabulary.terms_of(rival.own)
    }
    telling = [term for term in terms if term.wordings[0] not in shared]
    if sum(term.weight for term in telling) < _TELLING * sum(term.weight for term in terms):
        telling = []
    found: list[Operand] = []
    # A figure that the question names may stand in a sentence that fits the rest less well.
    own = list(solved.findings[:_GIVEN_FINDINGS]) if wanted.given else solved.answerable[:_FINDINGS]
    numbers = {finding.number for finding in own}
    other = [
        row
        for row in (*others, *_dated_rows(wanted, solved))
        if row.number not in numbers and _has_year(wanted, row)
    ]
    findings = [*own, *other]
    for finding in findings:
        is_weak = finding in own and finding.score < 0.7 * own[0].score
        if is_weak and not wanted.given and not (finding.passage.cells and _has_year(wanted, finding)):
            continue
        found.extend(
            _of_row(wanted, finding, terms, telling, unit)
            if finding.passage.cells
            else _of_sentence(wanted, finding, terms, telling, unit, solver, least)
        )
    if telling:
        found = [operand for operand in found if _tells(operand, telling, solver)]
    return sorted(found, key=lambda operand: -operand.score)[:_CHOICES]


def _tells(operand: Operand, telling: Sequence[Term], solver: Solver) -> bool:
    """Whether what an operand has to itself is said where its figure stands."""
    passage = operand.source.passage
    text = solver.index.documents[passage.document].text
    near = operand.shown + text[operand.end : operand.end + BEHIND_LENGTH]
    around = f"{passage.text} {passage.caption} {' '.join(passage.section[-1:])}"
    return coverage(telling, plain(near), [(plain(around), _IN_CLAUSE)]) >= LEAST


def _dated_rows(wanted: Wanted, solved: Solved) -> list[Finding]:
    """Rows with a column of the very year asked about, though they name their subject in other words."""
    years = set(wanted.question.years)
    return [
        finding
        for finding in solved.findings[:12]
        if finding.passage.cells
        and finding.coverage >= 0.35
        and any(set(years_in(column)) & years for column, _ in finding.passage.cells)
    ]


def _has_year(wanted: Wanted, row: Finding) -> bool:
    years = set(wanted.question.years)
    is_place = not wanted.question.regions or row.passage.region in wanted.question.regions
    if not row.passage.cells:
        return is_place and (not years or bool(years & set(row.years)))
    return is_place and any(set(years_in(column)) & years for column, _ in row.passage.cells)


def _of_row(
    wanted: Wanted, finding: Finding, terms: Sequence[Term], telling: Sequence[Term], unit: str
) -> Iterator[Operand]:
    cells = finding.passage.cells
    label = cells[0][1]
    cell_unit = next((value for column, value in cells if simplified(column) == "单位"), "")
    covered = coverage(terms, plain(label), [(plain(finding.passage.caption), _IN_SENTENCE)])
    told = (
        coverage(telling, plain(label), [(plain(finding.passage.caption), _IN_SENTENCE)])
        if telling
        else covered
    )
    years = set(wanted.question.years)
    for column, value in cells[1:]:
        quantity = None if column in _SILENT or "均" in column else quantity_of_cell(value, cell_unit, label)
        if quantity is None or (unit and not _fits(quantity.unit, unit)):
            continue
        named = set(years_in(column))
        score = (covered + told) / 2 * finding.score * _exactness(years, named or set(finding.years))
        if years and named and not years & named:
            score *= _OTHER_DATE
        if wanted.question.aspect == "target" and "目标" not in column:
            score *= 0.9
        if wanted.given and not _is(quantity, wanted.given):
            continue
        shown = f"{label}：{column}{quantity}"
        source = Source(finding.passage, finding.passage.start, finding.passage.end)
        if covered >= LEAST:
            yield Operand(
                wanted.name,
                quantity,
                source,
                source.start,
                source.end,
                shown,
                tuple(sorted(named)) or finding.years,
                score + (_GIVEN if wanted.given else 0),
            )


def _of_sentence(
    wanted: Wanted,
    finding: Finding,
    terms: Sequence[Term],
    telling: Sequence[Term],
    unit: str,
    solver: Solver,
    least: float,
) -> Iterator[Operand]:
    section = plain(" ".join(finding.passage.section[-1:]))
    text = solver.index.documents[finding.passage.document].text
    for near in spots_of(finding.text):
        quantity = paid_for(text, near.spot, finding.start)
        if not quantity.unit and unit and coverage(terms, plain(near.behind)) > 0.3:
            quantity = replace(quantity, unit=unit)
        if not quantity.unit or (unit and not _fits(quantity.unit, unit)):
            continue
        clause = _clause_of(finding.text, near.spot)
        around = [
            (plain(near.behind), _BEHIND),
            (plain(clause), _IN_CLAUSE),
            (plain(finding.text), _IN_SENTENCE),
            (section, IN_CONTEXT),
        ]
        covered = coverage(terms, plain(near.before), around)
        if covered < least or (wanted.given and not _is(quantity, wanted.given)):
            continue
        told = coverage(telling, plain(near.before), around) if telling else covered
        score = (covered + told) / 2 * finding.score * _fit_of_time(wanted, near)
        score *= _exactness(set(wanted.question.years), set(finding.years))
        if _is_of_another_place(wanted, near, finding.text):
            score *= _OTHER_PLACE
        if wanted.given:
            score += _GIVEN
        yield _operand(wanted, quantity, finding, near.spot, score, terms, solver)


def _is_of_another_place(wanted: Wanted, near: Near, sentence: str) -> bool:
    """Whether the sentence names the place asked about beside another figure (双河镇9个、古城镇6个)."""
    named = [place for place in wanted.question.named if place in sentence]
    return bool(named) and not any(place in near.before + near.behind for place in named)


def _fit_of_time(wanted: Wanted, near: Near) -> float:
    factor = 1.0
    own_years = re.findall(r"(?:19|20)\d{2}年(?:\d{1,2}月)?", near.before)
    if (
        own_years
        and wanted.dates
        and not any(
            year.startswith(date) or date.startswith(year.rstrip("年"))
            for year in own_years
            for date in wanted.dates
        )
    ):
        factor *= _OTHER_DATE
    if near.role and (near.role == "before") != wanted.is_before:
        factor *= _OTHER_ROLE
    return factor


def _exactness(asked: set[int], stated: set[int]) -> float:
    """Less than 1 when one year is asked about and a figure belongs to several together."""
    return _SEVERAL_YEARS if len(asked) == 1 and len(stated) > 2 else 1.0


def _fits(unit: str, asked: str) -> bool:
    return same_family(unit, asked) or unit.endswith(asked)


def _is(quantity: Quantity, given: Quantity) -> bool:
    """The figure that the question names."""
    return quantity.value == given.value and quantity.unit == given.unit


def _operand(
    wanted: Wanted,
    quantity: Quantity,
    finding: Finding,
    spot: Spot,
    score: float,
    terms: Sequence[Term],
    solver: Solver,
) -> Operand:
    text = solver.index.documents[finding.passage.document].text
    start, end = finding.start + spot.start, finding.start + spot.end
    number = text[start:end]
    needed = 0.9 * coverage(terms, plain(finding.text))
    covering = [
        (first, last)
        for first, last in [
            shortest_run(
                text,
                finding.start,
                finding.end,
                lambda piece: number in piece and coverage(terms, plain(piece)) >= needed,
            )
        ]
        if first <= start and end <= last
    ]
    first, last = covering[0] if covering else (finding.start, finding.end)
    last = first + len(text[first:last].rstrip(JOINING))
    source = Source(finding.passage, first, last)
    return Operand(wanted.name, quantity, source, start, end, text[first:last], finding.years, score)


def _clause_of(text: str, spot: Spot) -> str:
    return next((text[a:b] for a, b in clause_spans(text, 0, len(text)) if a <= spot.start < b), text)
