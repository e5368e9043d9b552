"""English questions as Chinese ones: by their form (how many, when, compare …), their phrases word for word.

A question whose words are mostly unknown stays as it is, and so does one of great length.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from qa.bilingual import building, comparing, listing, meaning
from qa.bilingual.clauses import DEGREES, DO, Pieces
from qa.bilingual.looking_up import with_dictionary
from qa.bilingual.numbered_parts import with_numbered_parts
from qa.bilingual.openings import without_opening
from qa.bilingual.papers_own import about_the_paper
from qa.bilingual.phrases import phrase
from vectorstore.documents import Document

# A longer one is no single question, and takes the forms long to try.
_LONGEST = 400
# A question with more words that no list knows is no question of the field, and each costs some milliseconds.
_MOST_LOOKED_UP = 8
# A sentence of fewer words is no question of its own.
_FEWEST_WORDS = 3
_LATIN = re.compile(r"(?<![a-z'\d])[a-z]{3,}(?![a-z'\d])")
_CONTRACTIONS = (
    (re.compile(r"\b(what|who|where|when|how|that|there|it)['’]?s\b(?! [a-z]+ing\b)"), r"\1 is"),
    (re.compile(r"\b(what|who|where|when|how)s\b"), r"\1 is"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\b([a-z-]*service|fire|crafts)men\b"), r"\1man"),
    (re.compile(r"\bchildrens'?(?=\s|$)"), "children's"),
    (re.compile(r"(?<!children)['’]s\b"), ""),
    (re.compile(r"\b(marriage|divorce) registrations\b"), r"registered \1s"),
    (re.compile(r"\b(?:raise|raised|raising)\b(?=.*\b(?:money|funds?|donations?|charity)\b)"), "collect"),
    (re.compile(r"^(what (?:sum|amount)\b.*)\braised?\b"), r"\1collect"),
    (
        re.compile(r"(?<=\b)((?:money|funds?|donations?|charity)\b.*)\b(?:raise|raised|raising)\b"),
        r"\1collect",
    ),
    (re.compile(r"(?<=[\d\"”]) model\b"), " mode"),
    # What a place records or reports is what it has.
    (re.compile(r"\b(?:record|report|achieve)\b(?= (?:in|by|during)\b|\?|$)"), "have"),
    (re.compile(r"\bpct\b\.?|\bper cent\b"), "percent"),
    # Larger than 1,000 square metres: a size, said before what has it.
    (
        re.compile(
            r"\b(?:larger|bigger|more|greater) than (\d[\d,]*) (?:square met(?:er|re)s?|sq\.? ?m|m2|m²)(?![a-z])"
        ),
        r"〔\1平方米以上〕",
    ),
    (re.compile(r"\bpls\b|\bplease\b|\bthanks?(?: you)?\b|\bhi\b|\bhello\b"), ""),
)
_POLITE = re.compile(
    r"^(?:(?:can|could|would) you (?:please )?(?:show|give|let) (?:me|us)(?: know)?|"
    r"(?:can|could|would) you (?:please )?tell (?:me|us)(?! about)|"
    r"tell me(?! (?:more )?about)|let me know|"
    r"i (?:want|need|would like|wonder|am trying) to (?:know|find|find out)|i need|i am looking for|do you know|any idea|"
    r"(?:can|could|would|will) you(?: please| kindly)?"
    r"(?=\s+(?:summari[sz]e|list|describe|explain|outline|compare|name|introduce|give|show)\b)|"
    r"(?:i was told|we were told|i (?:have )?(?:heard|read)|(?:they|people) say)(?: that)?(?=.*\b(?:correct|right|true)\b)|"
    r"could you say|can i ask|according to (?:the|its|their) \w+,?|in (?:the|this) (?:document|plan),?)\s+"
)
# Whose it is before a colon, like a heading: 嵊州市 2021: how many …
_HEADED = re.compile(
    r"^(?P<place>[\u4e00-\u9fff]{2,12})(?:,? (?P<year>(?:19|20)\d{2})年?)?(?: ?[:\-–—]|,(?= [a-z])) ?(?P<asked>.{6,})$"
)
_TIMES = (
    *(
        (re.compile(rf"\b(?:the )?(?:{ordinal}) (?:five[- ]year (?:plan|period)|fyp)(?: period)?\b"), name)
        for ordinal, name in (("12th|twelfth", "十二五"), ("13th|thirteenth", "十三五"), ("14th|fourteenth", "十四五"))
    ),
    # The aim for the 13th, where plans are spoken of.
    *(
        (re.compile(rf"(?<=十[二三四]五)(.*)\b(?:the )?{ordinal}\b(?! [a-z])"), rf"\1{name}")
        for ordinal, name in (("12th", "十二五"), ("13th", "十三五"), ("14th", "十四五"))
    ),
    (re.compile(r"\bby (?:the )?end of (?=(?:19|20)\d{2})"), "by "),
    # May is a month before a year.
    (re.compile(r"\bmay,? (?:of )?((?:19|20)\d{2})年"), r"\1年5月"),
    (re.compile(r"\b(?:at|by|before) (?:the )?(?:end of (?:the|this) year|year[- ]?end)\b"), "by yearend"),
    (re.compile(r"\b(?:at|as of|since|until|till) (?:the )?(?:end of )?(?=(?:19|20)\d{2})"), "in "),
)  # fmt: skip


def asked_in_chinese(text: str, documents: Mapping[str, Document] = MappingProxyType({})) -> str:
    """The Chinese question that an English one stands for; `text` itself when too little of it is known.

    Places and years are already in Chinese (see `qa.understanding.english.with_chinese_places`). Words that no list knows
    are looked up in a dictionary where there are `documents`, whose own words are preferred.
    """
    if len(text) > _LONGEST:
        return text
    question = _plain(text)
    asked = _by_form(question)
    for joined in re.findall(r"[a-z]+(?:-[a-z]+)+", asked):
        # What is not known as one word may be known as two.
        question = question.replace(joined, joined.replace("-", " "))
        asked = _by_form(question)
    unknown = _LATIN.findall(asked or str(phrase(question))) if documents else []
    if 0 < len(unknown) <= _MOST_LOOKED_UP:
        asked = _by_form(with_dictionary(question, unknown, asked, documents)) or asked
    return _finished(asked, text)


def _by_form(question: str) -> str:
    """What a question in plain words is in Chinese by the first form that fits it; "" for none."""
    one, mark, other = question.partition("? ")
    if mark and len(one.split()) > _FEWEST_WORDS and len(other.split()) > _FEWEST_WORDS:
        return several({"first": one, "second": other})
    if asked := about_the_paper(question):
        return asked
    for form, build in _forms():
        match = form.search(question)
        asked = build(match.groupdict(default="")) if match else ""
        if asked:
            return re.sub(r"\s+", " ", asked).strip()
    return ""


def _plain(text: str) -> str:
    question = re.sub(r"\s+", " ", text.replace("’", "'")).strip()
    question = re.sub(r"[A-Z][a-z]*|[A-Z]+", lambda m: m.group(0).lower(), question)
    for pattern, plain in (*_CONTRACTIONS, *_TIMES):
        question = pattern.sub(plain, question)
    question = re.sub(r"\s+", " ", with_numbered_parts(question)).strip(" ,.!")
    question = _POLITE.sub("", _POLITE.sub("", question))
    return without_opening(_HEADED.sub(_with_place_behind, question))


def _with_place_behind(headed: re.Match[str]) -> str:
    year = f" {headed['year']}年" if headed["year"] else ""
    return f"{headed['asked'].rstrip('?')} in {headed['place']}{year}"


def _finished(asked: str, text: str) -> str:
    """The Chinese question, or the English one when more of it is unknown than known."""
    latin = len(re.findall(r"[A-Za-z]{2,}", asked))
    han = len(re.findall("[\u4e00-\u9fff]+", asked))
    return asked if asked and latin <= 3 and (latin == 0 or han >= 1) else text


def several(said_in: Pieces) -> str:
    """Two questions in one sentence, each in its own form; the second of the place and year of the first."""
    first, second = _by_form(said_in["first"]), _by_form(said_in["second"])
    of_those = re.match(r"how (?:many|much) of (?:those|them|these|which)\b (?P<rest>.+)", said_in["second"])
    if first and of_those and (part := phrase(of_those["rest"])).core:
        second = f"其中{part.core}多少？"
    second = comparing.of_another(first, said_in) or second
    second = _of_the_same_subject(first, second)
    if not first or not second or re.search("[A-Za-z]{4}", first + second):
        return ""
    return f"{first.rstrip('？')}，{second}"


# What a second question may name alone: the number of people, the target of what was asked about first.
_SUBJECTLESS = re.compile(
    r"(?P<time>(?:\d{4}年|“十.五”)*)(?:人(?=多少人)|(?P<what>目标|标准|比例|占比|总数)(?=是多少))"
)
_SUBJECT = re.compile(r"(?:\d{4}年|“十.五”)(?P<subject>[\u4e00-\u9fff]{3,20}?)(?:总数)?(?:是|有)?多少")


def _of_the_same_subject(first: str, second: str) -> str:
    """The second of two questions in Chinese, of what the first is about where it names nothing of its own."""
    alone = _SUBJECTLESS.match(second)
    subject = _SUBJECT.search(first)
    if alone is None:
        return second
    named = f"{subject['subject']}{alone['what']}" if subject and alone["what"] else alone["what"] or ""
    return f"{alone['time']}{named}{second[alone.end() :]}"


def total_cost(_: Pieces) -> str:
    """What does it cost, of what the question is about."""
    return "总投资是多少钱？"


def valid_for(_: Pieces) -> str:
    """How long is it valid, of the document asked about."""
    return "有效期是几年？"


@cache
def _forms() -> tuple[tuple[re.Pattern[str], Callable[[Pieces], str]], ...]:
    content = tomllib.loads(Path(__file__).with_name("forms.toml").read_text(encoding="utf-8"))
    builders = {
        **vars(building),
        **vars(comparing),
        **vars(listing),
        **vars(meaning),
        "several": several,
        "total_cost": total_cost,
        "valid_for": valid_for,
    }
    stands_for = {"{do}": DO, "{degree}": "|".join(DEGREES)}
    return tuple(
        (
            re.compile(re.sub(r"\{do\}|\{degree\}", lambda m: stands_for[m[0]], form["pattern"])),
            builders[form["build"]],
        )
        for form in content["form"]
    )
