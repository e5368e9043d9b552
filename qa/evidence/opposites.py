"""What is told of the one and never true of the other: 招聘30人 are not those who left, 农村五保 not 城市三无.

Unlike `qa.understanding.kinds`, which holds whole texts against a question, this asks clause by clause whose the figures are.
"""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.amounts import has_amount
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

# Members of a group are counted apart; a wording that means several of them belongs to each.
_GROUPS = tuple(
    tuple(re.compile(member) for member in group)
    for group in (
        ("城[市镇区里乡]", "农村|乡村|农牧区|乡下|村里|城乡"),
        ("集中(?=供养|养育|抚养|[和、及])|机构(?:集中)?(?:供养|养育)", "分散|散居"),
        ("困难残疾人|生活补贴|两项补贴", "重度残疾人|护理补贴|两项补贴"),
        ("公办|公建|国办|公立", "民办|社会办|社会力量|民营|私立"),
        ("(?<!子)女(?!士)|妇女", "(?<![一-龥])男|男性"),
        # What people and offices do one after the other, and whom each step leaves.
        ("登记|成立|新设|批准", "注销|撤销|吊销|清退"),
        ("(?<!经)(?:排查|查出|发现|检查)", "整改|改正|销号"),
        ("受理|接到|收到|申请", "办结|批准|答复|通过"),
        ("纳入|新增", "清退|退出|停发|取消"),
        ("募集|筹集|募捐|捐赠收入|募得|接收", "支出|使用|资助|发放|用掉|花"),
        ("招聘|录用|入职|引进|招考", "离职|辞职|流失|退休|调走"),
        ("新建|建成|新开|开设", "关停|撤并|取缔|关闭|停业"),
        ("出生", "死亡|去世|病故|火化"),
        ("收养", "送养"),
        ("入住|入院", "出院|退住|离院"),
        ("(?:领|拿|发放?|享受)[^,。;]{0,6}(?:补|[金款])|(?<![减停])直补|补[贴助]?(?:发|给)", "核减|停发"),
    )
)

# Told apart by every reader of findings already; here by the words beside one figure.
_MARRIAGES = (re.compile("结婚"), re.compile("离婚"))
# Stands for all members together.
_ALL = -1


def names_another(asked: str, told: str) -> bool:
    """Whether the words beside one figure name another member of a group than those asked about do; both are folded."""
    for group in (*_GROUPS, _MARRIAGES):
        sought, said = _members(group, asked), _members(group, told)
        if sought and said and not sought & said and _ALL not in sought | said:
            return True
    return False


def is_of_an_opposite(question: Question, shown: str) -> bool:
    """Whether every figure of a sentence like the one asked for is told of another member of a group than is asked about.

    A clause that names no member goes on about the one named before it; where none is named the figure may be anybody's.
    """
    if question.asks != "number" or question.confirms:
        return False
    asked = folded(question.text)
    wanted = [_members(group, asked) for group in _GROUPS]
    sought = [
        (group, own) for group, own in zip(_GROUPS, wanted, strict=True) if own and len(own) < len(group)
    ]
    if not sought:
        return False
    clauses = [folded(shown[start:end]) for start, end in clause_spans(shown, 0, len(shown))]
    in_unit = replace(question, unit=question.unit or question.likely_unit)
    is_given = [has_amount(in_unit, clause) for clause in clauses]
    for group, own in sought:
        told: set[int] = set()
        named = []
        for clause, gives in zip(clauses, is_given, strict=True):
            told = _members(group, clause) or told
            if gives:
                named.append(told)
            if _is_broken_down(group, clause):
                # 养老机构9家(公办6家、民办3家),床位1314张: what follows is of all of them.
                told = {_ALL}
        if named and all(members and not members & own for members in named):
            return True
    return False


def _is_broken_down(group: tuple[re.Pattern[str], ...], clause: str) -> bool:
    """Whether a clause gives a figure of its own for each of several members."""
    return sum(re.search(rf"(?:{m.pattern})[^\d]{{0,6}}\d", clause) is not None for m in group) > 1


def _members(group: tuple[re.Pattern[str], ...], text: str) -> set[int]:
    """The numbers of the members of a group that a text names."""
    return {number for number, member in enumerate(group) if member.search(text)}
