"""Two runs side by side, as text: how the metrics differ, and every question that went one way or the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.outcomes import COMPARED, Pairing, Record, difference, is_right, paired
from eval.significance import mcnemar_two_sided
from eval.table import KIND_NAMES, STATUS_NAMES, aligned, decimal, percent

SIGNIFICANT = 0.05


def render(first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """The whole comparison, in Chinese; `first` is the earlier run."""
    pairing = paired(first["records"], second["records"])
    lines = [
        f"先：{first['system']}，{first['date']}",
        f"后：{second['system']}，{second['date']}",
        f"两次都评了分的同一道题：{len(pairing.pairs)} 题"
        + (f"；只有一次评了分或题目已改的：{pairing.unpaired} 题，不比较" if pairing.unpaired else ""),
    ]
    if not pairing.pairs:
        return "\n".join([*lines, "没有可比较的题目。"])
    return "\n".join(
        [
            *lines,
            "",
            _verdict(pairing),
            "",
            *aligned(rows(pairing)),
            "",
            *aligned(kind_rows(pairing)),
            *_listed("变好", pairing.better),
            *_listed("变差", pairing.worse),
        ]
    )


def rows(pairing: Pairing) -> list[tuple[str, ...]]:
    """A heading and one row for each metric: first, second, difference, its 95 % interval, p."""
    count = len(pairing.pairs)
    accuracies = [sum(is_right(pair[side]) for pair in pairing.pairs) / count for side in (0, 1)]
    gain = difference(pairing, "right")
    table: list[tuple[str, ...]] = [
        ("指标", "先", "后", "差", "差的95%区间", "p", "题数"),
        (
            "正确率",
            *(percent(accuracy) for accuracy in accuracies),
            f"{100 * (accuracies[1] - accuracies[0]):+.1f}",
            f"{100 * gain.low:+.1f} ~ {100 * gain.high:+.1f}" if gain else "-",
            p_value(pairing.p),
            str(count),
        ),
    ]
    for name, key, _ in COMPARED:
        found = difference(pairing, key)
        if found is None:
            table.append((name, "-", "-", "-", "-", "-", "0"))
            continue
        means = [_mean(pairing, key, side) for side in (0, 1)]
        interval = f"{found.low:+.3f} ~ {found.high:+.3f}"
        table.append(
            (
                name,
                decimal(means[0], 3),
                decimal(means[1], 3),
                f"{found.mean:+.3f}",
                interval,
                p_value(found.p),
                str(found.pairs),
            )
        )
    return table


def kind_rows(pairing: Pairing) -> list[tuple[str, ...]]:
    """A heading and one row for each kind of question: right before and after, better, worse, p."""
    table: list[tuple[str, ...]] = [("题型", "题数", "先对", "后对", "变好", "变差", "p")]
    for kind, name in KIND_NAMES.items():
        of_kind = Pairing(tuple(pair for pair in pairing.pairs if pair[0]["question"]["kind"] == kind), 0)
        if of_kind.pairs:
            better, worse = len(of_kind.better), len(of_kind.worse)
            before = sum(is_right(one) for one, _ in of_kind.pairs)
            table.append(
                (
                    name,
                    str(len(of_kind.pairs)),
                    str(before),
                    str(before + better - worse),
                    str(better),
                    str(worse),
                    p_value(mcnemar_two_sided(worse, better)),
                )
            )
    return table


def p_value(p: float) -> str:
    """A p-value as readers see it; * marks one below 0.05."""
    return ("<0.001" if p < 0.001 else f"{p:.3f}") + ("*" if p < SIGNIFICANT else "")


def _verdict(pairing: Pairing) -> str:
    better, worse = len(pairing.better), len(pairing.worse)
    if better == worse:
        told = "对错题数相同" if better else "每题的对错都相同"
    elif pairing.p < SIGNIFICANT:
        told = "后一次更好，不是偶然" if better > worse else "后一次更差，不是偶然"
    else:
        told = "差别可能出于偶然"
    return f"变好 {better} 题，变差 {worse} 题（McNemar 精确检验，p {p_value(pairing.p)}）：{told}。"


def _listed(heading: str, pairs: Sequence[tuple[Record, Record]]) -> list[str]:
    lines = ["", f"{heading}的 {len(pairs)} 题" + ("：" if pairs else "。")]
    for one, other in pairs:
        question = one["question"]
        lines += [
            "",
            f"【{question['id']}】{KIND_NAMES[question['kind']]}：{question['question']}",
            f"  先（{STATUS_NAMES[one['answer']['status']]}）：{one['answer']['text']}",
            f"  后（{STATUS_NAMES[other['answer']['status']]}）：{other['answer']['text']}",
            f"  参考：{question['reference']}",
        ]
    return lines


def _mean(pairing: Pairing, key: str, side: int) -> float:
    both = [pair for pair in pairing.pairs if all(record["scores"].get(key) is not None for record in pair)]
    return float(sum(pair[side]["scores"][key] for pair in both) / len(both))
