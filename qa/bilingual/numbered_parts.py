"""Parts of papers by their number, put as plans name them: Box 3 → 专栏三, part two → 第二部分."""

from __future__ import annotations

import re

_WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"]
_NUMBERS = {word: number for words in (_WORDS, _ROMAN) for number, word in enumerate(words, 1)}
_CHINESE = "零一二三四五六七八九十"
_PARTS = {"box": "专栏{}", "chapter": "第{}章", "part": "第{}部分", "section": "第{}部分"}
_WORD = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBERED = re.compile(
    rf"\b(?P<part>{'|'.join(_PARTS)})(?: number| no\.?)? (?P<number>[1-9]\d?|{_WORD})\b(?!-)"
)
# A part in Chinese, which is a thing and no place.
IS_PART = re.compile(r"专栏|第.{1,3}(?:章|部分)")


def with_numbered_parts(text: str) -> str:
    """An English question in lower case with the parts that it names by number in Chinese."""

    def chinese(match: re.Match[str]) -> str:
        number = _NUMBERS.get(match["number"]) or int(match["number"])
        return _PARTS[match["part"]].format(_CHINESE[number] if number < len(_CHINESE) else number)

    return _NUMBERED.sub(chinese, text)
