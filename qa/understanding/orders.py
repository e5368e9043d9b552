"""What is ordered as a piece of work (列个表, 写一段材料) or typed as keywords (社工站 下陆), as the question it stands for.

All patterns are matched on folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.understanding.asking import is_telegraphic
from qa.understanding.comparison_wording import EACH_PLACE, SOME_PLACES
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name

_PLEASE = "(?:请|麻烦|劳驾)?(?:你|您)?(?:帮忙?|给|替|为)?(?:我们?|咱们?|局里|领导)?(?:再|先)?"
_TABLE = "(?:一览表?|汇总表?|清单|对[比照]表|明细表?|总表|列表|(?<!代)表格?)"
_MAKE = "(?:罗?列|列举|做|整理|汇总|归总|弄|画|制作?|生成|输出|归纳)(?:成|为|出来?|个|一?张|一份|一?下|来)*"
_SHOWN = "(?:给我|看看|出来|一?下|吧|[.。!])*"
_AS_TABLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"^{_PLEASE}(?:把|将)(?P<what>.+?)(?:都|全部|统统|分别|逐一|一并)*{_MAKE}{_TABLE}?{_SHOWN}$",
        rf"^{_PLEASE}(?:以|用|按)(?:表格?|列表|清单)的?(?:形式|方式|格式)?(?:罗?列出?来?|给出|展示|呈现|整理|汇总|说明|输出|显示)(?P<what>.+?){_SHOWN}$",
        rf"^{_PLEASE}{_MAKE}(?P<what>.+?)的?{_TABLE}{_SHOWN}$",
        rf"^(?P<what>.+?)[,、]?的?(?:{_MAKE}{_TABLE}|{_TABLE}|(?:汇总|整理|罗?列)(?:一下|出来)){_SHOWN}$",
    )
)
_PIECE = "(?:写|拟|起草|整理|准备|撰写|编)(?:成|出)?(?:一?[段篇份个]|一下|点|些)*"
_TEXT = "(?:话|材料|文字|文稿|介绍|说明|总结|情况|报告|稿子?|发言稿|汇报|简介|综述|段落|素材)"
_AS_TEXT = (
    re.compile(rf"^{_PLEASE}{_PIECE}(?:关于|有关|反映|介绍|说明)?(?P<what>.+?)的?{_TEXT}{_SHOWN}$"),
    re.compile(rf"^{_PLEASE}(?:把|将)(?P<what>.+?){_PIECE}{_TEXT}{_SHOWN}$"),
    re.compile(rf"^{_PLEASE}整理一?下(?P<what>.+?){_SHOWN}$"),
    re.compile(rf"^{_PLEASE}(?:把|将)?(?P<what>.+?)用(?:数字|数据)(?:来)?(?:说明|说话|概括|介绍){_SHOWN}$"),
    re.compile(r"^(?P<what>.+?成绩)单$"),
)
_AS_FIGURE = re.compile(
    rf"^{_PLEASE}(?:提供|给(?:出|我们?)?|要|查询?(?:一下)?|找(?:一下)?|看看)(?P<what>.+?)的?(?:数据|数字|数值|(?P<named>(?:[床位户人个]数|人数|数量|标准|比例|占比)))$"
)
_ACHIEVED = re.compile("(?:的?(?:主要|发展|工作)?(?:成就|成绩单?|成效|成果|亮点))+$")
_IS_FIGURE = re.compile("(?:标准|[\u4e00-\u9fff]率|占比|比例|金额|总额|总量|[人户个家床位]数|数量|床位)$")
_ONE_BY_ONE = re.compile("(?:分别|逐一|一并|一[块起道]儿?|全部|都)+$")
_INDICATORS = re.compile("(?:主要|全部|所有|核心)?(?:指标|目标值)$")
_EVERYWHERE = re.compile(rf"{EACH_PLACE}|{SOME_PLACES}|[三四五六七八九]地")
# 火化率哪里最高 asks which place, and for no spot.
_WHERE_MOST = re.compile("哪(?:里|儿|边|家)的?(?=[^,。?]{0,20}最[高低多少大小好快])")
_TIME = re.compile(rf"{YEAR}年?|[“\"]?十[一二三四五六七]五[”\"]?|今年|去年")
_NUMBER_OF = re.compile(" (?=(?:个数|数量|总数|人数|户数|家数|标准|比例|占比|金额)$)")
_SHORTEST, _LONGEST = 2, 60
_KEYWORDS = 12


def as_question(text: str, regions: Sequence[str] = ()) -> str:
    """The question that an order or a line of keywords stands for; other text as it is.

    `regions` are the places of the library, by their full names.
    """
    said = folded(text)
    found = _as_question(said, regions) if len(said) <= _LONGEST else said
    return text if found == said else found


def _as_question(text: str, regions: Sequence[str]) -> str:
    text = _WHERE_MOST.sub("哪个地方", text)
    for patterns, question in ((_AS_TEXT, _told), (_AS_TABLE, _listed)):
        for pattern in patterns:
            found = pattern.search(text)
            if found and len(found["what"]) >= _SHORTEST:
                what = _ONE_BY_ONE.sub("", found["what"]).strip(" ,的")
                return question(what) if is_telegraphic(what) else what
    found = _AS_FIGURE.search(text)
    if found and is_telegraphic(found["what"]):
        return f"{found['what']}{found['named'] or ''}是多少"
    return _place_first(text, regions)


def _told(what: str) -> str:
    achieved = _ACHIEVED.search(what)
    return f"{what[: achieved.start()]}取得了哪些成绩" if achieved else f"介绍一下{what}"


def _listed(what: str) -> str:
    if _INDICATORS.search(what):
        return f"{_INDICATORS.sub('', what)}指标有哪些"
    if _EVERYWHERE.search(what):
        return f"{what}分别是多少" if _IS_FIGURE.search(what) else what
    return f"{what}是多少" if _IS_FIGURE.search(what) else f"{what}有哪些"


def _place_first(text: str, regions: Sequence[str]) -> str:
    """Keywords with their one place first, as a question names it (社工站覆盖率 下陆: 下陆 社工站覆盖率)."""
    if not is_telegraphic(text) or len(text) > _LONGEST // 2:
        return text
    words = text.split()
    names = {name: region for region in regions for name in (region, bare_name(region))}
    places = [word for word in words if word in names]
    if len(words) > 1 and len(places) == 1 and max(map(len, words)) <= _KEYWORDS:
        times = [word for word in words if _TIME.fullmatch(word)]
        rest = " ".join(word for word in words if word not in names and word not in times)
        # 减灾示范社区 个数: of what stands before it.
        return " ".join([*places, *times, _NUMBER_OF.sub("", rest)]).strip()
    last = next((name for name in names if len(words) == 1 and text.endswith(name) and text != name), "")
    return f"{last}{text.removesuffix(last)}" if last else text
