"""Which of several standards was raised by more, or at the higher rate: each rise worked out, then held against the others."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from qa.arithmetic.composer import calculated
from qa.evidence.claims import CALCULATION, Claim
from qa.evidence.extractive import Draft
from qa.evidence.rows import without_owner
from qa.evidence.solving import Solved, Solver, together
from qa.figures.quantities import Quantity, quantities_in, same_family
from qa.figures.spots import spots_of
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in
from vectorstore.places import bare_name

_ASKS = re.compile(
    r",?(?:哪(?:一?[个项种样]|边|里|家|儿)?|谁|(?P<classes>哪一?类(?:地区|区)?))的?(?:标准|待遇)?(?:这次)?(?:提标?|涨|升|增|上?调|加)(?:高|幅|价)?"
    r"(?:得|的|了)?(?P<rate>幅度|比例|百分比)?(?:得|更|最|要|比较)*(?P<degree>[多大高快少小低慢])(?:一?[些点])?"
)
_LESS, _AS_RATE = frozenset("少小低慢"), frozenset("快慢")
_JOINED = re.compile("和|与|跟|及|、|还是")
_LEAD = re.compile("^(?:请问|帮我|看看|拿|把|问一?下|,)+")
_TRAIL = re.compile("(?:相比|比|两[个项者种]|都?提标?了?|都?涨了?|这次|各|,|的)+$")
_HALVES = {"城市": "农村", "农村": "城市", "城镇": "农村", "集中": "分散", "分散": "集中", "集中养育": "散居"}
_CLASS = re.compile("[一二三四五]类(?:地区|区)")
_STATED_RATE = re.compile(r"^[,，]?(?:提高|增长|上调|增加)?(?:幅度|比例)?(?:为|约|达)?(\d+(?:\.\d+)?)[%％]")
_HUNDRED = Decimal(100)
_MOST = 5


@dataclass(frozen=True)
class _Rise:
    """One side's rise: what tells it, by how much, and at which rate, as the paper states it or as it comes to."""

    name: str
    solved: Solved
    by: Quantity
    rate: Decimal
    stated: str = ""


def raised_most(asked: Question, solver: Solver) -> Solved | None:
    """The rises of the sides that a question names, and which is the greatest; None where one of them is not told."""
    text = folded(asked.text)
    asks = _ASKS.search(text)
    if asks is None or asked.confirms or asked.is_english or asked.elsewhere:
        return None
    questions = _sides(asked, text[: asks.start()], solver, by_class=bool(asks["classes"]))
    if not 1 < len(questions) <= _MOST:
        return None
    rises = [_rise(name, said, asked, solver) for name, said in questions]
    told = [rise for rise in rises if rise]
    if len(told) < len(questions) or not all(same_family(told[0].by.unit, rise.by.unit) for rise in told):
        return None
    is_rate = bool(asks["rate"]) or asks["degree"] in _AS_RATE or "幅" in asks[0]
    claims = list(dict.fromkeys(claim for rise in told for claim in _shown(rise, is_rate=is_rate)))
    sources = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
    concluded = Claim(_conclusion(told, is_rate=is_rate, is_least=asks["degree"] in _LESS), sources)
    draft = Draft((*claims, concluded), is_settled=True)
    return together(asked, [rise.solved for rise in told], draft)


def _sides(asked: Question, before: str, solver: Solver, *, by_class: bool) -> list[tuple[str, str]]:
    """(how a side is called, what is asked of it), for two places, for the classes of a paper, or for what is named."""
    said = _LEAD.sub("", before)
    for region in asked.regions:
        said = re.sub(rf"(?:{re.escape(region)}|{re.escape(bare_name(region))})的?", "", said)
    if len(asked.regions) > 1:
        subject = _TRAIL.sub("", _LEAD.sub("", re.sub("^(?:和|与|跟|比|、|,)+", "", said)))
        return [(region, f"{region}{subject}") for region in asked.regions] if subject else []
    place = "".join(asked.regions)
    said = _TRAIL.sub("", said)
    if by_class:
        papers = [solver.index.documents[name].text for name in asked.documents]
        classes = dict.fromkeys(_CLASS.findall("".join(papers)))
        return [(name, f"{place}{name}{said}") for name in classes] if said else []
    said = said.replace("城乡低保", "城市低保和农村低保")
    parts = [part for part in (_TRAIL.sub("", part) for part in _JOINED.split(said)) if len(part) > 1]
    return [(part, f"{place}{part}") for part in _made_whole(parts)]


def _made_whole(parts: Sequence[str]) -> list[str]:
    """城市, 农村低保标准: what only the last one is called is said of all."""
    last = parts[-1] if parts else ""
    head = next((other for one, other in _HALVES.items() if last.startswith(one) and other in parts), "")
    own = next((one for one in _HALVES if last.startswith(one)), "")
    return [f"{part}{last[len(own) :]}" if head and part == head else part for part in parts]


def _rise(name: str, said: str, asked: Question, solver: Solver) -> _Rise | None:
    year = asked.years[0] if len(asked.years) == 1 else 0
    plainly = re.sub(rf"{YEAR}年", "", said)
    forms = [plainly, *([f"{plainly}{year}年比{year - 1}年"] if year else [])]
    for form in forms:
        question = understand(f"{form}提高了多少元", solver.index.documents)
        question = replace(question, documents=question.documents or asked.documents)
        solved = calculated(question, solver) or solver.solve(question)
        pair = _ends(solved)
        if pair and pair[0].value and not _is_of_other_years(solved, year):
            former, now = pair
            by = replace(now, value=now.value - former.value, period=now.period or former.period)
            rate = (by.value / former.value * _HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return _Rise(re.sub(rf"{YEAR}年", "", name), solved, by, rate, _stated_rate(solved, solver))
    return None


def _is_of_other_years(solved: Solved, year: int) -> bool:
    """Whether what is told is no rise of the year asked about, on the year before."""
    said = {y for claim in solved.draft.claims for y in years_in(without_owner(claim)) if claim.sources}
    return bool(year) and not said <= {year - 1, year}


def _ends(solved: Solved) -> tuple[Quantity, Quantity] | None:
    """(what it was, what it is): of the calculation, or of the one sentence that states both."""
    line = next((c.text for c in solved.draft.claims if c.text.startswith(CALCULATION)), "")
    if line:
        shown = [spot.quantity for spot in quantities_in(line)]
        return (shown[1], shown[0]) if len(shown) > 1 else None
    text = " ".join(claim.text for claim in solved.draft.claims if claim.sources)
    near = spots_of(text)
    pairs = [
        (low.spot.quantity, high.spot.quantity)
        for low, high in pairwise(near)
        if low.role == "before" and same_family(low.spot.quantity.unit, high.spot.quantity.unit)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _stated_rate(solved: Solved, solver: Solver) -> str:
    """The rate that stands right behind what is quoted (…提高到657元,提高幅度8%), "" without one."""
    source = next((s for claim in solved.draft.claims for s in claim.sources), None)
    if source is None or source.passage.cells:
        return ""
    behind = solver.index.documents[source.passage.document].text[source.end : source.passage.end]
    found = _STATED_RATE.match(behind)
    return behind[: found.end()].lstrip("，,") if found else ""


def _shown(rise: _Rise, *, is_rate: bool) -> list[Claim]:
    """What tells a rise, with its rate where that is asked."""
    claims = [claim for claim in rise.solved.draft.claims if claim.sources]
    if is_rate and rise.stated and claims:
        source = claims[0].sources[0]
        longer = replace(source, end=source.end + len(rise.stated) + 1)
        said = f"{claims[0].text.rstrip('。')}，{rise.stated}。"
        return [replace(claims[0], text=said, sources=(longer,))]
    return claims


def _conclusion(told: Sequence[_Rise], *, is_rate: bool, is_least: bool) -> str:
    by_year = len({rise.by.period for rise in told}) > 1

    def measure(rise: _Rise) -> Decimal:
        if is_rate:
            stated = re.search(r"\d+(?:\.\d+)?", rise.stated)
            return Decimal(stated[0]) if stated else rise.rate
        return (rise.by.per("年") if by_year else rise.by).value

    def shown(rise: _Rise) -> str:
        if is_rate:
            return f"{measure(rise).normalize():f}%"
        return f"{rise.by.per('年') if by_year else rise.by}"

    ordered = sorted(told, key=measure, reverse=not is_least)
    if len({measure(rise) for rise in told}) == 1:
        return f"提高得一样多，都是{shown(told[0])}。"
    degree = ("低" if is_least else "高") if is_rate else ("少" if is_least else "多")
    what = "提高幅度" if is_rate else "提高"
    each = "、".join(f"{rise.name}{shown(rise)}" for rise in ordered)
    return f"“{ordered[0].name}”{what}{'更' if len(told) == 2 else '最'}{degree}：{each}。"
