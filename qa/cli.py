"""The command line: qa ask, check, status, model fetch, user, and those of `cli_library`; `python -m qa` is the same.

Exit codes: 0 done (for `ask`: answered, wholly or in part), 1 nothing found, 2 wrong use or settings,
3 question unusable, 4 library, 5 index, 6 model, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

from qa.commands.library import add_commands
from qa.commands.users import add_user_commands
from vectorstore.errors import ExpectedError

if TYPE_CHECKING:
    from qa.answer import Answer

NOT_FOUND = 1
_FETCH = "下载并校验本地模型的权重（约 1.1 GB，可断点续传）"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; expected errors are told on stderr, without a traceback."""
    _speak_any_terminal()
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except ExpectedError as error:
        print(error.message, file=sys.stderr)
        if error.hint:
            print(error.hint, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("已中断。", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output went away (qa ask … | head -1); nothing is wrong.
        sys.stderr.close()
        return 0


def _speak_any_terminal() -> None:
    """A terminal that cannot show a character shows a substitute; it does not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


class _Parser(argparse.ArgumentParser):
    """Tells wrong use in Chinese."""

    def error(self, message: str) -> NoReturn:
        del message  # argparse's own words are English
        self.exit(2, f"用法有误。{self.format_usage()}运行 {self.prog} --help 查看说明。\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="qa", description="民政规划问答：每个数字都能点回原文。")
    commands = parser.add_subparsers(metavar="命令", required=True)

    ask = commands.add_parser("ask", help="问一个问题")
    ask.add_argument("question", help="问题；用 - 从标准输入读取")
    ask.add_argument("--json", action="store_true", help="以 JSON 输出完整的回答")
    ask.add_argument("--document", action="append", metavar="名称", help="只在这份文件里找，可重复")
    ask.add_argument("--region", action="append", metavar="地区", help="只找这个地区的内容，可重复")
    ask.add_argument("--year", action="append", type=int, metavar="年份", help="只找讲这一年的内容，可重复")
    ask.add_argument(
        "--genre", action="append", metavar="文种", help="只在规划、计划、总结或政策里找，可重复"
    )
    ask.add_argument("--kind", action="append", metavar="类别", help="只找结果、目标、标准或措施，可重复")
    ask.set_defaults(run=_ask)

    add_commands(commands)

    status = commands.add_parser("status", help="查看文件库、索引和模型的状态")
    status.add_argument("--json", action="store_true", help="以 JSON 输出")
    status.set_defaults(run=_status)

    check = commands.add_parser("check", help="检查文件里可疑的数字、矛盾和重复")
    check.add_argument("--json", action="store_true", help="以 JSON 输出")
    check.set_defaults(run=_check)

    model = commands.add_parser("model", help="管理本地模型").add_subparsers(metavar="操作", required=True)
    fetch = model.add_parser("fetch", help=_FETCH, description=_FETCH)
    fetch.set_defaults(run=_fetch)
    add_user_commands(commands)
    return parser


def _ask(options: argparse.Namespace) -> int:
    from qa.assistant import Assistant  # noqa: PLC0415 - loads the heavy parts, which other commands do without
    from qa.understanding.question import checked  # noqa: PLC0415

    question = checked(_standard_input() if options.question == "-" else options.question)
    with Assistant.open(progress=sys.stderr.isatty()) as assistant:
        answer = assistant.ask(
            question,
            documents=options.document,
            regions=options.region,
            years=options.year,
            genres=options.genre,
            statements=options.kind,
        )
    print(json.dumps(as_json(answer), ensure_ascii=False, indent=2) if options.json else _readable(answer))
    return NOT_FOUND if answer.status == "not_found" else 0


def _standard_input() -> str:
    """What is piped in, as UTF-8 or GB18030."""
    from vectorstore.reading import decode  # noqa: PLC0415

    content = sys.stdin.buffer.read()
    return decode(content, file="标准输入") if content.strip() else ""


def as_json(answer: Answer) -> dict[str, Any]:
    """An Answer as JSON-ready values, field names as in `qa.Answer`."""
    return asdict(answer)


def _readable(answer: Answer) -> str:
    lines = [answer.text]
    lines.extend(f"注意：{warning}" for warning in answer.warnings)
    if answer.citations:
        lines.append("")
    for citation in answer.citations:
        place = " > ".join([f"《{citation.title}》", *citation.section])
        place += f"，{citation.location}" if citation.location else ""
        place += f"（{'、'.join(citation.labels)}）" if citation.labels else ""
        quote = " ".join(citation.quote.split())
        lines.append(
            f"[{citation.number}] {place}\n    “{quote}”（{citation.document} 第{citation.start}—{citation.end}字）"
        )
    by = "原文摘录" if answer.answered_by == "extractive" else answer.answered_by
    lines.append(f"\n作答：{by}，用时 {answer.timings.get('total', 0):.1f} 秒")
    return "\n".join(lines)


def _status(options: argparse.Namespace) -> int:
    from qa.commands.status import current_status, readable_status  # noqa: PLC0415

    status = current_status()
    print(json.dumps(status, ensure_ascii=False, indent=2) if options.json else readable_status(status))
    return 0


def _check(options: argparse.Namespace) -> int:
    from qa.commands.check import check_library, readable_check  # noqa: PLC0415

    checked = check_library()
    print(json.dumps(checked, ensure_ascii=False, indent=2) if options.json else readable_check(checked))
    for problem in checked["problems"]:
        print(f"未收入：{problem}", file=sys.stderr)
    return 0


def _fetch(_: argparse.Namespace) -> int:
    from qa.models.weights import fetch_weights  # noqa: PLC0415
    from qa.settings import Settings  # noqa: PLC0415

    print(f"本地模型已就绪：{fetch_weights(Settings().weights_folder)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
