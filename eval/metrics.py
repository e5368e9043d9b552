"""The metrics, each a plain function with its definition. None means "nothing to score", never zero.

`texts` maps a document's stem to its text; offsets count its characters. Shares of a quote count its
characters other than white space.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy

from eval.binding import owners_in, says
from eval.gold import Question, Quote
from eval.wording import plain, visible_length
from qa.answer import Answer, Citation, Evidence

COVERED = 0.8
_SHORT_ENOUGH = 200
_RESAMPLES = 2000

Span = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True)
class Judgement:
    """Why an answer is right or not: the points it misses, the forbidden statements it makes."""

    right: bool
    missing: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    over_long: bool = False
    unwarned: bool = False


def judge(question: Question, answer: Answer) -> Judgement:
    """Judge by required points (the nuggets of TREC's QA track, Voorhees 2003) in accepted wordings.

    Right iff every point has a wording in the answer's text and no forbidden statement is in it (either may bind
    a figure to its place or year, see `eval.binding`), it is not over-long (more than 200 characters and more than
    4 times the reference: the pasted passage), and its status is not not_found; where the source is doubtful, it
    also carries a warning, and what the warning says counts as said. Unanswerable: right iff the status is not_found.
    """
    text = plain("\n".join((answer.text, *(answer.warnings if question.warns else ()))))
    owners = owners_in((*(wording for point in question.points for wording in point), *question.forbidden))
    missing = tuple(
        point for point in question.points if not any(says(text, wording, owners) for wording in point)
    )
    forbidden = tuple(statement for statement in question.forbidden if says(text, statement, owners))
    refused = answer.status == "not_found"
    if not question.answerable:
        return Judgement(refused, missing, forbidden)
    over_long = visible_length(answer.text) > max(_SHORT_ENOUGH, 4 * visible_length(question.reference))
    unwarned = question.warns and not answer.warnings
    right = not (missing or forbidden or over_long or refused or unwarned)
    return Judgement(right, missing, forbidden, over_long, unwarned)


def accuracy(question: Question, answer: Answer) -> bool:
    """Whether the answer is right, as `judge` defines it."""
    return judge(question, answer).right


def evidence_recall(
    question: Question, evidence: Sequence[Evidence], k: int, *, texts: Mapping[str, str]
) -> float | None:
    """Recall@k: the share of gold quotes that the first `k` passages cover.

    A quote is covered when at least 80 % of one of its occurrences lies in the union of these passages,
    be it within one of them or, longer than any, spread over several. None without gold quotes.
    """
    passages = [_span(passage) for passage in evidence[:k]]
    covered = [_share_within(quote, passages, texts) >= COVERED for quote in question.evidence]
    return sum(covered) / len(covered) if covered else None


def reciprocal_rank(
    question: Question, evidence: Sequence[Evidence], *, texts: Mapping[str, str]
) -> float | None:
    """1 / rank of the first passage that helps, 0 when none does (TREC-8 QA, Voorhees 1999); the mean is MRR.

    A passage helps when it holds at least 80 % of a gold quote, or lies to at least 80 % inside a longer one.
    """
    if not question.evidence:
        return None
    gold = _spans_of(question.evidence, texts)
    for rank, passage in enumerate(evidence, start=1):
        holds = any(_share_within(quote, [_span(passage)], texts) >= COVERED for quote in question.evidence)
        if holds or _share_of_span(_span(passage), gold, texts) >= COVERED:
            return 1 / rank
    return 0.0


def ndcg(
    question: Question, evidence: Sequence[Evidence], k: int, *, texts: Mapping[str, str]
) -> float | None:
    """nDCG@k (Järvelin and Kekäläinen 2002) of the gold quotes: how early the first `k` passages cover each.

    Quote number i, in order of the rank r at which the passages so far cover 80 % of it, gains
    1 / log2(1 + max(r, i)); the ideal has one more quote at every rank. One quote: the usual nDCG of one relevant
    item. Two quotes in one passage are as good as in two, no better. None without gold quotes.
    """
    if not question.evidence:
        return None
    passages = [_span(passage) for passage in evidence[:k]]
    ranks = sorted(rank for quote in question.evidence if (rank := _rank_covered(quote, passages, texts)))
    gains = [1 / math.log2(1 + max(rank, number)) for number, rank in enumerate(ranks, start=1)]
    ideal = [1 / math.log2(1 + number) for number in range(1, min(len(question.evidence), k) + 1)]
    return sum(gains) / sum(ideal)


def citation_exactness(answer: Answer, texts: Mapping[str, str]) -> float | None:
    """The share of citations whose quote is exactly `text[start:end]`. None without citations."""
    exact = [bool(cited.quote) and cited_text(cited, texts) == cited.quote for cited in answer.citations]
    return sum(exact) / len(exact) if exact else None


def citation_precision(question: Question, answer: Answer, texts: Mapping[str, str]) -> float | None:
    """The share of citations that overlap a gold quote (as ALCE, Gao et al. 2023, with spans for NLI).

    A lower bound: gold names one source of each point, and a citation of another true one counts against
    it. None without citations or gold quotes.
    """
    if not answer.citations or not question.evidence:
        return None
    gold = _spans_of(question.evidence, texts)
    hits = [_share_of_span(_span(cited), gold, texts) > 0 for cited in answer.citations]
    return sum(hits) / len(hits)


def citation_recall(question: Question, answer: Answer, texts: Mapping[str, str]) -> float | None:
    """The share of gold quotes that some citation overlaps, 0 without citations. None without gold quotes."""
    cited = [_span(citation) for citation in answer.citations]
    hits = [_share_within(quote, cited, texts) > 0 for quote in question.evidence]
    return sum(hits) / len(hits) if hits else None


def brevity(answer: Answer) -> int:
    """Characters a reader has to read (`eval.wording.visible_length`)."""
    return visible_length(answer.text)


def refusal_precision_recall(outcomes: Iterable[tuple[bool, bool]]) -> tuple[float | None, float | None]:
    """From (answerable, refused) pairs: the share of refusals that were due, of due ones that were made."""
    outcomes = list(outcomes)
    refused = [answerable for answerable, was_refused in outcomes if was_refused]
    due = [was_refused for answerable, was_refused in outcomes if not answerable]
    return (
        refused.count(False) / len(refused) if refused else None,
        due.count(True) / len(due) if due else None,
    )


def mean(values: Iterable[float | None]) -> float | None:
    """Arithmetic mean of what could be scored; None when nothing could."""
    scored = [value for value in values if value is not None]
    return sum(scored) / len(scored) if scored else None


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value below which `share` of the values lie, linearly interpolated; the median for 0.5."""
    return float(numpy.quantile(values, share)) if values else None


def bootstrap_interval(right: Sequence[bool]) -> tuple[float, float] | None:
    """95 % interval of an accuracy: percentile bootstrap over questions (Efron 1979), always the same.

    With few questions it is too narrow, and it has no width where all answers are right or all wrong.
    """
    if not right:
        return None
    generator = numpy.random.default_rng(20211231)
    means = generator.choice(numpy.array(right, dtype=float), size=(_RESAMPLES, len(right))).mean(axis=1)
    low, high = numpy.quantile(means, (0.025, 0.975))
    return float(low), float(high)


def cited_text(citation: Citation, texts: Mapping[str, str]) -> str:
    """What the document says where the citation points; "" outside the library."""
    return texts.get(citation.document, "")[citation.start : citation.end]


def _span(cited: Citation | Evidence) -> Span:
    return cited.document, cited.start, cited.end


def _rank_covered(quote: Quote, passages: Sequence[Span], texts: Mapping[str, str]) -> int | None:
    ranks = range(1, len(passages) + 1)
    return next((r for r in ranks if _share_within(quote, passages[:r], texts) >= COVERED), None)


def _spans_of(quotes: Iterable[Quote], texts: Mapping[str, str]) -> list[Span]:
    """Every occurrence of every quote."""
    spans = []
    for quote in quotes:
        text = texts.get(quote.document, "")
        start = text.find(quote.quote)
        while start >= 0:
            spans.append((quote.document, start, start + len(quote.quote)))
            start = text.find(quote.quote, start + 1)
    return spans


def _share_within(quote: Quote, spans: Sequence[Span], texts: Mapping[str, str]) -> float:
    """The share of the quote that lies in the union of `spans`, for the occurrence where it is largest."""
    return max((_share_of_span(span, spans, texts) for span in _spans_of([quote], texts)), default=0.0)


def _share_of_span(span: Span, spans: Sequence[Span], texts: Mapping[str, str]) -> float:
    """The share of one span that lies in the union of `spans`; spans outside every document hold nothing."""
    document, first, last = span
    text = texts.get(document, "")
    inked = [place for place in range(max(first, 0), min(last, len(text))) if not text[place].isspace()]
    within = [(start, end) for name, start, end in spans if name == document]
    covered = [place for place in inked if any(start <= place < end for start, end in within)]
    return len(covered) / len(inked) if inked else 0.0
