"""Question sets in SQuAD's form (SQuAD, CMRC 2018, DRCD, …), and a library made of their paragraphs.

Two layouts are read: SQuAD's own, nested (data → paragraphs → qas), and the flat list that CMRC 2018 came in
(context_id, context_text, qas with query_text and bare answers).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.errors import ExpectedError


class QuestionSetInvalid(ExpectedError):
    """A file is no question set in SQuAD's form."""

    exit_code = 4


@dataclass(frozen=True)
class SquadQuestion:
    """One question: `paragraph` is the position of the paragraph that answers it, `answers` accepted spans."""

    id: str
    text: str
    answers: tuple[str, ...]
    paragraph: int


@dataclass(frozen=True)
class SquadSet:
    """`paragraphs` are (title, text), every different one once; `left_out` questions have no answer in theirs."""

    paragraphs: tuple[tuple[str, str], ...]
    questions: tuple[SquadQuestion, ...]
    left_out: int


def read_squad(path: Path) -> SquadSet:
    """Read one file. Raises QuestionSetInvalid, naming what is wrong."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise QuestionSetInvalid(f"无法读取 {path}：{error}", "应为 UTF-8 的 JSON 文件。") from error
    positions: dict[tuple[str, str], int] = {}
    questions: list[SquadQuestion] = []
    left_out = 0
    try:
        for title, text, asked in _paragraphs(content):
            position = positions.setdefault((title, text), len(positions))
            for identifier, question, answers in _asked(asked):
                if answers and question:
                    questions.append(SquadQuestion(identifier, question, answers, position))
                else:
                    left_out += 1
    except (KeyError, TypeError, AttributeError) as error:
        raise QuestionSetInvalid(
            f"{path} 不是 SQuAD 或 CMRC 的格式（{type(error).__name__}: {error}）。",
            "应为 data → paragraphs → qas，或一列 context_text 与 qas。",
        ) from error
    if not questions:
        raise QuestionSetInvalid(f"{path} 里没有带答案的问题。", "请核对文件。")
    return SquadSet(tuple(positions), tuple(questions), left_out)


def write_library(squad: SquadSet, folder: Path, *, titles: bool = True) -> None:
    """Write each paragraph as a document of its own, named by its position (see `position_of`).

    With `titles` the document begins with the title that the set gives, as documents do; without, or where
    the set gives none, it is the paragraph alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for position, (title, text) in enumerate(squad.paragraphs):
        heading = f"# {title}\n\n" if titles and title else ""
        (folder / f"p{position:06d}.md").write_bytes(f"{heading}{text}\n".encode())


def position_of(document: str) -> int:
    """The paragraph's position from the name of its document."""
    return int(document[1:])


def _paragraphs(content: Any) -> Iterator[tuple[str, str, Any]]:
    """(title, text, questions) of either layout."""
    if isinstance(content, list):
        for item in content:
            yield _line(item.get("title", "")), item["context_text"], item["qas"]
        return
    for article in content["data"]:
        for paragraph in article["paragraphs"]:
            yield _line(article.get("title", "")), paragraph["context"], paragraph["qas"]


def _asked(questions: Any) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(id, question, answers) of either layout; no answers where the question is marked impossible."""
    for item in questions:
        identifier = str(item.get("id", item.get("query_id", "")))
        text = item["question"] if "question" in item else item["query_text"]
        answers = [] if item.get("is_impossible") else item["answers"]
        spans = (answer["text"] if isinstance(answer, dict) else answer for answer in answers)
        yield identifier, text.strip(), tuple(dict.fromkeys(span for span in spans if span.strip()))


def _line(title: str) -> str:
    return " ".join(title.replace("_", " ").split())
