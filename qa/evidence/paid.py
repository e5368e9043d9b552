"""To whom and for what money is paid, by the clause that gives the amount: 生活费 are no 护理费, 低保边缘 is no 低保."""

from __future__ import annotations

import re

from qa.evidence.amounts import has_amount
from qa.figures.values import figures_in
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.sentences import clause_spans

_MEMBERS = "低保家庭成员"
# Who is paid by different standards; the longer name first, so that 低保边缘 is no 低保.
_GROUPS = {
    # What is paid to the old of families on 低保 is none of their 低保.
    _MEMBERS: re.compile(
        r"(?:低保|最低生活保障)(?:边缘)?(?:家庭|户|对象)?(?:[中里]的?|的)?(?:[轻中重]度|经济困难的?)?(?:失能|老年|老人|高龄|残疾|儿童|学生)"
    ),
    "低边": re.compile(r"低保边缘|低边|低收入(?:家庭|人口|群体|对象)|支出型"),
    # 基本生活最低保障 of orphans holds the two characters, too.
    "低保": re.compile(r"低保(?!障)|最低生活保障"),
    "特困": re.compile(r"特困|五保|三无"),
    "孤儿": re.compile(r"孤儿|事实无人抚养|(?:集中|机构)养育|散居(?=养育|基本生活)"),
    "残疾": re.compile(r"残疾|重残|残补|两项补贴"),
    "流浪": re.compile(r"流浪|乞讨"),
    "临救": re.compile(r"临时救助|急难"),
    "高龄": re.compile(r"高龄|长寿"),
}
# What is paid for: 生活费 are no 护理费, though both are paid to the same people.
_PAYMENTS = {
    "生活": re.compile(r"生活(?=费|补[贴助]|津贴|标准)"),
    "护理": re.compile(r"(?:护理|照[料护看])(?=费|补[贴助]|津贴|标准)"),
    "医疗": re.compile(r"(?:医疗|住院|门诊|医药)(?=费|补[贴助]|救助金|金)"),
    "丧葬": re.compile(r"(?:丧葬|安葬|殡葬|火化|治丧)(?=费|补[贴助]|金|补偿)"),
    "运营": re.compile(r"运[营行](?=费|经费|补[贴助]|奖补)"),
    "建设": re.compile(r"(?:建设|建房|新建|改造)(?=费|资金|补[贴助]|奖补)"),
    "餐饮": re.compile(r"(?:伙食|用餐|餐饮|就餐|助餐|膳食)(?=费|补[贴助]|标准)"),
    "床位": re.compile(r"床位(?=费)"),
    "教育": re.compile(r"(?:教育|助学|学习|学)(?=费|补[贴助]|金)"),
    "取暖": re.compile(r"(?:取暖|采暖|供暖)(?=费|补[贴助])"),
    "交通": re.compile(r"(?:交通|乘车|返乡|路)(?=费|补[贴助])"),
    "抚恤": re.compile(r"抚恤(?=费|补[贴助]|金)"),
}


def is_paid_to_others(question: Question, asked: str, shown: str) -> bool:
    """Whether every amount of money asked for stands beside the name of another group than the one asked about."""
    if question.asks != "number" or "元" not in (question.unit[-1:], question.likely_unit):
        return False
    wanted = groups_in(asked)
    if not wanted:
        return False
    if _MEMBERS in wanted:
        # 低保老人 get their 低保 as well.
        wanted = {*wanted, "低保"}
    clauses = [shown[start:end] for start, end in clause_spans(shown, 0, len(shown))]
    named: list[set[str]] = []
    told: set[str] = set()
    for clause in clauses:
        # 轻度125元,中度300元: of those who were named before.
        own = groups_in(folded(clause))
        told = own or (told if told == {_MEMBERS} else set())
        if has_amount(question, clause) and any("元" in figure.unit for figure in figures_in(clause)):
            named.append(told)
    return bool(named) and all(groups and not groups & wanted for groups in named)


def is_paid_for_another(question: Question, asked: str, shown: str) -> bool:
    """Whether every amount of money is paid for something else than asked about, as its clause or the one before says."""
    if question.asks != "number" or "元" not in (question.unit[-1:], question.likely_unit):
        return False
    wanted = _payments_in(asked)
    if not wanted:
        return False
    paid: list[set[str]] = []
    last: set[str] = set()
    for start, end in clause_spans(shown, 0, len(shown)):
        last = _payments_in(folded(shown[start:end])) or last
        if has_amount(question, shown[start:end]):
            paid.append(last)
    return bool(paid) and all(names and not names & wanted for names in paid)


def _payments_in(text: str) -> set[str]:
    return {name for name, pattern in _PAYMENTS.items() if pattern.search(text)}


def groups_in(text: str) -> set[str]:
    """The groups by whose standards people are paid that a text names."""
    found = set()
    for name, pattern in _GROUPS.items():
        text, count = pattern.subn(" ", text)
        found |= {name} if count else set()
    return found
