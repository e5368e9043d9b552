"""The outlines that an overview is made of: of a section, a part, the chapters, or of sentences wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.composing.called_alike import parts_called_alike
from qa.composing.fields import (
    Field,
    as_named,
    broader_field,
    fields_of,
    holds_tasks,
    is_frame,
    is_of,
    names_heading,
    passages_of,
    time_of,
)
from qa.composing.gathering import asks_for_digest, fields_apart, gathered
from qa.composing.outlining import (
    FEWEST_POINTS,
    MOST_POINTS,
    Point,
    heading_points,
    led_paragraphs_of,
    paragraph_points,
    parts_of,
    points_of,
    sentence_point,
    speaking_of,
    without_number,
)
from qa.composing.overview_wording import asks_for_all_work, asks_for_parts, looks_back
from qa.composing.papers import years_told
from qa.composing.plan_parts import called_alike
from qa.composing.shared_sections import of_own_part, points_in_shared
from qa.evidence.claims import Claim
from qa.evidence.dating import is_of_asked_half
from qa.evidence.lists import headings_below
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded

_MOST_PAPERS = 5
# Without a section of its own, a field is outlined by the sentences that are about as good as the best; not
# where one sentence says nearly all that the question does.
_AS_GOOD = 0.85
_FEWEST_SCATTERED = 3
# The sentence that leads a paragraph must say this much of the field.
_NAMES_FIELD = 0.6
_ONE_SENTENCE = 0.75
_SCATTERED = "有关内容"


@dataclass(frozen=True)
class Outline:
    """What a paper says about a field of work, point by point; `name` is what it calls the field."""

    name: str
    points: Sequence[Point]

    def claims(self, most: int) -> list[Claim]:
        """Whose outline it is, then a line for each point, at most so many."""
        owner = owner_of(self.points[0][1][0].passage)
        lines = [Claim(f"- {said}", sources) for said, sources in self.points[:most]]
        return [Claim(f"{owner}：{self.name}，主要有以下方面："), *lines]


def outlines_of(asked: Question, field_only: Question, solver: Solver, *, says_so: bool) -> list[Outline]:
    """One outline for a place, one for each of several; where no place is named, of each paper with such a section."""
    if len(asked.regions) > 1:
        parts = [
            replace(asked, regions=(region,), documents=_of(region, asked, solver))
            for region in asked.regions
        ]
        return [
            outline for part in parts for outline in outlines_of(part, field_only, solver, says_so=says_so)
        ]
    if asks_for_all_work(asked) and not names_heading(asked, solver):
        passages = (
            passages_of(asked.documents, solver)[asked.documents[0]] if len(asked.documents) == 1 else []
        )
        parts = [replace(asked, years=years) for years in years_told(asked, passages)] or [asked]
        chapters = [found for part in parts if (found := _chapters(part, solver))]
        if chapters:
            return chapters
    apart = fields_apart(asked, field_only) if len(asked.documents) == 1 else []
    each = [(_of_field(part, own, solver) or [])[:1] for part, own in apart]
    # Where one section is about both, it is one outline.
    if all(each) and len({found[0].name for found in each if found}) > 1:
        return [outline for found in each for outline in found]
    outlines = _of_field(asked, field_only, solver)
    if outlines is None:
        return []
    if not outlines and len(asked.documents) == 1 and field_only.content:
        terms = solver.vocabulary.terms_of(field_only)
        name, points = paragraph_points(
            asked.documents[0], solver.index, lambda lead: coverage(terms, plain(lead)) >= _NAMES_FIELD
        )
        outlines = [Outline(name, points)] if says_so and len(points) >= FEWEST_POINTS else []
    if not outlines and says_so and (broader := broader_field(field_only)):
        outlines = _of_field(asked, broader, solver) or []
    if not outlines and says_so:
        # Of two fields one may have a section of its own.
        outlines = [outline for found in each for outline in found] or _from_everywhere(
            asked, field_only, solver
        )
    return outlines


def _from_everywhere(asked: Question, field_only: Question, solver: Solver) -> list[Outline]:
    """What a paper says of a field that no heading names; nothing where one sentence is all that is asked for."""
    solved = solver.solve(asked)
    wants_digest = asks_for_digest(folded(asked.text))
    if not wants_digest and _is_answered(solved):
        return []
    points = gathered(asked, field_only, solver) if wants_digest else []
    if not points and wants_digest:
        points = _around(solved, solver)
    about = field_only if field_only.content else asked
    if not points and not _is_answered(solved):
        points = _scattered(solver.solve(about), solver)
        points = points if len(points) >= _FEWEST_SCATTERED else []
    return [Outline(_SCATTERED, points)] if points else []


def _around(solved: Solved, solver: Solver) -> list[Point]:
    """The section in which the sentence stands that answers best."""
    best = next((f.passage for f in solved.answerable[:1] if f.passage.section and not f.passage.cells), None)
    points = points_of(best.section, best.document, solver.index) if best else []
    return points if len(points) >= FEWEST_POINTS else []


def _of_field(asked: Question, field_only: Question, solver: Solver) -> list[Outline] | None:
    """The outline of the section about a field, of each paper where no place is named; None where one sentence is all."""
    named = bool(asked.regions or asked.documents)
    shown = fields_of(asked, field_only, solver)[: None if named else _MOST_PAPERS]
    fields = [of_own_part(as_named(field, asked, solver), field_only, solver) for field in shown]
    if any(
        field.is_narrowed and len(_points(field, asked, field_only, solver)) < FEWEST_POINTS
        for field in fields
    ):
        # One sentence is all that the paper says of it.
        return None
    return [
        Outline(without_number(field.section[-1]), points)
        for field in (fields[:1] if named else fields)
        if len(points := _points(field, asked, field_only, solver)) >= FEWEST_POINTS
        and asked.list_size in (0, len(points))
    ]


def of_part(part: Field, asked: Question, solver: Solver) -> Outline:
    """A part of a plan, point by point; where only its items are asked for (有哪些), their headings."""
    below = parts_of(part.section, part.document, solver.index)
    if asked.asks == "list" and not looks_back(asked):
        below = below or led_paragraphs_of(part.section, part.document, solver.index)
    else:
        below = []
    points = heading_points(below) or points_of(part.section, part.document, solver.index)
    return Outline(without_number(part.section[-1]), points if asked.list_size in (0, len(points)) else [])


def of_chapters(asked: Question, solver: Solver) -> list[Outline]:
    """The chapters, or the parts of one section, that are each what the question asks for."""
    heading, below = parts_called_alike(asked, solver)
    if below:
        return [Outline(without_number(heading), heading_points(below))]
    alike = heading_points(called_alike(asked, solver))
    title = solver.index.documents[asked.documents[0]].metadata.title if alike else ""
    return [Outline(f"《{title}》" if title else "全文", alike)] if alike else []


def _points(field: Field, asked: Question, field_only: Question, solver: Solver) -> list[Point]:
    """The points of the field's section; of one without parts also what the sections beside it say of the field.

    杨浦 speaks of 社会救助 in two sections of a chapter, one of which has it in its heading.
    """
    is_brief = asks_for_parts(folded(asked.text))
    shared = points_in_shared(field, field_only, solver, is_brief=is_brief)
    if shared:
        return shared
    own = points_of(field.section, field.document, solver.index, is_brief=is_brief)
    parent = field.section[:-1]
    if not parent or not field_only.content or parts_of(field.section, field.document, solver.index):
        return own
    beside = {
        label: point
        for label, source in parts_of(parent, field.document, solver.index)
        if label != field.section[-1]
        and (point := speaking_of(field_only.content, (*parent, label), source, field.document, solver.index))
    }
    before = [point for point in beside.values() if point[1][0].start < own[0][1][0].start] if own else []
    return [*before, *own, *(point for point in beside.values() if point not in before)]


def _of(region: str, asked: Question, solver: Solver) -> tuple[str, ...]:
    documents = solver.index.documents
    return tuple(name for name in asked.documents or documents if documents[name].metadata.region == region)


def _chapters(asked: Question, solver: Solver) -> Outline | None:
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
        if (not years or is_of((label,), passages, years)) and is_of_asked_half(asked, label)
    ]
    tasks = [label for label, _ in chapters if holds_tasks(label)]
    if len(tasks) == 1 and looks_back(asked) and not years:
        # What a plan has reached is told by its review.
        return None
    if len(tasks) == 1 and not looks_back(asked):
        return Outline(without_number(tasks[0]), points_of((tasks[0],), name, solver.index))
    done = [(label, source) for label, source in chapters if not is_frame(label)]
    if len(done) == 1:
        # A paper in two parts, what was done and what is planned, is about one of them.
        below = [(label, source) for label, source in parts_of((done[0][0],), name, solver.index)]
        done = [(label, source) for label, source in below if not is_frame(label)]
    points = heading_points(done) if chapters else points_of((), name, solver.index)
    title = solver.index.documents[name].metadata.title
    return Outline(f"《{title}》" if title else "全文", points) if len(points) >= FEWEST_POINTS else None


def _is_answered(whole: Solved) -> bool:
    """Whether one sentence says nearly all that the question does, so that there is nothing to outline."""
    return any(finding.coverage >= _ONE_SENTENCE for finding in whole.answerable[:1])


def _scattered(solution: Solved, solver: Solver) -> list[Point]:
    """The sentences of one document that are about the field wherever they stand, in reading order."""
    found = [finding for finding in solution.answerable if not finding.passage.cells]
    if not found:
        return []
    document, floor = found[0].passage.document, _AS_GOOD * found[0].coverage
    chosen = [f for f in found if f.passage.document == document and f.coverage >= floor][:MOST_POINTS]
    text = solver.index.documents[document].text
    points: list[Point] = []
    for finding in sorted(chosen, key=lambda finding: finding.start):
        points.append(sentence_point(finding.passage, finding.start, finding.end, text))
    return points
