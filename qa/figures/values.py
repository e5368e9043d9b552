"""Figures in Chinese text as comparable values: 1.2万元 = 12000元, 三个月 = 3个月, 5% = 百分之五."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from vectorstore.folding import folded, simplified
from vectorstore.numerals import from_chinese
from vectorstore.remembering import remembering_short_texts

_SCALES = {"百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_UNIT = (
    r"%|‰|个百分点|平方米|平方公里|公里|平米|美元|元|人次|家次|户次|场次|车次|人员|人|家|张|名|户|所|处|件|座|条|项|岁|倍|对|岁|例|只|台|部|份|篇|支|"
    r"位|场|期|批|间|次|天|日|个?小时|分钟|个?工作日|个月|月|年度|年|周|穴|亩|套|个|种|类|级|辆|册|本|宗|起|村|乡镇|街道|社区|成|米|吨|"
    r"块|株|堂|层|具(?!体|备|有)|栋|艘|(?<!十)分(?![钟之别类层散布级期批配工享析解管])"
)
_ARABIC = re.compile(rf"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*((?:百|千)?万|亿|千|百)?余?多?\s*({_UNIT})?")
_PERCENT_WORD = re.compile(r"百分之([零一二三四五六七八九十百\d.]+)")
_NUMERALS = "〇零一二三四五六七八九十百千万亿两"
_CHINESE = re.compile(rf"(?<![{_NUMERALS}])([{_NUMERALS}]{{1,12}})[余多]?({_UNIT})")
# 统一部署, 第一批: no count of one.
_FRACTION = re.compile(rf"([{_NUMERALS}\d]+)分之([{_NUMERALS}\d.]+)")
# Numbers of papers, spans of years, grades and dates written as names: 〔2021〕1号, 2021-2023, 3A, 5·20.
_LABELS = re.compile(
    r"[〔\[(](?:19|20)\d{2}[〕\])](?:\d{1,4}号)?|\d{1,4}\s*号|(?:19|20)\d{2}\s*[-—–~～至]{1,2}\s*(?:19|20)\d{2}|\d{1,2}[A-Za-z]|\d{1,2}[·.]\d{1,2}(?=[”\"])|"
    r"(?<=[\u4e00-\u9fff])\d{1,3}(?=[\u4e00-\u9fff]{1,6}[”\"])|"
    # The version of a thing (政务服务2.0建设).
    r"(?<=[\u4e00-\u9fff])\d\.0(?=[\u4e00-\u9fff”\"])"
)
# Units in which people are counted, and those in which they may be counted more than once or by what they are.
PERSONS = frozenset(("人", "名", "位"))
PEOPLE_UNITS = PERSONS | {"人次", "人员"}
_BEFORE_ONE = frozenset("统进唯同单专第万均")
_NUMERAL_RUN = re.compile(rf"[{_NUMERALS}]+")


@dataclass(frozen=True)
class Figure:
    """A number with its unit ("" when none is written next to it), scale multiplied in, at text[start:end].

    `is_arabic` is False for Chinese numerals (三家), which running text uses for much that is no amount;
    `is_label` is True for numbers that name something (〔2021〕1号, 2021-2023, 3A级).
    """

    value: Decimal
    unit: str
    start: int
    end: int
    is_arabic: bool = True
    is_label: bool = False

    @property
    def is_amount(self) -> bool:
        """Whether it can answer 多少: not a year, not the 三级 of running text."""
        is_year = self.unit in ("年", "年度") and self.value >= 1900
        return not is_year and not self.is_label and (self.is_arabic or self.unit in ("%", "元"))

    def agrees_with(self, other: Figure) -> bool:
        """Same value, and same unit unless one of the two is written without (as in a table's cell)."""
        return self.value == other.value and (self.unit == other.unit or not self.unit or not other.unit)


def figures_in(text: str) -> list[Figure]:
    """All figures of `text` in order. Chinese numerals count only with a unit (三家), so that 一些 is none."""
    return list(_figures(text))


@remembering_short_texts
def _figures(text: str) -> tuple[Figure, ...]:
    plain = simplified(folded(text))
    found: list[Figure] = []
    # The characters that stand in a figure found already: asking each figure anew is quadratic in a row of numbers.
    covered: set[int] = set()

    def add(figure: Figure) -> None:
        found.append(figure)
        covered.update(range(figure.start, figure.end))

    for match in _PERCENT_WORD.finditer(plain):
        value = _number(match[1])
        if value is not None:
            add(Figure(value, "%", match.start(), match.end()))
    for match in _FRACTION.finditer(plain):
        whole, part = _number(match[1]), _number(match[2])
        if whole and part is not None and match.start() not in covered:
            add(Figure(part / whole, "分之", match.start(), match.end(), is_arabic=False))
    for match in _ARABIC.finditer(plain):
        value = _number(match[1])
        if value is not None and match.start() not in covered:
            scale, unit = match[2] or "", match[3] or ""
            is_label = not scale and not unit and _is_label(plain, match.start())
            add(Figure(value * _SCALES.get(scale, 1), unit, match.start(), match.end(), is_label=is_label))
    for match in _CHINESE.finditer(plain):
        number = _chinese_value(match[1])
        is_word = match[1] == "一" and plain[max(0, match.start() - 1) : match.start()] in _BEFORE_ONE
        if number is not None and not is_word and match.start() not in covered:
            add(Figure(number, match[2], match.start(), match.end(), is_arabic=False))
    return tuple(sorted(found, key=lambda figure: figure.start))


def _is_label(text: str, position: int) -> bool:
    near = _LABELS.finditer(text, max(0, position - 6), position + 10)
    return any(label.start() <= position < label.end() for label in near)


def numeral_runs(text: str) -> set[str]:
    """Every run of Chinese numerals in `text` (五, 二百, 四五 of 十四五 as 十四五), figures or not.

    A lone 一 is left out: it is part of everyday words (进一步, 统一).
    """
    return {match.group(0) for match in _NUMERAL_RUN.finditer(text)} - {"一"}


def _number(written: str) -> Decimal | None:
    digits = written.replace(",", "")
    return Decimal(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else _chinese_value(written)


def _chinese_value(written: str) -> Decimal | None:
    """Value of a Chinese numeral up to 亿 (一万两千 → 12000); None if it is not one."""
    total = 0
    for character, scale in (("亿", 100_000_000), ("万", 10_000)):
        high, found, written = written.rpartition(character)
        if found:
            value = from_chinese(high)
            if value is None:
                return None
            total += value * scale
    rest = from_chinese(written) if written else 0
    return None if rest is None else Decimal(total + rest)
