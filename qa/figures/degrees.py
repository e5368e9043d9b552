"""Degrees by which a standard is graded: 完全丧失自理能力1656元,中度828元,轻度414元."""

from __future__ import annotations

import re

# The longer name first, so that 不能自理 is no 自理 and 半失能 no 失能.
_DEGREES = (
    (
        "none",
        re.compile(
            r"(?:完全|全部)?具备(?:生活)?自理|完全(?:能够?)?自理|全自理|(?<![不能])能够?(?:完全)?自理"
        ),
    ),
    ("half", re.compile(r"半(?:失能|自理|护理)|部分(?:丧失|失能|不能|自理)|半失")),
    ("all", re.compile(r"(?:完全|全部)(?:丧失|失能|不能)|全失能|全护理|(?:生活)?不能(?:完全)?自理")),
    ("severe", re.compile(r"重度")),
    ("moderate", re.compile(r"中度")),
    ("mild", re.compile(r"轻度|轻微")),
)


def degrees_in(text: str) -> frozenset[str]:
    """The degrees that a text names, as keys; empty when it names none. `text` is folded."""
    found = set()
    for name, pattern in _DEGREES:
        text, count = pattern.subn(" ", text)
        found |= {name} if count else set()
    return frozenset(found)


def is_of_other_degree(asked: str, said: str) -> bool:
    """Whether a question names a degree, and what is said names others only. Both folded."""
    wanted, named = degrees_in(asked), degrees_in(said)
    return bool(wanted) and bool(named) and not wanted & named


def of_degree(degree: str, other: str) -> str:
    """What is graded, in another degree: 护理费完全丧失自理能力 and 轻度 make 护理费轻度. Both folded."""
    starts = [match.start() for _, pattern in _DEGREES if (match := pattern.search(other))]
    return other[: min(starts)] + degree if starts else degree
