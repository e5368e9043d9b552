"""`python -m eval.bench`: start, retrieval and answering in seconds, memory in MiB, on this machine now.

Timings are noisy on shared machines: medians of several runs, and the number to compare is the ratio between two
runs made side by side. `--model` also measures the local model, when its weights are there.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median

from eval.environment import memory_mib
from qa.settings import Settings

QUESTIONS = (
    "杨浦2023年建设智慧养老院几家？",
    "下陆区2025年养老机构护理型床位占比的目标是多少？",
    "荆门市2015年每千名老人拥有多少张养老床位？",
    "嵊州市2022年计划新增多少认知障碍照护床位？",
    "湘西州2023年农村低保标准不低于多少？",
    "下陆区现有多少家社会组织？",
)
TEXT_QUESTIONS = ("杨浦怎么推进医养结合？", "湘西州怎么加强民政干部队伍建设？", "荆门怎么推进绿色殡葬？")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one line a figure."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="测速")
    parser.add_argument("--model", action="store_true", help="也测本地模型")
    options = parser.parse_args(arguments)
    _line("import qa", median(_run("import qa") for _ in range(3)), "秒")
    _line("qa status", median(_run("from qa.cli import main; main(['status'])") for _ in range(3)), "秒")
    _line(
        "qa ask（新进程，摘录）",
        _run(f"from qa.cli import main; main(['ask', {QUESTIONS[0]!r}])", QA_LLM="none"),
        "秒",
    )
    _answers(Settings(llm="none"), "摘录")
    if options.model:
        _answers(Settings(llm="local"), "本地模型")
    return 0


def _answers(settings: Settings, name: str) -> None:
    from qa.assistant import Assistant  # noqa: PLC0415 - its import is measured above

    started = time.perf_counter()
    with Assistant.open(settings) as assistant:
        _line(f"打开（{name}）", time.perf_counter() - started, "秒")
        assistant.ask(QUESTIONS[0])
        assistant.warm_up()
        for kind, questions in (("一个数字", QUESTIONS), ("一段文字", TEXT_QUESTIONS)):
            answers = [_timed(partial(assistant.ask, question)) for question in questions]
            _line(f"{kind}（{name}）", median(answers), "秒，中位数")
        if memory := memory_mib():
            _line(f"内存（{name}）", memory, "MiB，含子进程")


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _run(code: str, **environment: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment}
    )
    return time.perf_counter() - started


def _line(what: str, value: float, unit: str) -> None:
    print(f"{what:<24}\t{value:8.2f} {unit}")


if __name__ == "__main__":
    sys.exit(main())
