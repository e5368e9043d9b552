"""At which stage of a thing something is said: who registers has not passed, what is begun is not done."""

from __future__ import annotations

import re

# Of an affair the earlier stage and the later one; a text that tells only of the one says nothing of the other.
_OF_TIME = (
    (re.compile("开工|动工|开建|奠基|启动|开始(?!使?用|运?营|受理|接收|实[施行]|执行|生效)"),
     re.compile("建成|完工|竣工|投入使用|投用|交付|启用|投入运营|结束")),
    # From when something holds, and by when it is paid or given up.
    (re.compile("[从自][^,。;]{1,16}起|[从自][^,。;]{1,12}[年月日号](?:就|才)?(?:开始|提|涨|上?调|执行|实[施行])"),
     re.compile("[日月底末]前(?!后)|废止|截止")),
)  # fmt: skip
_OF_NUMBER = (
    (re.compile("报名|报考|参考|应考|参加[^,;。]{0,16}考试"), re.compile("通过|合格|考过|考[取上]|取得|拿到|获得|持证|"
                                                                "招(?:聘|录|收|用|了|到)|录用|聘用")),
    (re.compile("申请|申报|报送|推荐"), re.compile("获批|获准|批准|审批|通过|获评|评为|入选|认定|命名|授予|列入")),
)  # fmt: skip


# 调整后有多少个社区: the 32 that there are are none of it.
_AFTERWARDS = re.compile("(?:调整|优化|撤并|合并|改造|扩建|整合|拆分)(?:完成?|结束)?(?:以|之)?后(?![天年])")
_AS_IT_IS = re.compile("现有|目前|现在|原有")
_IN_THE_END = re.compile("后|达到?|[增减调变]少?加?整?[为到至]|将")


def is_of_same_stage(question: str, text: str) -> bool:
    """False where a question asks when something begins and a text says only when it ends, or the other way round."""
    return _holds_stage(_OF_TIME, question, text)


def counts_same_stage(question: str, text: str) -> bool:
    """False where a question asks how many passed or were approved and a text says only how many tried, or the reverse."""
    if _AFTERWARDS.search(question) and _AS_IT_IS.search(text) and not _IN_THE_END.search(text):
        return False
    return _holds_stage(_OF_NUMBER, question, text)


def _holds_stage(
    stages: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], question: str, text: str
) -> bool:
    for early, late in stages:
        is_early, is_late = bool(early.search(question)), bool(late.search(question))
        if is_early == is_late:
            continue
        asked, other = (early, late) if is_early else (late, early)
        if asked.search(text) is None and other.search(text) is not None:
            return False
    return True
