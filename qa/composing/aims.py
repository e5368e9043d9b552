"""Questions for the aims in a field of work: a plan that has a part of aims says there what they are."""

from __future__ import annotations

import re

from qa.composing.outlining import without_number
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.lists import headings_below
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.documents import Passage

_ASKS_AIMS = re.compile(
    "目标(?:是|有|包括|分别|各|主要|具体|都)*(?:什么|哪些|啥|怎么定|如何)|什么(?:样的)?目标|目标[?。]?$"
)
_AIMS = "目标"
# The label of a part must say this much of the field.
_NAMES_FIELD, _MOST = 0.9, 6
# A heading of so few characters only names a field.
_NAME_ONLY = 6
# What names no field of work beside the aims.
_OF_ALL = frozenset(
    ["发展", "总", "总体", "主要", "工作", "具体", "规划", "民政", "民政事业", "事业发展", "民政事业发展"]
)
_LEAST_ITEMS = 2


def aimed(asked: Question, solver: Solver) -> Solved | None:
    """What the part of the aims says of the field asked about (——养老服务。…达到40%); None where a plan has no such part."""
    is_open = asked.asks in ("text", "list") and not (asked.confirms or asked.is_english or asked.named)
    if not is_open or not _ASKS_AIMS.search(asked.text):
        return None
    if set(asked.content) <= _OF_ALL:
        return _all_aims(asked, solver)
    passages = _part(asked, solver)
    if not passages:
        return None
    text = solver.index.documents[passages[0].document].text
    sources = [source for passage in passages for source in sentences_of(passage, text)][:_MOST]
    said = "。".join(text[source.start : source.end] for source in sources)
    draft = Draft((Claim(f"{owner_of(passages[0])}：{said}。", tuple(sources)),), is_settled=True)
    return solver.with_evidence(Solved(asked, (), draft, ()), passages)


def _all_aims(asked: Question, solver: Solver) -> Solved | None:
    """The first sentences of the one paper's chapter of aims, and the headings below it."""
    index = solver.index
    chapters = {
        (passage.document, passage.section): passage
        for passage in reversed(index.passages)
        if passage.section
        and passage.section[-1].endswith(_AIMS)
        and passage.kind == "text"
        and (not asked.documents or passage.document in asked.documents)
    }
    if len(chapters) != 1:
        return None
    (document, section), first = next(iter(chapters.items()))
    items = headings_below(section, document, index)
    if len(items) < _LEAST_ITEMS:
        return None
    text = index.documents[document].text
    lead = sentences_of(first, text)[:1]
    said = "".join(f"{text[source.start : source.end]}。" for source in lead)
    lines = [_line(without_number(label), source, solver) for label, source in items]
    draft = Draft((Claim(f"{owner_of(first)}：{said}", tuple(lead)), *lines), is_settled=True)
    return solver.with_evidence(Solved(asked, (), draft, ()), [first])


def _line(label: str, source: Source, solver: Solver) -> Claim:
    """A heading as it stands, or the name of a field with the first sentence on it."""
    text = solver.index.documents[source.passage.document].text
    said = sentences_of(source.passage, text)[:1]
    if len(label) > _NAME_ONLY or not said:
        return Claim(f"- {label}", (source,))
    return Claim(f"- **{label}**：{text[said[0].start : said[0].end]}", tuple(said))


def _part(asked: Question, solver: Solver) -> list[Passage]:
    """The passages below the one label within the aims of one paper that names the field asked about."""
    terms = solver.vocabulary.terms_of(asked)
    found: dict[tuple[str, tuple[str, ...]], list[Passage]] = {}
    for passage in solver.index.passages:
        if passage.kind != "text" or (asked.documents and passage.document not in asked.documents):
            continue
        if len(passage.section) > 1 and _AIMS in passage.section[-2]:
            found.setdefault((passage.document, passage.section), []).append(passage)
    named = [
        passages
        for (_, section), passages in found.items()
        if terms and coverage(terms, plain(section[-1])) >= _NAMES_FIELD
    ]
    return named[0] if len(named) == 1 else []
