"""Who is answered next, and what those who wait are told."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import ClassVar

from doubles import wait_until

from page.conversation import Conversation, answer_current
from page.line import Line
from page.turns import answer_side
from qa.answer import Answer, EvidenceFound, StreamEvent, TextChunk
from vectorstore.documents import Document


def test_the_first_come_go_first_and_the_others_know_how_many_are_before_them() -> None:
    line = Line(2)
    tickets = [line.join() for _ in range(4)]
    assert [ticket.ahead for ticket in tickets] == [0, 0, 1, 2]
    assert tickets[1].wait(0)
    assert not tickets[2].wait(0.01)
    line.leave(tickets[0])
    line.leave(tickets[0])
    assert [ticket.ahead for ticket in tickets[1:]] == [0, 0, 1]
    with tickets[2]:
        pass
    assert tickets[3].wait(0)


def test_whoever_waits_is_woken_when_it_is_their_turn() -> None:
    line = Line(1)
    first, second = line.join(), line.join()
    woken = threading.Event()
    threading.Thread(target=lambda: second.wait(10) and woken.set(), daemon=True).start()
    assert not woken.wait(0.05)
    line.leave(first)
    assert woken.wait(5)


class Slow:
    """An assistant whose answers come when it is let go."""

    def __init__(self) -> None:
        self.documents: dict[str, object] = {}
        self.go = threading.Event()
        self.begun = 0

    def stream(self, question: str, *_: object, **__: object) -> Iterator[StreamEvent]:
        self.begun += 1
        yield EvidenceFound(question, ())
        self.go.wait(10)
        yield Answer("好。", "answered", question=question)


def test_a_waiting_reader_sees_the_line_and_may_leave_it() -> None:
    slow, line = Slow(), Line(1)
    conversations = [Conversation() for _ in range(3)]
    streams = []
    for conversation in conversations:
        conversation.ask("问")
        streams.append(answer_current(slow, conversation, line))  # type: ignore[arg-type]
        next(streams[-1])
    assert "前面还有 2 个问题" in answer_side(next(streams[2]))
    assert slow.begun == 1
    conversations[1].stop()
    assert wait_until(lambda: "前面还有 1 个问题" in answer_side(next(streams[2])))
    slow.go.set()
    assert [answer_side(exchange) for exchange in streams[2]][-1].count("好。")
    assert slow.begun == 2
    for stream in streams:
        stream.close()  # type: ignore[attr-defined]


def test_evidence_is_shown_before_the_first_word_and_words_that_come_at_once_together() -> None:
    class Quick:
        """Says everything at once, as a quick model does."""

        documents: ClassVar[dict[str, Document]] = {}

        def stream(self, *_: object, **__: object) -> Iterator[StreamEvent]:
            yield EvidenceFound("问", ())
            yield from (TextChunk("字") for _ in range(500))
            yield Answer("字" * 500, "answered")

    conversation = Conversation()
    conversation.ask("问")
    shown = []
    for exchange in answer_current(Quick(), conversation, Line(1)):  # type: ignore[arg-type]
        shown.append((exchange.understood, len(exchange.text), exchange.stage))
        time.sleep(0.05)  # the page draws
    assert ("问", 0, "waiting") in shown
    assert shown[-1] == ("问", 500, "done")
    assert len(shown) < 20
