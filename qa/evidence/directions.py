"""Which way a question and a text say that a figure goes: up or down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures.values import figures_in
from vectorstore.numerals import years_in

RISES = re.compile("增加|增长|增多|提高|提升|上升|上涨|上调|扩大|变多|变高|调高|涨")
FALLS = re.compile(
    "减少|下降|降低|下调|缩减|削减|裁减|压缩|缩小|下滑|变少|变低|调低|减到|降到|降了|关闭|砍掉|撤掉|停掉"
)
# What is added makes more of a thing, and what is taken off the register less, though no text calls it so.
_ADDED = re.compile("新增|增设|净增|扩建")
_TAKEN_OFF = re.compile("注销|撤销|清退|撤并|核减|取缔|关停|退出")
_DENIED = re.compile("(?:还|又|都|一直)?(?:没有?|未能?|不再?)(?:能|曾)?(?:得到)?")
# What asks which way a figure went: the first of each that a paper answers.
_ASKS_RISE = ("提高到多少", "增加了多少", "新增多少")
_ASKS_FALL = ("降低到多少", "减少了多少")


def direction_of(text: str) -> int:
    """1 where a question says that something rises, -1 where it falls; 没有提高 is neither up nor down but denies the rise: -1.

    0 where it says nothing of it, or both.
    """
    rises, falls = RISES.search(text), FALLS.search(text)
    found = rises or falls
    if found is None or (rises and falls):
        return 0
    is_denied = _DENIED.search(text[: found.start()])
    denies = is_denied is not None and is_denied.end() == found.start()
    return (1 if rises else -1) * (-1 if denies else 1)


def direction_of_row(cells: Sequence[tuple[str, str]]) -> int:
    """1 where the figures of a row's years rise from the first to the last, -1 where they fall, 0 where neither is told."""
    values = [
        figure.value
        for column, value in cells
        if years_in(column) and (figure := next(iter(figures_in(f"{value}个")), None))
    ]
    return (values[-1] > values[0]) - (values[-1] < values[0]) if len(values) > 1 else 0


def without_direction(text: str) -> str:
    """What a question says to rise or to fall: 低保标准 of 要降低低保标准."""
    lead = rf"(?:{_DENIED.pattern})?(?:要|会|将|在|又|反而|大幅|继续|持续|一直|越来越)*"
    way = rf"{lead}(?:{RISES.pattern}|{FALLS.pattern})(?:了|的)?"
    return re.sub(way, "", text)


def asks_other_way(direction: int) -> tuple[str, ...]:
    """What asks for a change the other way."""
    return _ASKS_RISE if direction < 0 else _ASKS_FALL


def goes_other_way(direction: int, said: str, around: str, *, with_added: bool = True) -> bool:
    """Whether a text says that it goes the other way, and neither it nor what stands around it the same way.

    `with_added`: what is added is more, too.
    """
    other, same = (RISES, FALLS) if direction < 0 else (FALLS, RISES)
    more, less = (_ADDED, _TAKEN_OFF) if direction < 0 else (_TAKEN_OFF, _ADDED)
    tells = other.search(said) or (with_added and more.search(said))
    return bool(tells) and not (same.search(said) or less.search(around))
