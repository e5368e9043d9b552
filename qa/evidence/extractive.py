"""The answer without a model: the sentences, rows and lists that answer, in the documents' own words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.evidence.claims import Claim, SideFigure, Source
from qa.evidence.conditions import items_of, led_by
from qa.evidence.findings import Finding
from qa.evidence.lists import listed
from qa.evidence.measures import measures_right
from qa.evidence.narrowing import narrowed
from qa.evidence.owning import best_owned
from qa.evidence.particulars import particular_claims
from qa.evidence.premises import corrected
from qa.evidence.relevance import Term, Vocabulary, coverage, plain
from qa.evidence.rows import owner_of, row_claim, rows_alike, rows_of_group
from qa.evidence.suitability import amounts_like
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.asking import Asks
from qa.understanding.kinds import gives_both, is_the_other, lacks_kind
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import is_span
from vectorstore.sentences import clause_spans, sentence_spans

# Below this share of the question's wording nothing that was found is about the question (measured on
# the development questions, see eval/LOG.md).
ANSWERABLE = 0.4
# So many findings are tried for a figure of the right measure.
_CANDIDATES = 4
# Of what the sentence that says most of the question says, an answer says at least this share.
_AS_MUCH, _AS_MUCH_OF_DATES = 0.68, 0.8
# Findings of another document are given too when they answer about as well and no place was named.
_AS_GOOD = 0.93
# How much is quoted for a question that asks for text rather than for a figure.
_TEXT_LENGTH = 170
_SHORT_LEAD = 60
# A sentence goes on with the one before when its first characters stand there, or it says this much of the question.
_BEGINNING, _SAYS_MORE = 3, 0.35
# What says as much of the question in another year, and nearly as well, is the same thing at another time.
_SAME_THING, _NEARLY = 0.97, 0.75
_SEMICOLONS = ";\uff1b"


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
    most = max((finding.coverage for finding in findings if finding.right_year), default=0.0)
    return [
        finding
        for finding in findings
        if (finding.coverage >= max(ANSWERABLE, share * most) or finding.stands_out)
        and finding.right_year
        and finding.right_kind
        and finding.right_subject
    ]


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
    for group in _groups(question, _of_kinds_named(question, findings, index)):
        if isinstance(group, str):
            missing.append(group)
        else:
            answers = _answer_from(question, group, terms, index)
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
        return [by_document[findings[0].passage.document]]
    return [group for group in by_document.values() if group[0].score >= _AS_GOOD * best]


def _answer_from(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    group = _saying_all_first(question, _both_kinds_first(question, group), terms)
    best = group[0]
    items = _listed(question, group, terms, index) if question.asks == "list" else []
    if items:
        return items
    if best.passage.cells:
        return [
            corrected(question, row_claim(question, row, index), row)
            for row in rows_alike(question, group, index)
        ]
    if question.asks in ("number", "date"):
        for candidate in group[:_CANDIDATES]:
            finding = narrowed(question, candidate, terms, index.documents[candidate.passage.document].text)
            if candidate.passage.cells:
                rows = rows_alike(question, group[group.index(candidate) :], index)
                return [corrected(question, row_claim(question, row, index), row) for row in rows]
            finding = _with_the_other(question, finding, index)
            # Narrowed to the clauses that answer, it may turn out to be an increase and no total.
            if measures_right(question, finding.text, context=" ".join(finding.passage.section)):
                claim = corrected(question, _quoted([finding]), finding)
                others = _of_another_time(question, candidate, finding, group, terms, index)
                return sorted([claim, *others], key=lambda one: one.sources[0].passage.years[:1])
        return []
    return _led(question, best, index) or _sentences(question, group, terms, index)


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
    led = _quoted([lead])
    claims = [replace(led, text=f"{led.text.rstrip(ENDING)}：")]
    claims += [Claim(f"- {said}", (source,)) for said, source in items]
    is_within = lead.start == best.start or any(s.start <= best.start < s.end for _, s in items)
    return claims if is_within else [*claims, _quoted([best])]


def _sentences(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The best sentence with those that go on with it, as far as there is room."""
    best = group[0]
    document = index.documents[best.passage.document]
    chosen = [narrowed(question, best, terms, document.text)]
    for finding in [*_joined(best, index), *_continuing(best, terms, index), *_following(best, group)]:
        if finding.start in {item.start for item in chosen}:
            continue
        if sum(len(item.text) for item in chosen) + len(finding.text) <= _TEXT_LENGTH:
            chosen.append(finding)
    return [corrected(question, _quoted(sorted(chosen, key=lambda item: item.start)), best)]


def _of_kinds_named(question: Question, group: Sequence[Finding], index: PassageIndex) -> Sequence[Finding]:
    """The findings without the rows that give a figure of all kinds to a question for one (特困人员6437 to 城市特困人员)."""
    if question.asks != "number":
        return group

    def is_of_all(finding: Finding) -> bool:
        passage = finding.passage
        if not passage.cells:
            return False
        around = f"{passage.caption}{''.join(passage.section)}{passage.cells[0][1]}"
        return lacks_kind(folded(question.text), folded(row_claim(question, finding, index).text + around))

    return [finding for finding in group if not is_of_all(finding)]


def _both_kinds_first(question: Question, group: Sequence[Finding]) -> Sequence[Finding]:
    """The findings, first a sentence that gives both kinds where a row gives one and the question names neither.

    孤儿标准多少: 集中养育1860元/月、散居1390元/月, and not the row of 集中养育 alone.
    """
    best = group[0]
    if question.asks != "number" or not best.passage.cells or question.years:
        return group
    shown = "".join(value for _, value in best.passage.cells)
    both = [
        f
        for f in group
        if not f.passage.cells
        and gives_both(shown, f.text, question.text)
        and amounts_like(question, f.text) > 1
    ]
    return [*both[:1], *group] if both and both[0].coverage >= _AS_GOOD * best.coverage else group


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
        if same_unit and measures_right(question, finding.text, context=" ".join(finding.passage.section)):
            return [_quoted([finding])]
    return []


def _saying_all_first(
    question: Question, group: Sequence[Finding], terms: Sequence[Term]
) -> Sequence[Finding]:
    """The findings, first one that says a word of the question which the best says nowhere, and no less of the rest
    (出国花了多少三公经费: 公出国费0万元, and not what all of them cost), no less at its figure or in the same unit."""
    best = group[0]
    if question.asks != "number" or best.passage.cells:
        return group
    around = plain(f"{best.text} {' '.join(best.passage.section)}")
    unsaid = [piece for piece in question.content if len(piece) > 1 and plain(piece) not in around]
    for finding in group[1:_CANDIDATES]:
        is_as_good = finding.coverage >= best.coverage and finding.passage.document == best.passage.document
        # A target is no result, for all its words.
        is_other = question.aspect == "result" and finding.passage.statement == "target"
        own, other = (best_owned(question, found.text, terms) for found in (finding, best))
        is_as_good = is_as_good and (
            own is None or other is None or own.unit == other.unit or own.said >= other.said
        )
        if is_as_good and not is_other and any(plain(piece) in plain(finding.text) for piece in unsaid):
            return [finding, *group]
    return group


def _with_the_other(question: Question, found: Finding, index: PassageIndex) -> Finding:
    """The figure of the other kind as well, where the question names neither (散居…1100元,集中…1500元 to 孤儿领多少)."""
    if question.asks != "number" or found.passage.cells:
        return found
    text = index.documents[found.passage.document].text
    units = {figure.unit for figure in figures_in(found.text) if figure.is_amount}
    rest = text[found.end : found.passage.end]
    behind = found.end + len(rest) - len(rest.lstrip(JOINING + ENDING))
    for start, end in clause_spans(text, behind, found.passage.end)[:1]:
        clause = text[start:end]
        amounts = {figure.unit for figure in figures_in(clause) if figure.is_amount}
        if amounts and amounts <= units and is_the_other(found.text, clause, question.text):
            shown = text[found.start : end].rstrip(JOINING)
            return replace(found, end=found.start + len(shown), text=shown)
    return found


def _continuing(best: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Finding]:
    """The sentence after a short one that only introduces it (建立双导师机制。实务导师在…)."""
    if len(best.text) > _SHORT_LEAD:
        return []
    text = index.documents[best.passage.document].text
    for number in index.section_passages(best.number):
        passage = index.passages[number]
        for start, end in sentence_spans(text, passage.start, passage.end):
            if start >= best.end and passage.kind == "text":
                if not _goes_on(best.text, text[start:end], terms):
                    return []
                return [
                    replace(best, passage=passage, number=number, start=start, end=end, text=text[start:end])
                ]
    return []


def _goes_on(said: str, following: str, terms: Sequence[Term]) -> bool:
    """Whether a sentence goes on with the one before: it begins with a thing named there, or says more of the question."""
    begins = folded(following)[:_BEGINNING]
    return begins in folded(said) or coverage(terms, plain(following)) >= _SAYS_MORE


def _joined(best: Finding, index: PassageIndex) -> list[Finding]:
    """What a sentence goes on with behind its semicolons (抓…;抓…;抓…。)."""
    passage, text = best.passage, index.documents[best.passage.document].text
    found: list[Finding] = []
    if passage.kind != "text":
        return found
    last = best.end
    for start, end in sentence_spans(text, passage.start, passage.end):
        if start >= last and text[last - 1] in _SEMICOLONS:
            found.append(replace(best, start=start, end=end, text=text[start:end]))
            last = end
    return found


def _following(best: Finding, group: Sequence[Finding]) -> list[Finding]:
    """Other sentences of the same section that are nearly as much about the question."""
    return [
        finding
        for finding in group[1:]
        if finding.passage.section == best.passage.section
        and finding.coverage >= 0.85 * best.coverage
        and finding.start != best.start
        and not finding.passage.cells
    ]


def _quoted(findings: Sequence[Finding]) -> Claim:
    """The findings' own words behind the place and years that they belong to."""
    text = ""
    for finding in findings:
        if text and text[-1] not in f"{ENDING}{_SEMICOLONS}":
            text = f"{text.rstrip(JOINING)};"
        text += finding.text
    if text[-1] not in ENDING:
        text = text.rstrip(JOINING) + "。"
    sources = tuple(Source(finding.passage, finding.start, finding.end) for finding in findings)
    owner = owner_of(findings[0].passage, (findings[0].start, findings[0].end))
    return Claim(f"{owner}：{text}" if owner else text, sources)
