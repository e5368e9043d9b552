"""Of a sentence that gives one measure of several things, where the figure of the one that is asked about stands.

渣津镇最多,为873人,黄沙镇最少,为94人: how many there are where they are fewest.
入住率45.4%,其中公办敬老院22家,入住率38.1%: that of the part.
A类每人每月480元,B类(…)每人每月370元: that of the class.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.figures.values import figures_in
from vectorstore.folding import folded

_DEGREE = re.compile("最(?:多|少|高|低|大|小|长|短)")
_TOLD = "{degree}的?[,、]?(?:也|都)?(?:为|是|有|达到?|仅有?|只有)?(?=[约近]?\\d)"
_PART = re.compile(r"其中,?([\u4e00-\u9fff]{2,10}?)(?=[\d有共占,])")
_CLASS = re.compile(
    r"(?<![0-9A-Za-z])(?:[A-Z甲乙丙丁][类档等])(?![比价候同])|"
    r"(?<![分共第、各每一二三四五六七八九十\d])(?:[一二三四五六][类档级])(?![医网联政甲])"
)
_MEASURE = re.compile(r"[\u4e00-\u9fff]{2}率|床位|占比")
# Dates, and to each of them its own step.
_BY_DATES = re.compile(
    r"(?P<dates>\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[、和]\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?)+)"
    r"(?P<what>[^、,，;；。\d]{2,16})分别[由从]?(?P<items>[^,，;；。]*?\d[^,，;；。]*)"
)


def span_of_asked(question: str, text: str) -> tuple[int, int] | None:
    """From the words that say whose it is to the end of the figure; None where a text does not give several."""
    asked = folded(question)
    return _of_extreme(asked, text) or _of_part(asked, text) or _of_class(asked, text)


def _of_extreme(question: str, text: str) -> tuple[int, int] | None:
    asked, held = set(_DEGREE.findall(question)), folded(text)
    if len(asked) != 1 or len(set(_DEGREE.findall(held))) < 2:
        return None
    told = re.search(_TOLD.format(degree=next(iter(asked))), held)
    if told is None:
        return None
    start = max(held.rfind(mark, 0, told.start()) for mark in ",;:。") + 1
    return _until_figure(start, told.end(), text)


def _of_part(question: str, text: str) -> tuple[int, int] | None:
    held = folded(text)
    part, measures = _PART.search(held), _MEASURE.findall(question)
    if part is None or not measures or part[1] not in question or measures[-1] not in held[: part.start()]:
        return None
    measured = held.find(measures[-1], part.end())
    return _until_figure(part.start(), measured + len(measures[-1]), text) if measured >= 0 else None


def _of_class(question: str, text: str) -> tuple[int, int] | None:
    asked, told = {match[0] for match in _CLASS.finditer(question)}, list(_CLASS.finditer(folded(text)))
    if len(asked) != 1 or len({match[0] for match in told}) < 2:
        return None
    ends = [*(match.start() for match in told[1:]), len(text)]
    figures = figures_in(text)
    spans = (
        (match.start(), figure.end)
        for match, end in zip(told, ends, strict=True)
        if match[0] in asked
        for figure in figures
        if match.end() <= figure.start < end
    )
    return next(spans, None)


def _until_figure(start: int, after: int, text: str) -> tuple[int, int] | None:
    figure = next((figure for figure in figures_in(text) if figure.start >= after), None)
    return (start, figure.end) if figure else None


def of_one_date(text: str, years: Sequence[int]) -> str:
    """What a text tells of the one date asked about, of several that it tells one by one; else the text.

    2016年3月、2017年5月低保标准分别从每月480元提高到580元、580元提高到620元, of 2017: 2017年5月低保标准…580元提高到620元.
    """
    told = _BY_DATES.search(text)
    if told is None:
        return text
    dates, items = re.split("[、和]", told["dates"]), re.split("[、和]", told["items"])
    own = [at for at, date in enumerate(dates) if int(date[:4]) in years]
    if len(dates) != len(items) or len(own) != 1:
        return text
    return f"{dates[own[0]]}{told['what']}…{items[own[0]]}"
