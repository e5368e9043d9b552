"""Named lists out of a document's structure: the headings below a section, or 一是…二是… of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.evidence.claims import Claim, Source
from qa.evidence.findings import Finding
from qa.evidence.relevance import IN_CONTEXT, Term, coverage, plain
from qa.evidence.rows import owner_of
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.section_runs import sections_of
from vectorstore.sentences import clause_spans, sentence_spans

_LONGEST_LIST = 12
_ITEM = re.compile(
    r"^(?:\d{1,2}[.．](?!\d)|[一二三四五六七八九十]是|[一二三四五六七八九十]要|首先|其次|再次|最后)"
)
# 还存在一些短板:一是…;二是…
_LED_ITEM = re.compile(r"^[^。;；:：]{2,60}[:：,，](?=[一1]是)")
# A heading is what a list question means when it covers this much of the question.
_NAMES_SECTION = 0.7
_TWO_WORDS = 4
# A heading is an item of what a question asks for when it covers this much of it.
_SAYS_ITEM = 0.5
_NUMBER = re.compile(r"\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、](?!\d)")
_LONGEST_ITEM = 45
# The number of an article names nothing.
_ARTICLE_ALONE = re.compile(r"第[一二三四五六七八九十百零〇\d]{1,5}条")
# The lead of a paragraph that is one item of an unnumbered list.
_SHORT_LEAD = 20


def enumerated(best: Finding, terms: Sequence[Term], index: PassageIndex) -> list[Claim]:
    """一是…二是… of the section around the best sentence, when the question means the list and not one item."""
    if not (_ITEM.match(best.text) or lead_before_count(best.text)):
        return []
    text = index.documents[best.passage.document].text
    sources = []
    for number in index.section_passages(best.number):
        passage = index.passages[number]
        for start, end in sentence_spans(text, passage.start, passage.end):
            begin = start + lead_before_count(text[start:end])
            if begin > start or _ITEM.match(text[start:end]):
                sources.append(Source(passage, begin, end))
    if not 2 <= len(sources) <= _LONGEST_LIST:
        return []
    covered = [coverage(terms, plain(text[source.start : source.end])) for source in sources]
    if max(covered) > 2 * sorted(covered)[-2]:
        return []
    return _list_claims([(text[source.start : source.end], source) for source in sources])


def lead_before_count(sentence: str) -> int:
    """How many characters of a sentence lead to the first of what it counts (还存在一些短板:一是…), 0 where none do."""
    led = _LED_ITEM.match(sentence)
    return led.end() if led else 0


def listed_headings(
    question: Question, document: str, floor: float, terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """The items below the section of a document that the question names, each cited where it stands.

    `floor`: how much of the question another answer already covers; the section must not cover less.
    """
    best: tuple[str, ...] = ()
    best_rank = (max(_NAMES_SECTION, floor - 0.05), 0.0, 0)
    for section in index.sections_of(document):
        covered = coverage(terms, plain(section[-1]), [(plain(" ".join(section[:-1])), IN_CONTEXT)])
        # What the heading above says for it (健全社会救助体系, of 构建综合救助格局) is its own matter no more than a part's.
        alone = coverage(terms, plain(section[-1]))
        # Of two headings that say it, the shorter says nothing else (基本原则, not 指导思想、基本原则与主要目标).
        rank = (round(covered, 3), round(alone, 3), -len(section[-1]))
        if rank > best_rank:
            best, best_rank = section, rank
    best = best or _called_so(question, document, index)
    if not best:
        return []
    items = headings_below(best, document, index) or _led_paragraphs(best, document, index)
    if not 2 <= len(items) <= _LONGEST_LIST or (question.list_size and len(items) != question.list_size):
        return []
    return _list_claims(items)


def _called_so(question: Question, document: str, index: PassageIndex) -> tuple[str, ...]:
    """The section whose heading names what is asked for, its first and its last word apart (养老品牌: 打造养老服务品牌)."""
    name = question.content[-1] if question.content else ""
    if len(name) < _TWO_WORDS:
        return ()
    held = [
        section
        for section in index.sections_of(document)
        if section[-1].endswith(name[-2:])
        and name[:2] in section[-1]
        and headings_below(section, document, index)
    ]
    return min(held, key=lambda section: len(section[-1]), default=())


def matching_headings(
    question: Question, group: Sequence[Finding], terms: Sequence[Term], index: PassageIndex
) -> list[Claim]:
    """Sibling headings that each say what the question asks for (优化行动, 提升行动 … of 哪四个行动)."""
    parents = dict.fromkeys(
        section[:-1] for section in sections_of(finding.passage for finding in group) if len(section) > 1
    )
    for parent in parents:
        below = headings_below(parent, group[0].passage.document, index)
        expected = question.list_size
        enough = _SAYS_ITEM if not expected else 0.8 * _SAYS_ITEM
        items = [(label, source) for label, source in below if coverage(terms, plain(label)) >= enough]
        above = max((coverage(terms, plain(label)) for label in parent), default=0.0)
        if any(coverage(terms, plain(label)) <= above for label, _ in items):
            # 完善社会救助协调机制 says no more of 社会救助的举措 than 健全社会救助体系, which holds it.
            continue
        if 2 <= len(items) <= _LONGEST_LIST and (len(items) == expected if expected else len(items) > 2):
            return _list_claims(items)
    return []


def listed(
    question: Question,
    documents: Sequence[str],
    group: Sequence[Finding],
    terms: Sequence[Term],
    index: PassageIndex,
) -> list[Claim]:
    """A list out of the structure for a question that asks for one; empty when no rule finds it.

    `documents` are those the question is limited to; `group` the findings of the best document, may be empty.
    """
    document = group[0].passage.document if group else documents[0] if len(documents) == 1 else ""
    if not document:
        return []
    claims = listed_headings(question, document, group[0].coverage if group else 0.0, terms, index)
    if claims or not group:
        return claims
    # 机遇与挑战并存。从挑战看,一是…: the list is led by the next sentence.
    best, *others = group
    led = [
        one
        for one in others
        if lead_before_count(one.text) and one.number == best.number and one.coverage >= best.coverage
    ]
    return matching_headings(question, group, terms, index) or enumerated(next(iter(led), best), terms, index)


def _led_paragraphs(section: tuple[str, ...], document: str, index: PassageIndex) -> list[tuple[str, Source]]:
    """The short first sentences of a section's paragraphs (围绕中心,服务大局。坚持…), when most have one."""
    text = index.documents[document].text
    items, paragraphs = [], 0
    for passage in index.of_document(document):
        if passage.section != section:
            continue
        if passage.start and text[passage.start - 1] not in "\r\n":
            continue
        paragraphs += 1
        start, end = sentence_spans(text, passage.start, passage.end)[0]
        if end - start <= _SHORT_LEAD:
            items.append((text[start:end], Source(passage, start, end)))
    return items if len(items) >= max(2, paragraphs - 1) else []


def headings_below(section: tuple[str, ...], document: str, index: PassageIndex) -> list[tuple[str, Source]]:
    """The headings right below a section in their order, each with the span of its words; empty at a leaf."""
    text = index.documents[document].text
    items: dict[str, Source] = {}
    for passage in index.of_document(document):
        below = passage.section[len(section) : len(section) + 1]
        if passage.section[: len(section)] != section or not below:
            continue
        label = below[0]
        start = text.rfind(label, 0, passage.start)
        if label not in items and start >= 0 and not _ARTICLE_ALONE.fullmatch(label):
            items[label] = Source(passage, start, start + len(label))
    if items:
        items.update(_untitled(section, document, {_style(label) for label in items}, index))
    return sorted(items.items(), key=lambda item: item[1].start)


def _untitled(
    section: tuple[str, ...], document: str, styles: set[str], index: PassageIndex
) -> Iterator[tuple[str, Source]]:
    """The items of a section that are numbered like its headings but are one sentence, without a title of their own."""
    text = index.documents[document].text
    for passage in index.of_document(document):
        style = _style(passage.text)
        if passage.section != section or passage.kind != "text" or not style or style not in styles:
            continue
        if passage.start and text[passage.start - 1] not in "\r\n \u3000":
            continue
        start, end = sentence_spans(text, passage.start, passage.end)[0]
        if end - start > _LONGEST_ITEM:
            end = clause_spans(text, start, end)[0][1]
        label = text[start:end].rstrip(JOINING + ENDING)
        yield label, Source(passage, start, start + len(label))


def _style(label: str) -> str:
    """How an item is numbered, the number itself left open; "" where it is not."""
    match = _NUMBER.match(folded(label))
    return (
        re.sub(r"[一二三四五六七八九十]+", "一", re.sub(r"\d+", "1", match.group(0).strip())) if match else ""
    )


def _list_claims(items: Sequence[tuple[str, Source]]) -> list[Claim]:
    owner = owner_of(items[0][1].passage)
    claims = [Claim(f"- {text.rstrip(JOINING + ENDING)}", (source,)) for text, source in items]
    return [Claim(f"{owner}："), *claims] if owner else claims
