"""Sides of a comparison told alike: what there is on all, or what is aimed at on all, and not the one beside the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.composer import calculated
from qa.composing.side_wants import PRESENT
from qa.composing.sides import Side
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.rows import without_owner
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import quantities_in, same_family
from qa.figures.spots import spots_of
from qa.understanding.asking import Aspect
from qa.understanding.question import Question
from vectorstore.sentences import clause_spans

_LIMITED = re.compile("护理型|认知障碍|家庭照护|公办|民办|备案|社区社会组织")
_SHARE = re.compile("占比|比[例重]")
_OF_SHARES = re.compile("率|占比|比[例重]|覆盖|几成|百分")
# What each has is asked, and nothing is held against the other.
_EACH, _AGAINST = (
    re.compile("分别|各(?:自)?(?:是|有|为)?(?:多少|几)"),
    re.compile("谁|哪|[比差高低更最]|多还是少"),
)
# What is asked of what is built or added itself, and a figure of what is added.
ASKS_ADDED, _ADDED = re.compile("[建增改加]|完成"), re.compile("新[建增设办开]|净增|改[建造]|建成")
_KINDS: tuple[Aspect, ...] = ("result", "target")


def of_one_kind(
    asked: Question, sides: Sequence[Side], solutions: Sequence[Solved | None], solver: Solver
) -> list[Solved | None]:
    """The solutions; where the question says not which, and some give results and others targets, of one kind if there is one."""
    given = [kinds_of(solution) for solution in solutions]
    if (
        asked.aspect
        or (_EACH.search(asked.text) and not _AGAINST.search(asked.text))
        or not all(len(kinds) < len(_KINDS) for kinds in given)
        or not _differ(solutions, given)
    ):
        return list(solutions)
    # A standard in force (“每人每月1700元”) is of neither kind, and stands with what is, not with what is planned.
    for kind in _KINDS if set().union(*given) == set(_KINDS) else _KINDS[:1]:
        alike = [
            solution if solution is None or not kinds or kind in kinds else _of_kind(side, kind, solver)
            for side, solution, kinds in zip(sides, solutions, given, strict=True)
        ]
        if all(
            kinds_of(new) <= {kind} and _answers(new, old) for new, old in zip(alike, solutions, strict=True)
        ):
            return alike
    return list(solutions)


def _differ(solutions: Sequence[Solved | None], given: Sequence[set[str]]) -> bool:
    """Whether some of those that answer give targets, and others none."""
    are_targets = {
        "target" in kinds
        for solution, kinds in zip(solutions, given, strict=True)
        if solution and solution.draft.claims
    }
    return len(are_targets) > 1


def of_one_unit(
    asked: Question, sides: Sequence[Side], solutions: Sequence[Solved | None], solver: Solver
) -> list[Solved | None]:
    """The solutions; where what one side counts (1126户) another tells in another unit (710元), all in one if there is one."""
    told = [_units_of(solution) for solution in solutions]
    answered = [units for units in told if units]
    if asked.unit or asked.asks != "number" or len(answered) < len(sides) or _shares_one(answered):
        return list(solutions)
    for unit in dict.fromkeys(unit for units in answered for unit in units):
        if unit == "%" and not _OF_SHARES.search(asked.text):
            # 社会组织目标: the one's 2000个 is not to be told as a share of something.
            continue
        alike = [
            solution if any(same_family(unit, own) for own in units) else _in_unit(side, unit, solver)
            for side, solution, units in zip(sides, solutions, told, strict=True)
        ]
        if all(any(same_family(unit, own) for own in _units_of(solution)) for solution in alike):
            return alike
    return list(solutions)


def _units_of(solution: Solved | None) -> list[str]:
    """The units of what a solution quotes, in the order of its figures."""
    claims = solution.draft.claims if solution else ()
    said = " ".join(without_owner(claim) for claim in claims if claim.sources)
    return list(dict.fromkeys(spot.quantity.unit for spot in quantities_in(said) if spot.quantity.unit))


def _shares_one(told: Sequence[Sequence[str]]) -> bool:
    return any(all(any(same_family(unit, own) for own in units) for units in told) for unit in told[0])


def _in_unit(side: Side, unit: str, solver: Solver) -> Solved | None:
    return solver.solve(replace(side.asked, unit=unit, likely_unit=unit)) if side.asked else None


def as_it_is(side: Side, solution: Solved, solver: Solver) -> Solved:
    """The solution without a target where what there is now is asked about; a share then as the paper's own counts make it."""
    asked = side.asked
    if asked is None or asked.asks != "number" or asked.aspect == "target":
        return solution
    if PRESENT.search(asked.text) and kinds_of(solution) == {"target"}:
        solution = replace(solution, draft=Draft(()))
    if adds_only(solution) and not ASKS_ADDED.search(asked.text):
        # 新增持证社工20人 is no number of all of them, where the paper gives that as well.
        of_all = solver.solve(replace(asked, aspect="result"))
        solution = of_all if of_all.draft.claims and not adds_only(of_all) else solution
    is_share = _SHARE.search(asked.text) is not None
    is_told = any("%" in claim.text for claim in solution.draft.claims)
    if is_told or not is_share:
        return solution
    found = calculated(replace(asked, is_side=False), solver)
    return (
        found if found and any(claim.text.startswith("计算：") for claim in found.draft.claims) else solution
    )


def adds_only(solution: Solved) -> bool:
    """Whether the figure that a solution quotes is of what is added to what there is (新增持证社工20人)."""
    said = next((without_owner(claim) for claim in solution.draft.claims if claim.sources), "")
    return any(_ADDED.search(near.before) for near in spots_of(said)[:1])


def kinds_of(solution: Solved | None) -> set[str]:
    """What a solution's claims state, of results and targets."""
    claims = solution.draft.claims if solution else ()
    return {kind_of(source, claim) for claim in claims for source in claim.sources} & set(_KINDS)


def kind_of(source: Source, claim: Claim) -> str:
    """What a source states; of a row that has a column for its target, whether the claim gives that one."""
    has_target = any("目标" in column for column, _ in source.passage.cells)
    if not has_target:
        return source.passage.statement
    return "target" if "目标" in claim.text else "result"


def narrower_sides(asked: Question, answered: Sequence[tuple[Side, Solved]]) -> str:
    """Says which side's figure is of one kind only, where the question names no kind and the other side's is of all."""
    own = [(side.label, _kinds_named(asked, found)) for side, found in answered]
    shared = set.intersection(*(kinds for _, kinds in own))
    notes = [f"{label}的是“{'、'.join(sorted(kinds - shared))}”" for label, kinds in own if kinds - shared]
    return f"（{'，'.join(notes)}，口径不同）" if notes else ""


def _kinds_named(asked: Question, solution: Solved) -> set[str]:
    """The kinds to which the figures of a solution are limited, and the question is not; what stands behind 其中 is a part."""
    said = " ".join(without_owner(claim) for claim in solution.draft.claims if claim.sources)
    clauses = [said[start:end] for start, end in clause_spans(said, 0, len(said))]
    counted = next((clause for clause in clauses if quantities_in(clause)), "")
    return {kind for kind in _LIMITED.findall(re.split("其中|[(（]", counted)[0]) if kind not in asked.text}


def _of_kind(side: Side, kind: Aspect, solver: Solver) -> Solved | None:
    return solver.solve(replace(side.asked, aspect=kind)) if side.asked else None


def _answers(new: Solved | None, old: Solved | None) -> bool:
    """Whether what is told of the other kind is told at all, where something was."""
    return not (old and old.draft.claims) or bool(new and new.draft.claims)
