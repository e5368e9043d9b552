"""What a question comes back as: the public contract that other programs rely on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["answered", "partial", "not_found"]


@dataclass(frozen=True)
class Turn:
    """One earlier exchange of the conversation, oldest first in a history."""

    question: str
    answer: str = ""


@dataclass(frozen=True)
class Citation:
    """A span of one document: `text[start:end] == quote`, always.

    `document` is the file's stem; offsets count characters of the text as decoded. `page` is where it begins, None for
    formats without pages; `pages` are all on which it stands. `labels` tell what it states (2021年结果, 2022年计划, 标准),
    empty where the text does not. `location` is the place in the file for readers (第3页, 第3—4页, 第12段,
    表“指标”第5行), "" for text files. `document_number` is the document's official one (文号), empty where it states none.
    """

    number: int
    document: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    page: int | None = None
    labels: tuple[str, ...] = ()
    location: str = ""
    document_number: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class Compared:
    """One figure of a comparison whose figures are all in the same unit: 荆门市（2022年目标）, 1000, 张.

    `number` is the citation that it comes from.
    """

    label: str
    value: float
    unit: str
    number: int


@dataclass(frozen=True)
class Evidence:
    """A retrieved passage, in order of usefulness, with what is known about it; the first of a section with its heading.

    `start`, `end`, `text` and `labels` as in Citation. `score` is the fused reciprocal-rank score (no unit, larger
    is better, comparable within one question only).
    """

    document: str
    title: str
    region: str
    period: str
    section: tuple[str, ...]
    start: int
    end: int
    text: str
    score: float
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class EvidenceFound:
    """First event of a stream: the question as understood (follow-ups completed) and its evidence.

    It comes once more, before any text, where other words of the same question found what its own did not.
    """

    question: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class TextChunk:
    """A piece of the answer's Markdown; the pieces joined are `Answer.text`."""

    text: str


@dataclass(frozen=True)
class Answer:
    """A finished answer. Refusing is an answer too: `status == "not_found"`, saying what was searched.

    `text` is Markdown whose claims are followed by [1], [2] …, the numbers of `citations`.
    `question` is the question as understood. `answered_by` is "extractive" or the model's name.
    `timings` are seconds per stage. `compared` holds the figures of a comparison that may be drawn side by side.
    """

    text: str
    status: Status
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    answered_by: str = "extractive"
    timings: Mapping[str, float] = field(default_factory=dict)
    question: str = ""
    evidence: tuple[Evidence, ...] = ()
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True)
class AnsweredTurn:
    """One exchange of a conversation with the whole answer, as it is exported. `question` as it was asked."""

    question: str
    answer: Answer


StreamEvent = EvidenceFound | TextChunk | Answer
