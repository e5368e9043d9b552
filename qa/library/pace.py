"""How far bringing documents in has come, as one number, and how long it will take."""

from __future__ import annotations

import time
from dataclasses import dataclass

from qa.library.reports import OnProgress, Progress, ShouldStop
from vectorstore.stages import Stage, WorkStopped

# Where each part of the work ends, in percent of the whole. Embedding takes nearly all the time.
_TAKEN_IN, _PARSED, _EMBEDDED, _WRITTEN = 25.0, 30.0, 95.0, 99.0
_SECONDS_BETWEEN = 0.1
# How much of the work on one file is done when its pages begin to be read, and when they are.
_OPENED, _PAGES_READ = 0.1, 0.9


@dataclass(frozen=True)
class _Step:
    """One file's turn: `done` of `total` files were through before it, in a part of the work from `begin` to `end` %."""

    stage: Stage
    file: str
    begin: float
    end: float
    done: float
    total: int
    of: str


class Pace:
    """Hears of every step, tells the user, and stops the work when the user asks for it (raising WorkStopped)."""

    def __init__(self, on_progress: OnProgress | None, should_stop: ShouldStop | None) -> None:
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._percent = 0.0
        self._part = ""
        self._part_began = self._step_began = time.monotonic()
        self._told = 0.0
        self._step: _Step | None = None

    def taking_in(self, stage: Stage, file: str, done: int, total: int) -> None:
        """A file of so many is read or understood."""
        begun = done + (_OPENED if stage == "理解" else 0.0)
        self._begin(_Step(stage, file, 0.0, _TAKEN_IN, begun, total, of="taking in"))

    def indexing(self, stage: Stage, file: str, done: int, total: int) -> None:
        """The index is brought up to date."""
        begin, end = {
            "读取": (_TAKEN_IN, _PARSED),
            "理解": (_TAKEN_IN, _PARSED),
            "计算向量": (_PARSED, _EMBEDDED),
            "写入": (_EMBEDDED, _WRITTEN),
        }[stage]
        self._begin(_Step(stage, file, begin, end, done, total, of=stage))

    def page(self, _file: str, page: int, pages: int) -> None:
        """A page of the file that is being read is done: scans take seconds for each."""
        if self._step is not None:
            part = (_PAGES_READ - _OPENED) * page / pages
            self._tell(self._step, self._step.done + part, page, pages)

    def finish(self) -> None:
        """All is done."""
        if self._on_progress:
            self._on_progress(Progress("写入", "", 100.0, 0.0))

    def _begin(self, step: _Step) -> None:
        self._step, self._step_began = step, time.monotonic()
        if step.of != self._part:
            self._part, self._part_began, self._told = step.of, self._step_began, 0.0
        self._tell(step, step.done)

    def _tell(self, step: _Step, done: float, page: int = 0, pages: int = 0) -> None:
        if self._should_stop and self._should_stop():
            raise WorkStopped("已按要求停止。", "已做完的会保留，再次运行时接着做。")
        now = time.monotonic()
        share = min(done / step.total, 1.0) if step.total else 1.0
        self._percent = max(self._percent, step.begin + (step.end - step.begin) * share)
        is_last = step.total > 0 and done >= step.total
        if self._on_progress and (is_last or now - self._told >= _SECONDS_BETWEEN):
            self._told = now
            left = (now - self._part_began) * (1 - share) / share if share > 0 else None
            if page:
                # Files are not alike: behind a hundred short ones, a long scan is not nearly done.
                left = max(left or 0.0, (now - self._step_began) * (pages - page) / page)
            self._on_progress(Progress(step.stage, step.file, round(self._percent, 1), left, page, pages))
