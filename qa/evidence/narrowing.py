"""A finding narrowed to the clauses that answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.evidence.amounts import amounts_like, has_amount, units_in, wants_several_of_one
from qa.evidence.belonging import names_class
from qa.evidence.findings import Finding
from qa.evidence.items import item_count, spells_out
from qa.evidence.measures import measures_right
from qa.evidence.nouns import subjects_of
from qa.evidence.opposites import is_of_an_opposite
from qa.evidence.owning import OwnFigure, best_owned
from qa.evidence.premises import is_not_all
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.suitability import ASKS_FOR_LIMIT, LIMIT, answers_for, dates_in, year_before_told
from qa.evidence.told_apart import span_of_asked
from qa.figures.punctuation import JOINING
from qa.figures.tiers import tier_of
from qa.understanding.asking import asks_twice
from qa.understanding.question import Question
from qa.understanding.unit_asked import OF_TIME
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value
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
_ITS = re.compile("其(?![中他它余次实])")
_FAR = 70
# 第二次是什么时候, 最后一次调整是哪年
_ORDINAL = re.compile("第(?P<number>[一二三四五六])次|(?P<last>最[后近]一?次|上一次)")
_MOST_DATES = 9
_STEP = re.compile("初审|复审|受理|核查|核对|公示|入户")
# To each of several its own figure.
_EACH_ITS_OWN = "分别"
_OF_EACH = re.compile(r"每[人位名]|[每/][月年餐天次]")


def narrowed(question: Question, finding: Finding, terms: Sequence[Term], document_text: str) -> Finding:
    """The shortest run of clauses that covers nearly as much of the question as the whole sentence does."""
    by_tier = _of_tier(question, finding, document_text)
    if by_tier is not None:
        return _without_tail(by_tier, document_text)
    if _answers_whole(question, finding) or is_not_all(question, finding.text):
        # Which are not so stands beside how many are.
        return _without_tail(finding, document_text)
    if question.likely_unit and question.likely_unit in units_in(finding.text):
        question = replace(question, unit=question.likely_unit)
    needs = _Needs.of(question, finding, terms)
    before = year_before_told(question, finding.text, finding.years)
    if before:
        # Beside the figure of its own year that of the year before, which is asked about.
        around = finding.start + before[0], finding.start + before[1]
        start, end = shortest_run(
            document_text, finding.start, finding.end, needs.names_subject, around=around
        )
        return _without_tail(replace(finding, start=start, end=end), document_text)
    figure = best_owned(question, finding.text, terms) if needs.amount else None
    start, end = shortest_run(
        document_text, finding.start, finding.end, needs.met_by, around=_span_of(figure, finding.start)
    )
    start = _with_owner(document_text, finding.start, _with_condition(document_text, finding.start, start))
    end = _with_amount_meant(document_text, end, finding.end)
    return _without_tail(replace(finding, start=start, end=end), document_text)


def _with_owner(document_text: str, sentence_start: int, start: int) -> int:
    """Where a run begins that says only 其 (其2024年城市低保标准为…): whose it is stands before."""
    return sentence_start if _ITS.match(document_text, start) else start


def _of_tier(question: Question, finding: Finding, document_text: str) -> Finding | None:
    """The clause of the age, grade or kind that is asked about, where a sentence tells several apart."""
    if finding.passage.cells:
        return None
    tier = tier_of(question.text, finding.text, question.unit)
    if tier is None and question.asks == "number":
        tier = span_of_asked(question.text, finding.text)
    if not tier:
        return None
    around = (finding.start + tier[0], finding.start + tier[1])
    start, end = shortest_run(document_text, finding.start, finding.end, lambda _: True, around=around)
    if not _OF_EACH.search(document_text[start:end]) and _OF_EACH.search(finding.text):
        # 80—89周岁每人每月发放50元,90—99周岁100元: for what it is paid is said of the first tier.
        start = finding.start
    return replace(finding, start=start, end=end)


def _answers_whole(question: Question, finding: Finding) -> bool:
    """Whether nothing is to be left out: rows, short sentences of one figure, questions for several things of one."""
    longest = {"list": _NARROW_LIST_ABOVE, "text": _NARROW_TEXT_ABOVE}.get(question.asks, _NARROW_ABOVE)
    # Of several figures only the one that is asked for is given.
    is_choice = question.asks == "number" and amounts_like(question, finding.text) > 1
    is_short = len(finding.text) <= longest and not is_choice
    is_of_several = wants_several_of_one(question) or asks_twice(folded(question.text))
    is_of_several = is_of_several and not _stand_in_one_clause(question, finding.text)
    # 5个工作日内完成审核,3个工作日内完成审批: each step takes its time.
    names_step = _STEP.search(question.text) is not None
    is_in_steps = question.unit == OF_TIME and not names_step and amounts_like(question, finding.text) > 1
    return bool(finding.passage.cells) or is_short or is_of_several or is_in_steps


def _stand_in_one_clause(question: Question, text: str) -> bool:
    """Whether all figures like those asked for stand in one clause that tells them apart (分别满足3万人、0.5万人)."""
    every = amounts_like(question, text)
    clauses = [text[start:end] for start, end in clause_spans(text, 0, len(text))]
    return any(_EACH_ITS_OWN in clause and amounts_like(question, clause) == every > 1 for clause in clauses)


@dataclass(frozen=True)
class _Needs:
    """What a run of clauses has to hold, of all that the whole sentence holds, so that it answers as well."""

    question: Question
    terms: Sequence[Term]
    coverage: float
    amount: bool
    measure: bool
    dates: int
    class_named: bool
    limit: bool
    spelt_out: bool
    items: int
    nouns: Sequence[str]
    years: Sequence[str]
    context: str

    @classmethod
    def of(cls, question: Question, finding: Finding, terms: Sequence[Term]) -> _Needs:
        """What is needed of a finding's sentence."""
        text, context = finding.text, " ".join(finding.passage.section)
        amount = question.asks == "number" and has_amount(question, text)
        # 2023年、2024年分别完成130户、160户: whose figure is whose is told by the years, unless they open the sentence.
        opening = opened_with(folded(text))
        return cls(
            question,
            terms,
            coverage=0.92 * coverage(terms, plain(text)),
            amount=amount,
            measure=amount and measures_right(question, text, context=context),
            dates=min(_which_time(question), dates_in(text)) if question.asks == "date" else 0,
            class_named=names_class(folded(question.text), folded(text)),
            limit=ASKS_FOR_LIMIT.search(question.text) is not None and LIMIT.search(text) is not None,
            spelt_out=spells_out(question, text),
            items=min(item_count(text), max(2, question.list_size)) if question.asks == "list" else 0,
            nouns=[subject[0] for subject in subjects_of(question) if subject[0] in plain(text)],
            years=[f"{y}年" for y in question.years if f"{y}年" in text and y not in opening],
            context=context,
        )

    def names_subject(self, piece: str) -> bool:
        """Whether a piece holds every noun of the question that the sentence holds."""
        return all(noun in plain(piece) for noun in self.nouns)

    def met_by(self, piece: str) -> bool:
        """Whether a piece of the sentence answers as well as all of it."""
        question = self.question
        is_prose = question.asks in ("list", "text")
        return (
            not (self.amount and not has_amount(question, piece))
            and dates_in(piece) >= self.dates
            and not (self.limit and LIMIT.search(piece) is None)
            and not (self.measure and not measures_right(question, piece, context=self.context))
            and not (question.named and not answers_for(question, piece))
            and not (is_prose and (len(piece) < _NARROW_ABOVE or item_count(piece) < self.items))
            and coverage(self.terms, plain(piece)) >= self.coverage
            and self.names_subject(piece)
            and not (self.class_named and not names_class(folded(question.text), folded(piece)))
            and all(year in piece for year in self.years)
            and not (self.spelt_out and not spells_out(question, piece))
            and _is_balanced(piece)
            and not is_of_an_opposite(question, piece)
        )


def _which_time(question: Question) -> int:
    """How many dates an answer has to give: for the second of several (第二次是什么时候) two, for the last of them all."""
    ordinal = _ORDINAL.search(question.text)
    if ordinal is None:
        return 1
    return _MOST_DATES if ordinal["last"] else int(numeral_value(ordinal["number"]))


def _with_condition(text: str, first: int, start: int) -> int:
    """Where what is quoted begins, together with the clause that says when it holds (建成后…,将新增床位1000张)."""
    clauses = [
        clause for clause in clause_spans(text, first, start) if _CONDITION.match(text[slice(*clause)])
    ]
    return clauses[-1][0] if clauses and start - clauses[-1][0] <= _FAR else start


def _with_amount_meant(text: str, end: int, last: int) -> int:
    """Where what is quoted ends, together with the clause that says what it comes to (按35%确定,即693元)."""
    clauses = clause_spans(text, end, last)
    begins = re.match(r"[,，]?即", text[end:last]) is not None
    return clauses[0][1] if begins and clauses else end


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
