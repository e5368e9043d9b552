"""The words by which a question asks for a calculation, and how a text is cut at them.

Vocabulary, not whole sentences: what a word means for the calculation is decided by the parts that it joins.
"""

from __future__ import annotations

import re

ASK = r"(?:多少|几|多大|百分之几|百分之多少|什么)"
JOIN = ("以及", "还有", "加上", "和", "与", "跟", "同", "及", "加", "、", "+")
# What a degree is made of: 多了, 要高出, 一共少.
_DEGREE = (
    "净增加", "净增", "增加", "增长", "提高", "上升", "上涨", "上调", "高出", "多出", "超出", "超过", "减少", "下降", "降低",
    "下调",    "提升", "扩大", "累计", "一共", "总共", "大约", "大概", "至少", "最少", "整整", "一个月", "每个月", "每月", "每年",
    "一年", "每人", "拿", "领", "发", "给", "花", "做", "投入", "投", "卖", "收", "算下来", "折下来", "下来", "会",
    "涨", "升", "增", "降", "减", "多", "少", "高", "低", "大", "小", "贵", "了", "出", "要", "将",
    "约", "还", "能", "应", "得", "翻", "之间", "相", "差", "的", "是", "有", "共", "的差距", "差距", "金额", ",", " ",
)  # fmt: skip
# Whose last character is no degree: 其他支出, 失能.
_WHOLE_WORD = re.compile(
    "(?:支出|失能|智能|功能|技能|职能|输出|演出|派出|杰出|突出|性能|创投|招投|义卖|拍卖|验收|回收|接收|税收|签收|核[减增发拨]|代[发缴]|直补|转[出入]|流[出入])$"
)
# 公办 and 新建 keep their verb.
_TAIL = re.compile(
    rf"(?:{'|'.join(re.escape(word) for word in sorted(_DEGREE, key=len, reverse=True))}|"
    r"(?<![公民新改扩续承主协创补代督申举在未])[建办]|(?<![直增弥])补)$"
)
_POLITE = re.compile(
    r"^(?:我|我们|咱们?|领导|局里|科里|帮|麻烦|材料里|写材料)[^:,。?\d]{0,14}[:,](?=.{4})|^(?:请问|麻烦|想问一?下?|我想知道|帮我?(?:算|看|查)一?下|帮忙算一?下|算一?下|计算一?下)[,:]?"
)

RATE_ASKED = re.compile(
    r"百分之[几多]|几成|[增涨降升]幅|增长率|增速|增长百分|(?:提高|增长|增加|涨|下降|减少|降低)(?:了)?(?:百分比|比例)"
)
SUM_WORDS = (
    "加在一块儿",
    "加一块儿",
    "加在一块",
    "加一块",
    "合在一起",
    "拢共",
    "加在一起",
    "加起来",
    "合一起",
    "加一起",
    "合起来",
    "合计",
    "总计",
    "共计",
    "相加",
    "之和",
    "加总",
    "总和",
    "总共",
    "一共",
    "总数",
    "总量",
    "总额",
)
_ONE_GROUP = re.compile(
    "孤儿和事实无人抚养儿童|留守儿童和困境儿童|居家和社区|困难残疾人和重度残疾人|结转和结余|社会保障和就业|培训和宣传|组织和实施"
)
# Stands for a 和 that joins no members of a list.
_WITHIN = "\ue000"
_WEAK_SUM = ("总共", "一共", "共", "总数", "总量", "总额")
SUM = re.compile(
    "|".join((*SUM_WORDS, "共(?=有|是|多少|几|需|要|能|发|花|投)", "一起(?=共?有?多少|共?有?几)"))
)
MULTIPLE = re.compile(r"(?:几|多少)倍|翻了?(?:几|多少)[倍番]|翻番")
AVERAGE = re.compile(
    r"平均(?:下来|起来|算)?(?:到|给|在)?(?:每|一)?(?:一)?(人次|[个家张名户人所处次条项对位件座支场期批间岁套亩]|平方?米)"
    r"|(?:折合|合到?|摊到|算到)每一?(平方?米)|每一?(人次|[个家张名户人所处次条项对位件座支场期批间岁套亩]|平方?米)(?=[^,?]{0,8}(?:平均|投资|投入|造价|成本)[^,?]{0,4}(?:多少|几))|(人|户)均|摊到每([个家名户人所处位])"
)
GAP = re.compile(
    rf"(?:还|尚|仍)(?:差|缺|要|需要?|得)[^,?]{{0,8}}?(?:多少|几)|缺口|"
    rf"(?:相差|差距|差了?|落差|差额)[^,?]{{0,6}}?{ASK}|差{ASK}|之差"
)
PORTION = re.compile(
    r"要有|应有|得有|大概|大约|不少于|不低于|起码|至少|最少|最多|相当于|折合|算下来|换算|推算|算出来|大概合"
)
# A year told by another one, and by nothing else.
RELATIVE = re.compile(r"(?:和|与|跟)?(?:上一?年|去年|前一?年|往年|上年同期|去年同期|同期)(?:同期)?(?:的|度)?")
# A length of time that a payment is asked for, and whether a month or a year of it is meant.
LASTING = re.compile(
    r"(?:折合?|折算|换算|摊|合|平均)?(?:到|成|算)?((?:(?<=[折换]算[到成])|(?<=折[到成]))[月年](?![度份底末初])|一整年|一年(?:下来)?|每年|全年|每一年|按年|年标准|"
    r"每个?月|一个月|按月|(?<![上下])半年|(?<!\d)(?:\d{1,2}|[两二三四五六七八九十]+)(?:个月|年)(?!\d|份|底|末|前|初|间|内|以|度|来|[一-龥]{0,2}规划))"
)


def cleaned(text: str) -> str:
    """Without politeness in front and marks at the end. `text` is folded."""
    return _POLITE.sub("", text.strip()).rstrip("?!。. ")


def without_degree(text: str) -> str:
    """`text` without the words of degree at its end (荆门2015年要多了 → 荆门2015年)."""
    while not _WHOLE_WORD.search(text) and (match := _TAIL.search(text)):
        if match.start() == 0:
            return ""
        text = text[: match.start()]
    return text.strip(", ")


def before_ask(text: str) -> tuple[str, str]:
    """(what stands before the interrogative, from there on); all of it when there is none."""
    match = re.search(rf"百分之(?:几|多少)|{ASK}|[增涨降]幅|增长率", text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def is_weak_sum(word: str) -> bool:
    """一共 in a question for one figure adds nothing up."""
    return word in _WEAK_SUM


def _joined_within(text: str) -> str:
    """筹集和发放扶贫资金、善款: a 和 before 、 joins no members of the list, and is kept out of the way."""
    first, mark, rest = text.partition("、")
    is_within = bool(mark) and "和" in first
    return re.sub("和", _WITHIN, first) + mark + rest if is_within else text


def joined_parts(text: str) -> list[str]:
    """The members of a coordination (消防和食品隐患 → 消防, 食品隐患); one when there is none.

    A comma ends the coordination to the left of it: what stands before is common to all.
    """
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words = rjieba.cut(_joined_within(text))
    if sum(word in JOIN for word in words) > 1:
        # Two groups that are provided for as one, beside another.
        text = _ONE_GROUP.sub(lambda group: group[0].replace("和", _WITHIN), text)
        words = rjieba.cut(_joined_within(text))
    # 及 joins two things only where nothing else does (管理人才和护理及技术人才 are two).
    joins = [word for word in JOIN if word != "及"] if set(words) & (set(JOIN) - {"及"}) else JOIN
    parts = [""]
    for word in words:
        if word in joins:
            parts.append("")
        else:
            parts[-1] += word
    if len(parts) == 1:
        # The dictionary may take 和 for part of a name (和民).
        parts = re.split("[和与跟]", text)
    return [part.strip(" ,").replace(_WITHIN, "和") for part in parts if part.strip(" ,")]
