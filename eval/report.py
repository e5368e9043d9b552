"""One self-contained HTML page about a run: it asks for nothing, runs no script, and prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from eval import figures_of_runs as figures
from eval.outcomes import Record, answered, is_right, outcome
from eval.storing import RunUnusable
from eval.table import HEADINGS, KIND_NAMES, STAGE_NAMES, STATUS_NAMES, decimal, interval, percent, row

_STYLE = Path(__file__).resolve().parent / "report.css"
# Nothing may be fetched and no script may run, whatever a document or a model has written.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_EVIDENCE_SHOWN = 5


def write(path: Path, run: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> None:
    """Write the page. Raises RunUnusable where it cannot be written."""
    try:
        path.write_text(render(run, others), encoding="utf-8")
    except OSError as error:
        raise RunUnusable(f"无法写入 {path}：{error.strerror}。", "请用 --out 指定能写入的文件。") from error


def render(run: Mapping[str, Any], others: Sequence[Mapping[str, Any]] = ()) -> str:
    """The page as HTML; `others` are runs to compare with, over the questions that all of them scored."""
    title = f"评测报告：{run['system']}，{run['date'][:16].replace('T', ' ')}"
    sections = (
        _overview(run),
        _by_kind(run),
        _section("按题型的正确率", figures.accuracy_by_kind(run["records"])),
        _section("按文件的正确率", figures.accuracy_by_document(run["records"])),
        _section("错误类型", figures.error_types(run["records"])),
        _refusals(run),
        _latency(run),
        _against(run, others),
        _misses(run),
        _circumstances(run),
    )
    return (
        '<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE.read_text(encoding='utf-8')}</style></head>\n"
        f"<body><h1>{escape(title)}</h1>\n{''.join(sections)}</body></html>\n"
    )


def table(rows: Sequence[Sequence[str]], *, kind: str = "", total: bool = False) -> str:
    """A table whose first row is its heading and, with `total`, whose last one sums up; cells are escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0])
    body = []
    for number, cells in enumerate(rows[1:], start=1):
        is_total = total and number == len(rows) - 1
        mark = ' class="total"' if is_total else ""
        body.append(f"<tr{mark}>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>")
    return (
        f'<div class="wide"><table class="{kind}"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(body)}</tbody></table></div>"
    )


def _section(heading: str, content: str) -> str:
    return f"<section><h2>{escape(heading)}</h2>{content}</section>\n" if content else ""


def _overview(run: Mapping[str, Any]) -> str:
    total = run["summary"]["total"]
    scored = total["questions"] - total["not_scored"]
    tiles = (
        (
            percent(total["accuracy"]),
            f"正确率（{total['right']}/{scored}，95%区间 {interval(total['interval'])}）",
        ),
        (percent(total["evidence_recall"]), "依据召回@5"),
        (decimal(total.get("ndcg"), 3), "依据 nDCG@5"),
        (decimal(total["reciprocal_rank"], 3), "依据 MRR"),
        (percent(total["citation_exactness"]), "引用准确（与原文一字不差）"),
        (percent(total["citation_recall"]), "引用召回率"),
        (str(total["with_unsupported_figures"]), "有数字没有出处的回答"),
        (str(total.get("with_wrong_owner_figures", "-")), "数字属于别处、别年或别的事项的回答"),
        (percent(total["refusal_precision"]), "拒答精确率"),
        (percent(total["refusal_recall"]), "拒答召回率"),
        (
            f"{decimal(total['median_seconds'], 2)} 秒",
            f"耗时中位数（P95 {decimal(total['p95_seconds'], 2)} 秒）",
        ),
        (str(total["not_scored"]), "未能评分（不计入正确率）"),
    )
    shown = "".join(
        f'<div class="tile"><b>{escape(value)}</b><span>{escape(name)}</span></div>' for value, name in tiles
    )
    note = run.get("note") or "、".join(total["answered_by"])
    return f'<p class="soft">{escape(note)}</p><div class="tiles">{shown}</div>\n'


def _by_kind(run: Mapping[str, Any]) -> str:
    rows = [row(KIND_NAMES[kind], summary) for kind, summary in run["summary"]["by_kind"].items()]
    return _section(
        "各题型的指标", table([HEADINGS, *rows, row("合计", run["summary"]["total"])], total=True)
    )


def _refusals(run: Mapping[str, Any]) -> str:
    rows = [("", "已作答", "已拒答")]
    scored = [record for record in run["records"] if record["scores"]]
    for name, wanted in (("文件里有答案", False), ("文件里没有答案", True)):
        members = [r for r in scored if (r["question"]["kind"] == "unanswerable") == wanted]
        refused = sum(record["answer"]["status"] == "not_found" for record in members)
        rows.append((name, str(len(members) - refused), str(refused)))
    return _section("拒答的分寸", table(rows) + figures.refusals_by_evidence(scored))


def _latency(run: Mapping[str, Any]) -> str:
    content = figures.latencies(run["records"])
    jobs = run.get("jobs", 1)
    if jobs > 1:
        content += f'<p class="soft">同时问 {jobs} 题，单题耗时因此偏长。</p>'
    rows = [("步骤", "答案数", "中位数(秒)", "P95(秒)")]
    for name, values in (run["summary"]["total"].get("stages") or {}).items():
        label = STAGE_NAMES.get(name, name)
        rows.append((label, str(values["answers"]), decimal(values["median"], 3), decimal(values["p95"], 3)))
    if len(rows) > 1:
        content += table(rows)
    if tokens := run["summary"]["total"].get("tokens"):
        told = "，".join(f"{sort} {count:.0f}" for sort, count in tokens.items())
        content += f"<p>每答词元平均：{escape(told)}</p>"
    return _section("耗时", content)


def _against(run: Mapping[str, Any], others: Sequence[Mapping[str, Any]]) -> str:
    if not others:
        return ""
    rows, count = figures.ratios([run, *others])
    note = (
        f'<p class="soft">各次评测都评了分的 {count} 题。括号里是与“{escape(run["system"])}”之比；'
        "p 来自逐题配对的 McNemar 精确检验，小于 0.05 标 *。</p>"
    )
    return _section("与其他评测相比", note + table(rows))


def _misses(run: Mapping[str, Any]) -> str:
    wrong = [record for record in run["records"] if not is_right(record)]
    heading = f"不对或未能评分的 {len(wrong)} 题"
    return _section(heading, "".join(_miss(record) for record in wrong) or "<p>没有。</p>")


def _miss(record: Record) -> str:
    question, answer, scores = record["question"], record["answer"], record["scores"]
    items: list[tuple[str, str, str]] = []
    for turn in question["history"]:
        items += [("前问", "", escape(turn["question"])), ("前答", "", escape(turn["answer"]))]
    items.append(("问题", "", escape(question["question"])))
    if scores is None:
        items.append(("错误", "bad", escape(record["error"]["message"])))
    else:
        manner = f"（{STATUS_NAMES[answer['status']]}，{answer['answered_by']}，{scores['brevity']} 字）"
        items.append(("回答", "", escape(answer["text"]) + f'<span class="soft">{escape(manner)}</span>'))
        items += [("提示", "", escape(warning)) for warning in answer["warnings"]]
    items.append(("参考", "good", escape(question["reference"])))
    if scores is not None:
        items += [("缺要点", "bad", escape(" / ".join(point))) for point in scores["missing"]]
        items += [("不该说", "bad", escape(statement)) for statement in scores["forbidden"]]
        if answered(record) and scores["unsupported_figures"]:
            items.append(("无出处", "bad", escape("、".join(scores["unsupported_figures"]))))
        if scores.get("wrong_owner_figures"):
            items.append(("张冠李戴", "bad", escape("、".join(scores["wrong_owner_figures"]))))
        items.append(("引用", "", _quotes(answer["citations"], "quote")))
        items.append(("找到的", "", _quotes(answer["evidence"][:_EVIDENCE_SHOWN], "text")))
    items.append(("标准依据", "", _quotes(question["evidence"], "quote")))
    told = "".join(f'<dt>{name}</dt><dd class="{kind}">{text}</dd>' for name, kind, text in items if text)
    return (
        f'<article id="{escape(question["id"])}"><h3>{escape(question["id"])} · '
        f'{escape(KIND_NAMES[question["kind"]])}<span class="tag">{escape(outcome(record))}</span></h3>'
        f"<dl>{told}</dl></article>\n"
    )


def _quotes(sources: Sequence[Mapping[str, Any]], key: str) -> str:
    shown = (
        f'<li><span class="soft">{escape(source.get("title") or source["document"])}</span> '
        f"{escape(' '.join(source[key].split()))}</li>"
        for source in sources
    )
    joined = "".join(shown)
    return f"<ol>{joined}</ol>" if joined else ""


def _circumstances(run: Mapping[str, Any]) -> str:
    commit = run.get("commit") or {}
    rows = [("名称", "值")]
    if commit:
        rows.append(("代码版本", commit["commit"] + ("（有未提交的改动）" if commit["changed"] else "")))
    rows.append(("题目指纹", run["gold_sha256"]))
    rows.append(("启动", f"{decimal(run['seconds_to_open'], 1)} 秒"))
    if run.get("memory_mib"):
        rows.append(("内存", f"{run['memory_mib']:.0f} MiB（含子进程）"))
    for part in ("prompts", "settings", "versions"):
        rows += [(name, "" if value is None else str(value)) for name, value in run.get(part, {}).items()]
    return _section("评测时的情况", table(rows, kind="text"))
