"""Overview: how a document arranges a whole field of work, as the outline of the section that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.claims import Claim, Source
from qa.extractive import Draft
from qa.fields import (
    Field,
    asks_for_all_work,
    asks_for_overview,
    field_question,
    fields_of,
    holds_tasks,
    is_frame,
    is_of,
    looks_back,
    passages_of,
    time_of,
)
from qa.lists import headings_below
from qa.punctuation import ENDING, JOINING
from qa.question import Question
from qa.rows import owner_of
from qa.solving import Solved, Solver
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans, sentence_spans

_MOST_POINTS = 12
_MOST_POINTS_EACH = 4
_MOST_PAPERS = 5
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
_OPENS = re.compile(rf"[到至在]?\s*{YEAR}\s*年?(?:底|末|前|以前|期间)?|同时|其中|此外|通过.{{0,6}}|力争")
# With more headings than this, the headings alone are the outline.
_MOST_EXPLAINED = 5

_Point = tuple[str, tuple[Source, ...]]


def surveyed(asked: Question, solver: Solver) -> Solved | None:
    """The outline that the question asks for, of each place that it names; None when it asks for none."""
    if asked.asks not in ("text", "list") or asked.is_english or asked.confirms or asked.named:
        return None
    field_only = field_question(asked, solver)
    says_so = asks_for_overview(folded(asked.text))
    if not field_only.content and not says_so and not asks_for_all_work(asked):
        return None
    if asked.asks == "list" and len(solver.solve(asked).draft.claims) > 1 and not asks_for_all_work(asked):
        return None
    outlines = [found for found in _outlines(asked, field_only, solver, says_so=says_so) if found.points]
    if not outlines:
        return None
    most = _MOST_POINTS if len(outlines) == 1 else _MOST_POINTS_EACH
    shown = [claim for outline in outlines for claim in outline.claims(most)]
    held = {outline.points[0][1][0].passage.region for outline in outlines}
    missing = (
        tuple(region for region in asked.regions if region not in held) if len(asked.regions) > 1 else ()
    )
    draft = Draft(tuple(shown), missing, asked.elsewhere, is_settled=True)
    about = field_only if field_only.content else asked
    drafted = replace(solver.solve(about), asked=asked, draft=draft)
    points = [point for outline in outlines for point in outline.points[:most]]
    return solver.with_evidence(drafted, [sources[0].passage for _, sources in points])


@dataclass(frozen=True)
class _Outline:
    """What a paper says about a field of work, point by point; `name` is what it calls the field."""

    name: str
    points: Sequence[_Point]

    def claims(self, most: int) -> list[Claim]:
        """Whose outline it is, then a line for each point, at most so many."""
        owner = owner_of(self.points[0][1][0].passage)
        lines = [Claim(f"- {said}", sources) for said, sources in self.points[:most]]
        return [Claim(f"{owner}：{self.name}，主要有以下方面："), *lines]


def _outlines(asked: Question, field_only: Question, solver: Solver, *, says_so: bool) -> list[_Outline]:
    """One outline for a place, one for each of several; where no place is named, of each paper with such a section."""
    if len(asked.regions) > 1:
        parts = [
            replace(asked, regions=(region,), documents=_of(region, asked, solver))
            for region in asked.regions
        ]
        return [outline for part in parts for outline in _outlines(part, field_only, solver, says_so=says_so)]
    if asks_for_all_work(asked):
        chapters = _chapters(asked, solver)
        if chapters:
            return [chapters]
    fields = fields_of(asked, field_only, solver)
    named = bool(asked.regions or asked.documents)
    outlines = [
        _Outline(_NUMBERING.sub("", field.section[-1]), points)
        for field in fields[: 1 if named else _MOST_PAPERS]
        if len(points := _points(field, solver)) >= _FEWEST_POINTS and asked.list_size in (0, len(points))
    ]
    if not outlines and says_so and not _is_answered(solver.solve(asked)):
        about = field_only if field_only.content else asked
        points = _scattered(solver.solve(about), solver)
        outlines = [_Outline(_SCATTERED, points)] if len(points) >= _FEWEST_SCATTERED else []
    return outlines


def _of(region: str, asked: Question, solver: Solver) -> tuple[str, ...]:
    documents = solver.index.documents
    return tuple(name for name in asked.documents or documents if documents[name].metadata.region == region)


def _chapters(asked: Question, solver: Solver) -> _Outline | None:
    """The chapters of the one paper that is asked about, of the year asked about where it speaks of several.

    Of a plan that keeps its tasks in one chapter the parts of that chapter.
    """
    if len(asked.documents) != 1:
        return None
    name = asked.documents[0]
    passages = passages_of([name], solver)[name]
    years = asked.years or time_of(asked, passages)
    chapters = [
        (label, source)
        for label, source in headings_below((), name, solver.index)
        if not years or is_of((label,), passages, years)
    ]
    tasks = [label for label, _ in chapters if holds_tasks(label)]
    if len(tasks) == 1 and not looks_back(asked):
        field = Field(name, (tasks[0],), 1.0)
        return _Outline(_NUMBERING.sub("", tasks[0]), _points(field, solver))
    done = [(label, source) for label, source in chapters if not is_frame(label)]
    points = [(_NUMBERING.sub("", label), (source,)) for label, source in done]
    title = solver.index.documents[name].metadata.title
    return _Outline(f"《{title}》" if title else "全文", points) if len(points) >= _FEWEST_POINTS else None


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
    for passage in solver.index.of_document(field.document):
        if passage.section[: len(field.section)] != field.section:
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
        # What only opens the next clause (到2020年) is no end.
        if stop == start or not _OPENS.fullmatch(text[clause_start:clause_end].strip(JOINING)):
            stop = max(clause_end, clause_start)
    said = text[start:stop].rstrip(JOINING + ENDING)
    return start, start + len(said)
