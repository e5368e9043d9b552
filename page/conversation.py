"""One visitor's conversation: what was asked, how far each answer has come, and the history for follow-ups."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Literal, cast

from qa.answer import Answer, Evidence, EvidenceFound, StreamEvent, TextChunk, Turn
from qa.assistant import Assistant
from qa.errors import ExpectedError

_log = logging.getLogger("page")

Stage = Literal["waiting", "writing", "done", "stopped", "failed"]


@dataclass
class Exchange:
    """A question and how far its answer has come; `problem` is a message and a hint for the reader."""

    number: int
    question: str
    stage: Stage = "waiting"
    understood: str = ""
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    answer: Answer | None = None
    problem: tuple[str, str] | None = None

    @property
    def is_open(self) -> bool:
        """Whether its answer is still awaited."""
        return self.stage in ("waiting", "writing")


@dataclass
class Conversation:
    """The exchanges of one visitor, oldest first; at most the last one is open."""

    exchanges: list[Exchange] = field(default_factory=list)

    @property
    def current(self) -> Exchange | None:
        """The newest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    def ask(self, question: str) -> Exchange | None:
        """Begin an exchange; None while an answer is being written or when there is nothing to ask."""
        if not question.strip() or (self.current is not None and self.current.is_open):
            return None
        self.exchanges.append(Exchange(number=len(self.exchanges) + 1, question=question.strip()))
        return self.current

    def stop(self) -> None:
        """Keep what has been written so far and wait for no more."""
        if self.current is not None and self.current.is_open:
            self.current.stage = "stopped"

    def history(self) -> list[Turn]:
        """The finished exchanges as the assistant wants them."""
        return [
            Turn(question=exchange.question, answer=exchange.text)
            for exchange in self.exchanges
            if exchange.stage in ("done", "stopped")
        ]


def answer_current(
    assistant: Assistant, conversation: Conversation, documents: Collection[str] | None
) -> Iterator[Exchange]:
    """Answer the open exchange, yielding it each time a reader should see it anew.

    Never raises: whatever goes wrong becomes the exchange's `problem`. Closing this iterator closes the
    assistant's stream, so that no model goes on writing for nobody.
    """
    exchange = conversation.current
    if exchange is None or exchange.stage != "waiting":
        return
    stream = assistant.stream(exchange.question, conversation.history(), documents=documents)
    try:
        with closing(cast("Generator[StreamEvent, None, None]", stream)) as events:
            for event in events:
                if not exchange.is_open:
                    return
                _note(exchange, event)
                yield exchange
    except ExpectedError as error:
        exchange.problem, exchange.stage = (error.message, error.hint), "failed"
        yield exchange
    except Exception:
        reference = secrets.token_hex(3)
        _log.exception("answering failed, reference %s", reference)
        exchange.problem = ("系统出现意外问题，没有完成回答。", f"请稍后再试；仍不行时请把编号 {reference} 告诉管理员。")
        exchange.stage = "failed"
        yield exchange
    finally:
        conversation.stop()


def _note(exchange: Exchange, event: StreamEvent) -> None:
    if isinstance(event, EvidenceFound):
        exchange.understood, exchange.evidence = event.question, event.evidence
    elif isinstance(event, TextChunk):
        exchange.text, exchange.stage = exchange.text + event.text, "writing"
    else:
        exchange.answer, exchange.text, exchange.stage = event, event.text, "done"
