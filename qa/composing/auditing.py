"""What a careful reader doubts in a paper as a whole (哪些数字前后对不上), or in the one matter that a question doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.claims import Claim
from qa.evidence.doubts import IS_DOUBTED, passage_at, place_of
from qa.evidence.extractive import Draft
from qa.evidence.premise_owners import agrees
from qa.evidence.relevance import coverage, plain
from qa.evidence.solving import Solved, Solver
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from vectorstore.documents import Doubt, Passage
from vectorstore.doubts import each_once
from vectorstore.folding import folded

# Two places that do not agree.
_DISAGREEING = r"对不上|不一致|不一样|不统一|不相符|不吻合|矛盾|打架|冲突|有出入"
# A place that cannot be right as it stands.
_DAMAGED = (
    r"不对劲|可疑|存疑|疑点|蹊跷|离谱|不合理|不合常理|不靠谱|(?:写|印|打|录|弄|填|抄)(?:得|的)?[错乱漏]|有误|笔误|错误|错漏|错别字|错字|错处|出错|错的|"
    r"脱字|漏字|缺字|漏了?小数点|[少丢缺]了?小数点|(?:要|需要?|应该?|值得)(?:再)?(?:核实|核对|复核|求证)|毛病|(?:数字?|数据|数值|金额)(?:[里上中]|里面)?(?:都|还|是不是|有没有|是否)?(?:有|存在)?(?:没有?|什么|哪些|啥)?问题"
)
_FAULTS = re.compile(f"{_DISAGREEING}|{_DAMAGED}")
_CAN_BE_TRUSTED = re.compile(
    "靠谱|可靠|可信|靠得住|合理|离谱|现实|(?:写|弄|搞|打|印|填)(?:得|的)?错|笔误|存疑|可疑|不对劲|[多少]了?个?[零0]"
)
# What such a question says besides, when it is of the whole paper.
_FRAME = re.compile(
    r"这[些几]?份?|那[些几]?份?|各[个份地]?|所有|全部|这个|那个|这篇|全文|通篇|原文|文件|材料|文本|规划|计划|总结|工作要点|要点|通知|报告|正文|文中|文字|表格|附?表|指标|数字|数据|数值|数目|金额|年份|日期|说法|写法|表述|口径|内容|"
    r"前后|前面|后面|上下文|自相|互相|相互|彼此|之间|地方|之处|哪几?[处个些里儿]|几处|多少处|有没有|有无|是不是|是否|会不会|存不存在|存在|什么|啥|怎么|看着|看上去|看起来|读着|觉得|明显|比较|可能|"
    r"帮我|帮忙|请|麻烦|查一?下|查查|检查|看一?下|看看|找一?下|找找|找出|列出|列一?下|挑出|指出|核对一?下|说说|告诉我|一下|"
    r"[里中上内的是有了和与跟同或都也还能会要可吗呢吧么没请给我们你您把被让谁自本该其处个些点这那?？，,。！!、：:“”\"()（）\s]"
)
# What any figure may be called, behind the matter that it is of.
_OF_ANYTHING = re.compile("的?(?:年份|年限|数字|数据|数值|数目|金额|数量|总量|总数|目标值?)$")
_MOST_TOLD, _FEWEST_TOLD, _MOST_PAPERS = 12, 3, 8
# So much of what a question says of its matter stands in the sentence that is doubted.
_IS_OF_IT = 0.6


def doubts_told(asked: Question, solver: Solver) -> Solved | None:
    """Every place of the papers asked about that a careful reader doubts, each with its reason; None for other questions.

    Asked for places that disagree, those come alone, and where there are none it is said so before the others.
    """
    text = folded(asked.text)
    if not _FAULTS.search(text) or asked.is_english or _names_a_matter(text, asked, solver):
        return None
    names = asked.documents or tuple(solver.index.documents)
    most = max(_MOST_TOLD // len(names), _FEWEST_TOLD)
    wants_apart = re.search(_DISAGREEING, text) is not None and not re.search(_DAMAGED, text)
    claims: list[Claim] = []
    passages: list[Passage] = []
    for name in names[:_MOST_PAPERS]:
        doubts = doubts_of(name, solver)
        apart = [(passage, doubt) for passage, doubt in doubts if doubt.kind == "contradiction"]
        told = apart if wants_apart and apart else doubts
        claims.append(_head(name, told, solver, lacks_apart=wants_apart and not apart))
        claims += dict.fromkeys(_line(passage, doubt, solver) for passage, doubt in told[:most])
        if len(told) > most:
            claims.append(Claim(f"另有{len(told) - most}处没有列出。"))
        passages += [passage for passage, _ in told[:most]]
    if len(names) > _MOST_PAPERS:
        claims.append(Claim("其余文件请写明地区再问。"))
    draft = Draft(tuple(claims), is_settled=True)
    return solver.with_evidence(Solved(asked, (), draft, ()), passages)


def doubted_matter(subject: str, asked: Question, solver: Solver) -> Solved | None:
    """The doubtful places of the paper's sentences about one matter, where no figure was found for it."""
    if len(asked.documents) != 1:
        return None
    own = replace(
        understand(_OF_ANYTHING.sub("", subject), solver.index.documents), documents=asked.documents
    )
    terms = solver.vocabulary.terms_of(own)
    found = [
        (passage, doubt)
        for passage, doubt in doubts_of(asked.documents[0], solver)
        if coverage(terms, plain(place_of(passage, doubt.start, doubt.end, solver.index)[0])) >= _IS_OF_IT
    ]
    if not terms or not found:
        return None
    claims = tuple(_line(passage, doubt, solver) for passage, doubt in found[:_MOST_TOLD])
    draft = Draft((*claims, Claim(IS_DOUBTED)), is_settled=True)
    return solver.with_evidence(Solved(asked, (), draft, ()), [passage for passage, _ in found])


def doubted_figure(asked: Question, solver: Solver) -> Solved | None:
    """The doubtful place whose figure, reckoned out, is the one that a question doubts (8万社工: 合80000人); None without."""
    if not _CAN_BE_TRUSTED.search(folded(asked.text)):
        return None
    stated = [figure for figure in figures_in(asked.text) if figure.is_amount]
    if len(asked.documents) != 1 or len(stated) != 1:
        return None
    for passage, doubt in doubts_of(asked.documents[0], solver):
        if any(figure.is_amount and agrees(stated[0], figure) for figure in figures_in(doubt.message)):
            name = next((value for _, value in passage.cells if not value.isdigit()), "")
            row = solver.solve(
                replace(understand(f"{name}是多少", solver.index.documents), documents=asked.documents)
            )
            told = [c for c in row.draft.claims[:1] if c.sources and c.sources[0].passage.id == passage.id]
            claims = (*(told or [_line(passage, doubt, solver)]), Claim(IS_DOUBTED))
            draft = Draft(claims, is_settled=True)
            return solver.with_evidence(Solved(asked, (), draft, ()), [passage])
    return None


def doubts_of(name: str, solver: Solver) -> list[tuple[Passage, Doubt]]:
    """What is doubted in a paper, each with its passage, in the order of the text; a pair that disagrees once."""
    held = {
        doubt: passage
        for passage in reversed(solver.index.of_document(name))
        for doubt in passage.doubts
        if doubt.kind != "repetition"
    }
    ordered = sorted(held, key=lambda doubt: (doubt.start, doubt.end))
    return [(held[doubt], doubt) for doubt in each_once(ordered)]


def _names_a_matter(text: str, asked: Question, solver: Solver) -> bool:
    """Whether a question names something of the paper that it doubts, and not the paper alone, by words of its title."""
    rest = _FRAME.sub("", _FAULTS.sub("", text))
    titles = "".join(solver.index.documents[name].metadata.title or "" for name in asked.documents)
    words = understand(rest, solver.index.documents).content if rest else ()
    return not all(word in titles for word in words)


def _head(name: str, told: Sequence[tuple[Passage, Doubt]], solver: Solver, *, lacks_apart: bool) -> Claim:
    """How many places are told of."""
    metadata = solver.index.documents[name].metadata
    paper = (
        f"{metadata.region or ''}《{metadata.title}》" if metadata.title else metadata.region or "这份文件"
    )
    if not told:
        return Claim(
            f"{paper}：没有发现前后不一致或数字可疑的地方。规则只能发现明显的疑点，是否有误请核对原件。"
        )
    if lacks_apart:
        return Claim(f"{paper}：没有发现前后不一致的地方；存疑的有{len(told)}处，请向发文单位核实：")
    called = "前后不一致的" if all(doubt.kind == "contradiction" for _, doubt in told) else "存疑的"
    return Claim(f"{paper}：{called}有{len(told)}处，请向发文单位核实：")


def _line(passage: Passage, doubt: Doubt, solver: Solver) -> Claim:
    """One place, or two that disagree, with the reason in a few words; what was reckoned for it stands in the warning."""
    words, source = place_of(passage, doubt.start, doubt.end, solver.index)
    other = passage_at(solver.index, passage.document, doubt.counterpart[0]) if doubt.counterpart else None
    if other is None or doubt.counterpart is None:
        return Claim(f"- {words}：{_in_few_words(doubt.message)}", (source,))
    others_words, others_source = place_of(other, *doubt.counterpart, solver.index)
    reason = "不一致" if doubt.message.startswith("与") else f"：{_in_few_words(doubt.message)}"
    return Claim(f"- {words}与另一处{others_words}{reason}", (source, others_source))


def _in_few_words(message: str) -> str:
    """疑似缺小数点 of 疑似缺小数点:按3828名、5年计,…; 数字或单位疑有误 of 合400000人,…,数字或单位疑有误."""
    head = message.partition("：")[0]
    return next((piece for piece in head.split("，") if "疑" in piece), head)
