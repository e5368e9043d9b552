"""The gate: a run must not be worse than the committed baseline by more than noise.

The baseline (`baseline.json`) keeps, for each system, what became of every question: right or not, refused or
not, its evidence and citations. A run is compared question by question with it, so that what improved elsewhere does
not hide what broke, and a run over some of the questions is compared over these.

Noise. Extractive answers are computed: the same code gives the same answers on one machine, and the last digits of
vectors on another may turn a tie, a question or two. So a check of outcomes fails when

- over all questions NET_LOSS (3) or more are lost net of those gained, or over one kind (from 10 questions on)
  and over unanswerable ones NET_LOSS_OF_KIND (2) or more, or
- the exact one-sided McNemar test says at 5 % that losing is likelier than gaining (5 lost, none gained).

A mean (evidence recall, MRR, citation recall) fails when the one-sided paired bootstrap at 5 % puts it below the
baseline by more than LEAST_DROP (0.005). No noise excuses a citation that is not the document's text or is given
another title than in the baseline, a figure without a source where the baseline had none, or a question that
could not be scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.baseline_file import MEANS, PLACES, fingerprint, section_of, titles_in
from eval.outcomes import Record, answered, is_right
from eval.significance import mcnemar_worse, surely_worse_by
from eval.storing import RunUnusable
from eval.table import KIND_NAMES

NET_LOSS = 3
NET_LOSS_OF_KIND = 2
SMALLEST_KIND = 10
LEAST_DROP = 0.005
SIGNIFICANCE = 0.05

Kept = Mapping[str, Any]
"""What the baseline keeps of one question."""


@dataclass(frozen=True)
class Check:
    """One metric held against the baseline; `questions` are the ids that speak for a fall."""

    name: str
    passed: bool
    told: str
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """All checks of one run. `unknown` questions are not in the baseline, or are other questions there."""

    section: str
    pairs: int
    unknown: int
    checks: tuple[Check, ...]

    @property
    def passed(self) -> bool:
        """Whether no check fell."""
        return all(check.passed for check in self.checks)


def check(baseline: Mapping[str, Any], run: Mapping[str, Any]) -> Verdict:
    """Hold a run against its section. Raises RunUnusable when there is no such section or nothing in common."""
    section = section_of(run)
    if section not in baseline:
        raise RunUnusable(f"基线里没有 {section} 的结果。", "请先用 python -m eval gate --update 写下基线。")
    kept = baseline[section]["questions"]
    pairs = [
        (kept[record["question"]["id"]], record)
        for record in run["records"]
        if record["question"]["id"] in kept and kept[record["question"]["id"]]["asked"] == fingerprint(record)
    ]
    if not pairs:
        raise RunUnusable("这次评测与基线没有相同的题目。", "请用 python -m eval gate --update 更新基线。")
    scored = [(before, record) for before, record in pairs if record["scores"]]
    checks = (
        *_hard_checks(run["records"], kept, baseline[section]["titles"]),
        *_outcome_checks(scored),
        *_mean_checks(scored),
    )
    return Verdict(section, len(pairs), len(run["records"]) - len(pairs), checks)


def render(verdict: Verdict) -> str:
    """The verdict in Chinese, what fell first."""
    lines = [f"与基线（{verdict.section}）逐题比较 {verdict.pairs} 题。"]
    if verdict.unknown:
        lines.append(f"另有 {verdict.unknown} 题不在基线里或题目已改，未比较；可用 --update 更新基线。")
    for one in sorted(verdict.checks, key=lambda one: one.passed):
        lines.append(f"{'通过' if one.passed else '退步'}  {one.name}：{one.told}")
        if not one.passed and one.questions:
            more = f"等 {len(one.questions)} 题" if len(one.questions) > 20 else ""
            lines.append(f"      {'、'.join(one.questions[:20])}{more}")
    lines.append("没有退步。" if verdict.passed else "有退步，超出了偶然的范围。")
    return "\n".join(lines)


def _hard_checks(
    records: Sequence[Record], kept: Mapping[str, Kept], titles: Mapping[str, str]
) -> Iterator[Check]:
    """What no question may show, be it in the baseline or new."""
    failed = [record for record in records if not record["scores"]]
    because = f"，第一个错误：{failed[0]['error']['message']}" if failed else ""
    yield _none("未能评分", [_id(record) for record in failed], because)
    scored = [record for record in records if record["scores"]]
    inexact = [r for r in scored if r["scores"]["citation_exactness"] not in (None, 1.0)]
    yield _none("引用与原文不符", [_id(record) for record in inexact])
    figures = [
        _id(record)
        for record in scored
        if record["scores"]["unsupported_figures"]
        and answered(record)
        and not kept.get(_id(record), {}).get("unsupported", False)
    ]
    yield _none("有数字没有出处", figures)
    mistaken = [
        _id(record)
        for record in scored
        if any(titles.get(name, title) != title for name, title in titles_in([record]))
    ]
    yield _none("文件标题与基线不同", mistaken)


def _outcome_checks(scored: Sequence[tuple[Kept, Record]]) -> Iterator[Check]:
    right = [(bool(before["right"]), is_right(record), record) for before, record in scored]
    yield _outcome("正确率", right, NET_LOSS)
    for kind, name in KIND_NAMES.items():
        of_kind = [each for each in right if each[2]["question"]["kind"] == kind]
        if len(of_kind) >= SMALLEST_KIND:
            yield _outcome(f"正确率（{name}）", of_kind, NET_LOSS_OF_KIND)
    due = [(bool(b["refused"]), not answered(r), r) for b, r in scored if _is_unanswerable(r)]
    if due:
        yield _outcome("拒答召回率", due, NET_LOSS_OF_KIND)
    undue = [(not b["refused"], answered(r), r) for b, r in scored if not _is_unanswerable(r)]
    if undue:
        yield _outcome("拒答精确率（有答案而不拒答）", undue, NET_LOSS)


def _mean_checks(scored: Sequence[tuple[Kept, Record]]) -> Iterator[Check]:
    for name, key in MEANS:
        both = [
            (before[key], round(record["scores"][key], PLACES), _id(record))
            for before, record in scored
            if before[key] is not None and record["scores"][key] is not None
        ]
        if not both:
            continue
        first, second = [value for value, _, _ in both], [value for _, value, _ in both]
        lower = tuple(identifier for before, now, identifier in both if now < before)
        means = f"{sum(first) / len(both):.3f} → {sum(second) / len(both):.3f}"
        told = f"{means}（{len(both)} 题，降低 {len(lower)} 题）"
        yield Check(name, surely_worse_by(first, second) <= LEAST_DROP, told, lower)


def _outcome(name: str, outcomes: Sequence[tuple[bool, bool, Record]], net_loss: int) -> Check:
    """`outcomes`: good in the baseline, good now, the record."""
    lost = tuple(_id(record) for before, now, record in outcomes if before and not now)
    gained = sum(now and not before for before, now, _ in outcomes)
    worse = len(lost) - gained >= net_loss or mcnemar_worse(len(lost), gained) < SIGNIFICANCE
    good_before = sum(before for before, _, _ in outcomes)
    good_now = sum(now for _, now, _ in outcomes)
    told = f"{good_before} → {good_now}（共 {len(outcomes)} 题，失 {len(lost)}，得 {gained}）"
    return Check(name, not worse, told, lost)


def _none(name: str, questions: Sequence[str], because: str = "") -> Check:
    return Check(name, not questions, f"{len(questions)} 题，不容许有{because}", tuple(questions))


def _is_unanswerable(record: Record) -> bool:
    return bool(record["question"]["kind"] == "unanswerable")


def _id(record: Record) -> str:
    return str(record["question"]["id"])
