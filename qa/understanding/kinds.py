"""The kind of what is asked for: target or result, urban or rural; a follow-up may name just the other one."""

from __future__ import annotations

import re

from qa.understanding.antecedents import ASKING
from qa.understanding.wording import synonyms_in

# Sets of which a follow-up may name another member than the question before.
_CONTRASTS = (
    ("城市", "农村"),
    ("城镇", "农村"),
    ("城里", "农村"),
    ("集中", "分散"),
    ("集中养育", "散居"),
    ("集中", "散居"),
    ("结婚", "离婚"),
    ("困难", "重度"),
    ("公办", "民办"),
    ("新增", "累计"),
    ("男", "女"),
    ("全护理", "半护理"),
    ("失能", "半失能"),
    ("约束性", "预期性"),
    ("初级", "中级", "高级"),
    ("命名", "更名"),
    ("增加", "减少"),
    ("上限", "下限"),
    ("护理型", "非护理型"),
    ("城区", "乡镇"),
    ("社会团体", "民办非企业单位"),
    ("低保", "特困"),
)
# Of these a plain question means both.
_PARALLEL = (
    ("城市", "农村"),
    ("城镇", "农村"),
    ("集中", "分散"),
    ("集中", "散居"),
    ("困难", "重度"),
    ("护理型", "非护理型"),
)
# What is said of the one is never true of the other.
_OPPOSITE = (("结婚", "离婚"), ("公办", "民办"), ("社会团体", "民办非企业单位"))
# Kinds that are counted apart, with the words that may stand for them.
_OF_KINDS = (
    ("城市", ("城市", "城镇", "城乡", "城区")),
    ("农村", ("农村", "城乡", "乡村", "农牧区")),
    ("集中", ("集中",)),
    ("分散", ("分散", "散居")),
    ("散居", ("散居", "分散")),
    ("公办", ("公办", "公建", "国办")),
    ("民办", ("民办", "社会办", "社会力量")),
)
_FORWARD = ("目标值", "目标", "计划", "规划", "任务", "预计", "打算")
_BACKWARD = ("实际", "结果", "完成情况", "完成", "现状", "现有", "目前")
_NUMBER = re.compile("多少|几")
_KIND = "|".join((*_FORWARD, *_BACKWARD, "标准", "年标准", "月标准", "指标"))
_ONLY_KIND = re.compile(
    rf"(?:的|是|情况|实际上?)*({_KIND})(?:数|值|情况|值是|的)*(?:了?吗|了没有?|得?(?:是|怎么样|如何|怎样|有|为))?(?:多少|什么|几)?(?:[个家张户名人对])?[了呢的?]*"
)
_TENSE = re.compile(
    rf"(?:的)?(?:{'|'.join((*_FORWARD, '将要', '要达到', '要', '拟', '力争'))}|{'|'.join(_BACKWARD)}|已经?)"
)


# Members of a scale: an age, a level, a class. Another one of the same scale takes the place of the one before.
_NUMERAL = r"[一二三四五六七八九十百\d]+"
# 护理型, 非护理型, 支出型: a type of what is named around it.
TYPE = r"非?[\u4e00-\u9fff]{2}型"
_SCALES = (
    re.compile(
        r"(?:年满|满)?\d{2,3}(?:周?岁)?(?:(?:到|至|-|—|~)+\d{2,3})?(?:周?岁)(?:及?以[上下])?|(?:年满|满)?\d{2,3}(?:(?:到|至|-|—|~)+\d{2,3})?(?:及?以[上下])?(?=$|的|老|高)|百岁(?:以上)?"
    ),
    re.compile(rf"(?<![年第]){_NUMERAL}(?:类区|类(?=$|[\u4e00-\u9fff])|级|档|等(?=$|的)|星级?)"),
    re.compile(TYPE),
    re.compile(rf"第{_NUMERAL}(?:批|期|季度|阶段|届)"),
    re.compile(r"(?:全|半|不能|完全)(?:自理|护理)|完全丧失自理能力|(?:重|中|轻)度(?!残疾)"),
)
_OF_A_SCALE = (
    r"(?:那|换成|如果是|到)?{member}(?:的)?(?:老人|老年人|人|对象|情况|残疾人)?(?:又|则)?"
    r"(?:呢|(?:是|有|发|给|补)?多少[元钱]?(?:钱)?(?:呢)?)?\??"
)


def on_the_same_scale(text: str, previous: str) -> str:
    """The previous question with another member of its scale (一级…? 二级呢?), or ""."""
    for scale in _SCALES:
        said = scale.search(text)
        had = scale.search(previous)
        if said is None or had is None or said[0] == had[0]:
            continue
        if re.fullmatch(_OF_A_SCALE.format(member=re.escape(said[0])), text):
            return previous[: had.start()] + said[0] + previous[had.end() :]
    return ""


def is_the_other(one: str, other: str, asked: str) -> bool:
    """Whether two clauses give the members of one pair (散居, 集中养育), and `asked` names neither, in any wording."""
    asked += " ".join(official for synonym in synonyms_in(asked) for official in synonym.official)
    return any(
        first in one and second in other and first not in asked and second not in asked
        for contrast in _PARALLEL
        for first in contrast
        for second in contrast
        if first != second and second not in one and first not in other
    )


def lacks_kind(asked: str, text: str) -> bool:
    """Whether a question names a kind (城市特困人员) that a text, the name of a row and its columns, does not."""
    return any(kind in asked and not any(name in text for name in names) for kind, names in _OF_KINDS)


def gives_both(one: str, both: str, asked: str) -> bool:
    """Whether a text gives one member of a pair (集中养育), `both` gives both of them, and `asked` names neither."""
    return any(
        first in one
        and second not in one
        and first in both
        and second in both
        and first not in asked
        and second not in asked
        for pair in _PARALLEL
        for first, second in (pair, pair[::-1])
    )


def is_of_the_other(asked: str, text: str, context: str) -> bool:
    """Whether a text gives one member of a pair of opposites (结婚登记2106对), or one type, and a question asks for the other
    (离婚登记)."""
    types, others = set(re.findall(TYPE, asked)), set(re.findall(TYPE, text))
    if types and others and not types & others:
        return True
    return any(
        one in asked
        and other not in asked
        and other in text
        and one not in text
        and (one not in context or one == "结婚" or other == "结婚")
        for pair in _OPPOSITE
        for one, other in (pair, pair[::-1])
    )


def contrasted(text: str, previous: str) -> str:
    """The previous question with one member of a pair put for the other (城市…? 农村呢?), or ""."""
    short = re.fullmatch(r"(.{1,12}?)(?:的)?呢?(?:(?:又|则)?(?:是|有)?多少[个家张户名人对元]?)?\??", text)
    if short is None:
        return ""
    said = short[1]
    for contrast in _CONTRASTS:
        for one in contrast:
            if one not in said:
                continue
            for other in contrast:
                # 失能 stands in 半失能, too: the longer one is the one that is said.
                if other == one or (one in other and other in said) or (other not in previous):
                    continue
                if one in previous and one not in other:
                    continue
                if said in (one, one + "的") or said.replace(one, other) in previous:
                    return previous.replace(other, one)
    return ""


def leading_kind(text: str, previous: str) -> str:
    """The member of a pair that begins a text (农村 of 农村涨多少) where `previous` names another one of it; "" for none."""
    members = sorted({member for pair in _CONTRASTS for member in pair}, key=len, reverse=True)
    return next((kind for kind in members if text.startswith(kind) and contrasted(kind, previous)), "")


def asks_for_plans(rest: str) -> bool:
    """Whether `rest` names only a kind of figure, and that of what is planned."""
    match = _ONLY_KIND.fullmatch(rest)
    return match is not None and match[1] in _FORWARD


def of_another_kind(previous: str, rest: str) -> str:
    """The previous question asking for `rest`, when that is only a kind (目标, 实际完成了吗), else ""."""
    match = _ONLY_KIND.fullmatch(rest)
    # 完成多少 after 什么时候完成 asks for another thing of it.
    if match is None or (_NUMBER.search(rest) and not _NUMBER.search(previous)):
        return ""
    kind = match[1]
    if kind in ("标准", "指标") or kind.endswith("标准"):
        return ""
    forward = kind in _FORWARD
    word = {
        "完成": "实际",
        "结果": "实际",
        "完成情况": "实际",
        "现状": "目前",
        "目标值": "目标",
        "规划": "计划",
    }.get(kind, kind)
    plain = (
        re.sub(r"(?<=[办发建完做增卖])了|(?<=[\u4e00-\u9fff])过(?=多少)", "", previous)
        if forward
        else previous
    )
    plain = _TENSE.sub("", plain)
    asking = ASKING.search(plain)
    if asking is None:
        particle = "的" if forward else ""
        return f"{plain.rstrip('?。')}{particle}{word}是多少?"
    head, tail = plain[: asking.start()], plain[asking.start() :]
    verb = re.search(
        r"(?:建设|新建|新增|完成|发放|办理?|建成?|改造|培育|发展|销售|卖|募集?|投入|安排|创建|发|增加|扶持)$",
        head,
    )
    if verb:
        return f"{head[: verb.start()]}{word}{head[verb.start() :]}{tail}"
    if re.match(r"(?:是|为|达到?|有|要|到)", tail) or not tail[:1].isdigit():
        particle = "的" if word in ("目标", "计划", "任务") and re.match(r"(?:是|为|达)", tail) else ""
        return f"{head}{particle}{word}{tail}"
    return f"{head}{word}{tail}"
