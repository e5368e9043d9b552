"""What follows from the figures of a comparison's sides: which is more, by how much, whether they are the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.composing.one_kind import ASKS_ADDED, adds_only, kind_of, narrower_sides
from qa.composing.side_wants import degree
from qa.composing.sides import Side, compares_years
from qa.composing.tabulating import period_of
from qa.evidence.claims import Claim, SideFigure, Source
from qa.evidence.relevance import Term, coverage, plain
from qa.evidence.rows import without_owner
from qa.evidence.solving import Solved, Solver
from qa.evidence.vocabulary import Vocabulary
from qa.figures.quantities import Quantity, quantities_in, same_family, written
from qa.figures.spots import Near, spots_of
from qa.understanding.comparison_wording import OPPOSITES, SAME
from qa.understanding.question import Question
from vectorstore.numerals import YEAR, years_in
from vectorstore.sentences import clause_spans

_HOW_MUCH = re.compile(r"(?:差|多|少|高|低|大|涨|增加?|减少?|提高)(?:了|出)?(?:多少|几)|差距|相差|差[别额值]")
# Of more than two: 最多的比最少的多多少.
_ENDS_APART, _TWO = re.compile("最[多高大少低小][^?]{0,16}(?:比|和|与|跟)最?[多高大少低小]"), 2
_BEFORE_RAISE = re.compile("(?:提标|提高|调整|上调|调标)(?:之?前|以前)|原来?的?标准|原标准")
# 原标准每人每月1010元(年12120元),新标准…: what it was, and what it comes to for another time.
_FORMER_COLUMN = re.compile(r"(?<=[：，；])原(?:来的?)?标准[^，；]*(?:，(?=[^，；\d]{0,6}标准))?")
_IN_OTHER_TERMS = re.compile(r"[(（](?:折?合?[每按]?[年月]|[年月]均?)[\d.,]+元[)）]")
_SIDES_SAME = "同"
_BEHIND = 0.85
_AS_GOOD = 0.8


def conclusion(
    asked: Question, text: str, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> Claim | None:
    """Which is more, when every side that answers gives one figure in one unit; None when that cannot be said."""
    more = (
        degree(text) or ("多" if _HOW_MUCH.search(text) else "") or (_SIDES_SAME if SAME.search(text) else "")
    )
    answered = [(side, found) for side, found in sides if side.asked and found and found.draft.claims]
    if not more or len(answered) < 2:
        return None
    given = [(side.label, figure) for side, _, figure in _in_one_unit(asked, sides, vocabulary)]
    # Of what was done here and there nothing is more.
    is_text = any(side.asked and side.asked.asks == "text" for side, _ in answered)
    if len(given) < len(answered) or (is_text and len({figure.unit for _, figure in given}) > 1):
        return None
    claims = [solved.draft.claims[0] for _, solved in answered]
    sources = tuple(source for claim in claims for source in claim.sources)
    units = [figure.unit for _, figure in given]
    if not all(same_family(units[0], unit) for unit in units):
        return Claim("\n各处数字的单位不同，不能直接比较。", sources)
    apart = _told_otherwise(text, [figure for _, figure in given], [solved for _, solved in answered])
    if apart:
        return Claim(f"\n各处的数字口径不同（{apart}），不能直接比较。", sources)
    kinds = {kind_of(source, claim) for claim in claims for source in claim.sources} - {"", "measure"}
    if len(kinds) > 1 and not asked.regions:
        return Claim("\n各处的数字有的是结果，有的是目标或标准，不宜直接排名。", sources)
    given, steps = _for_one_time(given)
    note = _note(asked, kinds, sources) + narrower_sides(asked, answered)
    said = f"\n{steps}{_ordered(given, more, of_years=compares_years(asked))}{note}。"
    is_apart = _HOW_MUCH.search(text) and (len(given) == _TWO or _ENDS_APART.search(text))
    return Claim(said + (_difference(given) if is_apart else ""), sources)


def _told_otherwise(text: str, figures: Sequence[Quantity], answered: Sequence[Solved]) -> str:
    """What keeps figures in one unit from being held against each other; "" when nothing does."""
    if _are_of_one_and_of_all(figures):
        return "有的是每人的标准，有的是总额"
    is_of_stock = not ASKS_ADDED.search(text)
    return "有的是新增数，有的是总数" if is_of_stock and len(set(map(adds_only, answered))) > 1 else ""


def _are_of_one_and_of_all(figures: Sequence[Quantity]) -> bool:
    """Whether some are by the month or year, as what one person gets is, and some are sums of ten thousands."""
    return any(figure.period for figure in figures) and any(
        figure.scale and not figure.period for figure in figures
    )


def _one_each(
    asked: Question, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> list[tuple[Side, Solved, Quantity]]:
    """The sides that give one figure, with it."""
    answered = [(side, found) for side, found in sides if side.asked and found and found.draft.claims]
    figures = [(side, found, _one_figure(side.asked or asked, found, vocabulary)) for side, found in answered]
    return [(side, found, figure) for side, found, figure in figures if figure]


def _in_one_unit(
    asked: Question, sides: Sequence[tuple[Side, Solved | None]], vocabulary: Vocabulary
) -> list[tuple[Side, Solved, Quantity]]:
    """The sides with their figures; where these differ in unit, with those in the unit of one that all the others give, too."""
    given = _one_each(asked, sides, vocabulary)
    units = dict.fromkeys(figure.unit for _, _, figure in given)
    answered = [found for side, found in sides if side.asked and found and found.draft.claims]
    if (len(units) < 2 and len(given) == len(answered)) or asked.unit:
        return given
    for unit in units:
        pairs = [
            (replace(side, asked=replace(side.asked, unit=unit)) if side.asked else side, found)
            for side, found in sides
        ]
        alike = _one_each(asked, pairs, vocabulary)
        if len(alike) == len(answered) and all(same_family(unit, figure.unit) for _, _, figure in alike):
            return alike
    # What gives several figures in the unit of another is in that unit, whichever of them is meant.
    shared = [u for u in units if all(_gives_unit(found, u) for _, found, _ in given)]
    return [] if shared else given


def _gives_unit(solution: Solved, unit: str) -> bool:
    text = " ".join(said_without_owner(claim) for claim in solution.draft.claims)
    return any(same_family(unit, spot.quantity.unit) for spot in quantities_in(text))


def side_by_side(
    asked: Question, sides: Sequence[tuple[Side, Solved | None]], solver: Solver
) -> tuple[SideFigure, ...]:
    """What can be drawn side by side: one figure of every side that answers, all in one unit and of one kind.

    Years of one place may differ in kind: a plan's target is drawn beside the result before it.
    """
    answered = [found for _, found in sides if found and found.draft.claims]
    given = _one_each(asked, sides, solver.vocabulary)
    if len(given) < max(2, len(answered)) or len({figure.kind for _, _, figure in given}) > 1:
        return ()
    claims = [next(c for c in found.draft.claims if c.sources) for _, found, _ in given]
    sourced = [claim.sources for claim in claims]
    kinds = {kind_of(source, claim) for claim in claims for source in claim.sources} - {"", "measure"}
    of_years = compares_years(asked)
    if len(kinds) > 1 and not of_years:
        return ()
    periods = ["" if of_years else period_of(s, solver.index.documents).strip("—") for s in sourced]
    return tuple(
        SideFigure(
            f"{side.label}（{period}）" if period else side.label,
            float(figure.value),
            figure.unit,
            sources[0],
        )
        for (side, _, figure), sources, period in zip(given, sourced, periods, strict=True)
    )


def _note(asked: Question, kinds: set[str], sources: Sequence[Source]) -> str:
    if len(kinds) > 1:
        return "（有的是结果，有的是目标或标准，比较时请注意）"
    is_of_years = not compares_years(asked) and len({source.passage.years for source in sources}) > 1
    return "（各处的年份不同，比较时请注意）" if is_of_years else ""


def said_without_owner(claim: Claim) -> str:
    """A claim without the place and years before it, which have columns of their own, and without its bullet."""
    return without_owner(claim).removeprefix("- ")


def _for_one_time(given: Sequence[tuple[str, Quantity]]) -> tuple[list[tuple[str, Quantity]], str]:
    """The figures by the year where some are by the month, and how that was worked out."""
    periods = {figure.period for _, figure in given}
    if len(periods) < 2 or "" in periods:
        return list(given), ""
    steps = [f"{figure}×12 = {figure.per('年')}" for _, figure in given if figure.period == "月"]
    return [(label, figure.per("年")) for label, figure in given], f"折成一年：{'；'.join(steps)}。"


def _ordered(given: Sequence[tuple[str, Quantity]], more: str, *, of_years: bool) -> str:
    values = {figure.value for _, figure in given}
    if more == _SIDES_SAME:
        each = "，".join(f"{label}{figure}" for label, figure in given)
        if len(values) == 1:
            return "没有变化" if of_years else f"{'两者' if len(given) == 2 else '各处'}一样"
        return f"有变化：{each}" if of_years else f"不一样：{each}"
    ranked = sorted(given, key=lambda pair: -pair[1].value)
    if len(values) == 1:
        return "两者相同" if len(ranked) == 2 else "各处相同"
    if len(ranked) == 2:
        return f"{ranked[0][0]}更{more}，{ranked[1][0]}更{OPPOSITES[more]}"
    return f"从{more}到{OPPOSITES[more]}：" + "、".join(f"{label}{figure}" for label, figure in ranked)


def _difference(given: Sequence[tuple[str, Quantity]]) -> str:
    """How far two sides are apart, or of several the first and the last, as a calculation that a reader can check."""
    (_, larger), *_, (_, smaller) = sorted(given, key=lambda pair: -pair[1].value)
    unit = "个百分点" if larger.unit == "%" else larger.named_unit
    scale = larger.scale if larger.scale == smaller.scale else ""
    return f"计算：{larger} − {smaller} = {written(larger.value - smaller.value, unit, scale=scale)}。"


def _one_figure(asked: Question, solution: Solved, vocabulary: Vocabulary) -> Quantity | None:
    """The figure that a side gives: in the unit asked for, of the target column, of the clause that says most of it.

    None unless it is a single one.
    """
    shown = [claim.text for claim in solution.draft.claims if claim.text.startswith("计算：")]
    if shown:
        # What a side comes to stands at the end of its calculation.
        return next((spot.quantity for spot in reversed(quantities_in(shown[-1]))), None)
    text = " ".join(said_without_owner(claim) for claim in solution.draft.claims if claim.sources)
    text = _IN_OTHER_TERMS.sub("", text if _BEFORE_RAISE.search(asked.text) else _FORMER_COLUMN.sub("", text))
    wanted = asked.unit or asked.likely_unit
    target = re.search(r"目标值?([^，。]+)", text)
    if any(source.passage.cells for claim in solution.draft.claims for source in claim.sources) and target:
        periods = [spot.quantity.period for spot in quantities_in(text) if spot.quantity.period]
        period = periods[0] if periods else ""
        return _single([replace(spot.quantity, period=period) for spot in quantities_in(target[1])], wanted)
    terms = vocabulary.terms_of(asked)
    clauses = [text[start:end] for start, end in clause_spans(text, 0, len(text))]
    dated = [clause for clause in clauses if any(f"{year}年" in clause for year in asked.years)]
    if dated and any(years_in(clause) for clause in clauses if clause not in dated):
        # 2021年建成22个,2022年建成48个: each year has its own.
        clauses, text = dated, ",".join(dated)
    if wanted:
        in_unit = [c for c in clauses if any(same_family(s.quantity.unit, wanted) for s in quantities_in(c))]
        best = max((coverage(terms, plain(clause)) for clause in clauses), default=0.0)
        # 多几个 is said of people, too: then the clause that says most of the question is meant.
        least = _AS_GOOD * best if wanted == "个" else 0.0
        clauses = [c for c in in_unit if coverage(terms, plain(c)) >= least] or (
            clauses if wanted == "个" else []
        )
    ranked = sorted(clauses, key=lambda clause: -coverage(terms, plain(clause)))
    for clause in [*ranked[:1], text]:
        found = _single([spot.quantity for spot in quantities_in(clause)], wanted)
        if found:
            return found
    return _best_said(ranked[0], wanted, terms, asked.text, asked.years) if ranked else None


def _best_said(
    clause: str, wanted: str, terms: Sequence[Term], asked: str, years: Sequence[int]
) -> Quantity | None:
    """Of several figures of a clause the one whose own words say most of what is asked; None when two say as much."""
    near = [near for near in spots_of(clause) if not wanted or near.spot.quantity.unit == wanted]
    if not _BEFORE_RAISE.search(asked):
        # Of 由1100元提高到1200元 what it was raised to.
        near = [item for item in near if item.role != "before"] or near
    scored = [
        (coverage(terms, plain(item.before), [(plain(item.behind), _BEHIND)]), item.spot.quantity)
        for item in near
    ]
    scored.sort(key=lambda pair: -pair[0])
    is_clear = len(scored) == 1 or (len(scored) > 1 and scored[0][0] > scored[1][0])
    return scored[0][1] if is_clear else _latest(near, years)


def _latest(near: Sequence[Near], asked: Sequence[int]) -> Quantity | None:
    """Of figures that are each of a year of their own (2016年、2017年分别提高到580元、620元) that of the year asked for, else
    the last one."""
    years = [re.findall(YEAR, item.before) for item in near]
    if len(near) < 2 or not all(len(found) == 1 for found in years) or len({y[0] for y in years}) < len(near):
        return None
    dated = sorted(zip((int(found[0]) for found in years), near, strict=True), key=lambda pair: pair[0])
    of_asked = [item for year, item in dated if year in asked]
    latest = of_asked[0].spot.quantity if len(of_asked) == 1 else dated[-1][1].spot.quantity
    period = next((item.spot.quantity.period for item in near if item.spot.quantity.period), latest.period)
    return replace(latest, period=latest.period or period)


def _single(amounts: Sequence[Quantity], wanted: str) -> Quantity | None:
    chosen = [amount for amount in amounts if wanted and amount.unit == wanted] or list(amounts)
    return chosen[0] if len({(amount.value, amount.unit) for amount in chosen}) == 1 else None
