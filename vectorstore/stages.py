"""How far the work on a library has come, and how it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from vectorstore.errors import ExpectedError

Stage = Literal["读取", "理解", "计算向量", "写入"]
OnStage = Callable[[Stage, str, int, int], None]
"""Called with (stage, file or "", steps done, steps in all). What it raises ends the work, and nothing is lost:
the index that was current stays so, and what was read and embedded is known the next time."""


class WorkStopped(ExpectedError):
    """The work was asked to stop. What is done is kept; doing it again goes on from there."""

    exit_code = 130


def ignored(stage: Stage, file: str, done: int, total: int) -> None:
    """Nobody watches."""
