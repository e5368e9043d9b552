"""The parts that nearly every plan has (safeguards, problems, principles …), asked for by what they are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.composing.fields import Field, is_of, passages_of, time_of
from qa.evidence.claims import Source
from qa.evidence.lists import headings_below
from qa.evidence.solving import Solver
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.folding import folded

# 困难群众 have difficulties, and are none.
OF_PEOPLE = "群|户|家|人|老|残|儿|对象|职|学|补|救"
# What is wrong, asked for without its name.
LACKING = "(?:差|难|弱|卡)在(?:了|的)?(?:哪|什么|啥)(?:里|儿|些|个)?(?:地方|方面)?"
# How a part is asked for, and how its heading reads.
_PARTS = tuple(
    (re.compile(asked), re.compile(headed))
    for asked, headed in (
        (
            r"保障(?:措施|机制|举措)|(?:实施|组织)保障|(?:有|靠|用)(?:哪些|什么|啥)保障|"
            r"(?:保障|保证|确保)[^,。?]{0,8}(?:落[实地到]|实施|实现|执行|完成)|(?:落[实地]|实施|执行)[^,。?]{0,6}(?:保障|保证)",
            r"保障措施|组织保障|实施保障|保障机制",
        ),
        (
            rf"问题|短板|不足|困难|薄弱|欠缺|{LACKING}",
            rf"^(?!.*(?:补|解决|破解|克服|化解|整治|防治)).*(?:问题|短板|不足|困难(?!{OF_PEOPLE}))",
        ),
        (r"挑战|难题", r"挑战|形势"),
        (r"机遇", r"机遇"),
        (r"形势", r"形势"),
        (r"原则", r"原则"),
        (r"建议(?!书)|对策", r"对策|建议$"),
        (
            r"成就|成绩|成效|成果|亮点|[干办做搞]成了?(?:哪些|什么|啥|多少)",
            r"成就|成绩|成效|执行情况|完成情况|回顾|工作总结|亮点|新进展|发展基础",
        ),
        (r"(?:落实|工作|执行|提|什么|哪些)[^,。?]{0,6}要求", r"^[^,]{0,6}(?:工作|有关|相关|具体|落实)要求$"),
    )
)
# What such a question says besides: the paper, its office, and words of asking.
_IDLE = re.compile(
    rf"{LACKING}|哪[儿里]|发现|暴露|[干办做搞]成|保证|确保|办法|手段|落(?:到)?[地实]处?|实现|目标|任务|遵循|遵守|坚持|秉持|把握|推进|推动|开展|民政[局厅部]|自查|查摆|(?:查|找|列|指|反映|梳理)出来?|保障|措施|机制|举措|问题|短板|不足|困难|薄弱|欠缺|建议|对策|调研|报告|提了?(?:什么|哪些)?|环节|挑战|难题|机遇|形势|原则|成就|成绩|成效|成果|亮点|要求|"
    r"落实|执行|实施|工作|面临|存在|还有|取得|主要|突出|基本|组织|民政|事业|系统|部门|发展|通知|文件|规划|要点|总结|计划|本地|当地|承认|自己|提到?了?|调整|提高|规定|明确|涉及|这[次份]|[此本该][次份]|都|下一步|梳理|归纳|概括|概述|综述|简述|介绍|总的|一下|调了|当前|目前|当时|那时候?|时期"
)
# What a paper's chapters may each be one of.
_KIND = re.compile(
    r"(?:哪些|什么|哪几[项个种类]|几[项个种类])(?:方面)?的?([\u4e00-\u9fff]{0,8}?)(标准|行动|工程|制度|品牌|体系|项目|补贴)(?:呢|吗)?[?。]?$"
)
# 梳理一下 behind the question.
_AFTERTHOUGHT = re.compile(
    r"[?,。;]\s*(?:请|帮我|麻烦)?(?:[给跟]我)?(?:梳理|归纳|总结|概括|列举?|[说讲]一?[说讲]|介绍|汇总)(?:一?下|一?遍|出来)?[?。]?$"
)
_COUNTED = re.compile(r"哪(?:几|[两三四五六七八九十])个?[“\"]([\u4e00-\u9fff]{2,6})[”\"]")
_FEWEST_ALIKE = 3
# Where the heading names two parts at once, the question is answered by what is said of one of them.
_LONGEST_REST = 1


# 存在问题的原因 asks for the reason, and not for the problems.
_ASKS_REASON = re.compile("(?:问题|短板|不足|困难|薄弱)的?(?:主要|根本)?(?:原因|成因|根源)")


def part_asked(asked: Question, solver: Solver) -> Field | None:
    """The part of the one paper asked about that the question names, when it names no field of work besides."""
    text = folded(asked.text)
    headings = [headed for asking, headed in _PARTS if asking.search(text)]
    if _ASKS_REASON.search(text):
        return None
    if len(headings) != 1 or len(asked.documents) != 1 or asked.asks not in ("text", "list"):
        return None
    name = asked.documents[0]
    if names_a_field(asked, solver.index.documents[name].metadata.title or ""):
        return None
    passages = passages_of([name], solver)[name]
    named = [
        section
        for section in solver.index.sections_of(name)
        if headings[0].search(section[-1]) and _is_about(text, section, passages)
    ]
    years = asked.years or time_of(asked, passages)
    found = [section for section in named if not years or is_of(section, passages, years)]
    if not found and not asked.years:
        # Only one year of the paper has such a part.
        found = named
    # 发展基础 holds 主要成就 and 面临形势: the one inside is meant; 基本原则 holds several principles, and is meant itself.
    # 存在的问题 is meant itself, though one of them is called 心理问题突出.
    said = next((match[0] for asking, _ in _PARTS if (match := asking.search(text))), "")
    inner = [
        s
        for s in found
        if folded(s[-1]).endswith(said) or sum(o[: len(s)] == s and len(o) == len(s) + 1 for o in found) != 1
    ]
    return Field(name, inner[0], 1.0) if inner else None


def _is_about(asked: str, section: tuple[str, ...], passages: Sequence[Passage]) -> bool:
    """Whether a section on 面临形势 counts the challenges that are asked for (从挑战看,一是…)."""
    if "挑战" not in asked or "挑战" in section[-1]:
        return True
    text = folded("".join(p.text for p in passages if p.section[: len(section)] == section))
    return re.search(r"挑战[^。]{0,8}[,:]一是", text) is not None


def called_alike(asked: Question, solver: Solver) -> list[tuple[str, Source]]:
    """The chapters of the one paper asked about that are each what the question asks for.

    哪些标准: 一、最低生活保障标准, 二、特困人员救助供养标准 …; 哪四个“聚焦”: 一、聚焦民生, 二、聚焦康养 ….
    """
    if asked.asks != "list" or len(asked.documents) != 1:
        return []
    text, name = _AFTERTHOUGHT.sub("", folded(asked.text)), asked.documents[0]
    title = folded(solver.index.documents[name].metadata.title or "")
    counted, kind = _COUNTED.search(text), _KIND.search(text)
    if counted:
        called, fewest = counted[1], asked.list_size or _FEWEST_ALIKE
    elif kind and set(kind[1]) <= set(title) and not names_a_field(asked, title + kind[0]):
        called, fewest = kind[2], _FEWEST_ALIKE
    else:
        return []
    passages = passages_of([name], solver)[name]
    years = asked.years or time_of(asked, passages)
    alike = [
        (label, source)
        for label, source in headings_below((), name, solver.index)
        if called in folded(label) and (not years or is_of((label,), passages, years))
    ]
    return alike if len(alike) >= fewest and asked.list_size in (0, len(alike)) else []


def names_a_field(asked: Question, title: str) -> bool:
    """Whether more than the part is named; what the paper's title says is no field of its own."""
    return bool(named_beside(asked, title))


def named_beside(asked: Question, title: str) -> list[str]:
    """What a question names besides a part (竹溪殡葬有哪些短板: 殡葬), the title's words left out."""
    pieces = (re.sub(_IDLE, "", folded(piece)) for piece in asked.content)
    return [piece for piece in pieces if len(piece) > _LONGEST_REST and piece not in folded(title)]
