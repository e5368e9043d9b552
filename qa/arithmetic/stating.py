"""Results that a document states itself: 比上年提高3个百分点, 占比22%. They are quoted, not calculated again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from qa.arithmetic import wording
from qa.arithmetic.task import Task
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.changes import CHANGE
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.spots import Near, spots_of
from qa.figures.stated_changes import stated_changes
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

# Characters of a sentence that is given whole.
_READABLE = 120
_PLANNED_PART = re.compile("工作(?:计划|打算|安排)|下一步|发展目标|主要目标")
_IS_TIME = re.compile(r"(?:19|20)\d{2}|年|[上前]期|同期|之前|以前|原来|基期|现状|目前|现在")
_THAN_A_THING = re.compile(r"[比较](?![例重])(?!上|去|前|往|同期|年初|基期|原|(?:19|20)\d{2})")
_RATE_NAMED = re.compile(r"([\u4e00-\u9fff]{2}率)(?:达到?|为|是|均)?[约近]?$")
# Below this coverage a sentence speaks of something else.
_ABOUT_IT = 0.75
# So much of it the words of a change say that is of it.
_OF_IT = 0.6


@dataclass(frozen=True)
class Stated:
    """That the result is stated, and the solution that gives it; None when the ordinary one does."""

    solved: Solved | None


_OF_DATES = frozenset(("", "年", "月", "日", "天"))


def stated_result(task: Task, asked: Question, solver: Solver) -> Stated | None:
    """None when no sentence about the question states the change or share that it asks for."""
    if task.operation not in ("difference", "share"):
        return None
    question = asked
    if len(task.phrases) > 1 and wording.RELATIVE.fullmatch(task.phrases[1]):
        # Compared with a year that is not named: the sentence on the thing itself says how it changed.
        question = understand(f"{task.phrases[0]}是多少", solver.index.documents)
        question = replace(question, documents=asked.documents or question.documents)
    ordinary = solver.solve(question)
    best = ordinary.answerable[:1]
    if not best or best[0].coverage < _ABOUT_IT:
        return None
    if task.operation == "share":
        return _stated_share(task, asked, ordinary, best[0])
    is_of_other_years = len(asked.years) > 1 and best[0].years and max(asked.years) not in best[0].years
    if is_of_other_years or not _states_change(task, folded(best[0].text)):
        return None
    if _is_change_of_another(question, best[0], solver):
        return None
    return Stated(_whole(asked, ordinary, best[0]))


def _is_change_of_another(question: Question, finding: Finding, solver: Solver) -> bool:
    """Whether all changes that a sentence states are of other things (床位1.73万张;收住老年人7920人,比上年增加310人)."""
    terms = solver.vocabulary.terms_of(question)
    changes = stated_changes(finding.text)
    return bool(changes) and all(coverage(terms, plain(change.of)) < _OF_IT for change in changes)


def _states_change(task: Task, text: str) -> bool:
    pattern = rf"(?<!年均)(?:{CHANGE}|多|少|高出|差)(?:了|出|约)?(?=\d)"
    changed = {figure.start: figure for figure in figures_in(text)}
    units = {"个百分点", task.unit or "%"}
    if not task.unit:
        # In the unit of the thing itself: 决算28.64万元,比上年减少3.28万元.
        counted = [f.unit for f in changed.values() if f.is_amount and f.unit not in _OF_DATES]
        units |= set(counted[:1])
    if task.wants_rate:
        units |= {"%", "倍"}
    is_pair = len(task.phrases) > 1
    if is_pair and not _IS_TIME.search(task.phrases[1]) and not _THAN_A_THING.search(text):
        # 城市低保比农村低保高多少: how much each rose on the year before is something else.
        return False
    return any(
        match.end() in changed
        and changed[match.end()].unit in units
        and (not is_pair or re.search(r"[比较]", text[: match.start()]))
        for match in re.finditer(pattern, text)
    )


def _stated_share(task: Task, asked: Question, ordinary: Solved, finding: Finding) -> Stated | None:
    """A percentage of the thing itself; a target is no answer to what the share is."""
    cells = finding.passage.cells
    # 火化率(%) beside 养老机构床位 says nothing of the beds.
    own = [
        pair for pair in cells if "%" not in folded(pair[0]) or re.split(r"[(（]", pair[0])[0] in asked.text
    ]
    shown = " ".join(f"{column}{value}" for column, value in own) or folded(finding.text)
    passage = finding.passage
    is_target = (
        re.search(r"将|目标|力争|到20\d\d年", shown) is not None
        or passage.statement == "target"
        or _PLANNED_PART.search(" ".join(passage.section)) is not None
    )
    if "%" not in shown or (is_target and asked.aspect != "target"):
        return None
    if cells:
        return Stated(None)
    text = "".join(claim.text for claim in ordinary.draft.claims)
    shares = [
        near.spot
        for near in spots_of(finding.text)
        if re.search("占|比[例重]", near.before) and _is_of(_named_at(near, finding.text), task.phrases[0])
    ]
    if not shares and (re.search("占|比[例重]", shown) or _are_rates_of_others(asked, finding.text)):
        # The share of something else.
        return None
    if not shares or all(finding.text[spot.start : spot.end] in text for spot in shares):
        return Stated(None)
    return Stated(_whole(asked, ordinary, finding))


def _are_rates_of_others(asked: Question, text: str) -> bool:
    """Whether every percentage of a sentence is a rate by a name of its own that nobody asks about (登记合格率100%)."""
    names = [near.before for near in spots_of(text) if near.spot.quantity.unit == "%"]
    found = [_RATE_NAMED.search(words) for words in names]
    return bool(found) and all(name is not None and name[1] not in asked.text for name in found)


def _is_of(words: str, phrase: str) -> bool:
    """Whether the words at a share (护理型床位占比) name what a phrase is about."""
    own = re.sub(r"[^\u4e00-\u9fff]|20\d\d年", "", phrase)
    return any(own[at : at + 3] in words for at in range(len(own) - 2)) or own[-2:] in words


def _named_at(near: Near, text: str) -> str:
    """The words at a share; of one that begins with 占 those of the clause before (护理型床位918张,占42%)."""
    if not near.before.lstrip(" ,").startswith("占"):
        return near.before
    clauses = re.split("[,;。、]", folded(text)[: near.spot.start])
    return " ".join(clauses[-2:])


def _whole(asked: Question, ordinary: Solved, finding: Finding) -> Solved | None:
    """The sentence as it stands, when it is short enough; the ordinary answer may cut off what is asked."""
    if finding.passage.cells or len(finding.text) > _READABLE:
        return None
    text = finding.text.rstrip(JOINING)
    owner = owner_of(finding.passage)
    shown = text if text[-1] in ENDING else f"{text}。"
    claim = Claim(
        f"{owner}：{shown}" if owner else shown,
        (Source(finding.passage, finding.start, finding.start + len(text)),),
    )
    return replace(ordinary, asked=asked, draft=Draft((claim,), is_settled=True))
