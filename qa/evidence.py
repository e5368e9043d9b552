"""From passages to findings: the sentences and table rows that carry the answer, scored and narrowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.figures import figures_in
from qa.punctuation import JOINING
from qa.question import Question
from qa.relevance import (
    IN_CONTEXT,
    IN_PASSAGE,
    IN_SECTION,
    Term,
    Vocabulary,
    counted_in,
    coverage,
    plain,
    subjects_of,
)
from vectorstore.documents import Passage
from vectorstore.index import PassageIndex
from vectorstore.numerals import years_in
from vectorstore.sentences import clause_spans, sentence_spans

_DATE = re.compile(
    r"(?:19|20)\d{2}\s*年|\d{1,2}\s*月(?:\d{1,2}\s*日)?|[前底末初]|“?[一二三四五六七八九十]{1,3}五”?(?:时期|期间|末)"
)
_TARGET = re.compile(r"到20\d\d年|力争|目标|计划|将|确保|不低于|以上|推进|新增|完成\d|实现|达到")
_RESULT = re.compile(r"已|现有|目前|累计|共(?:有|发放|办理|计)|完成了|达到了|建成了|实际|提高到")
# Sentences longer than this are narrowed to the clauses that answer.
_NARROW_ABOVE = 45
_WRONG_YEAR = 0.45
_OTHER_PLAN = 0.9
_WRONG_TYPE = 0.6
_WRONG_UNIT = 0.8
_SEVERAL = 1.15
_EXACT_UNIT = 1.06
# A figure of the whole place (全市42家) is what a plain question means, rather than one of some part.
_OF_THE_WHOLE = 1.03
_WHOLE = re.compile(r"全[省市县区州旗]|总数|总量|总计|共(?:有|计)|达到")


@dataclass(frozen=True)
class Finding:
    """A sentence, clause or table row that may answer: `document.text[start:end] == text`.

    `coverage` is the weighted share of the question's terms that it and its surroundings hold (0 … 1);
    `score` adds whether the year, the kind of figure and result or target fit. `years` are those it speaks
    about; `right_year` is False when it speaks about other years than the question, `right_kind` when the
    question asks for a figure in a unit (多少家) and it gives none in such a unit, or counts something else.
    """

    passage: Passage
    number: int
    start: int
    end: int
    text: str
    coverage: float
    score: float
    years: tuple[int, ...]
    right_year: bool
    right_kind: bool = True


def findings_in(
    question: Question, ranked: Sequence[tuple[int, float]], index: PassageIndex, vocabulary: Vocabulary
) -> list[Finding]:
    """Every sentence and row of the ranked passages as a finding, best first."""
    terms = vocabulary.terms_of(question)
    counted, subjects = counted_in(question), subjects_of(question)
    found = []
    for rank, (number, _) in enumerate(ranked):
        passage = index.passages[number]
        found.extend(_findings_of_passage(question, terms, counted, subjects, passage, number, rank, index))
    return sorted(found, key=lambda finding: (-finding.score, finding.number, finding.start))


def _findings_of_passage(
    question: Question,
    terms: Sequence[Term],
    counted: Sequence[str],
    subjects: Sequence[tuple[str, ...]],
    passage: Passage,
    number: int,
    rank: int,
    index: PassageIndex,
) -> list[Finding]:
    text = index.documents[passage.document].text
    neighbours = (index.passages[near].text for near in index.neighbours(number))
    surroundings = [
        (plain(passage.text), IN_PASSAGE),
        (plain(f"{' '.join(passage.section)} {passage.caption}"), IN_CONTEXT),
        (plain(" ".join(neighbours)), IN_SECTION),
    ]
    is_row = passage.kind == "row"
    whole = [(passage.start, passage.end)]
    spans = whole if is_row else sentence_spans(text, passage.start, passage.end)
    found = []
    for start, end in spans:
        wording = text[start:end]
        shown = ";".join(f"{column}:{value}" for column, value in passage.cells) if is_row else wording
        covered = coverage(terms, plain(shown), surroundings)
        years = years_in(shown) or passage.years
        if question.named and not _answers_for(question, shown):
            continue
        right_year = not question.years or not years or bool(set(years) & set(question.years))
        factor = _fit(question, shown, years=years, right_year=right_year, is_row=is_row)
        score = covered * factor + 0.12 / (1 + 0.25 * rank)
        right_kind = question.asks != "number" or not question.unit or has_amount(question, shown)
        if counted and not any(wording in plain(shown) for wording in counted):
            right_kind = False
        near = [plain(shown), *(held for held, _ in surroundings)]
        if not all(any(wording in held for held in near for wording in subject) for subject in subjects):
            right_kind = False
        found.append(
            Finding(passage, number, start, end, wording, covered, score, years, right_year, right_kind)
        )
    return found


def _fit(question: Question, text: str, *, years: tuple[int, ...], right_year: bool, is_row: bool) -> float:
    """How well a text suits what is asked for, as a factor around 1."""
    factor = 1.0 if right_year else _WRONG_YEAR
    if question.plan_years and not set(years) & set(question.plan_years):
        factor *= _OTHER_PLAN
    if question.asks == "number":
        if not any(figure.is_amount for figure in figures_in(text)):
            factor *= _WRONG_TYPE
        elif question.unit and not is_row:
            exact = any(figure.is_amount and figure.unit == question.unit for figure in figures_in(text))
            factor *= _EXACT_UNIT if exact else 1.0 if has_amount(question, text) else _WRONG_UNIT
        elif question.likely_unit and not is_row:
            factor *= (
                1.05 if question.likely_unit in {figure.unit for figure in figures_in(text)} else _WRONG_UNIT
            )
        factor *= _OF_THE_WHOLE if _WHOLE.search(text) else 1.0
        if _wants_several_of_one(question) and sum(figure.is_amount for figure in figures_in(text)) >= max(
            2, question.list_size
        ):
            factor *= _SEVERAL
        if is_row:
            factor *= 1.05
    elif question.asks == "date" and not _DATE.search(text):
        factor *= _WRONG_TYPE
    elif question.asks == "list":
        factor *= 1.06 if item_count(text) >= max(2, question.list_size) else 0.85
    if question.aspect:
        target, result = bool(_TARGET.search(text)), bool(_RESULT.search(text))
        if target != result:
            factor *= 1.04 if (question.aspect == "target") == target else 0.92
    if len(text) < 10 and not is_row:
        factor *= 0.8
    return factor


def _wants_several_of_one(question: Question) -> bool:
    """Several figures of one place and year; 各是多少 after two places or years means one of each."""
    return question.wants_several and len(question.regions) < 2 and len(question.years) < 2


# Units that count the same kind of thing, so that a figure in one answers a question in another.
_UNIT_FAMILIES = (
    "家个所处座",
    "人名位",
    "张床",
    "件起宗例",
    "次场回",
    "项个条",
    "户家",
    "元块钱",
    "%成",
    "村社区",
)


def has_amount(question: Question, text: str) -> bool:
    """Whether `text` holds a figure of the kind asked for, in a unit like the one asked for when one is."""
    amounts = [figure for figure in figures_in(text) if figure.is_amount]
    if not question.unit or question.unit in "个万亿千百":
        return bool(amounts)
    family = {question.unit[-1]}.union(
        *(set(units) for units in _UNIT_FAMILIES if question.unit[-1] in units)
    )
    if any(family & set(figure.unit) for figure in amounts):
        return True
    # A cell holds its figure and its unit apart (单位:张;2015年:30).
    return any(not figure.unit for figure in amounts) and bool(
        family & set("".join(re.findall(r"单位:([^;]+)", text)))
    )


def _answers_for(question: Question, text: str) -> bool:
    """Whether `text` speaks of the places that the question names; for a figure, in the very clause that gives it.

    A place that a sentence merely mentions does not own the figures in the rest of it.
    """
    if question.asks != "number":
        return all(name in text for name in question.named)
    pieces = (text[start:end] for start, end in clause_spans(text, 0, len(text)))
    return any(
        all(name in piece for name in question.named) and has_amount(question, piece) for piece in pieces
    )


def item_count(text: str) -> int:
    """How many items an enumeration seems to have; 1 for running text."""
    return 1 + len(re.findall(r"、|(?<=.)[二三四五六七八九]是|[;;](?=.)|”“|[,,](?=.)", text))


def narrowed(question: Question, finding: Finding, terms: Sequence[Term], document_text: str) -> Finding:
    """The shortest run of clauses that covers nearly as much of the question as the whole sentence does."""
    if finding.passage.cells or len(finding.text) <= _NARROW_ABOVE:
        return _without_tail(finding, document_text)
    clauses = clause_spans(document_text, finding.start, finding.end)
    needed = 0.92 * coverage(terms, plain(finding.text))
    if _wants_several_of_one(question):
        return _without_tail(finding, document_text)
    if question.likely_unit and question.likely_unit in {figure.unit for figure in figures_in(finding.text)}:
        question = replace(question, unit=question.likely_unit)
    must_have_amount = question.asks == "number" and has_amount(question, finding.text)
    items = min(item_count(finding.text), max(2, question.list_size)) if question.asks == "list" else 0
    best = (finding.start, finding.end)
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            start, end = clauses[first][0], clauses[last][1]
            if end - start >= best[1] - best[0]:
                break
            piece = document_text[start:end]
            if must_have_amount and not has_amount(question, piece):
                continue
            if question.named and not _answers_for(question, piece):
                continue
            if question.asks in ("list", "text") and (
                end - start < _NARROW_ABOVE or item_count(piece) < items
            ):
                continue
            if coverage(terms, plain(piece)) >= needed and _is_balanced(piece):
                best = (start, end)
    return _without_tail(replace(finding, start=best[0], end=best[1]), document_text)


def _is_balanced(text: str) -> bool:
    return all(text.count(opening) == text.count(closing) for opening, closing in ("“”", "()", "()", "《》"))


def _without_tail(finding: Finding, document_text: str) -> Finding:
    """Without the punctuation that joins it to what follows."""
    text = document_text[finding.start : finding.end]
    trimmed = text.rstrip(JOINING)
    return replace(finding, end=finding.start + len(trimmed), text=trimmed)
