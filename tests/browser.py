"""The page as a real subprocess, and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What Gradio says of its own stream or of a request under way when the page is loaded anew: no failure. A request that
# fails otherwise leaves its answer out, which the tests wait for.
_FAREWELLS = ("AbortError: signal is aborted", "Unexpected error Connection errored out.")
PROJECT = Path(__file__).resolve().parent.parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Path of the system's Chromium, or None."""
    return next((path for path in map(shutil.which, _NAMES) if path), None)


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A headless Chromium of the system."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class RunningPage:
    """The page's process; `output` and `errors` collect the lines of stdout and stderr."""

    process: subprocess.Popen[str]
    address: str = ""
    output: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def page_environment(**settings: str) -> dict[str, str]:
    """This environment with these `QA_*` settings and no other: a free port and no model unless named."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    return environment | {"QA_PORT": "0", "QA_LLM": "none", "PYTHONUNBUFFERED": "1"} | settings


def run_page(**settings: str) -> subprocess.CompletedProcess[str]:
    """Start the page and wait until it has ended by itself, as it does when it cannot start."""
    return subprocess.run(
        [sys.executable, "app.py"],
        cwd=PROJECT,
        env=page_environment(**settings),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@contextmanager
def running_page(*, seconds: float = 120, **settings: str) -> Iterator[RunningPage]:
    """Run `python app.py` with `QA_*` settings until the block ends.

    Raises RuntimeError with the process's output when it ends early or says no address in time.
    """
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=PROJECT,
        env=page_environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    page = RunningPage(process)
    lines: Queue[str] = Queue()
    assert process.stdout is not None
    assert process.stderr is not None
    readers = [
        threading.Thread(target=_read, args=(process.stdout, page.output, lines), daemon=True),
        threading.Thread(target=_read, args=(process.stderr, page.errors, Queue()), daemon=True),
    ]
    for reader in readers:
        reader.start()
    try:
        page.address = _address(page, lines, seconds)
        yield page
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for reader in readers:
            reader.join(5)
        process.stdout.close()
        process.stderr.close()


def _read(stream: Iterable[str], kept: list[str], lines: Queue[str]) -> None:
    for line in stream:
        kept.append(line)
        lines.put(line)


def _address(page: RunningPage, lines: Queue[str], seconds: float) -> str:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            line = lines.get(timeout=0.2)
        except Empty:
            if page.process.poll() is not None:
                break
            continue
        if "http://" in line:
            return "http://" + line.split("http://")[1].split("（")[0].strip()
    raise RuntimeError("the page did not start:\n" + "".join(page.output + page.errors))


@contextmanager
def visit(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """A tab on the page, ready for a question.

    Fails at the end if anything was asked of another origin, a script failed, or the policy was broken.
    """
    context = browser.new_context(locale="zh-CN", **options)
    requests: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console", lambda message: complaints.append(message.text) if message.type == "error" else None
    )
    page = context.new_page()
    page.set_default_timeout(60_000)
    try:
        page.goto(address)
        page.get_by_label("问题").wait_for()
        yield page
    finally:
        context.close()
    assert any(url.startswith(address) for url in requests)
    strangers = [url for url in requests if not url.startswith((f"{address}/", "data:", "blob:"))]
    assert not strangers, strangers
    complaints = [said for said in complaints if not said.startswith(_FAREWELLS)]
    assert not complaints, complaints


def ask(page: Page, question: str) -> None:
    """Type a question, press Enter and wait for the finished answer."""
    before = page.locator("section.answer").count()
    box = page.get_by_label("问题")
    box.fill(question)
    box.press("Enter")
    page.locator("section.answer").nth(before).wait_for()
    page.locator("#answer section:is([data-stage=done], [data-stage=failed])").wait_for()
