"""Reasons: what a text gives as one, and what a plan says instead, the purpose of what is done."""

from __future__ import annotations

import re

from vectorstore.folding import folded

_CAUSE = re.compile(
    r"因|由于|原因|鉴于|为(?:了|进一步|更好|不断|切实|全面|加快|规范|加强|推进|推动|贯彻|落实|做好|确保|提[升高]|解决|方便|满足|适应)|所以|导致|造成|意义|存在|不足|不够|以便|旨在|目的|依据|根据|受[^,。;]{1,20}影响|滞后(?!$|指标|的?\d)|薄弱|不[高强畅全齐愿]|偏[低少弱高]|尚未|不到位|不完善|不健全|根深蒂固|制约|"
    r"不平衡|难|短板|缺|问题|需要|加剧|有限|矛盾|挑战|压力|面临|急需|亟需|促进|防止|防范|避免|确保|减轻|方便|打破|解决|适应|满足"
)
_PURPOSE = re.compile(
    "[,，](?:以|从源头上?|持续|进而|从而|切实|有效|不断|进一步|全面|着力|积极)*(摸清|引导|提升|提高|增强|推动|助力|发挥|弘扬|传承|营造|形成|实现|保障|激发|彰显|培养|培育|打造|构建|搭建|促进|改善|优化|夯实|巩固|维护|促使|缓解|降低|节约|便利|减少|消除|遏制|化解|鼓励|让[\u4e00-\u9fff])"
)
_ASKS_WHY_DONE = re.compile(
    "为(?:什么|何|啥)(?:要|会|想|得|需要|必须|打算|计划|决定)?(?:去|来)?(?:推|搞|建|做|办|弄|设|开|召|成立|组织|制定|编|实施|引|调|打造|启动|举|改|发|定|把|给)"
)


_CHANGES = (
    re.compile("(?<!持续)增加|增多|上升|增长|变[多大高]|[多高大涨]了|提高|上涨|加大|增大|扩大|加重|升"),
    re.compile("减少|下降|降低|变[少小低]|[少低小降]了|减|降|缩|下滑|回落"),
    re.compile("取消|停止|停办|撤销|叫停|终止|暂停|废止|关停|关闭|关掉|注销"),
)


# Why this one and no other.
_ASKS_WHY_CHOSEN = re.compile("为(?:什么|何|啥)(?:要|会|偏|只|单)?(?:选|挑|定在|放在|找)")
_CHOSEN = re.compile("因|由于|鉴于|基础[较最很]?(?:好|扎实)|优势|具备|条件")


def states_cause(shown: str, question: str) -> bool:
    """Whether a text gives a reason in words that are not the question's own (为什么滞后: 完成情况滞后 is none).

    Why something is done, a plan says by what it goes on with (推出名册,摸清底数).
    """
    asked = folded(question)
    if any(change.search(asked) and not change.search(shown) for change in _CHANGES):
        # Of what rises and falls only what says so gives the reason.
        return False
    if _ASKS_WHY_CHOSEN.search(asked):
        return _CHOSEN.search(shown) is not None
    if any(match.group(0) not in asked for match in _CAUSE.finditer(shown)):
        return True
    return _ASKS_WHY_DONE.search(asked) is not None and any(
        match[1] not in asked for match in _PURPOSE.finditer(shown)
    )
