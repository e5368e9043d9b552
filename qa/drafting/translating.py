"""An English question that found nothing, put into Chinese by a model; code checks that it asks about the same."""

from __future__ import annotations

from collections.abc import Callable, Generator

from qa.answer import TextChunk
from qa.drafting.near_answer import near_answer
from qa.drafting.paraphrasing import (
    SecondLook,
    as_turns,
    has_same_figures,
    has_same_owner,
    written_line,
)
from qa.errors import ModelUnavailable
from qa.evidence.solving import Solved, Solver
from qa.models.choice import ChatModel, Message
from qa.understanding.attributes import asks_opinion
from qa.understanding.question import Question, understand
from qa.understanding.script import language_of

# Longer questions are put together of several matters, which a small model does not keep apart.
_LONGEST_ASKED = 160
# A small model writes another name for a rare one (崇州 for 嵊州): it is given names that it knows from the examples.
_STAND_INS = ("甲市", "乙市", "丙市")
_OPEN = frozenset({"text", "list"})
NOT_ASKED = "The model could not be asked about the question. "
_NOTE = (
    "Nothing was found for the question as it was first understood; this is for a model's translation of it, "
    "so please check that it asks the same."
)


def may_be_translated(solved: Solved, question: str) -> bool:
    """Whether a model's Chinese may find what the word lists' did not: a short question about a place that is there."""
    asked = solved.asked
    is_of_nothing_here = bool(asked.elsewhere or asked.is_outside or asked.confirms)
    return (
        not solved.draft.claims
        and not is_of_nothing_here
        and not asks_opinion(asked.text)
        and len(question) <= _LONGEST_ASKED
    )


def translated(
    question: str, solved: Solved, model: ChatModel, solver: Solver, solve: Callable[[str], Solved]
) -> Generator[TextChunk, None, SecondLook]:
    """Ask a refused English question (its places in Chinese) again in a model's Chinese, through the same walk (`solve`).

    Where that finds nothing either, its nearest sentence is looked at (`near_answer`). A model that fails leaves the refusal
    as it is, and the note says so.
    """
    stood_in = dict(zip(solved.asked.regions, _STAND_INS, strict=False))
    for place, other in stood_in.items():
        question = question.replace(place, other)
    try:
        text = yield from written_line(model, messages(question))
    except ModelUnavailable as error:
        return SecondLook(solved, f"{NOT_ASKED}{error.message}")
    for place, other in stood_in.items():
        text = text.replace(other, place)
    if not text or language_of(text) == "en":
        return SecondLook(solved)
    if not _asks_about_the_same(solved.asked, understand(text, solver.index.documents)):
        return SecondLook(solved)
    found = solve(text)
    if found.draft.claims:
        return SecondLook(found, _NOTE, is_other=True)
    near = near_answer(found, model, solver)
    return near if near.is_other else SecondLook(solved, near.note)


def messages(question: str) -> list[Message]:
    """The chat messages that ask a model for the question in Chinese: the same examples before each."""
    return as_turns("translate_system", "translate_examples", question)


def _asks_about_the_same(asked: Question, other: Question) -> bool:
    """Whether a translation keeps the places, years and figures, and the kind of thing that is wanted."""
    is_same_kind = asked.asks == other.asks or {asked.asks, other.asks} <= _OPEN
    return has_same_owner(asked, other) and has_same_figures(asked, other) and is_same_kind
