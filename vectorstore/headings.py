"""Headings of Chinese government documents: 第一章, 一、, (一), 1., (1), ①, 1.1.1, 专栏一, ——项目。

Numbering styles have no fixed rank: one writer puts 1. under (一), another under 一、. So a heading knows its
style only, and its depth follows from the order in which styles open (see `vectorstore.structure`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vectorstore.lines import Line
from vectorstore.numerals import from_chinese

_CHINESE = "[一二三四五六七八九十百零〇]+"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# A sentence of a title's length may follow its number on the same line (1.提高救助标准。2021年起…).
_LONGEST_TITLE = 42
_LONGEST_INLINE_TITLE = 30
BOX = "box"
DASH = "dash"

_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(rf"^第({_CHINESE}|\d+)[编篇部]分?[\s ::、]*")),
    ("chapter", re.compile(rf"^第({_CHINESE}|\d+)章[\s ::、]*")),
    ("division", re.compile(rf"^第({_CHINESE}|\d+)节[\s ::、]*")),
    ("article", re.compile(rf"^第({_CHINESE}|\d+)条[\s ::、]*")),
    (BOX, re.compile(rf"^专栏\s*({_CHINESE}|\d+)?[\s ::、.]*")),
    ("ideographic", re.compile(rf"^({_CHINESE})\s*[、..]\s*")),
    ("bracketed-ideographic", re.compile(rf"^[((]\s*({_CHINESE})\s*[))]\s*[、.]?\s*")),
    ("decimal-3", re.compile(r"^(\d{1,2}\.\d{1,2}\.\d{1,2})[.、\s](?!\d)\s*")),
    ("decimal-2", re.compile(r"^(\d{1,2}\.\d{1,2})[、\s](?![\d%%])\s*")),
    ("arabic", re.compile(r"^(\d{1,2})\s*[.、.](?!\d)\s*")),
    ("bracketed-arabic", re.compile(r"^[((]\s*(\d{1,2})\s*[))]\s*[、.]?\s*")),
    ("half-bracketed-arabic", re.compile(r"^(\d{1,2})\s*[))]\s*")),
    ("circled", re.compile(rf"^([{_CIRCLED}])\s*")),
    (DASH, re.compile(r"^(?:——|--|—)\s*()")),
    ("markdown", re.compile(r"^(#{1,6})\s+()")),
)
_TITLE_END = re.compile(r"[。::;;!!??]")


@dataclass(frozen=True)
class Heading:
    """A numbered line. `label` is number and title as written; `body_start` is where the text after the
    title begins (the line's end when the line is a heading only); `ordinal` is 0 when there is none.
    """

    style: str
    ordinal: int
    label: str
    body_start: int
    is_alone: bool


def heading_of(line: Line) -> Heading | None:
    """The heading that `line` opens with, or None for running text."""
    for style, pattern in _STYLES:
        match = pattern.match(line.text)
        if match is None:
            continue
        if style == "markdown":
            style = f"markdown-{len(match[1])}"
        rest = line.text[match.end() :]
        if not rest and style != "article":
            return None
        return _with_title(line, style, _ordinal(match[1]), match.end(), rest)
    return None


def _with_title(line: Line, style: str, ordinal: int, number_end: int, rest: str) -> Heading | None:
    end = _TITLE_END.search(rest)
    title_length = end.start() if end else len(rest)
    is_alone = len(rest) <= _LONGEST_TITLE and (end is None or end.end() == len(rest))
    if is_alone:
        return Heading(style, ordinal, line.text.rstrip("。::;;"), line.end, True)
    if style == DASH and title_length > _LONGEST_INLINE_TITLE:
        return None
    if 0 < title_length <= _LONGEST_INLINE_TITLE and end is not None and end.group(0) in "。::":
        label = line.text[: number_end + title_length]
        return Heading(style, ordinal, label, line.start + number_end + end.end(), False)
    # An item without a title: its number alone names it.
    return Heading(style, ordinal, line.text[:number_end].strip(), line.start + number_end, False)


def _ordinal(number: str) -> int:
    if not number:
        return 0
    if number[0] in _CIRCLED:
        return _CIRCLED.index(number[0]) + 1
    if re.match(r"\d", number):
        return int(re.split(r"\D", number)[-1])
    return from_chinese(number) or 0
