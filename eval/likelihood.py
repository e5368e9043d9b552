"""How likely a sentence is the answer, learned from the gold questions: `python -m eval.likelihood`.

The rules that decide whether a sentence answers were set by hand, one after the other; what each weighs beside the
others was never measured together. Here the same properties of a finding are weighed by a logistic regression
(ridge, Newton's method) fitted to the development part: label 1 where a finding covers half of a gold quote. The
table tells what a fallback would be worth that gives the likeliest sentence of the right year and unit where the
rules refuse. An experiment about findings before any composer; the answers of the product do not use it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy
from numpy.typing import NDArray

from eval.gold import GOLD_FOLDER, Question, load, read_texts
from qa import Assistant, Settings
from qa.evidence.extractive import answerable
from qa.evidence.findings import Finding
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solver
from qa.understanding.question import Question as Asked
from qa.understanding.question import understand

Vectors = NDArray[numpy.float64]

KINDS = ("fact", "spoken", "table", "text", "traditional", "unanswerable")
ASKS = ("date", "list", "number", "place", "text")
THRESHOLDS = (0.2, 0.3, 0.4, 0.5, 0.6)
_FINDINGS, _NEAREST, _FAR = 25, 40, 60
_RIDGE, _STEPS = 3.0, 30
_COVERS = 0.5


@dataclass(frozen=True)
class Case:
    """One question's findings: a row of `vectors` each, whether it is gold, and whether it may be given in a fallback.

    `by_rule`: whether the finding that the rules give is gold; None where they refuse.
    """

    part: str
    is_answerable: bool
    vectors: Vectors
    is_gold: tuple[bool, ...]
    may_answer: tuple[bool, ...]
    by_rule: bool | None


def vectors_of(asked: Asked, findings: Sequence[Finding], solver: Solver) -> Vectors:
    """The properties of each finding, by itself and beside the best of them: findings × properties."""
    if not findings:
        return numpy.zeros((0, 0))
    nearest = solver.index.dense(asked.text, limit=_NEAREST, documents=asked.documents or None)
    dense = {number: (rank, similarity) for rank, (number, similarity) in enumerate(nearest)}
    terms = solver.vocabulary.terms_of(asked)
    own = []
    for position, found in enumerate(findings):
        rank, similarity = dense.get(found.number, (_FAR, 0.0))
        says = coverage(terms, plain(found.text))
        headed = coverage(terms, plain("".join(found.passage.section[-2:])))
        flags = (found.right_year, found.right_kind, found.right_subject, found.stands_out, found.is_headed)
        where = (
            found.measures_others,
            1 / (1 + rank),
            similarity,
            found.passage.kind == "row",
            position == 0,
        )
        own.append([found.coverage, found.score, says, headed, *flags, *where, len(found.text) / 100])
    alone = numpy.array(own, dtype=float)
    right = alone[:, 4] * alone[:, 5] * alone[:, 6]
    behind = alone[:, :3] - alone[:, :3].max(axis=0)
    few = numpy.full(len(alone), 1 / (1 + right.sum()))
    asks = numpy.tile([float(asked.asks == kind) for kind in ASKS], (len(alone), 1))
    beside = [*behind.T, right, *(right * alone[:, :4].T), right * behind[:, 1], few, right * few]
    return numpy.column_stack([alone, *beside, asks, asks * (right * alone[:, 0])[:, None]])


@dataclass(frozen=True)
class Likelihood:
    """Weights of standardised properties, the last one the constant."""

    mean: Vectors
    spread: Vectors
    weights: Vectors

    def of(self, vectors: Vectors) -> Vectors:
        """The probability of each finding to be the answer."""
        return _logistic(_with_constant((vectors - self.mean) / self.spread) @ self.weights)


def fitted(vectors: Vectors, labels: Vectors) -> Likelihood:
    """The likelihood that fits `labels` (0 or 1, one a row) best, large weights held down."""
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    rows = _with_constant((vectors - mean) / spread)
    held = numpy.full(rows.shape[1], _RIDGE)
    held[-1] = 1e-6
    weights = numpy.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = _logistic(rows @ weights)
        slope = rows.T @ (likely - labels) + held * weights
        curve = (rows * (likely * (1 - likely))[:, None]).T @ rows + numpy.diag(held)
        weights -= numpy.linalg.solve(curve, slope)
    return Likelihood(mean, spread, weights)


def _logistic(values: Vectors) -> Vectors:
    return 1 / (1 + numpy.exp(-numpy.clip(values, -30, 30)))


def _with_constant(rows: Vectors) -> Vectors:
    return numpy.column_stack([rows, numpy.ones(len(rows))])


def outcomes(cases: Sequence[Case], likelihood: Likelihood | None, threshold: float) -> Counter[str]:
    """How many questions get a right sentence, a wrong one, or none; unanswerable ones are told apart.

    By the rules, and where they refuse by the `likelihood`, if there is one and the likeliest reaches the threshold.
    """
    counted: Counter[str] = Counter()
    for case in cases:
        given = case.by_rule
        if given is None and likelihood is not None and any(case.may_answer):
            likely = numpy.where(case.may_answer, likelihood.of(case.vectors), 0.0)
            best = int(likely.argmax())
            given = case.is_gold[best] if likely[best] >= threshold else None
        outcome = {None: "refused", True: "right", False: "wrong"}[given]
        counted[outcome if case.is_answerable else f"unanswerable {outcome}"] += 1
    return counted


def cases_of(questions: Sequence[Question], solver: Solver, texts: dict[str, str]) -> list[Case]:
    """The questions by themselves of the kinds that one sentence or row can answer."""
    cases = []
    for question in questions:
        asked = understand(question.question, solver.index.documents)
        if question.kind not in KINDS or question.history or asked.is_english:
            continue
        solved = solver.solve(asked)
        findings = solved.findings[:_FINDINGS]
        given = answerable(solved.findings, asked.asks)
        is_elsewhere = asked.is_outside or bool(asked.elsewhere and not asked.regions)
        cases.append(
            Case(
                question.part,
                question.answerable,
                vectors_of(asked, findings, solver),
                tuple(_is_gold(found, question, texts) for found in findings),
                tuple(not is_elsewhere and found.right_year and found.right_kind for found in findings),
                _is_gold(given[0], question, texts) if given and solved.draft.claims else None,
            )
        )
    return cases


def _is_gold(found: Finding, question: Question, texts: dict[str, str]) -> bool:
    for quote in question.evidence:
        start = texts[quote.document].find(quote.quote)
        shared = min(found.end, start + len(quote.quote)) - max(found.start, start)
        shorter = min(found.end - found.start, len(quote.quote))
        if found.passage.document == quote.document and shared >= _COVERS * shorter:
            return True
    return False


def main() -> None:
    """Fit to the development part, and print what each part gets by the rules and with the fallback."""
    settings = Settings(llm="none")
    texts = read_texts(Path(settings.library))
    with Assistant.open(settings) as assistant:
        cases = cases_of(load(GOLD_FOLDER), assistant._current_solver(), texts)
    learned = [case for case in cases if case.part == "dev" and len(case.vectors)]
    likelihood = fitted(
        numpy.concatenate([case.vectors for case in learned]),
        numpy.concatenate([numpy.array(case.is_gold, dtype=float) for case in learned]),
    )
    for part in ("dev", "test"):
        own = [case for case in cases if case.part == part]
        print(part, "规则", dict(outcomes(own, None, 0.0)))
        for threshold in THRESHOLDS:
            print(part, f"≥{threshold}", dict(outcomes(own, likelihood, threshold)))


if __name__ == "__main__":
    main()
