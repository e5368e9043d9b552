"""One question answered from one state of the library: passages → findings → draft, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from qa.answer import Evidence
from qa.evidence.claims import Source
from qa.evidence.extractive import Draft, answerable, extract
from qa.evidence.findings import Finding, findings_in
from qa.evidence.ground import Ground, held_in, numbers_on
from qa.evidence.item_heads import without_mentions
from qa.evidence.labels import labels_of
from qa.evidence.number_names import counted_thing, counts_all
from qa.evidence.precedence import agreeing_first
from qa.evidence.retrieval import RANK_CONSTANT, RANKINGS, PlanRetriever
from qa.evidence.standing_for_both import asked_of_both, is_of_both
from qa.evidence.unspoken import never_spoken_of
from qa.evidence.vocabulary import Vocabulary
from qa.evidence.wanted import Wanted
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from qa.understanding.wording import synonyms_in
from vectorstore.documents import Passage
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years

PASSAGES = 12
_GROUNDS_REMEMBERED = 8
# A passage stands out when it is one of the nearest few and this much nearer (cosine) than the last of so many.
_LEADING, _AMONG, _FAR_NEARER = 2, 20, 0.013
_SHARES_SOME_WORDS = 0.25
# What may stand between a heading and the text below it.
_BETWEEN = f"{JOINING}{ENDING}"


@dataclass(frozen=True)
class Solved:
    """A question, what was found for it (best first) and the draft of its answer."""

    asked: Question
    findings: tuple[Finding, ...]
    draft: Draft
    evidence: tuple[Evidence, ...]

    @property
    def answerable(self) -> list[Finding]:
        """The findings that are about the question, best first."""
        return answerable(self.findings, self.asked.asks)


class Solver:
    """Solves questions against one state of the library, which it never changes.

    Questions that consist of others (a comparison, a sum) are solved through it, part by part.
    """

    def __init__(self, index: PassageIndex) -> None:
        self.index = index
        self.vocabulary = Vocabulary(passage.searchable for passage in index.passages)
        self.ground = Ground()
        held_in(index)
        self._solved: dict[Question, Solved] | None = None
        # Whoever limits a search asks several questions there; working out what lies on it reads every passage.
        self._limited = lru_cache(_GROUNDS_REMEMBERED)(self._limited_to)

    def for_one_question(self) -> Solver:
        """A solver that solves each question once: composers ask for the same parts, one after the other.

        Not for keeping: what it remembers grows with every question.
        """
        remembering = copy(self)
        remembering._solved = {}
        return remembering

    def limited_to(self, ground: Ground) -> Solver:
        """A solver that knows only what lies on this ground. Raises QuestionUnusable when nothing does."""
        return self._limited(ground)

    def _limited_to(self, ground: Ground) -> Solver:
        limited = copy(self)
        limited.index = self.index.limited_to(numbers_on(ground, self.index))
        limited.ground = ground
        limited._limited = lru_cache(_GROUNDS_REMEMBERED)(limited._limited_to)
        limited._solved = None
        return limited

    def solve(self, asked: Question) -> Solved:
        """Retrieve, find and draft. The draft has no claims when the library does not answer."""
        if self._solved is None:
            return self._solve(asked)
        if asked not in self._solved:
            self._solved[asked] = self._solve(asked)
        return self._solved[asked]

    def _solve(self, asked: Question) -> Solved:
        solved = self._solved_as_asked(asked)
        for both in () if solved.draft.claims else asked_of_both(asked):
            found = self._solved_as_asked(both)
            if is_of_both(found.draft):
                return replace(found, asked=asked)
        for counted in () if solved.draft.claims else counted_thing(asked):
            found = self._solved_as_asked(counted)
            if in_all := counts_all(found.draft.claims):
                draft = replace(found.draft, claims=tuple(in_all))
                return replace(found, asked=asked, draft=draft)
        return solved

    def _solved_as_asked(self, asked: Question) -> Solved:
        ranked = self._ranked(asked)
        found = findings_in(asked, ranked, self.index, self.vocabulary)
        found = list(without_mentions(asked, found, self.index))
        if asked.confirms:
            found = agreeing_first(Wanted.by(asked, self.vocabulary), found)
        findings = tuple(finding for finding in found if self.is_on_ground(finding))
        if unspoken := never_spoken_of(asked, self.index):
            papers = "全文" if len(asked.documents) == 1 else "各份文件"
            nearest = f"{papers}没有提到“{unspoken}”。"
            return Solved(asked, (), Draft((), nearest=nearest), self._evidence(findings, ranked))
        if not answerable(findings, asked.asks):
            findings = self._with_standing_out(asked, findings)
        draft = extract(asked, answerable(findings, asked.asks), self.index, self.vocabulary)
        return Solved(asked, findings, draft, self._evidence(findings, ranked))

    def _with_standing_out(self, asked: Question, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """The findings, the best of which may answer by its meaning though it shares few words with the question.

        Only for text about a named place: that a sentence is near in meaning says nothing about whose figure
        it gives. Thresholds measured on development questions and on questions of other subjects (eval/LOG.md).
        """
        best = next((finding for finding in findings if finding.right_year and finding.right_kind), None)
        asks_text = (
            asked.asks not in ("number", "date", "place") and not asked.is_english and bool(asked.regions)
        )
        if best is None or not asks_text or best.coverage < _SHARES_SOME_WORDS:
            return findings
        nearest = self.index.dense(asked.text, limit=_AMONG, documents=asked.documents or None)
        leading = dict(nearest[:_LEADING])
        if best.number not in leading or leading[best.number] < nearest[-1][1] + _FAR_NEARER:
            return findings
        return tuple(replace(finding, stands_out=finding is best) for finding in findings)

    def with_evidence(self, solved: Solved, passages: Sequence[Passage]) -> Solved:
        """The solution with these passages first among its evidence."""
        first = [
            _holding(solved.evidence, passage.document, passage.start, passage.end)
            or self._shown(passage, _best(solved.evidence))
            for passage in dict.fromkeys(passages)
        ]
        return replace(solved, evidence=tuple(dict.fromkeys([*first, *solved.evidence])))

    def cited_first(self, solved: Solved) -> Solved:
        """The solution with what its draft cites first among its evidence, headings and index blocks included."""
        sources = [source for claim in solved.draft.claims for source in claim.sources]
        cited = dict.fromkeys(self._cited(source, solved.evidence) for source in sources)
        return replace(solved, evidence=tuple(dict.fromkeys([*cited, *solved.evidence])))

    def text_of(self, source: Source) -> str:
        """The very words of a span."""
        return self.index.documents[source.passage.document].text[source.start : source.end]

    def _cited(self, source: Source, evidence: Sequence[Evidence]) -> Evidence:
        """The passage around a source; the very span where it stands in none, as a heading does."""
        passage = source.passage
        known = _holding(evidence, passage.document, source.start, source.end)
        shown = known or self._shown(passage, _best(evidence))
        if shown.start <= source.start and source.end <= shown.end:
            return shown
        text = self.text_of(source)
        around = (
            passage.section[: passage.section.index(text)] if text in passage.section else passage.section
        )
        heading = replace(
            passage, start=source.start, end=source.end, text=text, section=around, statement="", cells=()
        )
        return self._shown(heading, _best(evidence))

    def is_on_ground(self, finding: Finding) -> bool:
        """A passage may state several things: only the sentences that state a wanted one may answer."""
        document = self.index.documents[finding.passage.document]
        return self.ground.allows(finding.passage, finding.start, finding.end, document)

    def findings_around(self, asked: Question, *, passages: int) -> list[Finding]:
        """What so many of the nearest passages say, whether it answers or not, best first."""
        found = findings_in(asked, self._ranked(asked, limit=passages), self.index, self.vocabulary)
        return [finding for finding in found if self.is_on_ground(finding)]

    def _ranked(self, asked: Question, *, limit: int = PASSAGES) -> list[tuple[int, float]]:
        """(passage number, fused score), best first."""
        if asked.is_outside:
            return []
        wanted = asked.documents
        wordings = [word for synonym in synonyms_in(asked.text) for word in synonym.official]
        if len(asked.regions) > 1 and wanted:
            # Each place has its own passages: ranked together, the longer document would crowd out the other.
            lists = [
                PlanRetriever(self.index, limit=limit, documents=[name]).ranked(asked.text, wordings)
                for name in wanted
            ]
            return sorted((pair for ranked in lists for pair in ranked), key=lambda pair: -pair[1])
        retriever = PlanRetriever(self.index, limit=limit, documents=wanted or None)
        return retriever.ranked(asked.text, wordings)

    def _evidence(
        self, findings: Sequence[Finding], ranked: Sequence[tuple[int, float]]
    ) -> tuple[Evidence, ...]:
        """The passages of the findings, in the order of their best finding."""
        scores = dict(ranked)
        order = dict.fromkeys(finding.number for finding in findings)
        return tuple(self._shown(self.index.passages[number], scores[number]) for number in order)

    def _shown(self, passage: Passage, score: float) -> Evidence:
        """A passage as evidence: the first of a section together with its heading."""
        document = self.index.documents[passage.document]
        metadata = document.metadata
        start = _heading_start(passage, document.text)
        return Evidence(
            document=passage.document,
            title=metadata.title or passage.document,
            region=passage.region,
            period=describe_years(passage.years),
            section=passage.section,
            start=start,
            end=passage.end,
            text=document.text[start : passage.end],
            score=score,
            labels=labels_of(passage, document),
        )


def together(asked: Question, solutions: Sequence[Solved], draft: Draft) -> Solved:
    """What the solutions of a question's parts found, as the solution of the whole; the best evidence of each first."""
    findings = tuple(finding for solution in solutions for finding in solution.findings)
    ranked = zip_longest(*(solution.evidence for solution in solutions))
    evidence = (passage for rank in ranked for passage in rank if passage is not None)
    return Solved(asked, findings, draft, tuple(dict.fromkeys(evidence)))


def _heading_start(passage: Passage, text: str) -> int:
    """Where the heading right above a passage begins; where the passage does when something else is above it."""
    if passage.kind != "text" or not passage.section:
        return passage.start
    start = text.rfind(passage.section[-1], 0, passage.start)
    between = text[start + len(passage.section[-1]) : passage.start]
    return start if start >= 0 and not between.strip(_BETWEEN) else passage.start


def _holding(evidence: Sequence[Evidence], document: str, start: int, end: int) -> Evidence | None:
    return next((e for e in evidence if e.document == document and e.start <= start and end <= e.end), None)


def _best(evidence: Sequence[Evidence]) -> float:
    """The score of what comes first because the answer rests on it, however it was found."""
    return max((passage.score for passage in evidence), default=RANKINGS / (RANK_CONSTANT + 1))
