"""Every state of the page as axe-core sees it: no serious and no critical violation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from shutil import copytree
from typing import TYPE_CHECKING, Any

import pytest
from browser import RunningPage, ask, running_page
from doubles import FakeOpenAI
from page_parts import fetch

from qa.settings import Settings
from qa.users.accounts import UsersFile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Response

pytestmark = pytest.mark.browser

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


def _is_answered(response: Response) -> bool:
    return "/gradio_api/run/" in response.url


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


@pytest.fixture(scope="module", params=list(VIEWS))
def visitor(
    request: pytest.FixtureRequest, page: RunningPage, browser: Browser, session: Any
) -> Iterator[Page]:
    """Somebody who has signed in, at a desk and on a phone, and stays for all tests."""
    with opened(browser, page.address, request.param, storage_state=session) as tab:
        yield tab


@pytest.fixture
def tab(visitor: Page, page: RunningPage) -> Page:
    """The question page with a new conversation."""
    if visitor.url.rstrip("/") != page.address:
        visitor.goto(page.address)
    with visitor.expect_response(_is_answered):
        visitor.get_by_role("button", name="新对话").click()
    visitor.locator("#welcome button").first.wait_for()
    return visitor


def assert_accessible(tab: Page) -> None:
    """Rules of WCAG 2.2 AA and axe-core's best practices; what is grave is named with the element."""
    if not tab.evaluate("'axe' in window"):
        tab.evaluate(AXE)
    tab.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => {})))")
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
    tab.unroute_all()
    # What the page asks for when it is loaded has come as well: no later test takes it for its own.
    with tab.expect_response(_is_answered):
        tab.reload()


def test_an_answer_with_its_sources(tab: Page) -> None:
    ask(tab, "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？")
    for fold in tab.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    assert_accessible(tab)


def test_an_answer_with_a_table(tab: Page) -> None:
    ask(tab, "2023年杨浦和湘西州的居家适老化改造任务各是多少户？")
    assert tab.locator("#answer table").count()
    assert tab.locator("#answer .chart").count()
    assert_accessible(tab)


def test_earlier_turns_a_changed_question_and_what_the_source_leaves_in_doubt(tab: Page) -> None:
    ask(tab, "下陆区2025年志愿服务站点覆盖率的目标是多少？")
    ask(tab, "荆门市2015年低保标准是多少？")
    assert "请留意" in tab.locator("#answer .notice").inner_text()
    for fold in tab.locator("details").all():
        fold.evaluate("fold => { fold.open = true }")
    tab.locator("#answer").get_by_role("button", name="修改问题").click()
    tab.get_by_role("button", name="取消修改").wait_for()
    assert_accessible(tab)
    tab.get_by_role("button", name="取消修改").click()


def test_an_answer_to_a_part_of_the_question(tab: Page) -> None:
    ask(tab, "杨浦2023年建设智慧养老院几家？武汉2023年建设智慧养老院几家？")
    assert "部分" in tab.locator("#answer .status").inner_text()
    assert_accessible(tab)


def test_the_dialogs(tab: Page) -> None:
    ask(tab, "杨浦2023年建设智慧养老院几家？")
    tab.locator("#answer").get_by_role("button", name="没用").click()
    tab.locator("#feedback[open]").wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="以前的对话").click()
    tab.locator("#conversations[open]").wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    tab.locator("header").get_by_text("文件库").click()
    tab.get_by_role("link", name="指标表").first.wait_for()
    assert_accessible(tab)
    tab.get_by_role("link", name="指标表").first.click()
    tab.locator("dialog table.sortable").first.wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")


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
    tab.get_by_label("地区", exact=True).click()
    tab.get_by_role("option").first.wait_for()
    assert_accessible(tab)
    tab.keyboard.press("Escape")
    if ground.is_visible():
        ground.click()


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


# --- a model that words the answers ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def modelled(service: FakeOpenAI, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPage]:
    """The page over one small document, with a model."""
    folder = tmp_path_factory.mktemp("modelled")
    (folder / "library").mkdir()
    (folder / "library" / "要点.txt").write_text(POINTS, encoding="utf-8")
    settings = {
        "QA_LIBRARY": str(folder / "library"),
        "QA_INDEX_DIR": str(folder / "index"),
        "QA_LLM": "openai",
        "QA_LLM_BASE_URL": service.base_url,
        "QA_LLM_MODEL": "模型",
    }
    with running_page(**settings) as running:
        yield running


POINTS = """青川县2024年民政工作要点
一、养老服务
2024年青川县新增养老床位120张。
二、社区治理
青川县推进社区治理，开展邻里互助活动，培育社区社会组织，完善居民议事协商制度，建设和谐社区。
"""
WORDED = "青川县怎样推进社区治理？"


@pytest.mark.parametrize("view", list(VIEWS))
def test_a_model_that_is_dead_writes_or_has_others_before(
    modelled: RunningPage, browser: Browser, service: FakeOpenAI, view: str
) -> None:
    with opened(browser, modelled.address, view) as tab:
        service.fail(401)
        ask(tab, WORDED)
        assert "原文摘录" in tab.locator("#answer .status").inner_text()
        assert "模型" in tab.locator("#answer .notice").inner_text()
        assert_accessible(tab)

        service.hang_midway("推进社区治理。")
        send(tab, WORDED)
        tab.locator("#answer section[data-stage=waiting], #answer section[data-stage=writing]").wait_for()
        tab.locator("#evidence .card").first.wait_for()
        assert_accessible(tab)
        tab.get_by_role("button", name="停止").click()
        tab.locator("#answer section[data-stage=stopped]").wait_for()
        assert_accessible(tab)
        service.let_go()

        for _ in range(4):
            service.hang()
            fetch(f"{modelled.address}/gradio_api/call/ask", {"data": [WORDED]})
        send(tab, WORDED)
        tab.locator("#answer .status").get_by_text("前面还有").wait_for()
        assert_accessible(tab)
        tab.get_by_role("button", name="停止").click()
        tab.locator("#answer section[data-stage=stopped]").wait_for()
        service.let_go()


def send(tab: Page, question: str) -> None:
    tab.get_by_label("问题").fill(question)
    tab.get_by_label("问题").press("Enter")
