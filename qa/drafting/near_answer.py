"""A refused question's nearest sentence, given for checking where a model holds it to say what is asked.

Code chooses the sentence, writes the answer and decides; the model only says how surely the two speak of the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from prompts import load
from qa.bilingual.warnings import NOT_ITS_WORDS
from qa.drafting.paraphrasing import SecondLook
from qa.errors import ModelUnavailable
from qa.evidence.extractive import extract
from qa.evidence.findings import Finding
from qa.evidence.row_names import row_shown
from qa.evidence.solving import Solved, Solver
from qa.evidence.wanted import attribute_of_subject
from qa.models.choice import ChatModel, Message
from vectorstore.documents import Document

# Less of the question than this in a sentence and its surroundings is about something else, whatever a model says; and
# how sure (nats) it has to be. Both measured, see eval/LOG.md.
_SAYS_SOME, SURELY = 0.3, 1.2
_LONGEST_TITLE, _LONGEST_SECTION, _LONGEST_WORDS = 30, 24, 160
_YES, _NO = "是", "否"
NOTE = f"{NOT_ITS_WORDS}；模型判断这句说的就是所问的内容，请对照原文，核对是不是同一件事。"


def near_answer(solved: Solved, model: ChatModel, solver: Solver) -> SecondLook:
    """The answer that the nearest sentence would give, as a partial one, where the model leans towards it.

    The refusal as it is otherwise; a model that fails leaves it, too, and the note says so.
    """
    near = _nearest(solved, solver)
    if near is None:
        return SecondLook(solved)
    finding, found = near
    try:
        leaning = leans_towards(solved.asked.text, finding, model, solver.index.documents)
    except ModelUnavailable as error:
        return SecondLook(solved, f"没有能请模型看最接近的原文是不是所问的内容。原因：{error.message}")
    return SecondLook(found, NOTE, is_other=True) if leaning >= SURELY else SecondLook(solved)


def _nearest(solved: Solved, solver: Solver) -> tuple[Finding, Solved] | None:
    """The best sentence or row of the right year and unit, and the solution that it would be; None where it is far.

    Who, where or why something is has to stand in a sentence itself: a model takes any word about the subject for it.
    """
    asked = solved.asked
    if attribute_of_subject(asked) is not None:
        return None
    best = next((one for one in solved.findings if one.right_year and one.right_kind), None)
    if best is None or best.coverage < _SAYS_SOME:
        return None
    told = told_by(solved, best, solver)
    return (best, told) if told else None


def told_by(solved: Solved, finding: Finding, solver: Solver) -> Solved | None:
    """The partial solution that one finding makes of a refused question; None where nothing can be quoted of it."""
    draft = extract(solved.asked, [finding], solver.index, solver.vocabulary)
    if not draft.claims:
        return None
    told = replace(solved, draft=replace(draft, is_settled=True, is_partial=True))
    return solver.with_evidence(told, [finding.passage])


def leans_towards(
    question: str, finding: Finding, model: ChatModel, documents: Mapping[str, Document]
) -> float:
    """How surely (nats) the model holds a sentence or row to say what is asked. Raises ModelUnavailable."""
    return model.leaning(messages(question, finding, documents), towards=_YES, against=_NO)


def messages(question: str, finding: Finding, documents: Mapping[str, Document]) -> list[Message]:
    """The chat messages that ask whether a sentence says what is asked: the same examples before each."""
    passage = finding.passage
    filled = {
        "question": question,
        "title": documents[passage.document].metadata.title[:_LONGEST_TITLE],
        "section": passage.section[-1][:_LONGEST_SECTION] if passage.section else "",
        "words": (row_shown(passage) or finding.text)[:_LONGEST_WORDS],
    }
    asking = load("fits_user", set(filled)).substitute(filled)
    return [*beginning(), {"role": "user", "content": asking}]


def beginning() -> list[Message]:
    """What stands before every such question: the instruction and the examples as turns."""
    said: list[Message] = [{"role": "system", "content": load("fits_system", set()).substitute()}]
    for example in load("fits_examples", set()).substitute().split("\n\n"):
        asking, reply = example.rsplit("\n", 1)
        said += [{"role": "user", "content": asking}, {"role": "assistant", "content": reply}]
    return said
