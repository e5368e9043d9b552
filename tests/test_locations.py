"""Places in files, as readers look them up: pages, paragraphs, sheets and rows."""

from __future__ import annotations

from qa.evidence.claims import CitationList, Claim, Source
from vectorstore.documents import Document, Passage
from vectorstore.formats.extracted import Anchor
from vectorstore.locations import Location, location_of

_TEXT = "新建养老院3所。\n新增床位360张。\n"
_SECOND = _TEXT.index("新增")


def _cited(*anchors: Anchor, start: int, end: int) -> tuple[int | None, str]:
    document = Document("plan", "plan.pdf", _TEXT, anchors=anchors)
    passage = Passage("plan", start, end, _TEXT[start:end])
    citations = CitationList({"plan": document})
    citations.rendered(Claim("新增床位360张", (Source(passage, start, end),)))
    return citations.citations[0].page, citations.citations[0].location


def test_a_citation_of_a_text_file_has_no_place() -> None:
    assert _cited(start=0, end=8) == (None, "")


def test_a_citation_of_a_pdf_names_the_page_it_begins_on_and_the_last_one() -> None:
    pages = (Anchor(0, page=3), Anchor(_SECOND, page=4))
    assert _cited(*pages, start=0, end=8) == (3, "第3页")
    assert _cited(*pages, start=_SECOND, end=len(_TEXT)) == (4, "第4页")
    assert _cited(*pages, start=0, end=len(_TEXT)) == (3, "第3—4页")


def test_a_paragraph_over_two_pages_with_a_foot_between_stands_on_both() -> None:
    turning_back = (Anchor(0, page=3), Anchor(_SECOND, page=4), Anchor(_SECOND + 4, page=3))
    location = location_of(turning_back, 0, len(_TEXT))
    assert (location.page, location.pages, location.text) == (3, (3, 4), "第3—4页")


def test_a_citation_of_a_word_file_names_the_paragraph() -> None:
    paragraphs = (Anchor(0, paragraph=11), Anchor(_SECOND, paragraph=12))
    assert _cited(*paragraphs, start=_SECOND + 2, end=_SECOND + 4) == (None, "第12段")


def test_a_citation_of_a_sheet_names_sheet_and_row() -> None:
    rows = (Anchor(0, sheet="指标", row=4), Anchor(_SECOND, sheet="指标", row=5))
    assert _cited(*rows, start=_SECOND, end=_SECOND + 4) == (None, "表“指标”第5行")
    assert _cited(*rows, start=0, end=len(_TEXT)) == (None, "表“指标”第4—5行")


def test_what_stands_before_the_first_place_has_none() -> None:
    assert location_of((Anchor(5, page=1),), 0, 3) == Location()
    assert location_of((Anchor(0, sheet="说明"),), 0, 3).text == "表“说明”"
