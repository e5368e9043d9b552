"""What an evaluation prints: the table by kind, the totals, and every miss in readable form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

KIND_NAMES = {
    "fact": "单一事实",
    "several": "多项事实",
    "list": "列举",
    "text": "文字归纳",
    "table": "表格",
    "spoken": "口语",
    "comparison": "比较",
    "calculation": "计算",
    "follow_up": "追问",
    "premise": "错误前提",
    "unanswerable": "无答案",
    "english": "英文",
    "traditional": "繁体",
}
_STATUS_NAMES = {"answered": "已答", "partial": "部分答", "not_found": "未找到"}
_HEADINGS = (
    "题型",
    "题数",
    "正确率",
    "95%区间",
    "依据召回@5",
    "依据MRR",
    "引用准确",
    "引用精确率",
    "引用召回率",
    "中位(秒)",
    "P95(秒)",
)


def render(run: Mapping[str, Any]) -> str:
    """The table by kind and the totals of one run, aligned for a terminal with double-width Chinese."""
    total = run["summary"]["total"]
    rows = [_row(KIND_NAMES[kind], summary) for kind, summary in run["summary"]["by_kind"].items()]
    lines = _aligned([_HEADINGS, *rows, _row("合计", total)])
    rule = "-" * width(lines[0])
    body = [lines[0], rule, *lines[1:-1], rule, lines[-1]]
    return "\n".join([*body, "", *_totals(run)])


def misses(run: Mapping[str, Any]) -> str:
    """Every wrong answer, and every question that could not be scored, with what is needed to see why."""
    wrong = [record for record in run["records"] if not (record["scores"] and record["scores"]["right"])]
    heading = (
        f"系统 {run['system']}，{run['date']}：{len(run['records'])} 题中 {len(wrong)} 题不对或未能评分。"
    )
    return "\n\n".join([heading, *(_miss(record) for record in wrong)])


def width(text: str) -> int:
    """Columns that `text` takes in a terminal: East Asian wide and full-width ones count two (UAX #11)."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, the first column to the left and the others to the right."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (space - width(cell)) + cell for cell, space in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells))
    return lines


def _row(name: str, summary: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        name,
        str(summary["questions"]),
        _percent(summary["accuracy"]),
        _interval(summary["interval"]),
        _percent(summary["evidence_recall"]),
        _decimal(summary["reciprocal_rank"], 3),
        _percent(summary["citation_exactness"]),
        _percent(summary["citation_precision"]),
        _percent(summary["citation_recall"]),
        _decimal(summary["median_seconds"], 2),
        _decimal(summary["p95_seconds"], 2),
    )


def _totals(run: Mapping[str, Any]) -> list[str]:
    total = run["summary"]["total"]
    answerers = "，".join(f"{name} {count}" for name, count in total["answered_by"].items()) or "无"
    length = total["median_brevity"]
    lines = [
        f"系统：{run['system']}，启动 {run['seconds_to_open']:.1f} 秒，{run['date']}",
        f"正确：{total['right']}/{total['questions'] - total['not_scored']}，过长 {total['over_long']} 题",
        f"拒答：精确率 {_percent(total['refusal_precision'])}，召回率 {_percent(total['refusal_recall'])}"
        f"（拒答 {total['refused']} 题，应拒答 {total['unanswerable']} 题）",
        f"作答：{answerers}；篇幅中位数 {'-' if length is None else f'{length:.0f}'} 字",
        f"数字没有出处的回答：{total['with_unsupported_figures']}（计算题和拒答不计）",
        f"未能评分：{total['not_scored']}（不计入正确率）",
    ]
    errors = [record["error"]["message"] for record in run["records"] if record["error"]]
    return lines + [f"其中第一个错误：{error}" for error in errors[:1]]


def _miss(record: Mapping[str, Any]) -> str:
    question, answer, scores = record["question"], record["answer"], record["scores"]
    lines = [f"【{question['id']}】{KIND_NAMES[question['kind']]}"]
    for turn in question["history"]:
        lines += [f"前问：{turn['question']}", f"前答：{turn['answer']}"]
    lines.append(f"问题：{question['question']}")
    if scores is None:
        return "\n".join([*lines, f"未能评分：{record['error']['message']}"])
    manner = f"{_STATUS_NAMES[answer['status']]}，{answer['answered_by']}，{scores['brevity']} 字"
    lines += [
        f"回答（{manner}）：{answer['text']}",
        f"参考：{question['reference']}",
        *(f"缺少要点：{' / '.join(point)}" for point in scores["missing"]),
        *(f"出现禁语：{statement}" for statement in scores["forbidden"]),
    ]
    if scores["over_long"]:
        lines.append("回答过长。")
    if question["kind"] == "unanswerable":
        lines.append("应当拒答，却作了回答。")
    elif answer["status"] == "not_found":
        lines.append("应当作答，却拒答了。")
    recall = scores["evidence_recall"]
    return "\n".join([*lines, *([f"依据召回@5：{_percent(recall)}"] if recall is not None else [])])


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f}%"


def _interval(interval: Sequence[float] | None) -> str:
    return "-" if interval is None else f"{100 * interval[0]:.0f}-{100 * interval[1]:.0f}"


def _decimal(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"
