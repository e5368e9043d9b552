"""How likely a sentence is the answer, learned from questions with known answers: `python -m eval.likelihood [--write]`.

Fits the two sets of weights of `qa.evidence.likelihood` (logistic regressions, ridge, Newton's method): of the properties of
every finding, label 1 where it covers half of a gold quote; then of what the likeliest one means where the rules refuse.
Learned from the development part and from the questions kept with the tests (`eval.kept`), never from the test part. The
table tells, for questions that one sentence or row can answer, what the rules give, and what is won and lost where they
refuse and the likeliest finding is given instead. `--write` puts the weights where the product reads them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy
from numpy.typing import NDArray

from eval.gold import GOLD_FOLDER, Question, load
from eval.kept import ROOT, SEEDS, by_library
from qa import Assistant, Settings
from qa.drafting.likely_answer import LIKELY
from qa.drafting.paraphrasing import may_be_paraphrased
from qa.evidence.extractive import answerable
from qa.evidence.findings import Finding
from qa.evidence.likelihood import (
    FINDINGS,
    READ_FROM,
    WEIGHTS,
    Likelihood,
    Properties,
    Weight,
    candidate_of,
    meaning_of,
    properties_of,
)
from qa.evidence.solving import Solver
from qa.understanding.known_places import known_places
from qa.understanding.plainly import question_itself
from qa.understanding.question import Question as Asked
from qa.understanding.question import understand

Vectors = NDArray[numpy.float64]

KINDS = ("fact", "list", "premise", "several", "spoken", "table", "text", "traditional", "unanswerable")
THRESHOLDS = (0.3, 0.4, LIKELY, 0.5, 0.6)
_RIDGE, _STEPS = 3.0, 30
_COVERS = 0.5
_INDICES = ROOT / ".qa" / "kept"
# Near misses were chosen to be hard, and are many.
_A_NEAR_MISS = 0.3


@dataclass(frozen=True)
class Candidate:
    """A refused question's likeliest finding: what it means, whether it is gold, and what it weighs in learning."""

    meaning: Properties
    is_gold: bool
    weight: float


@dataclass(frozen=True)
class Case:
    """One question with its findings, and whether each is gold.

    `by_rule`: whether the finding that the rules give is gold; None where they refuse. `may_fall_back`: whether a likely
    finding may be given then. `weight`: what it weighs in learning.
    """

    part: str
    asked: Asked
    solver: Solver
    is_answerable: bool
    findings: tuple[Finding, ...]
    is_gold: tuple[bool, ...]
    by_rule: bool | None
    may_fall_back: bool
    weight: float

    def candidate(self, by_properties: Likelihood) -> Candidate | None:
        """The finding that might be given instead of a refusal; None where the rules answer, or none is near."""
        if self.by_rule is not None or not self.may_fall_back:
            return None
        candidate = candidate_of(self.asked, self.findings, self.solver, by_properties)
        if candidate is None or candidate[1] < READ_FROM:
            return None
        found, likely = candidate
        meaning = meaning_of(self.asked, found, self.solver.index, likely=likely)
        return Candidate(meaning, self.is_gold[self.findings.index(found)], self.weight)


def fitted(
    properties: Sequence[Properties], labels: Sequence[bool], weights: Sequence[float] = ()
) -> Likelihood:
    """The likelihood that fits the labels best, large weights held down. All properties have the same names.

    `weights`: what each row counts for, 1 unless given.
    """
    names = sorted(properties[0])
    vectors = numpy.array([[one[name] for name in names] for one in properties])
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    counts = numpy.array(weights or [1.0] * len(vectors))
    learned = _regression((vectors - mean) / spread, numpy.array(labels, dtype=float), counts)
    numbers = zip(mean.tolist(), spread.tolist(), learned.tolist()[:-1], strict=True)
    return Likelihood(
        {name: Weight(*three) for name, three in zip(names, numbers, strict=True)}, float(learned[-1])
    )


def _regression(vectors: Vectors, labels: Vectors, counts: Vectors) -> Vectors:
    """The weights of standardised properties (one a column), the last one the constant."""
    rows = numpy.column_stack([vectors, numpy.ones(len(vectors))])
    held = numpy.full(rows.shape[1], _RIDGE)
    held[-1] = 1e-6
    weights = numpy.zeros(rows.shape[1])
    for _ in range(_STEPS):
        likely = 1 / (1 + numpy.exp(-numpy.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (counts * (likely - labels)) + held * weights
        curve = (rows * (counts * likely * (1 - likely))[:, None]).T @ rows + numpy.diag(held)
        weights -= numpy.linalg.solve(curve, slope)
    return weights


def outcomes(
    cases: Sequence[tuple[Case, Candidate | None]], by_meaning: Likelihood | None, threshold: float
) -> Counter[str]:
    """How many questions get a right sentence, a wrong one, or none; unanswerable ones are told apart.

    By the rules; by the candidate where they refuse, if there is a likelihood and it reaches the threshold.
    """
    counted: Counter[str] = Counter()
    for case, candidate in cases:
        given = case.by_rule
        if candidate and by_meaning and by_meaning.of(candidate.meaning) >= threshold:
            given = candidate.is_gold
        outcome = {None: "refused", True: "right", False: "wrong"}[given]
        counted[outcome if case.is_answerable else f"unanswerable {outcome}"] += 1
    return counted


def cases_of(questions: Sequence[Question], solver: Solver) -> Iterator[Case]:
    """The questions by themselves of the kinds that one sentence or row can answer."""
    texts = {document.name: document.text for document in solver.index.documents.values()}
    regions = known_places(solver.index.documents).regions
    for question in questions:
        asked = understand(question_itself(question.question, regions), solver.index.documents)
        if question.kind not in KINDS or question.history or asked.is_english:
            continue
        solved = solver.solve(asked)
        findings = solved.findings[:FINDINGS]
        given = answerable(solved.findings, asked.asks)
        yield Case(
            question.part,
            asked,
            solver,
            question.answerable,
            findings,
            tuple(_is_gold(found, question, texts) for found in findings),
            _is_gold(given[0], question, texts) if given and solved.draft.claims else None,
            may_be_paraphrased(solved),
            1.0 if question.reference else _A_NEAR_MISS,
        )


def _is_gold(found: Finding, question: Question, texts: dict[str, str]) -> bool:
    for quote in question.evidence:
        start = texts[quote.document].find(quote.quote)
        shared = min(found.end, start + len(quote.quote)) - max(found.start, start)
        shorter = min(found.end - found.start, len(quote.quote))
        is_there = start >= 0 and found.passage.document == quote.document
        if is_there and shared >= _COVERS * shorter:
            return True
    return False


def learned_from(cases: Sequence[Case]) -> tuple[Likelihood, Likelihood]:
    """The likelihoods by properties and by meaning that fit these questions best."""
    rows = [
        (properties, is_gold)
        for case in cases
        for properties, is_gold in zip(
            properties_of(case.asked, case.findings, case.solver), case.is_gold, strict=True
        )
    ]
    by_properties = fitted([properties for properties, _ in rows], [is_gold for _, is_gold in rows])
    candidates = [one for case in cases if (one := case.candidate(by_properties))]
    by_meaning = fitted(
        [one.meaning for one in candidates],
        [one.is_gold for one in candidates],
        [one.weight for one in candidates],
    )
    return by_properties, by_meaning


def main() -> None:
    """Learn, print what each part gets by the rules and with the fallback, and write the weights if that is asked for."""
    with ExitStack() as opened:

        def solver_over(library: Path) -> Solver:
            settings = Settings(llm="none")
            if library != SEEDS:
                own = _INDICES / library.name
                settings = Settings(llm="none", library=library, index_dir=own, data_dir=own)
            return opened.enter_context(Assistant.open(settings))._current_solver()

        cases = list(_all_cases(solver_over))
        by_properties, by_meaning = learned_from([case for case in cases if case.part != "test"])
        for part in ("dev", "kept", "test"):
            own = [(case, case.candidate(by_properties)) for case in cases if case.part == part]
            print(part, "规则", dict(outcomes(own, None, 0.0)))
            for threshold in THRESHOLDS:
                print(part, f"≥{threshold}", dict(outcomes(own, by_meaning, threshold)))
    if "--write" in sys.argv[1:]:
        WEIGHTS.write_text(written({"properties": by_properties, "meaning": by_meaning}), encoding="utf-8")
        print(f"权重写在 {WEIGHTS.name}")


def _all_cases(solver_over: Callable[[Path], Solver]) -> Iterator[Case]:
    """Those of the gold set by their parts, those kept with the tests as "kept"."""
    yield from cases_of(load(GOLD_FOLDER), solver_over(SEEDS))
    for library, questions in by_library().items():
        for case in cases_of(questions, solver_over(library)):
            yield replace(case, part="kept")


def written(likelihoods: dict[str, Likelihood]) -> str:
    """The weights as the TOML file that `qa.evidence.likelihood.learned` reads."""
    lines = ["# Written by `python -m eval.likelihood --write`; not edited by hand."]
    for what, likelihood in likelihoods.items():
        lines += ["", f"[{what}]", f"constant = {likelihood.constant:.4f}", "", f"[{what}.weights]"]
        for name, one in sorted(likelihood.weights.items()):
            numbers = f"mean = {one.mean:.4f}, spread = {one.spread:.6f}, weight = {one.weight:.4f}"
            lines.append(f'"{name}" = {{ {numbers} }}')
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
