"""How an indicator is called, in its plainest form, and of which places it is told."""

from __future__ import annotations

import re

WHOLE = re.compile(r"全[市县区州省旗域镇]|(?:我|本)[市区县州省旗]")
_TIME = re.compile(
    r"^(?:到|至|截至|截止|力争|预计|计划|目前|今年|当前|现|其中)*(?:(?:19|20)\d{2}年(?:底|末|前|年底)?|[“\"]?[一二三四五六七八九十]{1,2}五[”\"]?(?:时期|期间|末)?|[年月]末)?,?(?:目前|现)?"
)
_LEADING = re.compile(
    rf"^(?:{WHOLE.pattern}|其中|目前|现有|现已|共有|累计|已|使|确保|实现|力争|推动|且|并|和|及|各类|设有|拥有|共)"
)
_VERBS = re.compile(
    r"(?:总体|基本|已经|已|均|都|将|分别|力争|预计|仅|只)?(?:达到|达|提高到|提高至|提升到|提升至|增长到|增加到|增至|稳定在|保持在|控制在|扩大到|发展到|降低到|下降到|下降至|降至|"
    r"不低于|不少于|不小于|超过|突破|高于|为|是|有|共有|共|约|占|到|至|在|每人每月|每人每年|每人|每月|每年)$"
)
_FILLER = re.compile(
    r"最低生活保障|老年人|总数量|总数|总量|数量|保障标准|救助标准|[月年]标准|遗体|火化区|各类|各种|拥有|总的|年均(?!增)|平均|总体|[月年]人均|县级行政区域|区域|比率|比例|的|区级|专业(?=人才)|养老机构(?=护理型)"
)
_PLAIN = {
    "最低生活保障": "低保",
    "老年人": "老人",
    "保障标准": "标准",
    "救助标准": "标准",
    "月标准": "标准",
    "年标准": "标准",
    "比率": "比例",
    "比例": "比例",
}
_AGE, _NUMERALS = re.compile(r"\d{2,3}(?=周?岁)"), "零一二三四五六七八九"
_NOT_PLAIN = re.compile(r"[^\u4e00-\u9fff]")
_SUFFIX = re.compile(r"(?<=[\u4e00-\u9fff]{3})(?:人数|数|总)$")
# 农村公益性公墓行政村覆盖率: of which places, where the text may say nothing of them.
_AREA = re.compile(r"(?:行政村|村级|社区|街道|乡镇(?:街道)?|城乡|县区|县级|市级)(?=覆盖率)")
_UNIT_BEHIND = re.compile(r"[(（][^()（）\d]{1,6}[)）]$")


def plain_indicator(words: str) -> str:
    """The words that name the indicator, in their plainest form."""
    # 60周岁及以上 are others than 65周岁及以上.
    bare = _UNIT_BEHIND.sub("", words.strip())
    name = _AGE.sub(lambda age: "".join(_NUMERALS[int(digit)] for digit in age[0]), bare)
    name = _TIME.sub("", name)
    for pattern in (_VERBS, _LEADING):
        while True:
            shorter = pattern.sub("", name)
            if shorter == name:
                break
            name = shorter
    name = _FILLER.sub(lambda match: _PLAIN.get(match.group(0), ""), re.sub(r"[“”\"‘’]", "", name))
    name = _SUFFIX.sub("", _NOT_PLAIN.sub("", name))
    return re.sub(r"[月年]?(?:保障|救助)?标准$", "标准", name)


def area_of(name: str) -> str:
    """The places of which a coverage is told, "" where none are named."""
    found = _AREA.search(name)
    return found[0] if found else ""


def without_area(name: str) -> str:
    """An indicator without the places of which its coverage is told."""
    return _AREA.sub("", name)
