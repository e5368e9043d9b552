"""A question that found nothing, looked at once more with a model: in other words first, then at the nearest sentence."""

from __future__ import annotations

from collections.abc import Callable, Generator

from qa.answer import TextChunk
from qa.bilingual.local_places import placed_in_chinese
from qa.drafting import translating
from qa.drafting.across_languages import across_languages
from qa.drafting.answering import Clock
from qa.drafting.near_answer import beginning, near_answer
from qa.drafting.paraphrasing import SecondLook, may_be_paraphrased, messages, paraphrased
from qa.drafting.translating import may_be_translated, translated
from qa.evidence.solving import Solved, Solver
from qa.models.choice import ChatModel, Message
from qa.understanding.script import language_of, to_simplified


def second_look(
    question: str,
    solved: Solved,
    model: ChatModel,
    solver: Solver,
    solve: Callable[[str], Solved],
    clock: Clock,
) -> Generator[TextChunk, None, SecondLook]:
    """What a model's other wording finds through `solve`, else the nearest sentence; of an English question the other way round.

    `question` as it was asked; what was found stays as it is where something was found, or the model can be of no help. A
    model that has failed once is not asked again. The empty chunks between let a caller stop it.
    """
    found = SecondLook(solved)
    if language_of(question) == "en":
        if may_be_translated(solved, question):
            found = yield from across_languages(question, solved, model, solver)
            clock.lap("across languages")
            if not (found.is_other or found.note):
                placed = placed_in_chinese(to_simplified(question), solver.index.documents)
                found = yield from translated(placed, solved, model, solver, solve)
                clock.lap("translate")
    elif may_be_paraphrased(solved):
        found = yield from paraphrased(solved, model, solver.index.documents, solve)
        clock.lap("paraphrase")
        if not (found.is_other or found.note):
            found = near_answer(solved, model, solver)
            clock.lap("near answer")
    return found


def beginnings() -> list[list[Message]]:
    """What the prompts begin with, in the order of their use, so that a model can compute it before somebody waits."""
    return [messages("问题"), beginning(), translating.messages("Question")]
