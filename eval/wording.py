"""When two Chinese wordings say the same: the text matching under every metric.

Numbers are compared by value and as wholes, so that 三家, 3家 and ３ 家 are one wording, 1.2万元 is 12000元,
and 3家 is neither 13家 nor 0.3家. Kept apart from the code that it judges: the two share no error.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

_THOUSANDS = re.compile(r"(?<![\d.])(?<!\d,)[1-9]\d{0,2}(?:,\d{3})+(?!\d|,\d)")
# ① and its kin would become plain digits under NFKC and join the number that follows.
_ITEM_LABELS = re.compile("[\u2460-\u249b]")
_QUOTATION_MARKS = re.compile("[\"'`“”‘’「」『』《》〈〉]")
_DASHES = re.compile("[‐‑‒–—―−~〜－-]+")
_FULL_STOP = re.compile(r"(?<![0-9])\.|\.(?![0-9])")

_CITATION_MARKER = re.compile(r"\[\d{1,3}\]")
_QUOTE_MARK = re.compile(r"^[ \t]*(?:>(?!\d)[ \t]?)+", re.MULTILINE)
_LIST_ORDINAL = re.compile(r"^[ \t]*(?:\d{1,2}(?:[.)][ \t]+|、(?!\d))|[（(]\d{1,2}[)）])", re.MULTILINE)
_TABLE_MARKS = re.compile(r"^[-:| \t]+$|\|", re.MULTILINE)

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE_UNITS = {"万": 10**4, "亿": 10**8}
_DIGIT = f"[{''.join(_DIGITS)}]"
_NUMBER = re.compile(
    r"(?P<share>百分之|千分之)?"
    r"(?:(?P<arabic>[0-9]+(?:\.[0-9]+)?)(?P<magnitude>万亿|[百千]?[万亿]|[百千](?!分))?"
    rf"|(?P<chinese>[{''.join(_DIGITS)}十百千万亿]+(?:点{_DIGIT}+)?))"
)
# Units that begin with a shorter unit and count something else: 3个 is not in 3个月, nor 5人 in 5人次.
_COMPOUND_UNIT = re.compile(r"⟩(个月|个百分点|个工作日|[人户件场班]次)")
_YEAR = re.compile(r"(?<![0-9.])(?:19|20)[0-9]{2}(?=年|[-至](?:19|20)[0-9]{2})")
_FIVE_YEAR_PLAN = re.compile(r"十([一二三四五六七八九])五")
_SQUARE_METRES = re.compile(r"(?<=[0-9百千万亿])(?:m2|平米)")


def normalise(text: str) -> str:
    """`text` without what only the keyboard decides: width, case, white space, quotation marks.

    Unicode NFKC (UAX #15), lower case, one form for dashes, commas and full stops, no thousands separators.
    White space stays, as one space, between two digits only: closing it up would make one number of two.
    """
    text = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), text)
    text = unicodedata.normalize("NFKC", _ITEM_LABELS.sub(" ", text)).lower()
    text = _DASHES.sub("-", _QUOTATION_MARKS.sub("", text)).replace("、", ",")
    text = _FULL_STOP.sub("。", text)
    text = re.sub(r" (?![0-9])|(?<![0-9]) ", "", re.sub(r"\s+", " ", text))
    return _SQUARE_METRES.sub("平方米", text).replace("个小时", "小时")


def canonical(text: str) -> str:
    """`normalise(text)` with each number written ⟨value⟩: 1.2万元 and 12000元 are both ⟨12000⟩元.

    百分之五 becomes ⟨5⟩%. Numerals in a row that are no well-formed number (十四五, 三四家) stay.
    """
    return _COMPOUND_UNIT.sub(r"⟩{\1}", _NUMBER.sub(_marked, normalise(text)))


def states(text: str, wording: str) -> bool:
    """Whether `wording` stands in `text`, numbers compared by value, as wholes and with what follows them."""
    return canonical(wording) in canonical(text)


def plain(answer_text: str) -> str:
    """An answer's Markdown without citation markers, quote marks, emphasis, list ordinals. Bars stay.

    Markers and ordinals are numbers that state nothing: 4. is not the answer to how many.
    """
    text = _CITATION_MARKER.sub(" ", answer_text)
    return _LIST_ORDINAL.sub("", _QUOTE_MARK.sub("", text).replace("**", "").replace("`", ""))


def visible_length(answer_text: str) -> int:
    """Characters a reader reads: no citation markers, no Markdown quote or table marks, no white space."""
    return len(re.sub(r"\s", "", _TABLE_MARKS.sub("", plain(answer_text))))


def figures(answer_text: str) -> set[Decimal]:
    """Values of the figures in an answer: numbers in digits (magnitudes applied) and 百分之….

    Other Chinese numerals are words more often than figures (一是, 五保, 十分) and count as none.
    """
    text = normalise(plain(answer_text))
    return {value for match, value in _numbers(text) if match["arabic"] or match["share"]}


def numbers(text: str) -> set[Decimal]:
    """Values of all numbers in a text, Chinese numerals among them, as support for the figures of an answer.

    In a table the unit stands in a cell of its own (万人 | 40): with a loose 万 or 亿 in the text each
    number also counts multiplied by it.
    """
    values = {value for _, value in _numbers(normalise(text))}
    loose = canonical(text)
    factors = [factor for unit, factor in _LARGE_UNITS.items() if unit in loose]
    return values | {value * factor for value in values for factor in factors}


@lru_cache(maxsize=64)  # whole documents, again for every question about them
def years(text: str) -> frozenset[Decimal]:
    """The years that a text names, and the ends of each five-year plan (十四五: 2021, 2025)."""
    text = normalise(text)
    named = {Decimal(match[0]) for match in _YEAR.finditer(text)}
    first = {Decimal(2001 + 5 * _DIGITS[match[1]]) for match in _FIVE_YEAR_PLAN.finditer(text)}
    return frozenset(named | first | {year + 4 for year in first})


def _numbers(normalised: str) -> Iterator[tuple[re.Match[str], Decimal]]:
    for match in _NUMBER.finditer(normalised):
        value = _value(match)
        if value is not None:
            yield match, value


def _marked(match: re.Match[str]) -> str:
    value = _value(match)
    if value is None:
        return match[0]
    unit = {"百分之": "%", "千分之": "‰", None: ""}[match["share"]]
    return f"⟨{value.normalize():f}⟩{unit}"


def _value(match: re.Match[str]) -> Decimal | None:
    if match["arabic"]:
        value = Decimal(match["arabic"])
        for unit in match["magnitude"] or "":
            value *= (_SMALL_UNITS | _LARGE_UNITS)[unit]
        return value
    if match["share"] and match["chinese"] == "百":
        return Decimal(100)
    whole, _, fraction = match["chinese"].partition("点")
    value_of_whole = _chinese_integer(whole)
    if value_of_whole is None:
        return None
    return Decimal(f"{value_of_whole}.{''.join(str(_DIGITS[digit]) for digit in fraction) or 0}")


def _chinese_integer(numeral: str) -> int | None:
    """Value of a well-formed numeral (三, 一百零二, 两万五千, 二〇二五); None for others (十四五)."""
    if all(character in _DIGITS for character in numeral):
        if len(numeral) in (1, 4):  # four digits in a row are a year; other rows mean "three or four"
            return int("".join(str(_DIGITS[character]) for character in numeral))
        return None
    total, ceiling = 0, 10**16
    for part in re.findall(r"[^万亿]+[万亿]?|[万亿]", numeral):
        factor = _LARGE_UNITS.get(part[-1], 1)
        section = _section(part.rstrip("万亿"))
        if section is None or factor >= ceiling:
            return None
        if total and section * factor * 10 < ceiling and part[0] not in "零〇":
            return None  # 一万二 is 12000 to some and 10002 to none
        total, ceiling = total + section * factor, factor
    return total


def _section(numeral: str) -> int | None:
    """Value of a well-formed numeral below ten thousand; None for others and for colloquial ones (一百二)."""
    match = re.fullmatch(
        rf"(?:({_DIGIT})千)?(零)?(?:({_DIGIT})百)?(零)?(?:({_DIGIT}?)(十))?(零)?({_DIGIT})?", numeral
    )
    if not numeral or not match:
        return None
    thousands, _, hundreds, _, tens, ten, _, ones = match.groups()
    if ones and not ten and (thousands or hundreds) and "零" not in numeral:
        return None
    tens_value = _DIGITS.get(tens, 1) if ten else 0
    return (
        1000 * _DIGITS.get(thousands, 0)
        + 100 * _DIGITS.get(hundreds, 0)
        + 10 * tens_value
        + _DIGITS.get(ones, 0)
    )
