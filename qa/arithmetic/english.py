"""Calculations asked for in English: the same operations, cut at English words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.arithmetic.phrases import Wanted
from qa.arithmetic.task import Operation, Task
from qa.understanding.question import Question, understand
from vectorstore.documents import Document

_AND = r"\s+(?:and|plus|&)\s+(?:the\s+)?"
_PATTERNS: tuple[tuple[Operation, re.Pattern[str]], ...] = (
    (
        "difference",
        re.compile(
            r"how (?:many|much) (?:more|fewer|less|higher|lower) (?:is |are |was |were |did )?(?P<one>.+?) than (?P<other>.+)"
        ),
    ),
    ("difference", re.compile(rf"(?:difference|gap) between (?P<one>.+?){_AND}(?P<other>.+)")),
    (
        "sum",
        re.compile(rf"(?:total|sum|combined (?:number|amount|total)) of (?P<one>.+?){_AND}(?P<other>.+)"),
    ),
    (
        "sum",
        re.compile(
            rf"how (?:many|much) (?P<one>.+?){_AND}(?P<other>.+?) (?:in total|altogether|together|combined|in all)"
        ),
    ),
    (
        "share",
        re.compile(
            r"(?:percentage|share|proportion|percent|fraction) of (?:the |all )?(?P<other>.+?) "
            r"(?:is|are|was|were|did|do|does) (?P<one>.+)"
        ),
    ),
    (
        "multiple",
        re.compile(
            r"how many times (?:is |are |was |were )?(?P<one>.+?) (?:that of|as many as|the|as) (?P<other>.+)"
        ),
    ),
    (
        "payment",
        re.compile(r"(?P<one>.+?) (?:per year|a year|each year|yearly|annually|in one year|over a year)"),
    ),
)
_PLACE_AND_YEAR = re.compile(r"[\u4e00-\u9fff]+|\d{4}年?(?:\s*[-—]\s*\d{4}年?)?")
_FILLER = re.compile(
    r"^(?:what|how much|how many|is|are|was|were|the|does|do|did|can|will|would|in|for|of|a|an|[:,])\s+|"
    r"\b(?:in|for|of|get|receive|amount to|come to|does|did|do)\s*$|[?,.:]"
)


def english_task(asked: Question) -> Task | None:
    """The calculation an English question asks for; None when its wording asks for none."""
    text = re.sub(r"\s+", " ", asked.text.lower()).strip()
    for operation, pattern in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        groups = match.groupdict()
        phrases = tuple(_bare(groups[name]) for name in ("one", "other") if groups.get(name))
        if all(phrases):
            is_payment = operation == "payment"
            return Task(
                operation,
                phrases,
                unit="元" if is_payment else "",
                period="年" if is_payment else "",
                is_weak=is_payment,
            )
    return None


def english_wanted(task: Task, asked: Question, documents: Mapping[str, Document]) -> list[Wanted]:
    """The operands of an English question, each with the place and year that the question names."""
    context = " ".join(dict.fromkeys(_PLACE_AND_YEAR.findall(asked.text)))
    wanted = []
    for phrase in task.phrases:
        own_context = " ".join(_PLACE_AND_YEAR.findall(phrase))
        bare = _bare(_PLACE_AND_YEAR.sub(" ", phrase))
        question = understand(f"{own_context or context}: how many {bare}", documents)
        if not question.regions:
            question = understand(f"{context} {own_context}: how many {bare}", documents)
        own = understand(f"how many {bare}", documents)
        wanted.append(Wanted(name=phrase, question=question, own=own))
    return wanted


def _bare(text: str) -> str:
    while (shorter := _FILLER.sub(" ", text.strip()).strip()) != text:
        text = shorter
    return re.sub(r"\s+", " ", text)
