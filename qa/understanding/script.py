"""Which script and language a text is written in, and Traditional characters as Simplified ones."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Literal

from vectorstore.remembering import remembering_short_texts

if TYPE_CHECKING:
    from opencc import OpenCC

Language = Literal["zh-Hans", "zh-Hant", "en"]

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’]s(?![A-Za-z]))?|\d+(?:,\d{3})*(?:st|nd|rd|th)?")
_HAN_RUN = re.compile(f"{HAN.pattern}+")
# A question word settles it: 请问 nursing home beds 有多少 is asked in Chinese, for all its English.
_ASKED_IN_CHINESE = re.compile(
    "多少|什[么麼]|怎[么麼样樣]|如何|为何|為何|哪[些个個里裡家年]|几[个家张年]|幾[個家張年]|是否|[吗嗎呢]|请问|請問"
)
# Taiwan writes 著 for 着, which the converter leaves: 著力, 生活無著, but not 著名, 顯著.
_ZHE_WRITTEN_ZHU = re.compile("(?<![显卓原编名专论土昭撰译巨拙遗合])著(?![名作述书称录者])")
# GB 2312, the character set of Simplified Chinese, holds these three; they are Traditional all the same.
_TRADITIONAL_IN_GB2312 = frozenset("後於徵")
# Beyond GB 2312, but standard in Simplified names (毕昇), and so no sign of Traditional Chinese.
_SIMPLIFIED_NAMES = frozenset("昇陞氾祕脩谿麯")


@remembering_short_texts
def to_simplified(text: str) -> str:
    """Traditional Chinese as Simplified, character for character: the length, and every offset, stays.

    Text without a character that only Traditional Chinese has comes back as it is. Words stay too:
    資訊化 becomes 资讯化, not 信息化.
    """
    if not _traditional_characters(text):
        return text
    converted = (
        _converter()
        .convert(text)
        .replace("甚么", "什么")
        .replace("衞", "卫")
        .replace("计画", "计划")
        .replace("规画", "规划")
    )
    return _ZHE_WRITTEN_ZHU.sub("着", converted)


def language_of(text: str) -> Language:
    """The language a text is asked in: English if it is in Latin letters but for a few Chinese names."""
    words = sum(1 for word in LATIN_WORD.findall(text) if not word[0].isdigit())
    names = len(_HAN_RUN.findall(text))
    if words and words >= 2 * names and not _ASKED_IN_CHINESE.search(text):
        return "en"
    traditional = _traditional_characters(text)
    simplified = set(HAN.findall(text)) - traditional - _encodable(text, "big5hkscs")
    return "zh-Hant" if _occurrences(text, traditional) > _occurrences(text, simplified) else "zh-Hans"


def _traditional_characters(text: str) -> set[str]:
    """Characters that Simplified Chinese never uses. The converter is not even imported where none can be."""
    doubtful = set(HAN.findall(text)) - _encodable(text, "gb2312") - _SIMPLIFIED_NAMES
    traditional = set(text) & _TRADITIONAL_IN_GB2312
    if doubtful:
        convert = _converter().convert
        traditional |= {character for character in doubtful if convert(character) != character}
    return traditional


def _encodable(text: str, encoding: str) -> set[str]:
    return set(text.encode(encoding, "ignore").decode(encoding))


def _occurrences(text: str, characters: set[str]) -> int:
    return sum(character in characters for character in text)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - 35 ms, which a question in Simplified Chinese need not pay

    return OpenCC("t2s")
