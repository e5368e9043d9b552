"""What the page shows, as HTML: nothing executes, quotations are exact, every state is told."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.answer_text import answer_html, plain_text, tables_in
from page.chosen import Chosen, genres_offered, regions_offered, years_offered
from page.conversation import Conversation, answer_current
from page.copying import copy_html, footnote
from page.examples import example_questions
from page.excerpts import REACH, excerpt_around
from page.full_text import document_page
from page.line import Line
from page.rendering import (
    answer_body_html,
    citations_html,
    document_label,
    found_html,
    header_html,
    notice_html,
    question_html,
    status_html,
    warnings_html,
)
from page.turns import answer_side, earlier_turns, evidence_side
from qa.answer import Answer, Citation, Evidence, EvidenceFound, StreamEvent
from vectorstore.documents import Document, Metadata

TEXT = "一、养老服务\n2023年建设智慧养老院3家。另有一家。\n二、社会救助\n2023年建设智慧养老院3家。"
NAME = "年度要点"
DOCUMENT = Document(
    name=NAME,
    file="年度要点.txt",
    text=TEXT,
    metadata=Metadata(
        title="2023年民政工作要点",
        region="杨浦区",
        period="2023年",
        number="杨民〔2023〕1号",
        date="2023-03-29",
    ),
)
DOCUMENTS = {NAME: DOCUMENT}
QUOTE = "建设智慧养老院3家"
SECOND = TEXT.rindex(QUOTE)

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<a href=javascript:alert(1)>点这里</a>",
    "[点这里](javascript:alert(1))",
    "![图](http://203.0.113.9/pixel.png)",
    "<iframe src=//203.0.113.9></iframe>",
    "</blockquote></article><script>alert(1)</script>",
    "**<img src=x onerror=alert(1)>**",
    "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | 2 |",
    "- <img src=x onerror=alert(1)>[1]",
    "&lt;img src=x onerror=alert(1)&gt;",
    "${alert(1)} {{constructor}} `alert(1)`",
    "<style>@import '//203.0.113.9/a.css'</style>",
    "<!--<img src=x onerror=alert(1)>-->",
]


class Parsed(HTMLParser):
    """Elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.comments = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.text += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def assert_harmless(html: str) -> None:
    """Only the page's own elements, no handler, no address but the page's own."""
    parsed = Parsed(html)
    assert not parsed.comments
    for tag, attributes in parsed.elements:
        assert tag not in {"script", "img", "svg", "iframe", "style", "object", "embed", "form", "base"}, tag
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            if name in ("href", "src"):
                assert value is not None
                assert value in ("library", "documents") or value.startswith(("#", "document?", "page/")), (
                    value
                )


def citation(number: int = 1, start: int = SECOND, name: str = NAME) -> Citation:
    end = start + len(QUOTE)
    return Citation(
        number,
        name,
        "2023年民政工作要点",
        ("二、社会救助",),
        start,
        end,
        TEXT[start:end],
        document_number="杨民〔2023〕1号",
    )


def evidence(start: int, end: int) -> Evidence:
    return Evidence(
        NAME, "2023年民政工作要点", "杨浦区", "2023年", ("二、社会救助",), start, end, TEXT[start:end], 0.1
    )


# --- the answer's text -------------------------------------------------------------------------------


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_an_answer_becomes_an_element_of_its_own(payload: str) -> None:
    html = answer_body_html(payload, [citation()], turn=1)
    assert_harmless(html)
    assert {tag for tag, _ in Parsed(html).elements} <= {
        "div", "p", "strong", "ul", "ol", "li", "a", "table", "thead", "tbody", "tr", "th", "td"
    }  # fmt: skip


@given(st.text(alphabet=st.sampled_from("<>&\"'[]()!*|-# \n1ab好${}`/:="), max_size=60))
def test_no_text_at_all_escapes_from_the_answer(text: str) -> None:
    html = answer_body_html(text, [citation()], turn=1)
    assert_harmless(html)
    for attributes in Parsed(html).attributes("a"):
        assert attributes["class"] == "marker"


def test_paragraphs_lists_and_bold_are_shown() -> None:
    html = answer_html("第一段\n- 甲\n- **乙**\n3. 丙\n4. 丁\n\n末段", lambda _: None)
    assert html == (
        "<p>第一段</p><ul><li>甲</li><li><strong>乙</strong></li></ul>"
        '<ol start="3"><li>丙</li><li>丁</li></ol><p>末段</p>'
    )


def test_a_pipe_table_keeps_every_cell_and_puts_figures_to_the_right() -> None:
    html = answer_html(
        "| 地区 | 户数 |\n|---|---:|\n| 杨浦区 | 300[1] |\n| 湘西州 |\n| a | b | c |", lambda _: None
    )
    parsed = Parsed(html)
    assert [tag for tag, _ in parsed.elements].count("tr") == 4
    assert parsed.attributes("td")[1] == {"class": "figure"}
    assert parsed.attributes("td")[3] == {}
    assert "b c" in parsed.text


def test_a_line_of_pipes_without_a_head_stays_text() -> None:
    assert answer_html("甲 | 乙", lambda _: None) == "<p>甲 | 乙</p>"


def test_markers_lead_to_their_cards_and_unknown_numbers_stay_text() -> None:
    parsed = Parsed(answer_body_html("三家。[1]四家。[1][2]", [citation()], turn=7))
    assert [link["href"] for link in parsed.attributes("a")] == ["#turn-7-source-1"] * 2
    assert [link.get("id") for link in parsed.attributes("a")] == ["turn-7-marker-1", None]
    assert parsed.text == "三家。[1]四家。[1][2]"


def test_a_short_cell_is_never_broken_and_a_calculation_stands_out() -> None:
    long = "建立完善以社区为平台的新型社区服务模式"
    html = answer_html(
        f"| 地区 | 内容 |\n|---|---|\n| 下陆区 | {long} |\n\n计算：120×12 = 1440元/年。", lambda _: None
    )
    parsed = Parsed(html)
    assert parsed.attributes("td") == [{}, {"class": "long"}]
    assert parsed.attributes("p") == [{"class": "calculation"}]


# --- taking an answer along --------------------------------------------------------------------------


def copied(answer: Answer) -> list[dict[str, str | None]]:
    return Parsed(copy_html(answer)).attributes("button")


def test_an_answer_is_copied_with_its_cautions_and_its_sources() -> None:
    [button] = copied(Answer("**三家**。[1]", "answered", (citation(),), ("原文有误。",)))
    source = "[1] 《2023年民政工作要点》（杨民〔2023〕1号），二、社会救助"
    assert button["data-text"] == f"三家。[1]\n\n请留意：原文有误。\n{source}"
    assert button["data-html"] == (
        f"<p><strong>三家</strong>。[1]</p><p>请留意：原文有误。</p><p>{source}</p>"
    )
    assert copied(Answer("未找到。", "not_found")) == []


def test_a_footnote_leaves_out_what_is_not_known() -> None:
    bare = Citation(3, "别的", "《已有书名号》", (), 0, 1, "x")
    assert footnote(bare) == "[3] 《已有书名号》"


def test_a_table_is_copied_as_cells_and_never_as_a_formula() -> None:
    text = "如下：\n| 地区 | 内容 |\n|---|---|\n| **杨浦** | =1+1 |\n| 荆门 | -3.5% |\n\n荆门更少。[1]"
    whole, table = copied(Answer(text, "answered", (citation(),)))
    assert table["data-text"] == "地区\t内容\n杨浦\t'=1+1\n荆门\t-3.5%"
    assert (table["data-html"] or "").count("<td>") == 6
    assert (whole["data-text"] or "").startswith(
        "如下：\n地区\t内容\n杨浦\t'=1+1\n荆门\t-3.5%\n\n荆门更少。[1]"
    )
    assert tables_in("甲 | 乙") == []
    assert plain_text("## 甲 | 乙\n- **丙**") == "甲 | 乙\n- 丙"


# --- what was chosen ---------------------------------------------------------------------------------


def test_what_was_chosen_is_told_above_the_answer_and_nothing_where_everything_is_searched() -> None:
    chosen = Chosen((NAME,), "杨浦区", 2023, "目标", "规划")
    assert chosen.told(DOCUMENTS) == "2023年民政工作要点（杨浦区） · 杨浦区 · 2023年 · 规划 · 目标"
    assert chosen.limits == {
        "documents": (NAME,),
        "regions": ["杨浦区"],
        "years": [2023],
        "genres": ["规划"],
        "statements": ["目标"],
    }
    assert "只查所选范围：2023年" in question_html("问", "", Chosen(year=2023).told(DOCUMENTS))
    assert Chosen().told(DOCUMENTS) == ""
    assert set(Chosen().limits.values()) == {None}


def test_the_regions_years_and_kinds_of_paper_of_the_library_may_be_chosen() -> None:
    others = {
        "a": Document("a", "a.txt", "", Metadata("荆门市民政工作总结", "荆门市", years=(2016, 2017))),
        "b": Document("b", "b.txt", "", Metadata("荆门市民政事业规划", "荆门市", years=(2017, 2018))),
        "c": Document("c", "c.txt", ""),
    }
    assert regions_offered(others) == [("全部地区", ""), ("荆门市", "荆门市")]
    assert [value for _, value in years_offered(others)] == ["", "2018", "2017", "2016"]
    assert [value for _, value in genres_offered(others)] == ["", "规划", "总结"]


# --- quotations --------------------------------------------------------------------------------------


@given(st.text(alphabet="甲乙。；\n ", max_size=600), st.data())
def test_an_excerpt_is_a_run_of_the_document_around_the_quotation(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = excerpt_around(text, start, end)
    assert found.quote == text[start:end]
    assert text[:start].endswith(found.before)
    assert text[end:].startswith(found.after)
    assert max(len(found.before), len(found.after)) <= REACH


def test_an_excerpt_begins_and_ends_with_whole_sentences() -> None:
    text = "无关。" * 60 + "上一句在此。今年建设3家，力争4家。下一句在此。" + "无关的话没有句号" * 40
    start = text.index("建设3家")
    found = excerpt_around(text, start, start + 4)
    assert found.before.startswith("无关。")
    assert found.before.endswith("上一句在此。今年")
    assert found.after == "，力争4家。下一句在此。"
    assert not found.opens_mid_sentence
    assert not found.closes_mid_sentence


def test_an_excerpt_that_has_to_cut_a_sentence_says_so() -> None:
    found = excerpt_around("长" * 500, 200, 210)
    assert (found.opens_mid_sentence, found.closes_mid_sentence) == (True, True)
    assert len(found.before) == len(found.after) == REACH


def test_a_table_with_one_cell_a_line_is_shown_in_rows_and_text_is_not() -> None:
    table = "表1\n指标\n单位\n2015年\n低保标准\n元/月\n480\n孤儿床位\n张\n36\n"
    assert excerpt_around(table, table.index("480"), table.index("480") + 3).is_cells
    assert not excerpt_around(TEXT, SECOND, SECOND + 4).is_cells


def test_the_cited_occurrence_is_marked_not_an_equal_one() -> None:
    html = citations_html(Answer("三家。[1]", "answered", (citation(),)), DOCUMENTS, turn=1)
    before, _, after = html.partition("<mark>")
    assert Parsed(before).text.count(QUOTE) == 1
    assert after.startswith(f"{QUOTE}</mark>。")


def test_a_card_says_where_the_words_stand() -> None:
    html = citations_html(Answer("三家。[1]", "answered", (citation(),)), DOCUMENTS, turn=2)
    parsed = Parsed(html)
    assert parsed.attributes("article")[0]["id"] == "turn-2-source-1"
    for fact in ("2023年民政工作要点", "杨浦区", "2023年", "杨民〔2023〕1号", "2023-03-29", "二、社会救助"):
        assert fact in parsed.text
    address = parsed.attributes("a")[-1]["href"]
    assert address is not None
    assert f"start={SECOND}&end={SECOND + len(QUOTE)}#quotation" in address


def test_passages_that_no_claim_cites_are_folded_away_below() -> None:
    cited, other = evidence(SECOND - 2, SECOND + 5), evidence(0, 6)
    html = citations_html(
        Answer("三家。[1]", "answered", (citation(),), evidence=(cited, other)), DOCUMENTS, turn=1
    )
    folded = html[html.index("<details") :]
    assert "其他相关段落（1）" in folded
    assert "一、养老服务" in folded
    assert html.count("<article") == 2


def test_a_quotation_of_a_document_that_has_gone_is_still_shown() -> None:
    html = citations_html(Answer("三家。[1]", "answered", (citation(name="已删除"),)), DOCUMENTS, turn=1)
    assert f"<mark>{QUOTE}</mark>" in html


# --- documents ---------------------------------------------------------------------------------------


def test_the_full_text_is_every_character_of_the_document_with_the_quotation_marked() -> None:
    html = document_page(DOCUMENT, SECOND, SECOND + len(QUOTE))
    start = html.index('<div class="document-text" tabindex="0" role="region" aria-label="全文">')
    assert Parsed(html[start : html.index("</div>", start)]).text == TEXT
    assert f'<mark id="quotation" tabindex="-1">{QUOTE}</mark>' in html


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (3, 1), (10**9, 10**10), (0, 0)])
def test_offsets_outside_the_document_lose_no_text(start: int, end: int) -> None:
    html = document_page(DOCUMENT, start, end)
    begin = html.index('<div class="document-text" tabindex="0" role="region" aria-label="全文">')
    assert Parsed(html[begin : html.index("</div>", begin)]).text == TEXT


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_in_a_document_or_its_name_becomes_an_element(payload: str) -> None:
    metadata = Metadata(payload, payload, payload, (), payload, payload, payload)
    document = Document(name=payload, file="x.txt", text=payload, metadata=metadata)
    cited = Citation(1, payload, payload, (payload,), 0, len(payload), payload)
    found = Evidence(payload, payload, payload, payload, (payload,), 0, len(payload), payload, 0.1)
    answer = Answer(payload, "answered", (cited,), (payload,), payload, question=payload, evidence=(found,))
    for html in (
        citations_html(answer, {payload: document}, turn=1),
        found_html([found] * 6),
        header_html({payload: document}, answers_with=payload, model_note=payload),
        question_html(payload, payload + "？"),
        status_html(answer),
        warnings_html([payload]),
        copy_html(answer),
        question_html("问", "", Chosen((payload,), payload, 2023, payload).told({payload: document})),
        notice_html(payload, payload),
    ):
        assert_harmless(html)
    page = Parsed(document_page(document, 0, 3))
    assert page.text.count(payload) >= 1
    assert all((script["src"] or "").startswith("/page/") for script in page.attributes("script"))
    assert not page.attributes("img")


def test_a_label_names_the_region_once() -> None:
    assert document_label(DOCUMENT) == "2023年民政工作要点（杨浦区）"
    titled = Document("a", "a.txt", "", Metadata(title="杨浦区民政工作要点", region="杨浦区"))
    assert document_label(titled) == "杨浦区民政工作要点"
    assert document_label(Document("无题", "无题.txt", "")) == "无题"


# --- states ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"), [("answered", "已回答"), ("partial", "部分"), ("not_found", "未找到")]
)
def test_every_status_is_told_with_who_answered_and_how_long_it_took(status: str, words: str) -> None:
    answer = Answer("文", status, answered_by="某模型", timings={"total": 1.26})  # type: ignore[arg-type]
    text = Parsed(status_html(answer)).text
    assert words in text
    assert "某模型 作答" in text
    assert "用时 1.3 秒" in text


def test_a_completed_question_is_shown_and_mere_punctuation_is_not() -> None:
    assert "按“荆门2020年呢？”检索" in question_html("那荆门呢？", "荆门2020年呢？")
    assert "检索" not in question_html("杨浦 几家，几张？", "杨浦几家,几张")


def test_a_conversation_folds_earlier_turns_and_keeps_what_a_stopped_one_had() -> None:
    conversation = Conversation()
    first = conversation.ask(" 第一问 ")
    assert first is not None
    assert conversation.ask("太早") is None
    first.documents = DOCUMENTS
    first.answer, first.text, first.stage = (
        Answer("三家。[1]", "answered", (citation(),)),
        "三家。[1]",
        "done",
    )
    second = conversation.ask("第二问")
    assert second is not None
    second.text = "写到一半"
    conversation.stop()
    assert [(turn.question, turn.answer) for turn in conversation.history()] == [
        ("第一问", "三家。[1]"),
        ("第二问", "写到一半"),
    ]
    folded = earlier_turns(conversation)
    assert "查看依据（1）" in folded
    assert f"<mark>{QUOTE}</mark>" in folded
    assert "第二问" not in folded
    assert "已停止" in answer_side(second)
    assert evidence_side(second) == ""


def test_a_bug_shows_as_a_reference_to_the_log_and_nothing_of_it_on_the_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken:
        """No real part has a bug at hand; this one has."""

        documents = DOCUMENTS

        def stream(self, *_: object, **__: object) -> Iterator[StreamEvent]:
            yield EvidenceFound("问", ())
            raise ZeroDivisionError("secret detail")

    conversation = Conversation()
    conversation.ask("问")
    shown = [answer_side(exchange) for exchange in answer_current(Broken(), conversation, Line(1))]  # type: ignore[arg-type]
    assert "没有完成回答" in shown[-1]
    assert "secret" not in shown[-1]
    record = caplog.records[-1]
    assert record.exc_info is not None
    assert record.args is not None
    assert str(record.args[0]) in shown[-1]  # type: ignore[index]
    assert conversation.history() == []
    assert conversation.ask("再问") is not None


def test_nothing_is_asked_when_nothing_is_written() -> None:
    assert Conversation().ask(" \n") is None


def test_an_example_needs_all_its_documents() -> None:
    assert example_questions(["002_8cdb794dbca257d9"]) == ["杨浦2023年建设智慧养老院几家？"]
    assert len(example_questions(["002_8cdb794dbca257d9", "001_ccb1b5885ede9b5c"])) == 2
    assert example_questions(["别的文件"]) == []
