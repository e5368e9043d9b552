"""A refused question's likeliest sentence or row, given for checking: by what the development questions taught, no model."""

from __future__ import annotations

from dataclasses import replace

from qa.bilingual.warnings import WORDED_OTHERWISE
from qa.drafting.paraphrasing import SecondLook, may_be_paraphrased
from qa.evidence.extractive import extract
from qa.evidence.likelihood import likeliest
from qa.evidence.solving import Solved, Solver

# How likely (0 … 1) a sentence has to be; measured on the development questions, see eval/LOG.md.
LIKELY = 0.45


def likely_answer(solved: Solved, solver: Solver) -> SecondLook:
    """The answer that the likeliest finding of the right year and kind would give, as a partial one with a note.

    The refusal as it is where none is likely, and for what is asked of another place, in English or to be confirmed: a
    sentence that is near in its words says nothing about these.
    """
    if not may_be_paraphrased(solved):
        return SecondLook(solved)
    asked = solved.asked
    candidate = likeliest(asked, solver.solve(asked).findings, solver)
    if candidate is None or candidate[1] < LIKELY:
        return SecondLook(solved)
    best, _ = candidate
    held = replace(best, right_subject=True, stands_out=True)
    draft = extract(asked, [held], solver.index, solver.vocabulary)
    if not draft.claims:
        return SecondLook(solved)
    told = replace(solved, draft=replace(draft, is_settled=True, is_partial=True))
    return SecondLook(solver.with_evidence(told, [best.passage]), WORDED_OTHERWISE, is_other=True)
