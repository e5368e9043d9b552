"""What became of each question, and how two runs' answers to it differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eval.significance import Difference, mcnemar_two_sided, paired_bootstrap

Record = Mapping[str, Any]

RIGHT = "正确"
# In this order: the first that applies names the error, the cause nearest to the beginning of the walk.
ERROR_TYPES = (
    "未能评分",
    "应拒答却作答",
    "应作答却拒答",
    "没有找到依据",
    "说了不该说的",
    "找到依据但缺要点",
    "缺少存疑提示",
    "过长",
)

# Means compared between two runs: what readers call it, its key in the scores, whether more is better.
COMPARED = (
    ("依据召回@5", "evidence_recall", True),
    ("依据 nDCG@5", "ndcg", True),
    ("依据 MRR", "reciprocal_rank", True),
    ("引用准确", "citation_exactness", True),
    ("引用精确率", "citation_precision", True),
    ("引用召回率", "citation_recall", True),
    ("篇幅（字）", "brevity", False),
    ("耗时（秒）", "seconds", False),
)


@dataclass(frozen=True)
class Pairing:
    """Two runs' records of the questions that both scored, and how many questions only one of them holds."""

    pairs: tuple[tuple[Record, Record], ...]
    unpaired: int

    @property
    def better(self) -> list[tuple[Record, Record]]:
        """Wrong in the first run, right in the second."""
        return [pair for pair in self.pairs if is_right(pair[1]) and not is_right(pair[0])]

    @property
    def worse(self) -> list[tuple[Record, Record]]:
        """Right in the first run, wrong in the second."""
        return [pair for pair in self.pairs if is_right(pair[0]) and not is_right(pair[1])]

    @property
    def p(self) -> float:
        """Two-sided exact McNemar test of the accuracies."""
        return mcnemar_two_sided(len(self.worse), len(self.better))


def outcome(record: Record) -> str:
    """RIGHT, or the one of ERROR_TYPES that says why not."""
    scores = record["scores"]
    if scores is None:
        return "未能评分"
    if scores["right"]:
        return RIGHT
    unanswerable = record["question"]["kind"] == "unanswerable"
    causes = (
        ("应拒答却作答", unanswerable),
        ("应作答却拒答", not answered(record)),
        ("没有找到依据", scores["missing"] and (scores["evidence_recall"] or 0) < 1),
        ("说了不该说的", scores["forbidden"]),
        ("找到依据但缺要点", scores["missing"]),
        ("缺少存疑提示", scores.get("unwarned")),
        ("过长", True),
    )
    return next(name for name, applies in causes if applies)


def answered(record: Record) -> bool:
    """Whether a scored record holds an answer and no refusal."""
    return bool(record["answer"]["status"] != "not_found")


def is_right(record: Record) -> bool:
    """Whether a scored answer is right."""
    return bool(record["scores"] and record["scores"]["right"])


def paired(first: Sequence[Record], second: Sequence[Record]) -> Pairing:
    """Pair two runs by question. A question whose wording or required points changed is another question."""
    earlier = {record["question"]["id"]: record for record in first}
    pairs = tuple(
        (earlier[record["question"]["id"]], record)
        for record in second
        if record["question"]["id"] in earlier
        and asked(earlier[record["question"]["id"]]) == asked(record)
        and earlier[record["question"]["id"]]["scores"]
        and record["scores"]
    )
    held = {record["question"]["id"] for record in (*first, *second)}
    return Pairing(pairs, len(held) - len(pairs))


def asked(record: Record) -> tuple[str, ...]:
    """What makes it the same question to a scorer: its text, history, points and forbidden statements."""
    question = record["question"]
    history = [f"{turn['question']}\t{turn['answer']}" for turn in question["history"]]
    points = ["|".join(point) for point in question["points"]]
    return (
        question["question"],
        *history,
        *points,
        *question["forbidden"],
        str(question.get("warns", False)),
    )


def difference(pairing: Pairing, key: str) -> Difference | None:
    """Second minus first of one score, over the pairs where both have it. None where no pair has."""
    both = [
        (one["scores"].get(key), other["scores"].get(key))
        for one, other in pairing.pairs
        if one["scores"].get(key) is not None and other["scores"].get(key) is not None
    ]
    return paired_bootstrap([float(one) for one, _ in both], [float(other) for _, other in both])
