"""Two words with a stroke between them (特困/五保供养标准), and 城乡低保各多少: each is tried, and each place told by its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa.evidence.claims import widest
from qa.evidence.extractive import Draft
from qa.evidence.solving import Solved, Solver, together
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.places import bare_name

_EITHER = re.compile(r"(?P<one>[\u4e00-\u9fff]{2,6})/(?P<other>[\u4e00-\u9fff]{2,14})")
# 元/人, 个/村: what is given for one of something.
_UNITS = re.compile(r"[元张个户人次名项处]$")
_TAIL = 2
_OF_BOTH, _EACH = re.compile("城乡(?=低保|最低生活保障|居民)"), re.compile("各自?(?=[是为有多几])|分别")


def either_word(
    asked: Question, solver: Solver, solve: Callable[[Question, Solver], Solved]
) -> Solved | None:
    """The answers to a question in both of its wordings; for each of several places in the first that is answered.

    None where a question has no such pair, or neither wording finds anything.
    """
    if asked.is_english:
        return None
    if apart := _town_and_country(asked):
        return _of_both(asked, apart, solver, solve)
    wordings = _wordings(asked) if "/" in asked.text else []
    if not wordings:
        return None
    found: list[Solved] = []
    missing: list[str] = []
    for region in asked.regions or ("",):
        solved = (solve(_for_place(asked, wording, region, solver), solver) for wording in wordings)
        told = [one for one in solved if one.draft.claims]
        # 低保/特困 may be two things; of several places each calls the one thing by its own word.
        found += told[:1] if len(asked.regions) > 1 else told
        missing += [] if told else [region]
    if not found:
        return None
    claims = widest([claim for one in found for claim in one.draft.claims])
    partly = (name for one in found for name in one.draft.missing)
    return together(asked, found, Draft(tuple(claims), (*partly, *missing), asked.elsewhere, is_settled=True))


def _town_and_country(asked: Question) -> list[str]:
    """The question for town and the one for country, where it asks for the figure of each; else empty."""
    text = folded(asked.text)
    if asked.asks != "number" or not asked.wants_several or not _OF_BOTH.search(text):
        return []
    return [_EACH.sub("", _OF_BOTH.sub(where, text, count=1)) for where in ("城市", "农村")]


def _of_both(
    asked: Question, wordings: Sequence[str], solver: Solver, solve: Callable[[Question, Solver], Solved]
) -> Solved | None:
    """The figure of each, where each has one of its own; None where one sentence gives both, or one is missing."""
    found = [solve(understand(wording, solver.index.documents), solver) for wording in wordings]
    claims = [claim for one in found for claim in one.draft.claims]
    if not all(one.draft.claims for one in found) or len({claim.text for claim in claims}) < len(claims):
        return None
    passages = [source.passage for claim in claims for source in claim.sources]
    if len(set(passages)) == 1 and not passages[0].cells:
        return None
    return together(asked, found, Draft(tuple(claims), (), asked.elsewhere, is_settled=True))


def _for_place(asked: Question, wording: str, region: str, solver: Solver) -> Question:
    """The question in one wording, of one of its places where it names several."""
    whole = understand(wording, solver.index.documents)
    if len(asked.regions) < _TAIL:
        return whole
    documents = tuple(
        name for name in whole.documents if solver.index.documents[name].metadata.region == region
    )
    own = replace(whole, regions=(region,), documents=documents)
    text = f"{region}{''.join(own.content)}是多少" if whole.asks == "number" else own.text
    return replace(understand(text, solver.index.documents), years=whole.years, plan_years=whole.plan_years)


def _wordings(asked: Question) -> list[str]:
    """A question with the one word of a pair, and with the other; empty where it has no pair."""
    text = folded(asked.text)
    match = _EITHER.search(text)
    if match is None or _UNITS.search(match["one"]) or text.count("/") != 1:
        return []
    lead, found, one = match["one"].rpartition("的")
    for region in asked.regions:
        for name in (region, bare_name(region)):
            lead, one = (lead + name, one.removeprefix(name)) if one.startswith(name) else (lead, one)
    before = f"{text[: match.start()]}{lead}{found}"
    other = match["other"]
    # 护理床位/认知障碍床位 end alike, else the two are as long as each other: 持证/专业社工人数.
    ends = other.find(one[-_TAIL:])
    size = ends + _TAIL if ends > 0 else len(one)
    head, rest = other[:size], other[size:] + text[match.end() :]
    return [f"{before}{word}{rest}" for word in (one, head)]
