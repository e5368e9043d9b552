"""A model's draft against its evidence: every claim gets the span it comes from, or is dropped.

No marker that a model writes is believed. A claim stays when spans of the evidence hold every figure and
place in it and most of its wording; those spans, as small as carries the claim, become its citations.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.claims import Claim, Source
from qa.evidence import Finding
from qa.figures import Figure, figures_in
from qa.punctuation import JOINING
from qa.question import Question
from qa.relevance import bigrams, plain
from vectorstore.numerals import years_in
from vectorstore.places import mentions
from vectorstore.sentences import clause_spans

# Share of a claim's wording that its sources (or the question) must hold.
_SUPPORTED = 0.6
_MOST_SOURCES = 3
_MARKER = re.compile(r"[\[【((]\s*(?:\d{1,2}|编号|来源|材料\s*\d*)\s*[\]】))]")
# Where a streamed draft may be cut into claims.
CLAIM_END = re.compile(r"[。!?\n]|;(?=\s)")


def grounded(
    claim_text: str, question: Question, findings: Sequence[Finding], document_texts: dict[str, str]
) -> Claim | None:
    """The claim with its sources, or None when the evidence does not carry it."""
    text = _MARKER.sub("", claim_text).strip().lstrip("-•* ").strip()
    if not bigrams(text):
        return None
    chosen = _sources(text, question, findings)
    if not chosen:
        return None
    held = " ".join([*(_held(finding) for finding in chosen), question.text])
    if _unsupported_figures(text, held, chosen) or _unknown_places(text, held):
        return None
    if _overlap(text, held) < _SUPPORTED:
        return None
    return Claim(
        text, tuple(_smallest(text, finding, document_texts[finding.passage.document]) for finding in chosen)
    )


def _held(finding: Finding) -> str:
    cells = " ".join(f"{column} {value}" for column, value in finding.passage.cells)
    context = f"{finding.passage.region} {' '.join(finding.passage.section)} {finding.passage.caption}"
    return f"{finding.text} {cells} {context}"


def _sources(text: str, question: Question, findings: Sequence[Finding]) -> list[Finding]:
    """The finding with the largest overlap, then others for figures that it lacks."""
    if not findings:
        return []
    by_overlap = sorted(findings, key=lambda finding: -_overlap(text, _held(finding)))
    chosen = [by_overlap[0]]
    missing = _missing(text, question, chosen)
    for finding in by_overlap[1:]:
        if not missing or len(chosen) == _MOST_SOURCES:
            break
        remaining = _missing(text, question, [*chosen, finding])
        if len(remaining) < len(missing):
            chosen.append(finding)
            missing = remaining
    return chosen


def _missing(text: str, question: Question, chosen: Sequence[Finding]) -> list[Figure]:
    return _unsupported_figures(
        text, " ".join([*(_held(finding) for finding in chosen), question.text]), chosen
    )


def _unsupported_figures(text: str, held: str, chosen: Sequence[Finding]) -> list[Figure]:
    """Figures of a claim that stand in no source, years of the sources' own period excepted."""
    known = figures_in(held)
    years = {year for finding in chosen for year in (*finding.passage.years, *years_in(finding.text))}
    return [
        figure
        for figure in figures_in(text)
        if not any(figure.agrees_with(other) for other in known)
        and not (figure.unit == "年" and int(figure.value) in years)
    ]


def _unknown_places(text: str, held: str) -> list[str]:
    return [mention.written for mention in mentions(text) if mention.is_full and mention.written not in held]


def _overlap(text: str, held: str) -> float:
    wanted = bigrams(text)
    if not wanted:
        return 0.0
    compared = plain(held)
    return sum(1 for bigram in wanted if bigram in compared) / len(wanted)


def _smallest(text: str, finding: Finding, document_text: str) -> Source:
    """The shortest run of the finding's clauses that carries what the finding carries of the claim."""
    whole = Source(finding.passage, finding.start, finding.end)
    if finding.passage.cells:
        return whole
    clauses = clause_spans(document_text, finding.start, finding.end)
    carried = [f for f in figures_in(text) if any(f.agrees_with(o) for o in figures_in(finding.text))]
    needed = 0.95 * _overlap(text, finding.text)
    best = (finding.start, finding.end)
    for first in range(len(clauses)):
        for last in range(first, len(clauses)):
            start, end = clauses[first][0], clauses[last][1]
            if end - start >= best[1] - best[0]:
                break
            piece = document_text[start:end]
            holds = all(any(f.agrees_with(o) for o in figures_in(piece)) for f in carried)
            if holds and _overlap(text, piece) >= needed:
                best = (start, end)
    trimmed = document_text[best[0] : best[1]].rstrip(JOINING)
    return Source(finding.passage, best[0], best[0] + len(trimmed))
