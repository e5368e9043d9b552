"""What the browser keeps of a conversation and what is taken of what it brings back; pages of the library."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from answer_parts import XIALU

from page.charts import chart_html
from page.chosen import Chosen, documents_offered
from page.conversation import Conversation
from page.holdings import indicators_page, library_page
from page.records import MOST_TURNS, Record, RecordsUnusable, answered_turns, as_json, from_json, history_of
from page.turns import answer_side, earlier_turns, evidence_side
from qa import Answer, Assistant, Compared

QUESTION = "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？"


@pytest.fixture(scope="module")
def record(assistant: Assistant) -> Record:
    answer = assistant.ask(QUESTION)
    return Record(QUESTION, "done", answer.question, Chosen((XIALU,), "下陆区", 2025, "目标"), "", answer)


def test_a_record_comes_back_as_it_was_without_evidence_that_nobody_cites(record: Record) -> None:
    (back,) = from_json(f"[{as_json(record)}]")
    assert record.answer is not None
    assert back.answer is not None
    assert replace(back, answer=None) == replace(record, answer=None)
    assert replace(back.answer, evidence=()) == replace(record.answer, evidence=())
    assert 1 <= len(back.answer.evidence) < len(record.answer.evidence)
    assert len(as_json(record)) < 4000


def test_a_conversation_brought_back_looks_like_before_and_is_history_for_what_follows(
    assistant: Assistant, record: Record
) -> None:
    stopped = Record("另一问", "stopped", text="写到这里")
    brought = Conversation.restored(from_json(f"[{as_json(record)},{as_json(stopped)}]"), assistant.documents)
    assert [turn.question for turn in brought.history()] == [QUESTION, "另一问"]
    assert "覆盖率" in brought.history()[0].answer
    assert brought.exchanges[1].number == 2
    first = brought.exchanges[0]
    assert "<mark>" in evidence_side(first)
    assert "只查所选范围" in answer_side(first)
    assert "写到这里" in answer_side(brought.exchanges[1])
    assert earlier_turns(brought).count("<section") == 1
    assert [turn.question for turn in history_of(from_json(f"[{as_json(record)}]"))] == [QUESTION]
    assert len(answered_turns([record, stopped])) == 1


def test_a_quotation_that_the_document_no_longer_holds_is_shown_alone(
    assistant: Assistant, record: Record
) -> None:
    assert record.answer is not None
    moved = replace(record.answer.citations[0], start=0, end=5)
    old = replace(record, answer=replace(record.answer, citations=(moved,)))
    (exchange,) = Conversation.restored([old], assistant.documents).exchanges
    assert f'<blockquote class="excerpt"><mark>{moved.quote[:3]}' in evidence_side(exchange)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "{}",
        '[{"question": 3, "stage": "done"}]',
        '[{"question": "问", "stage": "waiting"}]',
        '[{"question": "问", "stage": "done", "answer": {"text": "", "status": "fine"}}]',
        '[{"question": "问", "stage": "done", "answer": {"text": "", "status": "answered", "citations": [{}]}}]',
        json.dumps([{"question": "问", "stage": "done"}] * (MOST_TURNS + 1)),
        "[" * 5000,
    ],
)
def test_what_is_no_conversation_is_not_taken(content: str) -> None:
    with pytest.raises(RecordsUnusable):
        from_json(content)


def test_a_retracted_exchange_takes_all_after_it_along() -> None:
    conversation = Conversation.restored([Record(str(n), "stopped") for n in range(3)], {})
    conversation.retract(0)
    assert len(conversation.exchanges) == 3
    conversation.retract(2)
    assert [exchange.question for exchange in conversation.exchanges] == ["0"]
    exchange = conversation.ask("新")
    assert exchange is not None
    assert exchange.number == 2


def test_bars_are_as_long_as_their_figures_and_named_for_those_who_cannot_see_them() -> None:
    bars = (Compared("<甲>", 40.0, "张", 1), Compared("乙", 160.5, "张", 2))
    html = chart_html(bars)
    assert 'aria-label="&lt;甲&gt;40张，乙160.5张"' in html
    assert 'width="100.00%"' in html
    assert 'width="24.92%"' in html
    assert "<甲>" not in html
    assert chart_html(bars[:1]) == ""
    assert chart_html((Compared("甲", 0.0, "张", 1), Compared("乙", 0.0, "张", 2))) == ""


def test_the_library_and_its_indicators_are_pages_that_lead_to_the_text(assistant: Assistant) -> None:
    library = library_page(assistant)
    assert library.count('href="document?name=') == 5
    assert library.count('href="indicators?name=') == 2
    page = indicators_page(assistant, XIALU)
    row = next(row for table in assistant.indicators(XIALU) for row in table.rows if "安葬" in row.name)
    assert f"start={row.start}&amp;end={row.end}#quotation" in page
    assert page.count("<tr>") == 13
    none = indicators_page(assistant, "004_43bd6416e6636711")
    assert "没有带数字的表格" in none


def test_documents_are_those_of_the_chosen_region_and_year(assistant: Assistant) -> None:
    def offered(**chosen: Any) -> list[str]:
        return [name for _, name in documents_offered(assistant.documents, Chosen(**chosen))]

    assert len(offered()) == 5
    assert offered(region="下陆区") == [XIALU]
    assert offered(region="下陆区", year=2016) == []
    assert len(offered(year=2023)) == 3
    assert len(offered(genre="规划")) == 2
    assert offered(genre="规划", region="下陆区") == [XIALU]


def test_an_answer_without_a_record_is_not_kept() -> None:
    conversation = Conversation()
    exchange = conversation.ask("问")
    assert exchange is not None
    assert exchange.record is None
    exchange.stage, exchange.problem = "failed", ("坏了", "再试")
    assert "data-record" not in answer_side(exchange)
    exchange.stage, exchange.answer = "done", Answer("好", "answered")
    assert "data-record" in answer_side(exchange)
