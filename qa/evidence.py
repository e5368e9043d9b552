"""From passages to findings: the sentences and table rows that carry the answer, scored and narrowed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.asking import asked_which, asks_twice
from qa.measures import is_institution, measures_right
from qa.orders import gives_orders
from qa.owning import OwnFigure, best_owned
from qa.punctuation import JOINING
from qa.question import Question
from qa.relevance import (
    IN_CONTEXT,
    IN_PASSAGE,
    IN_SECTION,
    Term,
    Vocabulary,
    attribute_of,
    counted_in,
    coverage,
    plain,
    subjects_of,
)
from qa.suitability import (
    amounts_like,
    answers_for,
    fit,
    has_amount,
    has_date,
    has_place,
    is_right_year,
    item_count,
    units_in,
    wants_several_of_one,
)
from qa.tiers import age_in, holds_no_more, is_of_age, lead_of, tier_of
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import years_in
from vectorstore.sentences import clause_spans, sentence_spans, shortest_run
from vectorstore.statements import statements_in

# Sentences longer than this are narrowed to the clauses that answer.
_NARROW_ABOVE = 45
_TWO_WORDS = 4
_NO_OTHER_WORDING = 2
# What tells its reader how to answer is no source, unless nothing else says anything.
_AN_ORDER = 0.5
# What a sentence is worth that says what holds no more.
_NO_MORE = 0.5
# How much less a sentence is worth whose figures are, by their own words, figures of nothing that is asked about.
_OF_SOMETHING_ELSE = 0.4
# What says this much of the question is about it, though it lack one of its nouns.
_SAYS_ENOUGH, _SAYS_NEARLY_ALL, _MANY = 0.65, 0.8, 3
# The items of a list may stand in any of a sentence's clauses.
_NARROW_LIST_ABOVE = 170


@dataclass(frozen=True)
class Finding:
    """A sentence, clause or table row that may answer: `document.text[start:end] == text`.

    `coverage` is the weighted share of the question's terms that it and its surroundings hold (0 … 1);
    `score` adds whether the year, the kind of figure and result or target fit. `years` are those it speaks
    about; `right_year` is False when it speaks about other years than the question, `right_kind` when the
    question asks for a figure in a unit (多少家) and it gives none in such a unit; `right_subject` when it counts
    something else or lacks a noun of the question. `stands_out`: among all passages its meaning is far nearer to
    the question's than that of the others, in whatever words.
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
    right_subject: bool = True
    stands_out: bool = False


def findings_in(
    question: Question, ranked: Sequence[tuple[int, float]], index: PassageIndex, vocabulary: Vocabulary
) -> list[Finding]:
    """Every sentence and row of the ranked passages as a finding, best first."""
    terms = vocabulary.terms_of(question)
    wanted = _Wanted(question, terms, counted_in(question), subjects_of(question), vocabulary)
    found: list[Finding] = []
    for rank, (number, _) in enumerate(ranked):
        found.extend(_findings_of_passage(wanted, number, rank, index))
    return sorted(found, key=lambda finding: (-finding.score, finding.number, finding.start))


def _findings_of_passage(wanted: _Wanted, number: int, rank: int, index: PassageIndex) -> list[Finding]:
    question, passage = wanted.question, index.passages[number]
    document = index.documents[passage.document]
    neighbours = [index.passages[near].text for near in index.neighbours(number)]
    earlier = " ".join(index.passages[near].text for near in index.neighbours(number) if near < number)
    context = f"{' '.join(passage.section)} {passage.caption}"
    surroundings = [
        (plain(passage.text), IN_PASSAGE),
        (plain(context), IN_CONTEXT),
        (plain(lead_of(number, index)), IN_CONTEXT),
        (plain(" ".join(neighbours)), IN_SECTION),
    ]
    is_row = passage.kind == "row"
    whole = [(passage.start, passage.end)]
    found = []
    for start, end in whole if is_row else sentence_spans(document.text, passage.start, passage.end):
        wording = document.text[start:end]
        # A figure's owner is named in its sentence, above it or before it, never behind it.
        before = plain(f"{context} {earlier} {document.text[passage.start : start]}")
        shown = ";".join(f"{column}:{value}" for column, value in passage.cells) if is_row else wording
        if question.named and not answers_for(question, shown, is_row=is_row):
            continue
        covered = coverage(wanted.terms, plain(shown), surroundings)
        years = years_in(shown) or passage.years
        right_year = is_right_year(question, shown, years)
        stated = statements_in(passage, start, end, document) if question.aspect else frozenset()
        factor = fit(question, shown, years=years, right_year=right_year, is_row=is_row, statements=stated)
        factor *= _AN_ORDER if gives_orders(wording) else 1.0
        factor *= _NO_MORE if holds_no_more(question.text, wording) else 1.0
        if question.asks == "number" and not is_row:
            factor *= _owns(question, wording, wanted.terms)
        score = covered * factor + 0.12 / (1 + 0.25 * rank)
        found.append(
            Finding(
                passage,
                number,
                start,
                end,
                wording,
                covered,
                score,
                years,
                right_year,
                right_kind=wanted.is_right_kind(shown, context, is_row=is_row),
                right_subject=wanted.is_right_subject(shown, before, covered, is_row=is_row),
            )
        )
    return found


def _owns(question: Question, sentence: str, terms: Sequence[Term]) -> float:
    """Less where a sentence says the words of the question, and its figures are figures of something else."""
    said = coverage(terms, plain(sentence))
    figure = best_owned(question, sentence, terms)
    return 1 - _OF_SOMETHING_ELSE * (1 - figure.said / said) if figure and said else 1.0


@dataclass(frozen=True)
class _Wanted:
    """What a question wants of a sentence: its terms, what it counts, the nouns that it is about."""

    question: Question
    terms: Sequence[Term]
    counted: Sequence[str]
    subjects: Sequence[tuple[str, ...]]
    vocabulary: Vocabulary

    def is_right_kind(self, shown: str, context: str, *, is_row: bool) -> bool:
        """Whether the text gives a figure of the unit and measure asked for, of the very home asked about."""
        question = self.question
        if question.asks == "date":
            return has_date(shown)
        if question.asks == "place":
            return has_place(shown)
        which = asked_which(folded(question.text))
        if which and which not in shown:
            return False
        if question.asks != "number":
            return True
        own, age = plain(f"{context} {shown}"), age_in(question.text)
        shown = f"{shown};{context}" if is_row else shown
        homes = [subject for subject in self.subjects if len(subject[0]) > 2 and is_institution(subject[0])]
        return (
            ((is_row and not question.unit) or has_amount(question, shown))
            and measures_right(question, shown, context=context)
            and (age is None or is_of_age(age, shown) is not False)
            and all(any(wording in own for wording in home if len(wording) >= len(home[0])) for home in homes)
        )

    def is_right_subject(self, shown: str, before: str, covered: float, *, is_row: bool) -> bool:
        """Whether the text names what is counted and, in it or before it, every noun.

        What says nearly all of the rest may lack a noun that the library does not know: people call things by
        other names.
        """
        own = plain(shown if is_row else _until_last_figure(self.question, shown))
        attribute = attribute_of(self.question)
        if attribute and not any(wording in held for wording in attribute for held in (own, before)):
            return False
        if self.counted and not any(_names(own, wording) for wording in self.counted):
            return False
        missing = [
            subject
            for subject in self.subjects
            if not any(wording in held for held in (own, before) for wording in subject)
        ]
        is_last = bool(missing) and missing[-1] == self.subjects[-1] and len(missing[-1]) <= _NO_OTHER_WORDING
        if is_last and covered < _SAYS_NEARLY_ALL and not self.vocabulary.knows(missing[-1][0]):
            # What is measured has no other name than the asker's (保护热线).
            return False
        unknown = not any(self.vocabulary.knows(subject[0]) for subject in missing)
        is_one_of_many = len(missing) == 1 and len(self.subjects) >= _MANY
        return not missing or covered >= (
            _SAYS_ENOUGH if unknown else _SAYS_NEARLY_ALL if is_one_of_many else 1
        )


def _until_last_figure(question: Question, sentence: str) -> str:
    """A sentence up to the end of its last clause that gives a figure like the one asked for."""
    if question.asks != "number":
        return sentence
    clauses = clause_spans(sentence, 0, len(sentence))
    ends = [end for start, end in clauses if has_amount(question, sentence[start:end])]
    return sentence[: ends[-1]] if ends else sentence


def _names(text: str, wording: str) -> bool:
    """Whether `text` says a noun, or both halves of one that is put together (历史婚姻数据 for 历史数据)."""
    half = len(wording) // 2
    return wording in text or (
        len(wording) == _TWO_WORDS and wording[:half] in text and wording[half:] in text
    )


def narrowed(question: Question, finding: Finding, terms: Sequence[Term], document_text: str) -> Finding:
    """The shortest run of clauses that covers nearly as much of the question as the whole sentence does."""
    tier = tier_of(question.text, finding.text) if not finding.passage.cells else None
    if tier:
        start, end = shortest_run(
            document_text,
            finding.start,
            finding.end,
            lambda _: True,
            around=(finding.start + tier[0], finding.start + tier[1]),
        )
        return _without_tail(replace(finding, start=start, end=end), document_text)
    longest_whole = _NARROW_LIST_ABOVE if question.asks == "list" else _NARROW_ABOVE
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
    is_prose = question.asks in ("list", "text")
    items = min(item_count(finding.text), max(2, question.list_size)) if question.asks == "list" else 0

    context = " ".join(finding.passage.section)
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
            and _is_balanced(piece)
        )

    figure = best_owned(question, finding.text, terms) if must_have_amount else None
    start, end = shortest_run(
        document_text, finding.start, finding.end, suits, around=_span_of(figure, finding.start)
    )
    return _without_tail(replace(finding, start=start, end=end), document_text)


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
