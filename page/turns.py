"""The two sides of one exchange as HTML: the answer, and the evidence beside it."""

from __future__ import annotations

from html import escape

from page.actions import actions_html
from page.charts import chart_html
from page.conversation import Conversation, Exchange
from page.records import as_json
from page.rendering import (
    answer_body_html,
    citations_html,
    found_html,
    notice_html,
    question_html,
    status_html,
    warnings_html,
)


def answer_side(exchange: Exchange) -> str:
    """Question, answer as far as it has come, status and warnings."""
    citations = exchange.answer.citations if exchange.answer else ()
    body = answer_body_html(exchange.text, citations, turn=exchange.number) if exchange.text else ""
    asked = question_html(exchange.question, exchange.understood, exchange.chosen.told(exchange.documents))
    # The script tells screen readers about each new stage, and scrolls to a new turn.
    return (
        f'<section class="answer" id="turn-{exchange.number}" data-stage="{exchange.stage}"'
        f'{_kept(exchange)} aria-label="第 {exchange.number} 轮">'
        f"{asked}{body}{_chart(exchange)}{_state_html(exchange)}{actions_html(exchange)}</section>"
    )


def evidence_side(exchange: Exchange) -> str:
    """The passages found, and once the answer is finished the cards of its citations."""
    if exchange.answer is not None:
        cards = citations_html(exchange.answer, exchange.documents, turn=exchange.number)
    else:
        cards = found_html(exchange.evidence)
    return f'<aside class="evidence" aria-label="依据">{cards}</aside>' if cards else ""


def earlier_turns(conversation: Conversation) -> str:
    """Every exchange before the current one, its evidence folded away."""
    return "".join(_earlier_turn(exchange) for exchange in conversation.exchanges[:-1])


def _earlier_turn(exchange: Exchange) -> str:
    evidence = evidence_side(exchange)
    count = len(exchange.answer.citations) if exchange.answer else 0
    label = f"查看依据（{count}）" if count else "查看相关段落"
    folded = f"<details><summary>{label}</summary>{evidence}</details>" if evidence else ""
    return f'<div class="turn">{answer_side(exchange)}<div class="folded">{folded}</div></div>'


def _kept(exchange: Exchange) -> str:
    """What the browser keeps of the exchange, as data on its element."""
    record = exchange.record
    return f' data-record="{escape(as_json(record))}"' if record else ""


def _chart(exchange: Exchange) -> str:
    return chart_html(exchange.answer.compared) if exchange.answer else ""


def _state_html(exchange: Exchange) -> str:
    if exchange.answer is not None:
        return status_html(exchange.answer) + warnings_html(exchange.answer.warnings)
    if exchange.problem is not None:
        return notice_html(*exchange.problem)
    if exchange.stage == "stopped":
        return '<p class="status"><span class="badge">已停止</span></p>'
    words = "正在作答" if exchange.evidence else "正在查找依据"
    if exchange.ahead:
        words = f"前面还有 {exchange.ahead} 个问题，请稍候"
    return f'<p class="status working"><span class="badge">{words}…</span></p>'
