"""A finding narrowed to the clauses that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.amounts import amounts_like, has_amount, units_in, wants_several_of_one
from qa.evidence.belonging import names_class
from qa.evidence.findings import Finding
from qa.evidence.items import item_count, spells_out
from qa.evidence.measures import measures_right
from qa.evidence.nouns import subjects_of
from qa.evidence.owning import OwnFigure, best_owned
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.suitability import answers_for, has_date, year_before_told
from qa.evidence.told_apart import span_of_asked
from qa.figures.punctuation import JOINING
from qa.figures.tiers import tier_of
from qa.understanding.asking import asks_twice
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.periods import opened_with
from vectorstore.sentences import clause_spans, shortest_run

# Sentences longer than this are narrowed to the clauses that answer.
_NARROW_ABOVE = 45
# The items of a list may stand in any of a sentence's clauses.
_NARROW_LIST_ABOVE = 170
# How something is done is told by the whole sentence.
_NARROW_TEXT_ABOVE = 100
# What will be there once something is built is not there yet; what holds in a case (自负3万元以上的,…) holds in that alone.
_CONDITION = re.compile(
    "(?:全部|项目)?(?:建成|完工|竣工|投用|投入使用|投入运营|落成)(?:后|以后|之后)|[^,，]*[^,，目]的[,，]$"
)
_FAR = 70
_OF_EACH = re.compile(r"每[人位名]|[每/][月年餐天次]")


def narrowed(question: Question, finding: Finding, terms: Sequence[Term], document_text: str) -> Finding:
    """The shortest run of clauses that covers nearly as much of the question as the whole sentence does."""
    tier = None
    if not finding.passage.cells:
        tier = tier_of(question.text, finding.text, question.unit) or (
            span_of_asked(question.text, finding.text) if question.asks == "number" else None
        )
    if tier:
        start, end = shortest_run(
            document_text,
            finding.start,
            finding.end,
            lambda _: True,
            around=(finding.start + tier[0], finding.start + tier[1]),
        )
        if not _OF_EACH.search(document_text[start:end]) and _OF_EACH.search(finding.text):
            # 80—89周岁每人每月发放50元,90—99周岁100元: for what it is paid is said of the first tier.
            start = finding.start
        return _without_tail(replace(finding, start=start, end=end), document_text)
    longest_whole = {"list": _NARROW_LIST_ABOVE, "text": _NARROW_TEXT_ABOVE}.get(question.asks, _NARROW_ABOVE)
    # Of several figures only the one that is asked for is given.
    is_choice = question.asks == "number" and amounts_like(question, finding.text) > 1
    if finding.passage.cells or (len(finding.text) <= longest_whole and not is_choice):
        return _without_tail(finding, document_text)
    if wants_several_of_one(question) or asks_twice(folded(question.text)):
        return _without_tail(finding, document_text)
    if question.likely_unit and question.likely_unit in units_in(finding.text):
        question = replace(question, unit=question.likely_unit)
    needed = 0.92 * coverage(terms, plain(finding.text))
    must_have_amount = question.asks == "number" and has_amount(question, finding.text)
    must_have_date = question.asks == "date" and has_date(finding.text)
    nouns = [subject[0] for subject in subjects_of(question) if subject[0] in plain(finding.text)]
    # 2023年、2024年分别完成130户、160户: whose figure is whose is told by the years, unless they open the sentence.
    opening = opened_with(folded(finding.text))
    years = [f"{y}年" for y in question.years if f"{y}年" in finding.text and y not in opening]
    is_prose, must_spell_out = question.asks in ("list", "text"), spells_out(question, finding.text)
    items = min(item_count(finding.text), max(2, question.list_size)) if question.asks == "list" else 0

    context = " ".join(finding.passage.section)
    asked = folded(question.text)
    must_name_class = names_class(asked, folded(finding.text))
    must_measure = must_have_amount and measures_right(question, finding.text, context=context)

    def suits(piece: str) -> bool:
        return (
            not (must_have_amount and not has_amount(question, piece))
            and not (must_have_date and not has_date(piece))
            and not (must_measure and not measures_right(question, piece, context=context))
            and not (question.named and not answers_for(question, piece))
            and not (is_prose and (len(piece) < _NARROW_ABOVE or item_count(piece) < items))
            and coverage(terms, plain(piece)) >= needed
            and all(noun in plain(piece) for noun in nouns)
            and not (must_name_class and not names_class(asked, folded(piece)))
            and all(year in piece for year in years)
            and not (must_spell_out and not spells_out(question, piece))
            and _is_balanced(piece)
        )

    before = year_before_told(question, finding.text, finding.years)
    if before:
        # Beside the figure of its own year that of the year before, which is asked about.
        around = finding.start + before[0], finding.start + before[1]
        start, end = shortest_run(
            document_text,
            finding.start,
            finding.end,
            lambda piece: all(n in plain(piece) for n in nouns),
            around=around,
        )
        return _without_tail(replace(finding, start=start, end=end), document_text)
    figure = best_owned(question, finding.text, terms) if must_have_amount else None
    start, end = shortest_run(
        document_text, finding.start, finding.end, suits, around=_span_of(figure, finding.start)
    )
    start = _with_condition(document_text, finding.start, start)
    return _without_tail(replace(finding, start=start, end=end), document_text)


def _with_condition(text: str, first: int, start: int) -> int:
    """Where what is quoted begins, together with the clause that says when it holds (建成后…,将新增床位1000张)."""
    clauses = [
        clause for clause in clause_spans(text, first, start) if _CONDITION.match(text[slice(*clause)])
    ]
    return clauses[-1][0] if clauses and start - clauses[-1][0] <= _FAR else start


def _span_of(figure: OwnFigure | None, offset: int) -> tuple[int, int] | None:
    return (offset + figure.start, offset + figure.end) if figure else None


def _is_balanced(text: str) -> bool:
    plain_text = folded(text)
    return all(plain_text.count(pair[0]) == plain_text.count(pair[1]) for pair in ("“”", "()", "《》"))


def _without_tail(finding: Finding, document_text: str) -> Finding:
    """Without the punctuation that joins it to what follows."""
    text = document_text[finding.start : finding.end]
    trimmed = text.rstrip(JOINING)
    return replace(finding, end=finding.start + len(trimmed), text=trimmed)
