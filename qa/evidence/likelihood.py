"""How likely a finding is the answer: its properties, weighed as questions with known answers taught it.

The rules that decide whether a sentence answers were set one after the other. Where they refuse, what each of them says of a
finding is weighed together (logistic regression), and the meaning of the likeliest is held against that of the question.
`python -m eval.likelihood` fits both and writes the weights.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from qa.evidence.amounts import is_in_unit_asked
from qa.evidence.findings import Finding
from qa.evidence.opposites import is_of_an_opposite
from qa.evidence.relevance import Term, bigrams, coverage, holds, plain
from qa.evidence.solving import Solver
from qa.figures.values import figures_in
from qa.understanding.kinds import is_of_the_other
from qa.understanding.question import Question
from vectorstore.index import PassageIndex

WEIGHTS = Path(__file__).with_name("likelihood.toml")
KINDS_OF_ANSWER = ("date", "list", "number", "place", "text")
# So many of what was found are weighed; so many passages are near in meaning at all.
FINDINGS = 25
_NEAREST, _FAR = 40, 60
_HEADINGS = 2
# What is less likely by its properties is not read for its meaning.
READ_FROM = 0.05
# Who, how, where or why is stated in more ways than any list of words has: what the rules hold to state none is weighed as well.
_STATED_IN_ANY_WORDS = frozenset({"text"})
# A noun's worth (see `Term.worth`).
_A_NOUN = 0.8

Properties = dict[str, float]


@dataclass(frozen=True)
class Weight:
    """What a property weighs: in spreads from its mean over what the weights were fitted to."""

    mean: float
    spread: float
    weight: float


@dataclass(frozen=True)
class Likelihood:
    """The weights of the properties by name, and the constant."""

    weights: Mapping[str, Weight]
    constant: float

    def of(self, properties: Mapping[str, float]) -> float:
        """The probability (0 … 1) that a finding of these properties is the answer. Raises KeyError when one lacks."""
        total = self.constant + sum(
            one.weight * (properties[name] - one.mean) / one.spread for name, one in self.weights.items()
        )
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@lru_cache(maxsize=2)
def learned(what: str) -> Likelihood:
    """The likelihood by the "properties" of a finding or by its "meaning", with the weights that come with the program."""
    held = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))[what]
    weights = {name: Weight(**numbers) for name, numbers in held["weights"].items()}
    return Likelihood(weights, held["constant"])


def likeliest(asked: Question, findings: Sequence[Finding], solver: Solver) -> tuple[Finding, float] | None:
    """The finding of the right year that is likeliest the answer, and how likely it is; None where none can be."""
    candidate = candidate_of(asked, findings, solver, learned("properties"))
    if candidate is None:
        return None
    found, likely = candidate
    if likely < READ_FROM:
        return found, likely
    return found, learned("meaning").of(meaning_of(asked, found, solver.index, likely=likely))


def candidate_of(
    asked: Question, findings: Sequence[Finding], solver: Solver, by_properties: Likelihood
) -> tuple[Finding, float] | None:
    """The finding of the right year, which may state what is asked, that is likeliest by its properties; and how likely."""
    findings = findings[:FINDINGS]
    rated = [
        (by_properties.of(properties), found)
        for found, properties in zip(findings, properties_of(asked, findings, solver), strict=True)
        if found.right_year and _may_state(asked, found) and not _is_of_an_opposite(asked, found)
    ]
    likely, best = max(rated, key=lambda pair: pair[0], default=(0.0, None))
    return (best, likely) if best else None


def _may_state(asked: Question, found: Finding) -> bool:
    """Whether a finding may state what is asked: a figure or a date is in it or not, anything else may be in any words."""
    return found.right_kind or asked.asks in _STATED_IN_ANY_WORDS


def _is_of_an_opposite(asked: Question, found: Finding) -> bool:
    """Whether a finding tells of the other of a pair (结婚 for 离婚, 注销 for 登记)."""
    headings = "".join(found.passage.section)
    return is_of_an_opposite(asked, found.text) or is_of_the_other(asked.text, found.text, headings)


def meaning_of(asked: Question, found: Finding, index: PassageIndex, *, likely: float) -> Properties:
    """How near a finding is in meaning to what is asked, beside how likely it is by its properties."""
    return {
        "likely by properties": math.log(likely / (1 - likely)),
        "right kind": float(found.right_kind),
        "content to sentence": index.alike("".join(asked.content) or asked.text, found.text),
    }


def properties_of(asked: Question, findings: Sequence[Finding], solver: Solver) -> list[Properties]:
    """The properties of each finding, best first as they come, by itself and beside the best of them."""
    terms = solver.vocabulary.terms_of(asked)
    nearest = solver.index.dense(asked.text, limit=_NEAREST, documents=asked.documents or None)
    dense = {number: (rank, similarity) for rank, (number, similarity) in enumerate(nearest)}
    written = [solver.vocabulary.knows(term.wordings[0]) for term in terms]
    own = [
        {
            **_own(asked, found, terms, *dense.get(found.number, (_FAR, 0.0)), position=position),
            **_unsaid(found, terms, written),
        }
        for position, found in enumerate(findings)
    ]
    best = {
        name: max((one[name] for one in own), default=0.0) for name in ("coverage", "score", "says", "run")
    }
    rights = sum(one["right"] for one in own)
    beside = [{**one, **_beside(one, best, rights)} for one in own]
    return [{**one, **_of_question(asked, one, terms)} for one in beside]


def _own(
    asked: Question, found: Finding, terms: Sequence[Term], rank: int, similarity: float, *, position: int
) -> Properties:
    """What a finding says of the question, and what the rules say of it."""
    text, headings = plain(found.text), plain("".join(found.passage.section[-_HEADINGS:]))
    content = plain("".join(asked.content))
    amounts = [figure for figure in figures_in(found.text) if figure.is_amount]
    fitting = sum(is_in_unit_asked(asked, figure.unit) for figure in amounts)
    right = found.right_year and found.right_kind and found.right_subject
    return {
        "coverage": found.coverage,
        "score": found.score,
        "says": coverage(terms, text),
        "headed": coverage(terms, headings),
        "run": _longest_run(content, text) / max(1, len(content)),
        "pairs": _shared_pairs(content, text),
        "right": float(right),
        "right year": float(found.right_year),
        "right kind": float(found.right_kind),
        "right subject": float(found.right_subject),
        "stands out": float(found.stands_out),
        "is headed": float(found.is_headed),
        "measures others": float(found.measures_others),
        "is of part": float(found.is_of_part),
        "near": 1 / (1 + rank),
        "similarity": similarity,
        "is row": float(found.passage.kind == "row"),
        "is first": float(position == 0),
        "length": min(3.0, len(found.text) / 100),
        "fitting figures": min(6, fitting) / 6,
        "one figure": float(fitting == 1),
        "no figure": float(not amounts),
    }


def _beside(own: Properties, best: Properties, rights: float) -> Properties:
    """What a finding is beside the best of those found."""
    right = own["right"]
    behind = {f"{name} behind": own[name] - most for name, most in best.items()}
    return {
        **behind,
        "right score behind": right * behind["score behind"],
        **{f"right {name}": right * own[name] for name in ("coverage", "score", "says", "headed")},
        "few right": 1 / (1 + rights),
        "right of few": right / (1 + rights),
    }


def _of_question(asked: Question, own: Properties, terms: Sequence[Term]) -> Properties:
    """What kind of question it is, and what that makes of what a finding covers."""
    asks = {f"asks {kind}": float(asked.asks == kind) for kind in KINDS_OF_ANSWER}
    covered = own["right"] * own["coverage"]
    return {
        **asks,
        **{f"{name} covered": value * covered for name, value in asks.items()},
        "few terms": 1 / (1 + len(terms)),
    }


def _longest_run(content: str, text: str) -> int:
    """The length of the longest run of characters of the question that a text holds."""
    longest = 0
    for start in range(len(content)):
        while start + longest < len(content) and content[start : start + longest + 1] in text:
            longest += 1
    return longest


def _shared_pairs(content: str, text: str) -> float:
    pairs = set(bigrams(content))
    return len(pairs & set(bigrams(text))) / len(pairs) if pairs else 0.0


def _unsaid(found: Finding, terms: Sequence[Term], written: Sequence[bool]) -> Properties:
    """What share of the question's weight a finding and its headings leave unsaid: the heaviest term, and all.

    Of the terms that papers write elsewhere (`written`), which mean something else, apart from those that only people say.
    """
    total = sum(term.weight for term in terms)
    shown = plain("".join(found.passage.section[-_HEADINGS:]) + found.text)
    unsaid = [
        (term, is_written)
        for term, is_written in zip(terms, written, strict=True)
        if not any(holds(shown, wording) for wording in term.wordings)
    ]
    shares: Properties = {}
    for kind, least in (("term", 0.0), ("noun", _A_NOUN)):
        for name, wanted in (("written", True), ("unwritten", False)):
            weights = [term.weight for term, own in unsaid if own is wanted and term.worth >= least]
            shares[f"unsaid {name} {kind}"] = max(weights, default=0.0) / total if total else 1.0
            shares[f"unsaid {name} {kind}s"] = sum(weights) / total if total else 1.0
    return shares
