"""The controls of the page and what they do. The only file that builds Gradio components."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr
from gradio.events import api

from page.chosen import KINDS, Chosen, regions_of, years_of
from page.conversation import Conversation, answer_current
from page.examples import MOST, example_questions
from page.public_ask import answered, told
from page.rendering import document_label
from page.turns import answer_side, earlier_turns, evidence_side
from qa.assistant import Assistant
from qa.errors import ExpectedError

_FONTS = ["system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"]
# Two answers of the local model at once are both slow; one after the other is quicker for everybody.
_AT_ONCE = {"local": 1}
_AT_ONCE_OTHERWISE = 4
_OWN: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
_KEEP = gr.skip()
_WELCOME = "<h2>可以问指标、措施，也可以比较两个地方。请写明地区和年份，例如：</h2>"


def theme() -> gr.themes.Base:
    """Gradio's plain theme with the system's fonts: no font is fetched from anywhere."""
    return gr.themes.Base(
        primary_hue="blue", neutral_hue="slate", text_size="lg", font=_FONTS, font_mono=["monospace"]
    )


def build_page(assistant: Assistant) -> gr.Blocks:
    """The question page. Only the function `ask` is offered to other programs."""
    page: gr.Blocks
    with gr.Blocks(title="民政规划问答", analytics_enabled=False, fill_width=True) as page:
        _Controls(assistant).connect(page)
        api(_public_ask(assistant), api_name="ask", **_answering(assistant))
    return page


class _Controls:
    """The components of one page and the functions behind them."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self.conversation = gr.State(Conversation())
        self.earlier = _html("earlier")
        with gr.Row(elem_id="current", elem_classes="turn"):
            self.answer, self.evidence = _html("answer"), _html("evidence")
        with gr.Column(elem_id="welcome") as self.welcome:
            _html("welcome-words", _WELCOME)
            self.examples = [gr.Button(elem_classes="example", visible=False) for _ in range(MOST)]
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="ground-row"):
                self.filter = gr.Dropdown(
                    label="查询范围", choices=_choices(assistant), multiselect=True, elem_id="filter", scale=3
                )
                regions, years = _regions(assistant), _years(assistant)
                self.region, self.year = _one_of("地区", regions), _one_of("年份", years)
                self.kind = _one_of("类别", [("全部类别", ""), *((kind, kind) for kind in KINDS)])
                self.anew = gr.Button("新对话", elem_id="anew", scale=0)
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

    def connect(self, page: gr.Blocks) -> None:
        """Say what happens on loading, asking, stopping and starting anew."""
        ground = [self.filter, self.region, self.year]
        page.load(self._loaded, outputs=[*ground, *self.examples], queue=False, **_OWN)
        posed = [self.conversation, self.question, self.earlier, self.welcome, *self._turn()]
        for trigger, box in [
            (self.question.submit, self.question),
            (self.send.click, self.question),
            *((example.click, example) for example in self.examples),
        ]:
            trigger(self._pose, [box, self.conversation], posed, queue=False, **_OWN).then(
                self._write,
                [self.conversation, *ground, self.kind],
                self._turn(),
                # Otherwise a question asked right after stopping would be dropped: the stopped one is still ending.
                trigger_mode="multiple",
                **_answering(self._assistant),
                **_OWN,
            )
        # No `cancels`: the conversation itself ends what `_write` waits for.
        self.stop.click(self._stopped, [self.conversation], self._turn(), queue=False, **_OWN)
        self.anew.click(self._new, [self.conversation], posed, queue=False, **_OWN)

    def _turn(self) -> list[gr.components.Component]:
        return [self.answer, self.evidence, self.send, self.stop]

    def _loaded(self) -> list[Any]:
        questions = example_questions(self._assistant.documents)
        shown = [gr.Button(question, visible=True) for question in questions]
        hidden = [gr.Button(visible=False)] * (MOST - len(questions))
        offered = [choices(self._assistant) for choices in (_choices, _regions, _years)]
        return [*(gr.Dropdown(choices=choices) for choices in offered), *shown, *hidden]

    def _pose(self, question: str, conversation: Conversation) -> list[Any]:
        exchange = conversation.ask(question)
        if exchange is None:
            return [_KEEP] * 8
        earlier = earlier_turns(conversation)
        turn = [answer_side(exchange), "", *_buttons(busy=True)]
        return [conversation, "", earlier, gr.Column(visible=False), *turn]

    def _write(
        self, conversation: Conversation, documents: list[str], region: str, year: str, kind: str
    ) -> Iterator[list[Any]]:
        shown = ["", ""]
        chosen = Chosen(tuple(documents or ()), region or "", int(year) if year else None, kind or "")
        for exchange in answer_current(self._assistant, conversation, chosen):
            if not conversation.shows(exchange):
                return
            sides = [answer_side(exchange), evidence_side(exchange)]
            changed = [side if side != before else _KEEP for side, before in zip(sides, shown, strict=True)]
            shown = sides
            yield [*changed, *_buttons(busy=exchange.is_open)]

    def _stopped(self, conversation: Conversation) -> list[Any]:
        conversation.stop()
        exchange = conversation.current
        shown = answer_side(exchange) if exchange else ""
        return [shown, _KEEP, *_buttons(busy=False)]

    def _new(self, conversation: Conversation) -> list[Any]:
        conversation.abandon()
        return [Conversation(), "", "", gr.Column(visible=True), "", "", *_buttons(busy=False)]


def _answering(assistant: Assistant) -> dict[str, Any]:
    """One queue for everything that answers, from the page or from other programs."""
    limit = _AT_ONCE.get(assistant.answers_with, _AT_ONCE_OTHERWISE)
    return {"concurrency_id": "answering", "concurrency_limit": limit}


def _html(name: str, value: str = "") -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=None, apply_default_css=False, padding=False)


def _buttons(*, busy: bool) -> list[gr.Button]:
    """Send and stop take turns in the same place."""
    return [gr.Button(visible=not busy), gr.Button(visible=busy)]


def _choices(assistant: Assistant) -> list[tuple[str, str]]:
    return [(document_label(document), name) for name, document in assistant.documents.items()]


def _regions(assistant: Assistant) -> list[tuple[str, str]]:
    return [("全部地区", ""), *((region, region) for region in regions_of(assistant.documents))]


def _years(assistant: Assistant) -> list[tuple[str, str]]:
    return [("全部年份", ""), *((f"{year}年", str(year)) for year in years_of(assistant.documents))]


def _one_of(label: str, choices: list[tuple[str, str]]) -> gr.Dropdown:
    """A choice that always says what is chosen; the first means everything."""
    return gr.Dropdown(
        label=label, choices=choices, value="", filterable=False, elem_classes="limit", scale=1, min_width=0
    )


def _public_ask(assistant: Assistant) -> Any:
    def ask(
        question: str, history: list[dict[str, str]] | None = None, documents: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer a question; `history` holds {"question", "answer"} of earlier turns, oldest first."""
        try:
            return answered(assistant.ask, question, history, documents)
        except ExpectedError as error:
            raise gr.Error(told(error), print_exception=False) from error

    return ask
