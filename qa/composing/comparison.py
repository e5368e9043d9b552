"""Comparison: one question asked of two or more places or years, answered as a table with what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from qa.composing.conclusion import conclusion, said_without_owner, side_by_side
from qa.composing.mentions import mentioning
from qa.composing.one_kind import as_it_is, of_one_kind, of_one_unit
from qa.composing.sides import MOST_PLACES, Side, compares_years, sides_of, with_year_before
from qa.composing.tabulating import NO_FILE, NOT_FOUND, NOT_SAID, Row, table_claims
from qa.composing.year_before import told_against_year_before
from qa.evidence.claims import Claim
from qa.evidence.extractive import Draft
from qa.evidence.nouns import names_in
from qa.evidence.relevance import plain
from qa.evidence.solving import Solved, Solver, together
from qa.evidence.told_apart import of_one_date
from qa.evidence.undivided import UNDIVIDED, undivided
from qa.evidence.years_together import told_together
from qa.understanding.comparison_wording import MENTIONING, asks_who_mentions
from qa.understanding.known_places import known_places
from qa.understanding.question import Question
from vectorstore.folding import folded


def compared(asked: Question, solver: Solver) -> Solved | None:
    """The comparison that the question asks for; None when it asks for none or no side is answered."""
    changed = told_against_year_before(asked, folded(asked.text), solver)
    if changed:
        return changed
    asked, text = with_year_before(asked, folded(asked.text), solver)
    sides = sides_of(asked, text, solver)
    if len(sides) < 2:
        return None
    solutions = [_solved(side, asked, text, solver) for side in sides]
    solutions = of_one_unit(asked, sides, solutions, solver)
    if not compares_years(asked):
        solutions = of_one_kind(asked, sides, solutions, solver)
    if asks_who_mentions(text):
        found = [mentioning(solution, solver.index) if solution else None for solution in solutions]
        solutions = [said or _silenced(solution) for said, solution in zip(found, solutions, strict=True)]
    answered = [solution for solution in solutions if solution and solution.draft.claims]
    if not answered:
        # 哪些地方提到…: that nobody does is the answer.
        says_so = MENTIONING.search(text) and not asked.regions
        return (
            together(asked, [solution for solution in solutions if solution], Draft(())) if says_so else None
        )
    if (len(answered) == 1 and not asked.regions) or _say_the_same(answered):
        together_only = told_together(answered[0], asked.years) if compares_years(asked) else None
        return replace(together_only or answered[0], asked=asked)
    rows = [_row(side, solution, asked, solver) for side, solution in zip(sides, solutions, strict=True)]
    shown = rows if asked.regions or asked.years else [row for row in rows if row.said]
    claims = table_claims("年份" if compares_years(asked) else "地区", shown, solver.index.documents)
    if len(shown) < len(rows):
        # Nobody named these places: one line is enough for all of them.
        silent = "、".join(row.label for row in rows if not row.said)
        claims.append(Claim(f"\n{NOT_SAID}：{silent}。"))
    claims.extend(_places_left_out(asked, len(sides), solver))
    claims.extend(_undivided_standards(sides, solutions, solver))
    paired = list(zip(sides, solutions, strict=True))
    follows = conclusion(asked, text, paired, solver.vocabulary)
    draft = Draft(
        (*claims, *((follows,) if follows else ())),
        is_settled=True,
        is_partial=bool(asked.regions) and len(answered) < len(sides),
        figures=side_by_side(asked, paired, solver),
    )
    return together(asked, [solution for solution in solutions if solution], draft)


def _solved(side: Side, asked: Question, text: str, solver: Solver) -> Solved | None:
    """The side's solution; of a year that stands with another place, and of which its papers say nothing, that of any year."""
    if side.asked is None:
        return None
    solved = solver.solve(side.asked)
    if len(asked.regions) > 1 and not solved.draft.claims:
        whole = undivided(side.asked, solver.index.documents)
        solved = solver.solve(whole) if whole else solved
    other = (
        side.at_any_time(text, asked.regions) if len(asked.regions) > 1 and not solved.draft.claims else None
    )
    return solver.solve(other.asked) if other and other.asked else as_it_is(side, solved, solver)


def _places_left_out(asked: Question, count: int, solver: Solver) -> list[Claim]:
    """Says so where nobody named the places and the library holds too many to ask each."""
    regions = known_places(solver.index.documents).regions
    if asked.regions or asked.documents or count != MOST_PLACES or len(regions) <= count:
        return []
    most = f"这里只查了与所问最相关的{count}个；要查别的地区请写明地区。"
    return [Claim(f"\n文件库里共有{len(regions)}个地区，{most}")]


def _undivided_standards(
    sides: Sequence[Side], solutions: Sequence[Solved | None], solver: Solver
) -> list[Claim]:
    """Says whose 低保 stands for the 城市低保 that is asked for."""
    said = zip(sides, solutions, strict=True)
    labels = [
        side.label
        for side, solution in said
        if side.asked and solution and solution.draft.claims and solution.asked.text != side.asked.text
        and undivided(side.asked, solver.index.documents)
    ]  # fmt: skip
    return [Claim(f"\n{'、'.join(labels)}的{UNDIVIDED}")] if labels else []


def _silenced(solution: Solved | None) -> Solved | None:
    """What was found, though it does not say what was asked for."""
    return replace(solution, draft=Draft(())) if solution else None


def _say_the_same(answered: Sequence[Solved]) -> bool:
    """Whether one sentence answers for all sides."""
    return len(answered) > 1 and len({solution.draft.claims for solution in answered}) == 1


def _row(side: Side, solution: Solved | None, asked: Question, solver: Solver) -> Row:
    if side.asked is None:
        return Row(side.label, "", absent=NO_FILE)
    claims = [claim for claim in solution.draft.claims if claim.sources] if solution else []
    sources = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
    is_named = not compares_years(asked) and _names_all(side.asked, solver)
    absent = NOT_FOUND if is_named else NOT_SAID
    said = "；".join(
        of_one_date(said_without_owner(claim).rstrip("。"), side.asked.years) for claim in claims
    )
    return Row(side.label, said, sources, absent)


def _names_all(asked: Question, solver: Solver) -> bool:
    """Whether the papers of a side name everything that is asked about, so that they cannot be said to be silent on it."""
    names = [wordings for found in names_in(asked) for wordings in found]
    text = plain(
        "".join(passage.searchable for name in asked.documents for passage in solver.index.of_document(name))
    )
    return bool(names) and all(any(wording in text for wording in wordings) for wordings in names)
