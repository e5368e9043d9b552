"""Comparison: one question asked of two or more places or years, answered as a table with what follows from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from qa.claims import Claim, SideFigure, Source
from qa.comparison_wording import MENTIONING, MENTIONS, OPPOSITES
from qa.extractive import Draft
from qa.figures import Figure, figures_in
from qa.mentions import mentioning
from qa.question import Question
from qa.relevance import Vocabulary, coverage, plain
from qa.rows import owner_of
from qa.sides import Side, compares_years, degree, sides_of
from qa.solving import Solved, Solver, together
from qa.tabulating import NO_FILE, NOT_SAID, Row, period_of, table_claims
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_HOW_MUCH = re.compile(r"(?:差|多|少|高|低|大|涨|增加?|减少?)(?:了|出)?(?:多少|几)|差距|相差")
_CHANGES = re.compile(r"变(?:化|动)?|一样|相同|持平")


def compared(asked: Question, solver: Solver) -> Solved | None:
    """The comparison that the question asks for; None when it asks for none or no side is answered."""
    text = folded(asked.text)
    sides = sides_of(asked, text, solver)
    if len(sides) < 2:
        return None
    solutions = [solver.solve(side.asked) if side.asked else None for side in sides]
    if MENTIONS.search(text):
        documents = solver.index.documents
        found = [mentioning(solution, documents) if solution else None for solution in solutions]
        solutions = [said or _silenced(solution) for said, solution in zip(found, solutions, strict=True)]
    answered = [solution for solution in solutions if solution and solution.draft.claims]
    if not answered:
        # 哪些地方提到…: that nobody does is the answer.
        says_so = MENTIONING.search(text) and not asked.regions
        return (
            together(asked, [solution for solution in solutions if solution], Draft(())) if says_so else None
        )
    if (len(answered) == 1 and not asked.regions) or _say_the_same(answered):
        return replace(answered[0], asked=asked)
    rows = [_row(side, solution) for side, solution in zip(sides, solutions, strict=True)]
    shown = rows if asked.regions or asked.years else [row for row in rows if row.said]
    claims = table_claims("年份" if compares_years(asked) else "地区", shown)
    if len(shown) < len(rows):
        # Nobody named these places: one line is enough for all of them.
        silent = "、".join(row.label for row in rows if not row.said)
        claims.append(Claim(f"\n{NOT_SAID}：{silent}。"))
    paired = list(zip(sides, solutions, strict=True))
    conclusion = _conclusion(asked, text, paired, solver.vocabulary)
    draft = Draft(
        (*claims, *((conclusion,) if conclusion else ())),
        is_settled=True,
        is_partial=bool(asked.regions) and len(answered) < len(sides),
        figures=_side_by_side(asked, paired, solver.vocabulary),
    )
    return together(asked, [solution for solution in solutions if solution], draft)


def _silenced(solution: Solved | None) -> Solved | None:
    """What was found, though it does not say what was asked for."""
    return replace(solution, draft=Draft(())) if solution else None


def _say_the_same(answered: Sequence[Solved]) -> bool:
    """Whether one sentence answers for all sides."""
    return len(answered) > 1 and len({solution.draft.claims for solution in answered}) == 1


def _row(side: Side, solution: Solved | None) -> Row:
    if side.asked is None:
        return Row(side.label, "", absent=NO_FILE)
    claims = [claim for claim in solution.draft.claims if claim.sources] if solution else []
    sources = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
    return Row(side.label, "；".join(_said(claim).rstrip("。") for claim in claims), sources)


def _said(claim: Claim) -> str:
    """A claim without the place and years before it, which have columns of their own, and without its bullet."""
    owner = owner_of(claim.sources[0].passage)
    return claim.text.removeprefix(f"{owner}：").removeprefix("- ")


def _conclusion(
    asked: Question, text: str, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> Claim | None:
    """Which is more, when every side that answers gives one figure in one unit; None when that cannot be said."""
    more = (
        degree(text)
        or ("多" if _HOW_MUCH.search(text) else "")
        or ("变" if compares_years(asked) and _CHANGES.search(text) else "")
    )
    answered = [(side, found) for side, found in sides if side.asked and found and found.draft.claims]
    if not more or len(answered) < 2:
        return None
    given = [(side.label, figure) for side, _, figure in _one_each(asked, sides, vocabulary)]
    if len(given) < len(answered):
        return None
    sources = tuple(source for _, found in answered for source in found.draft.claims[0].sources)
    if len({figure.unit for _, figure in given}) > 1:
        return Claim("\n各处数字的单位不同，不能直接比较。", sources)
    kinds = {_kind_of(source) for source in sources} - {"", "measure"}
    if len(kinds) > 1 and not asked.regions:
        return Claim("\n各处的数字有的是结果，有的是目标或标准，不宜直接排名。", sources)
    note = "（有的是结果，有的是目标或标准，比较时请注意）" if len(kinds) > 1 else ""
    if not note and not compares_years(asked) and len({source.passage.years for source in sources}) > 1:
        note = "（各处的年份不同，比较时请注意）"
    apart = _difference(given) if _HOW_MUCH.search(text) else ""
    return Claim(f"\n{_ordered(given, more)}{note}。{apart}", sources)


def _one_each(
    asked: Question, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> list[tuple[Side, Solved, Figure]]:
    """The sides that give one figure, with it."""
    answered = [(side, found) for side, found in sides if side.asked and found and found.draft.claims]
    figures = [(side, found, _one_figure(side.asked or asked, found, vocabulary)) for side, found in answered]
    return [(side, found, figure) for side, found, figure in figures if figure]


def _side_by_side(
    asked: Question, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> tuple[SideFigure, ...]:
    """What can be drawn side by side: one figure of every side that answers, all in one unit and of one kind.

    Years of one place may differ in kind: a plan's target is drawn beside the result before it.
    """
    answered = [found for _, found in sides if found and found.draft.claims]
    given = _one_each(asked, sides, vocabulary)
    if len(given) < max(2, len(answered)) or len({figure.unit for _, _, figure in given}) > 1:
        return ()
    sourced = [next(c.sources for c in found.draft.claims if c.sources) for _, found, _ in given]
    kinds = {_kind_of(source) for sources in sourced for source in sources} - {"", "measure"}
    of_years = compares_years(asked)
    if len(kinds) > 1 and not of_years:
        return ()
    periods = ["" if of_years else period_of(sources).strip("—") for sources in sourced]
    return tuple(
        SideFigure(
            f"{side.label}（{period}）" if period else side.label,
            float(figure.value),
            figure.unit,
            sources[0],
        )
        for (side, _, figure), sources, period in zip(given, sourced, periods, strict=True)
    )


def _kind_of(source: Source) -> str:
    """What a source states; of a row that has a column for its target, that is what is compared."""
    has_target = any("目标" in column for column, _ in source.passage.cells)
    return "target" if has_target else source.passage.statement


def _ordered(given: Sequence[tuple[str, Figure]], more: str) -> str:
    if more == "变":
        values = [figure.value for _, figure in given]
        return (
            "没有变化"
            if len(set(values)) == 1
            else "有变化：" + "，".join(f"{label}{_written(figure)}" for label, figure in given)
        )
    less = OPPOSITES[more]
    ranked = sorted(given, key=lambda pair: -pair[1].value)
    if ranked[0][1].value == ranked[-1][1].value:
        return "两者相同" if len(ranked) == 2 else "各处相同"
    if len(ranked) == 2:
        return f"{ranked[0][0]}更{more}，{ranked[1][0]}更{less}"
    return f"从{more}到{less}：" + "、".join(f"{label}{_written(figure)}" for label, figure in ranked)


def _difference(given: Sequence[tuple[str, Figure]]) -> str:
    """How far two sides are apart, as a calculation that a reader can check."""
    if len(given) != 2:
        return ""
    (_, larger), (_, smaller) = sorted(given, key=lambda pair: -pair[1].value)
    unit = "个百分点" if larger.unit == "%" else larger.unit
    apart = Figure(larger.value - smaller.value, unit, 0, 0)
    return f"计算：{_written(larger)} − {_written(smaller)} = {_written(apart)}。"


def _written(figure: Figure) -> str:
    value, scale = figure.value, ""
    for size, name in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        if value >= size and value % (size / 100) == 0:
            value, scale = value / size, name
            break
    return f"{value.normalize():f}{scale}{figure.unit}"


def _one_figure(asked: Question, solution: Solved, vocabulary: Vocabulary) -> Figure | None:
    """The figure that a side gives: in the unit asked for, of the target column, of the clause that says most of it.

    None unless it is a single one.
    """
    text = " ".join(_said(claim) for claim in solution.draft.claims if claim.sources)
    wanted = asked.unit or asked.likely_unit
    target = re.search(r"目标值?([^，。]+)", text)
    if any(source.passage.cells for claim in solution.draft.claims for source in claim.sources) and target:
        text = target[1]
    terms = vocabulary.terms_of(asked)
    clauses = [text[start:end] for start, end in clause_spans(text, 0, len(text))]
    if wanted:
        clauses = [c for c in clauses if any(f.is_amount and f.unit == wanted for f in figures_in(c))]
    ranked = sorted(clauses, key=lambda clause: -coverage(terms, plain(clause)))
    for clause in [*ranked[:1], text]:
        amounts = [figure for figure in figures_in(clause) if figure.is_amount]
        chosen = [figure for figure in amounts if wanted and figure.unit == wanted] or amounts
        if len({(figure.value, figure.unit) for figure in chosen}) == 1:
            return chosen[0]
    return None
