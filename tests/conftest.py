"""What several test files share: the seeds, indexed once for all workers with the real embedder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from answer_parts import opened_with_model
from browser import RunningPage, chromium, open_browser, running_page, visit
from doubles import FakeOpenAI
from page_parts import DESKTOP, HOSTILE
from question_sets import LIBRARIES, SEEDS, index_with_known_vectors

from qa.assistant import Assistant
from qa.settings import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a set that is marked `quick(n)` all but its first n run with the thorough tests."""
    seen: Counter[str] = Counter()
    for item in items:
        marker = item.get_closest_marker("quick")
        if marker is None:
            continue
        test = item.nodeid.partition("[")[0]
        seen[test] += 1
        if seen[test] > marker.args[0]:
            item.add_marker(pytest.mark.thorough)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A developer's own QA_* variables, keys and added documents must not decide how tests run."""
    for name in list(os.environ):
        if name.upper().startswith("QA_") or name == "OPENAI_API_KEY":
            monkeypatch.delenv(name)
    monkeypatch.setenv("QA_DATA_DIR", str(tmp_path_factory.getbasetemp() / "nothing-added"))


@pytest.fixture(scope="session")
def seeds_index_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of a complete index of the seeds."""
    folder = _shared(tmp_path_factory, worker_id) / "seeds-index"
    index_with_known_vectors("seeds", SEEDS, folder)
    return folder


def _shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session")
def assistant_over(
    assistant: Assistant, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[Callable[[str], Assistant]]:
    """Extractive assistants by the name of their library, each opened when it is first asked for."""
    opened: dict[str, Assistant] = {}

    def over(name: str) -> Assistant:
        if name == "seeds":
            return assistant
        if name not in opened:
            folder = _shared(tmp_path_factory, worker_id) / f"{name}-index"
            index_with_known_vectors(name, LIBRARIES[name], folder)
            opened[name] = Assistant.open(Settings(library=LIBRARIES[name], index_dir=folder, llm="none"))
        return opened[name]

    yield over
    for one in opened.values():
        one.close()


@pytest.fixture(scope="session")
def seeds_settings(seeds_index_dir: Path) -> Settings:
    """Settings for extractive answers from the seeds, without the environment's."""
    nothing_added = seeds_index_dir.with_name("nothing-added")
    return Settings(library=SEEDS, index_dir=seeds_index_dir, data_dir=nothing_added, llm="none")


@pytest.fixture(scope="session")
def assistant(seeds_settings: Settings) -> Iterator[Assistant]:
    """An assistant over the seeds that answers extractively."""
    with Assistant.open(seeds_settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def service() -> Iterator[FakeOpenAI]:
    """A model service on this machine that says what a test queues."""
    with FakeOpenAI() as running:
        yield running


@pytest.fixture
def nothing_left_over(service: FakeOpenAI) -> Iterator[None]:
    """What a test queued and the assistant did not ask for is gone before the next test."""
    yield
    service._behaviours.clear()


@pytest.fixture(scope="module")
def worded(seeds_settings: Settings, service: FakeOpenAI) -> Iterator[Assistant]:
    """An assistant over the seeds whose answers that service words."""
    with opened_with_model(seeds_settings, service) as opened:
        yield opened


# --- the page: one process over the seeds and one with hostile documents and a model, for all tests of a worker ---


@pytest.fixture(scope="session")
def feedback_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the page of `page` keeps feedback."""
    return tmp_path_factory.mktemp("feedback") / "feedback.jsonl"


@pytest.fixture(scope="session")
def page(seeds_settings: Settings, feedback_file: Path) -> Iterator[RunningPage]:
    """The page over the seeds, answering extractively."""
    settings = {
        "QA_LIBRARY": str(seeds_settings.library),
        "QA_INDEX_DIR": str(seeds_settings.index_dir),
        "QA_FEEDBACK": str(feedback_file),
    }
    with running_page(**settings) as running:
        yield running
    assert running.process.returncode == 0
    assert not running.errors, running.errors


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if chromium() is None and not os.environ.get("CI"):
        pytest.skip("no chromium on this machine: install Debian's package chromium")
    with open_browser() as opened:
        yield opened


@pytest.fixture
def tab(page: RunningPage, browser: Browser) -> Iterator[Page]:
    """A tab on the page at the size of a desk's screen."""
    with visit(browser, page.address, **DESKTOP) as opened:
        yield opened


@pytest.fixture(scope="session")
def model() -> Iterator[FakeOpenAI]:
    """The model that the page of `hostile_page` asks."""
    with FakeOpenAI() as running:
        yield running


@pytest.fixture(scope="session")
def hostile_page(model: FakeOpenAI, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPage]:
    """The page over documents that try to do harm, with a model."""
    folder = tmp_path_factory.mktemp("hostile")
    library = folder / "library"
    library.mkdir()
    (library / "<img src=x onerror=window.hacked=8>.txt").write_text(HOSTILE, encoding="utf-8")
    settings = {
        "QA_LIBRARY": str(library),
        "QA_INDEX_DIR": str(folder / "index"),
        "QA_LLM": "openai",
        "QA_LLM_BASE_URL": model.base_url,
        "QA_LLM_MODEL": "<b onclick=window.hacked=9>模型</b>",
    }
    with running_page(**settings) as running:
        yield running
