"""Questions that name two things of which how or what is asked once (在防范诈骗和虐待老人方面怎么规定): neither is left out."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.composing.one_passage import Told, told
from qa.composing.overview_wording import asks_for_overview
from qa.composing.told_whole import said_by
from qa.evidence.claims import Claim, sentences_of, widest
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver, together
from qa.understanding.question import Question
from vectorstore.folding import folded

_JOINED = re.compile("以及|[和与及、]")
# What is said of two things together, and not of each.
_TOGETHER = re.compile(
    "关系|区别|差别|不同|异同|相比|对比|比较|结合|衔接|联动|协同|之间|还是|合作|融合|转型|变成|哪个|谁"
)
_WITHOUT = re.compile("(?:这?[两二]?个?(?:方面|块|项工作)|等)$")
# An answer that says less of a thing's words leaves it out; another one must say so much of them.
_LEAVES_OUT, _TELLS = 0.34, 0.6
# What is done about a thing, before its name.
_DOING = re.compile("^(?:对待|处理|应对|解决|打击|防范|预防|防止|管理|管|对|抓)")
_A_NAME = 2
# What papers have of everything, and call as they like.
_OF_ANYTHING = re.compile("问题|短板|不足|困难|时间|日期|期限|期$|时限|条件|程序|做法|情况|措施|内容")


def told_of_both(asked: Question, solver: Solver) -> Solved | None:
    """The answer with what it leaves out of one of two things named; None where it leaves out none, or both.

    What is told nowhere is named as missing.
    """
    is_open = asked.asks in ("text", "list") and not (asked.confirms or asked.is_english or asked.named)
    text = folded(asked.text)
    if not is_open or len(asked.regions) > 1 or _TOGETHER.search(text) or asks_for_overview(text):
        return None
    pair = _pair(asked, text)
    whole = solver.solve(asked) if pair else None
    if pair is None or _OF_ANYTHING.search("".join(pair)):
        return None
    if whole is None or not whole.draft.claims or whole.draft.missing:
        return None
    said = said_by(whole)
    things = [_thing(asked, piece, other, solver) for piece, other in (pair, pair[::-1])]
    left_out = [one for one in things if one.says(said) < _LEAVES_OUT]
    if len(left_out) != 1 or not left_out[0].words:
        return None
    alone = solver.solve(left_out[0].part)
    claims = alone.draft.claims if left_out[0].says(said_by(alone)) >= _TELLS else ()
    claims = claims or _naming(_DOING.sub("", left_out[0].part.content[0]), asked, solver)
    if not claims:
        draft = replace(whole.draft, missing=(f"“{left_out[0].part.content[0]}”",), is_settled=True)
        return replace(whole, draft=draft)
    both = widest([*whole.draft.claims, *claims])
    return together(asked, [whole, alone], Draft(tuple(both), (), asked.elsewhere, is_settled=True))


def _naming(name: str, asked: Question, solver: Solver) -> tuple[Claim, ...]:
    """The first sentence of the papers asked about that has a thing's very name; () where none has."""
    for passage in solver.index.passages:
        if passage.cells or len(name) < _A_NAME or passage.document not in asked.documents:
            continue
        text = solver.index.documents[passage.document].text
        for source in sentences_of(passage, text):
            said = text[source.start : source.end]
            if name in folded(said):
                owner = owner_of(passage, (source.start, source.end))
                return (Claim(f"{owner}：{said}。" if owner else f"{said}。", (source,)),)
    return ()


def _pair(asked: Question, text: str) -> tuple[str, str] | None:
    """The two pieces of content on both sides of 和; None where the question joins none, or more."""
    joints = list(_JOINED.finditer(text))
    if len(joints) != 1:
        return None
    before, behind = text[: joints[0].start()], text[joints[0].end() :]
    one = next((piece for piece in asked.content if before.endswith(piece)), "")
    other = next((piece for piece in asked.content if behind.startswith(piece)), "")
    one, other = _WITHOUT.sub("", one), _WITHOUT.sub("", other)
    return (one, other) if len(one) > 1 and len(other) > 1 else None


def _thing(asked: Question, piece: str, other: str, solver: Solver) -> Told:
    """One of the two as a question of its own."""
    text = re.sub(f"(?:以及|[和与及、])?{re.escape(other)}(?:以及|[和与及、])?", "", folded(asked.text))
    return told(replace(asked, text=text, content=(piece,)), piece, solver)
