"""A conversation on the page: asked again, asked otherwise, stopped, continued, kept by the browser and brought back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from browser import RunningPage, ask, visit
from doubles import FakeOpenAI
from page_parts import BURIAL, DESKTOP, RENOVATION, SMART_HOMES, answered, choose

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def kept_by_browser(tab: Page) -> None:
    """Wait until what the page shows is kept and the last update has come, which leaves no trace."""
    kept = "Object.entries(localStorage).filter(([key]) => key.includes('conversations')).map(([, all]) => all).join()"
    turns = tab.locator("section.answer").count()
    tab.wait_for_function(f'[...({kept}).matchAll(/"stage":/g)].length >= {turns}')
    tab.wait_for_timeout(400)


def again(tab: Page) -> None:
    """Load the page anew, once what it shows is kept."""
    kept_by_browser(tab)
    tab.reload()


def test_a_question_is_asked_again_on_other_ground_and_stays_one_turn(tab: Page) -> None:
    ask(tab, "新增养老床位多少张？")
    choose(tab, "地区", "嵊州市")
    tab.locator("#answer").get_by_role("button", name="重新回答").click()
    tab.locator("#answer .ground").wait_for()
    answered(tab)
    assert "1000张" in tab.locator("#answer .answer-text").inner_text()
    assert tab.locator("section.answer").count() == 1


def test_an_earlier_question_is_changed_and_replaces_what_came_after(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    ask(tab, "长者食堂呢？")
    tab.locator("#turn-1").get_by_role("button", name="修改问题").click()
    assert "正在修改第 1 个问题，发送后它和后面的问答会被替换" in tab.locator("#editing").inner_text()
    box = tab.get_by_label("问题")
    assert box.input_value() == SMART_HOMES
    tab.get_by_role("button", name="取消修改").click()
    assert box.input_value() == ""
    assert tab.locator("section.answer").count() == 2

    tab.locator("#turn-1").get_by_role("button", name="修改问题").click()
    box.fill(BURIAL)
    box.press("Enter")
    tab.locator("#answer #turn-1").wait_for()
    answered(tab)
    assert "100%" in tab.locator("#answer .answer-text").inner_text()
    assert tab.locator("section.answer").count() == 1
    assert tab.locator("#editing").count() == 0
    ask(tab, "那护理型床位占比呢？")
    assert "60" in tab.locator("#answer .answer-text").inner_text()


def test_a_further_question_is_offered_and_asked_at_a_click(tab: Page) -> None:
    ask(tab, BURIAL)
    offered = tab.locator("#next button")
    offered.first.wait_for()
    words = offered.first.inner_text()
    offered.first.click()
    tab.locator("#turn-2[data-stage=done]").wait_for()
    assert tab.locator("#answer .question").inner_text() == words
    assert "已回答" in tab.locator("#answer .status").inner_text()


def test_escape_stops_a_model_in_the_middle_of_its_words(
    hostile_page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with visit(browser, hostile_page.address, **DESKTOP) as tab:
        model.hang_midway("青川县推进社区治理，开展邻里互助活动。")
        box = tab.get_by_label("问题")
        box.fill("青川县怎样推进社区治理？")
        box.press("Enter")
        tab.locator("#evidence .card").first.wait_for()
        tab.get_by_role("button", name="停止").wait_for()
        tab.keyboard.press("Escape")
        tab.locator("#answer section[data-stage=stopped]").wait_for()
        assert "已停止" in tab.locator("#answer .status").inner_text()
        tab.get_by_role("button", name="提问").wait_for()
        assert tab.locator("#answer").get_by_role("button", name="重新回答").is_visible()


def test_a_model_that_dies_leaves_an_answer_in_the_documents_words(
    hostile_page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with visit(browser, hostile_page.address, **DESKTOP) as tab:
        model.break_midway("青川县")
        ask(tab, "青川县怎样推进社区治理？")
        assert "邻里互助" in tab.locator("#answer .answer-text").inner_text()
        assert "原文摘录" in tab.locator("#answer .status").inner_text()
        assert "模型没有完成回答" in tab.locator("#answer .notice").inner_text()


def test_a_conversation_survives_a_reload_and_goes_on(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    ask(tab, "长者食堂呢？")
    again(tab)
    tab.locator("#answer #turn-2[data-stage=done]").wait_for()
    assert "7家" in tab.locator("#answer .answer-text").inner_text()
    assert "建设智慧养老院3家" in tab.locator("#turn-1 .answer-text").inner_text()
    assert "建设智慧养老院" in tab.locator("#turn-1-source-1 mark").text_content()  # type: ignore[operator]
    ask(tab, "家门口养老服务站呢？")
    assert "12个" in tab.locator("#answer .answer-text").inner_text()
    assert "杨浦" in tab.locator("#answer .understood").inner_text()


def test_earlier_conversations_are_listed_opened_and_deleted(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    tab.get_by_role("button", name="新对话").click()
    tab.locator("#welcome").wait_for()
    ask(tab, RENOVATION)
    tab.get_by_role("button", name="新对话").click()
    tab.locator("#welcome").wait_for()
    tab.get_by_role("button", name="以前的对话（2）").click()
    listed = tab.locator("#conversations .kept .open")
    assert listed.all_inner_texts() == [RENOVATION, SMART_HOMES]
    listed.last.click()
    tab.locator("#answer #turn-1").wait_for()
    assert "3家" in tab.locator("#answer .answer-text").inner_text()

    tab.get_by_role("button", name="以前的对话").click()
    tab.get_by_role("button", name=f"删除对话：{SMART_HOMES}").click()
    assert listed.all_inner_texts() == [RENOVATION]
    tab.locator("section.answer").wait_for(state="detached")
    tab.get_by_role("button", name="全部删除").click()
    tab.get_by_role("button", name="确定删除全部对话").click()
    assert "还没有保存的对话" in tab.locator("#conversations").inner_text()
    assert "civil-affairs" not in json.dumps(tab.evaluate("Object.values(localStorage).join('')"))
    tab.keyboard.press("Escape")
    again(tab)
    tab.locator("#welcome button").first.wait_for()
    assert tab.locator("section.answer").count() == 0


KEY = "civil-affairs-qa.conversations."


def test_what_storage_brings_back_is_drawn_anew_and_never_trusted(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    payload = (
        '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script>[x](javascript:window.hacked=3)'
    )
    kept_by_browser(tab)
    tab.evaluate(
        """([key, payload]) => {
            const kept = JSON.parse(localStorage.getItem(key));
            const [turn] = kept[0].turns;
            turn.question = turn.understood = turn.answer.text = payload;
            turn.answer.warnings = [payload];
            turn.answer.answered_by = payload;
            for (const citation of turn.answer.citations) citation.title = citation.quote = citation.document = payload;
            kept[0].html = payload;
            localStorage.setItem(key, JSON.stringify(kept));
        }""",
        [KEY, payload],
    )
    again(tab)
    tab.locator("#answer #turn-1").wait_for()
    assert payload in tab.locator("#answer .question").inner_text()
    assert (
        tab.locator("#answer img, #answer script, #evidence img, #answer a[href^='javascript']").count() == 0
    )
    tab.get_by_role("button", name="以前的对话").click()
    assert tab.locator("#conversations img").count() == 0
    tab.wait_for_timeout(200)
    assert tab.evaluate("window.hacked") is None


def test_a_broken_record_is_said_to_be_broken_and_the_page_works_on(tab: Page) -> None:
    ask(tab, SMART_HOMES)
    kept_by_browser(tab)
    tab.evaluate(
        """key => {
            const kept = JSON.parse(localStorage.getItem(key));
            kept[0].turns[0].answer.status = "perfect";
            localStorage.setItem(key, JSON.stringify(kept));
        }""",
        KEY,
    )
    again(tab)
    tab.get_by_role("alert").wait_for()
    assert "没有恢复" in tab.get_by_role("alert").inner_text()
    ask(tab, BURIAL)
    assert "100%" in tab.locator("#answer .answer-text").inner_text()
