"""A refused question's likeliest sentence or row, given for checking: by what the development questions taught, no model."""

from __future__ import annotations

from dataclasses import replace

from qa.bilingual.warnings import WORDED_OTHERWISE
from qa.drafting.near_answer import told_by
from qa.drafting.paraphrasing import SecondLook, may_be_paraphrased
from qa.evidence.likelihood import likeliest
from qa.evidence.solving import Solved, Solver

# How likely (0 … 1) a sentence has to be, and one that lacks a noun of the question or counts something beside it; measured
# on the development questions and near misses, see eval/LOG.md.
LIKELY, LIKELY_WITHOUT_ITS_NOUNS = 0.45, 0.6


def likely_answer(solved: Solved, solver: Solver) -> SecondLook:
    """The answer that the likeliest finding of the right year would give, as a partial one with a note.

    The refusal as it is where none is likely, and for what is asked of another place, in English or to be confirmed: a
    sentence that is near in its words says nothing about these.
    """
    asked = solved.asked
    # Of several papers none is whose figure is asked for, where no place that is known is named (凤凰农村低保标准).
    is_anybodys = not asked.documents and len(solver.index.documents) > 1
    if is_anybodys or not may_be_paraphrased(solved):
        return SecondLook(solved)
    candidate = likeliest(asked, solver.solve(asked).findings, solver)
    if candidate is None:
        return SecondLook(solved)
    best, likely = candidate
    if likely < (LIKELY if best.right_subject else LIKELY_WITHOUT_ITS_NOUNS):
        return SecondLook(solved)
    told = told_by(solved, replace(best, right_kind=True, right_subject=True, stands_out=True), solver)
    return SecondLook(told, WORDED_OTHERWISE, is_other=True) if told else SecondLook(solved)
