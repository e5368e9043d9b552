"""The one change of the library that is going on, or the last one: who began it, how far it is, what came of it."""

from __future__ import annotations

import json
import logging
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from qa.errors import ExpectedError
from qa.settings import Settings

_log = logging.getLogger("page")
_PROJECT = Path(__file__).resolve().parent.parent
_SECONDS_TO_STOP = 5


class WorkGoingOn(ExpectedError):
    """The library is being changed already."""


@dataclass(frozen=True)
class State:
    """`number` counts the changes; `progress`, `done` and `error` are what the worker said last."""

    number: int = 0
    action: str = ""
    subject: str = ""
    user: str = ""
    running: bool = False
    stopping: bool = False
    progress: dict[str, Any] = field(default_factory=dict)
    done: dict[str, Any] | None = None
    error: dict[str, str] | None = None


class Work:
    """Runs one change at a time in a worker process. Safe to use from several threads; `close` when done."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self.state = State()

    def begin(
        self, action: str, *, subject: str, user: str, then: Callable[[], None] = lambda: None, **work: Any
    ) -> State:
        """Start a change; `then` is called when it has ended, however. Raises WorkGoingOn."""
        with self._lock:
            if self.state.running:
                by = f"由{self.state.user}开始的" if self.state.user else ""
                raise WorkGoingOn(
                    f"文件库正在变动（{by}“{self.state.subject}”）。", "请等它完成，或先停止它。"
                )
            process = subprocess.Popen(
                [sys.executable, "-m", "page.documents_worker"],
                cwd=_PROJECT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
            )
            self._process = process
            self.state = State(self.state.number + 1, action, subject, user, running=True)
            begun = self.state
        order = json.dumps({"action": action, "settings": _plain(self._settings), **work})
        threading.Thread(target=self._follow, args=(process, order, then), daemon=True).start()
        return begun

    def stop(self) -> None:
        """Ask the change to end at the next good place; every file is then wholly in or wholly out."""
        with self._lock:
            process, running = self._process, self.state.running
            if process is None or not running or process.stdin is None:
                return
            self.state = replace(self.state, stopping=True)
            try:
                process.stdin.close()
            except OSError:
                return  # it has just ended by itself

    def close(self) -> None:
        """Stop, and wait for it a little."""
        self.stop()
        process = self._process
        if process is not None:
            try:
                process.wait(_SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()

    def _follow(self, process: subprocess.Popen[str], order: str, then: Callable[[], None]) -> None:
        complaints: list[str] = []
        assert process.stdin is not None  # noqa: S101 - pipes were asked for
        assert process.stdout is not None  # noqa: S101
        reader = threading.Thread(target=lambda: complaints.extend(process.stderr or ()), daemon=True)
        reader.start()
        try:
            process.stdin.write(order + "\n")
            process.stdin.flush()
            for line in process.stdout:
                said = json.loads(line)
                with self._lock:
                    self.state = replace(self.state, **said)
        except (OSError, ValueError) as error:
            complaints.append(str(error))
        finally:
            process.wait()
            reader.join(1)
            self._ended(process.returncode, "".join(complaints))
            then()

    def _ended(self, code: int, complaints: str) -> None:
        error = self.state.error
        if self.state.done is None and error is None:
            reference = secrets.token_hex(3)
            _log.error("changing the library ended with %s, reference %s\n%s", code, reference, complaints)
            error = {
                "message": "没有做完，系统出现意外问题。",
                "hint": f"已收入的文件都完整，可以再试一次；仍不行时请把编号 {reference} 告诉管理员。",
            }
        with self._lock:
            self.state = replace(self.state, running=False, stopping=False, error=error)


def _plain(settings: Settings) -> dict[str, Any]:
    """The settings as JSON takes them; they go through a pipe, where nobody else reads the keys."""
    values = {name: getattr(settings, name) for name in type(settings).model_fields}
    return {
        name: value.get_secret_value()
        if isinstance(value, SecretStr)
        else str(value)
        if isinstance(value, Path)
        else value
        for name, value in values.items()
    }
