"""The answer without a model: the sentences, rows and lists of the documents that answer, in their own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.claims import Claim, Source
from qa.evidence import Finding, narrowed
from qa.question import Question
from qa.relevance import Term, Vocabulary, coverage, plain
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years, years_in
from vectorstore.places import bare_name

# Below this share of the question's wording nothing that was found is about the question (measured on
# the development questions, see eval/LOG.md).
ANSWERABLE = 0.5
# Findings of another document are given too when they answer about as well and no place was named.
_AS_GOOD = 0.93
# How much is quoted for a question that asks for text rather than for a figure.
_TEXT_LENGTH = 170
_LONGEST_LIST = 12
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|首先|其次|再次|最后)")


@dataclass(frozen=True)
class Draft:
    """Claims in reading order, and the regions that were asked about without an answer."""

    claims: tuple[Claim, ...]
    missing: tuple[str, ...] = ()


def answerable(question: Question, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that are about the question, best first; empty when it cannot be answered from them."""
    return [finding for finding in findings if finding.coverage >= ANSWERABLE and finding.right_year]


def extract(
    question: Question, findings: Sequence[Finding], index: PassageIndex, vocabulary: Vocabulary
) -> Draft:
    """Answer from answerable findings, one claim for each document that answers."""
    terms = vocabulary.terms_of(question)
    claims: list[Claim] = []
    missing: list[str] = []
    for group in _groups(question, findings, index):
        if isinstance(group, str):
            missing.append(group)
        else:
            claims.extend(_answer_from(question, group, terms, index))
    return Draft(tuple(claims), tuple(missing))


def _groups(
    question: Question, findings: Sequence[Finding], index: PassageIndex
) -> list[list[Finding] | str]:
    """Findings by document in the order asked for; a region without any stands as its name."""
    if len(question.regions) > 1:
        groups: list[list[Finding] | str] = []
        for region in question.regions:
            group = [finding for finding in findings if finding.passage.region == region]
            groups.append(group or region)
        return groups
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
    best = group[0]
    document = index.documents[best.passage.document]
    if question.asks == "list":
        listed = _children(question, group, terms, index) or _enumeration(best, index)
        if listed:
            return listed
    if best.passage.cells:
        return [_row_claim(question, best)]
    if question.asks in ("number", "date"):
        finding = narrowed(question, best, terms, document.text)
        return [_quoted([finding])]
    chosen = [narrowed(question, best, terms, document.text)]
    for finding in _following(best, group):
        if sum(len(item.text) for item in chosen) + len(finding.text) <= _TEXT_LENGTH:
            chosen.append(finding)
    return [_quoted(sorted(chosen, key=lambda item: item.start))]


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


# --- claims ------------------------------------------------------------------------------------------


def owner_of(finding: Finding) -> str:
    """Place and years of a finding as a reader needs them: 下陆区(2021—2025年)."""
    years = describe_years(finding.passage.years)
    place = finding.passage.region
    return f"{place}({years})" if place and years else place or years


def _quoted(findings: Sequence[Finding]) -> Claim:
    """The findings' own words behind the place and years that they belong to."""
    text = ""
    for finding in findings:
        text += finding.text if not text or text[-1] in "。!?;" else f";{finding.text}"
    if text[-1] not in "。!?":
        text = text.rstrip(";;,,") + "。"
    sources = tuple(Source(finding.passage, finding.start, finding.end) for finding in findings)
    owner = owner_of(findings[0])
    return Claim(f"{owner}:{text}" if owner else text, sources)


def _row_claim(question: Question, finding: Finding) -> Claim:
    """A table row as a sentence: 指标,2025年目标值100%(约束性)。"""
    unit = next((value for column, value in finding.passage.cells if column == "单位"), "")
    name = finding.passage.cells[0][1]
    values = [(c, v) for c, v in finding.passage.cells[1:] if c not in ("单位", "属性", "指标属性", "备注")]
    asked = [(c, v) for c, v in values if set(years_in(c)) & set(question.years)]
    if question.aspect == "target" and len(asked or values) > 1:
        asked = [(c, v) for c, v in asked or values if "目标" in c] or asked
    if "增" in "".join(question.content):
        asked = [(c, v) for c, v in values if "增" in c] or asked
    said = ",".join(_cell_words(column, value, unit) for column, value in asked or values)
    kind = next((value for column, value in finding.passage.cells if column in ("属性", "指标属性")), "")
    owner = owner_of(finding)
    text = f"{name}:{said}{f'({kind})' if kind else ''}。"
    return Claim(f"{owner}{text}" if not owner else f"{owner}:{text}", (Source(finding.passage, finding.start, finding.end),))


def _cell_words(column: str, value: str, unit: str) -> str:
    if value in ("—", "-", "——", "/", ""):
        return f"{column}未给出"
    if column.endswith(("%", "%")):
        return f"{column.rstrip('%%')}{value}%"
    is_figure = re.fullmatch(r"[<>≥≤约]*[\d.,]+", value) is not None
    return f"{column}{value}{unit if is_figure else ''}"


# --- lists -------------------------------------------------------------------------------------------


def _enumeration(best: Finding, index: PassageIndex) -> list[Claim]:
    """一是…二是… of the section that the best sentence stands in, when it is part of such a list."""
    section = [index.passages[number] for number in index.section_passages(best.number)]
    text = index.documents[best.passage.document].text
    if not section or not _ITEM.match(best.text):
        return []
    from vectorstore.sentences import sentence_spans  # noqa: PLC0415

    sources = []
    for passage in section:
        for start, end in sentence_spans(text, passage.start, passage.end):
            if _ITEM.match(text[start:end]):
                sources.append(Source(passage, start, end))
    if not 2 <= len(sources) <= _LONGEST_LIST:
        return []
    return _list_claims(owner_of(best), [(text[s.start : s.end], s) for s in sources])


def _children(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The headings below the section that the question names, in order, each cited where it stands."""
    document = index.documents[group[0].passage.document]
    sections = {finding.passage.section[:depth] for finding in group for depth in range(1, len(finding.passage.section))}
    best: tuple[str, ...] = ()
    best_coverage = max(0.75, group[0].coverage)
    for section in sorted(sections, key=len):
        covered = coverage(terms, plain(section[-1]), "", plain(" ".join(section[:-1])))
        if covered > best_coverage:
            best, best_coverage = section, covered
    if not best:
        return []
    items: dict[str, Source] = {}
    for passage in index.passages:
        if passage.document != document.name or passage.section[: len(best)] != best or len(passage.section) <= len(best):
            continue
        label = passage.section[len(best)]
        if label not in items:
            start = document.text.rfind(label, 0, passage.start)
            if start >= 0:
                items[label] = Source(passage, start, start + len(label))
    if not 2 <= len(items) <= _LONGEST_LIST:
        return []
    return _list_claims(owner_of(group[0]), list(items.items()))


def _list_claims(owner: str, items: Sequence[tuple[str, Source]]) -> list[Claim]:
    claims = [Claim(f"- {text.rstrip('。;;')}", (source,)) for text, source in items]
    return [Claim(f"{owner}:"), *claims] if owner else claims


def not_found_text(question: Question, index: PassageIndex) -> str:
    """What was searched and not found, so that the reader knows where to look next."""
    held = [
        f"{document.metadata.region}《{document.metadata.title or name}》"
        for name, document in index.documents.items()
        if not question.documents or name in question.documents
    ]
    shown = "、".join(held[:8]) + (f"等{len(held)}份文件" if len(held) > 8 else "")
    if question.elsewhere:
        return f"文件库里没有{'、'.join(question.elsewhere)}的文件,无法回答。现有文件:{shown}。"
    subject = "、".join(question.content)[:40]
    years = describe_years(question.years)
    what = f"“{years}{subject}”" if subject or years else "这个问题的答案"
    return f"未找到:在{shown}中没有找到{what}的内容。可以换一种说法,或指明地区和年份再问。"


def regions_match(one: str, other: str) -> bool:
    """Whether two region names share their bare name."""
    return bare_name(one) == bare_name(other)
