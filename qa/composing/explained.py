"""What a paper itself asks (问：…) or takes up (关于…的建议), answered with what it says to that.

Papers that explain a rule, reply to a proposal or record a meeting are ordered by the very matters that staff ask about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.relevance import coverage, plain
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.attributes import attribute_asked
from qa.understanding.question import Question, understand
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import sentence_spans

_IS_QUESTION = re.compile(r"[?？]$|(?:哪些|什么|怎么|如何|多少|为何)[^。;]{0,16}$|吗$")
_IS_MATTER = re.compile(r"关于.{2,60}|.{2,60}的(?:建议|提案|问题|事项|诉求|请示)$")
# What was answered, decided or done about a matter.
_ASKS_OUTCOME = re.compile(
    r"(?:怎么|如何|咋|怎样)(?:个|样)?(?:答复|回复|回应|办理?|处理|定|决定|研究|解决|落实|采纳|说|安排|议|规定)|(?:答复|办理|采纳|研究|讨论|处理)(?:的)?(?:结果|情况|意见|结论)|"
    r"(?:定|决定|议定|答复|研究|同意|明确)了?(?:些|个)?(?:什么|啥|哪些)|(?:有没有|是否|是不是)?(?:被)?(?:采纳|同意|通过|批准|批)了?(?:没有?|吗|么)|(?:什么|啥)(?:结果|结论|意见|态度|说法)"
)
# Who put a matter forward, and where it was taken up.
_PUT_BY = re.compile(
    r"(?:对|给|就)?[\u4e00-\u9fff]{0,4}(?:代表|委员)(?:所)?(?:提出?|反映|建议|关心)?的?|(?:的)?(?:建议|提案|议案)(?:是|被)?|(?:这次|本次)?会议?(?:上|对|就|关于|研究)*|提出?的|关于"
)
_PARTS = re.compile(r"(?<=[?])")
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、])\s*"
)
# How much of the question a heading says, and of the heading the question.
_SAYS, _IS_SAID, _TOGETHER = 0.6, 0.35, 1.1
_LONGEST = 320


def explained(asked: Question, solver: Solver) -> Solved | None:
    """What a paper says below the heading that puts the same question or names the matter; None without such a heading."""
    if asked.is_english or asked.elsewhere:
        return None
    outcome = _ASKS_OUTCOME.search(folded(asked.text)) is not None
    if not outcome and (asked.asks not in ("text", "list") or asked.confirms):
        return None
    solved = solver.solve(asked)
    if asked.asks in ("number", "date", "place") and solved.draft.claims:
        return None
    found = _best(asked, solver, of_matters=outcome)
    claim = _told(found, solver) if found else None
    return replace(solved, draft=Draft((claim,), is_settled=True)) if claim else None


def _best(asked: Question, solver: Solver, *, of_matters: bool) -> list[Passage] | None:
    """The passages below the heading that is about the question, more than any other is; None without one."""
    attribute = attribute_asked(asked.text)
    about = asked
    if of_matters:
        rest = _PUT_BY.sub(" ", _ASKS_OUTCOME.sub(" ", folded(asked.text)))
        about = replace(understand(rest, solver.index.documents), documents=asked.documents)
    terms = solver.vocabulary.terms_of(about)
    best: tuple[float, list[Passage]] | None = None
    for name in asked.documents or solver.index.documents:
        document = solver.index.documents[name]
        for section in solver.index.sections_of(name):
            heading = _NUMBERING.sub("", folded(section[-1]))
            is_question = _IS_QUESTION.search(heading) is not None
            if not is_question and not (of_matters and _IS_MATTER.search(heading)):
                continue
            if (
                is_question
                and attribute
                and attribute not in (attribute_asked(p) for p in _PARTS.split(heading))
            ):
                continue
            said = coverage(terms, plain(heading), [(plain(document.metadata.title), 1.0)])
            own = solver.vocabulary.terms_of(understand(heading, {}))
            is_said = coverage(own, plain(about.text)) if own else 0.0
            if said < _SAYS or is_said < _IS_SAID or said + is_said < max(_TOGETHER, best[0] if best else 0):
                continue
            passages = [p for p in solver.index.of_document(name) if p.section[: len(section)] == section]
            best = (said + is_said, passages) if passages else best
    return best[1] if best else None


def _told(passages: Sequence[Passage], solver: Solver) -> Claim | None:
    """The sentences below a heading in their order, as many as are read at a glance, the first in any case."""
    text = solver.index.documents[passages[0].document].text
    shown = ""
    sources: list[Source] = []
    for passage in passages:
        for start, end in sentence_spans(text, passage.start, passage.end):
            if sources and len(shown) + end - start > _LONGEST:
                break
            shown += text[start:end].strip()
            sources.append(Source(passage, start, end))
    if not sources:
        return None
    owner = owner_of(passages[0])
    said = f"{shown.rstrip(JOINING + ENDING)}。"
    return Claim(f"{owner}：{said}" if owner else said, tuple(sources))
