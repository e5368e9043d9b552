"""Follow-up questions made complete from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.answer import Turn
from qa.antecedents import (
    Antecedent,
    antecedent_of,
    own_subject,
    without_particulars,
    year_words,
)
from qa.english_follow_up import english_completed
from qa.homophones import as_meant
from qa.kinds import contrasted, of_another_kind
from qa.pointing import PLACE_POINTER, SUBJECT_POINTER, with_items, with_subject, with_years
from qa.question import understand
from qa.rewording import FollowUp, asking, moved, placed, rest_of
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import years_in

# Further back nobody points.
_REMEMBERED = 8
_OPENING = re.compile(
    r"^(?:(?:那么|那(?=[\u4e00-\u9fff\d“])(?!里|边|儿|个|些|年|一年|次|项|时|块)|然后|还有(?!哪|谁)|另外|其中的?|同样|再问一?下|再问|顺便(?:问一?下)?|"
    r"好的?|嗯+|哦+|噢|行|谢谢你?|明白了?|知道了|换成|换作|如果是|要是|再看看?|接着|请问|问一?下|我?想问(?:一?下)?)[,、。!:]*)+"
)
_NEW_SUBJECT = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,2})(?:先?不(?:说|谈|问|聊|管)(?:这个|那个|它|这些)?了?|换个(?:问题|话题|别的)|问(?:点|个|你?一?个)?别的|"
    r"另外(?:一个|的)问题|说(?:点|回|个)别的|另问)(?:[,。;:!]|问一?下|$)*"
)
_HAN_WORDS = re.compile(r"[\u4e00-\u9fff]{5}")
_CHATTER = re.compile(
    r"(?:谢谢你?|多谢|好的?|嗯+|哦+|噢|行|明白了?|知道了|收到|ok|你好|您好|辛苦了?|再见|[,。!、~?]|了|啊|呀)+",
    re.IGNORECASE,
)
_DATA = r"(?:数字|数据|数|结果|说法|答案|话|内容|结论|标准|信息)"
_PAPER = r"(?:原文|原话|文件|规划|文中|文里|材料|要点|总结|上面)"
# Who asks this wants to see where the answer before comes from.
_SOURCE = re.compile(
    rf"(?:请问|你)?(?:(?:这|那|上面|刚才|以上)(?:个|些|一?条|说)?的?|它)?{_DATA}?(?:是|都)?(?:从|在|根据)?"
    rf"(?:为什么|为啥|(?:是)?怎么(?:算|来|得|得出|得到|计算|说)(?:出?来)?的?|如何(?:计算|得出|得来|算出)的?|"
    rf"有?(?:什么|啥|何)?(?:依据|出处|来源|根据)(?:是|在)?(?:什么|哪里?|哪儿|吗)?|依据什么|"
    rf"{_PAPER}(?:里|中|上)?(?:到底)?(?:是?(?:怎么|如何|咋)(?:写|说|表述|讲|规定)的?|是什么|在哪里?)|(?:原文|原话)呢|"
    rf"(?:出自|在|见|写在|来自)?(?:{_PAPER}的?)?哪一?(?:页|节|章|段|条|份文件|个文件|份|句)(?:写|说|来|提到|查到|看到)?的?|(?:出自|写在|来自)哪(?:里|儿)|哪(?:里|儿)?(?:写|说|来|提到|查到|看到)的|"
    rf"(?:给我)?(?:看|贴|引用|念)?一?下?{_PAPER}|真的吗|确定吗|对吗|没错吧)[呢啊呀吗]?\?*"
)
_EVERYWHERE = re.compile(
    r"各地|各(?:个)?(?:地方|地区|区县|县区|市县|县市|家)|(?:哪|所有|全部|这|那)(?:一?个|些|几个?)?(?:地方|地区|单位)|哪(?:份|些|几份)文件|"
    r"[两三四五六七八九十几]个(?:地方|地区|区县|市县|区|市)(?!的?哪)|哪[^,。?]{0,6}最|谁[^,。?]{0,10}最|谁(?:更|家)|(?:哪里|哪儿|哪边|谁)(?:还|也)有|还有(?:哪里|哪儿|谁)|(?:别的|其[他它])(?:地方|地区)|排名|排个?序"
)
# How Chinese is written, since the result is read by people.
_FULL_WIDTH = str.maketrans({",": "，", "?": "？", ";": "；", ":": "：", "!": "！", "(": "（", ")": "）"})


def completed(text: str, earlier: Sequence[Turn], documents: Mapping[str, Document]) -> str:
    """`text` with what it leaves out taken from the conversation before it (oldest turn first).

    Place, years, kind (目标, 实际) and subject are each carried over when the new question leaves them out and
    they still fit: never a place into a question about all places, never a subject into one with its own.
    Earlier answers only tell what a pronoun or an ordinal points at. The result reads as a question of its own.
    """
    before: Antecedent | None = None
    for turn in earlier[-_REMEMBERED:]:
        if _CHATTER.fullmatch(folded(turn.question)):
            continue
        complete = _completed_once(turn.question, before, documents) if before else turn.question
        known = antecedent_of(Turn(complete, turn.answer), before, documents)
        before = known if known.is_about_something or before is None else before
    if before is None or not before.is_about_something:
        return text
    complete = _completed_once(text, before, documents)
    return text if complete == folded(text) else complete.translate(_FULL_WIDTH)


def _completed_once(text: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    said, _ = as_meant(folded(text), documents)
    if _CHATTER.fullmatch(said):
        return text
    asked = understand(said, documents)
    if asked.is_english or (before.asked.is_english and not _HAN_WORDS.search(said)):
        return english_completed(said, asked, before)
    return _in_full(said, before, documents) or text


def _in_full(said: str, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """A Chinese question with what it leaves out; "" when nothing but an opening is left of it."""
    fresh = _NEW_SUBJECT.match(said)
    said = _OPENING.sub("", said[fresh.end() :] if fresh else said).strip(" ,")
    if said and _SOURCE.fullmatch(said):
        return before.text
    said = with_items(with_years(said, before), before, documents)
    said = re.sub(r"(?<=年)(?:那|这)(?:一?次|回)|^(?:那|这)(?:一?次|回)|呢[,、]?(?=.)|呢?[?。]*$", "", said)
    contrast = contrasted(said, before.text)
    if contrast or not said:
        return contrast
    asked = understand(said, documents)
    follow_up = FollowUp(said, asked, tuple(own_subject(asked)))
    if follow_up.subject:
        return said if fresh else _about_its_own_subject(follow_up, before, documents)
    return _about_the_same_subject(follow_up, before, documents)


# --- what it leaves out ---------------------------------------------------------------------------------


def _about_its_own_subject(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """A question with a subject of its own: place and years are carried over where they still fit."""
    text = re.sub(r"呢[,、](?=.)", "", follow_up.text)
    if _EVERYWHERE.search(text) and not follow_up.place:
        return text
    place = "" if follow_up.place or follow_up.asked.documents else before.place
    years = before.years if _keeps_years(follow_up, before, documents) else ""
    text = with_subject(text, follow_up.subject, before)
    return asking(placed(text, place, years, follow_up), before)


def _about_the_same_subject(
    follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]
) -> str:
    """A question that names at most another place, year, kind or attribute of what was asked before."""
    rest = rest_of(follow_up)
    everywhere = _EVERYWHERE.search(follow_up.text)
    if everywhere and not follow_up.place:
        return _of_all_places(follow_up.text, rest, before)
    names_something = follow_up.place or follow_up.asked.years or follow_up.asked.plan_years
    text = before.text
    if names_something:
        text = moved(text, before, follow_up)
    if not rest:
        return text if names_something else follow_up.text
    of_kind = of_another_kind(text, rest)
    if of_kind:
        return of_kind
    place = follow_up.place or before.place
    years = year_words(follow_up.text) or before.years
    comparing = re.match(r"(?:和|跟|与|同|比|较)(?:起)?", follow_up.text)
    if comparing and names_something:
        return _beside(follow_up, before, documents)
    rest = re.sub(rf"^(?:{SUBJECT_POINTER}|{PLACE_POINTER})的?", "", rest)
    subject = "" if before.subject and before.subject in rest else without_particulars(before.subject, rest)
    return f"{place}{years}{subject}{rest}" if subject or place else follow_up.text


def _beside(follow_up: FollowUp, before: Antecedent, documents: Mapping[str, Document]) -> str:
    """The earlier subject compared with another place (和荆门比哪个高?) or year (比2020年提高了多少?)."""
    if not follow_up.place:
        return f"{before.place}{before.years}{before.subject}{follow_up.text}"
    asks = re.search(r"(?:哪|谁)[^,?]*", follow_up.text)
    years = before.years if _keeps_years(follow_up, before, documents) else ""
    places = before.place if follow_up.place in before.place else f"{before.place}和{follow_up.place}"
    return f"{places}{years}{before.subject}{asks.group(0) if asks else '各是多少'}"


def _of_all_places(text: str, rest: str, before: Antecedent) -> str:
    """The earlier subject, asked of all places; their years differ, so none is carried over."""
    subject = before.subject
    opening = re.match(
        r"(?:那|这|在)?(?:各地|各[个]?[^的呢,?]{1,3}|[两三四五六七八九十几]个[^的呢,?]{1,3}|所有(?:地方|地区)|哪[些个](?:地方|地区))(?:里|中|当中)?(?:的|都)?",
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
        or asked.plan_years
        or not before.years
        or re.search(r"现在|目前|现有|历年", follow_up.text)
    ):
        return False
    if not follow_up.place:
        return not asked.documents or set(asked.documents) <= set(before.asked.documents)
    wanted = set(years_in(before.years))
    return any(wanted & set(documents[name].metadata.years) for name in asked.documents)
