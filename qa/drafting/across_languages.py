"""A refused English question held against the sentences that are nearest to it across languages.

The vectors know English and Chinese alike: where word lists and a dictionary put a question into words that no paper
writes, the sentence that is meant is still among the nearest. They do not tell it from its neighbours; the model does.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from qa.answer import TextChunk
from qa.drafting.near_answer import NOTE, SURELY, leans_towards
from qa.drafting.paraphrasing import SecondLook
from qa.errors import ModelUnavailable
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding, findings_in
from qa.evidence.prose import quoted
from qa.evidence.row_names import row_shown
from qa.evidence.rows import row_claim
from qa.evidence.solving import Solved, Solver
from qa.evidence.wanted import attribute_of_subject
from qa.figures.values import figures_in
from qa.models.choice import ChatModel
from qa.understanding.attributes import asks_opinion

# So many passages are read, so many of their sentences shown to the model one by one (measured, see eval/LOG.md).
_PASSAGES, _SENTENCES = 8, 2
# A heading says nothing of what it stands over.
_SHORTEST = 8
# Longer questions are put together of several matters, which one sentence does not answer.
_LONGEST_ASKED = 160
_NOT_ASKED = "The model could not be asked about the question. "


def may_be_held_across(question: str, solved: Solved) -> bool:
    """Whether a sentence may answer what no Chinese wording found: a short question about a place that is there."""
    asked = solved.asked
    is_of_nothing_here = bool(asked.elsewhere or asked.is_outside or asked.confirms)
    return (
        not solved.draft.claims
        and not is_of_nothing_here
        and not asks_opinion(asked.text)
        and len(question) <= _LONGEST_ASKED
    )


def across_languages(
    question: str, solved: Solved, model: ChatModel, solver: Solver
) -> Generator[TextChunk, None, SecondLook]:
    """The sentence or row, of the nearest few, that the model most surely holds to answer; as a partial answer.

    `question` in English, as asked; `solved` what its Chinese found. The refusal as it is where the model holds none to, and
    where who, where or why something is was asked, which a model takes any word about the subject for. A model that fails
    leaves it, too, and the note says so.
    """
    asked = solved.asked
    if attribute_of_subject(asked) is not None:
        return SecondLook(solved)
    surest, best = SURELY, None
    for finding in _nearest(question, solved, solver):
        try:
            leaning = leans_towards(question, finding, model, solver.index.documents)
        except ModelUnavailable as error:
            return SecondLook(solved, f"{_NOT_ASKED}{error.message}")
        yield TextChunk("")
        if leaning >= surest:
            surest, best = leaning, finding
    if best is None:
        return SecondLook(solved)
    claim = row_claim(asked, best, solver.index) if best.passage.cells else quoted([best])
    told = replace(solved, draft=Draft((claim,), is_settled=True, is_partial=True))
    return SecondLook(solver.with_evidence(told, [best.passage]), NOTE, is_other=True)


def _nearest(question: str, solved: Solved, solver: Solver) -> list[Finding]:
    """The sentences and rows of the right year that are nearest in meaning, of those with a figure where one is asked for."""
    asked, index = solved.asked, solver.index
    passages = index.dense(question, limit=_PASSAGES, documents=asked.documents or None)
    found = [
        finding
        for finding in findings_in(asked, passages, index, solver.vocabulary)
        if finding.right_year and len(finding.text) >= _SHORTEST and solver.is_on_ground(finding)
    ]
    if asked.asks in ("number", "date"):
        found = [finding for finding in found if figures_in(finding.text)]
    nearness = index.nearness(question, [_shown(finding) for finding in found])
    order = sorted(range(len(found)), key=lambda number: -nearness[number])
    return [found[number] for number in order[:_SENTENCES]]


def _shown(finding: Finding) -> str:
    return row_shown(finding.passage) or finding.text
