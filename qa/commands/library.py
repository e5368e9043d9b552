"""The commands about the library: qa index, qa add, qa remove, qa list, qa correct."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.library.reports import AddReport, FileReport, ListedDocument, Progress
    from vectorstore.summaries import Summary
    from vectorstore.synchronisation import Synchronised

_REFUSED = 4
_INTERRUPTED = 130
_STATES = {"ready": "可用", "waiting": "待建索引", "unreadable": "读不了", "hidden": "已隐藏"}


def add_commands(commands: Any) -> None:
    """Add these commands to the command line."""
    index = commands.add_parser("index", help="建立或更新索引")
    index.add_argument("--rebuild", action="store_true", help="丢弃现有索引，重新建立")
    index.add_argument(
        "--watch", action="store_true", help="一直运行，文件库有变化就更新索引；按 Ctrl+C 结束"
    )
    index.set_defaults(run=_index)

    add = commands.add_parser("add", help="把文件或文件夹加入文件库")
    add.add_argument("paths", nargs="+", metavar="文件", help="文件、文件夹或 .zip 压缩包，可以有多个")
    add.add_argument("--replace", action="store_true", help="较新的版本替换较旧的，同名文件替换原来的")
    add.add_argument("--json", action="store_true", help="以 JSON 输出每个文件的结果")
    add.set_defaults(run=_add)

    remove = commands.add_parser("remove", help="从文件库移除文件")
    remove.add_argument("names", nargs="+", metavar="名称", help="文件的名称，见 qa list")
    remove.add_argument("--undo", action="store_true", help="恢复被隐藏的随程序提供的文件")
    remove.set_defaults(run=_remove)

    listing = commands.add_parser("list", help="列出文件库里的文件和从中读出的信息")
    listing.add_argument("--json", action="store_true", help="以 JSON 输出")
    listing.set_defaults(run=_list)

    correct = commands.add_parser("correct", help="更正一份文件的标题、地区、年份、文种等")
    correct.add_argument("name", metavar="名称", help="文件的名称，见 qa list")
    correct.add_argument("--title", metavar="标题", help="标题")
    correct.add_argument("--region", metavar="地区", help="地区，例如 下陆区")
    correct.add_argument("--period", metavar="年份", help="年份，例如 2021—2025年")
    correct.add_argument("--publisher", metavar="单位", help="发布单位")
    correct.add_argument("--number", metavar="文号", help="发文字号")
    correct.add_argument("--date", metavar="日期", help="成文或发布日期")
    correct.add_argument("--genre", metavar="文种", help="规划、计划、总结、政策，可以几种，例如 总结、计划")
    correct.add_argument("--reset", action="store_true", help="先去掉以前对这份文件的更正")
    correct.set_defaults(run=_correct)


def _index(options: argparse.Namespace) -> int:
    from qa.library.opening import update_index  # noqa: PLC0415
    from qa.settings import Settings  # noqa: PLC0415

    settings = Settings()
    _print_updated(update_index(settings, rebuild=options.rebuild, progress=True))
    if options.watch:
        from qa.library.watching import watch  # noqa: PLC0415

        print("正在留意文件库的变化，按 Ctrl+C 结束。", flush=True)
        with _stopping() as stop:
            watch(
                settings,
                on_update=_print_updated,
                on_trouble=_print_trouble,
                on_unpacked=_print_file,
                stop=stop,
            )
    return 0


def _print_updated(done: Synchronised) -> None:
    if done.reason:
        print(done.reason, file=sys.stderr)
    what = "索引已更新" if done.changed else "索引已是最新"
    print(
        f"{what}：{done.documents} 份文件，{done.passages} 个段落，用时 {done.seconds:.1f} 秒。", flush=True
    )
    for problem in done.problems:
        print(f"未收入：{problem.message}{problem.hint}", file=sys.stderr)


def _print_trouble(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


# --- add ---------------------------------------------------------------------------------------------------


def _add(options: argparse.Namespace) -> int:
    from qa.library.documents import Library  # noqa: PLC0415

    with _stopping() as stop:
        report = Library().add(
            options.paths,
            replace=options.replace,
            on_progress=_show if sys.stderr.isatty() else None,
            should_stop=stop.is_set,
        )
    if options.json:
        print(json.dumps(asdict(report), ensure_ascii=False, indent=2))
    else:
        _print_added(report)
    if report.stopped:
        print("已中断。已放进文件库的文件都完整保留，再次运行同样的命令会接着做。", file=sys.stderr)
        return _INTERRUPTED
    return _REFUSED if report.refused and len(report.refused) == len(report.files) else 0


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that Ctrl+C sets, so that the work ends at the next good place; a second Ctrl+C ends it at once."""
    stop = threading.Event()

    def interrupted(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _show(progress: Progress) -> None:
    left = "" if progress.seconds_left is None else f"，约剩 {_duration(progress.seconds_left)}"
    file = f" {progress.file[-40:]}" if progress.file else ""
    page = f" 第{progress.page}/{progress.pages}页" if progress.pages > 1 else ""
    line = f"{progress.percent:5.1f}% {progress.stage}{file}{page}{left}"
    print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)
    if progress.percent >= 100:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _duration(seconds: float) -> str:
    return f"{seconds / 60:.0f} 分钟" if seconds >= 90 else f"{seconds:.0f} 秒"


def _print_added(report: AddReport) -> None:
    for file in report.files:
        _print_file(file)
    counted = len(report.files) - len(report.refused)
    if report.index is not None:
        print(
            f"共 {len(report.files)} 个文件，{counted} 个在文件库里，{len(report.refused)} 个未收入。"
            f"现有 {report.index.documents} 份文件、{report.index.passages} 个段落可供提问。"
        )


def _print_file(file: FileReport) -> None:
    for line in added_lines(file):
        print(line, file=sys.stderr if file.status == "refused" else sys.stdout, flush=True)


def added_lines(file: FileReport) -> Iterator[str]:
    """What became of one file, in lines for people."""
    from qa.library.reports import STATUS_NAMES  # noqa: PLC0415

    status = STATUS_NAMES[file.status]
    if file.status == "refused":
        yield f"{status}：{file.source}　{file.reason}{file.hint}"
        return
    yield f"{status}：{file.name}" + (f"（另见 {file.other}）" if file.other else "")
    if file.replaced:
        yield f"    替换了：{'、'.join(file.replaced)}"
    elif file.status == "newer_version_of":
        yield "    两个版本都保留；只留新版请加 --replace 再运行一次。"
    if file.understood:
        yield from (f"    {line}" for line in _understood_lines(file.understood))


def _understood_lines(understood: Summary) -> Iterator[str]:
    stated = [
        f"标题：{understood.title or '—'}",
        f"地区：{understood.region or '—'}",
        f"年份：{understood.period or '—'}",
        *([f"文种：{'、'.join(understood.genres)}"] if understood.genres else []),
        *([f"发布单位：{understood.publisher}"] if understood.publisher else []),
        *([f"文号：{understood.number}"] if understood.number else []),
        *([f"日期：{understood.date}"] if understood.date else []),
        *([f"版本：{understood.version}"] if understood.version else []),
    ]
    yield "　".join(stated)
    yield f"{understood.sections} 个章节，{understood.tables} 张表，{understood.passages} 个段落"
    yield from (f"没有读出：{unread}" for unread in understood.unread)
    yield from (f"注意：{warning}" for warning in understood.warnings)


# --- remove, list, correct ---------------------------------------------------------------------------------


def _remove(options: argparse.Namespace) -> int:
    from qa.library.documents import Library  # noqa: PLC0415

    library = Library()
    if options.undo:
        for name in library.restore(options.names):
            print(f"已恢复：{name}")
        return 0
    for removed in library.remove(options.names):
        if removed.how == "hidden":
            print(f"已隐藏：{removed.name}（文件不动；qa remove --undo 可恢复）")
        else:
            print(f"已移除：{removed.name}（原文件移到 {removed.trash}）")
    return 0


def _list(options: argparse.Namespace) -> int:
    from qa.library.documents import Library  # noqa: PLC0415

    listed = Library().list()
    if options.json:
        print(json.dumps([asdict(document) for document in listed], ensure_ascii=False, indent=2))
        return 0
    for document in listed:
        print("\n".join(_listed_lines(document)))
    print(f"共 {len(listed)} 份文件。")
    return 0


def _listed_lines(document: ListedDocument) -> Iterator[str]:
    packaged = "，随程序提供" if document.is_packaged else ""
    yield f"{document.name}（{_STATES[document.state]}{packaged}）"
    if document.reason:
        yield f"    {document.reason}{document.hint}"
    if document.understood:
        yield from (f"    {line}" for line in _understood_lines(document.understood))
    if document.corrected:
        yield "    有人工更正"


def _correct(options: argparse.Namespace) -> int:
    from qa.library.documents import Library  # noqa: PLC0415

    document = Library().correct(
        options.name,
        title=options.title,
        region=options.region,
        period=options.period,
        publisher=options.publisher,
        number=options.number,
        date=options.date,
        genre=options.genre,
        reset=options.reset,
    )
    print("\n".join(["已更正：", *_listed_lines(document)]))
    return 0
