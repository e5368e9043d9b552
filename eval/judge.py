"""A language model as a second judge of a finished run: `python -m eval.judge RUN.json`. Off unless it is called.

The model (that of the settings, over the same client) sees question, reference and answer, and says 正确 or 错误; anything
else is "could not be scored". What it says changes no score: reported is how far it agrees with the required-points
metric, as the share of equal verdicts and as Cohen's kappa (Cohen 1960), which takes away what chance would give.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from tqdm import tqdm

from eval.gold import Kind
from eval.storing import RunUnusable, read_run
from eval.wording import plain
from prompts import load
from qa.errors import ExpectedError, ModelUnavailable
from qa.models.choice import ChatModel, Message, choose_model
from qa.settings import Settings

_ANSWER_TOKENS = 12
_VERDICTS = {"正确": True, "错误": False}
_AROUND = " \t\n。.！!，,“”\"'*`"
_REFUSED = "（没有回答，说文件里没有。）"


@dataclass(frozen=True)
class Verdict:
    """One answer judged twice. `by_model` is None where the model's words are no verdict: `said` keeps them."""

    id: str
    by_points: bool
    by_model: bool | None
    said: str


@dataclass(frozen=True)
class Agreement:
    """Over the answers that both judged. `kappa` is None where it is not defined: one verdict throughout."""

    count: int
    share: float | None
    kappa: float | None


def parsed(said: str) -> bool | None:
    """True for 正确, False for 错误, None for everything else; only the first line counts, and it must be bare."""
    first = said.strip().split("\n", 1)[0]
    return _VERDICTS.get(first.strip(_AROUND))


def messages_for(record: Mapping[str, Any]) -> list[Message]:
    """What the model is asked about one record of a run."""
    question, answer = record["question"], record["answer"]
    before = "".join(f"（前问：{turn['question']} 前答：{turn['answer']}）\n" for turn in question["history"])
    text = plain(answer["text"]).strip()
    if answer["status"] == "not_found":
        text = f"{_REFUSED}{text}"
    user = load("judge_user", {"question", "reference", "answer"}).substitute(
        question=before + question["question"], reference=question["reference"], answer=text
    )
    return [
        {"role": "system", "content": load("judge_system", set()).substitute()},
        {"role": "user", "content": user},
    ]


def verdict_of(record: Mapping[str, Any], model: ChatModel) -> Verdict:
    """Ask the model about one scored record. A model that fails gives no verdict, and its reason is kept."""
    by_points = bool(record["scores"]["right"])
    try:
        said = "".join(model.stream(messages_for(record), max_tokens=_ANSWER_TOKENS))
    except ModelUnavailable as error:
        return Verdict(record["question"]["id"], by_points, None, error.message)
    return Verdict(record["question"]["id"], by_points, parsed(said), said)


def agreement(verdicts: Sequence[Verdict]) -> Agreement:
    """How far two judges agree, over the verdicts that both gave."""
    pairs = [(verdict.by_points, verdict.by_model) for verdict in verdicts if verdict.by_model is not None]
    if not pairs:
        return Agreement(0, None, None)
    count = len(pairs)
    observed = sum(one == other for one, other in pairs) / count
    right_by_points = sum(one for one, _ in pairs) / count
    right_by_model = sum(bool(other) for _, other in pairs) / count
    by_chance = right_by_points * right_by_model + (1 - right_by_points) * (1 - right_by_model)
    kappa = None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
    return Agreement(count, observed, kappa)


def render(verdicts: Sequence[Verdict], *, judge: str) -> str:
    """The result in lines for people: the table of both verdicts, agreement, and where they differ."""
    judged = [verdict for verdict in verdicts if verdict.by_model is not None]
    both = agreement(verdicts)
    lines = [f"评判模型 {judge}：{len(verdicts)} 个回答，未能评分 {len(verdicts) - len(judged)} 个。"]
    if both.share is not None:
        kappa = "-" if both.kappa is None else f"{both.kappa:.3f}"
        lines.append(f"与要点评分一致 {100 * both.share:.1f}%，Cohen κ {kappa}（{both.count} 个回答）。")
    for by_points in (True, False):
        row = [verdict.by_model for verdict in judged if verdict.by_points is by_points]
        name = "正确" if by_points else "错误"
        lines.append(
            f"要点评分{name}的 {len(row)} 个：模型判正确 {row.count(True)}，判错误 {row.count(False)}。"
        )
    differing = [verdict.id for verdict in judged if verdict.by_model != verdict.by_points]
    if differing:
        lines.append(f"不一致的题：{'、'.join(differing)}。")
    unclear = next((verdict for verdict in verdicts if verdict.by_model is None), None)
    if unclear is not None:
        lines.append(f"未能评分的第一个（{unclear.id}）：{unclear.said.strip()[:60]}")
    return "\n".join(lines)


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m eval.judge", description="请语言模型再评一遍一次评测的回答，并与要点评分对照。"
    )
    parser.add_argument("run", type=Path, metavar="RUN.json", help="python -m eval run 写下的结果文件")
    parser.add_argument("--kind", nargs="+", choices=get_args(Kind), metavar="题型", help="只评这些题型")
    parser.add_argument("--limit", type=int, help="只评前若干个回答")
    parser.add_argument("-o", "--out", type=Path, help="把每个判断写成 JSON 文件")
    return parser.parse_args(arguments)


def _chosen(run: Mapping[str, Any], options: argparse.Namespace) -> list[Mapping[str, Any]]:
    chosen = [
        record
        for record in run["records"]
        if record["scores"] and (not options.kind or record["question"]["kind"] in options.kind)
    ][: options.limit]
    if not chosen:
        raise RunUnusable("没有可评的回答。", "请放宽 --kind 或 --limit。")
    return chosen


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Returns 0, or the exit code of the expected error."""
    options = _parse(arguments)
    try:
        records = _chosen(read_run(options.run), options)
        choice = choose_model(Settings())
        if choice.model is None:
            raise ModelUnavailable(f"评判需要模型。{choice.note}", "请设 QA_LLM=openai 或 QA_LLM=local。")
        try:
            bar = tqdm(records, desc="评判", unit="题", file=sys.stderr, leave=False)
            verdicts = [verdict_of(record, choice.model) for record in bar]
        finally:
            choice.model.close()
        print(render(verdicts, judge=choice.model.name))
        if options.out:
            _write(options.out, verdicts, judge=choice.model.name)
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _write(path: Path, verdicts: Sequence[Verdict], *, judge: str) -> None:
    both = agreement(verdicts)
    result = {
        "judge": judge,
        "count": both.count,
        "agreement": both.share,
        "kappa": both.kappa,
        "verdicts": [vars(verdict) for verdict in verdicts],
    }
    try:
        path.write_text(json.dumps(result, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise RunUnusable(f"无法写入 {path}：{error.strerror}。", "请用 --out 指定能写入的文件。") from error


if __name__ == "__main__":
    sys.exit(main())
