"""Grades by bands of a score (90分以上为优秀，75分至89分为合格): which grade a score is of, and how the grades are set."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.extractive import Draft
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_GRADE = r"几[等档级]|等次|等级|档次|档|级别|星级|算什么|什么结果|合不?合格|及不?及格|优秀|良好"
_OF_A_SCORE = re.compile(rf"(\d{{1,3}}(?:\.\d+)?)\s*分(?!钟|之)[^?]{{0,16}}(?:{_GRADE})")
_HOW = re.compile(
    r"(?:等次|等级|档次|级别)[^?]{0,8}(?:怎么|如何|怎样|咋|按什么)|(?:怎么|如何|怎样|咋|按什么)[^?]{0,8}(?:等次|等级|档次|级别)|几个(?:等次|等级|档次)"
)
_FROM_TO = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*分?(?:\(含\))?\s*(?:[-—–~～]{1,2}|[至到])\s*(\d{1,3}(?:\.\d+)?)\s*分"
)
_AT_LEAST = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*分(?:\(含\))?(?:及|含)?以上")
_BELOW = re.compile(
    r"(?:不足|低于|不满)\s*(\d{1,3}(?:\.\d+)?)\s*分|(\d{1,3}(?:\.\d+)?)\s*分(?:以下|\(不含\)以下)"
)
_FULL, _LEAST_BANDS, _MOST_PAPERS = 1000.0, 2, 2


def banded(asked: Question, solver: Solver) -> Solved | None:
    """The band that a score falls into, or the sentence that sets the bands; None for other questions and papers."""
    text = folded(asked.text)
    score = _OF_A_SCORE.search(text)
    if not (score or _HOW.search(text)) or asked.is_english or asked.elsewhere or not asked.documents:
        return None
    told = list(_sentences_with_bands(asked, solver))
    papers = dict.fromkeys(source.passage.document for source, _ in told)
    if not told or len(papers) > _MOST_PAPERS:
        return None
    claims = []
    for source, spans in told:
        whole = solver.index.documents[source.passage.document].text
        fitting = [s for s in spans if not score or _holds(whole[slice(*s)], float(score[1]))]
        if fitting:
            claims.append(_claim(source, (fitting[0][0], fitting[0 if score else -1][1]), whole))
    if not claims:
        return None
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [source.passage for claim in claims for source in claim.sources])


def _sentences_with_bands(asked: Question, solver: Solver) -> Iterator[tuple[Source, list[tuple[int, int]]]]:
    """The sentences of the papers asked about that set several bands, with the clauses that do."""
    for name in asked.documents:
        text = solver.index.documents[name].text
        for passage in solver.index.of_document(name):
            for source in sentences_of(passage, text) if not passage.cells else ():
                spans = [
                    span
                    for span in clause_spans(text, source.start, source.end)
                    if _band_of(text[slice(*span)])
                ]
                if len(spans) >= _LEAST_BANDS:
                    yield source, spans


def _band_of(clause: str) -> tuple[float, float] | None:
    """Least and first score above of the band that a clause sets; a band ends where the next whole point begins."""
    said = folded(clause)
    between, least, below = _FROM_TO.search(said), _AT_LEAST.search(said), _BELOW.search(said)
    if between:
        return float(between[1]), float(between[2]) + 1
    if least:
        return float(least[1]), _FULL
    return (0.0, float(below[1] or below[2])) if below else None


def _holds(clause: str, score: float) -> bool:
    band = _band_of(clause)
    return band is not None and band[0] <= score < band[1]


def _claim(source: Source, span: tuple[int, int], text: str) -> Claim:
    shown = text[slice(*span)].rstrip(JOINING + ENDING)
    owner = owner_of(source.passage)
    said = f"{owner}：{shown}。" if owner else f"{shown}。"
    return Claim(said, (Source(source.passage, span[0], span[0] + len(shown)),))
