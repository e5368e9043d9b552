"""How a paper is built: how many chapters or boxes (专栏) it has and which, and what the one with a number says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.composing.fields import is_of, passages_of
from qa.composing.outlining import MOST_POINTS, Point, points_of, without_number
from qa.composing.overview_wording import all_words, looks_back
from qa.evidence.claims import Claim, Source
from qa.evidence.extractive import Draft
from qa.evidence.lists import headings_below
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question
from vectorstore.folding import folded
from vectorstore.numerals import numeral_value

_NUMERAL = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
_PART = "专栏|章|(?:大)?部分|板块"
_OF_A_PAPER = "专栏|章节|章|大?部分|大?板块|大?块(?![钱地])"
_CALLED = "名字|名称|标题|题目|清单|目录"
_COUNTED = re.compile(
    # 几大部分, 哪几章, 七个专栏, but no 第七个专栏
    rf"(?:几|多少|哪几|哪些|(?<![第一二三四五六七八九十\d])(?:[两一二三四五六七八九十]{{1,3}}|\d{{1,2}}))个?大?(?:{_OF_A_PAPER})|"
    rf"专栏的?(?:一共|总共|都|分别|各|{_CALLED}|有|是|叫|包括|列){{0,6}}(?:几|多少|哪|什么|啥|列|{_CALLED})|"
    rf"(?:各|每)个?(?:专栏|章|部分|板块)的?(?:{_CALLED})|(?:章节|部分|板块)的?(?:{_CALLED})|"
    # 有几项重点工作, 要点一共几条
    r"几(?:大)?(?:项|条|件)(?:重点|主要)工作|(?:(?:重点|主要)工作|工作要点|要点)(?:一共|总共|共)?(?:有|分)?几(?:大)?(?:项|条|块|点)"
)
# 主要抓哪几块, 安排了几大块任务: parts of the work, whatever chapters the paper has.
_OF_WORK = re.compile(
    r"(?:抓|干|办|做|搞|推进?|开展|安排|部署|谋划|布置|完成)(?:了|过|好|的是|的)?(?:几|多少|哪几|哪些)个?大?(?:板块|块(?![钱地]))|"
    r"(?:工作|任务|事)(?:一共|总共|共|都|主要)?(?:是|有|分|分为|分成|包括)(?:几|哪几|哪些)个?大?(?:部分|板块|块(?![钱地]))|"
    r"(?:几|哪几|哪些)个?大?(?:部分|板块|块)的?(?:主要|重点)?(?:工作|任务|事)"
)
# How many points a heading has: 工作要求有几条.
_POINTS = re.compile(
    r"(?:的|中|里)?(?P<heading>[\u4e00-\u9fff、]{2,14}?)(?:一共|总共|都|共)?(?:有|分|分为|包括)?(?:几|多少)(?:大)?(?:条|点|项|个?方面|个)(?:内容)?[?。]?$"
)
_NAMED = re.compile(
    rf"(?P<box>专栏)\s*(?P<first>{_NUMERAL})|第(?P<second>{_NUMERAL})(?P<kind>章|个?大?部分|个?专栏|个?板块)"
)
_BOX = re.compile(rf"^专栏\s*(?P<number>{_NUMERAL})")
_NUMBERED = re.compile(rf"^第?(?P<number>{_NUMERAL})(?:章|部分|[、.．])")
# What such a question says besides the part.
_IDLE = re.compile(
    rf"{_PART}|大块|章节|第|[几个都各每分由含共有来]|叫|内容|{_CALLED}|结构|框架|组成|构成|列[出举]?|讲|写"
)
_MOST_PAPERS, _TWO, _SHORTEST_HEADING = 3, 2, 4
# Units of what a paper's own parts are counted in.
_OF_MATTERS = ("件", "项", "条", "节")
_NUMERALS = "零一二三四五六七八九十"

# A part: the path of its section, what it is called, where its heading stands.
_Part = tuple[tuple[str, ...], str, Source]


def structured(asked: Question, solver: Solver) -> Solved | None:
    """The parts of a paper counted and named, or the points of the part that a question names by its number; else None."""
    if asked.confirms or asked.elsewhere or asked.is_english or asked.asks == "date":
        return None
    text = folded(asked.text)
    named, counted = _NAMED.search(text), _COUNTED.search(text)
    points = None if counted or len(asked.documents) != 1 else _points_of_heading(text, asked, solver)
    if points:
        return points
    if counted and not _names_more(asked) and not _OF_WORK.search(text):
        return _counted(asked, solver, is_of_boxes="专栏" in text)
    return _named(asked, named, solver) if named and asked.asks in ("text", "list") else None


def _points_of_heading(text: str, asked: Question, solver: Solver) -> Solved | None:
    """How many parts the section has whose heading a question names whole, and which."""
    found = _POINTS.search(text)
    name = asked.documents[0]
    for section in solver.index.sections_of(name) if found else ():
        heading = folded(without_number(section[-1]))
        if not found or len(heading) < _SHORTEST_HEADING or not found["heading"].endswith(heading):
            continue
        if len(headings_below(section, name, solver.index)) > 1:
            return _told_by_number(section, asked, solver)
    return None


def parts_counted(asked: Question, solver: Solver) -> Solved | None:
    """How many parts the one section has whose heading says all that a question names (民生实事一共几件), and which.

    For what no sentence counts; only for what is counted as matters are (件, 项, 条), for 社会组织几个 asks for no parts.
    """
    words = [word for word in (_IDLE.sub("", word) for word in all_words(asked)) if len(word) > 1]
    if asked.unit not in _OF_MATTERS or not words or len(asked.documents) != 1 or asked.confirms:
        return None
    name = asked.documents[0]
    sections = [
        section
        for section in solver.index.sections_of(name)
        if all(word in folded(section[-1]) for word in words)
        and len(headings_below(section, name, solver.index)) > 1
    ]
    return _told_by_number(sections[0], asked, solver) if len(sections) == 1 else None


def _told_by_number(section: tuple[str, ...], asked: Question, solver: Solver) -> Solved:
    below = headings_below(section, asked.documents[0], solver.index)
    heading = without_number(section[-1])
    head = f"{owner_of(below[0][1].passage)}：{heading}共{_count(len(below))}项："
    lines = [Claim(f"- {label}", (source,)) for label, source in below]
    return _solved(asked, [Claim(head, (below[-1][1],)), *lines], solver)


def _names_more(asked: Question) -> bool:
    return any(_IDLE.sub("", word) for word in all_words(asked) if word not in _PART)


def _counted(asked: Question, solver: Solver, *, is_of_boxes: bool) -> Solved | None:
    found = [
        parts
        for name in asked.documents or solver.index.documents
        if len(parts := list(_boxes(name, solver)) if is_of_boxes else _chapters_of(asked, name, solver)) > 1
    ][:_MOST_PAPERS]
    if not found or (not is_of_boxes and len(asked.documents) != 1):
        return None
    claims: list[Claim] = []
    for parts in found:
        sources = [source for _, _, source in parts]
        document = solver.index.documents[sources[0].passage.document]
        title = f"《{document.metadata.title}》" if document.metadata.title else "全文"
        are_chapters = all(re.match("第.{1,3}章", label) for _, label, _ in parts)
        called = "个专栏" if is_of_boxes else "章" if are_chapters else "个部分"
        head = f"{document.metadata.region}{title}共有{_count(len(parts))}{called}："
        claims.append(Claim(head, (sources[-1],)))
        claims += [Claim(f"- {label}", (source,)) for _, label, source in parts]
    return _solved(asked, claims, solver)


def _chapters_of(asked: Question, name: str, solver: Solver) -> list[_Part]:
    """The chapters of a paper; of one that reports a year and plans another those of the year asked about."""
    chapters = list(_chapters(name, solver))
    passages = passages_of([name], solver)[name]
    of_year = [part for part in chapters if asked.years and is_of(part[0], passages, asked.years)]
    if len(of_year) == 1:
        section = of_year[0][0]
        return [
            ((*section, label), label, source)
            for label, source in headings_below(section, name, solver.index)
        ]
    return of_year or chapters


def _count(number: int) -> str:
    return "两" if number == _TWO else _NUMERALS[number] if number < len(_NUMERALS) else str(number)


def _named(asked: Question, named: re.Match[str], solver: Solver) -> Solved | None:
    """What the part with that number says; None where no paper asked about has one."""
    number = numeral_value(named["first"] or named["second"])
    is_box = bool(named["box"]) or "专栏" in (named["kind"] or "")
    if not is_box and len(asked.documents) != 1:
        return None
    claims: list[Claim] = []
    for name in asked.documents or solver.index.documents:
        parts = list(_boxes(name, solver) if is_box else _chapters(name, solver))
        pattern = _BOX if is_box else _NUMBERED
        held = [part for part in parts if _number_of(part[1], pattern) == number]
        claims += _told(held[0], asked, solver) if len(held) == 1 else []
    return _solved(asked, claims, solver) if claims else None


def _told(part: _Part, asked: Question, solver: Solver) -> list[Claim]:
    """The heading of a part and its points."""
    section, label, source = part
    points: list[Point] = points_of(section, source.passage.document, solver.index)[:MOST_POINTS]
    if not points or looks_back(asked):
        return []
    name = re.sub(rf"^专栏\s*(?:{_NUMERAL})\s*[:：]?\s*", "", without_number(label)) or label
    lines = [Claim(f"- {said}", sources) for said, sources in points]
    return [Claim(f"{owner_of(source.passage)}：{name}，主要有以下方面：", (source,)), *lines]


def _boxes(name: str, solver: Solver) -> Iterator[_Part]:
    """The boxes of a paper, each once, in its order, wherever they stand in its outline."""
    text = solver.index.documents[name].text
    seen: set[str] = set()
    for passage in solver.index.of_document(name):
        for depth, label in enumerate(passage.section, 1):
            if label in seen or not _BOX.match(folded(label)):
                continue
            seen.add(label)
            start = text.rfind(label, 0, passage.start)
            if start >= 0:
                yield passage.section[:depth], label, Source(passage, start, start + len(label))


def _chapters(name: str, solver: Solver) -> Iterator[_Part]:
    for label, source in headings_below((), name, solver.index):
        yield (label,), label, source


def _number_of(label: str, pattern: re.Pattern[str]) -> int:
    found = pattern.match(folded(label))
    return numeral_value(found["number"]) if found else 0


def _solved(asked: Question, claims: list[Claim], solver: Solver) -> Solved:
    solved = Solved(asked, (), Draft(tuple(claims), is_settled=True), ())
    return solver.with_evidence(solved, [claim.sources[0].passage for claim in claims if claim.sources])
