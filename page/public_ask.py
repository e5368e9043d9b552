"""The function that other programs call over HTTP: what they send is checked before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from qa.answer import Answer, Turn
from qa.errors import ExpectedError, QuestionUnusable

MOST_TURNS = 200
_MOST_DOCUMENTS = 10_000
_LONGEST_TEXT = 100_000
_FORM = (
    "应为：question 是文字；history 是由 {question, answer} 组成的列表"
    f"（不超过 {MOST_TURNS} 轮）或 null；documents 是文件名称的列表或 null；"
    "regions、kinds、genres 是文字的列表或 null，years 是年份（整数）的列表或 null。"
)


class _Turn(BaseModel):
    question: str = Field(max_length=_LONGEST_TEXT)
    answer: str = Field(default="", max_length=_LONGEST_TEXT)


class _Asked(BaseModel):
    question: str
    history: list[_Turn] | None = Field(default=None, max_length=MOST_TURNS)
    documents: list[str] | None = Field(default=None, max_length=_MOST_DOCUMENTS)
    regions: list[str] | None = Field(default=None, max_length=_MOST_DOCUMENTS)
    years: list[int] | None = Field(default=None, max_length=_MOST_DOCUMENTS)
    kinds: list[str] | None = Field(default=None, max_length=_MOST_DOCUMENTS)
    genres: list[str] | None = Field(default=None, max_length=_MOST_DOCUMENTS)


_ASKED = TypeAdapter(_Asked)
# The order in which they are sent, after question and history.
LIMITS = ("documents", "regions", "years", "kinds", "genres")


def answered(answer: Callable[..., Answer], question: Any, history: Any, *limits: Any) -> dict[str, Any]:
    """The answer to what a program has sent, as JSON-ready values. Raises the expected errors of `answer`.

    `limits` are in the order of LIMITS; what is missing or empty does not limit.
    """
    sent = dict(zip(LIMITS, (one or None for one in limits), strict=False))
    try:
        asked = _ASKED.validate_python(
            {"question": question, "history": history or None, **sent}, strict=True
        )
    except ValidationError as error:
        raise QuestionUnusable("没有看懂发来的问题。", _FORM) from error
    turns = [Turn(question=turn.question, answer=turn.answer) for turn in asked.history or ()]
    return asdict(
        answer(
            asked.question,
            turns,
            documents=asked.documents,
            regions=asked.regions,
            years=asked.years,
            genres=asked.genres,
            statements=asked.kinds,
        )
    )


def told(error: ExpectedError) -> str:
    """The error in words that are no longer than a reader reads, whatever was sent."""
    text = str(error)
    return text if len(text) <= 500 else f"{text[:500]}…"
