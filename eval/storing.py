"""Runs on disk: answers written as they come, the finished run as one JSON file.

Beside `NAME.json` lies `NAME.partial.jsonl` while the run goes on: a header line, then one record a line. It is
what a killed run is resumed from, and is removed once the finished file is in place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from qa.errors import ExpectedError

RUNS_FOLDER = Path(__file__).resolve().parent / "runs"
_PARTIAL = ".partial.jsonl"
# A run goes on only with these unchanged: answers of two systems in one table measure neither.
_IDENTITY = {
    "system": "系统",
    "gold_sha256": "题目",
    "settings": "设置",
    "prompts": "提示词",
    "commit": "代码版本",
}


class RunUnusable(ExpectedError):
    """A results file cannot be written, is none, or belongs to another run."""

    exit_code = 4


class Journal:
    """The records of a run that goes on, each on disk before the next question is asked."""

    def __init__(self, path: Path, header: dict[str, Any], records: Sequence[dict[str, Any]] = ()) -> None:
        """Start the file anew with what is known already. Raises RunUnusable where it cannot be written."""
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            with draft.open("w", encoding="utf-8") as file:
                file.writelines(_line(entry) for entry in ({"header": header}, *records))
            draft.replace(path)
            self._file: TextIO = path.open("a", encoding="utf-8")
        except OSError as error:
            raise _cannot_write(path, error) from error

    def keep(self, record: dict[str, Any]) -> None:
        """Append one record."""
        self._file.write(_line(record))
        self._file.flush()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def partial_path(run: Path) -> Path:
    """Where the records of `run` (a .json file) lie while it goes on."""
    return run.with_name(f"{run.stem}{_PARTIAL}")


def run_path(given: Path) -> Path:
    """The .json file of a run, from its own name or from that of its unfinished records."""
    if given.name.endswith(_PARTIAL):
        return given.with_name(given.name.removesuffix(_PARTIAL) + ".json")
    return given


def require_writable(path: Path) -> None:
    """Raise RunUnusable unless `path` can be written: at the end of a long run is too late to find out."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(None, "是一个文件夹")
        probe = path.with_name(f"{path.name}.{os.getpid()}")
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _cannot_write(path, error) from error


def write_run(path: Path, run: dict[str, Any]) -> None:
    """Put the finished run in place, whole, and remove its unfinished records."""
    try:
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(json.dumps(run, ensure_ascii=False, indent=1), encoding="utf-8")
        draft.replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from error
    partial_path(path).unlink(missing_ok=True)


def read_run(path: Path) -> dict[str, Any]:
    """A finished run. Raises RunUnusable for anything else."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        hint = "请给出 python -m eval 写下的 JSON 文件。"
        if partial_path(path).exists() or path.name.endswith(_PARTIAL):
            hint = f"这次评测还没有完成，可用 python -m eval run --resume {path} 继续。"
        raise RunUnusable(f"无法读取评测结果 {path}：{error}", hint) from error
    if not isinstance(run, dict) or "records" not in run:
        raise RunUnusable(f"{path} 不是评测结果。", "请给出 python -m eval 写下的 JSON 文件。")
    return run


def read_unfinished(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Header and answered records of a run, unfinished or (to ask again what failed) finished.

    A last line that a kill cut short is left out. Records without scores are left out, too: they are asked again.
    """
    run = run_path(path)
    journal = partial_path(run)
    if journal.exists():
        header, records = _read_journal(journal)
    else:
        finished = read_run(run)
        records = finished.pop("records")
        header = finished
    return header, [record for record in records if record["scores"]]


def require_same(stored: dict[str, Any], now: dict[str, Any]) -> None:
    """Raise RunUnusable, naming what differs, unless a stored run can go on under the present header."""
    differing = [name for key, name in _IDENTITY.items() if _bare(stored.get(key)) != _bare(now.get(key))]
    if differing:
        raise RunUnusable(
            f"这次评测之后{'、'.join(differing)}变了，不能接着做。", "请去掉 --resume，重新开始一次评测。"
        )


def _bare(value: Any) -> Any:
    # Whether files differ from the commit changes by itself (a note in a log); the commit does not.
    return value.get("commit") if isinstance(value, dict) and "commit" in value else value


def _read_journal(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    entries: list[dict[str, Any]] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise RunUnusable(f"无法读取 {path}：{error}", "请重新开始一次评测。") from error
    for line in lines:
        with suppress(ValueError):  # the line that was being written when the run was killed
            entries.append(json.loads(line))
    if not entries or "header" not in entries[0]:
        raise RunUnusable(f"{path} 不是未完成的评测。", "请给出 python -m eval 写下的文件。")
    return entries[0]["header"], entries[1:]


def _line(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False) + "\n"


def _cannot_write(path: Path, error: OSError) -> RunUnusable:
    return RunUnusable(f"无法写入 {path}：{error.strerror}。", "请用 --out 指定能写入的文件。")
