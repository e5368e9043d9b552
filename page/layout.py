"""The controls of the page and what they do. The only file that builds Gradio components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.events import api

from page.chosen import (
    KINDS,
    Chosen,
    all_or,
    documents_offered,
    genres_offered,
    regions_offered,
    years_offered,
)
from page.conversation import Conversation, answer_current
from page.line import Line
from page.offers import Offers, next_html
from page.public_ask import answered, told
from page.records import RecordsUnusable, from_json
from page.rendering import notice_html
from page.turns import answer_side, earlier_turns, evidence_side
from qa.assistant import Assistant
from qa.errors import ExpectedError

_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
# Two answers of the local model at once are both slow; one after the other is quicker for everybody.
_AT_ONCE = {"local": 1}
_AT_ONCE_OTHERWISE = 4
_OWN: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_KEEP = gr.skip()
# What the page's script adds to a call: which question is taken back, which conversation is brought back.
_WITH_REPLACED = "(question, conversation, _) => [question, conversation, window.page?.replaced() ?? '']"
_WITH_KEPT = "(conversation, _) => [conversation, window.page?.kept() ?? '']"
# On a phone one line stands for the choices until it is opened.
_GROUND_SUMMARY = (
    '<button type="button" data-page="ground">范围：<span id="ground-said">全部文件</span></button>'
)
_GONE = "这段对话没有恢复：浏览器里的记录不完整。", "可以在“以前的对话”里删除它，或直接提出新问题。"


def theme() -> gr.themes.Base:
    """Gradio's plain theme with the system's fonts: no font is fetched from anywhere."""
    return gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", text_size="lg", font=_FONTS, font_mono=["monospace"]
    )


def build_page(assistant: Assistant) -> gr.Blocks:
    """The question page. Only the function `ask` is offered to other programs."""
    page: gr.Blocks
    # Everything that answers stands in one line, whether it is asked on the page or by another program.
    line = Line(_AT_ONCE.get(assistant.answers_with, _AT_ONCE_OTHERWISE))
    with gr.Blocks(title="民政规划问答", analytics_enabled=False, fill_width=True) as page:
        _Controls(assistant, line).connect(page)
        api(_public_ask(assistant, line), api_name="ask", concurrency_limit=None)
    return page


class _Controls:
    """The components of one page and the functions behind them."""

    def __init__(self, assistant: Assistant, line: Line) -> None:
        self._assistant = assistant
        self._line = line
        self._offers = Offers(assistant)
        self.conversation = gr.State(Conversation())
        self.from_script = gr.Textbox(visible=False)
        self.restore = gr.Button("恢复对话", elem_id="restore", elem_classes="for-script")
        self.earlier = _html("earlier")
        with gr.Row(elem_id="current", elem_classes="turn"):
            with gr.Column(elem_id="answer-column"):
                self.answer, self.next = _html("answer"), _html("next")
            self.evidence = _html("evidence")
        self.welcome = _html("welcome", self._offers.waiting())
        with gr.Column(elem_id="composer"):
            gr.HTML(
                _GROUND_SUMMARY,
                elem_id="ground-summary",
                elem_classes="ground",
                js_on_load=None,
                apply_default_css=False,
                padding=False,
            )
            self._build_ground()
            with gr.Row(elem_id="question-row"):
                self.question = gr.Textbox(
                    label="问题",
                    placeholder="请输入问题，按回车发送",
                    max_lines=6,
                    elem_id="question",
                    scale=1,
                )
                self.send = gr.Button("提问", variant="primary", elem_id="send", scale=0)
                self.stop = gr.Button("停止", variant="stop", elem_id="stop", visible=False, scale=0)

    def _build_ground(self) -> None:
        documents = self._assistant.documents
        with gr.Row(elem_id="ground-row"):
            self.filter = gr.Dropdown(
                label="查询范围",
                choices=documents_offered(documents, Chosen()),
                multiselect=True,
                elem_id="filter",
                scale=3,
            )
            self.region = _one_of("地区", regions_offered(documents))
            self.year = _one_of("年份", years_offered(documents))
            self.genre = _one_of("文种", genres_offered(documents))
            self.kind = _one_of("内容类别", all_or("全部内容", KINDS))
            self.anew = gr.Button("新对话", elem_id="anew", scale=0)

    def connect(self, page: gr.Blocks) -> None:
        """Say what happens on loading, choosing, asking, stopping, restoring and starting anew."""
        ground = [self.filter, self.region, self.year, self.genre, self.kind]
        page.load(self._loaded, outputs=[*ground[:4], self.welcome], queue=False, **_OWN)
        for choice in ground:
            choice.input(self._chosen, ground, [self.filter, self.welcome], queue=False, **_OWN)
        posed = [self.conversation, self.question, self.earlier, *self._turn()]
        for trigger in (self.question.submit, self.send.click):
            trigger(
                self._pose,
                [self.question, self.conversation, self.from_script],
                posed,
                js=_WITH_REPLACED,
                queue=False,
                **_OWN,
            ).then(
                self._write,
                [self.conversation, *ground],
                self._turn(),
                # Otherwise a question asked right after stopping would be dropped: the stopped one is still ending.
                trigger_mode="multiple",
                concurrency_limit=None,
                **_OWN,
            ).then(self._follow, [self.conversation], [self.next], trigger_mode="multiple", **_OWN)
        # No `cancels`: the conversation itself ends what `_write` waits for.
        self.stop.click(self._stopped, [self.conversation], self._turn(), queue=False, **_OWN)
        # The browser itself empties the box, at once: what is typed before `_new` has answered stays.
        self.anew.click(None, outputs=[self.question], js="() => ''", **_OWN)
        self.anew.click(self._new, [self.conversation], posed, queue=False, **_OWN)
        self.restore.click(
            self._restored,
            [self.conversation, self.from_script],
            posed,
            js=_WITH_KEPT,
            queue=False,
            **_OWN,
        )

    def _turn(self) -> list[gr.components.Component]:
        return [self.answer, self.evidence, self.next, self.send, self.stop]

    def _loaded(self) -> list[Any]:
        documents = self._assistant.documents
        limits = (regions_offered(documents), years_offered(documents), genres_offered(documents))
        offered = (documents_offered(documents, Chosen()), *limits)
        return [*(gr.Dropdown(choices=choices) for choices in offered), self._offers.first(Chosen())]

    def _chosen(self, *ground: Any) -> list[Any]:
        """The documents of the chosen place, year and kind of paper, and questions that fit."""
        chosen = _chosen(*ground)
        offered = documents_offered(self._assistant.documents, chosen)
        names = {name for _, name in offered}
        kept = [name for name in chosen.documents if name in names]
        filtered = gr.Dropdown(choices=offered, value=kept)
        return [filtered, self._offers.first(_chosen(kept, *ground[1:]))]

    def _pose(self, question: str, conversation: Conversation, replaced: str) -> list[Any]:
        conversation.retract(int(replaced) if replaced.isdecimal() else 0)
        exchange = conversation.ask(question)
        if exchange is None:
            return [_KEEP] * 8
        turn = [answer_side(exchange), "", "", *_buttons(busy=True)]
        return [conversation, "", earlier_turns(conversation), *turn]

    def _write(self, conversation: Conversation, *ground: Any) -> Iterator[list[Any]]:
        shown = ["", ""]
        asked = conversation.current
        for exchange in answer_current(self._assistant, conversation, self._line, _chosen(*ground)):
            if not conversation.shows(exchange):
                break
            sides = [answer_side(exchange), evidence_side(exchange)]
            changed = [side if side != before else _KEEP for side, before in zip(sides, shown, strict=True)]
            shown = sides
            yield [*changed, _KEEP, *_buttons(busy=exchange.is_open)]
        # Last, how it stands: a change on its way when the answer was stopped may have come after the stop. Gradio shows
        # the last output again at its end and may leave out those right before it, so this one has to be complete.
        if asked is not None and conversation.shows(asked):
            yield [answer_side(asked), evidence_side(asked), _KEEP, *_buttons(busy=asked.is_open)]
        else:
            yield [_KEEP] * 5

    def _follow(self, conversation: Conversation) -> Any:
        """Questions to ask next; nothing when another question has been asked meanwhile."""
        exchange = conversation.current
        if exchange is None or exchange.answer is None:
            return _KEEP
        offered = self._offers.after(exchange.answer, exchange.chosen)
        return next_html(offered) if conversation.shows(exchange) else _KEEP

    def _stopped(self, conversation: Conversation) -> list[Any]:
        conversation.stop()
        exchange = conversation.current
        shown = answer_side(exchange) if exchange else ""
        return [shown, _KEEP, _KEEP, *_buttons(busy=False)]

    def _new(self, conversation: Conversation) -> list[Any]:
        conversation.abandon()
        return [Conversation(), _KEEP, "", "", "", "", *_buttons(busy=False)]

    def _restored(self, conversation: Conversation, kept: str) -> list[Any]:
        """What the browser has kept, drawn anew; the conversation that was shown until now is left."""
        conversation.abandon()
        try:
            brought = Conversation.restored(from_json(kept), self._assistant.documents)
        except (RecordsUnusable, ExpectedError):
            return [Conversation(), "", notice_html(*_GONE), "", "", "", *_buttons(busy=False)]
        exchange = brought.current
        sides = [answer_side(exchange), evidence_side(exchange)] if exchange else ["", ""]
        return [brought, _KEEP, earlier_turns(brought), *sides, "", *_buttons(busy=False)]


def _chosen(documents: list[str] | None, region: str, year: str, genre: str, kind: str) -> Chosen:
    return Chosen(tuple(documents or ()), region or "", int(year) if year else None, kind or "", genre or "")


def _html(name: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False, padding=False)


def _buttons(*, busy: bool) -> list[gr.Button]:
    """Send and stop take turns in the same place."""
    return [gr.Button(visible=not busy), gr.Button(visible=busy)]


def _one_of(label: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
    """A choice that always says what is chosen; the first means everything."""
    return gr.Dropdown(
        label=label, choices=choices, value="", filterable=False, elem_classes="limit", scale=1, min_width=0
    )


def _public_ask(assistant: Assistant, line: Line) -> Any:
    def ask(
        question: str,
        history: list[dict[str, str]] | None = None,
        documents: list[str] | None = None,
        regions: list[str] | None = None,
        years: list[int] | None = None,
        kinds: list[str] | None = None,
        genres: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question; `history` holds {"question", "answer"} of earlier turns, oldest first.

        The search is limited to `documents` (by name), `regions`, `years`, `kinds` of statement (结果, 目标, 标准, 措施)
        and `genres` of documents (规划, 计划, 总结, 政策).
        """
        with line.join() as ticket:
            while not ticket.wait(60):
                pass
            try:
                return answered(assistant.ask, question, history, documents, regions, years, kinds, genres)
            except ExpectedError as error:
                raise gr.Error(told(error), print_exception=False) from error

    return ask
