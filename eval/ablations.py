"""What each part is worth: `python -m eval.ablations`, the system with one part removed at a time.

The parts are removed by wrapping the index, by subclasses and by the composers handed over (see `eval.ablated`). The
tables of everyday words are files, so that variant runs in a copy of the code with empty ones. With `--model` the
configured model words the answers, and what is removed is the check of its wording.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval import metrics
from eval.ablated import VARIANTS, Variant, open_variant
from eval.ablated_wording import CitingItself, Unlocked
from eval.compare import p_value
from eval.gold import GOLD_FOLDER, read_texts, require_evidence
from eval.outcomes import is_right, paired
from eval.run import Choice, Record, evaluate
from eval.storing import read_run
from eval.summary import summarise
from eval.table import percent
from qa.assistant import Assistant
from qa.errors import ExpectedError, ModelUnavailable
from qa.settings import PROJECT, Settings
from qa.understanding.glossary import GLOSSARY
from qa.understanding.spoken import SPOKEN

WHOLE = "完整系统"
NO_GLOSSARY = "不用同义词表"
MODEL_VARIANTS = (
    Variant("不核对模型写的数字", answering=Unlocked),
    Variant("模型自己标引文", answering=CitingItself),
)
HEADINGS = (
    "系统",
    "正确率",
    "开发",
    "测试",
    "变好/变差",
    "p",
    "依据召回@5",
    "引用精确率",
    "拒答精确率",
    "拒答召回率",
    "数字没有出处",
)
_COPIED = ("qa", "vectorstore", "prompts", "eval")


@dataclass(frozen=True)
class Measured:
    """The scored answers of one variant."""

    name: str
    records: Sequence[Record]


def measure(choice: Choice, settings: Settings, *, with_model: bool = False) -> list[Measured]:
    """The whole system, then each variant, over the chosen questions. Raises expected errors only."""
    questions = choice.questions()
    texts = read_texts(settings.library)
    require_evidence(questions, texts)

    def asked(name: str, opener: Callable[[], Assistant]) -> Measured:
        print(name, file=sys.stderr)
        with opener() as system:
            if with_model and system.answers_with == "extractive":
                raise ModelUnavailable("没有配置模型。", "请设置 QA_LLM，或去掉 --model。")
            return Measured(name, evaluate(system, questions, texts))

    def opened(variant: Variant) -> Callable[[], Assistant]:
        return lambda: open_variant(variant, settings)

    found = [asked(WHOLE, lambda: Assistant.open(settings, progress=True))]
    variants = MODEL_VARIANTS if with_model else VARIANTS
    found += [asked(variant.name, opened(variant)) for variant in variants]
    if not with_model:
        print(NO_GLOSSARY, file=sys.stderr)
        found.append(Measured(NO_GLOSSARY, without_glossary(choice, settings)))
    return found


def without_glossary(choice: Choice, settings: Settings) -> list[Record]:
    """The extractive answers of a copy of the code whose tables of everyday words and phrases are empty."""
    with tempfile.TemporaryDirectory(prefix="ablation-") as folder:
        for name in _COPIED:
            shutil.copytree(
                PROJECT / name,
                Path(folder) / name,
                ignore=shutil.ignore_patterns("__pycache__", "runs", "gold"),
            )
        for table in (GLOSSARY, SPOKEN):
            (Path(folder) / table.relative_to(PROJECT)).write_text("", encoding="utf-8")
        out = Path(folder) / "run.json"
        arguments = ["--gold", choice.gold.resolve(), "--part", choice.part, "--out", out]
        arguments += ["--limit", choice.limit] if choice.limit else []
        arguments += ["--kind", *choice.kinds] if choice.kinds else []
        done = subprocess.run(
            [sys.executable, "-m", "eval", "run", "--system", "extractive", *map(str, arguments)],
            cwd=folder,
            env={
                **os.environ,
                "QA_LIBRARY": str(settings.library.resolve()),
                "QA_INDEX_DIR": str(settings.index_folder.resolve()),
            },
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            raise ExpectedError("没有同义词表的评测没有完成。", "原因见上。")
        records: list[Record] = read_run(out)["records"]
        return records


def rows(measured: Sequence[Measured]) -> list[tuple[str, ...]]:
    """A heading and one row for each system; all but the first are compared with the first, question by question."""
    return [HEADINGS, *(_row(one, measured[0]) for one in measured)]


def as_markdown(table: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    heading, *others = (f"| {' | '.join(row)} |" for row in table)
    return "\n".join([heading, f"|{'---|' * len(table[0])}", *others])


def _row(one: Measured, whole: Measured) -> tuple[str, ...]:
    total: dict[str, Any] = summarise(one.records)["total"]
    pairing = paired(whole.records, one.records)
    changed = ("-", "-")
    if one is not whole:
        changed = (f"{len(pairing.better)}/{len(pairing.worse)}", p_value(pairing.p))
    return (
        one.name,
        percent(total["accuracy"]),
        *(percent(_accuracy(one.records, part)) for part in ("dev", "test")),
        *changed,
        percent(total["evidence_recall"]),
        percent(total["citation_precision"]),
        percent(total["refusal_precision"]),
        percent(total["refusal_recall"]),
        str(total["with_unsupported_figures"]),
    )


def _accuracy(records: Sequence[Record], part: str) -> float | None:
    return metrics.mean(
        is_right(record) for record in records if record["question"]["part"] == part and record["scores"]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; returns 0, 130 when interrupted, or the exit code of an expected error."""
    parser = argparse.ArgumentParser(prog="python -m eval.ablations", description="每次去掉一个部分再评测。")
    parser.add_argument("--gold", type=Path, default=GOLD_FOLDER, help="题目文件（.jsonl）或其所在文件夹")
    parser.add_argument("--part", choices=("dev", "test", "all"), default="all", help="只评测这一部分")
    parser.add_argument("--limit", type=int, help="只评测前若干题")
    parser.add_argument("--model", action="store_true", help="用所设的模型作答，去掉对它的核对")
    options = parser.parse_args(arguments)
    settings = Settings() if options.model else Settings(llm="none")
    choice = Choice(system="extractive", gold=options.gold, part=options.part, limit=options.limit)
    try:
        print(as_markdown(rows(measure(choice, settings, with_model=options.model))))
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\n已中断。", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
