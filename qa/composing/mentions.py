"""Which places or papers speak of something: the sentences that say it in so many words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.relevance import plain
from qa.evidence.rows import owner_of, row_claim
from qa.evidence.solving import Solved
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.wording import synonyms_in
from qa.understanding.words import generic_words, overview_words
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.sentences import shortest_run

# Characters that may stand between the words of what is mentioned (殡葬体制改革 for 殡葬改革).
_BETWEEN = 6
_MOST_SPANS = 200
_OR = re.compile("或者|或是|或")


def mentioning(solution: Solved, index: PassageIndex) -> Solved | None:
    """The solution cut down to what says what the question is about in so many words; None without such.

    Every figure of the question must be there, too.
    """
    asked = solution.asked
    phrases = [words for words in map(_words, asked.content) if words]
    figures = [figure for figure in figures_in("".join(asked.content)) if figure.is_amount]
    quoted = re.findall(r"[“\"]([^”\"]{2,30})[”\"]", folded(asked.text))

    # 家庭照护床位或者家庭养老床位: one of them is enough.
    named = any if _OR.search(asked.text) else all

    def says_it(text: str) -> bool:
        held = figures_in(text)
        return (
            (bool(quoted) or named(_near_each_other(words, plain(text)) for words in phrases))
            and named(plain(phrase) in plain(text) for phrase in quoted or [""])
            and all(any(figure.agrees_with(other) for other in held) for figure in figures)
        )

    for finding in solution.answerable:
        if finding.passage.cells:
            if says_it(f"{finding.passage.caption} {finding.text}"):
                return replace(solution, draft=Draft((row_claim(asked, finding, index),)))
        elif says_it(finding.text):
            text = index.documents[finding.passage.document].text
            start, end = shortest_run(text, finding.start, finding.end, says_it)
            return replace(solution, draft=Draft((_claim(finding, start, text[start:end]),)))
    return None


def _claim(finding: Finding, start: int, wording: str) -> Claim:
    said = wording.rstrip(JOINING + ENDING)
    source = Source(finding.passage, start, start + len(said))
    return Claim(f"{owner_of(finding.passage)}：{said}。", (source,))


def _words(piece: str) -> list[tuple[str, ...]]:
    """The words of a piece of content that say something, each in all its wordings."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    idle = generic_words() | overview_words()
    words = [word for word in rjieba.cut(piece) if len(word) > 1 and word not in idle]
    return [
        (plain(word), *(plain(official) for synonym in synonyms_in(word) for official in synonym.official))
        for word in words
    ]


def _near_each_other(words: Sequence[tuple[str, ...]], text: str) -> bool:
    """Whether every word stands in the text in one of its wordings, and all of them close together."""
    spans: list[tuple[int, int]] = []
    for number, wordings in enumerate(words):
        found = [(m.start(), m.end()) for word in wordings for m in re.finditer(re.escape(word), text)]
        if number == 0:
            spans = found
        else:
            spans = [
                (min(start, other[0]), max(end, other[1]))
                for start, end in spans
                for other in found
                if other[0] - end <= _BETWEEN and start - other[1] <= _BETWEEN
            ]
        if not spans:
            return False
        spans = spans[:_MOST_SPANS]
    return True
