"""The nouns of a question: what it counts, what its figure is a figure of, what a bare name asks of its subject."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from qa.evidence.relevance import bigrams, listed_levels, plain
from qa.evidence.vocabulary import NOUN_TAGS
from qa.figures.values import PERSONS, figures_in
from qa.understanding.asking import is_telegraphic
from qa.understanding.question import Question
from qa.understanding.unit_asked import OF_TIME, counted_around
from qa.understanding.wording import synonyms_in
from qa.understanding.words import (
    attribute_words,
    generic_words,
    group_words,
    is_across_words,
    without_function_words,
)
from vectorstore.folding import folded

_MONEY = frozenset(["资金", "经费", "费用", "金额", "投资", "投入", "总投资", "花费", "开支", "银子"])
# What is paid need not be called so where it is told how it is (审核后拨付,最高900元).
_PAYMENTS = frozenset(["补贴", "补助", "津贴", "奖补", "补助金", "救助金"])
_PAID_TO = frozenset(["生活费", "待遇", "标准"])
_PAID = ("拨付", "给予", "减免", "报销")
_A_NAME, _ALSO_A_THING = 3, "组织"
_FACILITY = re.compile("(?<=[\u4e00-\u9fff]{2})[站点室院所馆园]$")
_CARD = re.compile("(?<=[\u4e00-\u9fff]{2})(?:证|卡|执照|许可)$")
_AREAS = ("平方米", "平米", "亩", "平方公里")
# People are often counted without a word for them, money is not counted.
_OF_NO_THING = PERSONS | {"户", "对", "元", "%", "成", "天", "日", "月", "年", "小时", OF_TIME}
_WORKER = re.compile("(?<![人会党队成])[员师工]$|志愿者$|工作者$")
_PERSONS = frozenset(("老人", "老年人", "人员", "家庭", "对象", "群众", "居民", "人口"))
_NAME_TAGS = ("nr", "ns", "nt", "nz")
# 多少家不合法的社会组织: what they are like is said before what they are.
_SAYS_WHICH = re.compile("的[\u4e00-\u9fff]{2}")
_NUMBER_NAMED = re.compile("(?<=[\u4e00-\u9fff]{2})的?(?:总?数量?|总量)$")
_BEHIND_FIGURE = re.compile("(?![对是吗吧没了呢左以])[\u4e00-\u9fff]{2,8}?(?=[,?。]|[对是吗吧]|$)")


def counted_in(question: Question) -> tuple[str, ...]:
    """What a question counts (养老机构有多少家 → 机构, 多少张床给老人 → 床), in all its wordings; empty when it counts nothing.

    A sentence that does not name it counts something else, however much it says of the rest. People are often
    counted without a word for them (完成改造300户).
    """
    is_count = question.asks == "number" and bool(question.unit)
    if not is_count or question.is_english or not question.content:
        return ()
    if question.unit in _OF_NO_THING and question.content[-1].endswith("人口"):
        # How many live there is told as such: 津贴11.3万人次 of 老年人 are no 老年人口.
        return ("人口",)
    if question.unit in _OF_NO_THING:
        return _workers_in(question) if question.unit in PERSONS else ()
    before, behind = _stated_around(question) if question.confirms else counted_around(folded(question.text))
    if behind:
        return (
            *_counted_first(behind),
            *_counted_first(behind.rpartition("的")[2] if _SAYS_WHICH.search(behind) else ""),
        )
    last = question.content[-1]
    if (not before or before.endswith(last)) and _NUMBER_NAMED.search(last):
        # 社会组织数, 床位数多少: what is counted is named by the number itself.
        return _named_last(_NUMBER_NAMED.sub("", last))
    piece = next((piece for piece in reversed(question.content) if before.endswith(piece)), "")
    return _named_last(piece) if piece else ()


def _counted_first(behind: str) -> tuple[str, ...]:
    """What is counted in the words behind a measure word (床给老人 → 床), in all its wordings; () where nothing is named."""
    named = next(iter(without_function_words(behind)), "")
    nouns = [noun for noun in _nouns(named) if not noun.is_action]
    # 多少张床: a thing of one character.
    return nouns[-1].wordings if nouns else (named,) if named == behind and len(named) == 1 else ()


def _stated_around(question: Question) -> tuple[str, str]:
    """What stands before the one figure of a statement to be confirmed (新建幸福院178个), and behind it (1000张床位).

    Each may be ""; both are where there are several figures.
    """
    text = folded(question.text)
    amounts = [figure for figure in figures_in(question.text) if figure.is_amount]
    if len(amounts) != 1:
        return "", ""
    behind = _BEHIND_FIGURE.match(text[amounts[0].end :])
    return text[: amounts[0].start].rstrip("是有为了达到建成共"), behind[0] if behind else ""


def _workers_in(question: Question) -> tuple[str, ...]:
    """Who is counted by what he does (多少护理员), in all wordings: 护理补贴 for 1108人 counts none of them."""
    nouns = [noun for piece in question.content for noun in _nouns(piece)]
    last = nouns[-1].wordings if nouns else ()
    return last if last and _WORKER.search(last[0]) else ()


def _named_last(piece: str) -> tuple[str, ...]:
    """What a piece of content names in the end, in all its wordings; empty when it ends in a deed (…资助)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    nouns = _nouns(piece)
    if nouns and nouns[-1].ends_piece:
        return () if nouns[-1].is_action else nouns[-1].wordings
    word, tag = rjieba.tag(piece)[-1]
    if _FACILITY.search(piece):
        # 社工站 falls apart, whose last word is taken for a verb.
        tag = "n"
    if tag.startswith(("v", "a", "d")) or word in generic_words() or len(piece) == 1:
        return ()
    # 儿童之家, 未成年人保护站: the end of a name that falls apart.
    official = [w for s in synonyms_in(piece) if s.end == len(piece) for w in s.official]
    return (plain(piece[-2:]), *(plain(word) for word in official))


def subjects_of(question: Question) -> list[tuple[str, ...]]:
    """What the figure asked for is a figure of: for each noun, the wordings of which one must be near it.

    A part of a noun is enough (注册 for 登记注册): writers and askers cut compounds differently.
    """
    if question.asks != "number" or question.is_english:
        return []
    return [
        (*noun.wordings, *_parts_of(noun))
        for piece in question.content
        for noun in _nouns(piece)
        # That money or an area is asked for is said by the unit, the bureau of the place is who publishes its figures.
        if not (noun.wordings[0] == "民政局" and question.regions)
        and not ("元" in (question.unit, question.likely_unit) and noun.wordings[0] in _MONEY)
        and not (question.unit in _AREAS and noun.wordings[0] == "面积")
        # What was done in a scheme that is called by its name is told in words of its own.
        and not (question.catchwords and (noun.is_action or f"{noun.wordings[0]}了" in folded(question.text)))
    ]


def subjects_beside(question: Question, asking: str) -> list[tuple[str, ...]]:
    """Of what something is asked that is no figure (`asking`: 院长是谁): for each other noun, its wordings and parts."""
    return [
        (*noun.wordings, *_parts_of(noun), *(_PAID if noun.wordings[0] in _PAYMENTS else ()))
        for piece in question.content
        for noun in _nouns(piece)
        if noun.wordings[0] not in asking
        and not (noun.wordings[0] == "民政局" and question.regions and not question.confirms)
        # Whether something is paid more is told of its standard.
        and not (question.confirms and noun.wordings[0] in _PAYMENTS | _PAID_TO)
    ]


def _parts_of(noun: _Noun) -> list[str]:
    """The parts of a noun, one of which is enough; none of a card or a licence, which is no other one's (残疾证)."""
    return [] if _CARD.search(noun.wordings[0]) else bigrams(noun.wordings[0])


def attribute_of(question: Question) -> tuple[str, ...]:
    """What a bare name of what is wanted asks of its subject (养老护理员平均工资 → 工资), in all its wordings; else ()."""
    text = folded(question.text).rstrip("?。")
    if question.asks != "text" or question.is_english or question.confirms or not is_telegraphic(text):
        return ()
    nouns = _nouns(question.content[-1]) if question.content and text.endswith(question.content[-1]) else []
    return nouns[-1].wordings if nouns and nouns[-1].ends_piece and not nouns[-1].is_action else ()


def names_in(question: Question) -> list[list[tuple[str, ...]]]:
    """For each piece of its content the nouns that name something, each in all its wordings; pieces without any left out."""
    found = [[noun.wordings for noun in _nouns(piece)] for piece in question.content]
    return [names for names in found if names]


@dataclass(frozen=True)
class _Noun:
    wordings: tuple[str, ...]
    start: int
    ends_piece: bool
    is_action: bool


def _nouns(piece: str) -> list[_Noun]:
    """The nouns of a piece of content that name something, each with its synonyms' official words."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    text = unicodedata.normalize("NFKC", piece).lower()
    synonyms = synonyms_in(text)
    found, start, before = [], 0, ""
    for word, tag in rjieba.tag(text):
        end = start + len(word)
        # 特困老人 are told of as 特困人员.
        is_person_of_group = word in _PERSONS and before in group_words()
        official = [w for s in synonyms if s.start < end and start < s.end for w in s.official]
        # Of 民办养老院 the word alone as well: 养老机构9家(公办6家、民办3家).
        is_name = len(word) >= _A_NAME and word != text
        official += [paid for paid in _PAYMENTS if word in _PAYMENTS and paid != word]
        official += [w for s in synonyms_in(word) if is_name and s.written == word for w in s.official]
        # What is no word of the dictionary is a guess, often across words (户来划).
        is_word = bool(official) or not is_across_words(word)
        # 惠及 is taken for a place, 主任 at the end of what is counted for an adjective.
        is_word = is_word and not (tag in _NAME_TAGS and word in attribute_words())
        is_noun = tag.startswith(NOUN_TAGS) or (tag == "b" and end == len(text)) or word in group_words()
        # 社会组织 is a thing, whatever 组织 is alone.
        is_noun = is_noun or (word == _ALSO_A_THING and bool(before))
        is_naming = is_noun and is_word and not is_person_of_group
        if len(word) >= 2 and is_naming and word not in generic_words():
            wordings = (plain(word), *(plain(wording) for wording in official), *listed_levels(plain(word)))
            found.append(_Noun(wordings, start, end == len(text), is_action=tag == "vn"))
        start, before = end, word
    return found
