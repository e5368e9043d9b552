"""A library of many documents, made up: plans of places all over the country, and paragraphs of CMRC2018 where it is there.

The plans differ in place, years, figures and sections, and share their phrases, as real ones do. Nothing here is random:
the same number gives the same library.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from eval.squad_data import read_squad
from vectorstore.places import place_names

_SECTIONS = {
    "养老服务": (
        "到{end}年，全{kind}养老机构护理型床位占比达到{a}%。",
        "新增养老床位{b}张，改造敬老院{c}家，家庭养老床位新增{a}张。",
        "建设社区养老服务设施{c}处，助餐点覆盖{a}%的社区。",
        "为{b}名困难老年人实施居家适老化改造，每户补贴不超过{b}元。",
    ),
    "社会救助": (
        "城市低保标准提高到每人每月{b}元，农村低保标准提高到每人每月{b2}元。",
        "临时救助{b}人次，发放救助资金{c}万元。",
        "将{a}%的低保边缘家庭纳入动态监测范围。",
    ),
    "儿童福利": (
        "孤儿基本生活费每人每月{b}元，集中供养的每人每月{b2}元。",
        "建设未成年人保护工作站{c}个，配备儿童主任{b}名。",
    ),
    "殡葬改革": (
        "公益性公墓覆盖率达到{a}%，新建节地生态安葬点{c}处。",
        "遗体火化率稳定在{a}%以上，惠民殡葬政策惠及{b}户。",
    ),
    "社会组织": (
        "登记社会组织{b}家，其中行业协会商会{c}家。",
        "等级评估率达到{a}%，{c}家社会组织参加公益创投。",
    ),
    "社区治理": (
        "社区综合服务设施覆盖率达到{a}%，每百户拥有面积不少于{c}平方米。",
        "持证社会工作者{b}名，乡镇（街道）社工站{c}个。",
    ),
    "慈善事业": ("慈善信托备案{c}单，志愿者注册人数{b}人。", "福利彩票销量{b}万元，筹集公益金{c}万元。"),
    "婚姻登记": (
        "办理结婚登记{b}对，颁证服务覆盖{a}%的登记处。",
        "建设公园式婚姻登记机关{c}个，婚俗改革试点{c}处。",
    ),
}
_NUMERALS = "一二三四五六七八"


def write_many(folder: Path, count: int, *, squad: Path | None = None) -> None:
    """Write `count` text files: half of them paragraphs of the question set, if it is there, the others plans."""
    folder.mkdir(parents=True, exist_ok=True)
    paragraphs = read_squad(squad).paragraphs[: count // 2] if squad and squad.is_file() else ()
    for number, (title, text) in enumerate(paragraphs):
        (folder / f"段落{number:04d}.txt").write_text(f"{title}\n{text}\n", encoding="utf-8")
    for number, plan in zip(range(count - len(paragraphs)), plans(), strict=False):
        (folder / f"规划{number:04d}.txt").write_text(plan, encoding="utf-8")


def plans() -> Iterator[str]:
    """Made-up plans, each of another place, for as many places as the gazetteer has."""
    for number, place in enumerate(sorted(name for name in place_names() if len(name) > 2)):
        yield plan_of(place, number)


def plan_of(place: str, number: int) -> str:
    """The plan number so-and-so, of that place."""
    chance = random.Random(number)  # noqa: S311 - a sample, no secret
    begin = 2016 + 5 * (number % 2)
    kind = place[-1]
    lines = [f"{place}民政事业发展第十{'三四'[number % 2]}个五年规划（{begin}—{begin + 4}年）", ""]
    sections = chance.sample(sorted(_SECTIONS), 6)
    for numeral, section in zip(_NUMERALS, sections, strict=False):
        lines.append(f"{numeral}、{section}")
        for sentence in _SECTIONS[section]:
            figures = {
                "a": chance.randrange(30, 100),
                "b": chance.randrange(200, 5000),
                "b2": chance.randrange(200, 5000),
                "c": chance.randrange(3, 90),
            }
            lines.append(sentence.format(end=begin + 4, kind=kind, **figures))
    return "\n".join([*lines, ""])
