"""What the library holds, on the page: documents, search in one, indicators, figures drawn, questions that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import ask
from page_parts import BURIAL, RENOVATION, answered, choose

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_document_is_searched_from_where_the_reader_is(tab: Page) -> None:
    ask(tab, BURIAL)
    tab.locator("#evidence .open-document").first.click()
    dialog = tab.locator("dialog#full-text")
    dialog.locator("#quotation").wait_for()
    whole = dialog.locator(".document-text").evaluate("place => place.textContent")
    dialog.get_by_label("在本文中查找").fill("床位")
    dialog.locator("mark.hit.current").wait_for()
    count = whole.count("床位")
    assert f"共 {count} 处" in dialog.locator("output").inner_text()
    assert dialog.locator("mark.hit").count() == count
    first = dialog.locator("output").inner_text()
    assert first != f"第 1 处，共 {count} 处"  # the earlier ones are above what is seen

    dialog.get_by_role("button", name="上一处").click()
    assert dialog.locator("output").inner_text() != first
    tab.keyboard.press("Tab")
    dialog.get_by_label("在本文中查找").press("Enter")
    assert dialog.locator("output").inner_text() == first
    visible = (
        "mark => { const r = mark.getBoundingClientRect(); return r.top > 0 && r.bottom < innerHeight; }"
    )
    assert dialog.locator("mark.hit.current").evaluate(visible)
    assert dialog.locator("#quotation").count() == 1

    dialog.get_by_label("在本文中查找").fill("查无此词")
    dialog.get_by_text("没有找到").wait_for()
    assert dialog.locator("mark.hit").count() == 0
    assert dialog.locator(".document-text").evaluate("place => place.textContent") == whole
    dialog.get_by_label("在本文中查找").press("Escape")
    assert dialog.is_visible()
    tab.keyboard.press("Escape")
    assert not dialog.is_visible()


def test_the_library_lists_its_documents_and_their_indicators_sort_and_lead_to_the_text(tab: Page) -> None:
    tab.get_by_role("link", name="文件库（5）").click()
    dialog = tab.locator("dialog#full-text")
    dialog.locator(".holdings").first.wait_for()
    assert dialog.locator("h2").all_inner_texts() == ["下陆区", "湘西州", "杨浦区", "荆门市", "嵊州市"]
    assert "下民政发〔2021〕12号" in dialog.inner_text()
    assert dialog.get_by_role("link", name="指标表").count() == 2
    dialog.get_by_role("link", name="指标表").last.click()
    table = dialog.locator("table").last
    table.wait_for()
    column = "table => [...table.tBodies[0].rows].map(row => row.cells[3].innerText)"
    before = table.evaluate(column)
    table.get_by_role("button", name="2020年目标值").click()
    rising = table.evaluate(column)
    table.get_by_role("button", name="2020年目标值").click()
    falling = table.evaluate(column)
    assert sorted(before) == sorted(rising)
    numbers = [float(value) for value in rising if value.replace(".", "").isdigit()]
    assert numbers == sorted(numbers)
    assert [float(v) for v in falling if v.replace(".", "").isdigit()] == numbers[::-1]
    assert table.locator("th[aria-sort=descending]").inner_text().startswith("2020年目标值")

    table.get_by_role("link", name="每千名老人拥有各类养老床位数").click()
    quotation = dialog.locator("#quotation")
    quotation.wait_for()
    assert "每千名老人" in quotation.inner_text()
    dialog.get_by_role("button", name="返回").click()
    dialog.locator("table").first.wait_for()
    dialog.get_by_role("button", name="关闭").click()
    assert not dialog.is_visible()


def test_comparable_figures_are_drawn_and_others_are_not(tab: Page) -> None:
    ask(tab, RENOVATION)
    chart = tab.locator("#answer .chart svg")
    said = chart.get_attribute("aria-label") or ""
    assert [part.split("）")[1] for part in said.split("，")] == ["300户", "1095户"]
    widths = chart.evaluate(
        "svg => [...svg.querySelectorAll('rect:not(.track)')].map(r => r.getBoundingClientRect().width)"
    )
    assert widths[0] / widths[1] == pytest.approx(300 / 1095, abs=0.01)
    ask(tab, "湘西州和嵊州市低保标准各是多少？")
    assert tab.locator("#answer .table").count() == 1
    assert tab.locator("#answer .chart").count() == 0


def test_offered_questions_and_documents_fit_what_is_chosen(tab: Page) -> None:
    tab.locator("#welcome button").first.wait_for()
    assert tab.locator("#welcome button").count() == 6
    choose(tab, "地区", "嵊州市")
    tab.get_by_text("在所选范围里，可以这样问").wait_for()
    offered = tab.locator("#welcome button")
    assert offered.count() >= 1
    assert all("嵊州" in words for words in offered.all_inner_texts())
    tab.get_by_label("查询范围").click()
    tab.get_by_role("option", name="嵊州市民政局2021年工作总结和2022年工作计划").wait_for()
    assert tab.get_by_role("option", name="下陆区民政事业").count() == 0
    tab.keyboard.press("Escape")
    offered.first.click()
    tab.locator("#answer .ground").wait_for()
    answered(tab)
    assert "已回答" in tab.locator("#answer .status").inner_text()
