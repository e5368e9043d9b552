"""From scored answers to the figures of a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

from eval import metrics
from eval.gold import Kind

_AVERAGED = (
    "evidence_recall",
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
        **{name: metrics.mean(score[name] for score in scores) for name in _AVERAGED},
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
    quoting = [
        record["scores"]
        for record in scored
        if record["question"]["kind"] != "calculation" and record["answer"]["status"] != "not_found"
    ]
    return {
        "refused": sum(refused for _, refused in outcomes),
        "unanswerable": sum(not answerable for answerable, _ in outcomes),
        "refusal_precision": precision,
        "refusal_recall": recall,
        "answered_by": {name: answerers.count(name) for name in sorted(set(answerers))},
        "over_long": sum(record["scores"]["over_long"] for record in scored),
        "with_unsupported_figures": sum(bool(scores["unsupported_figures"]) for scores in quoting),
    }
