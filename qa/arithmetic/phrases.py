"""The two or more things that a calculation joins, each made a question of its own.

What one of them leaves out (its place, year, subject or head noun) stands with another one:
2021年结婚登记比离婚登记 → 2021年结婚登记, 2021年离婚登记.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qa.arithmetic.contrasts import CONTRASTS
from qa.figures.quantities import Quantity, quantities_in
from qa.understanding.question import Question, understand
from qa.understanding.wording import to_simplified
from vectorstore.documents import Document
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name, mentions, superiors

_YEAR_WORDS = re.compile(
    rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间|末)?|{YEAR}\s*年?(?:\d{{1,2}}月)?(?:末|底|年底|年初)?"
)
_PLAN = re.compile('[“"]?[一二三四五六七八九十]{1,3}五[”"]?(?:时期|期间)?')
# Within so many characters a name stands at the beginning of a phrase.
_NAME = 8
# What is no longer names a deed or a kind, and no thing (新设, 民办).
_ONE_WORD = 2
_MONTH = re.compile(rf"{YEAR}年\d{{1,2}}月|{YEAR}(?=年|$|[^\d])")
# Words that say which of two states of a thing is meant, not which thing.
_STATE = re.compile(
    r"目标值?|实际(?:完成)?[数值]?|完成[数值]?|计划[数值]?|现有|现状|目前|现在|当前|原来的?|原先|(?:提标|调标|上调)(?:之|以)?[前后]|以前|之前|调整|调完|后来|"
    r"[前后]$|水平|[数值]$|(?<=年)[末底]|(?<!岁)以[上下]|左右|要求|规划|底线|全部|所有|各类|总的?|的时候|时$|期间|[的了,:“”\" ]"
)
_BEFORE = re.compile(r"(?:之|以|调整|提标|调标|提高|上调)前|原来|原先|以前|原有|调前|起初|涨前")
_NOW = re.compile(r"现在|目前|当前|现有|现状")
# A town, a district or a part of one, and what of it is meant.
_PART = re.compile(
    r"(?P<part>[\u4e00-\u9fff]{1,4}?(?:街道|[镇乡县市区旗片村])(?![型级长委里民])(?:区)?)的?(?P<noun>[\u4e00-\u9fff]{2,}|$)"
)
_IN_ALL = re.compile(r"^(?:全[市县区州省旗]|总数|总量|全部|整体|合计)(?:的)?$")
_OF_ALL = re.compile("全[市县区州省旗盟]")
_TOTALITY = re.compile(r"全部|所有|整个|总的|各种各类|(?<=的)各类")
# What goes by a unit of its own without saying.
_COUNTED_IN = (("床位", "张"), ("入住老人", "人"))
_HEAD_MARK = re.compile(
    r"[两二三四五六七八九十\d]+(?:大)?(?:项|类|者|种|样|地|方面|笔|块|部分|个地方)(?:的)?"
)


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


@dataclass(frozen=True)
class _Phrase:
    text: str
    places: tuple[str, ...]
    years: str
    subject: str
    given: Quantity | None
    is_whole: bool = False
    is_total: bool = False
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
    phrases = _of_parts(_with_heads(phrases))
    places = next((phrase.places for phrase in phrases if phrase.places), asked.regions)
    if not places and _OF_ALL.search(asked.text):
        places = _above(asked, documents)
    # 人数比2021年: the year is the other one's, and that of this one the paper's own.
    is_against_year = len(phrases) == 2 and not phrases[0].years and not phrases[1].subject
    years = "" if is_against_year else next((phrase.years for phrase in phrases if phrase.years), "")
    if not is_against_year:
        years = years or next((match.group(0) for match in _YEAR_WORDS.finditer(asked.text)), "")
    subject = next((phrase.subject for phrase in phrases if phrase.subject), "")
    if around and _subject(around) and any(phrase.places or not phrase.subject for phrase in phrases[1:]):
        # 城市低保标准,中心城区与京山、沙洋: the subject is said before them, what the first is called is its own.
        subject = ""
    # 荆门、嵊州两家安葬率目标: what is said with the last place is said of the first, state and all.
    of_all = next((phrase.text for phrase in phrases if phrase.subject), "") if asked.aspect else subject
    # 十三五目标比十二五: two plans set against each other are two times.
    are_times = len({phrase.years for phrase in phrases if _PLAN.fullmatch(phrase.years)}) > 1
    wanted = []
    for phrase in phrases:
        # Another place with a subject of its own may be asked about in another year.
        is_of_its_own = bool(phrase.places and phrase.subject and phrase.places != places)
        whole = replace(
            phrase,
            places=phrase.places or places,
            years=phrase.years or ("" if is_of_its_own and phrases[0].years else years),
            subject=phrase.subject or (subject if phrase.text.strip("的, ") else of_all),
        )
        operand = _wanted(whole, phrase, asked, unit, documents, around)
        wanted.append(_of_period(operand) if are_times else operand)
    return wanted


def _above(asked: Question, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The one region of the library within which the parts named lie: 全市 beside 宁蒗县 is 丽江市."""
    above = {parent for name in asked.named for parent in superiors(name)}
    regions = {document.metadata.region for document in documents.values()} & above
    return tuple(regions) if len(regions) == 1 else ()


def _of_period(wanted: Wanted) -> Wanted:
    """The operand with the years of the plan that it names as the years asked about."""
    question = wanted.question
    return replace(wanted, question=replace(question, years=question.years or question.plan_years))


def _phrase(text: str, asked: Question, documents: Mapping[str, Document]) -> _Phrase:
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
    return _Phrase(
        text=rest,
        places=places,
        years=years.group(0) if years else "",
        subject=_subject(rest),
        given=given,
        is_whole=is_whole,
        is_total=is_total,
        is_of_all=is_of_all,
    )


def _subject(text: str) -> str:
    """What of a phrase names its thing; "" when it names a state of the thing alone (的实际数)."""
    bare = text
    while (shorter := _STATE.sub("", bare)) != bare:
        bare = shorter
    bare = re.sub(r"^(?:标准|数量|人数|金额|那边|这边|年|月|一年|每月)$", "", bare)
    return bare if len(bare) > 1 else ""


def _of_parts(phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """双河镇, 新营子镇养老服务站 → both 养老服务站; 王家坝片床位, 全县 → both 床位."""
    nouns = (match["noun"] for phrase in phrases if (match := _PART.match(phrase.text)) and match["noun"])
    noun = max(nouns, key=len, default="")
    # 古城区农村低保占丽江市: the city's 农村低保. 农村 is no part of a place.
    is_of_place = any((part := _PART.match(phrase.text)) and mentions(part["part"]) for phrase in phrases)
    return [
        _said(phrase, ("" if phrase.is_whole else phrase.text) + noun)
        if noun
        and (
            phrase.is_whole
            or (is_of_place and phrase.places and not phrase.text)
            or ((part := _PART.match(phrase.text)) and not part["noun"])
        )
        else phrase
        for phrase in phrases
    ]


def _with_heads(phrases: Sequence[_Phrase]) -> list[_Phrase]:
    """Phrases that lack their head noun, with that of another: 消防, 食品两类隐患 → 消防隐患, 食品隐患."""
    marked = [_HEAD_MARK.search(phrase.text) for phrase in phrases]
    last = marked[-1] if marked else None
    if last and last.start() > 0:
        head = phrases[-1].text[last.end() :]
        bodies = [*(phrase.text for phrase in phrases[:-1]), phrases[-1].text[: last.start()]]
        return [
            _said(p, body if body.endswith(head) else body + head)
            for p, body in zip(phrases, bodies, strict=True)
        ]
    result = []
    for phrase in phrases:
        others = [other for other in phrases if other is not phrase and other.subject]
        longest = max(others, key=lambda other: len(other.subject), default=None)
        part = _PART.fullmatch(phrase.text)
        is_part = part is not None and not part["noun"]
        is_short = phrase.subject and longest and not phrase.is_total and not is_part
        result.append(_said(phrase, _headed(phrase, longest)) if is_short and longest else phrase)
    return result


def _headed(phrase: _Phrase, other: _Phrase) -> str:
    """A phrase's text, with what it shares with a longer one when it is cut short."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    words, other_words = rjieba.cut(phrase.subject), rjieba.cut(other.subject)
    for pair in CONTRASTS:
        for one, counterpart in (pair, pair[::-1]):
            if (
                phrase.subject.startswith(one)
                and counterpart in other.text
                and other.text.count(counterpart) == 1
            ):
                replaced = other.text.replace(counterpart, one)
                if phrase.subject[len(one) :].rstrip("的") not in other.text:
                    # 农村互助幸福院 beside 城市社区日间照料中心 has a noun of its own.
                    continue
                if len(replaced) > len(phrase.text):
                    return replaced
    is_short = len(words) == 1 and len(phrase.subject) <= len(other_words[-1]) + 1
    if is_short and phrase.subject[-1] == other.subject[-1] and len(other_words) > 2:
        # 特困人员生活费, 护理费: what stands in front of the one is the other's, too.
        return other.text.removesuffix(other_words[-1]) + phrase.text
    is_cut_short = len(words) == 1 or len(phrase.subject) <= _ONE_WORD or phrase.text.endswith("的")
    if not is_cut_short or len(other_words) < 2 or len(other.subject) <= len(phrase.subject):
        return phrase.text
    tail = other.text.rpartition("的")[2] if "的" in other.text.rstrip("的") else other_words[-1]
    bare = phrase.text.rstrip("的")
    return bare if bare.endswith(tail) else bare + tail


def _said(phrase: _Phrase, text: str) -> _Phrase:
    return replace(phrase, text=text, subject=_subject(text))


def _wanted(
    whole: _Phrase,
    phrase: _Phrase,
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
        question = replace(question, years=(), aspect="")
    if asked.documents:
        within = tuple(name for name in question.documents or asked.documents if name in asked.documents)
        question = replace(question, documents=within or asked.documents)
    own = understand(_subject(said) + tail, documents)
    name = f"{place if phrase.places else ''}{phrase.years}{phrase.text}".strip("的,")
    return Wanted(
        name=name or subject,
        question=question,
        own=own,
        dates=tuple(match.group(0) for match in _MONTH.finditer(f"{whole.years}")),
        is_before=bool(_BEFORE.search(phrase.text)),
        given=phrase.given,
        unit=unit if counted or unit in dict(_COUNTED_IN).values() else "",
        is_of_all=phrase.is_of_all,
    )
