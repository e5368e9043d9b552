"""Signing in and out as people do it, in a real browser, with and without a script."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from browser import RunningPage, ask, running_page

from qa.settings import Settings
from qa.users.accounts import UsersFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

WORDS = "蓝色的船在河上2026"
SMART_HOMES = "杨浦2023年建设智慧养老院几家？"


@dataclass
class Place:
    page: RunningPage
    users: UsersFile


@pytest.fixture(scope="module")
def place(seeds_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    users = UsersFile(tmp_path_factory.mktemp("conf") / "users")
    users.add("张三", WORDS)
    users.add("李四", WORDS)
    settings = {
        "QA_LIBRARY": str(seeds_settings.library),
        "QA_INDEX_DIR": str(seeds_settings.index_dir),
        "QA_USERS": str(users.path),
    }
    with running_page(**settings) as running:
        yield Place(running, users)


@pytest.fixture
def context(browser: Browser, place: Place) -> Iterator[BrowserContext]:
    """A visitor's browser; nothing in it may ask another origin."""
    requests: list[str] = []
    opened = browser.new_context(locale="zh-CN")
    opened.set_default_timeout(60_000)
    opened.on("request", lambda request: requests.append(request.url))
    yield opened
    opened.close()
    strangers = [url for url in requests if not url.startswith((f"{place.page.address}/", "data:", "blob:"))]
    assert not strangers, strangers


def sign_in(tab: Page, place: Place, name: str = "张三", words: str = WORDS) -> None:
    tab.goto(place.page.address)
    assert tab.url == f"{place.page.address}/login"
    tab.get_by_label("用户名").fill(name)
    tab.get_by_label("密码").fill(words)
    tab.keyboard.press("Enter")


def test_signing_in_by_keyboard_leads_to_the_page_and_the_button_leads_out(
    context: BrowserContext, place: Place
) -> None:
    tab = context.new_page()
    tab.goto(place.page.address)
    assert tab.get_by_label("用户名").evaluate("e => e === document.activeElement")
    tab.keyboard.type("张三")
    tab.keyboard.press("Tab")
    tab.keyboard.type(WORDS)
    tab.keyboard.press("Enter")
    tab.get_by_label("问题").wait_for()
    ask(tab, SMART_HOMES)
    assert "3家" in tab.locator("#answer .answer-text").inner_text()
    assert tab.locator(".signed-in").inner_text().startswith("张三")
    assert tab.evaluate("document.cookie") == "", "no script can read the session"
    cookie = next(cookie for cookie in context.cookies() if cookie["name"] == "qa_session")
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"

    tab.get_by_role("button", name="退出登录").click()
    tab.get_by_label("用户名").wait_for()
    tab.go_back()
    tab.wait_for_load_state()
    assert tab.get_by_label("问题").count() == 0 or not tab.get_by_label("问题").is_visible()
    tab.goto(place.page.address)
    assert tab.url.endswith("/login")


def test_a_wrong_password_is_said_and_the_name_stays(context: BrowserContext, place: Place) -> None:
    tab = context.new_page()
    sign_in(tab, place, words="not the right one")
    assert "用户名或密码不对" in tab.get_by_role("alert").inner_text()
    assert tab.get_by_label("用户名").input_value() == "张三"
    assert tab.get_by_label("密码").input_value() == ""
    # A browser puts the focus there some time after it has shown the page.
    tab.locator("input[type=password]:focus").wait_for()


def test_signing_in_needs_no_script(browser: Browser, place: Place) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        tab = context.new_page()
        sign_in(tab, place)
        tab.get_by_text("民政规划问答").first.wait_for()
        assert not tab.url.endswith("/login")
        tab.get_by_role("button", name="退出登录").click()
        assert tab.url.endswith("/login")
    finally:
        context.close()


def test_a_session_that_ends_under_an_open_page_leads_to_the_form(
    context: BrowserContext, place: Place
) -> None:
    tab = context.new_page()
    sign_in(tab, place, "李四")
    tab.get_by_label("问题").wait_for()
    place.users.set_password("李四", "另一个更长的密码2026")
    tab.get_by_label("问题").fill(SMART_HOMES)
    tab.get_by_label("问题").press("Enter")
    tab.wait_for_url("**/login")
    assert tab.get_by_label("用户名").is_visible()


def test_two_people_at_once_each_have_their_own_conversation(browser: Browser, place: Place) -> None:
    place.users.add("王五", WORDS)
    contexts = [browser.new_context(locale="zh-CN") for _ in range(2)]
    try:
        one, other = (context.new_page() for context in contexts)
        sign_in(one, place, "张三")
        sign_in(other, place, "王五")
        one.get_by_label("问题").wait_for()
        other.get_by_label("问题").wait_for()
        ask(one, SMART_HOMES)
        ask(other, "长者食堂呢？")
        assert other.locator(".understood").count() == 0, "a follow-up of nobody else's question"
        assert other.locator("#earlier .turn").count() == 0
        assert "王五" in other.locator(".signed-in").inner_text()
    finally:
        for context in contexts:
            context.close()
