"""By how much a thing changed, where a sentence says so beside its figure (养老机构118家,比上年减少5家).

Who asks may have the way of it wrong (养老机构又多了几家): then the sentence is told to be contrary to the question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.evidence.claims import Claim
from qa.evidence.directions import FALLS, RISES
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.opposites import names_another
from qa.evidence.premises import contrary
from qa.evidence.prose import quoted
from qa.evidence.relevance import Term, bigrams, coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.stated_changes import StatedChange, stated_changes
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans

_THAN_BEFORE = (
    rf"(?:(?:比|较|与|和|跟|同)(?:上一?年|去年|前一?年|上年度|往年|年初|{YEAR}年)"
    r"(?:同期|末|底|度)?(?:相比|比起来|比)?,?|同比|环比)"
)
_UP = "增加|增长|增多|提高|上升|上涨|增|涨|升|多"
_DOWN = "减少|下降|降低|下滑|减|降|跌|少"
_ASKS_BY_HOW_MUCH = re.compile(
    rf"(?P<thing>.{{2,40}}?)的?(?P<than>{_THAN_BEFORE})?(?:总共|一共|共|又|还|大概|大约|实际|到底|具体|平均)*"
    rf"(?:(?P<way>{RISES.pattern}|{FALLS.pattern})(?:了|的?(?:幅度?|比例|率))?|(?P<rate>增幅|涨幅|增速|降幅|跌幅)|(?P<any>(?:变化|变动|增减)(?:了|幅度?|情况)?))(?:是|有|为|达到?)?"
    r"(?:多少|多大|怎么样|如何|几)(?P<unit>个百分点|个点|[\u4e00-\u9fff]{0,2})(?:呢)?[?。]*$"
)
_ASKS_WHICH_WAY = re.compile(
    rf"(?P<thing>.{{2,40}}?)(?:数量?|人数)?的?(?P<than>{_THAN_BEFORE})?(?:到底|究竟|总的来说)?(?:是|算)?(?:变|走)?"
    rf"(?:(?:{_UP})了?(?:还是|或者?是?|、)(?:变|走)?(?:{_DOWN})|(?:{_DOWN})了?(?:还是|或者?是?|、)(?:变|走)?(?:{_UP}))了?(?:呢)?[?。]*$"
)
# 城市低保人数又增加了47人
_STATES_CHANGE = re.compile(
    rf"^(?P<thing>.{{2,40}}?)的?(?:{_THAN_BEFORE})?(?:又|还|总共|一共)*(?P<way>{RISES.pattern}|{FALLS.pattern})了?(?P<by>\d[^,。;]*)$"
)
# Held against something else than the time before; from one figure or year to another: what is worked out.
_OF_TWO = re.compile(rf"[比较](?![例重])|[从由].+[到至]|{YEAR}年?[到至—\-~]|相差|分别|每|哪")
# How much of the thing the words of a change say.
_SAYS_IT, _FEW = 0.6, 8
# What says how many there are, and of no thing what it is.
_CAME_TO = re.compile("[提升增降下调达][高长加少低整]?到|达|为")
# 高龄津贴资金比上年增加386万元 says nothing of what each receives.
_MONEY = re.compile("资金|经费|预算|支出|投入|金额|款物?$|善款")
_PERCENT = ("%", "个百分点")
_SAID_OF_ANY = re.compile(
    rf"{YEAR}年|全[市县区州旗]|[共现]有|累计|办理|全年|年[末底]|登记在册|其中|对象|人员|人数|户数|数量|[共有的]"
)


@dataclass(frozen=True)
class _Asked:
    """What is asked: of which thing, which way (1, -1; 0: not said), in which unit ("" for any)."""

    thing: str
    way: int
    unit: str


def told_of_change(asked: Question, solver: Solver) -> Solved | None:
    """The sentence that says by how much the thing changed since the time before; None for other questions."""
    if (
        len(asked.regions) > 1
        or asked.is_english
        or asked.elsewhere
        or asked.confirms
        or len(asked.years) > 1
    ):
        return None
    wanted = _wanted(folded(asked.text))
    if wanted is None:
        return None
    solved = solver.solve(_about(wanted, solver))
    told = _change_of(wanted, solver)
    if told is None:
        return None
    finding, change = told
    claim = quoted([_with_its_amount(finding, change)])
    is_otherwise = wanted.way != 0 and change.rose != (wanted.way > 0)
    return replace(
        solved, asked=asked, draft=Draft((contrary(claim) if is_otherwise else claim,), is_settled=True)
    )


def change_contradicting(stated: str, solver: Solver) -> Claim | None:
    """What the paper says of a change that a statement has otherwise (又增加了47人: 减少47人); None for other statements."""
    says = _STATES_CHANGE.search(folded(stated))
    if says is None or _OF_TWO.search(says["thing"]):
        return None
    figure = next(iter(figures_in(says["by"])), None)
    way = -1 if FALLS.fullmatch(says["way"]) else 1
    told = _change_of(_Asked(says["thing"], way, figure.unit if figure else ""), solver)
    if told is None or figure is None:
        return None
    finding, change = told
    is_same = change.rose == (way > 0) and change.spot.quantity.value == figure.value
    return None if is_same else contrary(quoted([_with_its_amount(finding, change)]))


def without_change_of_another(solved: Solved, solver: Solver) -> Solved:
    """The solution without claims that say by how much something else changed than the question asks for."""
    wanted = _wanted(folded(solved.asked.text)) if solved.draft.claims else None
    if wanted is None or solved.asked.is_english:
        return solved
    terms = solver.vocabulary.terms_of(understand(wanted.thing, solver.index.documents))
    changes = [
        change
        for claim in solved.draft.claims
        for source in claim.sources
        for change in stated_changes(solver.text_of(source))
    ]
    is_of_another = changes and all(coverage(terms, plain(change.of)) < _SAYS_IT for change in changes)
    return replace(solved, draft=Draft(())) if is_of_another else solved


def _about(wanted: _Asked, solver: Solver) -> Question:
    return understand(f"{wanted.thing}是多少", solver.index.documents)


def _change_of(wanted: _Asked, solver: Solver) -> tuple[Finding, StatedChange] | None:
    """The change of a thing that is nearest to what is asked, with the sentence that states it."""
    terms = solver.vocabulary.terms_of(understand(wanted.thing, solver.index.documents))
    return next(_told(wanted, terms, solver.solve(_about(wanted, solver)).findings), None)


def _wanted(text: str) -> _Asked | None:
    asks = _ASKS_BY_HOW_MUCH.fullmatch(text) or _ASKS_WHICH_WAY.fullmatch(text)
    if asks is None or _OF_TWO.search(asks["thing"]):
        return None
    said = asks.groupdict()
    way = said.get("way") or {"增": "增长", "涨": "增长", "降": "下降", "跌": "下降"}.get(
        (said.get("rate") or " ")[0], ""
    )
    unit = (said.get("unit") or "").replace("个点", "个百分点")
    unit = unit if unit == "个百分点" else re.sub("^个(?=.)|^钱.*", "", unit)
    return _Asked(asks["thing"], -1 if FALLS.fullmatch(way) else 1 if way else 0, unit)


def _told(
    wanted: _Asked, terms: Sequence[Term], findings: Sequence[Finding]
) -> Iterator[tuple[Finding, StatedChange]]:
    """The changes of the thing, those in the unit that is asked for and those of just its name first."""
    found = [
        (finding, change)
        for finding in findings[:_FEW]
        if finding.right_year and not finding.passage.cells
        for change in stated_changes(finding.text)
        if coverage(terms, plain(change.of)) >= _SAYS_IT
        and not names_another(wanted.thing, change.of)
        and (_MONEY.search(change.of) is None or _MONEY.search(wanted.thing) is not None)
    ]
    unit = next(
        (u for u in (wanted.unit, wanted.unit[1:]) if (u and not u.startswith("个")) or u == "个百分点"), ""
    )
    if unit and unit != "钱":
        found = [pair for pair in found if _is_in(unit, pair[1])]
    yield from sorted(found, key=lambda pair: _distance(wanted.thing, pair[1].of))


def _is_in(unit: str, change: StatedChange) -> bool:
    own = change.spot.quantity.unit
    return own in _PERCENT if unit == "个百分点" else own not in _PERCENT and same_kind(own, unit)


def _distance(thing: str, of: str) -> tuple[bool, float]:
    """How far the words of a change are from the thing: 养老机构 is not 养老机构床位, 低保对象 less 城市低保对象."""
    of = _CAME_TO.split(of)[0]
    asked, told = (set(bigrams(_SAID_OF_ANY.sub("", text))) for text in (thing, of))
    shared = 2 * len(asked & told) / max(1, len(asked) + len(told))
    return thing[-2:] not in of[-4:], -shared


def _with_its_amount(finding: Finding, change: StatedChange) -> Finding:
    """The clauses of a sentence from the amount that changed to the change."""
    clauses = clause_spans(finding.text, 0, len(finding.text))
    start = next(start for start, end in clauses if change.since < end)
    end = next(end for _, end in clauses if change.spot.end <= end)
    text = finding.text[start:end].rstrip(",，;；、")
    return replace(finding, start=finding.start + start, end=finding.start + start + len(text), text=text)
