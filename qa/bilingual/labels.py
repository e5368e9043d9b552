"""What stands in the tables and sentences of code by its name: places, years, kinds of figure, heads of columns, quotations."""

from __future__ import annotations

import re

from qa.bilingual.lexicon import english_of
from qa.bilingual.places import english_place, english_years

HAN = re.compile("[\u4e00-\u9fff]")
HEADS = {
    "地区": "Place", "年份": "Year", "内容": "Content", "年份/性质": "Year / kind", "出处": "Source", "项目": "Item",
    "文中未提及": "not mentioned in the document", "没有找到": "not found in the document", "指标": "Indicator",
    "文件库里没有它的文件": "the library holds no document of it",
}  # fmt: skip
_PERIOD_KINDS = {
    "结果": "result",
    "目标": "target",
    "计划": "plan",
    "标准": "standard",
    "措施": "measure",
    "": "",
}
_PERIOD = re.compile(r"((?:\d{4}[—年、,\d]*)?)(结果|目标|计划|标准|措施|)")


def in_marks(quote: str) -> str:
    """Chinese words in quotation marks that they do not use themselves; a stop at their end is dropped."""
    quote = quote.rstrip("。")
    return f"「{quote}」" if "“" in quote or "”" in quote else f"“{quote}”"


def period(text: str) -> str:
    """2022年计划 → 2022 plan; "" when it is no such label."""
    match = _PERIOD.fullmatch(text)
    return f"{english_years(match[1])} {_PERIOD_KINDS[match[2]]}".strip() if match and text else ""


def label(text: str) -> str:
    """The name of a side or of one of the code's own terms."""
    text = text.strip()
    if not HAN.search(text):
        return text
    if text in HEADS:
        return HEADS[text]
    if re.fullmatch(r"\d{4}[—年、\d]*", text):
        return english_years(text)
    place, _, years = text.partition("（")
    if re.fullmatch(r"[\u4e00-\u9fff]{2,12}[省市区县州盟旗镇乡]", place) or len(place) <= 3:
        return english_place(place) + (
            f" ({period(years.rstrip('）')) or english_years(years.rstrip('）'))})" if years else ""
        )
    return english_of(text) or in_marks(text)
