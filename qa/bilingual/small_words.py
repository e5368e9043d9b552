"""Small words of English phrases: prepositions, numbers, months, ages and measure words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from qa.understanding.glossary import normalised_word
from qa.understanding.wording import synonyms_in
from qa.understanding.words import english_words

Kind = Literal["place", "time", "term", "verb", "preposition", "and", "unknown"]

_PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "for",
        "at",
        "by",
        "from",
        "to",
        "with",
        "on",
        "among",
        "about",
        "under",
        "within",
        "during",
        "through",
        "into",
        "per",
        "against",
        "regarding",
        "concerning",
        "between",
    ]
)
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NUMBER_WORDS = {
    "two": "两", "three": "三", "four": "四", "five": "五", "six": "六", "seven": "七", "eight": "八", "nine": "九", "ten": "十",
}  # fmt: skip
_ORDINALS = {
    "first": "第一", "second": "第二", "third": "第三", "fourth": "第四", "fifth": "第五", "sixth": "第六", "seventh": "第七",
}  # fmt: skip
# Units behind a number, so that a figure of a statement stays one (2,001 divorces → 2001对).
_UNITS = {
    "yuan": "元", "rmb": "元", "cny": "元", "percent": "%", "bed": "张", "household": "户", "couple": "对", "people": "人",
    "person": "人", "million": "百万", "billion": "十亿", "marriage": "对", "divorce": "对", "minute": "分钟",
}  # fmt: skip
SAID_WITH_NUMBER = ("元", "%", "分钟")
_AGES = re.compile(
    r"\b(?:people |those |persons |the elderly |elderly people |seniors )?(?:aged |over |over-|above |age )(\d{2,3})s?\b"
    r"(?:\s*(?:-|–|—|to)\s*(\d{2,3}))?(?: and (?:over|above|older)| or (?:over|above|older)| years? old)?"
)


def with_ages(text: str) -> str:
    """Ages put as plans write them: aged 90-94 → 90—94周岁, over 100 → 100周岁以上."""

    def chinese(match: re.Match[str]) -> str:
        if match[2]:
            return f" {match[1]}—{match[2]}周岁"
        return f" {match[1]}周岁以上" if re.search("over|above|older", match.group(0)) else f" {match[1]}周岁"

    return _AGES.sub(chinese, text)


def ordinal(written: str) -> str:
    """5th as 第五; 3a as 3A."""
    number = re.match(r"(\d+)(?:st|nd|rd|th)$", written)
    if number is None:
        return written.upper()
    return f"第{'零一二三四五六七八九十'[int(number[1])] if int(number[1]) <= 10 else number[1]}"


def small_word(word: str) -> tuple[Kind, str] | None:
    """A word of no list of terms: a preposition, a number, a month …; None for one that is not known."""
    kinds: tuple[tuple[Kind, Mapping[str, str]], ...] = (
        ("and", {"and": "和", "or": "和", "vs": "和", "versus": "和", "plus": "和"}),
        ("preposition", {preposition: preposition for preposition in _PREPOSITIONS}),
        ("time", {month: f"{number}月" for number, month in enumerate(_MONTHS, 1) if month != "may"}),
        ("term", {number: f"{chinese}大" for number, chinese in _NUMBER_WORDS.items()}),
        ("term", _ORDINALS),
        # A word of a longer term that stands alone here (full nursing care | allowance).
        ("term", {synonym.written: synonym.official[0] for synonym in synonyms_in(word)}),
    )
    for kind, words in kinds:
        if word in words:
            return kind, words[word]
    says_nothing = word in english_words() or len(word) < 2 or word.endswith("ly")
    return ("term", "") if says_nothing else None


def unit_said(word: str) -> str:
    """The unit that an English word behind a number is; "" for another word."""
    return _UNITS.get(normalised_word(word), "")


def counted(number: str, before: str, behind: str) -> str:
    """A number with the unit that the word behind it, or the currency before it, says (2,001 divorces → 2001对)."""
    unit = unit_said(behind) or ("元" if before in ("rmb", "yuan", "cny") else "")
    return f"{number.replace(',', '')}{unit}"


def unit_of(noun: str) -> str:
    """The measure word of what a Chinese noun names: 5家 of 智慧养老院."""
    return next((unit for names, unit in _MEASURE_WORDS if re.search(f"(?:{names})$", noun)), "个")


_MEASURE_WORDS = (
    ("床位", "张"),
    ("家庭|户", "户"),
    ("结婚登记|离婚登记|结婚|离婚", "对"),
    (
        "人|人员|对象|儿童|孤儿|老年人|志愿者|护理员|者|群众|干部|居民|学生|督导员|主任|专员|移民|士兵|信息员",
        "人",
    ),
    ("机构|院|食堂|企业|组织|公司|医院|学校", "家"),
)
