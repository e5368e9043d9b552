"""A statement held against the answer to its open question: 福彩卖了21亿吧 against 福彩卖了多少亿, A比B少吗 against A和B差多少.

The search for a statement prefers what bears it out; where nothing does, the figure that the open question finds is
what the paper says instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from qa.evidence.claims import CALCULATION, Claim
from qa.evidence.doubts import IS_DOUBTED
from qa.evidence.premise_owners import FORMER, agrees, gives_owner_another
from qa.evidence.premises import CONTRARY, contrary, stated_figures
from qa.evidence.solving import Solved, Solver
from qa.figures.spots import former_figures
from qa.figures.values import Figure, figures_in
from qa.understanding.asking import CONFIRMS
from qa.understanding.question import Question, understand
from qa.understanding.units import same_kind
from vectorstore.folding import folded

# By such a figure it is told which ones are meant: 1000平米以上的社区, 80岁老人.
_TELLS_WHICH = re.compile(r"(?:以[上下内外]|之[上下内]|及以上|岁)")
# …135万,对(吧)
_SO = re.compile("[,、 ]*(?:(?:这样|真的)?是|对|没错|真的)(?:的|了)?$")
_AT_LEAST = re.compile(
    r"(?:不低于|不少于|不小于|至少|超过|大于|高于|不足|不到|少于|低于|满|前|第)[^\d,]{0,3}$"
)
_BETWEEN = re.compile("[从由]|还是|[和与跟]\\d")
_COMPARES = re.compile(
    r"^(?P<one>[^,?]{2,24}?)比(?P<other>[^,?]{2,24}?)(?:要|更|还)?(?P<more>[多少高低大小])(?:一?些|一点|得多|很多|不少)?$"
)
_MORE = "多高大"
# From there on a figure without a unit (卖了21亿) is held against others as large.
_LARGE = 10_000
_NO_DIFFERENCE = re.compile(r"= 0\D")
# 计算:1500元 − 1100元 = 400元(“集中养育”较高); the greater one stands first where none is said to be greater.
_GREATER = re.compile("（“(?P<name>[^”]+)”较[高多大]）")


def held_against_open(
    asked: Question, solved: Solved, solver: Solver, solve: Callable[[Question, Solver], Solved]
) -> Solved:
    """The solution of a statement, or what the answer to its open question says of it where nothing bears it out."""
    is_told_as_doubtful = any(claim.text == IS_DOUBTED for claim in solved.draft.claims)
    if not asked.confirms or asked.is_english or len(asked.documents) != 1 or is_told_as_doubtful:
        return solved
    text = _SO.sub("", CONFIRMS.sub("", folded(asked.text)).strip(" ,、"))
    compares = _COMPARES.match(text)
    if compares:
        return _compared(compares, asked, solver, solve) or solved
    stated = _stated(asked, text)
    if stated is None:
        return solved
    unit = stated.unit if stated.unit not in ("", "%", "元") else ""
    asks = f"{text[: stated.start]}多少{unit}{text[stated.end :]}"
    opened = solve(understand(asks, solver.index.documents), solver)
    if stated.unit == "元" and text[stated.end - 1] != "元":
        # 发了135万: of money, whose words are looked at like those of any other amount.
        text = f"{text[: stated.end]}元{text[stated.end :]}"
    told = _figures_like(stated, opened.draft.claims, text)
    if opened.asked.documents != asked.documents or not told:
        return solved
    is_of_another = any(
        gives_owner_another(text, folded(solver.text_of(source)), opened.asked.regions)
        for source in opened.draft.claims[0].sources
    )
    given = _figures_like(stated, solved.draft.claims, text)
    is_other = _is_other(
        stated, _Told(told, opened.draft.claims[0], is_of_another), given, solved.draft.claims
    )
    if is_other is None:
        return solved
    first, *others = opened.draft.claims
    claims = (contrary(first) if is_other else first, *others)
    return replace(opened, asked=asked, draft=replace(opened.draft, claims=claims, is_settled=True))


@dataclass(frozen=True)
class _Told:
    """What the open question is answered by: the figures that can be held against the stated one, the first claim, and
    whether that gives another figure to whom the statement is about."""

    figures: Sequence[Figure]
    answer: Claim
    is_of_another: bool


def _is_other(stated: Figure, told: _Told, given: Sequence[Figure], found: Sequence[Claim]) -> bool | None:
    """Whether the answer to the open question gives another figure; None where what was found first stands.

    `given` are the figures like the stated one in `found`, the claims that the statement itself has found.
    """
    if len({figure.value for figure in told.figures}) > 1:
        # Which of several figures is meant the words beside them tell.
        return None if given else told.is_of_another
    is_other = not agrees(stated, told.figures[0])
    is_contrary = any(claim.text.startswith(CONTRARY) for claim in found)
    if is_contrary and any(agrees(told.figures[0], figure) for figure in given):
        return None
    if not is_contrary and any(agrees(stated, figure) for figure in given):
        return True if is_other and told.is_of_another and _is_beside(told.answer, found) else None
    return is_other


def _is_beside(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether a claim cites a passage that others cite, too."""
    cited = {source.passage.id for other in others for source in other.sources}
    return any(source.passage.id in cited for source in claim.sources)


def _stated(asked: Question, text: str) -> Figure | None:
    """The one figure of a statement that says how much; None where there are several, or none."""
    said = replace(asked, text=text)
    amounts = [
        figure
        for figure in stated_figures(said) or [f for f in figures_in(text) if f.is_amount]
        if not _TELLS_WHICH.match(text, figure.end) and not _AT_LEAST.search(text[: figure.start])
    ]
    return amounts[0] if len(amounts) == 1 and not _BETWEEN.search(text) else None


def _figures_like(stated: Figure, claims: Sequence[Claim], text: str) -> list[Figure]:
    """The amounts of the claims that can be held against a figure; what something was before only where that is stated."""
    is_of_before = FORMER.search(text) is not None
    amounts = [
        figure
        for said in map(_said, claims)
        for former in [set() if is_of_before else former_figures(said)]
        for figure in figures_in(said)
        if figure.is_amount and figure.start not in former
    ]
    if not stated.unit:
        return [figure for figure in amounts if figure.value >= _LARGE] if stated.value >= _LARGE else []
    return [figure for figure in amounts if figure.unit and same_kind(stated.unit, figure.unit)]


def _said(claim: Claim) -> str:
    """The words of a claim without the place and years before them."""
    return claim.text.partition("：")[2] if not claim.text.startswith(CALCULATION) else claim.text


def _compared(
    compares: re.Match[str],
    asked: Question,
    solver: Solver,
    solve: Callable[[Question, Solver], Solved],
) -> Solved | None:
    """Both figures and their difference, told to be contrary where the other one is the greater; else None."""
    asks = f"{compares['one']}和{compares['other']}相差多少"
    opened = solve(understand(asks, solver.index.documents), solver)
    claims = opened.draft.claims
    if not claims or not claims[-1].text.startswith(CALCULATION) or _NO_DIFFERENCE.search(claims[-1].text):
        return None
    greater = _GREATER.search(claims[-1].text)
    named = [_shared(greater["name"], compares[side]) if greater else 0 for side in ("one", "other")]
    if greater and named[0] == named[1]:
        return None
    first_is_greater = greater is None or named[0] > named[1]
    if first_is_greater != (compares["more"] in _MORE):
        claims = (contrary(claims[0]), *claims[1:])
    return replace(opened, asked=asked, draft=replace(opened.draft, claims=claims, is_settled=True))


def _shared(name: str, words: str) -> int:
    """How many characters of a side's name stand in the words of the question."""
    return sum(character in words for character in name)
