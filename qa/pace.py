"""How far bringing documents in has come, as one number, and how long it will take."""

from __future__ import annotations

import time

from qa.reports import OnProgress, Progress, ShouldStop
from vectorstore.stages import Stage, WorkStopped

# Where each part of the work ends, in percent of the whole. Embedding takes nearly all the time.
_TAKEN_IN, _PARSED, _EMBEDDED, _WRITTEN = 25.0, 30.0, 95.0, 99.0
_SECONDS_BETWEEN = 0.1


class Pace:
    """Hears of every step, tells the user, and stops the work when the user asks for it (raising WorkStopped)."""

    def __init__(self, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> None:
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._percent = 0.0
        self._stage_began = time.monotonic()
        self._stage = ""
        self._told = 0.0

    def taking_in(self, stage: Stage, file: str, done: int, total: int) -> None:
        """A file of so many is read or understood."""
        step = done + (0.5 if stage == "理解" else 0.0)
        self._tell(stage, file, 0.0, _TAKEN_IN, step, total, of="taking in")

    def indexing(self, stage: Stage, file: str, done: int, total: int) -> None:
        """The index is brought up to date."""
        begin, end = {
            "读取": (_TAKEN_IN, _PARSED),
            "理解": (_TAKEN_IN, _PARSED),
            "计算向量": (_PARSED, _EMBEDDED),
            "写入": (_EMBEDDED, _WRITTEN),
        }[stage]
        self._tell(stage, file, begin, end, done, total, of=stage)

    def finish(self) -> None:
        """All is done."""
        if self._on_progress:
            self._on_progress(Progress("写入", "", 100.0, 0.0))

    def _tell(
        self, stage: Stage, file: str, begin: float, end: float, done: float, total: int, *, of: str
    ) -> None:
        if self._should_stop and self._should_stop():
            raise WorkStopped("已按要求停止。", "已做完的会保留，再次运行时接着做。")
        now = time.monotonic()
        if of != self._stage:
            self._stage, self._stage_began, self._told = of, now, 0.0
        share = done / total if total else 1.0
        self._percent = max(self._percent, begin + (end - begin) * share)
        is_last = total > 0 and done >= total
        if self._on_progress and (is_last or now - self._told >= _SECONDS_BETWEEN):
            self._told = now
            elapsed = now - self._stage_began
            left = elapsed * (1 - share) / share if share > 0 else None
            self._on_progress(Progress(stage, file, round(self._percent, 1), left))
