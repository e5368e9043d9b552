"""Scores of question sets in SQuAD's form: of ranked paragraphs, and of answers against accepted spans."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_SEGMENT = re.compile(
    r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|[^\W_\u3007\u3400-\u9fff\uf900-\ufaff]+"
)
_REACH = 10


@dataclass(frozen=True)
class RankScores:
    """Over `count` questions: shares with the right paragraph first or among the first five, and MRR@10."""

    count: int
    recall_at_1: float
    recall_at_5: float
    reciprocal_rank: float


@dataclass(frozen=True)
class SpanScores:
    """Over `count` questions, means from 0 to 1: exact match, F1, and the share that holds an accepted span.

    `refused` of them were not answered, which scores zero.
    """

    count: int
    exact_match: float
    f1: float
    holds_span: float
    refused: int


def rank_scores(ranks: Sequence[int]) -> RankScores:
    """From the rank of the right paragraph for each question, 1 for the first, 0 where it was not found."""
    if not ranks:
        raise ValueError("no question, no score")
    count = len(ranks)
    return RankScores(
        count=count,
        recall_at_1=sum(rank == 1 for rank in ranks) / count,
        recall_at_5=sum(0 < rank <= 5 for rank in ranks) / count,
        reciprocal_rank=sum(1 / rank for rank in ranks if 0 < rank <= _REACH) / count,
    )


def span_scores(outcomes: Sequence[tuple[str, Sequence[str]]]) -> SpanScores:
    """From (answer, accepted spans) pairs; "" for a question that was not answered."""
    if not outcomes:
        raise ValueError("no question, no score")
    count = len(outcomes)
    return SpanScores(
        count=count,
        exact_match=sum(exact_match(answer, spans) for answer, spans in outcomes) / count,
        f1=sum(f1(answer, spans) for answer, spans in outcomes) / count,
        holds_span=sum(holds_span(answer, spans) for answer, spans in outcomes) / count,
        refused=sum(not answer for answer, _ in outcomes),
    )


def segments(text: str) -> list[str]:
    """Mixed segmentation of CMRC 2018: every Chinese character, every run of other letters and digits.

    After NFKC and in lower case; white space and punctuation are left out.
    """
    return _SEGMENT.findall(unicodedata.normalize("NFKC", text).lower())


def exact_match(answer: str, spans: Sequence[str]) -> bool:
    """Whether the answer is one of the spans, segment by segment."""
    given = segments(answer)
    return bool(given) and any(given == segments(span) for span in spans)


def f1(answer: str, spans: Sequence[str]) -> float:
    """The best F1 with a span, counted as CMRC 2018 does: what agrees is the longest common run of segments."""
    return max((_f1(segments(answer), segments(span)) for span in spans), default=0.0)


def holds_span(answer: str, spans: Sequence[str]) -> bool:
    """Whether a span stands in the answer whole, segment by segment."""
    given = segments(answer)
    return any(_holds(given, segments(span)) for span in spans)


def _f1(given: list[str], wanted: list[str]) -> float:
    if not given or not wanted:
        return 0.0
    matcher = SequenceMatcher(None, given, wanted, autojunk=False)
    common = matcher.find_longest_match().size
    return 2 * common / (len(given) + len(wanted))


def _holds(given: list[str], wanted: list[str]) -> bool:
    size = len(wanted)
    return size > 0 and any(given[start : start + size] == wanted for start in range(len(given) - size + 1))
