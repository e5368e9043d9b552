"""What the report draws and tabulates: records grouped, counted and handed to `eval.charts`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

from eval import metrics
from eval.charts import Bar, Stack, bars, histogram, stacks
from eval.compare import p_value
from eval.outcomes import ERROR_TYPES, Record, is_right, outcome, paired
from eval.table import KIND_NAMES, decimal, percent

_LONGEST_LABEL = 15
_GROUPS = 4
_SCORE_PLACES = 4
_OUTCOMES = (
    ("right", "答对"),
    ("due", "该拒答而拒答"),
    ("refused", "有答案却拒答"),
    ("wrong", "答错"),
)


def accuracy_by_kind(records: Sequence[Record]) -> str:
    """Accuracy with its interval, a bar for each kind of question."""
    groups = {
        name: [record for record in records if record["question"]["kind"] == kind]
        for kind, name in KIND_NAMES.items()
    }
    return _accuracies(groups, title="按题型的正确率")


def accuracy_by_document(records: Sequence[Record]) -> str:
    """Accuracy with its interval, a bar for each document that questions draw on."""
    titles = {
        source["document"]: source["title"]
        for record in records
        if record["answer"]
        for source in (*record["answer"]["evidence"], *record["answer"]["citations"])
    }
    documents = sorted({name for record in records for name in record["question"]["documents"]})
    groups: dict[str, list[Record]] = {}
    for name in documents:
        label = _short(titles.get(name) or name)
        label = _short(name) if label in groups else label
        groups[label] = [record for record in records if name in record["question"]["documents"]]
    return _accuracies(groups, title="按文件的正确率")


def error_types(records: Sequence[Record]) -> str:
    """How many questions went wrong in which way; each under the first cause that applies."""
    outcomes = [outcome(record) for record in records]
    rows = [
        Bar(name, outcomes.count(name) / len(records), None, f"{outcomes.count(name)} 题")
        for name in ERROR_TYPES
        if name in outcomes
    ]
    return bars(rows, title="错误类型（占全部题目）") if rows else ""


def refusals_by_evidence(scored: Sequence[Record]) -> str:
    """What became of questions by how good their best passage was: refusals belong where it is weak."""
    with_passages = [record for record in scored if record["answer"]["evidence"]]
    rows = []
    without = [record for record in scored if not record["answer"]["evidence"]]
    if without:
        rows.append(_stack("没有找到段落", without))
    # Scores that read the same belong to one group: many questions can share the best score that there is.
    scores = [round(_best_score(record), _SCORE_PLACES) for record in with_passages]
    bounds = sorted({metrics.quantile(scores, share / _GROUPS) or 0.0 for share in range(_GROUPS)})
    for low, high in zip(bounds, [*bounds[1:], math.inf], strict=True):
        group = [record for record, best in zip(with_passages, scores, strict=True) if low <= best < high]
        if group:
            inside = [best for best in scores if low <= best < high]
            rows.append(_stack(f"检索得分 {min(inside):g}~{max(inside):g}", group))
    key = "".join(f'<span><i class="{kind}"></i>{escape(name)}</span>' for kind, name in _OUTCOMES)
    note = "按第一段依据的检索得分从低到高分组：得分低的一端应多是该拒答的题。"
    return f'<p class="soft">{note}</p><p class="key">{key}</p>{stacks(rows, title="拒答与检索得分")}'


def latencies(records: Sequence[Record]) -> str:
    """How the seconds of whole answers are distributed."""
    seconds = [record["scores"]["seconds"] for record in records if record["scores"]]
    if not seconds:
        return ""
    marks = [
        (name, metrics.quantile(seconds, share) or 0.0) for name, share in (("中位数", 0.5), ("P95", 0.95))
    ]
    return histogram(seconds, marks=marks, title="每题耗时的分布")


def ratios(runs: Sequence[Mapping[str, Any]]) -> tuple[list[tuple[str, ...]], int]:
    """A table of runs side by side over the questions that all scored, each with its ratio to the first.

    Returns the rows, the heading first, and the number of questions.
    """
    common = set.intersection(*({pair[1]["question"]["id"] for pair in _pairs(runs[0], run)} for run in runs))
    records = [[r for r in run["records"] if r["question"]["id"] in common] for run in runs]
    names = [run["system"] for run in runs]
    if len(set(names)) < len(names):
        names = [f"{run['system']} {run['date'][:16].replace('T', ' ')}" for run in runs]
    rows: list[tuple[str, ...]] = [("指标", *names)]
    for name, value, shown in _MEASURED:
        values = [value(of_run) for of_run in records]
        cells = [shown(values[0])]
        for other in values[1:]:
            first = values[0]
            ratio = f"（{other / first:.2f}）" if first and other is not None else ""
            cells.append(shown(other) + ratio)
        rows.append((name, *cells))
    rows.append(
        (
            "正确率之差的 p",
            "-",
            *(p_value(paired(records[0], other).p) if common else "-" for other in records[1:]),
        )
    )
    return rows, len(common)


def _pairs(first: Mapping[str, Any], other: Mapping[str, Any]) -> Sequence[tuple[Record, Record]]:
    return paired(first["records"], other["records"]).pairs


def _mean_of(key: str) -> Callable[[Sequence[Record]], float | None]:
    return lambda records: metrics.mean(record["scores"].get(key) for record in records)


def _seconds(share: float) -> Callable[[Sequence[Record]], float | None]:
    return lambda records: metrics.quantile([record["scores"]["seconds"] for record in records], share)


def _three_places(value: float | None) -> str:
    return decimal(value, 3)


def _two_places(value: float | None) -> str:
    return decimal(value, 2)


_Measure = tuple[str, Callable[[Sequence[Record]], float | None], Callable[[float | None], str]]
_MEASURED: tuple[_Measure, ...] = (
    ("正确率", lambda records: metrics.mean(is_right(record) for record in records), percent),
    ("依据召回@5", _mean_of("evidence_recall"), percent),
    ("依据 nDCG@5", _mean_of("ndcg"), _three_places),
    ("依据 MRR", _mean_of("reciprocal_rank"), _three_places),
    ("引用准确", _mean_of("citation_exactness"), percent),
    ("引用精确率", _mean_of("citation_precision"), percent),
    ("引用召回率", _mean_of("citation_recall"), percent),
    ("篇幅（字，平均）", _mean_of("brevity"), _two_places),
    ("耗时中位数（秒）", _seconds(0.5), _three_places),
    ("耗时 P95（秒）", _seconds(0.95), _three_places),
)


def _accuracies(groups: Mapping[str, Sequence[Record]], *, title: str) -> str:
    rows = []
    for name, members in groups.items():
        right = [is_right(record) for record in members if record["scores"]]
        if right:
            note = f"{sum(right)}/{len(right)}"
            rows.append(Bar(name, sum(right) / len(right), metrics.bootstrap_interval(right), note))
    return bars(rows, title=title) if rows else ""


def _stack(label: str, members: Sequence[Record]) -> Stack:
    counts = dict.fromkeys((kind for kind, _ in _OUTCOMES), 0)
    for record in members:
        refused = record["answer"]["status"] == "not_found"
        if is_right(record):
            counts["due" if refused else "right"] += 1
        else:
            counts["refused" if refused else "wrong"] += 1
    return Stack(label, tuple(counts.items()))


def _best_score(record: Record) -> float:
    return float(record["answer"]["evidence"][0]["score"])


def _short(title: str) -> str:
    """A label that fits beside a bar."""
    return title[: _LONGEST_LABEL - 1] + "…" if len(title) > _LONGEST_LABEL else title
