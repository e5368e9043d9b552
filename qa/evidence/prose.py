"""Prose as an answer: the sentence that says it, those that go on with it, and whose words they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.findings import Finding
from qa.evidence.narrowing import narrowed
from qa.evidence.premises import corrected
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.rows import owner_of
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.attributes import attribute_asked
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.sentences import sentence_spans

# How much is quoted for a question that asks for text rather than for a figure.
_TEXT_LENGTH = 170
_SHORT_LEAD = 60
# A heading within a paragraph, and how much is quoted with it.
_HEADING, _LED_LENGTH = 30, 280
_NUMBERED = re.compile("(?:第?[一二三四五六七八九十]+(?:是|[、,])|[(][一二三四五六七八九十]+[)])")
# A sentence goes on with the one before when its first characters stand there, or it says this much of the question.
_BEGINNING, _SAYS_MORE = 3, 0.35
# What each of several is told of, where that is asked (每一级分别干什么).
_ASKS_OF_EACH, _ROW = (
    re.compile("分别|每一?[级个项类种处]|各自?"),
    re.compile("[\u4e00-\u9fff]{2,6}(?:、[\u4e00-\u9fff]{2,6}){2,}"),
)
_A_NAME, _EACH_LENGTH = 2, 420
_SEMICOLONS = ";\uff1b"


def sentences_about(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The best sentence with those that go on with it, as far as there is room."""
    best = group[0]
    document = index.documents[best.passage.document]
    chosen = [narrowed(question, best, terms, document.text)]
    one_by_one = _told_one_by_one(question, best, index)
    for finding in [
        *one_by_one,
        *_contacts(question, best, index),
        *_joined(best, index),
        *_continuing(best, terms, index),
        *_following(best, group),
    ]:
        if finding.start in {item.start for item in chosen}:
            continue
        room = _EACH_LENGTH if finding in one_by_one else _LED_LENGTH if _leads(best.text) else _TEXT_LENGTH
        if sum(len(item.text) for item in chosen) + len(finding.text) <= room:
            chosen.append(finding)
    return [corrected(question, quoted(sorted(chosen, key=lambda item: item.start)), best)]


def quoted(findings: Sequence[Finding]) -> Claim:
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


def _told_one_by_one(question: Question, best: Finding, index: PassageIndex) -> list[Finding]:
    """The sentences behind a list of names that each begin with one of them (街道、社区、小区三级网络。街道级…。社区级…)."""
    row = _ROW.search(folded(best.text)) if _ASKS_OF_EACH.search(question.text) else None
    if row is None:
        return []
    first, *others = row[0].split("、")
    names = (first[-_A_NAME:], *(name[:_A_NAME] for name in others))
    text = index.documents[best.passage.document].text
    return [
        replace(best, passage=passage, number=number, start=start, end=end, text=text[start:end])
        for number in index.section_passages(best.number)
        if (passage := index.passages[number]).kind == "text"
        for start, end in sentence_spans(text, passage.start, passage.end)
        if start >= best.end and text[start:end].startswith(names)
    ]


def _goes_on(said: str, following: str, terms: Sequence[Term]) -> bool:
    """Whether a sentence goes on with the one before: it begins with a thing named there, or says more of the question."""
    begins = folded(following)[:_BEGINNING]
    return _leads(said) or begins in folded(said) or coverage(terms, plain(following)) >= _SAYS_MORE


def _leads(said: str) -> bool:
    """Whether a sentence is a heading within its paragraph (三是外部环境不确定性上升。当前…)."""
    return len(said) <= _HEADING and _NUMBERED.match(folded(said)) is not None


def _contacts(question: Question, best: Finding, index: PassageIndex) -> list[Finding]:
    """Where a number to call is asked for, the others of the same passage: each of them is for another matter."""
    attribute = attribute_asked(question.text)
    if attribute is None or not attribute.is_digits:
        return []
    passage, text = best.passage, index.documents[best.passage.document].text
    return [
        replace(best, start=start, end=end, text=text[start:end])
        for start, end in sentence_spans(text, passage.start, passage.end)
        if start != best.start and attribute.states(folded(text[start:end]), question.text)
    ]


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
