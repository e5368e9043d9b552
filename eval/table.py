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
    "contradiction": "矛盾存疑",
    "overview": "综述",
    "unanswerable": "无答案",
    "english": "英文",
    "traditional": "繁体",
}
STAGE_NAMES = {
    "understand": "理解问题",
    "retrieve": "检索",
    "select": "选依据",
    "find": "查找依据",
    "answer": "作答",
    "total": "合计",
}
STATUS_NAMES = {"answered": "已答", "partial": "部分答", "not_found": "未找到"}
HEADINGS = (
    "题型",
    "题数",
    "正确率",
    "95%区间",
    "依据召回@5",
    "依据nDCG@5",
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
    rows = [row(KIND_NAMES[kind], summary) for kind, summary in run["summary"]["by_kind"].items()]
    lines = aligned([HEADINGS, *rows, row("合计", total)])
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


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, the first column to the left and the others to the right."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [first + " " * (widths[0] - width(first))]
        cells += [" " * (space - width(cell)) + cell for cell, space in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells))
    return lines


def row(name: str, summary: Mapping[str, Any]) -> tuple[str, ...]:
    """The cells of one summary under HEADINGS."""
    return (
        name,
        str(summary["questions"]),
        percent(summary["accuracy"]),
        interval(summary["interval"]),
        percent(summary["evidence_recall"]),
        decimal(summary.get("ndcg"), 3),
        decimal(summary["reciprocal_rank"], 3),
        percent(summary["citation_exactness"]),
        percent(summary["citation_precision"]),
        percent(summary["citation_recall"]),
        decimal(summary["median_seconds"], 2),
        decimal(summary["p95_seconds"], 2),
    )


def _totals(run: Mapping[str, Any]) -> list[str]:
    total = run["summary"]["total"]
    answerers = "，".join(f"{name} {count}" for name, count in total["answered_by"].items()) or "无"
    length = total["median_brevity"]
    lines = [
        f"系统：{run['system']}，启动 {run['seconds_to_open']:.1f} 秒，{run['date']}",
        f"正确：{total['right']}/{total['questions'] - total['not_scored']}，过长 {total['over_long']} 题",
        f"拒答：精确率 {percent(total['refusal_precision'])}，召回率 {percent(total['refusal_recall'])}"
        f"（拒答 {total['refused']} 题，应拒答 {total['unanswerable']} 题）",
        f"作答：{answerers}；篇幅中位数 {'-' if length is None else f'{length:.0f}'} 字",
        f"数字没有出处的回答：{total['with_unsupported_figures']}（拒答不计），"
        f"属于别处、别年或别的事项的：{total.get('with_wrong_owner_figures', '-')}",
        f"未能评分：{total['not_scored']}（不计入正确率）",
    ]
    if total.get("stages"):
        lines.append(f"各步耗时中位数：{stages(total['stages'])}")
    if total.get("tokens"):
        told = "，".join(f"{sort} {count:.0f}" for sort, count in total["tokens"].items())
        lines.append(f"每答词元平均：{told}")
    if run.get("memory_mib"):
        lines.append(f"内存：{run['memory_mib']:.0f} MiB（含子进程）")
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
    manner = f"{STATUS_NAMES[answer['status']]}，{answer['answered_by']}，{scores['brevity']} 字"
    lines += [
        f"回答（{manner}）：{answer['text']}",
        f"参考：{question['reference']}",
        *(f"缺少要点：{' / '.join(point)}" for point in scores["missing"]),
        *(f"出现禁语：{statement}" for statement in scores["forbidden"]),
    ]
    if scores["over_long"]:
        lines.append("回答过长。")
    if scores.get("unwarned"):
        lines.append("缺少对存疑之处的提示。")
    if question["kind"] == "unanswerable":
        lines.append("应当拒答，却作了回答。")
    elif answer["status"] == "not_found":
        lines.append("应当作答，却拒答了。")
    recall = scores["evidence_recall"]
    return "\n".join([*lines, *([f"依据召回@5：{percent(recall)}"] if recall is not None else [])])


def stages(summary: Mapping[str, Mapping[str, float | None]]) -> str:
    """The median seconds of each stage in one line."""
    return "，".join(
        f"{STAGE_NAMES.get(name, name)} {decimal(values['median'], 3)} 秒" for name, values in summary.items()
    )


def percent(value: float | None) -> str:
    """A share as readers see it, "-" for what could not be scored."""
    return "-" if value is None else f"{100 * value:.1f}%"


def interval(bounds: Sequence[float] | None) -> str:
    """A 95 % interval of a share, in per cent."""
    return "-" if bounds is None else f"{100 * bounds[0]:.0f}-{100 * bounds[1]:.0f}"


def decimal(value: float | None, places: int) -> str:
    """A number with so many decimal places, "-" for what could not be scored."""
    return "-" if value is None else f"{value:.{places}f}"
