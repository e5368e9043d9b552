"""A question that found nothing, put by a model in the words of official papers; code checks that it asks the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass

from prompts import load
from qa.answer import TextChunk
from qa.errors import ModelUnavailable
from qa.evidence.solving import Solved
from qa.evidence.wanted import attribute_of_subject
from qa.figures.values import figures_in
from qa.models.choice import ChatModel, Message
from qa.understanding.attributes import asks_opinion
from qa.understanding.question import Question, understand
from qa.understanding.units import same_kind
from qa.understanding.wording import wordings_in
from vectorstore.documents import Document
from vectorstore.folding import folded

_LONGEST_WORDING_TOKENS = 48
# Longer questions are put together of several matters, which a small model does not keep apart.
_LONGEST_ASKED = 60
_MUCH_LONGER, _SPARE = 2, 8
_QUOTED = re.compile(r"[“\"《]([^”\"》]{2,30})[”\"》]")
# Said of a figure in so many words; 添了 is a hint only.
_SAYS_WHICH = re.compile("实际|目标|计划|指标|规划值")
_DENIES = re.compile(r"[不没无未非勿莫]|免(?!费|除|收|去|交|缴)|禁止|除了|以外")


@dataclass(frozen=True)
class SecondLook:
    """What a second look at a refused question found: the solution to go on with, and what the reader is told of it.

    `is_other`: whether it is another solution than before, with claims; `by`: whose words these are.
    """

    solved: Solved
    note: str = ""
    is_other: bool = False
    by: str = "extractive"


def may_be_paraphrased(solved: Solved) -> bool:
    """Whether another wording may find what this one did not: a short question for what a place that is there states."""
    asked = solved.asked
    return (
        not solved.draft.claims
        and not (asked.elsewhere or asked.is_outside or asked.is_english or asked.confirms or asked.near)
        and not asks_opinion(asked.text)
        and len(asked.text) <= _LONGEST_ASKED
        and bool(asked.content)
    )


def paraphrased(
    solved: Solved, model: ChatModel, documents: Mapping[str, Document], solve: Callable[[str], Solved]
) -> Generator[TextChunk, None, SecondLook]:
    """Ask a refused question again in the model's words, through the same walk (`solve`).

    The empty chunks between let a caller stop a model that is still writing. A model that fails leaves the refusal
    as it is, and the note says so.
    """
    try:
        text = yield from _written_line(model, messages(solved.asked.text))
    except ModelUnavailable as error:
        return SecondLook(solved, f"没有能请模型换一种说法再查。原因：{error.message}")
    asked = understand(solved.asked.text, documents)
    if (
        not text
        or folded(text) == folded(asked.text)
        or not asks_the_same(asked, understand(text, documents))
    ):
        return SecondLook(solved)
    found = solve(text)
    if not found.draft.claims:
        return SecondLook(solved)
    return SecondLook(
        found, "原来的说法没有查到，以下按模型改写的问法查到，请核对问的是不是同一件事。", is_other=True
    )


def _written_line(model: ChatModel, asking: list[Message]) -> Generator[TextChunk, None, str]:
    """The first line that a model replies, with empty chunks in which a caller may stop it. Raises ModelUnavailable."""
    text = ""
    for piece in model.stream(asking, max_tokens=_LONGEST_WORDING_TOKENS):
        text += piece
        yield TextChunk("")
    return text.strip().split("\n", 1)[0].strip()


def messages(question: str) -> list[Message]:
    """The chat messages that ask a model for the question in official words: the same examples, as turns, before each."""
    lines = load("reword_examples", set()).substitute().splitlines()
    return [
        {"role": "system", "content": load("reword_system", set()).substitute()},
        *({"role": ("user", "assistant")[number % 2], "content": line} for number, line in enumerate(lines)),
        {"role": "user", "content": question},
    ]


def asks_the_same(asked: Question, other: Question) -> bool:
    """Whether another wording of a question keeps all that decides its answer.

    Its places, years, figures, names in quotation marks and denials, the kind of thing that is wanted, its unit, and
    whether a result or a target. What the subject is called may differ: that is what it is worded otherwise for.
    """
    return (
        len(other.text) <= _MUCH_LONGER * len(asked.text) + _SPARE
        and _owner(asked) == _owner(other)
        and _figures(asked) == _figures(other)
        and _denies(asked) == _denies(other)
        and all(name in folded(other.text) for name in _QUOTED.findall(folded(asked.text)))
        and _wants_the_same(asked, other)
    )


def _owner(question: Question) -> tuple[frozenset[str | int], ...]:
    parts = (
        question.regions,
        question.elsewhere,
        question.named,
        question.documents,
        question.years,
        question.plan_years,
    )
    return tuple(frozenset(part) for part in parts)


def _figures(question: Question) -> list[str]:
    return sorted(str(figure.value) for figure in figures_in(folded(question.text)) if figure.is_amount)


def _denies(question: Question) -> bool:
    """Whether a question asks for what is not so; 没爹没妈 is only what somebody is called."""
    text = folded(question.text)
    for synonym in reversed(wordings_in(text)):
        text = f"{text[: synonym.start]} {text[synonym.end :]}"
    return _DENIES.search(text) is not None


def _wants_the_same(asked: Question, other: Question) -> bool:
    wanted, given = attribute_of_subject(asked), attribute_of_subject(other)
    unit = other.unit or (asked.unit if f"{asked.unit}数" in other.text else "")
    is_same_unit = not asked.unit or (bool(unit) and same_kind(asked.unit, unit))
    return (
        asked.asks == other.asks
        and is_same_unit
        and asked.confirms == other.confirms
        and _aspects_agree(asked, other)
        and asked.wants_several == other.wants_several
        and asked.list_size == other.list_size
        and (wanted.name if wanted else "") == (given.name if given else "")
    )


def _aspects_agree(asked: Question, other: Question) -> bool:
    """Whether neither asks for a result where the other asks for a target."""
    if _SAYS_WHICH.search(asked.text):
        return asked.aspect == other.aspect
    return not (asked.aspect and other.aspect) or asked.aspect == other.aspect
