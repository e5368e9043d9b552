"""Whether the parts that a paper gives of a whole make it, or the names that it counts are so many: counted in code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa.evidence.claims import CALCULATION, Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.findings import Finding
from qa.evidence.premises import CONTRARY
from qa.evidence.prose import quoted
from qa.evidence.solving import Solved, Solver
from qa.figures.quantities import Quantity, quantities_in, same_family
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import from_chinese

# 民非加社团是不是正好63个, 返乡、护送的加起来等于177吗, 两类加起来对得上吗
_TOGETHER = (
    r"(?:加起来|加在?一[起块]|合起来|相加|之和|加总|合计|总和|(?<=[\u4e00-\u9fff])加(?=[\u4e00-\u9fff]))"
)
_HOLDS = r"(?:对得上|对不上|对不对|对[吗么]|等于|是不是|是否|正好|刚好|一致|相符|吻合|够不够|有没有(?:超过?|问题)|能不能对上)"
_ADDS_UP = re.compile(rf"{_TOGETHER}[^?]*{_HOLDS}[^?]*[?。]*$")
# 实际列了几个, 列出来的名字够不够14个
_LISTED = re.compile(
    r"(?:实际|到底|究竟|真的?|文中|文里)*(?:上)?(?:只|就|一共|总共)?(?:列|写|点|数|举)(?:出|了|明|得)*(?:来)?(?:的)?(?:名字|名称|项目|地方|内容)*"
    r"(?:有|是)?(?:了)?(?:够不够|够|是不是|有没有|几|多少)[^?]*[?。]*$"
)
_SAYS_SO_MANY = re.compile("(?P<number>\\d{1,2}|[两三四五六七八九十]{1,2})(?P<unit>大|[个项种类处座家条名])")
# Where a list of names begins: behind a verb that is followed by them, or behind a mark.
_OPENS = re.compile(r"(?:包括|包含|涵盖|完成|即|为|有|含|[:;,])(?=[^:;,]*$)")
_PARTS = re.compile(r"[(,;:]?其中:?|[(:](?=[^():]*\d)")
_PEOPLE = frozenset("人名位户") | {"人次"}
_FEW, _LEAST, _ABOUT_IT = 8, 2, 0.4


@dataclass(frozen=True)
class _Whole:
    """A whole and the parts that one sentence gives of it."""

    finding: Finding
    whole: Quantity
    parts: tuple[Quantity, ...]


def added_up(asked: Question, solver: Solver) -> Solved | None:
    """Whether parts make their whole, or names are as many as is said; None for other questions, and where nothing is found."""
    if asked.is_english or len(asked.regions) > 1:
        return None
    text = folded(asked.text)
    if (adds := _ADDS_UP.search(text)) and adds.start() > _LEAST:
        return _parts_held(asked, text[: adds.start()], solver)
    listed = _LISTED.search(text)
    said = _SAYS_SO_MANY.search(text[: listed.start()]) if listed else None
    return _names_counted(asked, text[: listed.start()], said, solver) if listed and said else None


def _parts_held(asked: Question, subject: str, solver: Solver) -> Solved | None:
    own = replace(understand(f"{subject}有多少?", solver.index.documents), confirms=False)
    solved = solver.solve(replace(own, documents=asked.documents or own.documents))
    found = next((whole for f in solved.findings[:_FEW] for whole in _wholes_in(f)), None)
    if found is None or found.finding.coverage < _ABOUT_IT:
        return None
    total = replace(
        found.parts[0], value=sum((part.value for part in found.parts), start=found.parts[0].value * 0)
    )
    steps = f"{' + '.join(map(str, found.parts))} = {total}"
    if total.value == found.whole.value:
        verdict = f"与文中的{found.whole}一致"
    else:
        verdict = f"与文中的{found.whole}不相等；文中没有说这几项就是全部"
    source = Source(found.finding.passage, found.finding.start, found.finding.end)
    claims = (_told(asked, found), Claim(f"{CALCULATION}{steps}，{verdict}。", (source,)))
    return replace(solved, asked=asked, draft=Draft(claims, is_settled=True))


def _told(asked: Question, found: _Whole) -> Claim:
    """The sentence, told to be contrary where it gives another whole than the one that is asked about."""
    stated = [s.quantity for s in quantities_in(asked.text) if _is_alike(s.quantity, found.whole)]
    known = {found.whole.value, *(part.value for part in found.parts)}
    claim = quoted([found.finding])
    if stated and not any(quantity.value in known for quantity in stated):
        return replace(claim, text=f"{CONTRARY}{claim.text}")
    return claim


def _wholes_in(finding: Finding) -> Iterator[_Whole]:
    """63个(其中民非30个,社团33个), 78名,其中社工师7名,助理社工师71名: wholes with two parts and more behind them."""
    text = folded(finding.text)
    if finding.passage.cells:
        return
    spots = quantities_in(text)
    for mark in _PARTS.finditer(text):
        before = [s.quantity for s in spots if s.end <= mark.start()]
        if not before:
            continue
        stops = ")。;" if mark[0].startswith("(") else "。;"
        until = min((at for stop in stops if (at := text.find(stop, mark.end())) >= 0), default=len(text))
        parts = [s.quantity for s in spots if s.start >= mark.end() and s.end <= until]
        alike = tuple(part for part in parts if _is_alike(part, before[-1]))
        if len(alike) >= _LEAST:
            yield _Whole(finding, before[-1], alike)


def _is_alike(part: Quantity, whole: Quantity) -> bool:
    are_people = part.unit in _PEOPLE and whole.unit in _PEOPLE
    return part.period == whole.period and (are_people or same_family(part.unit, whole.unit))


def _names_counted(asked: Question, subject: str, said: re.Match[str], solver: Solver) -> Solved | None:
    number, unit = said["number"], said["unit"]
    size = int(number) if number.isdigit() else (from_chinese(number) or 0)
    own = understand(subject, solver.index.documents)
    solved = solver.solve(
        replace(own, documents=asked.documents or own.documents, confirms=False, asks="text")
    )
    written = re.compile(rf"等?[“\"]?(?:{size}|{re.escape(number)}){unit}")
    for finding in () if size < _LEAST else solved.findings[:_FEW]:
        for counted in written.finditer(folded(finding.text)):
            names = _names_before(folded(finding.text)[: counted.start()])
            if len(names) >= _LEAST and finding.coverage >= _ABOUT_IT:
                how = "一致" if len(names) == size else "不一致"
                kind = "项" if unit == "大" else unit
                text = f"文中列出的名称按顿号计有{len(names)}{kind}：{'、'.join(names)}，与所说的{number}{unit}{how}。"
                if any("(" in name for name in names):
                    text += "括号里的分期没有另计。"
                claim = Claim(text, (Source(finding.passage, finding.start, finding.end),))
                draft = Draft((quoted([finding]), claim), is_settled=True)
                return replace(solved, asked=asked, draft=draft)
    return None


def _names_before(text: str) -> list[str]:
    """The names of a list that ends a text; marks within brackets part nothing (嵊星湾(一、二、三期))."""
    bare = re.sub(r"\([^()]*\)", lambda within: "\0" * len(within[0]), text)
    opened = list(_OPENS.finditer(bare))
    start = opened[-1].end() if opened else 0
    ends = [*(start + mark.start() for mark in re.finditer("、", bare[start:])), len(text)]
    starts = [start, *(end + 1 for end in ends[:-1])]
    return [name for first, last in zip(starts, ends, strict=True) if (name := text[first:last].strip())]
