"""The answer without a model: the sentences, rows and lists that answer, in the documents' own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qa.evidence.amounts import is_in_unit_asked
from qa.evidence.claims import Claim, SideFigure
from qa.evidence.conditions import items_of, led_by
from qa.evidence.findings import Finding
from qa.evidence.graded import lines_by_grade, lines_led, with_all_grades
from qa.evidence.lists import listed
from qa.evidence.measures import measures_right
from qa.evidence.narrowing import narrowed
from qa.evidence.particulars import particular_claims
from qa.evidence.precedence import both_kinds_first, of_kinds_named, saying_all_first
from qa.evidence.premises import corrected, gives_all_figures
from qa.evidence.prose import quoted, sentences_about
from qa.evidence.relevance import Term
from qa.evidence.rows import row_claim, rows_alike, rows_of_group
from qa.evidence.the_other_kind import with_the_other
from qa.evidence.vocabulary import Vocabulary
from qa.figures.punctuation import ENDING
from qa.figures.values import figures_in
from qa.understanding.asking import Asks
from qa.understanding.question import Question
from vectorstore.index import PassageIndex
from vectorstore.numerals import is_span

# Below this share of the question's wording nothing that was found is about the question (measured on
# the development questions, see eval/LOG.md).
ANSWERABLE = 0.4
# So many findings are tried for a figure of the right measure.
_CANDIDATES = 4
# Of what the sentence that says most of the question says, an answer says at least this share.
_AS_MUCH, _AS_MUCH_OF_DATES, _THE_ONLY = 0.68, 0.8, 0.6
_RATIO = re.compile(r"(?<!\d)1[名个人][^,，。;；\d]{1,10}[带配服联帮][^,，。;；\d]{0,4}\d")
# Where one sentence says all of the question, none that is only near to its meaning is about it.
_ALL_OF_IT = 0.97
# Findings of another document are given too when they answer about as well and no place was named.
_AS_GOOD = 0.93
# What says as much of the question in another year, and nearly as well, is the same thing at another time.
_SAME_THING, _NEARLY = 0.97, 0.75


@dataclass(frozen=True)
class Draft:
    """Claims in reading order, and what was asked about without an answer.

    `missing` are regions or years whose documents do not say it, `elsewhere` places that have no document.
    `is_settled`: exact and complete as it is (rows, lists, comparisons), so that a model could only spoil it.
    `is_partial`: the claims themselves say what is missing. `figures` are those of a comparison, in one unit.
    `nearest` tells, where there are no claims, of the nearest thing found and why it is no answer.
    """

    claims: tuple[Claim, ...]
    missing: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    is_settled: bool = False
    is_partial: bool = False
    figures: tuple[SideFigure, ...] = ()
    nearest: str = ""


def answerable(findings: Sequence[Finding], asks: Asks = "text") -> list[Finding]:
    """The findings that are about the question, best first; empty when it cannot be answered from them.

    What says far less of the question than another sentence, which has no such figure, is about something else.
    """
    # A date belongs to the very deed that is asked about.
    share = _AS_MUCH_OF_DATES if asks == "date" else _AS_MUCH
    most = max((f.coverage for f in findings if f.right_year and f.measures_others), default=0.0)
    right = [f for f in findings if f.right_year and f.right_kind and f.right_subject]
    found = [
        finding
        for finding in right
        if finding.coverage >= (ANSWERABLE if finding.is_headed else max(ANSWERABLE, share * most))
        or (finding.stands_out and (asks != "text" or most < _ALL_OF_IT))
    ]
    found = [finding for finding in found if not finding.is_of_part] or found
    # Who it was is told by the one sentence that names somebody, though another says more of the rest.
    is_the_only = (
        not found
        and asks == "text"
        and bool(right)
        and right[0].coverage >= max(ANSWERABLE, _THE_ONLY * most)
    )
    return right[:1] if is_the_only else found


def extract(
    question: Question, findings: Sequence[Finding], index: PassageIndex, vocabulary: Vocabulary
) -> Draft:
    """Answer from answerable findings, one claim for each document that answers."""
    if question.is_outside or (question.elsewhere and not question.regions):
        return Draft(())
    terms = vocabulary.terms_of(question)
    direct = particular_claims(question, index, question.documents)
    if not direct and not findings and question.asks == "list":
        direct = listed(question, question.documents, (), terms, index)
    if direct:
        return Draft(tuple(direct), is_settled=True)
    claims: list[Claim] = []
    missing: list[str] = []
    is_of_one_place = question.asks == "number" and len(question.regions) == 1 and len(question.years) < 2
    for group in _groups(question, of_kinds_named(question, findings, index)):
        if isinstance(group, str):
            missing.append(group)
        else:
            answers = _answer_from(question, group, terms, index)
            if claims and is_of_one_place and _is_of_same_place(claims[-1], group[0]):
                answers = [replace(claim, text=f"另一份文件写的不同：{claim.text}") for claim in answers]
            claims.extend(claim for claim in answers if claim not in claims)
    by_row = all(source.passage.cells for claim in claims for source in claim.sources)
    is_settled = by_row or len(claims) > 1 or bool(missing) or bool(question.elsewhere)
    return Draft(tuple(claims), tuple(missing), question.elsewhere, is_settled)


def _groups(question: Question, findings: Sequence[Finding]) -> list[list[Finding] | str]:
    """Findings by document in the order asked for; a region without any stands as its name."""
    if len(question.regions) > 1:
        return [
            [finding for finding in findings if finding.passage.region == region] or region
            for region in question.regions
        ]
    if len(question.years) > 1 and not is_span(question.years):
        return [
            [finding for finding in findings if year in finding.years] or f"{year}年"
            for year in question.years
        ]
    by_document: dict[str, list[Finding]] = {}
    for finding in findings:
        by_document.setdefault(finding.passage.document, []).append(finding)
    if not by_document:
        return []
    best = findings[0].score
    if question.regions or question.asks in ("list", "text"):
        own = by_document.pop(findings[0].passage.document)
        others = by_document.values() if question.asks == "number" and not question.is_side else ()
        return [own, *(group for group in others if _disagrees(question, own[0], group[0]))]
    return [group for group in by_document.values() if group[0].score >= _AS_GOOD * best]


def _is_of_same_place(claim: Claim, other: Finding) -> bool:
    """Whether a claim rests on another paper of the place and years that a finding speaks of."""
    passage = claim.sources[0].passage
    is_alike = passage.region == other.passage.region and passage.years == other.passage.years
    return is_alike and passage.document != other.passage.document


def _disagrees(question: Question, best: Finding, other: Finding) -> bool:
    """Whether another paper of the place gives another figure of the same thing and year, which its reader has to know of."""
    is_same = other.passage.region == best.passage.region and other.years == best.years
    if not is_same or other.coverage < _SAME_THING * best.coverage or other.score < _AS_GOOD * best.score:
        return False
    one, two = (_values(question, finding.text) for finding in (best, other))
    return bool(one) and bool(two) and not one & two


def _values(question: Question, text: str) -> set[Decimal]:
    """The values of a text's figures in the very unit asked for, of those in a like unit where none is."""
    amounts = [f for f in figures_in(text) if f.is_amount and is_in_unit_asked(question, f.unit)]
    return {f.value for f in amounts if f.unit == question.unit} or {f.value for f in amounts}


def _answer_from(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    group = saying_all_first(question, both_kinds_first(question, group), terms)
    best = group[0]
    items = _listed(question, group, terms, index) if question.asks == "list" else []
    if items:
        return items
    if best.passage.cells:
        rows = [best] if gives_all_figures(question, best) else rows_alike(question, group, index)
        return [corrected(question, row_claim(question, row, index), row) for row in rows]
    if question.asks in ("number", "date"):
        return _figure_from(question, group, terms, index)
    return _led(question, best, index) or sentences_about(question, group, terms, index)


def _figure_from(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The figure or the date that the best of the findings give."""
    for candidate in group[:_CANDIDATES]:
        finding = narrowed(question, candidate, terms, index.documents[candidate.passage.document].text)
        if candidate.passage.cells:
            rows = rows_alike(question, group[group.index(candidate) :], index)
            return [corrected(question, row_claim(question, row, index), row) for row in rows]
        finding = with_the_other(question, finding, index)
        by_grade = lines_by_grade(question, finding, terms, index) or lines_led(
            question, finding, terms, index
        )
        if by_grade:
            return by_grade
        text = index.documents[candidate.passage.document].text
        finding = with_all_grades(question, finding, candidate, text)
        # Narrowed to the clauses that answer, it may turn out to be an increase and no total.
        if measures_right(question, finding.text, context=" ".join(finding.passage.section)):
            claim = corrected(question, quoted([finding]), finding)
            others = _of_another_time(question, candidate, finding, group, terms, index)
            return sorted([claim, *others], key=lambda one: one.sources[0].passage.years[:1])
    return []


def _listed(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The list that is asked for, out of the document's headings, or the rows of a table's group."""
    items = listed(question, question.documents, group, terms, index)
    return items or (rows_of_group(group[0], terms, index) if group[0].passage.cells else [])


def _led(question: Question, best: Finding, index: PassageIndex) -> list[Claim]:
    """A sentence that leads a list, the list, and what answers beside it; empty where none leads one."""
    lead = led_by(best, question, index)
    items = items_of(lead, index) if lead else []
    if lead is None or not items:
        return []
    led = quoted([lead])
    claims = [replace(led, text=f"{led.text.rstrip(ENDING)}：")]
    claims += [Claim(f"- {said}", (source,)) for said, source in items]
    is_within = lead.start == best.start or any(s.start <= best.start < s.end for _, s in items)
    return claims if is_within else [*claims, quoted([best])]


def _of_another_time(
    question: Question,
    best: Finding,
    given: Finding,
    group: Sequence[Finding],
    terms: Sequence[Term],
    index: PassageIndex,
) -> list[Claim]:
    """The same figure of another year, where the question names no time (现状35%, 2025年目标55%)."""
    names_time = bool(question.years or question.plan_years or question.aspect)
    if question.asks != "number" or names_time or question.confirms or question.is_side:
        return []
    for other in group:
        is_as_good = other.coverage >= _SAME_THING * best.coverage and other.score >= _NEARLY * best.score
        is_later_or_earlier = bool(other.years and best.years) and not set(other.years) & set(best.years)
        if other.passage.cells or other.start == best.start or not (is_as_good and is_later_or_earlier):
            continue
        finding = narrowed(question, other, terms, index.documents[other.passage.document].text)
        same_unit = {f.unit for f in figures_in(finding.text)} & {f.unit for f in figures_in(given.text)}
        # 1名社工带动20名志愿者 counts no social workers of any time.
        is_ratio = _RATIO.search(finding.text) is not None
        context = " ".join(finding.passage.section)
        if same_unit and not is_ratio and measures_right(question, finding.text, context=context):
            return [quoted([finding])]
    return []
