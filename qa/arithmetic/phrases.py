"""The two or more things that a calculation joins, each made a question of its own.

What one of them leaves out (its place, year, subject or head noun) stands with another one:
2021年结婚登记比离婚登记 → 2021年结婚登记, 2021年离婚登记.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.arithmetic.heads import Phrase, of_parts, subject_of, with_heads
from qa.figures.quantities import Quantity, quantities_in
from qa.understanding.question import Question, understand
from qa.understanding.script import to_simplified
from vectorstore.documents import Document
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name, mentions, superiors

_YEAR_WORDS = re.compile(
    rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间|末)?|{YEAR}\s*年?(?:\d{{1,2}}月)?(?:末|底|年底|年初)?"
)
_PLAN = re.compile('[“"]?[一二三四五六七八九十]{1,3}五[”"]?(?:时期|期间)?')
# Within so many characters a name stands at the beginning of a phrase.
_NAME = 8
_MONTH = re.compile(rf"{YEAR}年\d{{1,2}}月|{YEAR}(?=年|$|[^\d])")
_BEFORE = re.compile(r"(?:之|以|调整|提标|调标|提高|上调)前|原来|原先|以前|原有|调前|起初|涨前")
_NOW = re.compile(r"现在|目前|当前|现有|现状")
# 康养中心项目的护理型床位: what of a project is meant.
_OF_PROJECT = re.compile(r"^[^,]{2,20}?(?:项目|工程|中心|院|综合体)的(?=..)")
_IN_ALL = re.compile(r"^(?:全[市县区州省旗]|总数|总量|全部|整体|合计)(?:的)?$")
_OF_ALL = re.compile("全[市县区州省旗盟]")
_TOTALITY = re.compile(r"全部|所有|整个|总的|各种各类|(?<=的)各类")
_OF_GROWTH = re.compile("年均(?:增长率?|增速|增幅)(?:的?目标)?$")
# What goes by a unit of its own without saying.
_COUNTED_IN = (("床位", "张"), ("入住老人", "人"))


@dataclass(frozen=True)
class Wanted:
    """One operand as the question describes it.

    `name` for people, `question` to be answered by the library, `own` the wording that tells it from the
    others. `dates` as written (2016年3月), `is_before` when the earlier of two values is meant, `given` when
    the question itself names the figure, `is_growth` when a rate of growth is wanted rather than an amount,
    `is_of_all` when that of the whole place is wanted beside that of a part (占全市).
    """

    name: str
    question: Question
    own: Question
    dates: tuple[str, ...] = ()
    is_before: bool = False
    given: Quantity | None = None
    unit: str = ""
    is_growth: bool = False
    is_of_all: bool = False


def wanted_for(
    texts: Sequence[str],
    asked: Question,
    unit: str,
    documents: Mapping[str, Document],
    *,
    context: str = "",
    wholes: Sequence[int] = (),
) -> list[Wanted]:
    """The operands that phrases of a question describe, each completed from the others and the question.

    `context` is part of every operand's question, but tells none of them from the others. `wholes` are the numbers
    of those that are wholes of which another is a part: what the part is called says nothing about them.
    """
    around = _phrase(context, asked, documents).text if context else ""
    phrases = [_phrase(text, asked, documents) for text in texts]
    phrases = [
        replace(phrase, is_total=True) if number in wholes else phrase
        for number, phrase in enumerate(phrases)
    ]
    phrases = of_parts(with_heads(phrases))
    shared = _shared(phrases, asked, documents, around)
    wanted = []
    for phrase in phrases:
        # Another place with a subject of its own may be asked about in another year.
        is_of_its_own = bool(phrase.places and phrase.subject and phrase.places != shared.places)
        subject = shared.subject if phrase.text.strip("的, ") else shared.of_all
        whole = replace(
            phrase,
            places=phrase.places or shared.places,
            years=phrase.years or ("" if is_of_its_own and phrases[0].years else shared.years),
            subject=phrase.subject or subject,
        )
        operand = _wanted(whole, phrase, asked, unit, documents, around)
        operand = replace(operand, is_before=operand.is_before or shared.is_before)
        wanted.append(_of_period(operand) if shared.are_times else operand)
    return wanted


@dataclass(frozen=True)
class _Shared:
    """What the phrases of a calculation have in common: said once, it is meant of each that lacks it.

    `of_all` is what a phrase without any words is about, `are_times`: they are two plans as two times, `is_before`: each
    is meant before it was raised.
    """

    places: tuple[str, ...]
    years: str
    subject: str
    of_all: str
    are_times: bool
    is_before: bool


def _shared(
    phrases: Sequence[Phrase], asked: Question, documents: Mapping[str, Document], around: str
) -> _Shared:
    places = next((phrase.places for phrase in phrases if phrase.places), asked.regions)
    if not places and _OF_ALL.search(asked.text):
        places = _above(asked, documents)
    # 人数比2021年: the year is the other one's, and that of this one the paper's own.
    is_against_year = len(phrases) == 2 and not phrases[0].years and not phrases[1].subject
    years = "" if is_against_year else next((phrase.years for phrase in phrases if phrase.years), "")
    if not is_against_year:
        years = years or next((match.group(0) for match in _YEAR_WORDS.finditer(asked.text)), "")
    subject = _subject_of_all(phrases, asked, around)
    # 荆门、嵊州两家安葬率目标: what is said with the last place is said of the first, state and all.
    of_all = next((phrase.text for phrase in phrases if phrase.subject), "") if asked.aspect else subject
    # 十三五目标比十二五: two plans set against each other are two times.
    are_times = len({phrase.years for phrase in phrases if _PLAN.fullmatch(phrase.years)}) > 1
    # A和B标准提标前差多少: the state that is said with the last is that of all.
    last = phrases[-1] if len(phrases) > 1 and not re.search("[比较]", asked.text) else None
    is_before = last is not None and bool(last.subject) and bool(_BEFORE.search(last.text))
    return _Shared(places, years, subject, of_all, are_times, is_before)


def _subject_of_all(phrases: Sequence[Phrase], asked: Question, around: str) -> str:
    """What the phrases that have no subject are about; "" where it is said before all of them."""
    subject = next((phrase.subject for phrase in phrases if phrase.subject), "")
    if len(phrases) > 1 and phrases[1].is_of_all and not phrases[1].subject:
        # 康养中心项目的护理型占比, 全区目标: what the whole has is called without the project.
        whole_of = _OF_PROJECT.sub("", phrases[0].text)
        for part in asked.named:
            # 灵山改造的敬老院占全市: what the whole has is called without the part.
            whole_of = whole_of.replace(part, "")
        subject = subject_of(whole_of.strip("的")) or subject
    if around and subject_of(around) and any(phrase.places or not phrase.subject for phrase in phrases[1:]):
        # 城市低保标准,中心城区与京山、沙洋: the subject is said before them, what the first is called is its own.
        return ""
    return subject


def _above(asked: Question, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The one region of the library within which the parts named lie: 全市 beside 宁蒗县 is 丽江市."""
    above = {parent for name in asked.named for parent in superiors(name)}
    regions = {document.metadata.region for document in documents.values()} & above
    return tuple(regions) if len(regions) == 1 else ()


def _of_period(wanted: Wanted) -> Wanted:
    """The operand with the years of the plan that it names as the years asked about."""
    question = wanted.question
    return replace(wanted, question=replace(question, years=question.years or question.plan_years))


def _phrase(text: str, asked: Question, documents: Mapping[str, Document]) -> Phrase:
    is_total = _TOTALITY.search(text) is not None
    text = _TOTALITY.sub("", text).strip(", ")
    given = None
    spots = [spot for spot in quantities_in(text) if spot.quantity.unit]
    if spots and re.fullmatch(r"(?:以上|以下|左右|的|\s)*", text[spots[-1].end :]):
        given = spots[-1].quantity
        text = text[: spots[-1].start]
    understood = understand(text, documents)
    named = tuple(region for region in asked.regions if bare_name(region) in text)
    places = understood.regions or named or understood.elsewhere
    rest = text
    for place in places:
        for name in (place, to_simplified(place)):
            for form in (name, bare_name(name)):
                rest = rest.replace(form, "", 1)
    years = _YEAR_WORDS.search(rest)
    if years:
        rest = rest.replace(years.group(0), "", 1)
    is_of_all = _OF_ALL.search(rest) is not None or (bool(places) and not rest.strip("的,在 "))
    is_whole = _IN_ALL.match(rest.strip("的,在 ")) is not None
    rest = re.sub(r"^(?:[的,市县区州]|在(?![建院册校岗职编]))+(?!级)|^全[市县区州省]的?", "", rest.strip())
    return Phrase(
        text=rest,
        places=places,
        years=years.group(0) if years else "",
        subject=subject_of(rest),
        given=given,
        is_whole=is_whole,
        is_total=is_total,
        is_of_all=is_of_all,
    )


def _wanted(
    whole: Phrase,
    phrase: Phrase,
    asked: Question,
    unit: str,
    documents: Mapping[str, Document],
    around: str,
) -> Wanted:
    subject = "" if phrase.subject else whole.subject
    counted = re.search(r"(?:人数|户数|家数|次数)$", whole.text) if not unit else None
    if counted and counted.start():
        unit = counted.group(0)[0]
        whole = replace(whole, text=whole.text[: counted.start()])
    unit = unit or next((of for name, of in _COUNTED_IN if whole.text.endswith(name)), "")
    place = to_simplified("、".join(whole.places))
    tail = f"是多少{unit}"
    said = f"{subject}{whole.text}"
    # 城市低保标准,京山、沙洋: a name that is no longer at the end of another word is found as one.
    is_name = bool(around) and bool(mentions(whole.text[:_NAME])) and not subject
    text = (f"{place}{whole.years}" + (f"{said}{around}" if is_name else f"{around}{said}")).rstrip("的")
    question = understand(f"{text}{tail}", documents)
    if _NOW.search(phrase.text) and not phrase.years:
        # 2024年目标比现在: the year is the other operand's.
        question = replace(question, years=(), aspect="result" if len(asked.regions) > 1 else "")
    if asked.documents:
        within = tuple(name for name in question.documents or asked.documents if name in asked.documents)
        question = replace(question, documents=within or asked.documents)
    own = understand(subject_of(said) + tail, documents)
    name = f"{place if phrase.places else ''}{phrase.years}{phrase.text}".strip("的,")
    return Wanted(
        name=name or subject,
        question=question,
        own=own,
        dates=tuple(match.group(0) for match in _MONTH.finditer(f"{whole.years}")),
        is_before=bool(_BEFORE.search(phrase.text)),
        given=phrase.given,
        unit=unit if counted or unit in dict(_COUNTED_IN).values() else "",
        is_growth=_OF_GROWTH.search(said) is not None,
        is_of_all=phrase.is_of_all,
    )
