"""A question in its conversation: made complete, solved, and remembered for the questions after it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa.answer import Turn
from qa.composing.composition import COMPOSERS, Composer, solve
from qa.conversation.follow_up import followed_up
from qa.conversation.hints import bears_out, without_hint
from qa.conversation.its_subject import FollowedUp
from qa.evidence.limits import limited, on_ground
from qa.evidence.solving import Solved, Solver
from qa.understanding.full_names import with_full_names
from qa.understanding.homophones import as_meant
from qa.understanding.in_short import in_short
from qa.understanding.question import Near, Question, understand
from qa.understanding.talk import without_asides
from vectorstore.folding import folded

# Answers that the questions after them may point back at; more conversations than one office has at a time.
_REMEMBERED = 2_000
_MOST_SPANS = 6

# The spans that an answer cites, the one year that they are of (2021年), "" when of several, and the wording answered.
_Cited = tuple[tuple[Near, ...], str, str]


class Conversing:
    """Solves the questions of conversations. Safe to use from several threads; one for each state of the library.

    A question that leaves something out may be answered beside what the answer before cites. A history holds only
    questions and words, so what was cited is found again by solving; what was asked here is still known.
    """

    def __init__(self, *, composers: Sequence[Composer] = COMPOSERS) -> None:
        self._composers = composers
        self._lock = threading.Lock()
        self._cited: OrderedDict[tuple[str, tuple[Near, ...], tuple[str, ...]], _Cited] = OrderedDict()

    def solved(
        self, said: str, earlier: Sequence[Turn], solver: Solver, documents: Collection[str] | None
    ) -> Solved:
        """The solution of `said`, with what it leaves out taken from `earlier`, oldest first.

        Both in Simplified characters with places in Chinese. `documents` as in `limits.limited`.
        """

        def cited(whole: FollowedUp) -> _Cited:
            return self._cited_by(whole, solver, documents)

        whole = followed_up(said, earlier, solver.index.documents, cited)
        solved = self._solve(whole, said, solver, documents)
        for short in () if solved.draft.claims or earlier else in_short(said, solver.index.documents):
            found = self._solve(FollowedUp(short), short, solver, documents)
            if found.draft.claims:
                whole, solved = FollowedUp(short), found
                break
        rest, hint = ("", "") if solved.draft.claims or earlier else without_hint(folded(said))
        if rest:
            found = self._solve(FollowedUp(rest), rest, solver, documents)
            if bears_out(hint, _read_around(found)):
                whole, solved = FollowedUp(rest), found
        alone = (
            ""
            if hint or solved.draft.claims or earlier
            else without_asides(folded(said), solver.index.documents)
        )
        if alone:
            found = self._solve(FollowedUp(alone), alone, solver, documents)
            whole, solved = (FollowedUp(alone), found) if found.draft.claims else (whole, solved)
        self._remember(whole, solved, solver, documents)
        return solved

    def _cited_by(self, whole: FollowedUp, solver: Solver, documents: Collection[str] | None) -> _Cited:
        with self._lock:
            known = self._cited.get((whole.text, whole.near, tuple(documents or ())))
        if known is not None and solver.ground.is_everywhere:
            return known
        solved = self._solve(whole, whole.text, solver, documents)
        return self._remember(whole, solved, solver, documents)

    def _remember(
        self, whole: FollowedUp, solved: Solved, solver: Solver, documents: Collection[str] | None
    ) -> _Cited:
        sources = [source for claim in solved.draft.claims for source in claim.sources]
        spans = tuple(dict.fromkeys((s.passage.document, s.start, s.end) for s in sources))[:_MOST_SPANS]
        years = {source.passage.years for source in sources}
        only = next(iter(years)) if len(years) == 1 else ()
        answered = folded(solved.asked.text)
        other = next((other for other in whole.alternatives if folded(other) == answered), whole.text)
        cited = (
            spans,
            f"{only[0]}年" if len(only) == 1 else "",
            other,
        )
        if solver.ground.is_everywhere:
            with self._lock:
                self._cited[whole.text, whole.near, tuple(documents or ())] = cited
                while len(self._cited) > _REMEMBERED:
                    self._cited.popitem(last=False)
        return cited

    def _solve(
        self, whole: FollowedUp, said: str, solver: Solver, documents: Collection[str] | None
    ) -> Solved:
        """The solution of the complete question; of what else it may mean when that has none."""
        solutions = []
        for text in (whole.text, *whole.alternatives):
            asked = self._question(text, whole, said, solver, documents)
            solutions.append(solve(asked, solver, composers=self._composers))
            if solutions[-1].draft.claims:
                return solutions[-1]
        return solutions[0]

    def _question(
        self, text: str, whole: FollowedUp, said: str, solver: Solver, documents: Collection[str] | None
    ) -> Question:
        index = solver.index
        asked = understand(text, index.documents)
        full = with_full_names(text, asked.named, index.documents)
        asked = understand(full, index.documents) if full != text else asked
        asked = replace(asked, near=whole.near, said=whole.said)
        corrected = asked.corrected or as_meant(folded(said), index.documents)[1]
        asked = limited(replace(asked, corrected=corrected), documents, index)
        return asked if solver.ground.is_everywhere else on_ground(asked, solver.ground, index)


def _read_around(solved: Solved) -> list[str]:
    """What is cited, with what it is said under and the sentences that it is read with."""
    sources = [source for claim in solved.draft.claims for source in claim.sources]
    return [f"{' '.join(source.passage.section)} {source.passage.text}" for source in sources]
