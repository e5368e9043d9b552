"""Which places or papers speak of something: the sentences that say it in so many words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from qa.claims import Claim, Source
from qa.evidence import Finding
from qa.extractive import Draft
from qa.figures import figures_in
from qa.punctuation import ENDING, JOINING
from qa.relevance import Vocabulary, coverage, plain
from qa.rows import owner_of, row_claim
from qa.solving import Solved
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.sentences import shortest_run

# A sentence that covers this much of the wording speaks of it.
_SAYS_IT = 0.7


def mentioning(solution: Solved, documents: Mapping[str, Document], vocabulary: Vocabulary) -> Solved | None:
    """The solution cut down to what says what the question is about in so many words; None without such.

    Every figure of the question must be there, too.
    """
    asked = solution.asked
    terms = vocabulary.terms_of(asked)
    figures = [figure for figure in figures_in("".join(asked.content)) if figure.is_amount]
    quoted = re.findall(r"[“\"]([^”\"]{2,30})[”\"]", folded(asked.text))

    def says_it(text: str) -> bool:
        held = figures_in(text)
        return (
            coverage(terms, plain(text)) >= _SAYS_IT
            and all(plain(phrase) in plain(text) for phrase in quoted)
            and all(any(figure.agrees_with(other) for other in held) for figure in figures)
        )

    for finding in solution.answerable:
        if finding.passage.cells:
            if says_it(f"{finding.passage.caption} {finding.text}"):
                return replace(solution, draft=Draft((row_claim(asked, finding),)))
        elif says_it(finding.text):
            text = documents[finding.passage.document].text
            start, end = shortest_run(text, finding.start, finding.end, says_it)
            return replace(solution, draft=Draft((_claim(finding, start, text[start:end]),)))
    return None


def _claim(finding: Finding, start: int, wording: str) -> Claim:
    said = wording.rstrip(JOINING + ENDING)
    source = Source(finding.passage, start, start + len(said))
    return Claim(f"{owner_of(finding.passage)}：{said}。", (source,))
