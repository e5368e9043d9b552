"""Every state of the page as axe-core sees it: no serious and no critical violation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from browser import RunningPage, ask, running_page

from qa.settings import Settings
from qa.users import UsersFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("accessibility")]

WORDS = "蓝色的船在河上2026"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
VIEWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "dark phone": {
        "viewport": {"width": 390, "height": 844},
        "is_mobile": True,
        "has_touch": True,
        "color_scheme": "dark",
    },
}


@pytest.fixture(scope="module")
def page(seeds_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPage]:
    folder = tmp_path_factory.mktemp("accessibility")
    users = UsersFile(folder / "users")
    users.add("张三", WORDS)
    settings = {
        "QA_LIBRARY": str(seeds_settings.library),
        "QA_DATA_DIR": str(folder / "data"),
        "QA_INDEX_DIR": str(copytree(seeds_settings.index_folder, folder / "index")),
        "QA_USERS": str(users.path),
        "QA_FEEDBACK": str(folder / "feedback.jsonl"),
    }
    with running_page(**settings) as running:
        yield running


@pytest.fixture(scope="module")
def session(page: RunningPage, browser: Browser) -> Any:
    """The cookie of somebody who has signed in."""
    context = browser.new_context()
    tab = context.new_page()
    tab.goto(page.address)
    tab.get_by_label("用户名").fill("张三")
    tab.get_by_label("密码").fill(WORDS)
    tab.keyboard.press("Enter")
    tab.get_by_label("问题").wait_for()
    state = context.storage_state()
    context.close()
    return state


@contextmanager
def opened(browser: Browser, address: str, view: str, **options: Any) -> Iterator[Page]:
    # axe-core is handed to this browser beside the page's policy; nothing is fetched.
    options |= {"bypass_csp": True, "reduced_motion": "reduce"} | VIEWS[view]
    context = browser.new_context(locale="zh-CN", **options)
    context.set_default_timeout(60_000)
    tab = context.new_page()
    tab.goto(address)
    yield tab
    context.close()


@pytest.fixture(params=list(VIEWS))
def tab(request: pytest.FixtureRequest, page: RunningPage, browser: Browser, session: Any) -> Iterator[Page]:
    """A visitor who has signed in, at a desk and on a phone."""
    with opened(browser, page.address, request.param, storage_state=session) as visitor:
        visitor.get_by_label("问题").wait_for()
        yield visitor


def assert_accessible(tab: Page) -> None:
    """Rules of WCAG 2.2 AA and axe-core's best practices; what is grave is named with the element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    tab.wait_for_timeout(300)
    violations = tab.evaluate("async () => (await axe.run()).violations")
    grave = [
        f"{violation['impact']} {violation['id']}: {violation['help']}\n    "
        + "\n    ".join(
            f"{node['html'][:160]}  {node['failureSummary'][:300]}" for node in violation["nodes"][:4]
        )
        for violation in violations
        if violation["impact"] in ("serious", "critical")
    ]
    assert not grave, "\n".join(grave)


@pytest.mark.parametrize("view", list(VIEWS))
def test_the_form_to_sign_in(page: RunningPage, browser: Browser, view: str) -> None:
    with opened(browser, page.address, view) as tab:
        assert tab.url.endswith("/login")
        assert_accessible(tab)
        tab.get_by_label("用户名").fill("张三")
        tab.get_by_label("密码").fill("wrong")
        tab.keyboard.press("Enter")
        tab.get_by_role("alert").wait_for()
        assert_accessible(tab)


def test_the_empty_page(tab: Page) -> None:
    assert_accessible(tab)


def test_while_an_answer_is_awaited(tab: Page) -> None:
    tab.route("**/gradio_api/queue/join*", lambda _: None)  # it never arrives
    tab.get_by_label("问题").fill("杨浦2023年建设智慧养老院几家？")
    tab.get_by_label("问题").press("Enter")
    tab.locator("#answer section[data-stage=waiting]").wait_for()
    assert_accessible(tab)


def test_an_answer_with_its_sources(tab: Page) -> None:
    ask(tab, "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？")
    for fold in tab.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert_accessible(tab)


def test_an_answer_with_a_table(tab: Page) -> None:
    ask(tab, "杨浦和嵊州今年新增养老床位谁多？")
    assert tab.locator("#answer table").count()
    assert_accessible(tab)


def test_not_found(tab: Page) -> None:
    ask(tab, "武汉市2025年养老机构护理型床位占比的目标是多少？")
    assert "未找到" in tab.locator("#answer .status").inner_text()
    assert_accessible(tab)


def test_a_question_that_cannot_be_asked(tab: Page) -> None:
    ask(tab, "问" * 10_001)
    tab.get_by_role("alert").first.wait_for()
    assert_accessible(tab)


def test_the_choices_when_they_are_open(tab: Page) -> None:
    ground = tab.locator("[data-page=ground]")
    if ground.count() and ground.is_visible():
        ground.click()
    tab.get_by_label("地区").click()
    tab.get_by_role("option").first.wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")


def test_a_document_in_the_dialog_and_by_itself(tab: Page) -> None:
    ask(tab, "杨浦2023年建设智慧养老院几家？")
    link = tab.locator("#evidence a.open-document").first
    address = link.get_attribute("href") or ""
    link.click()
    tab.locator("dialog .document-text").wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    start = tab.url
    tab.goto(f"{start}{address}" if start.endswith("/") else f"{start}/{address}")
    tab.locator(".document-text").wait_for()
    assert_accessible(tab)


def test_a_page_that_is_not_there(tab: Page, page: RunningPage) -> None:
    tab.goto(f"{page.address}/nowhere")
    assert_accessible(tab)


def test_the_files_before_and_after_an_upload(tab: Page, page: RunningPage) -> None:
    tab.goto(f"{page.address}/documents")
    tab.locator("#documents > li").first.wait_for()
    assert_accessible(tab)
    tab.locator("#documents").get_by_role("button", name="更正").first.click()
    assert_accessible(tab)
    tab.get_by_role("button", name="取消").click()
    tab.locator("#files").set_input_files([{"name": "坏.exe", "mimeType": "x", "buffer": b"MZ\0\0"}])
    tab.locator("#report .refused").wait_for()
    assert_accessible(tab)
