"""The subject of a question: its wording without what asks, without places, times and politeness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.understanding.asking import CONFIRMS, EMPTY, WHEN_MADE
from qa.understanding.glossary import glossary_terms
from qa.understanding.stated import without_what_may_be_wrong
from qa.understanding.unit_asked import asked_unit, likely_unit
from qa.understanding.wording import synonyms_in
from qa.understanding.words import group_words, without_function_words
from vectorstore.numerals import YEAR

# What somebody has heard is to be confirmed, unless something is asked about it.
HEARSAY = re.compile(r"^(?:我|我们)?(?:听|据)[\u4e00-\u9fff]{0,4}?(?:说|讲|传|反映|介绍)(?:是|过)?[,:]?")
_ASKS_WITHIN = re.compile("多少|几")
_ONCE_RAISED = re.compile(r"^[^,]{2,24}(?:调整|提高|上调|提标|调标)(?:之|以)?后,")
_ONCE_OR_BEFORE = re.compile(
    r"(?:(?:提标|调标|上调)(?:之|以)?[前后]|(?:提标|调标|上调|调整|提高)前后)的?|(?:调整|提高)(?:之|以)?后的(?=[^,。?]{2,10}标准)"
)
# 2022年末护理型床位, 2020年底特困人员; not 2025年初级护理员.
_END_OF_YEAR = r"(?:年?(?:末(?![端位])|底(?![线数层账册部前])|初(?![级次步中审])))?"
# The measure word of a question for a number belongs to it (几家|长者食堂), unless it begins a word (多少家庭).
_COUNTING = re.compile(
    r"(?:多少|几)(?:万|亿)?(?:家(?!庭|长(?!者)|属|人|政|访|具|园|门)|个(?!人|体|税|案)|张|名(?!额|单|字|称)|户(?!籍|口|外|数|均)|"
    r"人(?!次|员|才|均|口|大|工|事|民|数|群)|所(?!有|以|在|属)|处(?!罚|理|置|室|长)|条(?!例|件|款)|项(?!目)|对(?!象|于|口|外|接)|"
    r"件(?!数)|座|具(?!体|备|有)|台(?!账|阶)|例(?!如|外|会)|宗|株|辆|艘|桌|间(?!隔|接)|支(?!持|出|部|付|撑)|场(?!所|地|馆|次|景)|起(?!步|来|点)|套(?!餐)|亩|种(?!植|类)|类(?!型|别)|篇|本(?!地(?:居民|户|人|区)|区|市|县|级)|位(?!置|于)|块(?=钱)|天(?=[能可就给才办出拿发到内里完]))(?=[\u4e00-\u9fff])"
)
# So does one that ends the question and that nothing is called by (冷静期|多少天).
_COUNTING_LAST = re.compile("(?:多少|几)[天日年月本](?=[,。?!呢啊吗了]|$)")
# How people ask what something is for, in their own way: 干啥的, 咋个帮法, 管哪几样.
_COLLOQUIAL = re.compile(
    r"(?:是)?(?:用来|用于|拿来|用作)(?=(?:做|干|搞)?(?:什么|啥))|(?:能|可以?|该)(?:领|拿|得)到?(?=(?:几|多少)个?(?:钱|元|块)?)|(?:几|多少)个?钱(?:一[个次天晚具张场件座套只份])?|(?:往[上下])?([提抓搞弄管看讲说查改])一?\1|是?(?:干|做)(?:啥|嘛|什么)(?:的|用的?)?|咋个?[\u4e00-\u9fff]法|咋(?:个|样|整|弄|办|回事)?|怎么回事|里头|(?<![代发])(?:指标|附|这张|那张){0,3}表(?:格|\d{1,2}|[一二三四五])?(?:里|中|上)(?:面|头|边)?(?:的|写)?|(?<![代发])表\d{1,2}的?|哪?几样|要(?=达到)|(?<![突打])破了?(?=多少|几)|[呀嘛哈咧哩]+(?=$|[,?])"
)
_WHICH_TIME = re.compile("第[一二三四五六]次|(?:最[后近]|头)一次|各(?:个)?(?:档次?|等级|级别)(?!案)")
_CLASS_OF_DISTRICT = re.compile(
    "(?<![一-十])[一二三四五六]类(?:地区|区)(?!(?:都|分别|主要)?(?:包括|包含|有|是|为|指)?(?:的是)?(?:哪|什么|啥))"
)
_AMOUNT_PAID = re.compile(r"\d\s*[元块]")
_AGE_GROUP = re.compile(
    r"(?:\d{2,3}|[一二三四五六七八九十百]{1,4})\s*周?岁\s*(?:及|含)?以上的?(?:老年人|老人)?"
)
_AGE_OF_ONE = re.compile(
    r"(?:\d{1,3}\s*周?岁?\s*[-—–~至到]{1,2}\s*)?(?:\d{2,3}|[一二三四五六七八九十百]{2,4})(?:多|几|来)?\s*周?岁(?!\s*(?:及|含)?以[上下])的?"
    r"(?:高龄老人|老年人|老人家?|老太太?|老大爷|老奶奶|老爷爷|老汉|人(?![数口均员]))?"
)
_QUOTED_NAME = re.compile(r"[“\"][^“”\"]{2,16}[”\"]")
_A_WORD = 3
# Hardly ever written characters: one stands for a name while the words around it are taken away.
_RARE = range(0x3400, 0x4DB6)


def content_of(
    text: str, spans: Sequence[tuple[int, int]], names: Sequence[str], *, confirms: bool
) -> tuple[str, ...]:
    """The wording of a question's subject, in pieces: without what asks, places (`spans`), times and politeness.

    `names` are catchwords of the documents, which are kept whole; `confirms`: the question states something that is to
    be confirmed.
    """
    blanked = list(text)
    quoted = [match.span() for match in _QUOTED_NAME.finditer(text)]
    for start, end in spans:
        # A place within a longer name in quotation marks (“荆门舰”) is a part of that name.
        within = next(((a, b) for a, b in quoted if a < start and end < b), None)
        if within is None or (start - 1, end + 1) == within:
            blanked[start:end] = " " * (end - start)
    shielded = "".join(blanked)
    # 劝和 would lose its 和.
    names = [*names, *(term for term in _short_terms_that_fall_apart() if term in shielded)]
    stands_for = dict(zip((code for code in _RARE if chr(code) not in text), names, strict=False))
    for code, name in stands_for.items():
        shielded = shielded.replace(name, chr(code))
    if "元" in (likely_unit(text), asked_unit(text)) or (confirms and _AMOUNT_PAID.search(text)):
        # 100岁以上老人高龄补贴: of what is paid by age the tier is told by the age, too.
        shielded = _AGE_GROUP.sub(" ", shielded)
    remaining = _COLLOQUIAL.sub(
        " ", _COUNTING_LAST.sub(" ", _COUNTING.sub(" ", _in_official_words(shielded)))
    )
    # 第一次涨到多少, 各档标准多少: which of them, and that each is meant, is said of the figures.
    remaining = _WHICH_TIME.sub("", remaining)
    # The class of a district is matched with classes, somebody's age with age groups, not with words; which districts
    # are of a class is asked about the class itself.
    remaining = _CLASS_OF_DISTRICT.sub(" ", remaining)
    remaining = _AGE_OF_ONE.sub(" ", remaining)
    # When the plan was made (编制规划的时候,…) is not what a question is about.
    remaining = WHEN_MADE.sub(" ", re.sub(r"^[^,]{0,18}(?:的时候|时),", " ", remaining))
    remaining = _ONCE_OR_BEFORE.sub(" ", remaining)
    raised = _ONCE_RAISED.match(remaining)
    if raised and any(word in remaining[raised.end() :] for word in group_words()):
        # 城乡低保标准调整后,农村低保多少: what was raised is named again.
        remaining = remaining[raised.end() :]
    if confirms:
        remaining = without_what_may_be_wrong(HEARSAY.sub(" ", CONFIRMS.sub(" ", remaining)))
    remaining = re.sub(
        rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间)?(?:期?末(?![位端]))?|{YEAR}\s*(?:[-—–~～至]+\s*{YEAR})?\s*年?{_END_OF_YEAR}|[上下]半年",
        " ",
        remaining,
    )
    pieces = [piece for chunk in EMPTY.sub(" ", remaining).split() for piece in _words_of(chunk)]
    return tuple(piece.translate(stands_for) for piece in pieces)


def _words_of(chunk: str) -> list[str]:
    """A chunk without function words; a term of the glossary that a segmenter would cut (给低|边户) stays whole."""
    pieces = without_function_words(chunk)
    for term in synonyms_in(chunk):
        is_cut = len(term.written) >= _A_WORD and not any(term.written in piece for piece in pieces)
        if is_cut and not falls_apart(term.written):
            before, behind = chunk[: term.start], chunk[term.end :]
            return [*_words_of(before), term.written, *_words_of(behind)]
    return pieces


@lru_cache(maxsize=1)
def _short_terms_that_fall_apart() -> tuple[str, ...]:
    return tuple(term for term in sorted(glossary_terms()) if term[1:] == "和" and falls_apart(term))


def falls_apart(name: str) -> bool:
    """Whether a name would lose something, taken for the words of a question (慈善圆你大学梦)."""
    return without_function_words(EMPTY.sub(" ", name)) != [name]


def _in_official_words(text: str) -> str:
    """Everyday phrases that would fall apart at their function words (乱建的坟) put as the terms that they stand for."""
    for synonym in reversed(synonyms_in(text)):
        if _ASKS_WITHIN.search(synonym.written) or len(without_function_words(synonym.written)) > 1:
            text = f"{text[: synonym.start]} {synonym.official[0]} {text[synonym.end :]}"
    return text
