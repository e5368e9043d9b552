"""English questions after reasons, meanings, sizes and who may have something, put into Chinese."""

from __future__ import annotations

import re

from qa.bilingual.clauses import Pieces, statement
from qa.bilingual.phrases import phrase


def why(said_in: Pieces) -> str:
    """Why does X do Y?"""
    said = statement(said_in["rest"])
    return f"{said.where}为什么{said.core}？" if said.core else ""


def meaning(said_in: Pieces) -> str:
    """What does X mean?"""
    said = phrase(said_in["rest"])
    return f"{said}是指什么？" if said.core else ""


def how_large(said_in: Pieces) -> str:
    """How large is X?"""
    said = statement(said_in["rest"])
    if not said.core:
        return ""
    if re.search("率|占比|比例|面积|规模|缺口|差距$", said.core):
        return f"{said}是多少？"
    return f"{said}{'面积' if _HAS_AN_AREA.search(said.core) else '规模'}是多少？"


_HAS_AN_AREA = re.compile(
    "(?:用房|住房|楼|公园|公墓|墓地|基地|中心|院|站|场所|陵园|设施|广场|馆|园|地|室|工程|项目)$"
)


def counted_within(said_in: Pieces) -> str:
    """How many households make up one X; how large is an X, in households?"""
    said = statement(f"{said_in['rest']}{said_in.get('where', '')}")
    unit = {"households": "户", "families": "户", "beds": "张"}.get(said_in["unit"], "人")
    return f"{said}规模多少{unit}？" if said.core else ""


def how_set(said_in: Pieces) -> str:
    """How is X set, calculated or recognised?"""
    said = phrase(f"{said_in['rest']} {said_in['more']}")
    if not said.core:
        return ""
    is_sum = re.search("费|补贴|津贴|标准|补助|低保|供养|护理$", said.core)
    return f"{said}标准是多少？".replace("标准标准", "标准") if is_sum else f"{said}怎么确定？"


def who_may(said_in: Pieces) -> str:
    """Who is eligible for X?"""
    said = phrase(said_in["rest"])
    return f"{said.where}哪些人可以领取{said.core}？" if said.core else ""


def who_does(said_in: Pieces) -> str:
    """Who provides X; who pays for X."""
    said = statement(said_in["rest"])
    verb = statement(said_in["verb"]).core or said_in["verb"]
    return "" if re.search("[A-Za-z]", verb) else f"{said}由谁{verb}？"


def valid_of(said_in: Pieces) -> str:
    """Until when is the notice of X in force?"""
    said = phrase(said_in["rest"])
    return f"{said.where}文件的有效期是几年？" if said.core in ("", "通知", "文件", "规定", "办法") else ""


def cost_of(said_in: Pieces) -> str:
    """What will X cost, in Y?"""
    said = phrase(f"{said_in['rest']}{said_in.get('where') or ''}")
    return f"{said.where}{said.core}要多少钱？" if said.core else ""


def what_happens(said_in: Pieces) -> str:
    """What will happen to X?"""
    said = phrase(said_in["rest"])
    return f"{said.where}{said.core}有哪些安排？" if said.core else ""


def how_old(said_in: Pieces) -> str:
    """How old must one be to have X?"""
    said = statement(said_in["rest"])
    return f"{said.where}多少岁可以{said.core}？" if said.core else ""
