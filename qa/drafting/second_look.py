"""A question that found nothing, looked at once more with a model: in other words first, then at the nearest sentence."""

from __future__ import annotations

from collections.abc import Callable, Generator

from qa.answer import TextChunk
from qa.drafting import near_answer, paraphrasing
from qa.drafting.answering import Clock
from qa.drafting.paraphrasing import SecondLook
from qa.evidence.solving import Solved, Solver
from qa.models.choice import ChatModel, Message


def second_look(
    solved: Solved, model: ChatModel, solver: Solver, solve: Callable[[str], Solved], clock: Clock
) -> Generator[TextChunk, None, SecondLook]:
    """What a model's other wording of a refused question finds through `solve`, else its nearest sentence, else the refusal.

    A model that has failed once is not asked again. The empty chunks between let a caller stop it.
    """
    found = yield from paraphrasing.paraphrased(solved, model, solver.index.documents, solve)
    clock.lap("paraphrase")
    if not (found.is_other or found.note):
        found = near_answer.near_answer(solved, model, solver)
        clock.lap("near answer")
    return found


def beginnings() -> list[list[Message]]:
    """What the prompts of both begin with, so that a model can compute it before somebody waits."""
    return [paraphrasing.messages("问题"), near_answer.beginning()]
