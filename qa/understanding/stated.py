"""What may be wrong about a statement that is to be confirmed: its figures, days, streets, and how often.

None of it need stand in what bears on the statement.
"""

from __future__ import annotations

import re

from qa.figures.values import figures_in

_PERIOD = r"(?P<{name}>天|日|周|星期|月度?|季度?|半年度?|年度?)"
# 每季度(开一次), 一月一次, 按月, “月报告”: no 每月650元, which is paid.
HOW_OFTEN = re.compile(
    rf"(?:每|按|逐)(?:隔)?(?:一?个)?{_PERIOD.format(name='each')}(?!人|户|[^,。;]{{0,6}}\d[\d.]*(?:万|亿)?元)|"
    rf"(?:一|1)个?{_PERIOD.format(name='once')}(?:开|召开|举办|一?)?[一1]?[次回]|"
    rf"[“\"]{_PERIOD.format(name='called')}(?:报告|例会|调度|通报|督查|巡查)"
)
# That it is done once in that time.
_ONCE = re.compile(r"(?:召?开|举办|举行|组织|开展|进行|听取|检查)?了?[一1][次回]")
PLACE_KIND = "街道|社区|(?<!城)乡(?!村)|(?<![城村乡])镇|(?<![农乡])村"
_STREET = "(?!城市|城镇|农村|城乡|老旧|示范|其他|各)[\u4e00-\u9fff]{2,3}"
# Streets side by side, whose kind stands behind the last: 五角场、控江两个街道.
STREETS = re.compile(
    rf"(?:{_STREET}(?:{PLACE_KIND})?[、和与])+{_STREET}?(?:[这那]?[两二三四五六七八九几]个)?"
    rf"(?P<kind>{PLACE_KIND})(?![\u4e00-\u9fff]?[级办化务])"
)
_KIND_OF_INDICATOR = re.compile("(?:约束性|预期性)(?:指标)?")
# That so much is reached or passed is said of the figure.
_REACHED = re.compile(
    r"突破|超过|超出|多达|高达|不到|不足|接近|已经?达到?了?(?=\s*\d)|才有?(?=\d)|[只仅](?:有|是|在)?(?!能|要|剩)"
)
_DAY = re.compile(r"\d{1,2}月\d{1,2}[日号]|(?<=提标|调标|提高|上调|上涨)的(?=\s*$)")
_IS_NOT = re.compile("(?:难道)?不是")


def without_what_may_be_wrong(text: str) -> str:
    """The wording (folded) of a statement without what it may be wrong about."""
    text = _IS_NOT.sub(" ", _ONCE.sub(" ", HOW_OFTEN.sub(" ", STREETS.sub(" ", text))))
    text = _DAY.sub(" ", _REACHED.sub(" ", _KIND_OF_INDICATOR.sub(" ", text)).rstrip())
    for figure in reversed(figures_in(text)):
        text = text[: figure.start] + " " + text[figure.end :]
    return text
