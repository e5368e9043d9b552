"""Gold questions: what staff ask, what a right answer must say, and where the documents say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qa.answer import Turn
from qa.errors import DocumentUnreadable, ExpectedError, LibraryMissing

GOLD_FOLDER = Path(__file__).resolve().parent / "gold"

Kind = Literal[
    "fact",
    "several",
    "list",
    "text",
    "table",
    "spoken",
    "comparison",
    "calculation",
    "follow_up",
    "premise",
    "contradiction",
    "overview",
    "unanswerable",
    "english",
    "traditional",
]
Part = Literal["dev", "test"]

# What these answers state (a sum, which of two is larger) need not stand in any document.
CONCLUDED: frozenset[Kind] = frozenset({"calculation", "comparison"})


class GoldInvalid(ExpectedError):
    """A gold file is missing, is not in the format, or quotes what no document says."""

    exit_code = 4


@dataclass(frozen=True)
class Quote:
    """An exact substring of one document that shows the answer."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    document: str
    quote: str


@dataclass(frozen=True)
class Question:
    """One gold question. A right answer states one wording of every point and no forbidden statement.

    `documents` are the stems that the answer draws on; `evidence` may be one of several true sources.
    Points and evidence are empty exactly where the documents do not answer (kind unanswerable). `warns`: the
    source is doubtful there, and a right answer carries a warning.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    id: str
    part: Part
    kind: Kind
    documents: tuple[str, ...]
    question: str
    reference: str
    points: tuple[tuple[str, ...], ...]
    evidence: tuple[Quote, ...]
    forbidden: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    warns: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the documents hold the answer; otherwise the right answer is a refusal."""
        return self.kind != "unanswerable"


_QUESTION = TypeAdapter(Question)


def load(path: Path = GOLD_FOLDER) -> list[Question]:
    """Read one .jsonl file, or every .jsonl file of a folder in order of name.

    Raises GoldInvalid, naming file and line.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    questions: list[Question] = []
    seen: set[str] = set()
    for file in files:
        for number, line in enumerate(_lines(file), start=1):
            if line.strip():
                question = _parse(line, f"{file.name} 第 {number} 行")
                if question.id in seen:
                    raise GoldInvalid(
                        f"{file.name} 第 {number} 行：编号 {question.id} 重复。", "每题的编号只能用一次。"
                    )
                seen.add(question.id)
                questions.append(question)
    if not questions:
        raise GoldInvalid(f"{path} 里没有题目。", "请用 --gold 指定 .jsonl 文件或其所在文件夹。")
    return questions


def read_texts(library: Path) -> dict[str, str]:
    """Document stem → its text, the file decoded as UTF-8 and nothing else, for every .txt file of `library`.

    Read here and not by the system under test, so that its offsets are checked against the files.
    """
    texts = {}
    for file in sorted(library.glob("*.txt")):
        try:
            texts[file.stem] = file.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise DocumentUnreadable(
                f"“{file.name}”不是 UTF-8 文本。", "评测按 UTF-8 核对原文，请先转换编码。"
            ) from error
    if not texts:
        raise LibraryMissing(f"{library} 里没有 .txt 文件。", "请用 QA_LIBRARY 指定题目所依据的文件库。")
    return texts


def require_evidence(questions: list[Question], texts: Mapping[str, str]) -> None:
    """Raise GoldInvalid where a gold quote is not in its document: recall would always miss it."""
    absent = [
        f"{question.id}：{quote.document}“{quote.quote[:30]}”"
        for question in questions
        for quote in question.evidence
        if quote.quote not in texts.get(quote.document, "")
    ]
    if absent:
        more = f"等 {len(absent)} 处" if len(absent) > 3 else ""
        raise GoldInvalid(
            f"这些依据不在文件库的原文里：{'；'.join(absent[:3])}{more}。",
            "请核对题目，或用 QA_LIBRARY 指定它们所依据的文件库。",
        )


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldInvalid(f"无法读取题目文件 {file}：{error}", "请检查路径，文件应为 UTF-8。") from error


def _parse(line: str, place: str) -> Question:
    try:
        question = _QUESTION.validate_json(line)
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise GoldInvalid(f"{place}：{field} {problem['msg']}", "每行应是一道题的 JSON 对象。") from error
    wordings = [wording for point in question.points for wording in point]
    blank = not all(question.points) or not all(
        text.strip()
        for text in (*wordings, *question.forbidden, *(quote.quote for quote in question.evidence))
    )
    if blank:
        raise GoldInvalid(f"{place}：要点、禁语或依据中有空白。", "空白的说法与任何回答都相符。")
    if question.answerable != bool(question.points) or question.answerable != bool(question.evidence):
        raise GoldInvalid(f"{place}：要点、依据与题型不符。", "unanswerable 没有要点和依据，其他题型都要有。")
    return question
