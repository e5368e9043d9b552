"""What a question takes for granted that the paper says is otherwise (为什么要降到30%): told as a statement of it would be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.arithmetic.composer import calculated
from qa.composing.changes_told import change_contradicting
from qa.composing.directions_supposed import going_otherwise, row_going_otherwise, told_the_other_way
from qa.composing.presumed import works_with_figures
from qa.evidence.claims import Claim, Source, sentences_of
from qa.evidence.directions import (
    FALLS,
    RISES,
    direction_of,
)
from qa.evidence.extractive import Draft
from qa.evidence.premise_owners import agrees
from qa.evidence.premises import CONTRARY, OF_ALL, contrary, stated_figures
from qa.evidence.rows import owner_of
from qa.evidence.solving import Solved, Solver
from qa.figures.punctuation import ENDING, JOINING
from qa.figures.values import figures_in
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR

_WHY = re.compile(
    r"(?:是|到底|究竟)?(?:为(?:什么|何|啥)|怎么会|咋会|怎么回事)(?:要|会|说)?|"
    r"[,，]?(?:这|那)?(?:是|有)?(?:因为)?(?:什么|啥|哪些)原因|的?原因(?:是什么|何在|是啥|有哪些|在哪里?|呢)?(?=[?。]|$)"
)
# What else is asked, behind the last that is stated: 主要放在哪些街道.
_ASKED = re.compile(
    r"[,，]?(?:主要|都|分别|具体|各|现在|将|要|准备|打算){0,3}(?:放|建|设|分布|安排|落|位于|用|花|投|给|发)?"
    r"(?:在|到|于|给|由|归|是|去|了){0,3}(?:哪|什么|谁|怎么|如何|多久|啥)[^?。]*[?。]*$"
)
_SAID_AGAIN = re.compile(r"(?:这么|这样|又|还|会|要)?[\u4e00-\u9fff]{1,2}[?。]?")
_ASKS_MORE = re.compile("多少|几|哪|谁|什么|啥|怎|如何")
_NUMERALS = "两二三四五六七八九十"
_COUNTED_NAME = re.compile(rf"[“\"]([{_NUMERALS}])([\u4e00-\u9fff]{{2,4}})[”\"]")
_SHORTEST = 6
# What is stated before what is asked of it: 既然取消了…,那今年改建几张; 2023年建成,投资多少.
_BEFORE_ASKED = re.compile(
    r"(?P<since>既然|鉴于|由于|因为)?(?P<stated>[^,?;。]{6,40}),(?:那么?|所以|则)?(?P<asks>[^?;。]+)[?。]*"
)
_STATES = re.compile(
    "建好|办好|搞好了|取消|停止|停办|撤销|叫停|终止|暂停|废止|关停|执行|建成|施行|启动|开工|投用|投入使用|完工"
)
# 试点放在古丈县,打算创建什么模式
_PLACED = re.compile(
    "[放设选落定]在|在[\u4e00-\u9fff]{2,8}(?:试点|开展|推行|建设|举办|实施|搞|做|办|建)|(?:县|市|区|街道|[乡镇村])(?:开展|推行|搞|做|办|试点)"
)
_CHANGED = re.compile(r"(?:提高|增加|上调|调整|下降|降低|减少|[提涨调升加降减])了?[到至为]了?\d")
_THAN_YEAR = re.compile(
    rf"(?P<one>.{{4,40}}?)比(?P<year>(?:{YEAR}年|上一?年|去年))(?P<way>{RISES.pattern}|{FALLS.pattern})(?P<behind>.*)"
)
# What is only reckoned with is stated of nothing; nor is who is meant.
_SUPPOSES = re.compile(
    r"如果|假如|假设|要是|若|按|想|打算(?:申请|办)|[我咱你]|请|帮|(?:满|超过|不到|未满|以[上下])\d*岁|\d岁"
)
_OF_A_FACT = re.compile("(?:才|就|刚)?(?:是)?的?(?:吧|呢|了吧|对吧|嘛)$|的$")
# What asks of a statement in one clause: 是哪一年评上…的, 为什么要调整四次.
_ASKED_INSIDE = re.compile(
    "(?:到底|具体|分别|都|主要|一共)*(?:是|在|于|从|由|归|放在|位于)*(?:哪一?年|哪[几一]?个?月份?|几月(?:几[日号])?|(?:什么|啥)时候?|何时|哪[一]?天|哪(?:里|儿|些地方)|谁|"
    "哪(?:一?家|个|些)(?:公司|单位|部门|街道|乡镇|社区|县|机构)?|为(?:什么|何|啥)(?:要|会)?|怎么(?:会)?|如何)(?:开始|起)?"
)
# A figure, a day, a year, a counted name, a level or all of something: it may be another one, or not all.
_DEFINITE = re.compile(
    rf"\d|[“\"]?[{_NUMERALS}](?:大|个|项|同|助|社|化|次)|(?:国家|[省市县区州])级|全部|都|一个不落|首[个家]|唯一"
)
_IS_LESS, _TWO_AND_RESULT = re.compile("较[高多]）"), 3
# 减少了多少: which way it went is taken for granted, how far is asked.
_BY_HOW_MUCH = re.compile(
    rf"(?P<way>{RISES.pattern}|{FALLS.pattern})了?(?:多少|几)[\u4e00-\u9fff]{{0,3}}(?:呢)?[?。]*$"
)
_NOT_DONE = re.compile("(?:没有?|未|不再?)(?:做|搞|建|办|开展|建设|实施|安排|新建|新增|发放?|提供|进行)了?")


def told_otherwise(asked: Question, solver: Solver) -> Solved | None:
    """What the paper says instead of what a question takes for granted: its reason is asked, or something beside it.

    None where the paper says nothing else, and for other questions.
    """
    if asked.confirms or asked.is_english or asked.elsewhere:
        return None
    text = folded(asked.text)
    counted = _counted_otherwise(text, asked, solver)
    if counted:
        return counted
    before = _BEFORE_ASKED.fullmatch(text)
    if before and _ASKS_MORE.search(before["asks"]) and not _WHY.search(text):
        return _told_before_asked(asked, before, solver)
    by_how_much = _BY_HOW_MUCH.search(text)
    if by_how_much and asked.asks == "number":
        stated = text[: by_how_much.end("way")]
        others = row_going_otherwise(stated, solver) or going_otherwise(stated, solver, with_added=False)
        return _only(asked, others, solver)
    stated = _stated_in(text, asked)
    if len(stated) < _SHORTEST or _ASKS_MORE.search(stated):
        return None
    others = _contrary_to(stated, solver) or told_the_other_way(stated, solver)
    return _only(asked, others, solver)


def refused_otherwise(solved: Solved, solver: Solver) -> Solved:
    """The solution of a question that is refused for what it takes for granted, with what the paper says instead of that.

    What it states (农村低保不低于6000元/年,从几月起) is held against the papers as a statement would be. Unchanged where the
    papers do not contradict it.
    """
    asked = solved.asked
    if asked.confirms or asked.is_english or asked.elsewhere or _says_the_figures(solved):
        return solved
    for said in _said_in(folded(asked.text)):
        others = _contrary_to(_of_the_place(said, asked, solver), solver)
        if others:
            return replace(solved, draft=Draft(others[:1], is_settled=True))
    return solved


def _says_the_figures(solved: Solved) -> bool:
    """Whether an answer stands by itself: to when or where something came to a figure, it gives that figure too."""
    asked, claims = solved.asked, solved.draft.claims
    if not claims or OF_ALL.search(folded(asked.text)):
        return False
    stated = stated_figures(asked) if asked.asks in ("date", "place") else []
    told = [figure for claim in claims for figure in figures_in(claim.text)]
    return all(any(agrees(figure, other) for other in told) for figure in stated)


def _said_in(text: str) -> list[str]:
    """What a question states of something definite: the clauses that ask nothing, without one what is left of it."""
    if not _ASKS_MORE.search(text):
        return []
    clauses = [clause for clause in re.split("[,;。?]", text) if clause and not _SUPPOSES.search(clause)]
    stated = [clause for clause in clauses if not _ASKS_MORE.search(clause)]
    said = stated or [_ASKED_INSIDE.sub("", clause) for clause in clauses]
    plain = [_OF_A_FACT.sub("", clause) for clause in said if not _ASKS_MORE.search(clause)]
    return [clause for clause in plain if len(clause) >= _SHORTEST and _is_definite(clause)]


def _is_definite(clause: str) -> bool:
    """Whether a clause gives something that may be otherwise; a year does, where something was done then."""
    bare = re.sub(rf"{YEAR}年", "", clause)
    return _DEFINITE.search(bare) is not None or (bare != clause and _STATES.search(clause) is not None)


def _of_the_place(stated: str, asked: Question, solver: Solver) -> str:
    """What is stated, of the place that the question names elsewhere."""
    own = understand(stated, solver.index.documents)
    return stated if own.regions or not asked.regions else f"{asked.regions[0]}{stated}"


def _stated_in(text: str, asked: Question) -> str:
    """What a question for a reason, or for something beside a figure, states; "" for others."""
    why = _WHY.search(text)
    states = asked.asks != "number" and bool(stated_figures(asked)) and not works_with_figures(text)
    asks = why or (_ASKED.search(text) if states else None)
    if asks is None:
        return ""
    behind = text[asks.end() :] if why else ""
    if _SAID_AGAIN.fullmatch(behind) and text[: asks.start()].endswith(","):
        # …要降到770元,为什么要降: it has been stated already.
        behind = ""
    stated = (text[: asks.start()] + behind).strip(" ,。?呢啊的")
    return _NOT_DONE.sub("没有", stated)


def _only(asked: Question, others: Sequence[Claim], solver: Solver) -> Solved | None:
    solved = solver.solve(asked) if others else None
    return replace(solved, draft=Draft(tuple(others[:1]), is_settled=True)) if solved else None


def _told_before_asked(asked: Question, before: re.Match[str], solver: Solver) -> Solved | None:
    """What the paper says instead of what is stated first, and then what is asked."""
    stated = before["stated"].rstrip("吧了")
    is_placed = _PLACED.search(stated) is not None
    states = (
        before["since"]
        or _STATES.search(stated)
        or direction_of(stated)
        or _CHANGED.search(stated)
        or is_placed
    )
    if not states or _ASKS_MORE.search(stated):
        return None
    others = _contrary_to(stated, solver)
    if not others:
        return _changed_otherwise(asked, stated, solver)
    # What is asked is not told of the place that the statement is wrong about.
    solved = solver.solve(replace(asked, named=()) if is_placed else asked)
    more = [
        claim
        for claim in solved.draft.claims
        if not any(_overlap(source, told) for source in claim.sources for told in others[0].sources)
    ]
    return replace(solved, asked=asked, draft=Draft((*others[:1], *more), is_settled=True))


def _changed_otherwise(asked: Question, stated: str, solver: Solver) -> Solved | None:
    """The figures of two years of which a statement says that the later is more, or less, and whether it is so
    (比2021年增加到36个); None for other statements, and where one is not found."""
    than = _THAN_YEAR.match(stated)
    if than is None:
        return None
    unit = next((figure.unit for figure in figures_in(than["behind"])), "")
    apart = understand(f"{than['one']}比{than['year']}多多少{unit}", solver.index.documents)
    found = calculated(apart, solver)
    if found is None or len(found.draft.claims) < _TWO_AND_RESULT:
        return None
    first, *rest = found.draft.claims
    is_less = _IS_LESS.search(rest[-1].text) is not None
    says_less = FALLS.fullmatch(than["way"]) is not None
    claims = found.draft.claims if is_less == says_less else (contrary(first), *rest)
    return replace(found, asked=asked, draft=replace(found.draft, claims=claims))


def _overlap(one: Source, other: Source) -> bool:
    return one.passage.id == other.passage.id and one.start < other.end and other.start < one.end


def _contrary_to(stated: str, solver: Solver) -> tuple[Claim, ...]:
    changed = change_contradicting(stated, solver)
    if changed:
        return (changed,)
    solved = solver.solve(understand(f"{stated}吗?", solver.index.documents))
    return tuple(claim for claim in solved.draft.claims if claim.text.startswith(CONTRARY))


def _counted_otherwise(text: str, asked: Question, solver: Solver) -> Solved | None:
    """Where a question counts a name as the one paper asked about never does (六社联动): the sentence with the paper's own."""
    counts = any(numeral in text for numeral in _NUMERALS)
    if not counts or len(asked.documents) != 1 or asked.asks not in ("text", "list"):
        return None
    whole = folded(solver.index.documents[asked.documents[0]].text)
    for numeral, name in dict.fromkeys(_COUNTED_NAME.findall(whole)):
        said = [n for n in _NUMERALS if f"{n}{name}" in text]
        # Of two that the paper has (三社联动, 五社联动) the one is told that the question does not name.
        if numeral in said or all(f"{n}{name}" in whole for n in said):
            continue
        claim = _sentence_with(f"{numeral}{name}", asked.documents[0], solver)
        if claim:
            return Solved(asked, (), Draft((contrary(claim),), is_settled=True), ())
    return None


def _sentence_with(name: str, document: str, solver: Solver) -> Claim | None:
    text = solver.index.documents[document].text
    for passage in solver.index.of_document(document):
        for source in () if passage.cells else sentences_of(passage, text):
            said = text[source.start : source.end]
            if name in folded(said):
                return Claim(f"{owner_of(passage)}：{said.rstrip(JOINING + ENDING)}。", (source,))
    return None
