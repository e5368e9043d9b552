"""What staff hand in: a table of questions (CSV, XLSX), or the page's feedback, one JSON object a line."""

from __future__ import annotations

import csv
import importlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from eval.peers.refusals import status_of
from eval.wording import plain
from qa.answer import Status, Turn
from qa.errors import ExpectedError

# Header names as staff write them, without white space and in lower case.
_COLUMNS = {
    "question": ("问题", "题目", "提问", "问", "问句", "question"),
    "answer": ("答案", "标准答案", "参考答案", "正确答案", "回答", "答", "answer"),
    "source": ("出处", "来源", "依据", "原文", "原文依据", "引文", "文件", "文件名", "source", "evidence"),
    "kind": ("题型", "类型", "类别", "kind", "type"),
}


class StaffFileInvalid(ExpectedError):
    """A file of questions or feedback cannot be read, or is none."""

    exit_code = 4


@dataclass(frozen=True)
class CitedSpan:
    """A span that an answer cited, as it stood when the feedback was given."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    document: str
    quote: str


@dataclass(frozen=True)
class Feedback:
    """One line of the page's feedback file.

    `time` in ISO 8601, `answer` the Markdown that was shown, `verdict` what the reader said of it, with a `reason`
    and a `corrected` answer if they gave one. `status` and `citations` are those of the answer, `history` the
    turns before it.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="ignore")

    time: str
    question: str
    answer: str
    verdict: Literal["有用", "没用"]
    reason: str = ""
    corrected: str = ""
    status: Status = "answered"
    citations: tuple[CitedSpan, ...] = ()
    history: tuple[Turn, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One question as handed in. `place` says where (第 3 行), `source` is what was written as its source.

    `quotes` are spans known exactly, before any search. `refuses`: the right answer is that the library does not
    say it. `unusable` says why it cannot become a question, "" otherwise.
    """

    place: str
    question: str
    answer: str
    source: str = ""
    kind: str = ""
    quotes: tuple[CitedSpan, ...] = ()
    history: tuple[Turn, ...] = ()
    refuses: bool = False
    unusable: str = ""


_FEEDBACK = TypeAdapter(Feedback)
# What is left where a citation's marker stood.
_SPACE = re.compile(r"[ \t]+(?=[^\w\s]|$)", re.MULTILINE)


def read_entries(path: Path) -> list[Entry]:
    """Read a .csv, .xlsx or .jsonl file, by its suffix. Raises StaffFileInvalid."""
    readers = {".csv": _read_csv, ".xlsx": _read_xlsx, ".jsonl": _read_feedback}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise StaffFileInvalid(f"不认识的文件类型：{path.name}。", "请给出 .csv、.xlsx 或反馈记录 .jsonl。")
    try:
        return list(reader(path))
    except OSError as error:
        raise StaffFileInvalid(f"无法读取 {path}：{error.strerror}。", "请检查路径和权限。") from error


def entry_of(feedback: Feedback, *, place: str) -> Entry:
    """What a reader's verdict makes of an answer: useful ones stand, the others need the corrected answer."""
    useful = feedback.verdict == "有用"
    answer = _SPACE.sub("", plain(feedback.answer)).strip() if useful else feedback.corrected.strip()
    refuses = (useful and feedback.status == "not_found") or status_of(answer) == "not_found"
    return Entry(
        place=place,
        question=feedback.question.strip(),
        answer=answer,
        quotes=feedback.citations,
        history=feedback.history,
        refuses=bool(answer) and refuses,
        unusable="" if answer else "评为没用，但没有写正确答案",
    )


def _read_feedback(path: Path) -> Iterator[Entry]:
    for number, line in enumerate(_text_of(path).split("\n"), start=1):
        if not line.strip():
            continue
        place = f"第 {number} 行"
        try:
            yield entry_of(_FEEDBACK.validate_json(line), place=place)
        except ValidationError as error:
            problem = error.errors()[0]
            field = ".".join(str(part) for part in problem["loc"])
            yield Entry(place, "", "", unusable=f"不是反馈记录（{field} {problem['msg']}）")


def _read_csv(path: Path) -> Iterator[Entry]:
    text = _text_of(path)
    heading = text.split("\n", 1)[0]
    separator = max(",;\t", key=heading.count)
    return _entries(csv.reader(io.StringIO(text, newline=""), delimiter=separator), path)


def _read_xlsx(path: Path) -> Iterator[Entry]:
    try:
        openpyxl: Any = importlib.import_module("openpyxl")
    except ModuleNotFoundError as error:
        raise StaffFileInvalid(
            "读取 XLSX 需要 openpyxl，现在没有安装。",
            "请运行 .venv/bin/python -m pip install openpyxl 安装它（make lint、make test 也会装上），或另存为 CSV。",
        ) from error
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (
        ValueError,
        KeyError,
        zipfile.BadZipFile,
        openpyxl.utils.exceptions.InvalidFileException,
    ) as error:
        raise StaffFileInvalid(f"{path.name} 不是 Excel 文件。", "请另存为 .xlsx 或 .csv。") from error
    try:
        rows = [[_cell(value) for value in row] for row in workbook.worksheets[0].iter_rows(values_only=True)]
    finally:
        workbook.close()
    return _entries(rows, path)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    # Excel keeps every number as a decimal one: 1216 is 1216.0 there.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _entries(rows: Iterable[Sequence[str]], path: Path) -> Iterator[Entry]:
    remaining = iter(rows)
    columns = _columns(next(remaining, ()))
    if "question" not in columns or "answer" not in columns:
        raise StaffFileInvalid(
            f"{path.name} 的第一行没有“问题”和“答案”两列。",
            "第一行应为列名：问题、答案、出处（可再加题型）。",
        )
    for number, row in enumerate(remaining, start=2):
        cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
        if not any(cells.values()):
            continue
        place = f"第 {number} 行"
        if not cells["question"] or not cells["answer"]:
            yield Entry(place, cells["question"], cells["answer"], unusable="缺少问题或答案")
            continue
        yield Entry(
            place,
            cells["question"],
            cells["answer"],
            source=cells.get("source", ""),
            kind=cells.get("kind", ""),
            refuses=status_of(cells["answer"]) == "not_found",
        )


def _columns(heading: Sequence[str]) -> dict[str, int]:
    """Column name → position, the first column of each name."""
    written = ["".join(cell.split()).lower().removeprefix("\ufeff") for cell in heading]
    found = {}
    for name, accepted in _COLUMNS.items():
        places = [place for place, cell in enumerate(written) if cell in accepted]
        if places:
            found[name] = places[0]
    return found


def _text_of(path: Path) -> str:
    """UTF-8, or GB18030 as Excel writes it where Chinese is the system's language."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise StaffFileInvalid(f"{path.name} 的编码无法识别。", "请另存为 UTF-8。")
