"""Named lists out of a document's structure: the headings below a section, or 一是…二是… of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.claims import Claim, Source
from qa.evidence import Finding
from qa.punctuation import ENDING, JOINING
from qa.question import Question
from qa.relevance import IN_CONTEXT, Term, coverage, plain
from qa.rows import owner_of
from vectorstore.index import PassageIndex
from vectorstore.sentences import sentence_spans

_LONGEST_LIST = 12
_ITEM = re.compile(r"^(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|首先|其次|再次|最后)")
# A heading is what a list question means when it covers this much of the question.
_NAMES_SECTION = 0.75


def enumerated(best: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Claim]:
    """一是…二是… of the section around the best sentence, when the question means the list and not one item."""
    if not _ITEM.match(best.text):
        return []
    text = index.documents[best.passage.document].text
    sources = []
    for number in index.section_passages(best.number):
        passage = index.passages[number]
        for start, end in sentence_spans(text, passage.start, passage.end):
            if _ITEM.match(text[start:end]):
                sources.append(Source(passage, start, end))
    if not 2 <= len(sources) <= _LONGEST_LIST:
        return []
    covered = [coverage(terms, plain(text[source.start : source.end])) for source in sources]
    if max(covered) > 2 * sorted(covered)[-2]:
        return []
    return _list_claims(best, [(text[source.start : source.end], source) for source in sources])


def listed_headings(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The headings below the section that the question names, in order, each cited where it stands."""
    sections = {f.passage.section[:depth] for f in group for depth in range(1, len(f.passage.section))}
    best: tuple[str, ...] = ()
    best_coverage = max(_NAMES_SECTION, group[0].coverage - 0.05)
    for section in sorted(sections, key=lambda path: (len(path), path)):
        covered = coverage(terms, plain(section[-1]), [(plain(" ".join(section[:-1])), IN_CONTEXT)])
        if covered > best_coverage:
            best, best_coverage = section, covered
    items = _headings_below(best, group[0].passage.document, index) if best else []
    expected = question.list_size
    if not 2 <= len(items) <= _LONGEST_LIST or (expected and len(items) != expected):
        return []
    return _list_claims(group[0], items)


def _headings_below(section: tuple[str, ...], document: str, index: PassageIndex) -> list[tuple[str, Source]]:
    text = index.documents[document].text
    items: dict[str, Source] = {}
    for passage in index.passages:
        below = passage.section[len(section) : len(section) + 1]
        if passage.document != document or passage.section[: len(section)] != section or not below:
            continue
        label = below[0]
        start = text.rfind(label, 0, passage.start)
        if label not in items and start >= 0:
            items[label] = Source(passage, start, start + len(label))
    return list(items.items())


def _list_claims(of: Finding, items: Sequence[tuple[str, Source]]) -> list[Claim]:
    claims = [Claim(f"- {text.rstrip(JOINING + ENDING)}", (source,)) for text, source in items]
    owner = owner_of(of.passage)
    return [Claim(f"{owner}："), *claims] if owner else claims
