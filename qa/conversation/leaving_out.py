"""What a follow-up leaves out, put into it: the place, the years, the subject of the question before, where they still fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from qa.conversation.pointing import PLACE_POINTER, SUBJECT_POINTER, with_subject
from qa.conversation.rewording import NOW, FollowUp, asking, moved, placed, rest_of
from qa.understanding.antecedents import ASKING, Antecedent, without_particulars, year_words
from qa.understanding.comparison_wording import EACH_PLACE, SOME_PLACES, WHICH_PLACES
from qa.understanding.kinds import asks_for_plans, of_another_kind
from vectorstore.documents import Document
from vectorstore.numerals import years_in

EVERYWHERE = re.compile(
    rf"{EACH_PLACE}|{WHICH_PLACES}|(?:所有|全部|这|那)(?:一?个|些|几个?)?(?:地方|地区|单位)|哪(?:份|些|几份)文件|"
    rf"{SOME_PLACES}(?!的?哪)|"
    r"哪[^,。?]{0,6}最|谁[^,。?]{0,10}最|谁(?:更|家)|(?:哪里|哪儿|哪边|谁)(?:还|也)有|还有(?:哪里|哪儿|谁)|"
    r"(?:别的|其[他它])(?:地方|地区)|排名|排个?序"
)
WHICH_TIME = re.compile("第[一二三四五六]次|最[后近]一次")
IN_ALL = re.compile("总共|一共|合计|累计|总的|前后")
_IS_NOW = re.compile("(?:那|到)?(?:现在|目前|眼下)(?:的)?(?:是|有|达到|占|为)*(?:多少|几)?[\u4e00-\u9fff]?")
_AIM = re.compile("(?<=..)的?目标值?$")
_DEED = re.compile("(?<=[\u4e00-\u9fff]{2})(?:发放?|拨付|安排|投入|支出|花|用)了[\u4e00-\u9fff]+$")
_SHORTEST_NAME = 4
_ITS_PARTS = re.compile(r"^(?:具体|主要|分别|里面|这里面)(?:有|是|包括)?(?:哪|什么|啥)")


def without_years(text: str, follow_up: FollowUp, before: Antecedent) -> str:
    """The question for another place without what only the first may have: its years, a part of what was asked about."""
    if not follow_up.place:
        return ""
    wider = text.replace(before.subject, before.root) if before.subject else text
    own = wider if year_words(follow_up.text) or not before.years else wider.replace(before.years, "")
    return "" if own == text else own


def without_thing(text: str, before: Antecedent) -> str:
    """The question of what a thing has (养老机构护理型床位) without the thing, which may be named nowhere else; "" for others."""
    earlier = before.previous
    while earlier is not None:
        own = before.subject.removeprefix(earlier.subject)
        if earlier.is_thing and len(own) >= _SHORTEST_NAME and own != before.subject:
            return text.replace(before.subject, own)
        earlier = earlier.previous
    return ""


def about_its_own_subject(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """A question with a subject of its own: place and years are carried over where they still fit."""
    text = re.sub(r"呢[,、](?=.)", "", follow_up.text)
    if _ITS_PARTS.match(text) and before.subject:
        return f"{before.place}{before.years}{before.subject}{text}"
    if EVERYWHERE.search(text) and not follow_up.place:
        return text
    place = "" if follow_up.place or follow_up.asked.documents else before.place
    years = before.years if _keeps_years(follow_up, before, documents) else ""
    text = with_subject(text, follow_up.subject, before)
    return asking(placed(text, place, years, follow_up), before)


def about_the_same_subject(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """A question that names at most another place, year, kind or attribute of what was asked before."""
    rest = rest_of(follow_up)
    everywhere = EVERYWHERE.search(follow_up.text)
    if everywhere and not follow_up.place:
        return _of_all_places(follow_up.text, rest, before)
    names_something = follow_up.place or follow_up.asked.years or follow_up.asked.plan_years
    text = before.text
    if names_something:
        text = moved(text, before, follow_up)
    if not rest:
        return text if names_something else follow_up.text
    if not names_something and _IS_NOW.fullmatch(rest):
        # What there is now is no aim, and of no year of a plan.
        now = f"{before.place}现在{_AIM.sub('', before.subject)}"
        if before.asked.asks == "number" or _AIM.search(before.subject):
            return asking(now, before) if before.asked.asks == "number" else f"{now}有多少?"
    is_of_its_year = names_something or before.asked.aspect == "target"
    # A result of 2015 has no target of 2015: the plan's own year is meant.
    of_kind = of_another_kind(text if is_of_its_year else text.replace(before.years, ""), rest)
    of_kind = of_kind if is_of_its_year or asks_for_plans(rest) else of_another_kind(text, rest)
    if of_kind:
        return of_kind
    place = follow_up.place or before.place
    is_now = bool(follow_up.place) and NOW.search(follow_up.text) is not None
    years = year_words(follow_up.text) or ("" if is_now else before.years)
    comparing = re.match(r"(?:和|跟|与|同|比|较)(?:起)?", follow_up.text)
    if comparing and names_something:
        return _beside(follow_up, before, documents)
    rest = re.sub(rf"^(?:{SUBJECT_POINTER}|{PLACE_POINTER})的?", "", rest)
    if IN_ALL.match(rest):
        # 总共涨了多少, after 最后一次涨到多少.
        rest = rest.removeprefix("前后")
        is_over_years = len({years for _, years in _times_of(before)}) > 1 and not year_words(follow_up.text)
        years = "" if is_over_years else years
        before = replace(before, subject=WHICH_TIME.sub("", before.subject))
    subject = "" if before.subject and before.subject in rest else without_particulars(before.subject, rest)
    if re.match(rf"[\u4e00-\u9fff]{{3,}}?(?:{ASKING.pattern})", rest):
        # 水库移民发了直补资金, then 扶持项目几个: what was done before is another deed.
        subject = _DEED.sub("", subject)
    return f"{place}{years}{subject}{rest}" if subject or place else follow_up.text


def _times_of(before: Antecedent) -> Iterator[tuple[str, str]]:
    """(place, years) of the questions about one thing, the latest first."""
    earlier: Antecedent | None = before
    while earlier is not None and (earlier.place, earlier.subject) == (before.place, before.subject):
        yield earlier.place, earlier.years
        earlier = earlier.previous


def _beside(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """The earlier subject compared with another place (和荆门比哪个高?) or year (比2020年提高了多少?)."""
    if not follow_up.place:
        return f"{before.place}{before.years}{before.subject}{follow_up.text}"
    apart = re.search(r"(?:高|多|低|少|大|小)(?:了|出)?(?:多少|几)[^,?]*", follow_up.text)
    if apart:
        return f"{before.place}{before.years}{before.subject}比{follow_up.place}{year_words(follow_up.text)}{apart.group(0)}"
    asks = re.search(r"(?:哪|谁)[^,?]*", follow_up.text)
    years = before.years if _keeps_years(follow_up, before, documents) else ""
    places = before.place if follow_up.place in before.place else f"{before.place}和{follow_up.place}"
    return f"{places}{years}{before.subject}{asks.group(0) if asks else '各是多少'}"


def _of_all_places(text: str, rest: str, before: Antecedent) -> str:
    """The earlier subject, asked of all places; their years differ, so none is carried over."""
    subject = before.subject
    opening = re.match(
        rf"(?:那|这|在)?(?:{EACH_PLACE}|{SOME_PLACES}|{WHICH_PLACES})(?:里|中|当中)?(?:的|都)?",
        text,
    )
    if opening is None:
        return f"{subject}{rest}" if subject else text
    end = re.sub(r"^的|[呢?]+$", "", text[opening.end() :])
    return asking(f"{opening.group(0).removesuffix('的')}{subject}{end}", before)


def _keeps_years(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> bool:
    asked = follow_up.asked
    if (
        asked.years
        or asked.stated_years
        or asked.plan_years
        or not before.years
        or re.search(r"现在|目前|现有|历年|今年|去年|明年", follow_up.text)
    ):
        return False
    if len(years_in(before.operands)) > 1:
        # After 比2015年涨了多少 either year may be meant.
        return False
    if not follow_up.place:
        return not asked.documents or set(asked.documents) <= set(before.asked.documents)
    wanted = set(years_in(before.years))
    return any(wanted & set(documents[name].metadata.years) for name in asked.documents)
