"""Markup and Markdown from documents, file names, questions, models, browsers' memories and uploads is text on the page.

`visit` fails when anything was asked of another origin, a script failed, or the policy had to stop something.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from browser import RunningPage, ask, running_page, visit
from doubles import FakeOpenAI
from payloads import PAYLOADS, assert_harmless, groups

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

COUNTIES = ("青川县", "德清县", "昌黎县", "蒙阴县", "扶沟县", "安吉县")


def hostile_plan(county: str, payloads: list[str]) -> str:
    """A plan with these payloads in its title, sections, sentences and table."""
    lines = [f"{payloads[0]}{county}2024年民政工作要点{payloads[1]}", f"一、养老服务{payloads[2]}"]
    lines += [f"2024年{county}新增养老床位120张{payloads[3]}，改造敬老院2所。{payloads[4]}"]
    lines += [f"二、社会救助{payloads[5]}", f"2024年{county}城市低保标准提高到每月800元{payloads[6]}。"]
    lines += [
        "",
        f"| 指标{payloads[7]} | 2024年目标 |",
        "| --- | --- |",
        f"| 护理型床位占比{payloads[8]} | 65% |",
    ]
    return "\n".join(
        [*lines, "", "三、社区治理", *payloads[9:], "推进社区治理，开展邻里互助，培育社区社会组织。"]
    )


@pytest.fixture(scope="module")
def model() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as service:
        yield service


@pytest.fixture(scope="module")
def page(model: FakeOpenAI, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPage]:
    folder = tmp_path_factory.mktemp("attacks")
    library = folder / "library"
    library.mkdir()
    shares = [list(PAYLOADS[start::5]) for start in range(5)]
    for county, payloads in zip(COUNTIES, shares, strict=False):
        name = next(payload for payload in payloads if "/" not in payload and "\n" not in payload)
        (library / f"{name}{county}.txt").write_text(hostile_plan(county, payloads), encoding="utf-8")
    settings = {
        "QA_LIBRARY": str(library),
        "QA_INDEX_DIR": str(folder / "index"),
        "QA_LLM": "openai",
        "QA_LLM_BASE_URL": model.base_url,
        "QA_LLM_MODEL": PAYLOADS[5],
        "QA_FEEDBACK": str(folder / "feedback.jsonl"),
    }
    with running_page(**settings) as running:
        yield running
    assert not any("Traceback" in line for line in running.errors), running.errors


@contextmanager
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A tab in which no dialog may open and nothing may be downloaded or opened beside it."""
    with visit(browser, address) as tab:
        seen: list[str] = []
        tab.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        tab.on("download", lambda download: seen.append(download.url))
        tab.context.on("page", lambda other: seen.append(other.url))
        yield tab
        assert not seen, seen


def open_everything(tab: Page) -> None:
    """Unfold what is folded: what is hidden must be harmless, too."""
    tab.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


def test_there_are_payloads_enough() -> None:
    assert len(set(PAYLOADS)) >= 40


def test_documents_and_their_names_are_text_wherever_they_are_shown(
    page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with watched(browser, page.address) as tab:
        assert_harmless(tab)
        for county in COUNTIES[:5]:
            model.fail(401)
            ask(tab, f"{county}2024年新增养老床位多少张？")
            assert "120张" in tab.locator("#answer .answer-text").inner_text()
        model.fail(401)
        ask(tab, "青川县和德清县2024年护理型床位占比的目标分别是多少？")
        open_everything(tab)
        assert_harmless(tab)
        tab.get_by_label("查询范围").click()
        assert tab.get_by_role("option").count() >= 5
        assert_harmless(tab)
        tab.keyboard.press("Escape")
        tab.locator("#evidence a.open-document").first.click()
        tab.locator("dialog .document-text").wait_for()
        assert "__xss" in tab.locator("dialog .document-text").inner_text()
        assert_harmless(tab)
        tab.goto(f"{page.address}/library")
        assert_harmless(tab)
        addresses = tab.locator("a.open-document").evaluate_all("links => links.map(link => link.href)")
        assert len(set(addresses)) >= 5
        for address in addresses:
            tab.goto(address)
            assert "__xss" in tab.locator("main").inner_text()
            assert_harmless(tab)
        tab.goto(f"{page.address}/documents")
        tab.locator("#documents > li").nth(4).wait_for()
        assert "onerror" in tab.locator("#documents").inner_text()
        assert_harmless(tab)


def test_questions_are_text_in_the_conversation(
    page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with watched(browser, page.address) as tab:
        asked = groups(14)
        for group in asked:
            model.fail(401)
            ask(tab, f"青川县2024年新增养老床位多少张？{group}")
        assert tab.locator("section.answer").count() == len(asked)
        open_everything(tab)
        assert "__xss" in tab.locator("h2.question").first.inner_text()
        assert_harmless(tab)
        assert tab.get_by_label("问题").is_visible()


def test_what_a_model_writes_is_text(page: RunningPage, browser: Browser, model: FakeOpenAI) -> None:
    with watched(browser, page.address) as tab:
        shown = 0
        for group in groups(14):
            model.reply(f"2024年青川县新增养老床位120张[1]，改造敬老院2所[1]。{group}")
            model.fail(401)  # nor is it asked once more
            ask(tab, "青川县2024年新增养老床位多少张，改造敬老院几所？")
            model._behaviours.clear()
            model.reply(
                f"{group}推进社区治理，开展邻里互助[1]。\n\n| 指标 | {group} |\n| --- | --- |\n| 床位 | 120张 |"
            )
            model.fail(401)
            ask(tab, "青川县怎样推进社区治理？")
            shown += "__xss" in tab.locator("#answer").inner_text()
            model._behaviours.clear()
        open_everything(tab)
        assert_harmless(tab)
        assert model.requests


def poisoned(value: Any, payload: str, *, key: str = "") -> Any:
    """The same data with the payload put into every text that is not one of a few fixed words or a figure."""
    if isinstance(value, dict):
        return {name: poisoned(inner, payload, key=name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, payload, key=key) for inner in value]
    fixed = key in ("stage", "status", "answered_by", "kind", "page", "date") or not isinstance(value, str)
    return value if fixed else f"{value}{payload}"


def test_a_conversation_that_a_browser_brings_back_is_text(
    page: RunningPage, browser: Browser, model: FakeOpenAI
) -> None:
    with watched(browser, page.address) as tab:
        model.fail(401)
        ask(tab, "青川县2024年新增养老床位多少张？")
        tab.wait_for_function("Object.keys(localStorage).some(key => key.includes('conversations'))")
        key, kept = tab.evaluate(
            "Object.entries(localStorage).find(([key]) => key.includes('conversations'))"
        )
        (conversation,) = json.loads(kept)
        (turn,) = conversation["turns"]
        turns = [poisoned(turn, payload) for payload in PAYLOADS]
        broken = [{**turn, "stage": payload} for payload in PAYLOADS[:3]]
        for restored in (turns, broken, [PAYLOADS[0]], [None], [[]]):
            content = json.dumps([{**conversation, "turns": restored, "saved": PAYLOADS[1]}])
            tab.evaluate("([key, content]) => localStorage.setItem(key, content)", [key, content])
            tab.reload()
            tab.get_by_label("问题").wait_for()
            if restored is turns:
                tab.locator("section.answer").nth(len(turns) - 1).wait_for()
                assert "__xss" in tab.locator("#earlier").inner_text()
            else:
                tab.get_by_role("alert").get_by_text("没有恢复").wait_for()
            open_everything(tab)
            assert_harmless(tab)
            assert not tab.get_by_text("Traceback").count()


def test_feedback_is_kept_as_data(page: RunningPage, browser: Browser, model: FakeOpenAI) -> None:
    with watched(browser, page.address) as tab:
        model.fail(401)
        ask(tab, f"青川县2024年新增养老床位多少张？{PAYLOADS[0]}")
        tab.get_by_role("button", name="没用").click()
        tab.locator("#feedback-more").fill("\n".join(groups(20)))
        tab.locator("#feedback-right").fill("\n".join(groups(20)))
        tab.get_by_role("button", name="提交").click()
        tab.get_by_text("已记录").first.wait_for()
        assert_harmless(tab)


def test_names_of_uploads_are_text(page: RunningPage, browser: Browser) -> None:
    with watched(browser, page.address) as tab:
        tab.goto(f"{page.address}/documents")
        tab.locator("#documents > li").first.wait_for()
        tab.locator("#files").set_input_files(
            [
                {"name": f"{payload}.exe", "mimeType": "text/plain", "buffer": b"MZ\0\0"}
                for payload in PAYLOADS
            ]
        )
        tab.locator("#report").wait_for(timeout=120_000)
        assert tab.locator("#report .refused").count() >= len(PAYLOADS) - 5
        assert "onerror" in tab.locator("#report").inner_text()
        assert_harmless(tab)


def test_what_is_not_there_is_not_shown_as_markup(page: RunningPage, browser: Browser) -> None:
    context = browser.new_context()
    tab = context.new_page()
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    try:
        paths = [
            path
            for payload in PAYLOADS[::4]
            for path in (f"document?name={quote(payload)}", quote(payload), f"login?{quote(payload)}")
        ]
        # The question page is slow to load: several at once.
        for path in [*paths, *(f"?{quote(group)}" for group in groups(14))]:
            tab.goto(f"{page.address}/{path}")
            assert_harmless(tab)
    finally:
        context.close()
    assert all(url.startswith((page.address, "data:")) for url in requests)
