"""Overview: how a document arranges a whole field of work, as the outline of the section that it is about."""

from __future__ import annotations

from dataclasses import replace

from qa.composing.fields import (
    field_question,
)
from qa.composing.outlines import Outline, of_chapters, of_part, outlines_of
from qa.composing.outlining import (
    MOST_POINTS,
)
from qa.composing.overview_wording import asks_for_all_work, asks_for_overview, asks_one_thing
from qa.composing.own_subject import of_whole_paper
from qa.composing.plan_parts import part_asked
from qa.evidence.extractive import Draft
from qa.evidence.items import counted_name, counts_as_asked, enumerates_kind, says_how_many, spells_out
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded

_MOST_POINTS_EACH = 4
# A sentence that says all of the subject, and how much of it an outline has to say then.
_SAYS_ALL, _AS_MUCH = 0.95, 0.9


def surveyed(asked: Question, solver: Solver) -> Solved | None:
    """The outline that the question asks for, of each place that it names; None when it asks for none."""
    if asked.asks not in ("text", "list") or asked.is_english or asked.confirms or asked.named:
        return None
    if asks_one_thing(folded(asked.text)):
        return None
    of_paper = of_whole_paper(asked, solver)
    if of_paper is not None:
        solved = surveyed(of_paper, solver)
        return replace(solved, asked=asked) if solved else None
    field_only = field_question(asked, solver)
    says_so = asks_for_overview(folded(asked.text))
    part = part_asked(asked, solver)
    outlines = [of_part(part, asked, solver)] if part else of_chapters(asked, solver)
    if not any(outline.points for outline in outlines):
        if not (field_only.content or says_so or asks_for_all_work(asked)) or _is_list(
            asked, field_only, solver
        ):
            return None
        outlines = [
            found for found in outlines_of(asked, field_only, solver, says_so=says_so) if found.points
        ]
    outlines = [outline for outline in outlines if part or _speaks_of(outline, asked, field_only, solver)]
    if not outlines:
        return None
    most = max(MOST_POINTS // len(outlines), _MOST_POINTS_EACH)
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


def _speaks_of(outline: Outline, asked: Question, field_only: Question, solver: Solver) -> bool:
    """Whether an outline says nearly as much of a bare name as the sentence does that says all of it (社工站, 儿童之家)."""
    best = max((finding.coverage for finding in solver.solve(asked).answerable[:1]), default=0.0)
    is_bare = len(asked.content) == 1 and folded(asked.text).rstrip("?。").endswith(asked.content[0])
    if best < _SAYS_ALL or not field_only.content or not is_bare or len(asked.documents) != 1:
        return True
    said = " ".join([outline.name, *(label for label, _ in outline.points)])
    return coverage(solver.vocabulary.terms_of(asked), plain(said)) >= _AS_MUCH * best


def _is_list(asked: Question, field_only: Question, solver: Solver) -> bool:
    """Whether a list that the paper gives as such answers the question."""
    if asked.asks != "list" or asks_for_all_work(asked):
        return False
    solved = solver.solve(asked)
    of_so_many = any(
        (f.coverage >= _SAYS_ALL and counts_as_asked(asked, f.text))
        or says_how_many(asked, f.text)
        or (counted_name(asked) and spells_out(asked, f.text))
        or enumerates_kind(asked, f.text)
        for f in solved.answerable[:1]
    )
    return of_so_many or (len(solved.draft.claims) > 1 and not _are_headings(asked, field_only, solved))


def _are_headings(asked: Question, field_only: Question, solved: Solved) -> bool:
    """Whether a list names the parts of the section that is asked for, or rows of its table, of which an overview tells more.

    民生实事有哪些内容 asks for more than the three headings.
    """
    held = [(claim.text, claim.sources[0].passage) for claim in solved.draft.claims if claim.sources]
    return asks_for_overview(folded(asked.text)) and all(
        passage.cells
        or (
            len(passage.section) > 1
            and folded(said).removeprefix("- ") == folded(passage.section[-1])
            and all(word in folded(passage.section[-2]) for word in field_only.content)
        )
        for said, passage in held
    )
