"""A question that found nothing, looked at once more with a model: in other words first, then at the nearest sentence."""

from __future__ import annotations

from collections.abc import Callable, Generator

from qa.answer import TextChunk
from qa.drafting.across_languages import across_languages, may_be_held_across
from qa.drafting.answering import Clock
from qa.drafting.near_answer import beginning, near_answer
from qa.drafting.paraphrasing import SecondLook, may_be_paraphrased, messages, paraphrased
from qa.evidence.solving import Solved, Solver
from qa.models.choice import ChatModel, Message
from qa.understanding.script import language_of


def second_look(
    question: str,
    solved: Solved,
    model: ChatModel,
    solver: Solver,
    solve: Callable[[str], Solved],
    clock: Clock,
) -> Generator[TextChunk, None, SecondLook]:
    """What a model's other wording finds through `solve`, else the nearest sentence; of an English question that alone.

    `question` as it was asked; what was found stays as it is where something was found, or the model can be of no help. A
    model that has failed once is not asked again. The empty chunks between let a caller stop it.
    """
    found = SecondLook(solved)
    if language_of(question) == "en":
        if may_be_held_across(question, solved):
            found = yield from across_languages(question, solved, model, solver)
            clock.lap("across languages")
    elif may_be_paraphrased(solved):
        found = yield from paraphrased(solved, model, solver.index.documents, solve)
        clock.lap("paraphrase")
        if not (found.is_other or found.note):
            found = near_answer(solved, model, solver)
            clock.lap("near answer")
    return found


def beginnings() -> list[list[Message]]:
    """What the prompts begin with, in the order of their use, so that a model can compute it before somebody waits."""
    return [messages("问题"), beginning()]
