"""Overview: how a document arranges a whole field of work, as the outline of the section that it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.claims import Claim, Source
from qa.extractive import Draft
from qa.fields import Field, asks_for_overview, field_of, field_question
from qa.lists import headings_below
from qa.punctuation import ENDING, JOINING
from qa.question import Question
from qa.rows import owner_of
from qa.solving import Solved, Solver
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans, sentence_spans

_MOST_POINTS = 8
_FEWEST_POINTS = 2
# Without a section of its own, a field is outlined by the sentences that are about as good as the best; not
# where one sentence says nearly all that the question does.
_AS_GOOD = 0.85
_FEWEST_SCATTERED = 3
_ONE_SENTENCE = 0.75
_SCATTERED = "有关内容"
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[章节条、.]|[(\uff08][一二三四五六七八九十\d]+[)\uff09]|\d+(?:\.\d+)*[.、]?|[—-]+|[①-⑳])\s*"
)
# Characters of a point: the first clauses of a sentence.
_POINT = 45
# With more headings than this, the headings alone are the outline.
_MOST_EXPLAINED = 5

_Point = tuple[str, tuple[Source, ...]]


def surveyed(asked: Question, solver: Solver) -> Solved | None:
    """The outline that the question asks for; None when it asks for none or the library has none."""
    if asked.asks not in ("text", "list") or asked.is_english or asked.confirms or asked.named:
        return None
    field_only = field_question(asked, solver)
    says_so = asks_for_overview(folded(asked.text))
    if not field_only.content and not says_so:
        return None
    if asked.asks == "list" and len(solver.solve(asked).draft.claims) > 1:
        return None
    field = field_of(asked, field_only, solver)
    points = _points(field, solver) if field else []
    if asked.list_size and asked.list_size != len(points):
        points = []
    about = field_only if field_only.content else asked
    name = _NUMBERING.sub("", field.section[-1]) if field else ""
    if len(points) < _FEWEST_POINTS and says_so and not _is_answered(solver.solve(asked)):
        name, points = _SCATTERED, _scattered(solver.solve(about), solver)
    if len(points) < (_FEWEST_SCATTERED if name == _SCATTERED else _FEWEST_POINTS):
        return None
    owner = owner_of(points[0][1][0].passage)
    claims = (
        Claim(f"{owner}：{name}，主要有以下方面："),
        *(Claim(f"- {said}", sources) for said, sources in points[:_MOST_POINTS]),
    )
    drafted = replace(solver.solve(about), asked=asked, draft=Draft(claims, is_settled=True))
    return solver.with_evidence(drafted, [sources[0].passage for _, sources in points])


def _is_answered(whole: Solved) -> bool:
    """Whether one sentence says nearly all that the question does, so that there is nothing to outline."""
    return any(finding.coverage >= _ONE_SENTENCE for finding in whole.answerable[:1])


def _points(field: Field, solver: Solver) -> list[_Point]:
    """The parts of the section: its headings with how each begins, or its sentences where it has none."""
    text = solver.index.documents[field.document].text
    below = headings_below(field.section, field.document, solver.index)
    if len(below) >= _FEWEST_POINTS:
        if len(below) > _MOST_EXPLAINED:
            return [(_NUMBERING.sub("", label), (source,)) for label, source in below]
        return [_headed(label, source, field, solver) for label, source in below]
    points: list[_Point] = []
    for passage in solver.index.passages:
        if passage.document != field.document or passage.section[: len(field.section)] != field.section:
            continue
        if passage.kind != "text":
            continue
        for start, end in sentence_spans(text, passage.start, passage.end):
            begin, stop = _beginning(text, start, end)
            points.append((text[begin:stop], (Source(passage, begin, stop),)))
    numbered = [
        point for point in points if re.match(r"[一二三四五六七八九十]是|[一二三四五六七八九十]要", point[0])
    ]
    return numbered if len(numbered) >= _FEWEST_POINTS else points


def _scattered(solution: Solved, solver: Solver) -> list[_Point]:
    """The sentences of one document that are about the field wherever they stand, in reading order."""
    found = [finding for finding in solution.answerable if not finding.passage.cells]
    if not found:
        return []
    document, floor = found[0].passage.document, _AS_GOOD * found[0].coverage
    chosen = [f for f in found if f.passage.document == document and f.coverage >= floor][:_MOST_POINTS]
    text = solver.index.documents[document].text
    points: list[_Point] = []
    for finding in sorted(chosen, key=lambda finding: finding.start):
        begin, stop = _beginning(text, finding.start, finding.end)
        points.append((text[begin:stop], (Source(finding.passage, begin, stop),)))
    return points


def _headed(label: str, source: Source, field: Field, solver: Solver) -> _Point:
    """A heading and the beginning of what stands below it, cited as one span where nothing stands between them."""
    text = solver.index.documents[field.document].text
    start, end = sentence_spans(text, source.passage.start, source.passage.end)[0]
    begin, stop = _beginning(text, start, end)
    said = f"**{_NUMBERING.sub('', label).strip(JOINING + ENDING)}**：{text[begin:stop]}"
    if not text[source.end : begin].strip(JOINING + ENDING + " \r\n\t\u3000\u00a0"):
        return said, (Source(source.passage, source.start, stop),)
    return said, (source, Source(source.passage, begin, stop))


def _beginning(text: str, start: int, end: int) -> tuple[int, int]:
    """The first clauses of a sentence, as many as are read at a glance."""
    stop = start
    for clause_start, clause_end in clause_spans(text, start, end):
        if stop > start and clause_end - start > _POINT:
            break
        stop = max(clause_end, clause_start)
    said = text[start:stop].rstrip(JOINING + ENDING)
    return start, start + len(said)
