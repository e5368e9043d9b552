"""Whether a paper agrees with itself about a figure, or can be trusted with it: every place that states it, and a verdict."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.operand import Operand
from qa.arithmetic.operands import candidates
from qa.arithmetic.phrases import Wanted
from qa.arithmetic.spreading import rate_of_row
from qa.composing.auditing import doubted_matter
from qa.composing.either import told_of_both, verdict_on
from qa.evidence.claims import CALCULATION, Claim
from qa.evidence.doubts import IS_DOUBTED, doubted
from qa.evidence.extractive import Draft
from qa.evidence.premise_owners import gives_owner_another
from qa.evidence.premises import stated_figures
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import same_family
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from qa.understanding.units import same_kind
from vectorstore.folding import folded

# 前面主要目标和后面重大项目两处: each is told by its heading.
_HEADED = r"(?:[前后](?:面|头|文|边)|上文|下文)的?[\u4e00-\u9fff]{2,8}?"
_PLACES = (
    rf"(?:{_HEADED}(?=[和与跟同、]|两处)|正文|文中|文字|原文|全文|前文|前面|前后|上下文|"
    r"[几两二三]处|文件里?|这份文件|规划里?|报告里?|表格?\d?|附表|指标表|后面|后文|里|中|上)"
)
_SAYING = r"(?:写法|写[的得]?|说法|说[的得]?|填[的得]?|报[的得]?|给[的得]?|口径|表述|数字?|数据|数值|提法)"
_SAME = r"(?:不?一样|不?一致|对得上|对不上|相同|不同|统一|吻合|相符|矛盾|打架|冲突|出入|有(?:没有)?(?:矛盾|出入|冲突|不同))"
# 正文和表里写的一样吗, 文中几处说法一致吗, 前后有没有矛盾
_AGREEMENT = re.compile(
    rf"[,、]?(?:在|但|可是?)?{_PLACES}?(?:和|与|跟|同|、)?{_PLACES}*(?:的|对?这个|该)?{_SAYING}*(?:是不是|是否|前后|互相|彼此|能不能|有没有|有无|都|哪里|哪儿|哪个?地方)*"
    rf"{_SAME}(?:的|了)?(?:吗|呢|么|没有|吧|不)?[?]?$"
)
# 正文说98.5%,表1里也是98.5%吗: whether they agree.
_BOTH_SAY = re.compile(
    r"在?(?:正文|文中|文字|前面|附?表格?\d?)[里中上]*(?:写|说|给|填)?(?:的|着)?是?\d[^,?]{0,8},(?:但|而|可|那)?"
    r"(?:正文|文中|文字|后面|附?表格?\d?)[里中上]*(?:写|说|给|填)?的?(?:也|又|还|却|不)?(?:是|写)?[^,?]{0,10}[吗么吧呢]?[?]?$"
)
# 这个数靠谱吗, 是不是写错了, 有没有问题
_TRUST = re.compile(
    rf"[,、]?(?:这个|那个|该|上面的?|这|文件里?的?|文中的?|其中的?)*{_SAYING}*(?:是不是|是否|有没有可能|会不会|可不可能|怕不是|难道是?|不会是|应该是|有没有|有无|是)*"
    r"(?:靠谱|可靠|可信|靠得住|准确|(?<!标)准|合理|正常|(?:写|弄|搞|打|印|填|算)(?:得|的)?[错对乱]了?|笔误|有误|错误|错了|(?<=[有没出])问题(?=吗|呢|么|没|[?]?$)|漏了?小数点|少了?个?小数点|少个?零|多个?零|对不对|存疑|可疑|不对劲?)"
    r"(?:的|了)?(?:吗|呢|么|吧|不|没有?)?[?]?$"
)
# 存在什么问题 asks for what the paper says of problems.
_ABOUT_PROBLEMS = re.compile(r"(?:存在|面临|主要|突出|哪些|什么|啥)[^,?]{0,4}问题")
_OR = re.compile(
    r"(?:到底|究竟)?(?:是|写的是|填的是|该是)?"
    r"(?:[\d.]+[^,?]{0,6}还是[\d.]+[^,?]{0,6}|[\d.]+[^,?\d]{0,6}[和与跟、][\d.]+[^,?\d]{0,6},?(?:到底|究竟)?(?:以?哪一?个|哪个数)(?:数字?)?(?:是|才|算|更)*(?:对|准确?|正确|真|算数|为准)的?)[?]?$"
)
# …620元,对不对: a statement like any other.
_PLAIN = re.compile(r"^[,、]?(?:这个|那个|该|这)?对不对")
_ASKING = re.compile(
    r"(?:到底|究竟)?(?:各|分别|都)?(?:是|有|拿了?|为|达到)?(?:了)?(?:多少|几|什么|多大)[个家张户人元分万亿平方米%]*$|(?:的)?(?:是|为)?约?[\d,.]+(?:万|亿)?(?:[个家张户人元名对处分%]|平方米|公里)*$"
)
# 正文55表格60: what each place says.
_EACH_PLACE = re.compile(
    r"[,、]?(?:正文|文中|文字|表格?\d?|附表)(?:里|中|写|说|给)*(?:的?是)?\d[\d.]*%?(?=[,、]|[正文表附]|$)"
)
_GROWTH = re.compile("增长|增幅|增速|涨幅")
# So many percentage points are a matter of rounding.
_ROUNDED = 1
_AS_GOOD, _ABOUT_IT = 0.72, 0.55
_MOST_PLACES, _MOST_FOUND = 4, 20


def agreeing(asked: Question, solver: Solver) -> Solved | None:
    """Where the paper states the figure that a question doubts, and whether the places agree; None for other questions."""
    text = _BOTH_SAY.sub("正文和表里写的一样吗", folded(asked.text))
    match = _AGREEMENT.search(text)
    if match and (len(asked.regions) > 1 or not re.search(_PLACES, match.group(0))):
        match = None
    trust = None if _ABOUT_PROBLEMS.search(text) else _TRUST.search(text)
    either = None if match or trust else _OR.search(text)
    match = match or trust or either
    if match is None or match.start() < 3 or len(asked.regions) > 1:
        return None
    subject = re.sub(
        r"(?:[\d,.]+[万亿]?[元人户名]、)*[\d,.]+[万亿]?[元人户名],?[人户]均(?:下来)?$",
        "",
        text[: match.start()],
    )
    subject = _ASKING.sub("", _EACH_PLACE.sub("", subject).rstrip(",、的 ")).rstrip(",、的 ")
    subject = re.sub(r"(?:发|给|花|投|有|达|用|募)?(?:了|到)$", "", subject)
    own = understand(f"{subject}是多少", solver.index.documents)
    own = replace(own, documents=asked.documents or own.documents, confirms=False)
    solved = solver.solve(own)
    if not solved.draft.claims:
        return doubted_matter(subject, asked, solver)
    stated = _stated(own, solved, solver, of_any_time=either is not None)
    of_both = told_of_both(asked, own, solver) if either else ()
    if of_both:
        return replace(solved, asked=asked, draft=Draft(of_both, is_settled=True))
    is_plain = trust is not None and _PLAIN.search(trust[0]) is not None
    if len(stated) < 2 and is_plain and asked.confirms and stated_figures(asked):
        return None
    if len(stated) < 2 and match is trust and asked.confirms and not _bears_out(asked, solved):
        # A statement to be confirmed: that it is contrary to the text is told with the text.
        return None
    if len(stated) < 2:
        claims = solved.draft.claims
        verdict = _otherwise_by_reckoning(own, stated) or _alone(claims)
    else:
        claims = tuple(dict.fromkeys(operand.claim() for operand in stated))
        verdict = _contrary(asked, stated) or verdict_on(stated)
    reckoned = _reckoned(stated) if _GROWTH.search(own.text) and not either else []
    draft = Draft((*claims, *reckoned, verdict), is_settled=True)
    return replace(solved, asked=asked, draft=draft)


def _stated(own: Question, solved: Solved, solver: Solver, *, of_any_time: bool = False) -> list[Operand]:
    """Every place of one paper that states the figure, each once, in the paper's order.

    `of_any_time`: who asks which of two figures it is does not know that one may be of another time.
    """
    wanted = Wanted(name="", question=own, own=own, is_growth=bool(_GROWTH.search(own.text)))
    found = candidates(wanted, solved, solver, others=solved.findings[:10], most=_MOST_FOUND)
    if not found:
        return []
    best = found[0]
    # One figure of each sentence, the one that it says most about.
    kept: dict[tuple[str, int], Operand] = {}
    for operand in found:
        unit = operand.quantity.unit
        is_same = same_family(unit, best.quantity.unit) and operand.quantity.period == best.quantity.period
        is_of_paper = operand.source.passage.document == best.source.passage.document
        is_of_time = _share_a_year(operand.years, best.years) and not (
            wanted.is_growth
            and not of_any_time
            and not _share_a_year(operand.source.passage.years, best.source.passage.years)
        )
        is_about_it = operand.score >= _AS_GOOD * best.score and operand.score >= _ABOUT_IT
        if is_same and is_of_paper and is_of_time and is_about_it:
            kept.setdefault((operand.source.passage.id, _sentence(operand, solver)), operand)
    return sorted(kept.values(), key=lambda operand: operand.start)[:_MOST_PLACES]


def _share_a_year(years: Sequence[int], others: Sequence[int]) -> bool:
    return not years or not others or bool(set(years) & set(others))


def _reckoned(stated: Sequence[Operand]) -> list[Claim]:
    """What the figures of a row come to by the year, where its rate of growth is doubted."""
    return [
        Claim(f"{CALCULATION}{line}。", (operand.source,))
        for operand in stated
        if operand.quantity.unit == "%" and (line := rate_of_row(operand.source.passage.cells))
    ]


def _otherwise_by_reckoning(own: Question, stated: Sequence[Operand]) -> Claim | None:
    """Told where the rate of growth that a row gives is not what its own figures come to."""
    for operand, line in zip(stated, _reckoned(stated) if _GROWTH.search(own.text) else [], strict=False):
        rate = figures_in(line.text)[-1].value
        if abs(rate - operand.quantity.value) > _ROUNDED:
            text = f"按这一行的数字算出来的与所写的{operand.quantity}不一致，请向发文单位核实。"
            return Claim(text, line.sources)
    return None


def _bears_out(asked: Question, solved: Solved) -> bool:
    """Whether what was found gives a figure of a statement, if that has any, and gives its owner no other."""
    stated = stated_figures(asked)
    text = folded(asked.text)
    if any(gives_owner_another(text, folded(claim.text), asked.regions) for claim in solved.draft.claims):
        return False
    found = [figure for claim in solved.draft.claims for figure in figures_in(claim.text)]
    return not stated or any(figure.agrees_with(other) for figure in stated for other in found)


def _sentence(operand: Operand, solver: Solver) -> int:
    """Where the sentence of an operand begins."""
    text = solver.index.documents[operand.source.passage.document].text
    return (
        0 if operand.source.passage.cells else max(text.rfind(mark, 0, operand.start) for mark in "。；;\n")
    )


def _contrary(asked: Question, stated: Sequence[Operand]) -> Claim | None:
    """Told when no place gives the figure that the question states (要达到1200个,对不对)."""
    written = list(dict.fromkeys(str(operand.quantity) for operand in stated))
    found = [figure for text in written for figure in figures_in(text)]
    said = [f for f in stated_figures(asked) if any(same_kind(f.unit, other.unit) for other in found)]
    if not said or any(figure.agrees_with(other) for figure in said for other in found):
        return None
    sources = tuple(dict.fromkeys(operand.source for operand in stated))
    return Claim(f"与原文不符：文中写的是{'、'.join(written)}。", sources)


def _alone(claims: Sequence[Claim]) -> Claim:
    """What can be said when one place alone states it."""
    sources = [source for claim in claims for source in claim.sources]
    if doubted(sources):
        return Claim(IS_DOUBTED)
    return Claim("文中没有找到与它不一致的另一处。")
