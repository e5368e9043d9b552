"""A peer in a process of its own, under an interpreter of its own."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Self


class LineProcess:
    """A program under another interpreter, spoken to in JSON lines with ids. Ends with the context."""

    def __init__(self, interpreter: Path, program: Path) -> None:
        """Prepare; it starts with the context."""
        self._interpreter = interpreter
        self._program = program
        self._heard: queue.Queue[str] = queue.Queue()

    def __enter__(self) -> Self:
        self._log: IO[bytes] = tempfile.TemporaryFile()
        # Neither keys of other services nor downloads: it shall use what it is given, and nothing else.
        inherited = {
            name: value for name, value in os.environ.items() if not name.endswith(("_KEY", "_TOKEN"))
        }
        self._process = subprocess.Popen(
            [str(self._interpreter), "-P", str(self._program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env=inherited | {"NO_PROXY": "127.0.0.1", "HF_HUB_OFFLINE": "1", "LOGFIRE_IGNORE_NO_CONFIG": "1"},
        )
        threading.Thread(target=self._listen, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        process = self._process
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._log.close()

    def tell(self, message: Mapping[str, Any]) -> None:
        """Send one line; a process that has ended is noticed when nothing comes back."""
        with suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.write(json.dumps(message) + "\n")
                self._process.stdin.flush()

    def heard(self, seconds: float, *, to: int = 0) -> dict[str, Any] | None:
        """The reply to one message (0: to the first); None when the process ended or took longer.

        A reply to an earlier message, which nobody waited for any more, is passed over.
        """
        end = time.monotonic() + seconds
        while True:
            try:
                line = self._heard.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                return None
            if not line:
                self._heard.put("")  # ended for whoever asks next, too
                return None
            reply: dict[str, Any] = json.loads(line)
            if reply["id"] == to:
                return reply

    def has_ended(self) -> bool:
        """Whether the process is gone; its output ends a moment before itself."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.5)
        return self._process.poll() is not None

    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        self._log.seek(0)
        return self._log.read().decode("utf-8", "replace").strip()[-300:] or "没有说明原因"

    def _listen(self) -> None:
        stdout = self._process.stdout
        with suppress(ValueError):  # closed at the end
            while stdout is not None and (line := stdout.readline()):
                self._heard.put(line)
        self._heard.put("")
