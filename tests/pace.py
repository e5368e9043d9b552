"""Limits in seconds that hold on any machine: how slow this one is just now, by a fixed piece of work."""

from __future__ import annotations

import re
import time

# CPU seconds that `_work` takes on the two cores which the limits in the tests were set on, when nothing else runs there.
_USUAL = 0.0195
_TEXT = "2024年新增养老床位360张，改造适老住房120户，发放补贴1285.5万元。" * 4000
_FIGURE = re.compile(r"\d+(?:\.\d+)?(万?[张户元年])")


def within(seconds: float, limit: float) -> bool:
    """Whether `seconds` of work are fewer than `limit`, had the machine been as quick as usual while they were spent."""
    return seconds < limit or seconds < limit * min(_work() for _ in range(3)) / _USUAL


def _work() -> float:
    started = time.thread_time()
    counted: dict[str, int] = {}
    for figure in _FIGURE.finditer(_TEXT):
        for character in figure[0]:
            counted[character] = counted.get(character, 0) + len(figure[1])
    return time.thread_time() - started
