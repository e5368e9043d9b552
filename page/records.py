"""Exchanges as data that the visitor's browser keeps and brings back. What comes back is checked, never trusted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from page.chosen import Chosen
from qa.answer import Answer, AnsweredTurn, Evidence, Turn

MOST_TURNS = 200
# Evidence is kept for what is cited; of an answer without citations, what came first.
_UNCITED = 3


@dataclass(frozen=True)
class Record:
    """One exchange: what was asked on which ground, and the answer, or the words written before it was stopped."""

    question: str
    stage: Literal["done", "stopped"]
    understood: str = ""
    chosen: Chosen = field(default_factory=Chosen)
    text: str = ""
    answer: Answer | None = None


class RecordsUnusable(ValueError):
    """What a browser has sent is no list of records."""


@cache
def _one() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


@cache
def _several() -> TypeAdapter[list[Record]]:
    return TypeAdapter(list[Record])


def as_json(record: Record) -> str:
    """The record as the browser keeps it, without evidence that nobody will look at again."""
    answer = record.answer
    if answer is not None:
        record = replace(record, text="", answer=replace(answer, evidence=_worth_keeping(answer)))
    return _one().dump_json(record).decode()


def from_json(content: str | bytes) -> list[Record]:
    """The records of a conversation, oldest first. Raises RecordsUnusable."""
    try:
        records = _several().validate_json(content)
    except ValidationError as error:
        raise RecordsUnusable(str(error)) from error
    if len(records) > MOST_TURNS:
        raise RecordsUnusable(f"more than {MOST_TURNS} turns")
    return records


def answered_turns(records: Sequence[Record]) -> list[AnsweredTurn]:
    """The answered ones, to be exported."""
    return [AnsweredTurn(record.question, record.answer) for record in records if record.answer is not None]


def history_of(records: Sequence[Record]) -> tuple[Turn, ...]:
    """The records as the turns of a conversation."""
    return tuple(
        Turn(record.question, record.answer.text if record.answer else record.text) for record in records
    )


def _worth_keeping(answer: Answer) -> tuple[Evidence, ...]:
    cited = tuple(
        evidence
        for evidence in answer.evidence
        if any(
            (evidence.document, True) == (c.document, evidence.start < c.end and c.start < evidence.end)
            for c in answer.citations
        )
    )
    return cited or answer.evidence[:_UNCITED]
