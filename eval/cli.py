"""`python -m eval`: run (the default), misses, compare, report, gate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from eval import baseline_file, compare, gate, report, table
from eval.gold import GOLD_FOLDER, Kind
from eval.run import Choice, resume, run
from eval.storing import read_run
from eval.systems import SYSTEMS, Opener, open_system
from qa.errors import ExpectedError


def main(arguments: Sequence[str] | None = None, *, opener: Opener = open_system) -> int:
    """The command line.

    Returns 0 when it ran to the end, 1 when the gate holds a change back, 130 when interrupted, else the exit
    code of the expected error.
    """
    options = _parse(sys.argv[1:] if arguments is None else arguments)
    try:
        if options.command == "run":
            _run(options, opener)
        elif options.command == "misses":
            print(table.misses(read_run(options.run)))
        elif options.command == "compare":
            print(compare.render(read_run(options.first), read_run(options.second)))
        elif options.command == "report":
            out = options.out or options.run.with_suffix(".html")
            report.write(out, read_run(options.run), [read_run(path) for path in options.against])
            print(f"报告：{out}")
        else:
            return _gate(options, opener)
    except ExpectedError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\n已中断。已有的回答都保存了，可用 python -m eval run --resume 文件 继续。", file=sys.stderr)
        return 130
    return 0


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description="用标准题评测问答系统。")
    commands = parser.add_subparsers(dest="command", required=True)
    run_parser = commands.add_parser("run", help="评测，打印结果，写下 JSON 和 HTML 报告（默认）")
    _add_choice(run_parser, system="ours")
    run_parser.add_argument("--out", type=Path, help="结果文件（JSON），报告写在它旁边")
    run_parser.add_argument("--resume", type=Path, metavar="结果文件", help="接着做一次被中断的评测")
    misses = commands.add_parser("misses", help="列出一次评测中的每道错题")
    misses.add_argument("run", type=Path, help="结果文件（JSON）")
    comparison = commands.add_parser("compare", help="逐题比较两次评测：哪些变好，哪些变差")
    comparison.add_argument("first", type=Path, help="先前的结果文件（JSON）")
    comparison.add_argument("second", type=Path, help="后来的结果文件（JSON）")
    reporting = commands.add_parser("report", help="写一份 HTML 报告")
    reporting.add_argument("run", type=Path, help="结果文件（JSON）")
    reporting.add_argument(
        "--against", type=Path, nargs="+", default=[], metavar="结果文件", help="一同比较的评测"
    )
    reporting.add_argument("--out", type=Path, help="报告文件（HTML），默认在结果文件旁边")
    gating = commands.add_parser("gate", help="指标比基线退步时失败（退出码 1）")
    _add_choice(gating, system="extractive")
    gating.add_argument("--out", type=Path, help="结果文件（JSON）")
    gating.add_argument("--run", type=Path, help="检查这份结果文件，不再评测")
    gating.add_argument("--baseline", type=Path, default=baseline_file.BASELINE, help="基线文件")
    gating.add_argument("--update", action="store_true", help="把这次的结果写成新的基线")
    arguments = list(arguments)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in {"-h", "--help"}):
        arguments.insert(0, "run")
    return parser.parse_args(arguments)


def _add_choice(parser: argparse.ArgumentParser, *, system: str) -> None:
    parser.add_argument("--gold", type=Path, default=GOLD_FOLDER, help="题目文件（.jsonl）或其所在文件夹")
    parser.add_argument("--kind", nargs="+", choices=get_args(Kind), metavar="题型", help="只评测这些题型")
    parser.add_argument("--part", choices=("dev", "test", "all"), default="all", help="只评测这一部分")
    parser.add_argument("--limit", type=_positive, help="只评测前若干题")
    parser.add_argument("--system", choices=SYSTEMS, default=system, help=f"评测哪个系统（默认 {system}）")
    parser.add_argument("--jobs", type=_positive, default=1, help="同时问几题（耗时会因此变长）")


def _choice(options: argparse.Namespace) -> Choice:
    return Choice(
        system=options.system,
        gold=options.gold,
        kinds=tuple(options.kind) if options.kind else None,
        part=options.part,
        limit=options.limit,
    )


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("应为正整数")
    return number


def _run(options: argparse.Namespace, opener: Opener) -> None:
    if options.resume:
        finished, path = resume(options.resume, jobs=options.jobs, opener=opener)
    else:
        finished, path = run(_choice(options), out=options.out, jobs=options.jobs, opener=opener)
    page = path.with_suffix(".html")
    report.write(page, finished, [])
    print(table.render(finished))
    print(f"全部结果：{path}\n报告：{page}")


def _gate(options: argparse.Namespace, opener: Opener) -> int:
    if options.run:
        finished = read_run(options.run)
    else:
        finished, _ = run(_choice(options), out=options.out, jobs=options.jobs, opener=opener)
    if options.update:
        baseline_file.update(options.baseline, finished)
        print(f"已更新基线：{options.baseline}")
        return 0
    verdict = gate.check(baseline_file.read(options.baseline), finished)
    print(gate.render(verdict))
    return 0 if verdict.passed else 1
