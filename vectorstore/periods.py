"""Which years a heading or the opening of a paragraph declares for what follows; never guessed."""

from __future__ import annotations

import re

from vectorstore.folding import folded, simplified
from vectorstore.numerals import YEAR, years_in

Years = tuple[int, ...]

_ONE = rf"(?:{YEAR}|[一二][九〇零○][〇零○一二三四五六七八九]{{2}})\s*年"
_TERM = rf"{_ONE}(?:度)?(?:\s*[-—–~至]{{1,2}}\s*{_ONE}(?:度)?)?|{YEAR}\s*[-—–~至]{{1,2}}\s*{_ONE}"
_PLAN = r"[“\"「『]?[一二三四五六七八九十]{1,2}五[”\"」』]?(?:时期|期间|以来)"
# 2022年,… / 2021年、2022年,… / 2021年是… / “十四五”时期,…; not 2021年底, 2019年以来, 2021年我市获奖.
_DECLARES = rf"[\"“]?(?:(?:{_TERM})(?:、(?:{_TERM}))*\s*(?=[,:]|是|将|全年)|{_PLAN})"
_OPENING = re.compile(_DECLARES)
_LATER_OPENING = re.compile(rf"(?<=[。!?;])[”」)]?\s*({_DECLARES})")
# 2022年末,… / 截至2020年底,…: how things stood at the end of a year.
_STOOD = re.compile(rf"(?:截[至止]到?|至)?({YEAR})年(?:年?[末底])(?=,)")
# 到2023年底,… / 2024年底前,…: what follows in the sentence is of that year.
_OPENED = re.compile(rf"(?:到|至|截[至止]到?|力争到?|争取到?)?({YEAR})年(?:年?[底末]|度)?前?(?=,)")
_OF_THE_TERM = re.compile(
    r"(?<=[。!?;])[”」)]?\s*((?:评估|规划|统计|报告)期(?:内|间|以来)|[两三四五](?:个)?年(?:来|间|以来|累计|共|多来))"
)
# A heading that looks ahead without saying to which year.
_UNDATED = re.compile(r"下一?步|下一?年|下阶段|明年|来年|今后|未来")
_OPEN_ENDED = re.compile(rf"{YEAR}\s*年\s*(?:以来|以前|以后|之前|之后|起)")


def declared_by_heading(label: str) -> Years | None:
    """The years named in a heading; () when it speaks of a time that it does not date; None if of none."""
    label = simplified(folded(label))
    years = years_in(_OPEN_ENDED.sub(" ", label))
    if years:
        return years
    return () if _UNDATED.search(label) else None


def declared_by_opening(text: str) -> Years:
    """The years with which a paragraph opens (2022年,…), () if it opens otherwise. `text` is folded."""
    match = _OPENING.match(text)
    return years_in(match.group(0)) if match else ()


def stood_in_opening(text: str, scope: Years) -> Years:
    """The year at whose end a paragraph says how things stood, if its surroundings speak of other years; else ()."""
    match = _STOOD.match(text)
    years = years_in(f"{match[1]}年") if match else ()
    return () if set(years) & set(scope) else years


def opened_with(sentence: str) -> Years:
    """The one year with which a sentence opens, up to whose end or at whose end it holds; () if it opens otherwise."""
    match = _OPENED.match(sentence)
    return years_in(f"{match[1]}年") if match else ()


def later_openings(text: str) -> list[tuple[int, Years]]:
    """(position, years) of later sentences of a paragraph that open with years of their own."""
    return [(match.start(1), years_in(match[1])) for match in _LATER_OPENING.finditer(text)]


def openings_of_the_term(text: str) -> list[int]:
    """Positions of the sentences of a paragraph that open with all the years that the paper reports of (评估期内累计…)."""
    return [match.start(1) for match in _OF_THE_TERM.finditer(text)]


def is_part_of(years: Years, period: Years) -> bool:
    """Whether `years` are some years of a longer period, as 2022 is of 2021—2025."""
    return len(period) > 2 and set(years) < set(period)


def is_later(years: Years, current: Years) -> bool:
    """Whether `years` lie behind `current`, as the plan of a year lies behind the results of the last."""
    return bool(current) and years[0] > current[-1]
