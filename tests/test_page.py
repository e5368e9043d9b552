"""The page as staff meet it: a real process, a real Chromium, real documents; extractive answers."""

from __future__ import annotations

import json
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import PROJECT, RunningPage, ask, run_page, visit
from doubles import FakeOpenAI
from page_parts import BURIAL, PHONE, SMART_HOMES, choose, clipboard, contrast, fetch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

# One worker starts the page and the browser once, where the run keeps files together (--dist loadfile).
pytestmark = pytest.mark.browser


# --- asking ------------------------------------------------------------------------------------------


def test_an_answer_leads_to_its_highlighted_source_and_from_there_to_the_whole_document(tab: Page) -> None:
    ask(tab, BURIAL)
    assert "100%" in tab.locator(".answer-text").inner_text()
    assert "已回答" in tab.locator(".status").inner_text()
    card = tab.locator("#turn-1-source-1")
    assert "区级公益性安葬" in card.locator("mark").inner_text()
    assert "下民政发〔2021〕12号" in card.inner_text()
    assert "发展目标" in card.locator(".section").inner_text()

    tab.locator("a.marker").first.click()
    tab.locator("#turn-1-source-1.flash").wait_for()
    assert card.evaluate("card => card === document.activeElement")

    marked = card.locator("mark").inner_text()
    card.get_by_role("link", name="查看全文").click()
    quotation = tab.locator("dialog #quotation")
    quotation.wait_for()
    assert quotation.inner_text() == marked
    assert quotation.evaluate("mark => mark.getBoundingClientRect().top < innerHeight")
    text = tab.locator("dialog .document-text").evaluate("place => place.textContent")
    assert text == next((PROJECT / "seeds").glob("000_*")).read_bytes().decode()
    tab.keyboard.press("Escape")
    assert not tab.locator("dialog").is_visible()


def test_a_follow_up_says_what_was_searched_and_earlier_turns_keep_their_sources(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    ask(tab, "长者食堂呢？")
    assert "7家" in tab.locator("#answer .answer-text").inner_text()
    understood = tab.locator("#answer .understood").inner_text()
    assert understood.startswith("按“")
    assert "杨浦" in understood
    tab.locator("#earlier a.marker").click()
    earlier = tab.locator("#turn-1-source-1.flash")
    earlier.wait_for()
    assert earlier.is_visible()


def test_the_filter_confines_the_search_and_stays_visible(tab: Page) -> None:
    tab.get_by_label("查询范围").click()
    tab.get_by_role("option", name="荆门市民政事业发展").click()
    tab.keyboard.press("Escape")
    ask(tab, "新增养老床位多少张？")
    titles = tab.locator("#evidence h4").all_text_contents()
    assert titles
    assert all("荆门市" in title for title in titles)
    assert "荆门市" in tab.locator("#filter").inner_text()


def test_region_year_and_kind_narrow_the_search_and_each_answer_says_where_it_looked(tab: Page) -> None:
    choose(tab, "地区", "嵊州市")
    choose(tab, "年份", "2021年")
    choose(tab, "内容类别", "标准")
    ask(tab, "低保标准是多少？")
    assert "890元" in tab.locator("#answer .answer-text").inner_text()
    assert tab.locator("#answer .ground").inner_text() == "只查所选范围：嵊州市 · 2021年 · 标准"
    known = tab.locator("#evidence .facts").all_text_contents()
    assert known
    assert all(facts.startswith("嵊州市") for facts in known)
    assert [tab.get_by_label(name).input_value() for name in ("地区", "年份", "内容类别")] == [
        "嵊州市",
        "2021年",
        "标准",
    ]

    choose(tab, "年份", "2016年")
    ask(tab, "低保标准是多少？")
    assert "请去掉其中一个条件" in tab.get_by_role("alert").inner_text()
    for label, everything in (("地区", "全部地区"), ("年份", "全部年份"), ("内容类别", "全部内容")):
        choose(tab, label, everything)
    ask(tab, SMART_HOMES)
    assert "3家" in tab.locator("#answer .answer-text").inner_text()
    assert tab.locator("#answer .ground").count() == 0


def test_a_kind_of_paper_narrows_the_documents_the_questions_offered_and_the_search(tab: Page) -> None:
    choose(tab, "文种", "总结")
    tab.locator("#welcome").get_by_text("在所选范围里").wait_for()
    offered = tab.locator("#welcome .questions button").all_inner_texts()
    assert offered
    assert all("嵊州市" in question for question in offered)
    tab.get_by_label("查询范围").click()
    assert tab.get_by_role("option").all_inner_texts() == ["嵊州市民政局2021年工作总结和2022年工作计划"]
    tab.keyboard.press("Escape")
    ask(tab, "新增养老床位多少张？")
    assert tab.locator("#answer .ground").inner_text() == "只查所选范围：总结"
    assert all("嵊州市" in title for title in tab.locator("#evidence h4").all_text_contents())


def test_a_comparison_fits_a_phone_leads_to_its_sources_and_is_copied_with_them(
    page: RunningPage, browser: Browser
) -> None:
    with visit(browser, page.address, permissions=["clipboard-read", "clipboard-write"], **PHONE) as tab:
        ask(tab, "杨浦和嵊州今年新增养老床位谁多？")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        table = tab.locator(".answer-text .table")
        assert table.evaluate("e => e.getBoundingClientRect().right <= innerWidth")
        assert table.evaluate(
            "e => e.scrollWidth > e.clientWidth && getComputedStyle(e).overflowX === 'auto'"
        )
        table.locator("td a.marker").last.click()
        tab.locator("#turn-1-source-2.flash").wait_for()

        tab.get_by_role("button", name="复制（含出处）").click()
        tab.get_by_role("button", name="已复制").wait_for()
        text = clipboard(tab, "text/plain")
        assert "[1] 《2023年杨浦民政工作要点》，一、优化养老服务供给" in text
        assert "[2] 《嵊州市民政局2021年工作总结和2022年工作计划》" in text
        assert "360张" in text
        assert "1000张" in text
        assert "<table" in clipboard(tab, "text/html")

        tab.get_by_role("button", name="复制表格").click()
        tab.get_by_role("button", name="已复制").last.wait_for()
        rows = [line.split("\t") for line in clipboard(tab, "text/plain").splitlines()]
        assert [row[0] for row in rows] == ["地区", "杨浦区", "嵊州市"]
        assert {len(row) for row in rows} == {4}
        assert clipboard(tab, "text/html").count("<tr>") == 3


def test_a_place_outside_the_library_is_not_found_and_gets_no_citation(tab: Page) -> None:
    ask(tab, "武汉市2025年养老机构护理型床位占比的目标是多少？")
    assert "未找到" in tab.locator(".status").inner_text()
    assert tab.locator("a.marker").count() == 0
    assert tab.locator("article[id]").count() == 0


def test_an_example_is_asked_at_a_click_and_a_new_conversation_forgets_it(tab: Page) -> None:
    tab.get_by_role("button", name=SMART_HOMES).click()
    tab.locator("#answer section[data-stage=done]").wait_for()
    assert "3家" in tab.locator("#answer .answer-text").inner_text()
    assert not tab.locator("#welcome").is_visible()
    tab.get_by_role("button", name="新对话").click()
    tab.locator("#welcome").wait_for()
    assert tab.locator("section.answer").count() == 0
    ask(tab, "长者食堂呢？")
    assert tab.locator("#answer .understood").count() == 0


def test_what_is_typed_while_a_new_conversation_begins_is_kept(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    box = tab.get_by_label("问题")
    box.fill("没有问出去的")
    held: list[Route] = []
    tab.route("**/gradio_api/run/**", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
    tab.get_by_role("button", name="新对话").click()
    tab.wait_for_function("box => box.value === ''", arg=box.element_handle())
    box.fill(BURIAL)
    assert tab.locator("section.answer").count() == 1
    for route in held:
        route.continue_()
    tab.locator("#welcome").wait_for()
    tab.locator("section.answer").wait_for(state="detached")
    assert box.input_value() == BURIAL


def test_what_cannot_be_asked_is_explained_in_the_conversation(tab: Page) -> None:
    ask(tab, "问" * 10_001)
    alert = tab.get_by_role("alert").inner_text()
    assert "问题" in alert
    assert "Traceback" not in alert


def test_shift_enter_begins_a_line_and_every_visitor_has_a_conversation_of_their_own(
    page: RunningPage, browser: Browser
) -> None:
    with visit(browser, page.address) as one, visit(browser, page.address) as other:
        box = one.get_by_label("问题")
        box.fill("杨浦2023年")
        box.press("Shift+Enter")
        box.type("建设智慧养老院几家？")
        box.press("Enter")
        one.locator("#answer section[data-stage=done]").wait_for()
        assert "3家" in one.locator(".answer-text").inner_text()
        ask(other, "长者食堂呢？")
        assert other.locator("#earlier .turn").count() == 0
        assert other.locator(".understood").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_needs_no_sideways_scrolling_and_the_words_stay_legible(
    page: RunningPage, browser: Browser, scheme: str
) -> None:
    with visit(browser, page.address, color_scheme=scheme, **PHONE) as tab:
        ask(tab, BURIAL)
        tab.locator("details.others summary").click()
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        answer, card = tab.locator(".answer-text").bounding_box(), tab.locator(".card").first.bounding_box()
        assert answer is not None
        assert card is not None
        assert card["y"] > answer["y"] + answer["height"]
        for place in (
            ".answer-text",
            ".excerpt",
            ".section",
            ".status",
            "mark",
            ".page-facts",
            "#question textarea",
        ):
            assert contrast(tab, place) >= 4.5, place
            assert (
                float(tab.locator(place).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
                >= 16
            )


# --- hostile documents, hostile model ----------------------------------------------------------------


def test_nothing_in_documents_questions_or_models_is_executed_or_loaded(
    hostile_page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with visit(browser, hostile_page.address) as tab:
        model.reply("青川县新增养老床位120张<img src=x onerror=window.hacked=10>。")
        ask(tab, "<img src=x onerror=window.hacked=11>青川县2024年新增养老床位多少张？")
        model.reply("[提高到800元](javascript:window.hacked=12)")
        ask(tab, "青川县2024年城市低保标准是多少？<script>window.hacked=13</script>")
        assert "window.hacked" in tab.locator("#evidence").inner_text()
        for fold in tab.locator("details").all():
            fold.evaluate("fold => { fold.open = true }")
        tab.locator("#evidence a.open-document").first.click()
        tab.locator("dialog .document-text").wait_for()
        assert "onerror" in tab.locator("dialog .document-text").inner_text()
        made = "img, script, svg[onload], b[onclick], iframe, a[href^='javascript']"
        for place in ("#page-header", "#earlier", "#answer", "#evidence", "dialog"):
            assert tab.locator(place).locator(made).count() == 0, place
        tab.wait_for_timeout(300)
        assert tab.evaluate("window.hacked") is None


def test_the_policy_stops_what_would_slip_through(page: RunningPage, browser: Browser) -> None:
    context = browser.new_context()
    try:
        tab = context.new_page()
        tab.goto(page.address)
        tab.get_by_label("问题").wait_for()
        blocked = tab.evaluate(
            """() => new Promise(resolve => {
                const seen = [];
                document.addEventListener("securitypolicyviolation", event => seen.push(event.effectiveDirective));
                const place = document.body.appendChild(document.createElement("div"));
                place.innerHTML = '<img src="http://203.0.113.9/p.png"><img src=x onerror="window.hacked=1">';
                fetch("http://203.0.113.9/").catch(() => {});
                setTimeout(() => resolve(seen), 1000);
            })"""
        )
        assert {"img-src", "connect-src", "script-src-attr"} <= set(blocked)
        assert tab.evaluate("window.hacked") is None
    finally:
        context.close()


def test_stop_ends_the_waiting_at_once_and_the_next_question_is_answered(
    hostile_page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with visit(browser, hostile_page.address) as tab:
        model.hang()
        box = tab.get_by_label("问题")
        box.fill("青川县怎样推进社区治理？")
        box.press("Enter")
        # The evidence is there before the first word of the answer.
        tab.locator("#evidence .card").first.wait_for()
        assert tab.locator(".answer-text").count() == 0
        while not model.requests or "社区治理" not in str(model.requests[-1].body):
            tab.wait_for_timeout(20)
        begun = time.monotonic()
        tab.get_by_role("button", name="停止").click()
        tab.locator("#answer section[data-stage=stopped]").wait_for()
        tab.get_by_role("button", name="提问").wait_for()
        assert time.monotonic() - begun < 10
        model.fail(401)
        ask(tab, "青川县2024年新增养老床位多少张？")
        assert "120张" in tab.locator("#answer .answer-text").inner_text()
        assert "模型" in tab.locator("#answer .notice").inner_text()


# --- the process -------------------------------------------------------------------------------------


def test_other_programs_can_only_ask(page: RunningPage) -> None:
    _, _, described = fetch(f"{page.address}/gradio_api/info")
    assert list(json.loads(described)["named_endpoints"]) == ["/ask"]
    _, _, called = fetch(f"{page.address}/gradio_api/call/ask", {"data": [SMART_HOMES]})
    event = json.loads(called)["event_id"]
    _, _, stream = fetch(f"{page.address}/gradio_api/call/ask/{event}")
    answer = json.loads(stream.split("data: ", 1)[1].splitlines()[0])[0]
    assert answer["status"] == "answered"
    assert "3家" in answer["citations"][0]["quote"]
    limited = ["低保标准是多少？", None, None, ["嵊州"], [2021], ["标准"], ["总结"]]
    _, _, called = fetch(f"{page.address}/gradio_api/call/ask", {"data": limited})
    _, _, stream = fetch(f"{page.address}/gradio_api/call/ask/{json.loads(called)['event_id']}")
    assert "890元" in json.loads(stream.split("data: ", 1)[1].splitlines()[0])[0]["text"]


@pytest.mark.parametrize(
    "path", ["upload", "file=/etc/hostname", "proxy=http://203.0.113.9/", "runs", "dev/reload"]
)
def test_nothing_else_of_gradio_is_open(page: RunningPage, path: str) -> None:
    assert fetch(f"{page.address}/gradio_api/{path}")[0] == 404
    assert fetch(f"{page.address}/gradio_api/{path}", {})[0] == 404


def test_every_response_carries_the_policy(page: RunningPage) -> None:
    for path in ("/", "/page/script.js", "/document?name=x", "/gradio_api/upload", "/theme.css", "/nowhere"):
        _, headers, _ = fetch(page.address + path)
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert headers["referrer-policy"] == "same-origin"


def test_a_document_that_is_not_there_is_said_to_be_gone(page: RunningPage) -> None:
    status, _, text = fetch(f"{page.address}/document?name=..%2Fapp")
    assert status == 404
    assert "没有这份文件" in text


def test_a_taken_port_is_said_at_once_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run_page(QA_PORT=str(port))
    assert ended.returncode == 7
    assert f"127.0.0.1:{port}" in ended.stderr
    assert "QA_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_missing_library_ends_with_a_message_and_its_exit_code(tmp_path: Path) -> None:
    ended = run_page(QA_LIBRARY=str(tmp_path / "nowhere"), QA_INDEX_DIR=str(tmp_path / "index"))
    assert ended.returncode == 4
    assert "QA_LIBRARY" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_an_unknown_setting_ends_with_a_message_and_its_exit_code() -> None:
    ended = run_page(QA_PROT="7860")
    assert ended.returncode == 2
    assert "QA_PROT" in ended.stderr
    assert "Traceback" not in ended.stderr
