"""From passages to findings: the sentences and table rows that carry the answer, scored and narrowed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.evidence.belonging import is_of_another_class
from qa.evidence.cells_asked import gives_nothing
from qa.evidence.dating import (
    is_beyond,
    is_last_year_told,
    is_of_asked_time,
    is_of_now,
    is_of_year_before,
    is_on_the_way,
    retells_year_before,
    year_before,
)
from qa.evidence.modifiers import lacks_modifier
from qa.evidence.opposites import is_of_an_opposite
from qa.evidence.orders import gives_orders
from qa.evidence.owning import best_owned
from qa.evidence.parts_of_whole import is_of_unnamed_part
from qa.evidence.projects import is_of_a_project
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.row_names import is_count_of_another, is_subtotal, name_of_row, row_shown
from qa.evidence.side_mentions import worth_as_example
from qa.evidence.some_only import is_of_some_only
from qa.evidence.suitability import answers_for, fit, is_right_year
from qa.evidence.superior import is_of_superior, opens_with_part
from qa.evidence.surroundings import Surroundings
from qa.evidence.titled_together import is_of_the_other_titled
from qa.evidence.vocabulary import Vocabulary
from qa.evidence.wanted import Wanted, until_last_figure
from qa.figures.tiers import holds_no_more, is_of_same_group, is_the_former
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import YEAR, years_in
from vectorstore.sentences import sentence_spans
from vectorstore.statements import statements_in

# What tells its reader how to answer is no source, unless nothing else says anything.
_AN_ORDER = 0.5
# What is to be done or reached was not done last year.
_AHEAD = frozenset({"target", "measure"})
_NOW = re.compile("现有|目前|现在")
# What a sentence is worth that says what holds no more, or repeats last year's; what held before, to who asks for that.
_NO_MORE = 0.5
_THE_FORMER = 1.2
# What is to be reached on the way to a plan's end, where no year is asked about.
_ON_THE_WAY, _OF_ANOTHER_PROJECT = 0.95, 0.8
# What opens with 去年 is what was last year, in fewer words than the sentence before.
_ABOUT_IT = 0.5
# The group's own figure need not repeat whose group it is.
_SHARES_WORDS = 0.25
# What a footnote adds ([1]…此前为每人每月602元) stands behind what it is a note to.
_A_NOTE, _IS_NOTE = 0.6, re.compile(r"\s*(?:[\[［〔【]\s*(?:注\s*)?\d{1,2}\s*[\]］〕】]|注\d{0,2}[:：])")
# What a group of rows makes together, where nothing is said of one of them.
_OF_GROUP = 1.05
# Longer than this it is a sentence.
_A_HEADING = 20
# A sentence that gives further figures of the same things, or the standard or reason of what the one before speaks of.
_HELD_AGAINST = re.compile(r"[比较](?:19|20)\d\d年")
_SAME_AGAIN = re.compile(
    rf"(?:到|至)?(?:{YEAR}年[底末]?(?:前)?,)?分别(?:达到?|提高到|提升到|增加到|增至|为|降至)\d|"
    r"(?:具体|发放|补助|补贴|津贴)?标准(?:分别|具体|均)?(?:[为是]:?|:|按)|"
    r"(?:主要)?原因(?:主要)?(?:是|在于|为|有)|主要是(?:因为|由于)"
)
# What figures are not of: 除收养登记…外,107项事项已上线.
_BUT_FOR = re.compile("除了?[^,。;]{2,40}?(?:以|之)?外(?=[,;])")
# How something is arranged, and no number of it: 1家综合中心+N家服务站点.
_PATTERN = re.compile(r"\d[个家名所处][^,，。;；+\d]{1,24}\+(?:[NnXx]|若干|多)[个家名所处]?")
# By what something is reckoned is not what it is: 按最低工资标准的35%确定.
_BASE, _ASKS_RATE = (
    re.compile(r"按[^,，;；。\d]{2,16}的\d[\d.]*(?:%|倍)"),
    re.compile("%|倍|比例|百分|几成|怎么[算定]|确定"),
)
# 1名社工带动20名志愿者 is no number of either.
_RATIO = re.compile(r"[“\"]?\d+\+\d+[”\"]?|\d+[名个人户][^\d,，。]{1,10}带动?\d+[名个人户]")
# How much less a sentence is worth whose figures are, by their own words, figures of nothing that is asked about.
_OF_SOMETHING_ELSE = 0.4
# So much of a question the last headings above a sentence say that is about what they name.
_HEADINGS, _SAID_BY_HEADINGS = 2, 0.85


@dataclass(frozen=True)
class Finding:
    """A sentence, clause or table row that may answer: `document.text[start:end] == text`.

    `coverage` is the weighted share of the question's terms that it and its surroundings hold (0 … 1);
    `score` adds whether the year, the kind of figure and result or target fit. `years` are those it speaks
    about; `right_year` is False when it speaks about other years than the question, `right_kind` when the
    question asks for a figure in a unit (多少家) and it gives none in such a unit; `right_subject` when it counts
    something else or lacks a noun of the question. `stands_out`: among all passages its meaning is far nearer to
    the question's than that of the others, in whatever words. `measures_others`: what says far less of the question
    than this one is about something else, unless it `is_headed`: its own headings say nearly all that is asked about.
    `is_of_part`: it gives the figure of one district, where the whole city is asked about.
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
    measures_others: bool = True
    is_headed: bool = False
    is_of_part: bool = False


def findings_in(
    question: Question, ranked: Sequence[tuple[int, float]], index: PassageIndex, vocabulary: Vocabulary
) -> list[Finding]:
    """Every sentence and row of the ranked passages as a finding, best first."""
    wanted = Wanted.by(question, vocabulary)
    found: list[Finding] = []
    for rank, (number, _) in enumerate(ranked):
        found.extend(_findings_of_passage(wanted, number, rank, index))
    found.sort(key=lambda finding: (-finding.score, finding.number, finding.start))
    return found


def _findings_of_passage(wanted: Wanted, number: int, rank: int, index: PassageIndex) -> list[Finding]:
    around = Surroundings.of(number, index, wanted.terms)
    question, passage, document = wanted.question, around.passage, around.document
    is_row = passage.kind == "row"
    found = []
    sentence_before = ""
    spans = (
        [(passage.start, passage.end)]
        if is_row
        else sentence_spans(document.text, passage.start, passage.end)
    )
    for start, end in spans:
        wording = document.text[start:end]
        shown = row_shown(passage) if is_row else wording
        # 到2024年底,分别达到29人、60%: of what is said in the sentence before.
        judged = f"{sentence_before}{shown}" if _SAME_AGAIN.match(folded(shown)) else shown
        sentence_before = shown
        if question.asks == "number" and "除" not in question.text:
            judged = _PATTERN.sub("", _BUT_FOR.sub("", judged))
        if question.asks == "number" and not _ASKS_RATE.search(question.text):
            judged = _BASE.sub("", judged)
        if question.asks == "number" and "带" not in question.text:
            judged = _RATIO.sub("", judged)
        if question.named and not answers_for(question, shown, is_row=is_row):
            continue
        if is_row and is_count_of_another(name_of_row(shown), question.content):
            continue
        if is_row and question.asks == "number" and gives_nothing(question, passage):
            continue
        if is_row and is_of_unnamed_part(question, passage, wanted.terms, index):
            continue
        sentence = _Sentence(start, end, wording, shown, judged)
        found.append(_finding(wanted, around, sentence, rank=rank, number=number))
    return found


@dataclass(frozen=True)
class _Sentence:
    """A sentence or row of a passage: its span, its `wording`, as `shown` to people, and as it is `judged`."""

    start: int
    end: int
    wording: str
    shown: str
    judged: str


def _finding(wanted: Wanted, around: Surroundings, sentence: _Sentence, *, rank: int, number: int) -> Finding:
    """A sentence as a finding: what it covers of the question, what that is worth, and whether it is of what is asked."""
    question, passage, shown = wanted.question, around.passage, sentence.shown
    is_row = passage.kind == "row"
    covering = around.covering
    if question.asks == "number" and len(question.content) == 1 and not is_row:
        # What is named behind a figure does not own it; of two things the one may be named behind the other's.
        covering = around.covering_until(sentence.end)
    covered, said = covering.by(plain(sentence.judged))
    covered *= worth_as_example(question, sentence.wording)
    # 比2023年增加 tells what a figure is held against, and not of when it is.
    years = years_in(_HELD_AGAINST.sub("", shown)) or year_before(passage, shown) or passage.years
    stated = (
        statements_in(passage, sentence.start, sentence.end, around.document)
        if question.aspect
        else frozenset()
    )
    right_year = (
        is_right_year(question, shown, years)
        and is_of_asked_time(question, passage, shown)
        and not is_beyond(question, passage, shown, around.dated)
        and not (_is_of_what_is(question, shown) and stated and stated <= _AHEAD)
    )
    factor = fit(question, shown, years=years, right_year=right_year, is_row=is_row, statements=stated)
    factor *= _worth(wanted, passage, sentence, said)
    led_by = around.led_by(sentence.start)
    right_kind = wanted.is_right_kind(sentence.judged, around.context, is_row=is_row, led_by=led_by)
    is_told_figure = question.asks == "number" and not is_row
    # 柳江区原执行二类地区标准,…
    is_of_part = is_told_figure and opens_with_part(question, sentence.wording, passage.region)
    return Finding(
        passage,
        number,
        sentence.start,
        sentence.end,
        sentence.wording,
        covered,
        covered * factor + 0.12 / (1 + 0.25 * rank),
        years,
        right_year,
        right_kind=right_kind,
        measures_others=not is_of_part
        and _measures_others(question, sentence, is_row=is_row, is_right_kind=right_kind),
        is_headed=is_told_figure
        and coverage(wanted.terms, plain("".join(passage.section[-_HEADINGS:]))) >= _SAID_BY_HEADINGS,
        is_of_part=is_of_part,
        right_subject=(said > 0 or sentence.judged == shown)
        and _is_of_subject(wanted, around, sentence, covered, led_by=led_by),
        stands_out=(covered >= _ABOUT_IT and is_last_year_told(question, shown))
        or (covered >= _SHARES_WORDS and is_of_same_group(question.text, shown)),
    )


def _measures_others(question: Question, sentence: _Sentence, *, is_row: bool, is_right_kind: bool) -> bool:
    """Whether other sentences have to say about as much of a question as this one.

    A row says its columns' headings whatever it gives; what is of another class says all of the question but that.
    """
    return is_right_kind or not (is_row or is_of_another_class(question.text, sentence.judged))


def _is_of_what_is(question: Question, shown: str) -> bool:
    """Whether it is asked what was last year, or how it is now, and a text does not say that it tells of that."""
    return is_of_year_before(question) or (is_of_now(question) and _NOW.search(shown) is None)


def _worth(wanted: Wanted, passage: Passage, sentence: _Sentence, said: float) -> float:
    """What a sentence is worth beside how much it covers, by what kind of sentence it is."""
    question, is_row = wanted.question, passage.kind == "row"
    worth = _AN_ORDER if gives_orders(sentence.wording) else 1.0
    worth *= _A_NOTE if _IS_NOTE.match(sentence.wording) else 1.0
    is_no_more = holds_no_more(question.text, sentence.wording)
    worth *= _NO_MORE if is_no_more or retells_year_before(question, sentence.wording) else 1.0
    worth *= _THE_FORMER if is_the_former(question.text, sentence.wording) else 1.0
    if question.asks == "number" and not is_row:
        worth *= _owns(question, sentence.wording, wanted.terms, said)
    worth *= _OF_ANOTHER_PROJECT if is_of_a_project(question, passage.section, sentence.wording) else 1.0
    worth *= _ON_THE_WAY if is_on_the_way(question, passage, sentence.shown) else 1.0
    return worth * (_OF_GROUP if is_row and is_subtotal(passage) else 1.0)


def _is_of_subject(
    wanted: Wanted, around: Surroundings, sentence: _Sentence, covered: float, *, led_by: str
) -> bool:
    """Whether a sentence is about the very thing, people and place that are asked about."""
    question, passage, judged = wanted.question, around.passage, sentence.judged
    is_row = passage.kind == "row"
    return (
        wanted.mentions_it(covered)
        and wanted.is_right_subject(
            judged,
            around.context if is_row else f"{around.title} {around.context}",
            around.before(sentence.start),
            covered,
            is_row=is_row,
            led_by=led_by,
        )
        and not is_of_some_only(question, judged)
        and not is_of_the_other_titled(
            around.document.metadata.title, question.text, f"{around.lead} {led_by} {judged}"
        )
        and (
            is_row
            or not _is_of_another(question, sentence.shown, _below_heading(passage, judged), passage.region)
        )
        and not lacks_modifier(
            question,
            until_last_figure(question, judged),
            f"{around.context} {led_by}",
            around.subject,
            region=passage.region,
        )
    )


def _below_heading(passage: Passage, judged: str) -> str:
    """A sentence behind its heading, which may say what no line repeats (提高城市低保标准)."""
    heading = passage.section[-1] if passage.section else ""
    return f"{heading}。{judged}" if len(heading) <= _A_HEADING and not figures_in(heading) else judged


def _owns(question: Question, sentence: str, terms: Sequence[Term], said: float) -> float:
    """Less where a sentence says (`said`) words of the question, and its figures are figures of something else."""
    figure = best_owned(question, sentence, terms)
    return 1 - _OF_SOMETHING_ELSE * (1 - figure.said / said) if figure and said else 1.0


def _is_of_another(question: Question, shown: str, judged: str, region: str) -> bool:
    """Whether a sentence's figures are of a place above, or of the other side of a pair."""
    return is_of_superior(question, shown, region) or is_of_an_opposite(question, judged)
