"""What nothing but its own word tells: how somebody is chosen (怎么评选), what is in something (入驻了哪些企业)."""

from __future__ import annotations

import re

from vectorstore.folding import folded

# The deeds, each with the words by which a text tells of it.
_DEEDS = {
    "评选": "评|遴选|择优|推荐",
    "评定": "评",
    "推选": "推选|推荐|选举",
    "选拔": "选",
    "招募": "招|募",
    "兑换": "兑|换",
    "打分": "分值|打分|评分|得分",
    "计分": "分值|计分|积分标准",
    "验收": "验收",
    "注册": "注册|登记",
    "存": "存",
    "抽签": "抽签|摇号",
    "入驻": "入驻|进驻|落户",
    "提供": "提供|开展|包括|[\u4e00-\u9fff]{2}服务、",
    "保障": "保障",
    "资助": "资助|支助|扶持|支持",
    "表彰": "表彰|授予|荣获|命名",
    "签约": "签",
}
HOW_DONE = re.compile(
    "(?:怎么|如何|怎样|咋)(?:个|样|去)?(?P<deed>评选|评定|推选|选拔|招募|兑换|打分|计分|验收|注册|存(?!在)|抽签)"
)
WHICH_DONE = re.compile(
    "(?P<deed>入驻|提供|保障|资助|表彰|签约)(?:了|过|的)?(?:是|有)?(?:哪些|什么|哪几[个家项])[\u4e00-\u9fff]{2,6}[?。]*$|"
    "里面?都?(?:有|包含|含有?)(?:哪些|什么)(?P<held>信息|数据|功能|内容|项目|服务)[?。]*$"
)


def states_deed(shown: str, question: str) -> bool:
    """Whether a text tells of the deed, or of what is in something, that a question asks for more of."""
    asked = folded(question)
    found = HOW_DONE.search(asked) or WHICH_DONE.search(asked)
    if found is None:
        return True
    held = found.groupdict().get("held")
    return held in shown if held else re.search(_DEEDS[found["deed"]], shown) is not None
