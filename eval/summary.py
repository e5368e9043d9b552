"""From scored answers to the figures of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from eval import metrics
from eval.gold import Kind

_AVERAGED = (
    "evidence_recall",
    "ndcg",
    "reciprocal_rank",
    "citation_exactness",
    "citation_precision",
    "citation_recall",
)


def summarise(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The means by kind (in the order of `Kind`) and over all; None where there was nothing to score."""
    by_kind = {}
    for kind in get_args(Kind):
        of_kind = [record for record in records if record["question"]["kind"] == kind]
        if of_kind:
            by_kind[kind] = _summary(of_kind)
    return {"by_kind": by_kind, "total": _summary(records) | _totals(records)}


def _summary(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    scores = [record["scores"] for record in records if record["scores"]]
    right = [score["right"] for score in scores]
    seconds = [score["seconds"] for score in scores]
    return {
        "questions": len(records),
        "not_scored": len(records) - len(scores),
        "right": sum(right),
        "accuracy": metrics.mean(right),
        "interval": metrics.bootstrap_interval(right),
        # .get: runs of before a metric existed could not be scored by it.
        **{name: metrics.mean(score.get(name) for score in scores) for name in _AVERAGED},
        "median_seconds": metrics.quantile(seconds, 0.5),
        "p95_seconds": metrics.quantile(seconds, 0.95),
        "median_brevity": metrics.quantile([score["brevity"] for score in scores], 0.5),
    }


def _totals(records: Sequence[dict[str, Any]]) -> dict[str, Any]:
    scored = [record for record in records if record["scores"]]
    outcomes = [
        (record["question"]["kind"] != "unanswerable", record["answer"]["status"] == "not_found")
        for record in scored
    ]
    precision, recall = metrics.refusal_precision_recall(outcomes)
    answerers = [record["answer"]["answered_by"] for record in scored]
    quoting = [record["scores"] for record in scored if record["answer"]["status"] != "not_found"]
    return {
        "refused": sum(refused for _, refused in outcomes),
        "unanswerable": sum(not answerable for answerable, _ in outcomes),
        "refusal_precision": precision,
        "refusal_recall": recall,
        "answered_by": {name: answerers.count(name) for name in sorted(set(answerers))},
        "over_long": sum(record["scores"]["over_long"] for record in scored),
        "unwarned": sum(record["scores"].get("unwarned", False) for record in scored),
        "with_unsupported_figures": sum(bool(scores["unsupported_figures"]) for scores in quoting),
        # .get: runs of before it was counted.
        "with_wrong_owner_figures": sum(bool(scores.get("wrong_owner_figures")) for scores in quoting),
        "stages": _stages([record["answer"]["timings"] for record in scored]),
        "tokens": _tokens([record["answer"].get("tokens") for record in scored]),
    }


def _stages(timings: Sequence[Mapping[str, float]]) -> dict[str, dict[str, float | None]]:
    """Median and 95th percentile of the seconds of each stage, over the answers that went through it."""
    names = dict.fromkeys(name for laps in timings for name in laps)
    if "total" in names:
        names["total"] = names.pop("total")  # last, whenever it was first known
    return {
        name: {
            "answers": len(values := [laps[name] for laps in timings if name in laps]),
            "median": metrics.quantile(values, 0.5),
            "p95": metrics.quantile(values, 0.95),
        }
        for name in names
    }


def _tokens(tokens: Sequence[Mapping[str, int] | None]) -> dict[str, float] | None:
    """The mean number of tokens of each sort over the answers that tell; None when none does."""
    told = [counts for counts in tokens if counts]
    sorts = dict.fromkeys(sort for counts in told for sort in counts)
    return {sort: sum(counts.get(sort, 0) for counts in told) / len(told) for sort in sorts} or None
