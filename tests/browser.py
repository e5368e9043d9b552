"""The page as a real subprocess, and a real Chromium to look at it with."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
    """The page's process; `output` collects its lines of stdout, `errors` those of stderr."""

    process: subprocess.Popen[str]
    address: str = ""
    output: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def running_page(*, seconds: float = 120, **settings: str) -> Iterator[RunningPage]:
    """Run `python app.py` on a free port with `QA_*` settings until the block ends.

    Raises RuntimeError with the process's output when it ends early or says no address in time.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QA_")}
    environment |= {"QA_PORT": "0", "QA_LLM": "none", "PYTHONUNBUFFERED": "1", **settings}
    process = subprocess.Popen(
        [sys.executable, "app.py"],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    page = RunningPage(process)
    lines: Queue[str] = Queue()
    readers = [
        threading.Thread(target=_read, args=(process.stdout, page.output, lines), daemon=True),
        threading.Thread(target=_read, args=(process.stderr, page.errors, None), daemon=True),
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


def _read(stream: Iterator[str] | None, kept: list[str], lines: Queue[str] | None) -> None:
    for line in stream or ():
        kept.append(line)
        if lines is not None:
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
def visit(browser: Browser, address: str, **options: object) -> Iterator[Page]:
    """A tab on the page, ready for a question; fails if anything was asked of another origin."""
    context = browser.new_context(locale="zh-CN", **options)  # type: ignore[arg-type]
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    context.on("console", lambda m: print("CONSOLE", m.type, m.text[:400]))
    page = context.new_page()
    try:
        page.goto(address)
        page.get_by_label("问题").wait_for()
        yield page
    finally:
        context.close()
    own = (address, "data:", "blob:")
    strangers = [url for url in requests if not url.startswith(own)]
    assert not strangers, strangers
    assert any(url.startswith(address) for url in requests)
