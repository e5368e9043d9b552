"""Reading untrusted files in a process of its own, with limits: a bad file costs itself and nothing else.

One process serves many files, so that a small document does not cost the start of a Python. It is replaced after a
crash, a time-out or when memory ran out. Text files, which are only decoded, need none.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64decode
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.kinds import shown
from vectorstore.formats.limits import MEGABYTE, Limits
from vectorstore.formats.page_image import Marking
from vectorstore.formats.reader import check_size, is_plain_text, read_file
from vectorstore.records import from_json, to_json

_ROOT = Path(__file__).resolve().parent.parent.parent
# All that readers need of the environment. Keys of models and proxies are none of their business.
_KEPT = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "OPENBLAS_CORETYPE",
    "OPENBLAS_L2_SIZE",
)
_LENGTH_BYTES = 8
_STEP = 1 << 20
_LONGEST_START = 60
# A reply is JSON, in which every character of a text may take several bytes, and anchors come on top.
_LONGEST_REPLY = 1024 * MEGABYTE


OnPage = Callable[[str, int, int], None]


class _WorkerGone(Exception):
    """The process ended, or said something that it never says."""


class IsolatedReader:
    """Reads files in a process of its own. Safe to use from several threads, which then take turns.

    `on_page` is told of each page that is read: (file, pages done, pages in all). What it raises ends the reading.
    Starts the process with the first file that needs it. Close it, or use it as a context manager.
    """

    def __init__(self, limits: Limits | None = None, *, on_page: OnPage | None = None) -> None:
        self.limits = limits or Limits()
        self._on_page = on_page
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> IsolatedReader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, content: bytes, *, file: str) -> Extracted:
        """As `vectorstore.formats.reader.read_file`, which it calls in the other process.

        The time that the limits allow is that of one page where a file has pages: a scan of many takes its time.
        Raises DocumentUnreadable also when the process ran out of time or memory or crashed.
        """
        check_size(content, file=file, limits=self.limits)
        if is_plain_text(content, file=file):
            return read_file(content, file=file, limits=self.limits)
        with self._turn:
            reply = self._ask(content, {"file": file})
        if "extracted" in reply:
            return from_json(Extracted, reply["extracted"])
        raise DocumentUnreadable(reply["message"], reply["hint"])

    def marked_page(self, content: bytes, marking: Marking, *, file: str) -> bytes:
        """As `vectorstore.formats.page_image.marked_page`, in the other process; raises what `read` raises."""
        check_size(content, file=file, limits=self.limits)
        with self._turn:
            reply = self._ask(content, {"file": file, "marking": to_json(marking)})
        if "image" in reply:
            return b64decode(reply["image"])
        raise DocumentUnreadable(reply["message"], reply["hint"])

    def close(self) -> None:
        """End the process; the next file starts another."""
        with self._turn:
            self._stop()

    def _ask(self, content: bytes, request: dict[str, Any]) -> dict[str, Any]:
        name = shown(request["file"])
        try:
            reply = self._exchange(content, request)
        except TimeoutError:
            self._stop()
            raise DocumentUnreadable(
                f"读取文件“{name}”超过 {self.limits.seconds} 秒的时限，已停止。",
                "请拆分文件后重试，或调大 QA_MAX_FILE_SECONDS。",
            ) from None
        except (_WorkerGone, OSError, ValueError):
            self._stop()
            raise DocumentUnreadable(
                f"读取文件“{name}”时解析程序意外退出，文件可能已损坏或过于复杂。",
                "请用 Office、WPS 或浏览器打开它，另存一份后重试。",
            ) from None
        except BaseException:
            # Interrupted between request and reply: the next file must not be given this one's.
            self._stop()
            raise
        if reply.pop("leave"):
            self._stop()
        return reply

    def _exchange(self, content: bytes, request: dict[str, Any]) -> dict[str, Any]:
        process = self._running()
        if process.stdin is None or process.stdout is None:
            raise AssertionError("started without its streams")
        deadline = time.monotonic() + self.limits.seconds
        header = json.dumps({**request, "size": len(content), "limits": to_json(self.limits)})
        _send(process.stdin, header.encode() + b"\n" + content, deadline)
        while True:
            reply = _message(process.stdout, deadline)
            if "page" not in reply:
                return reply
            deadline = time.monotonic() + self.limits.seconds
            if self._on_page is not None:
                self._on_page(request["file"], reply["page"], reply["of"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            # What the process leaves behind when it is killed goes with its folder.
            self._folder = tempfile.TemporaryDirectory(prefix="qa-reader-", ignore_cleanup_errors=True)
            self._process = _start(self._folder.name)
            if self._process.stdout is not None:
                # The time that a Python takes to start is not the file's.
                _receive(self._process.stdout, _LENGTH_BYTES, time.monotonic() + _LONGEST_START)
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        folder, self._folder = self._folder, None
        if process is None or folder is None:
            return
        # With whatever it has started: a converter of old formats.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        folder.cleanup()


def _start(folder: str) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # Each thread of a library would otherwise claim address space of its own, which is limited.
    environment |= {"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1", "MALLOC_ARENA_MAX": "2", "TMPDIR": folder}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "vectorstore.formats.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        bufsize=0,
        start_new_session=True,
    )
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            os.set_blocking(stream.fileno(), False)
    return process


def _send(stream: IO[bytes], data: bytes, deadline: float) -> None:
    rest = memoryview(data)
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_WRITE)
        while rest:
            _wait(selector, deadline)
            rest = rest[os.write(stream.fileno(), rest[:_STEP]) :]


def _message(stream: IO[bytes], deadline: float) -> dict[str, Any]:
    length = int.from_bytes(_receive(stream, _LENGTH_BYTES, deadline), "big")
    if length > _LONGEST_REPLY:
        raise _WorkerGone
    message: dict[str, Any] = json.loads(_receive(stream, length, deadline))
    return message


def _receive(stream: IO[bytes], size: int, deadline: float) -> bytes:
    received = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while len(received) < size:
            _wait(selector, deadline)
            piece = os.read(stream.fileno(), min(_STEP, size - len(received)))
            if not piece:
                raise _WorkerGone
            received += piece
    return bytes(received)


def _wait(selector: selectors.BaseSelector, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0 or not selector.select(left):
        raise TimeoutError
