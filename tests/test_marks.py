"""Headings and page furniture that a file's format marks, whatever their wording."""

from __future__ import annotations

from vectorstore.documents import Document
from vectorstore.formats.extracted import Extracted, Heading, Span
from vectorstore.passages import passages_of
from vectorstore.reading import document_of

_TEXT = """青浦区2024年民政工作要点
总体要求
坚持以人民为中心。
重点任务
养老服务
新建养老院3所。
1.提升床位
新增床位360张。
社会救助
低保标准提高到1200元。
二、保障措施
加强组织领导。
"""


def _heading(label: str, level: int) -> Heading:
    start = _TEXT.index(label)
    return Heading(start, start + len(label), level)


def _sections(*headings: Heading, text: str = _TEXT) -> dict[str, tuple[str, ...]]:
    document = Document("plan", "plan.docx", text, headings=headings)
    return {passage.text: passage.section for passage in passages_of(document)}


def test_marked_headings_make_sections_without_any_numbering() -> None:
    marked = [
        _heading("总体要求", 1),
        _heading("重点任务", 1),
        _heading("养老服务", 2),
        _heading("社会救助", 2),
    ]
    sections = _sections(*marked)
    assert sections["坚持以人民为中心。"] == ("总体要求",)
    assert sections["新建养老院3所。"] == ("重点任务", "养老服务")
    assert sections["低保标准提高到1200元。"] == ("重点任务", "社会救助")


def test_a_numbered_heading_that_is_not_marked_stands_below_the_marked_ones() -> None:
    sections = _sections(_heading("重点任务", 1), _heading("养老服务", 2), _heading("社会救助", 2))
    assert sections["新增床位360张。"] == ("重点任务", "养老服务", "1.提升床位")
    assert sections["低保标准提高到1200元。"] == ("重点任务", "社会救助")


def test_a_marked_heading_closes_marked_ones_of_its_level_whatever_their_numbering() -> None:
    sections = _sections(_heading("重点任务", 1), _heading("养老服务", 2), _heading("二、保障措施", 1))
    assert sections["加强组织领导。"] == ("二、保障措施",)


def test_a_sentence_that_was_given_a_headings_look_stays_a_sentence() -> None:
    sections = _sections(_heading("重点任务", 1), _heading("新建养老院3所。", 2))
    assert sections["新建养老院3所。"] == ("重点任务",)


def test_without_marks_nothing_changes() -> None:
    assert _sections() == _sections(text=_TEXT)
    assert _sections()["新建养老院3所。"] == ()


def test_marked_furniture_is_no_answer_and_no_title() -> None:
    text = "智慧民政云平台规划\n" + _TEXT
    extracted = Extracted(text, furniture=(Span(0, text.index("\n")),), title="别的题目")
    document = document_of(extracted, name="plan", file="plan.html", folder=None, stem="plan")
    assert document.metadata.title == "青浦区2024年民政工作要点"
    assert passages_of(document)[0].kind == "furniture"


def test_the_files_own_title_counts_where_the_text_has_none() -> None:
    extracted = Extracted("新增床位360张。\n", title="青浦区民政工作总结")
    document = document_of(extracted, name="plan", file="plan.docx", folder=None, stem="plan")
    assert document.metadata.title == "青浦区民政工作总结"
