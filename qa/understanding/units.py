"""Units of figures: which of them count the same kind of thing."""

from __future__ import annotations

from qa.figures.values import PEOPLE_UNITS
from qa.understanding.unit_asked import OF_TIME

# Units that count the same kind of thing, so that a figure in one answers a question in another.
_UNIT_FAMILIES = (
    ("家", "个", "所", "处", "座", "块", "穴", "间", "套", "栋", "支", "村", "社区", "街道", "乡镇"),
    ("人", "名", "位", "个", "人次", "人员"),
    ("对", "个"),
    ("张", "床", "个"),
    ("件", "起", "宗", "例", "个", "次"),
    ("次", "场", "场次", "回", "期", "批", "届"),
    ("项", "个", "条", "类", "种"),
    ("户", "家"),
    ("本", "册", "份", "部", "个"),
    ("元", "万元", "亿元", "美元"),
    ("%", "成", "个百分点"),
    ("平方米", "平米", "亩", "平方公里"),
    ("天", "日", "个工作日", "工作日"),
    ("小时", "个小时"),
    ("个月", "月"),
)
# What is no great number of things: never the answer to 多少亿.
_MEASURES = frozenset(
    ["%", "年", "月", "日", "天", "岁", "小时", "分钟", "周", "平方米", "平米", "公里", "米", "亩", "年度"]
)
THINGS = frozenset("个家所处座项条名位人类种块间起件例宗支穴村分") | {"社区", "街道", "乡镇"}
_OF_TIME = frozenset(("天", "日", "工作日", "个工作日", "小时", "个小时", "分钟", "周", "个月", "年"))
OF_ALL_THINGS = frozenset("万亿千百")


def same_kind(asked: str, given: str) -> bool:
    """Whether a figure in the unit `given` can answer a question for one in `asked` (几家 by 3个, 多少座 by 162穴)."""
    # What is paid for one of something is money: 元/个.
    given = given.partition("/")[0] if given.partition("/")[0].endswith("元") else given
    if asked == given:
        return True
    if asked == OF_TIME:
        return given in _OF_TIME
    if asked == "个" or asked in PEOPLE_UNITS:
        # 几个 asks for things, 几名 for people: neither is answered by 张 or 户.
        return given in (THINGS if asked == "个" else PEOPLE_UNITS)
    if asked in OF_ALL_THINGS:
        return given not in _MEASURES
    return any(asked in units and given in units for units in _UNIT_FAMILIES)
