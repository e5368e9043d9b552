"""Figures and dates that cannot be as they are written: glued years, impossible dates, lost units and points."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator

from vectorstore.documents import Doubt
from vectorstore.numerals import YEAR, five_year_plan, from_chinese
from vectorstore.sanity.reading import Reading
from vectorstore.structure import Block

_GLUED_YEARS = re.compile(rf"(?<!\d)({YEAR})({YEAR})(?!\d)")
_NO_YEAR = re.compile(r"(?<![\d.])(?:(?:19|20)\d{3}|20[12]|2[1-9]\d\d)年(?!以上|历史|前)")
_YEAR_RANGE = re.compile(rf"(?<!\d)({YEAR})年?[-—–~至]{{1,2}}({YEAR})(?!\d)")
_DATE = re.compile(rf"(?:(?<!\d)({YEAR})年)?(?<!\d)(\d{{1,2}})月(?:份)?(?:(\d{{1,2}})日)?")
# 《…“十四五”规划(2021-2026年)》; a plan that also looks further ahead is of another length on purpose.
_PLAN_YEARS = re.compile(
    rf"([一二三四五六七八九十]{{1,2}})五[”\"」』]?[^,。;:()]{{0,12}}\(({YEAR})年?[-—–~至]{{1,2}}({YEAR})年?\)"
)
_PLAN_NAME = re.compile(r"[《“\"]([一二三四五六七八九十]{1,2})五[”\"]")
_CARRIED_OUT = re.compile(r"(?:落实|贯彻|实施|执行|按照|根据|对照|编制)[^。;]{0,12}《[^》]{0,30}$")
_UNIT = r"(?:万元|亿元|元|万人|人次|人|万|亿|%|张|户|个|家|所|处)"
_NUMBER_BROKEN = (
    (re.compile(r"(?<!\d)\d+\.\.+\d+"), "小数点重复"),
    (re.compile(rf"(?<![\d.])\d+\.\d+\.\d+{_UNIT}"), "一个数里有两个小数点"),
    (re.compile(rf"(?<![\d.])\d+[。·]\d{{1,4}}{_UNIT}"), "数中的小数点写成了别的标点"),
    (
        re.compile(rf"(?<!\d)(?<!\d[,.])\d{{1,3}}(?:,\d{{3}})*,(?:\d{{4,}}|\d{{1,2}}){_UNIT}(?!\d)"),
        "数中的千位分隔有误",
    ),
    (re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:%%|万万元|亿亿元|元元)"), "单位重复"),
)
_UNIT_LOST = re.compile(r"(?<![\d./])\d+(?:\.\d+)?/(?:月|年|人|户)(?![\d年月])")
# What can follow a counted 等5: a measure word, or what is counted without one.
_COUNTED = (
    "个家所名位人户处项类种条件部张座支场次届级批套台本册门间起例对只辆份篇首幅块片村镇乡县市区省州国校企街社单委局城大年月日"
    "岁元万亿千百十余多几期方款点栋幢层米亩公平吨倍组节课环路线站馆院园床版步招举号盟旗科股室厅处馆队班小中高地机"
)
_MEASURE_LOST = re.compile(rf"等\d{{1,2}}(?=[\u4e00-\u9fff])(?![{_COUNTED}])[\u4e00-\u9fff]{{1,10}}")
_RISE_LOST = re.compile(r"[\u4e00-\u9fff]{2,10}\d{1,2}年[增升](?=[,。;、]|$)")
_SCORE = re.compile(
    r"(?<![\d.])(\d{3,4})分(?=的?[\u4e00-\u9fff]{0,3}成绩)|(?:得分|评分|总分|成绩)[为达]?到?(\d{3,4})分"
)
_OTHER_SCALE = re.compile(r"千分|满分|1000分|附加|加分")


def doubtful_writing(reading: Reading) -> Iterator[Doubt]:
    """Damage that shows in the writing alone."""
    for block in reading.blocks:
        if block.kind == "furniture":
            continue
        for rule in _RULES:
            for start, end, message in rule(reading, block):
                yield Doubt("damaged", start, end, message)


_Found = Iterator[tuple[int, int, str]]


def _glued_years(reading: Reading, block: Block) -> _Found:
    for match in _GLUED_YEARS.finditer(reading.text, block.start, block.end):
        if int(match[1]) <= int(match[2]) <= int(match[1]) + 30:
            yield (*match.span(), f"疑似丢失年份之间的连接号：应为{match[1]}—{match[2]}")


def _impossible_years(reading: Reading, block: Block) -> _Found:
    # A text without years of its own may be about history.
    found = _NO_YEAR.finditer(reading.text, block.start, block.end) if reading.document.metadata.years else ()
    for match in found:
        yield (*match.span(), "年份的位数或数字疑有误")


def _reversed_years(reading: Reading, block: Block) -> _Found:
    for match in _YEAR_RANGE.finditer(reading.text, block.start, block.end):
        if int(match[2]) < int(match[1]):
            yield (*match.span(), "起止年份颠倒，疑有误")


def _impossible_dates(reading: Reading, block: Block) -> _Found:
    for match in _DATE.finditer(reading.text, block.start, block.end):
        year, month, day = match[1], int(match[2]), int(match[3] or 1)
        if not (year or match[3]):
            continue
        # Without its year, February may have 29 days.
        days = monthrange(int(year or 2000), month)[1] if 1 <= month <= 12 else 0
        if not 1 <= day <= days:
            yield (*match.span(), "没有这样的日期，疑有误")


def _wrong_plan_years(reading: Reading, block: Block) -> _Found:
    for match in _PLAN_YEARS.finditer(reading.text, block.start, block.end):
        ordinal = from_chinese(match[1])
        years = five_year_plan(ordinal) if ordinal else ()
        first, last = int(match[2]), int(match[3])
        # Longer ones look ahead on purpose, to 2035 at the most.
        is_meant = years and (3 <= last - first <= 6 or last - first > 16)
        if is_meant and (first, last) != (years[0], years[-1]) and "远景" not in match.group(0):
            yield (*match.span(), f"年份与五年规划不符：“{match[1]}五”为{years[0]}—{years[-1]}年")


def _outdated_plan(reading: Reading, block: Block) -> _Found:
    """A plan that is to be carried out ended long before the years of this document."""
    years = reading.document.metadata.years
    if not years:
        return
    for match in _PLAN_NAME.finditer(reading.text, block.start, block.end):
        ordinal = from_chinese(match[1])
        if ordinal is None or five_year_plan(ordinal)[-1] >= years[0] - 6:
            continue
        if _CARRIED_OUT.search(reading.text[max(block.start, match.start() - 50) : match.start() + 1]):
            ended = five_year_plan(ordinal)[-1]
            yield match.start(), match.end(), f"疑有脱字：“{match[1]}五”到{ended}年已经结束，与本文的年份不合"


def _broken_numbers(reading: Reading, block: Block) -> _Found:
    for pattern, message in _NUMBER_BROKEN:
        for match in pattern.finditer(reading.text, block.start, block.end):
            yield (*match.span(), f"{message}，疑有误")


def _lost_words(reading: Reading, block: Block) -> _Found:
    for pattern, message in (
        (_UNIT_LOST, "数字后疑似丢失单位"),
        (_MEASURE_LOST, "数字后疑似丢失量词"),
        (_RISE_LOST, "“增”字前后疑有脱字，句意不完整"),
    ):
        for match in pattern.finditer(reading.text, block.start, block.end):
            yield (*match.span(), message)


def _impossible_scores(reading: Reading, block: Block) -> _Found:
    for match in _SCORE.finditer(reading.text, block.start, block.end):
        near = reading.text[max(block.start, match.start() - 20) : match.end() + 20]
        if int(match[1] or match[2]) > 150 and not _OTHER_SCALE.search(near):
            yield (*match.span(), "疑似缺小数点：得分超出百分制的满分")


_RULES: tuple[Callable[[Reading, Block], _Found], ...] = (
    _glued_years,
    _impossible_years,
    _reversed_years,
    _impossible_dates,
    _wrong_plan_years,
    _outdated_plan,
    _broken_numbers,
    _lost_words,
    _impossible_scores,
)
