"""What is taken along: Markdown whose footnotes lead to the source, and a Word document that any reader opens."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pytest

from qa import Answer, AnsweredTurn, Assistant, Citation, as_docx, as_markdown

BURIAL = "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？"
BEDS = "杨浦和嵊州今年新增养老床位谁多？"


@pytest.fixture(scope="module")
def turns(assistant: Assistant) -> list[AnsweredTurn]:
    return [AnsweredTurn(question, assistant.ask(question)) for question in (BURIAL, BEDS)]


def cited(text: str, **changes: object) -> AnsweredTurn:
    citation = Citation(
        1, "plan", "某市民政规划", ("一、养老",), 0, 4, "新增3家", document_number="某民〔2021〕1号"
    )
    answer = Answer(text, "answered", (citation,), question="问")
    return AnsweredTurn("问", replace(answer, **changes))  # type: ignore[arg-type]


def word(turns: list[AnsweredTurn]) -> docx.document.Document:
    return docx.Document(io.BytesIO(as_docx(turns)))


def test_each_marker_of_the_markdown_is_a_footnote_with_title_number_section_and_words(
    turns: list[AnsweredTurn],
) -> None:
    text = as_markdown(turns)
    body, _, notes = text.partition("\n[^1]:")
    assert set(re.findall(r"\[\^(\d+)\]", body)) == {"1", "2", "3"}
    assert notes.startswith(
        " 《下陆区民政事业“十四五”规划》（下民政发〔2021〕12号），二、总体思路 › (三)发展目标：“"
    )
    assert "[^2]: 《2023年杨浦民政工作要点》，一、优化养老服务供给" in notes
    assert "[^3]: 《嵊州市民政局2021年工作总结和2022年工作计划》" in notes
    assert f"## {BURIAL}" in body
    assert "| 地区 | 内容 | 年份/性质 | 出处 |\n| --- | --- | --- | --- |\n| 杨浦区 |" in body


def test_words_of_documents_and_askers_make_no_markup_links_or_images_in_markdown() -> None:
    hostile = "<img src=x onerror=alert(1)> ![图](http://203.0.113.9/p.png) [1](http://203.0.113.9/) `x` [7]"
    text = as_markdown([replace(cited(hostile), question="# [点](javascript:1)\n## <script>")])
    bare = re.sub(r"\\.", "", text)
    assert "<" not in bare
    assert "`" not in bare
    assert not re.search(r"\]\(", bare)
    assert "[^1]\\(http" in text
    assert text.count("\n## ") == 1


def test_a_word_document_holds_questions_answers_tables_and_sources(turns: list[AnsweredTurn]) -> None:
    paper = word(turns)
    texts = [paragraph.text for paragraph in paper.paragraphs]
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 2"] == [BURIAL, BEDS]
    assert any("2025年目标值100%" in text and text.endswith("[1]") for text in texts)
    assert any(
        text.startswith("[1] 《下陆区民政事业“十四五”规划》（下民政发〔2021〕12号），") for text in texts
    )
    rows = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    assert rows[0] == ["地区", "内容", "年份/性质", "出处"]
    assert rows[2][1:] == [
        "建成后将是全市唯一一家托底保障型公办养老机构,将新增公办养老床位数1000张",
        "2022年计划",
        "[2]",
    ]


def test_markers_are_raised_bold_is_bold_and_other_numbers_stay_as_they_are() -> None:
    paragraph = word([cited("**新增**3家。[1] 见[9]")]).paragraphs[2]
    runs = {run.text: run for run in paragraph.runs}
    assert runs["[1]"].font.superscript
    assert runs["新增"].bold
    assert paragraph.text == "新增3家。[1] 见[9]"
    assert [run.text for run in paragraph.runs if run.font.superscript] == ["[1]"]


def test_characters_that_no_document_may_hold_are_left_out_of_both() -> None:
    bad = "".join(map(chr, range(32))) + "\ud800\ufffe\uffff\x7f好"
    turn = cited(f"答{bad}[1]", warnings=(bad,), answered_by=bad)
    turn = replace(turn, question=f"问{bad}")
    citation = replace(turn.answer.citations[0], title=f"题{bad}", quote=bad, section=(bad,))
    turn = replace(turn, answer=replace(turn.answer, citations=(citation,)))
    assert "好" in "".join(paragraph.text for paragraph in word([turn]).paragraphs)
    as_markdown([turn]).encode("utf-8")


def test_a_refusal_and_a_warning_are_taken_along_too() -> None:
    refusal = AnsweredTurn(
        "武汉呢？", Answer("文件库里没有武汉市的文件。", "not_found", warnings=("请核对",))
    )
    assert "（未找到 · 原文摘录）" in as_markdown([refusal])
    texts = [paragraph.text for paragraph in word([refusal]).paragraphs]
    assert "请留意：请核对" in texts
    assert "出处" not in texts
