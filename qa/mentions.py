"""Which places or papers speak of something: the sentences that say it in so many words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa.claims import Claim, Source
from qa.evidence import Finding
from qa.extractive import Draft
from qa.figures import figures_in
from qa.punctuation import ENDING, JOINING
from qa.relevance import names_in, plain
from qa.rows import owner_of, row_claim
from qa.solving import Solved
from vectorstore.documents import Document
from vectorstore.sentences import shortest_run

# Characters that may stand between the words of what is mentioned (殡葬体制改革 for 殡葬改革).
_BETWEEN = 4
# A sentence that covers this much of the wording speaks of it, in whatever order.
_ENOUGH = 0.8


def mentioning(solution: Solved, documents: Mapping[str, Document]) -> Solved | None:
    """The solution cut down to what says what the question is about in so many words; None without such.

    Every figure of the question must be there, too.
    """
    asked = solution.asked
    figures = [figure for figure in figures_in("".join(asked.content)) if figure.is_amount]
    phrases = [_phrase(names) for names in names_in(asked)]

    def says_it(text: str) -> bool:
        held = figures_in(text)
        return all(phrase.search(plain(text)) for phrase in phrases) and all(
            any(figure.agrees_with(other) for other in held) for figure in figures
        )

    for finding in solution.answerable:
        if finding.passage.cells:
            if says_it(f"{finding.passage.caption} {finding.text}"):
                return replace(solution, draft=Draft((row_claim(asked, finding),)))
        elif says_it(finding.text):
            text = documents[finding.passage.document].text
            start, end = shortest_run(text, finding.start, finding.end, says_it)
            return replace(solution, draft=Draft((_claim(finding, start, text[start:end]),)))
        elif finding.coverage >= _ENOUGH and not figures:
            return replace(solution, draft=Draft((_claim(finding, finding.start, finding.text),)))
    return None


def _claim(finding: Finding, start: int, wording: str) -> Claim:
    said = wording.rstrip(JOINING + ENDING)
    source = Source(finding.passage, start, start + len(said))
    return Claim(f"{owner_of(finding.passage)}：{said}。", (source,))


def _phrase(names: Sequence[tuple[str, ...]]) -> re.Pattern[str]:
    """Finds the words of a phrase in their order, close together, each in any of its wordings."""
    words = ("(?:" + "|".join(map(re.escape, wordings)) + ")" for wordings in names)
    return re.compile(f".{{0,{_BETWEEN}}}".join(words))
