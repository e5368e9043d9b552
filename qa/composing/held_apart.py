"""Two places or two times held against each other, however a question says it, put in the one form that is read for certain.

Everything hangs on the two marks, each a place with its time, or a time of one place (下陆现有, 荆门2015年): what stands before,
between and behind them without the words that only ask is what is compared, or what one side alone is called.
水库移民扶持项目,嵊州2021年安排的和2022年计划的,哪年多、多几个 → 嵊州2021年安排的水库移民扶持项目和2022年计划的水库移民扶持项目…
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.arithmetic.composer import calculated
from qa.composing.comparison import compared
from qa.composing.side_wants import degree
from qa.composing.sides import names_something
from qa.evidence.claims import CALCULATION
from qa.evidence.solving import Solved, Solver
from qa.understanding.question import Question, understand
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name

_ASKED = r"(?:多少|几何|几(?!何|[家个]?院)|多大)"
_SIZE = "[多少高低大小]"
# By how much the one is more.
_APART = re.compile(
    rf"(?:相?差|{_SIZE}|增加?|减少?|增减|[涨升降]|提高|下降|变化|变动)(?:了|出|掉)?{_ASKED}|差[距额值别]|相差|之差"
)
_WHICH_MORE = re.compile(rf"哪(?:一?[个家]|边|处|地)[^,?]{{0,4}}?{_SIZE}|谁更?{_SIZE}|更{_SIZE}|{_SIZE}还是")
# What makes another calculation of it, or one that is about more than two.
_OTHERWISE = re.compile(
    "百分|折[合成算]|[占倍番]|(?<!公)[合总共]计|一共|总共|加起来|加在一起|平均|年均|[户人]均|增幅|涨幅|降幅|增速|几成|最[多高大少低小]|每一?年|[一1]个?点|为什么|原因"
)
_TIME = (
    rf"{YEAR}\s*年(?:度|底|末|初)?(?:\d{{1,2}}月份?)?(?:底|末)?"
    r"|[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?(?:时期|期间)?(?:期?末)?(?![”\"]?(?:规划|计划))|现有|目前|现在|当前|现状"
)
_STOP = re.compile(r"[,;:?。()]|(?<=多少)、|(?<=多少[个家张户名人元处对])、")
_UNIT = r"(?:万元|亿元|人次|百分点|[个家张户名人元块处对件次所项位条座])?"
# What a clause begins with, and what one ends with, that says nothing of what is compared.
_FIRST = (
    r"请问?|帮我?|麻烦|我?想知道|我?想问一?下?|比较一?下?|对比一?下?|比一比|对照|算一?下|看看?|拿|把|将|从|论|说到|关于|就|在|和|与|跟|同|以及|及|还有|、|"
    r"到|至|相比于?|相较于?|对比|比|较|vs|VS|那么|那|又|则|并且?|再|分别|各自?|是|为|有|的|[两二](?:者|地|处|边|家|个|年)|它们|会(?!议)|要(?!点)"
)
_LAST = (
    r"和|与|跟|(?<!合)同|以及|及|、|到|至|相比|对比|(?<![占对])比|(?<!比)较|vs|VS|又|则|分别|各自?|是|(?<!行)为|有|的|"
    r"之间|[两二](?:者|地|处|边|家|个|年)|它们|方面|(?<=[\u4e00-\u9fff]{2})上|(?<=[\u4e00-\u9fff]{2})在|呢|吗|了"
)
_CHANGES = r"增加|减少|增减|提高|上升|下降|涨|降|变化|变动|相?差"
_ASKING = (
    rf"(?:是|有|为|达到?|共|要|安排了?|又)*{_ASKED}{_UNIT}|(?:哪(?:一?[个年家]|边|处|里|方|地)?|谁)(?:的)?(?:更|最|要)?{_SIZE}(?:一?些|一点)?|谁{_SIZE}|"
    rf"{_SIZE}还是{_SIZE}|(?:增加|提高|上升|多|涨)(?:了)?还是(?:减少|下降|降低|少|降)(?:了)?|更{_SIZE}|差[距额值别]|之差|"
    rf"{_SIZE}(?:了|出|掉)?{_ASKED}{_UNIT}|(?:{_CHANGES})(?:了|出|掉)?(?:{_ASKED}{_UNIT}|$)|(?:算|求|得|给|说|列)(?:出来?|一下)"
)
_LEAD = re.compile(rf"^(?:{_FIRST}|{_ASKING})")
_TAIL = re.compile(rf"(?:{_LAST}|{_ASKING})$")
# What two things would be joined by in what is compared: then it is more than one.
_JOINED = re.compile("[和与跟及、]")
_OF_EACH = 2
# Longer questions are put together of several matters.
_LONGEST = 100
# 现在有多少,比2022年少多少: papers state such a change themselves (比2022年的12430人减少2566人).
_AGAINST_BEFORE = re.compile(rf"[,，](?:比|较|与)\s*{YEAR}\s*年")
_FOLLOWS = re.compile(f"{CALCULATION}|更{_SIZE}，|相同")
# 调整后: when it was, with one side alone.
_AFTERWARDS = re.compile("^[\u4e00-\u9fff]{2}[之以]?[后前]的?")
# 荆门中心城区: a part of the place.
_PART = r"(?:[\u4e00-\u9fff]{1,5}?(?:城区|[县市区镇乡]|街道))?"


@dataclass(frozen=True)
class _Mark:
    """Where a side is named: its place and time as written, and the span of both."""

    said: str
    start: int
    end: int


def held_apart(asked: Question, solver: Solver) -> Solved | None:
    """How far two sides are apart, each with its figure; None for other questions, and where a side has no figure."""
    if (
        asked.confirms
        or asked.is_english
        or asked.is_side
        or asked.elsewhere
        or len(asked.regions) > _OF_EACH
        or len(asked.text) > _LONGEST
    ):
        return None
    text = folded(asked.text).strip("?。! ")
    of_places = len(asked.regions) == _OF_EACH
    if not of_places and _AGAINST_BEFORE.search(text):
        return None
    which_more = of_places and _WHICH_MORE.search(text) is not None
    if _OTHERWISE.search(text) or not (which_more or _APART.search(text)):
        return None
    sides = _sides(text, asked.regions)
    if not sides:
        return None
    one, other = sides
    plain = understand(f"{one}和{other}相差多少{asked.unit}", solver.index.documents)
    if set(plain.regions) != set(asked.regions) or len({*plain.years}) < len({*asked.years}):
        return None
    within = tuple(name for name in plain.documents or asked.documents if name in asked.documents)
    plain = replace(plain, documents=within or asked.documents)
    # Which of two places has more is told in words beside a table, how far they are apart in one line.
    apart = ",相差多少" if _APART.search(text) else ""
    which = replace(plain, text=f"{one}和{other}哪个更{degree(text) or '多'}{apart}")
    if which_more:
        found = _whole(compared(which, solver)) or _whole(calculated(plain, solver))
    else:
        found = _whole(calculated(plain, solver)) or (_whole(compared(which, solver)) if of_places else None)
    return replace(found, asked=asked) if found else None


def _whole(found: Solved | None) -> Solved | None:
    """What was found, where it has both sides and what follows from them."""
    if found is None or found.draft.missing or found.draft.is_partial:
        return None
    return found if any(_FOLLOWS.search(claim.text) for claim in found.draft.claims) else None


def _sides(text: str, regions: Sequence[str]) -> tuple[str, str] | None:
    """Each side with all that is said of it; None where a question has no two marks, or says of neither what is compared."""
    place = ""
    if len(regions) < _OF_EACH:
        text, place = _without_place(text, regions)
    marks = _marks(text, regions)
    if len(marks) != _OF_EACH or marks[0].said == marks[1].said:
        return None
    first, second = marks
    before = _own(text[: first.start])
    own = _own(text[first.end : second.start])
    behind = [_own(clause) for clause in _STOP.split(text[second.end :])]
    other, common = behind[0], "".join(behind[1:])
    if common and (before or not names_something(common)):
        return None
    subject = before if names_something(before) else common
    one_said, other_said = _said(own, other, subject)
    if not one_said or _JOINED.search(one_said + other_said):
        return None
    return f"{place}{first.said}{one_said}", f"{place}{second.said}{other_said}"


def _said(own: str, other: str, subject: str) -> tuple[str, str]:
    """What is said of the one side and of the other: its own words, and what both have in common."""
    names_own, names_other = names_something(_undone(own)), names_something(_undone(other))
    if subject:
        is_said_once = not names_own and not names_other
        return (
            (f"{own}的{subject}".lstrip("的"), f"{other}的{subject}".lstrip("的"))
            if is_said_once
            else ("", "")
        )
    if names_own and names_other:
        return own, other
    if names_own:
        return own, f"{other}的{_thing(own)}".lstrip("的")
    if names_other:
        return f"{own}的{_thing(other)}".lstrip("的"), other
    return "", ""


_DEEDS = re.compile("打算|计划|完成|预计|目标|实际|达到|新增|安排|准备|增加|减少|支持|投入|发放|调整后|拨付")


def _undone(said: str) -> str:
    return _DEEDS.sub("", said)


def _thing(said: str) -> str:
    """What is compared, without what one side alone did with it (安排的移民扶持项目)."""
    said = _AFTERWARDS.sub("", said)
    deed, found, thing = said.rpartition("的")
    return thing if found and not names_something(_undone(deed)) else said


def _own(text: str) -> str:
    """A piece of a question without the words that only ask or join, clause by clause."""
    return "".join(_bare(clause) for clause in _STOP.split(text))


def _bare(clause: str) -> str:
    clause = clause.strip(" 、")
    while (match := _LEAD.match(clause) or _TAIL.search(clause)) and match[0]:
        clause = clause[match.end() :] if match.start() == 0 else clause[: match.start()]
        clause = clause.strip(" 、")
    return clause


def _forms(region: str) -> str:
    return "|".join(re.escape(form) for form in (region, bare_name(region)))


def _without_place(text: str, regions: Sequence[str]) -> tuple[str, str]:
    """(the question without its one place, that place)."""
    return (re.sub(rf"(?:{_forms(regions[0])})的?", "", text), regions[0]) if regions else (text, "")


def _marks(text: str, regions: Sequence[str]) -> list[_Mark]:
    """The two sides' names: two places, each with the time beside it, or two times of one place."""
    if len(regions) < _OF_EACH:
        found = list(re.finditer(_TIME, text))
        return [_Mark(match[0], *match.span()) for match in found]
    places = "|".join(_forms(region) for region in regions)
    mark = re.compile(
        rf"(?P<before>(?:{_TIME})的?)?(?P<place>(?:{places}){_PART})(?:的?(?P<behind>{_TIME}))?"
    )
    named = list(mark.finditer(text))
    if not all(found["before"] or found["behind"] for found in named):
        # Figures of times that nobody named are not held against each other.
        return []
    return [
        _Mark(f"{found['place']}{found['behind'] or found['before']}".rstrip("的"), *found.span())
        for found in named
    ]
