"""An English question that found no figure of its kind: the one sentence that stands out, in words and in meaning.

A word list puts each word in one way, and a paper may write it in another. So the sentences of the place and year are held
against everything that each word may stand for, and their meaning against the question's across languages. Either alone
takes a neighbour for what is asked; a sentence that leads in both, by far, and gives a figure of the kind asked for, is it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.bilingual.kind_asked import KindAsked, kind_asked
from qa.bilingual.local_places import placed_in_chinese
from qa.bilingual.renderings import Rendered, renderings
from qa.bilingual.warnings import NEAREST_IN_MEANING
from qa.drafting.paraphrasing import SecondLook
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding, findings_in
from qa.evidence.prose import quoted
from qa.evidence.row_names import row_shown
from qa.evidence.rows import row_claim
from qa.evidence.solving import Solved, Solver
from qa.evidence.wanted import attribute_of_subject
from qa.understanding.attributes import asks_opinion
from vectorstore.sentences import clause_spans

# So many passages are read; so many of their sentences, the best in words and the first in meaning, are compared in meaning.
_PASSAGES, _BY_WORDS, _BY_MEANING = 40, 9, 4
# A heading says nothing of what it stands over; what it names is half said of each sentence under it.
_SHORTEST, _HEADINGS, _BY_HEADING = 8, 2, 0.5
# How much a difference in meaning (cosine) counts beside one in the share of words said, and what the best has to lead by
# and to say. All measured, see eval/LOG.md.
_MEANING_COUNTS, _LEADS_JUST, _LEADS, _LEADS_FAR = 4.0, 0.13, 0.2, 0.35
_SAYS, _SAYS_MOST, _FEW = 0.25, 0.6, 2
# A word of our own lists that is said less than this is not spoken of.
_NOT_SAID = 0.3
_LONGEST_QUOTED = 90


@dataclass(frozen=True)
class Near:
    """A sentence or row, the share of the question's words that it says (0 … 1), and how it stands beside others."""

    finding: Finding
    said: float
    worth: float


def nearest_across(question: str, solved: Solved, solver: Solver) -> SecondLook:
    """The sentence that stands out, as a partial answer to be checked; what was found as it is where none does.

    `question` in English, as asked; `solved` what its Chinese found. What was found stays, too, where it gives
    a figure of the kind that the English asks for.
    """
    asked, draft = solved.asked, solved.draft
    is_of_nothing_here = bool(asked.elsewhere or asked.is_outside or asked.confirms)
    if is_of_nothing_here or asks_opinion(asked.text) or attribute_of_subject(asked) or len(draft.claims) > 1:
        return SecondLook(solved)
    kind = kind_asked(question)
    if draft.claims and (not kind.name or any(kind.is_given_in(claim.text) for claim in draft.claims)):
        return SecondLook(solved)
    words = renderings(placed_in_chinese(question, solver.index.documents))
    near = ranked_across(question, words, kind, solved, solver)
    if not near or not _stands_out(near, words, kind):
        return SecondLook(solved)
    best = near[0].finding
    claim = (
        row_claim(asked, best, solver.index)
        if best.passage.cells
        else quoted([_what_says_it(best, words, kind)])
    )
    told = replace(solved, draft=Draft((claim,), is_settled=True, is_partial=True))
    return SecondLook(solver.with_evidence(told, [best.passage]), NEAREST_IN_MEANING, is_other=True)


def ranked_across(
    question: str, words: Sequence[Rendered], kind: KindAsked, solved: Solved, solver: Solver
) -> list[Near]:
    """The sentences and rows of the right year and kind that are nearest in words and meaning, best first."""
    asked, index = solved.asked, solver.index
    passages = index.dense(question, limit=_PASSAGES, documents=asked.documents or None)
    found = [
        finding
        for finding in findings_in(asked, passages, index, solver.vocabulary)
        if finding.right_year
        and len(finding.text) >= _SHORTEST
        and solver.is_on_ground(finding)
        and kind.is_given_in(_shown(finding))
    ]
    said = {number: _said(words, finding) for number, finding in enumerate(found)}
    order = {passage: rank for rank, (passage, _) in enumerate(passages)}
    by_words = sorted(said, key=lambda number: -said[number])[:_BY_WORDS]
    by_meaning = sorted(said, key=lambda number: order[found[number].number])[:_BY_MEANING]
    numbers = list(dict.fromkeys([*by_words, *by_meaning]))
    nearness = dict(
        zip(numbers, index.nearness(question, [_shown(found[number]) for number in numbers]), strict=True)
    )
    nearest = max(nearness.values(), default=0.0)
    near = [
        Near(found[number], said[number], said[number] + _MEANING_COUNTS * (nearness[number] - nearest))
        for number in numbers
    ]
    return sorted(near, key=lambda one: -one.worth)


def _said(words: Sequence[Rendered], finding: Finding) -> float:
    """The share of the words that a sentence says, or its headings by half."""
    headings = " ".join(finding.passage.section[-_HEADINGS:])
    shown = _shown(finding)
    return sum(max(word.said_in(shown), _BY_HEADING * word.said_in(headings)) for word in words) / max(
        1, len(words)
    )


def _stands_out(near: Sequence[Near], words: Sequence[Rendered], kind: KindAsked) -> bool:
    """Whether the best leads by far, and what is asked about, as far as our own lists know it, is spoken of there."""
    best = near[0]
    ahead = best.worth - near[1].worth if len(near) > 1 else best.said
    shown = f"{' '.join(best.finding.passage.section)} {_shown(best.finding)}"
    unsaid = [word for word in words if word.is_own and not word.is_deed and word.said_in(shown) < _NOT_SAID]
    if not kind.name:
        return not unsaid and best.said >= _SAYS_MOST and ahead >= _LEADS_FAR
    if unsaid:
        return best.said >= _SAYS and len(unsaid) <= len(words) // 4 and ahead >= _LEADS_FAR
    counted = [word for word in words if word.word in kind.counted]
    # Of guide dogs a sentence has to speak of dogs.
    if counted and counted[-1].said_in(shown) < _NOT_SAID:
        return False
    says_most = best.said >= _SAYS_MOST
    return (says_most or (best.said >= _SAYS and len(words) > _FEW)) and ahead >= (
        _LEADS_JUST if says_most else _LEADS
    )


def _what_says_it(finding: Finding, words: Sequence[Rendered], kind: KindAsked) -> Finding:
    """Of a long sentence the clause that says most of the words with a figure of the kind, and the one before it."""
    if len(finding.text) <= _LONGEST_QUOTED:
        return finding
    spans = clause_spans(finding.text, 0, len(finding.text))
    clauses = [finding.text[start:end] for start, end in spans]

    def worth(number: int) -> float:
        around = "".join(clauses[max(0, number - 1) : number + 1])
        return sum(word.said_in(clauses[number]) + _BY_HEADING * word.said_in(around) for word in words)

    fitting = [number for number, clause in enumerate(clauses) if kind.is_given_in(clause)]
    if not fitting:
        return finding
    best = max(fitting, key=worth)
    start, end = spans[max(0, best - 1)][0], spans[best][1]
    return replace(
        finding, text=finding.text[start:end], start=finding.start + start, end=finding.start + end
    )


def _shown(finding: Finding) -> str:
    return row_shown(finding.passage) or finding.text
