"""Phrases of a calculation that lack their head noun, completed from one another: 消防, 食品两类隐患 → 消防隐患, 食品隐患."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.arithmetic.contrasts import CONTRASTS
from qa.figures.degrees import degrees_in, of_degree
from qa.figures.quantities import Quantity
from vectorstore.places import mentions

# What is no longer names a deed or a kind, and no thing (新设, 民办).
_ONE_WORD = 2
# Words that say which of two states of a thing is meant, not which thing.
_STATE = re.compile(
    r"目标值?|实际(?:完成)?[数值]?|完成[数值]?|计划[数值]?|现有|现状|目前|现在|当前|原来的?|原先|(?:提标|调标|上调)(?:之|以)?[前后]|以前|之前|调整|调完|后来|"
    r"[前后]$|水平|[数值]$|(?<=年)[末底]|(?<!岁)以[上下]|左右|要求|规划|底线|全部|所有|各类|总的?|的时候|时$|期间|[的了,:“”\" ]"
)
# A town, a district or a part of one, no 城市低保 and no 二类区, and what of it is meant.
_PART = re.compile(
    r"(?!城市|[一二三四五六七八九甲乙丙丁]类)(?P<part>[\u4e00-\u9fff]{1,4}?(?:街道|[镇乡县市区旗片村])(?![型级长委里民])(?:区)?)的?(?P<noun>[\u4e00-\u9fff]{2,}|$)"
)
_AGE = re.compile(r"\d{2,3}周?岁(?:以上|及以上)?")
_GRADE = re.compile("[一二三四五六七八九甲乙丙丁](?:类区?|档|级)")
_ONLY_AGE = re.compile(rf"{_AGE.pattern}(?:老人|老年人)?的?")
# What is only to be added or was done (2024年要新建的) is of the thing named elsewhere.
_ONLY_DEED = re.compile(
    "(?:要|将|会|计划|打算|拟|再|已|已经)*(?:新[建增设开]|改[建造]|增加|增设|建设|建成|建|完成|关停|注销|退出)"
)
_HEAD_MARK = re.compile(
    r"[两二三四五六七八九十\d]+(?:大)?(?:项|类|者|种|样|地|方面|笔|块|部分|个地方)(?:的)?"
)


@dataclass(frozen=True)
class Phrase:
    """What a question calls one operand: its text without place and years, and what of that names its thing."""

    text: str
    places: tuple[str, ...]
    years: str
    subject: str
    given: Quantity | None
    is_whole: bool = False
    is_total: bool = False
    is_of_all: bool = False


def subject_of(text: str) -> str:
    """What of a phrase names its thing; "" when it names a state of the thing alone (的实际数)."""
    bare = text
    while (shorter := _STATE.sub("", bare)) != bare:
        bare = shorter
    bare = re.sub(r"^(?:标准|数量|人数|金额|那边|这边|年|月|一年|每月)$", "", bare)
    return bare if len(bare) > 1 else ""


def of_parts(phrases: Sequence[Phrase]) -> list[Phrase]:
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


def with_heads(phrases: Sequence[Phrase]) -> list[Phrase]:
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


def _headed(phrase: Phrase, other: Phrase) -> str:
    """A phrase's text, with what it shares with a longer one when it is cut short."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    for grade, only in ((_AGE, _ONLY_AGE), (_GRADE, _GRADE)):
        # 90岁老人的津贴, 85岁的; 城市低保一类区, 三类区: the same, at another age or of another grade.
        said = grade.search(other.text)
        if said and only.fullmatch(phrase.text.rstrip("的")):
            return other.text.replace(said[0], phrase.text.rstrip("的"))
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
    if degrees_in(phrase.subject) and degrees_in(other.subject):
        # 护理费完全丧失自理能力的, 轻度的: a degree is no name, and takes that of the other in front of it.
        return of_degree(phrase.text.rstrip("的"), other.text.rstrip("的"))
    is_deed = _ONLY_DEED.fullmatch(phrase.subject) is not None
    is_cut_short = (
        is_deed or len(words) == 1 or len(phrase.subject) <= _ONE_WORD or phrase.text.endswith("的")
    )
    if not is_cut_short or len(other_words) < 2 or len(other.subject) <= len(phrase.subject):
        return phrase.text
    tail = other.text.rpartition("的")[2] if "的" in other.text.rstrip("的") else other_words[-1]
    bare, head = phrase.text.rstrip("的"), ""
    if phrase.text.endswith("的") and other.text.endswith("的") and len(other_words) > len(words):
        # 补助资金拨付的, 安排投入的: what was done with it says which, the thing is the same.
        head, tail = other.text.rstrip("的").removesuffix(other_words[-1]), ""
    return head + bare if bare.endswith(tail) else bare + tail


def _said(phrase: Phrase, text: str) -> Phrase:
    return replace(phrase, text=text, subject=subject_of(text))
