"""Operands: for each thing wanted one figure with its unit, its owner, and the span that states it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa.arithmetic.cells import dated_rows, has_year, is_of_subject, of_row, whole_of_group
from qa.arithmetic.fitting import (
    GIVEN,
    LEAST,
    OTHER_BASE,
    OTHER_DATE,
    exactness,
    fits,
    is_given,
    is_of_another_base,
    is_of_opposite_kind,
)
from qa.arithmetic.operand import Operand
from qa.arithmetic.phrases import Wanted
from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.projects import is_of_a_project
from qa.evidence.relevance import IN_CONTEXT, Term, coverage, plain
from qa.evidence.row_names import is_of_part
from qa.evidence.solving import Solved, Solver
from qa.figures.degrees import is_of_other_degree
from qa.figures.punctuation import JOINING
from qa.figures.quantities import Quantity, Spot, quantities_in
from qa.figures.spots import BEHIND_LENGTH, Near, paid_for, spots_of
from qa.figures.tiers import age_in
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, shortest_run

_FINDINGS = 4
_GIVEN_FINDINGS = 15
_CHOICES = 6
# What a term of the operand counts for where it stands: before its figure, right behind it, before
# the list of which it is an item, around both.
_BEHIND, _IN_LEAD, _IN_CLAUSE, _IN_SENTENCE = 0.85, 0.95, 0.6, 0.35
# In a clause that lists amounts (特困供养4300万元、临时救助1600万元) the words of one say little of the next.
_IN_LIST = 0.4
# What an operand has to itself counts when it is at least this share of its wording.
_TELLING = 0.2
_OTHER_ROLE = 0.5
_CLASS = re.compile(
    r"(?:[一二三四五六七八九]|(?<!\d)\d)(?:类|档|"
    r"级(?=[,、和与比:每]|$|护理|残疾|重度|人|的|标准|是|一))|[甲乙丙丁]类"
)
# What a figure in a unit like the one asked for counts beside one in that unit.
_LIKE_UNIT = 0.7
_YEAR_BEFORE = re.compile("上年(?!度?同期)|去年|上一年")
# 按最低工资标准的35%确定,即693元: what it comes to is meant.
_COMES_TO = re.compile(r"^(?:确定|计算|计发|执行|发放)?,?(?:即|为)\s*\d")
# A tier of a list (90—94周岁:每人每月150元) is shown with whom it is for.
_TIER_LENGTH = 60
_BESIDE, _BY_NAME = 0.1, 1.06


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
        for row in (*others, *dated_rows(wanted, solved))
        if row.number not in numbers and is_of_subject(wanted, row) and has_year(wanted, row)
    ]
    findings = [
        whole_of_group(found, terms, solver.index)
        for found in (*own, *other)
        if not _is_of_part(wanted, found, rivals)
    ]
    for finding in findings:
        is_weak = finding in own and finding.score < 0.7 * own[0].score
        if is_weak and not wanted.given and not (finding.passage.cells and has_year(wanted, finding)):
            continue
        found.extend(
            of_row(wanted, finding, terms, telling, unit)
            if finding.passage.cells
            else _of_sentence(wanted, finding, terms, telling, unit, solver, least)
        )
    if any(operand.quantity.unit == unit for operand in found) and unit not in ("", "个"):
        # 几处隐患: of 42家机构 and 215处 the one in the very unit asked for.
        found = [
            operand if operand.quantity.unit == unit else replace(operand, score=operand.score * _LIKE_UNIT)
            for operand in found
        ]
    found = _of_named_rows(found, wanted)
    found = [operand for operand in found if _is_of_class(operand, wanted, solver)]
    of_all = [operand for operand in found if not _is_of_project(operand, wanted)]
    found = of_all or found
    if telling:
        found = [operand for operand in found if _tells(operand, telling, solver)]
    return sorted(found, key=lambda operand: -operand.score)[:most]


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


def _is_of_class(operand: Operand, wanted: Wanted, solver: Solver) -> bool:
    """Whether a figure is that of the class asked about, if one is (二类, 一档, 三级): where it stands names it."""
    marks = _CLASS.findall(folded(wanted.own.text))
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
    named = _CLASS.findall(own)
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
    return coverage(telling, plain(near), [(plain(around), _IN_CLAUSE)]) >= LEAST


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
    spots = spots_of(finding.text, of_growth=wanted.is_growth)
    own = {term.wordings for term in terms}
    # What the whole question says of each operand (完全丧失自理能力的特困人员,生活费加护理费) tells figures alike apart.
    beside = [term for term in solver.vocabulary.terms_of(wanted.question) if term.wordings not in own]
    name = plain("".join(wanted.own.content)).rstrip("是为有")

    def is_called(words: str) -> bool:
        """Whether the words before a figure are the very name that is asked about (社会工作师, not 助理社会工作师)."""
        return (
            bool(name)
            and re.fullmatch(rf"(?:其中|有|共有|和|及|、)*{re.escape(name)}", plain(words)) is not None
        )

    for near in spots:
        # The only amount of money of a sentence is of all that the sentence is about.
        is_only = sum(other.spot.quantity.unit == near.spot.quantity.unit == "元" for other in spots) == 1
        quantity = paid_for(text, near.spot, finding.start)
        if not quantity.unit and unit and coverage(terms, plain(near.behind)) > 0.3:
            quantity = replace(quantity, unit=unit)
        if not quantity.unit or (unit and not fits(quantity.unit, unit)):
            continue
        if quantity.unit == "%" and _COMES_TO.match(folded(finding.text[near.spot.end :])):
            continue
        clause = _clause_of(finding.text, near.spot)
        around = [
            (plain(near.behind), _BEHIND),
            (plain(near.lead), _IN_LEAD),
            (plain(clause), _IN_LIST if near.before and _is_listed(near.spot, clause) else _IN_CLAUSE),
            (plain(finding.text), _IN_CLAUSE if is_only else _IN_SENTENCE),
            (section, IN_CONTEXT),
        ]
        covered = coverage(terms, plain(near.before), around) if terms else _says(wanted, near)
        if covered < least or (wanted.given and not is_given(quantity, wanted.given)):
            continue
        told = coverage(telling, plain(near.before), around) if telling else covered
        score = (covered + told) / 2 * finding.score * _fit_of_time(wanted, near)
        score *= exactness(set(wanted.question.years), set(finding.years))
        score *= _BY_NAME if is_called(near.before) else 1
        score *= 1 + _BESIDE * coverage(beside, plain(near.before)) if beside else 1
        if _is_before_its_year(wanted, near, finding.text):
            score *= OTHER_DATE
        if _is_of_another_place(wanted, near, finding.text):
            continue
        asked = wanted.question.text
        if is_of_other_degree(folded(asked), folded(near.before)):
            continue
        if is_of_another_base(near.before, asked) or is_of_opposite_kind(near.before, asked):
            score *= OTHER_BASE
        if wanted.given:
            score += GIVEN
        yield _operand(wanted, quantity, finding, near.spot, score, terms, solver)


def _says(wanted: Wanted, near: Near) -> float:
    """Of a wording without a word to weigh (3A级): whether it stands before the figure as it is."""
    own = plain("".join(wanted.own.content))
    return float(bool(own) and own in plain(near.before))


def _is_of_another_place(wanted: Wanted, near: Near, sentence: str) -> bool:
    """Whether the sentence names the place asked about beside another figure (双河镇9个、古城镇6个)."""
    named = [place for place in wanted.question.named if place in sentence]
    return bool(named) and not any(place in near.before + near.behind for place in named)


def _is_before_its_year(wanted: Wanted, near: Near, sentence: str) -> bool:
    """Whether a sentence names the year asked about only behind another figure (改造4500户,其中2022年800户)."""
    years = wanted.question.years
    if len(years) != 1:
        return False
    whole, of_which, parts = folded(sentence).partition("其中")
    year = f"{years[0]}年"
    return bool(of_which) and year in parts and year not in whole and near.spot.start < len(whole)


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
        factor *= OTHER_DATE
    if _YEAR_BEFORE.search(near.before) and not _YEAR_BEFORE.search(wanted.question.text):
        # 巩固上年改造120户成果 tells of no other year than that before.
        factor *= OTHER_DATE
    if near.role and (near.role == "before") != wanted.is_before:
        factor *= _OTHER_ROLE
    return factor


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
    marks = set(_CLASS.findall(folded(wanted.own.text))) & set(_CLASS.findall(folded(finding.text)))
    covering = [
        (first, last)
        for first, last in [
            shortest_run(
                text,
                finding.start,
                finding.end,
                lambda piece: (
                    number in piece
                    and coverage(terms, plain(piece)) >= needed
                    and marks <= set(_CLASS.findall(folded(piece)))
                ),
            )
        ]
        if first <= start and end <= last
    ]
    is_tier = age_in(wanted.question.text) is not None and len(finding.text) <= _TIER_LENGTH
    first, last = covering[0] if covering and not is_tier else (finding.start, finding.end)
    last = first + len(text[first:last].rstrip(JOINING))
    source = Source(finding.passage, first, last)
    return Operand(wanted.name, quantity, source, start, end, text[first:last], finding.years, score)


def _is_listed(spot: Spot, clause: str) -> bool:
    """Whether a clause lists several amounts in the unit of this one."""
    return sum(other.quantity.unit == spot.quantity.unit for other in quantities_in(clause)) > 1


def _clause_of(text: str, spot: Spot) -> str:
    return next((text[a:b] for a, b in clause_spans(text, 0, len(text)) if a <= spot.start < b), text)
