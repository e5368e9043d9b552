"""The section whose parts are each called what a question asks for (实施哪几项行动: “优化行动”, “提升行动” …)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.composing.fields import is_of, passages_of, time_of
from qa.evidence.claims import Source
from qa.evidence.lists import headings_below
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solver
from qa.understanding.question import Question, understand
from vectorstore.folding import folded

_KIND_ASKED = re.compile(
    r"(?P<asks>(?:哪些|什么|哪几[项个大种类]?|几[项个大种类]|哪?[两二三四五六七八九十][项个大])大?)(?:方面)?的?[“\"]?"
    r"(?P<kind>行动|工程|品牌|格局|体系|制度|机制|计划|实事)[”\"]?(?:呢|吗)?[?。]?$"
)
_FEWEST, _NAMES_SECTION = 3, 0.5


def parts_called_alike(asked: Question, solver: Solver) -> tuple[str, list[tuple[str, Source]]]:
    """(heading, its parts) of the section that says most of the question's subject; ("", []) where none is so."""
    text = folded(asked.text)
    kind = _KIND_ASKED.search(text)
    if kind is None or len(asked.documents) != 1:
        return "", []
    name = asked.documents[0]
    subject = understand(text[: kind.start()], solver.index.documents)
    terms = solver.vocabulary.terms_of(subject)
    passages = passages_of([name], solver)[name]
    years = asked.years or time_of(asked, passages)
    best, found = _NAMES_SECTION, ("", list[tuple[str, Source]]())
    for section in solver.index.sections_of(name) if terms else ():
        says = coverage(terms, plain(section[-1]))
        if says < best or (years and not is_of(section, passages, years)):
            continue
        below = headings_below(section, name, solver.index)
        if _are_called(kind["kind"], below) and asked.list_size in (0, len(below)):
            best, found = says, (section[-1], below)
    return found


def _are_called(kind: str, below: Sequence[tuple[str, Source]]) -> bool:
    return len(below) >= _FEWEST and all(kind in folded(label) for label, _ in below)
