"""Chinese numerals in headings and dates, and the years that a plan's wording stands for."""

from __future__ import annotations

import re

from vectorstore.folding import folded
from vectorstore.remembering import remembering_short_texts

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

YEAR = r"(?:19|20)\d{2}"
_YEAR_RANGE = re.compile(rf"(?<!\d)({YEAR})\s*年?\s*(?:[-—–―~]{{1,4}}|[至到])\s*({YEAR})(?!\d)\s*年?")
_YEAR = re.compile(rf"(?<!\d)({YEAR})\s*年")
# 2023、2024、2025年 names each of them.
_LISTED_YEAR = re.compile(
    rf"(?<!\d)({YEAR})(?=\s*[、,和与及]\s*(?:{YEAR}\s*[、,和与及]\s*){{0,9}}{YEAR}\s*年)"
)
_CHINESE_YEAR = re.compile(r"([一二][九〇零○][〇零○一二三四五六七八九]{2})年")
_OPEN, _CLOSE = "“\"'‘「『", "”\"'’」』"
# In quotation marks, or with the word that makes it a period (the marks are sometimes lost), or 十四五 itself.
_FIVE_YEAR_PLANS = (
    re.compile(rf"[{_OPEN}]\s*([一二三四五六七八九十]{{1,3}})五\s*[{_CLOSE}](?!\s*(?:普法|法治宣传))"),
    re.compile(
        rf"(?<![一二三四五六七八九十百千])([一二三四五六七八九十]{{1,2}})五\s*[{_CLOSE}]?"
        r"(?=\s*(?:时期|期间|规划|時期|期間|規劃|以来|以來|末|初|开局|開局|纲要|綱要))"
    ),
    re.compile(
        r"(?<![一二三四五六七八九十百千])(十[一二三四五])五(?![一二三四五六七八九十\d岁个名人家天年%]|\s*[”’」』]?\s*普法)"
    ),
)
_QUOTED_NAME = re.compile(r"[《〈][^《》〈〉]{1,100}[》〉]")


def from_chinese(numeral: str) -> int | None:
    """Value of a Chinese numeral below ten thousand (十二 → 12, 二〇二三 → 2023); None if it is not one."""
    if not numeral or any(character not in _DIGITS and character not in _UNITS for character in numeral):
        return None
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total, digit = 0, 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        else:
            total += (digit or 1) * _UNITS[character]
            digit = 0
    return total + digit


def numeral_value(numeral: str) -> int:
    """The number of a part that is counted in either numerals (第三条, 专栏3); 0 for what is none."""
    return int(numeral) if numeral.isdecimal() else from_chinese(numeral) or 0


def five_year_plan(ordinal: int) -> tuple[int, ...]:
    """The years of the n-th five-year plan (14 → 2021 … 2025)."""
    first = 1951 + 5 * ordinal
    return tuple(range(first, first + 5))


@remembering_short_texts
def years_in(text: str) -> tuple[int, ...]:
    """Every year that `text` names, ascending: 2023年, 2021—2025年 (all five), “十四五” (all five).

    What stands in 《》 is the name of another document and says nothing about time here.
    """
    text = _QUOTED_NAME.sub(" ", folded(text))
    years: set[int] = set()
    for match in _YEAR_RANGE.finditer(text):
        first, last = int(match[1]), int(match[2])
        if first <= last <= first + 30:
            years.update(range(first, last + 1))
    years.update(int(match[1]) for pattern in (_YEAR, _LISTED_YEAR) for match in pattern.finditer(text))
    years.update(from_chinese(match[1]) or 0 for match in _CHINESE_YEAR.finditer(text))
    for pattern in _FIVE_YEAR_PLANS:
        for match in pattern.finditer(text):
            ordinal = from_chinese(match[1])
            if ordinal is not None and 1 <= ordinal <= 30:
                years.update(five_year_plan(ordinal))
    return tuple(sorted(years))


def is_span(years: tuple[int, ...]) -> bool:
    """Whether ascending years are a period of three or more without a gap (2021 … 2025), and not single ones."""
    return len(years) > 2 and years[-1] - years[0] + 1 == len(years)


def describe_years(years: tuple[int, ...]) -> str:
    """The years as a reader would write them: 2023年, 2021—2025年, 2021年、2022年."""
    if not years:
        return ""
    if len(years) > 2 and years[-1] - years[0] + 1 == len(years):
        return f"{years[0]}—{years[-1]}年"
    return "、".join(f"{year}年" for year in years)
