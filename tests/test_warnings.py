"""What an answer tells about its sources: doubtful figures as warnings, places that disagree as a line with its citation."""

from __future__ import annotations

import re

import pytest
from answer_parts import JINGMEN, XIALU, assert_exact, numbers_in, without_markers
from doubles import FakeOpenAI

from qa.answer import Answer, TextChunk
from qa.assistant import Assistant
from qa.evidence.claims import Claim, Source
from qa.evidence.doubts import doubted
from vectorstore.documents import Doubt, Passage

BOTH_PLACES = "荆门市2020年节地生态安葬率的目标是多少？"


def warned(answer: Answer, *words: str) -> bool:
    return any(all(word in warning for word in words) for warning in answer.warnings)


def test_a_damaged_figure_is_quoted_as_written_with_a_warning(assistant: Assistant) -> None:
    answer = assistant.ask("下陆区“十三五”发放高龄生活津贴多少万元？")
    assert_exact(answer)
    assert "10396万元" in answer.text
    assert "1039.6" not in answer.text
    assert warned(answer, "发放高龄生活津贴10396万元", "疑似缺小数点", "3828名")


def test_a_contradiction_states_both_places_each_with_its_citation(assistant: Assistant) -> None:
    answer = assistant.ask(BOTH_PLACES)
    assert_exact(answer)
    assert {"25", "26"} <= {str(number) for number in numbers_in(without_markers(answer.text))}
    note = answer.text.splitlines()[-1]
    assert note.startswith(("注意：正文另一处写作", "注意：表格中另作"))
    assert re.search(r"\[\d\]$", note)
    quotes = [citation.quote for citation in answer.citations if citation.document == JINGMEN]
    assert any("25%" in quote for quote in quotes)
    assert any("26" in quote and "节地生态安葬率" in quote for quote in quotes)
    assert warned(answer, "不一致", "25%", "26%")


def test_each_reason_is_told_once(assistant: Assistant) -> None:
    for question in (
        BOTH_PLACES,
        "下陆区“十三五”大病救助资金多少万元？",
        "荆门市“十二五”农村低保标准年均增长多少？",
    ):
        answer = assistant.ask(question)
        assert answer.warnings
        assert len(set(answer.warnings)) == len(answer.warnings)
        assert answer.text.count("注意：") <= 2


def test_a_doubt_about_a_table_cell_is_told_for_its_row(assistant: Assistant) -> None:
    answer = assistant.ask("下陆区2025年社会工作专业人才总量的目标是多少？")
    assert any(citation.document == XIALU for citation in answer.citations)
    assert warned(answer, "社会工作专业人才总量", "数字或单位疑有误")


def test_sound_sources_give_no_warning(assistant: Assistant) -> None:
    for question in ("杨浦2023年建设智慧养老院几家？", "下陆区2025年养老机构护理型床位占比的目标是多少？"):
        answer = assistant.ask(question)
        assert answer.status == "answered"
        assert answer.warnings == ()
        assert "注意：" not in answer.text


def test_a_mere_repetition_gives_no_warning(assistant: Assistant) -> None:
    answer = assistant.ask("嵊州市怎样实现视频监控应接尽接、专人专项远程监控？")
    assert any("专人专项远程监控" in citation.quote for citation in answer.citations)
    assert not warned(answer, "重复")
    assert "注意：" not in answer.text


def test_what_is_streamed_is_the_answers_text_claims_before_notes(assistant: Assistant) -> None:
    events = list(assistant.stream(BOTH_PLACES))
    answer = events[-1]
    assert isinstance(answer, Answer)
    chunks = [event.text for event in events if isinstance(event, TextChunk)]
    assert "".join(chunks) == answer.text
    assert "注意：" not in chunks[0]
    assert chunks[-1].startswith("\n注意：")


def test_an_answer_worded_by_a_model_carries_the_same_warnings(
    worded: Assistant, service: FakeOpenAI
) -> None:
    service.reply("“十三五”发放临时救助金5244万元、大病救助资金2343万元。")
    answer = worded.ask("下陆区“十三五”期间社会救助资金发放情况如何？")
    service._behaviours.clear()
    assert_exact(answer)
    assert answer.answered_by == "test-model"
    assert warned(answer, "5244万元", "疑似缺小数点")


# ── which doubts concern a citation ──


def passage(*doubts: Doubt) -> Passage:
    text = "全县火化率达到95%，新建公墓5处。"
    return Passage(document="甲", start=0, end=len(text), text=text, doubts=doubts)


DAMAGED = Doubt("damaged", 0, 10, "疑有误")


@pytest.mark.parametrize(("span", "concerned"), [((0, 10), True), ((9, 18), True), ((10, 18), False)])
def test_a_doubt_concerns_a_citation_that_shares_a_character_with_it(
    span: tuple[int, int], concerned: bool
) -> None:
    found = doubted([Source(passage(DAMAGED), *span)])
    assert [doubt for _, doubt in found] == ([DAMAGED] if concerned else [])


def test_a_doubt_is_told_once_however_often_its_place_is_cited() -> None:
    claim = Claim("火化率95%。", (Source(passage(DAMAGED), 0, 10), Source(passage(DAMAGED), 0, 18)))
    assert len(doubted(claim.sources)) == 1
