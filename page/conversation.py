"""One visitor's conversation: what was asked, how far each answer has come, and the history for follow-ups."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from queue import Empty, Queue
from typing import TYPE_CHECKING, Literal, cast

from page.chosen import Chosen
from page.line import Line, Ticket
from page.records import Record
from qa.answer import Answer, Evidence, EvidenceFound, StreamEvent, TextChunk, Turn
from qa.errors import ExpectedError

if TYPE_CHECKING:
    from qa.assistant import Assistant
    from vectorstore.documents import Document

_log = logging.getLogger("page")

_SECONDS_BETWEEN_LOOKS = 0.5

Stage = Literal["waiting", "writing", "done", "stopped", "failed"]


@dataclass
class Exchange:
    """A question and how far its answer has come.

    `documents` are the library as it was when the question was answered, `chosen` the part of it that was
    searched, `problem` is a message and a hint for the reader, `ahead` how many questions are answered before.
    """

    number: int
    question: str
    stage: Stage = "waiting"
    documents: Mapping[str, Document] = field(default_factory=dict)
    chosen: Chosen = field(default_factory=Chosen)
    understood: str = ""
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    answer: Answer | None = None
    problem: tuple[str, str] | None = None
    ahead: int = 0

    @property
    def record(self) -> Record | None:
        """What the visitor's browser keeps of it; None while it is open and when it failed."""
        if self.stage not in ("done", "stopped"):
            return None
        stage: Literal["done", "stopped"] = "done" if self.stage == "done" else "stopped"
        return Record(self.question, stage, self.understood, self.chosen, self.text, self.answer)

    @property
    def is_open(self) -> bool:
        """Whether its answer is still awaited."""
        return self.stage in ("waiting", "writing")

    def stop(self) -> None:
        """Wait for no more; a finished answer stays as it is."""
        if self.is_open:
            self.stage = "stopped"


@dataclass
class Conversation:
    """The exchanges of one visitor, oldest first; at most the last one is open.

    `abandoned` once the visitor has begun another conversation: nothing of this one is shown any more.
    """

    exchanges: list[Exchange] = field(default_factory=list)
    abandoned: bool = False

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

    @classmethod
    def restored(cls, records: Sequence[Record], documents: Mapping[str, Document]) -> Conversation:
        """A conversation that the visitor's browser has kept, over the documents as they are now."""
        return cls([_restored(number, record, documents) for number, record in enumerate(records, start=1)])

    def retract(self, number: int) -> None:
        """Take back an exchange and all after it, to ask otherwise; 0 takes back nothing."""
        if number > 0:
            self.stop()
            del self.exchanges[number - 1 :]

    def stop(self) -> None:
        """Keep what has been written so far and wait for no more."""
        if self.current is not None:
            self.current.stop()

    def abandon(self) -> None:
        """Stop, and be shown no more."""
        self.stop()
        self.abandoned = True

    def shows(self, exchange: Exchange) -> bool:
        """Whether this exchange is what the visitor is looking at."""
        return exchange is self.current and not self.abandoned

    def history(self) -> list[Turn]:
        """The finished exchanges as the assistant wants them."""
        return [
            Turn(question=exchange.question, answer=exchange.text)
            for exchange in self.exchanges
            if exchange.stage in ("done", "stopped")
        ]


def _restored(number: int, record: Record, documents: Mapping[str, Document]) -> Exchange:
    answer = record.answer
    return Exchange(
        number=number,
        question=record.question,
        stage="done" if answer else "stopped",
        documents=documents,
        chosen=record.chosen,
        understood=record.understood,
        evidence=answer.evidence if answer else (),
        text=answer.text if answer else record.text,
        answer=answer,
    )


def answer_current(
    assistant: Assistant, conversation: Conversation, line: Line, chosen: Chosen | None = None
) -> Iterator[Exchange]:
    """Answer the waiting exchange in its turn, yielding it at every change and at least every half second.

    Never raises: whatever goes wrong becomes the exchange's `problem`. Ends within half a second after the
    exchange was stopped, even while a model is silent; then, or when this iterator is closed, the
    assistant's stream is closed as soon as it gives control back: no model goes on writing for nobody.
    """
    exchange = conversation.current
    if exchange is None or exchange.stage != "waiting":
        return
    exchange.chosen = chosen or Chosen()
    arrived: Queue[StreamEvent | Exception] = Queue()
    stream = assistant.stream(exchange.question, conversation.history(), **exchange.chosen.limits)
    ticket = line.join()
    threading.Thread(
        target=_forward, args=(assistant, stream, exchange, arrived, ticket), daemon=True
    ).start()
    try:
        while exchange.is_open:
            exchange.ahead = ticket.ahead
            with suppress(Empty):
                _note_all(exchange, arrived)
            yield exchange
    finally:
        # This exchange, not the current one: the next question may have been asked already.
        exchange.stop()


def _forward(
    assistant: Assistant,
    stream: Iterator[StreamEvent],
    exchange: Exchange,
    arrived: Queue[StreamEvent | Exception],
    ticket: Ticket,
) -> None:
    """Run the stream in a thread of its own: the reader may leave while it waits for its turn or a model."""
    try:
        with ticket, closing(cast("Generator[StreamEvent, None, None]", stream)) as events:
            exchange.documents = assistant.documents
            while exchange.is_open and not ticket.wait(_SECONDS_BETWEEN_LOOKS):
                pass
            for event in events if exchange.is_open else ():
                if not exchange.is_open:
                    return
                arrived.put(event)
    except Exception as error:
        arrived.put(error)  # `_note` tells expected errors from bugs and reports both


def _note_all(exchange: Exchange, arrived: Queue[StreamEvent | Exception]) -> None:
    """Wait for an event; words that have come meanwhile are shown with it, for every change draws the answer anew.

    Evidence is shown by itself, before the first word. Raises Empty when nothing comes in time.
    """
    event = arrived.get(timeout=_SECONDS_BETWEEN_LOOKS)
    _note(exchange, event)
    while isinstance(event, TextChunk):
        event = arrived.get_nowait()
        _note(exchange, event)


def _note(exchange: Exchange, event: StreamEvent | Exception) -> None:
    """What an event changes; one that arrives after the exchange was stopped changes nothing."""
    if not exchange.is_open:
        return
    if isinstance(event, EvidenceFound):
        exchange.understood, exchange.evidence = event.question, event.evidence
    elif isinstance(event, TextChunk):
        exchange.text, exchange.stage = exchange.text + event.text, "writing"
    elif isinstance(event, Answer):
        exchange.answer, exchange.text, exchange.stage = event, event.text, "done"
    else:
        exchange.problem, exchange.stage = _problem(event), "failed"


def _problem(error: Exception) -> tuple[str, str]:
    """Message and hint for the reader; the details of a bug go to the log, under a reference."""
    if isinstance(error, ExpectedError):
        return error.message, error.hint
    reference = secrets.token_hex(3)
    _log.error("answering failed, reference %s", reference, exc_info=error)
    return "系统出现意外问题，没有完成回答。", f"请稍后再试；仍不行时请把编号 {reference} 告诉管理员。"
