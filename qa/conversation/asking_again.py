"""Follow-ups that ask for nothing new: where the answer before comes from, whether there is more."""

from __future__ import annotations

import re

_DATA = r"(?:数字|数据|数|结果|说法|答案|话|内容|结论|标准|信息)"
_PAPER = r"(?:原文|原话|文件|规划|文中|文里|材料|要点|总结|上面)"
# Who asks this wants to see where the answer before comes from.
_SOURCE = re.compile(
    rf"(?:请问|你)?(?:(?:这|那|上面|刚才|以上)(?:个|些|[一两]?[条句段]话?|说)?的?|它)?{_DATA}?(?:是|都)?(?:从|在|根据)?"
    rf"(?:为什么|为啥|(?:是)?怎么(?:算|来|得|得出|得到|计算|说)(?:出?来)?的?|如何(?:计算|得出|得来|算出)的?|"
    rf"有?(?:什么|啥|何)?(?:依据|出处|来源|根据)(?:是|在)?(?:什么|哪里?|哪儿|吗)?|依据什么|"
    rf"{_PAPER}(?:里|中|上)?(?:到底)?(?:是?(?:怎么|如何|咋)(?:写|说|表述|讲|规定)的?|是什么|在哪里?)|(?:原文|原话)呢|"
    rf"(?:出自|在|见|写在|来自)?(?:{_PAPER}的?)?哪一?(?:页|节|章|段|条|份文件|个文件|份|句)(?:写|说|来|提到|查到|看到)?的?|(?:出自|写在|来自)哪(?:里|儿)|哪(?:里|儿)?(?:写|说|来|提到|查到|看到)的|"
    rf"(?:给我)?(?:看|贴|引用|念)?一?下?{_PAPER}|真的吗|确定吗|对吗|没错吧)[呢啊呀吗]?\?*"
)
_MORE = re.compile(
    r"(?:还|另外)(?:有)?(?:没有|什么)?(?:别的|其[他它](?:的)?)(?:吗|没有?|呢)?|还有(?:吗|呢|什么)"
)


def asks_again(said: str) -> bool:
    """Whether a follow-up only asks for the source of the answer before, or for more of it. `said` is folded."""
    return _SOURCE.fullmatch(said) is not None or _MORE.fullmatch(said) is not None
