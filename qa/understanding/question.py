"""A question understood: about which place and years, asking for what, and in which words of content."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Literal

from qa.errors import QuestionUnusable
from qa.figures.values import figures_in
from qa.understanding.asking import (
    CONFIRMS,
    SEVERAL,
    WHEN_MADE,
    Asks,
    Aspect,
    asked_aspect,
    asked_for,
    list_size,
)
from qa.understanding.catchwords import catchwords_in
from qa.understanding.comparison_wording import ASKS_CHANGE, YEAR_BEFORE
from qa.understanding.content import HEARSAY, content_of, falls_apart
from qa.understanding.homophones import as_meant
from qa.understanding.known_places import known_places
from qa.understanding.localities import is_locality
from qa.understanding.naming import documents_named, places_named, title_known
from qa.understanding.plainly import plainly_asked
from qa.understanding.script import language_of
from qa.understanding.unit_asked import asked_unit, likely_unit
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR, years_in

LONGEST_QUESTION = 2_000

_ASKS_ANYTHING = re.compile("多少|[几哪什怎谁吗呢]|啥|如何|是否|为何|有没有|有无|[能会]不[能会]")
# Figures that say who or which is meant, and state nothing: 65岁老人, 3A级机构, 2025年.
_OF_WHOM = frozenset(("", "岁", "周岁", "级", "年", "月", "日", "天", "期", "批", "届", "次"))
# So many characters before its figure say what it is a figure of.
_NAMES_SOMETHING = 3
_DAY = re.compile(rf"(?:{YEAR}年?)?\d{{1,2}}月(?:\d{{1,2}}日|[底初末])?(?!均|人)")
_PLAN_NAME = re.compile(r"[“\"]?[一二三四五六七八九十]{1,3}五[”\"]?")
_OFFSETS = {"去年": -1, "上年": -1, "今年": 0, "本年": 0, "明年": 1, "来年": 1}
_AFTER = frozenset(word for word, years in _OFFSETS.items() if years > 0)
_RELATIVE = re.compile("|".join(_OFFSETS))
_YEAR_BEFORE = re.compile("(?<![比较和与跟同])(?:去年|上年)(?!同期|相比|度)")
_LONGEST_REPORT = 2
_PERIOD = re.compile(
    r"[“\"]?(?P<plan>十[一二三四五]五)[”\"]?(?:(?P<end>期?末|末期|结束)(?!端)|期间|时期|这?五年)"
)
# A span of a document: its name, start and end.
Near = tuple[str, int, int]


@dataclass(frozen=True)
class Question:
    """One question, understood against a library.

    `regions` are regions of library documents that it names, `documents` what it thereby limits itself to
    (empty: everything), `elsewhere` the places or documents it names that the library does not hold,
    `named` further proper names that an answer's source must contain. `content` is the wording with all
    that removed, in pieces. `corrected` tells how a misspelt place was read.
    `years` are named as such; `plan_years` are those of a five-year plan that the question mentions, which
    may be the plan's name rather than the time asked about. `unit` is the unit in which a figure is asked
    for, `likely_unit` one that goes without saying. `confirms` marks a statement to be confirmed or corrected
    (…是真的吗?), `stated_years` are the years of one, `wants_several` marks a question for several figures
    (各是多少); `list_size` is how many items are expected (哪六个), 0 when not said. `is_outside`: it names documents
    that the caller's choice leaves out.
    `is_side`: one side of a comparison or an operand, of which one figure is wanted.
    `catchwords` are names that the documents put in quotation marks, wherever the question has them.
    Of a follow-up that leaves nearly everything out, `said` are its own words and `near` what the answer before cited.
    """

    text: str
    content: tuple[str, ...]
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    asks: Asks = "text"
    unit: str = ""
    likely_unit: str = ""
    aspect: Aspect = ""
    corrected: str = ""
    plan_years: tuple[int, ...] = ()
    confirms: bool = False
    stated_years: tuple[int, ...] = ()
    wants_several: bool = False
    list_size: int = 0
    is_outside: bool = False
    is_english: bool = False
    is_side: bool = False
    near: tuple[Near, ...] = ()
    said: str = ""
    catchwords: tuple[str, ...] = ()


def readable(text: str) -> str:
    """`text` without control characters and lone surrogates, white space folded; may be empty."""
    kept = (character if unicodedata.category(character)[0] != "C" else " " for character in text)
    return re.sub(r"\s+", " ", "".join(kept)).strip()


# Between the characters of a question that was typed or copied with spaces in between (安 吉 县).
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff\d]) (?=[\u4e00-\u9fff\d])")
_MOSTLY = 0.6


def _closed_up(text: str) -> str:
    """`text` without the spaces between its characters where most of them have one."""
    gaps = len(_BETWEEN.findall(text))
    return _BETWEEN.sub("", text) if gaps > _MOSTLY * len(text.replace(" ", "")) else text


def checked(text: str) -> str:
    """The question as usable text. Raises QuestionUnusable when it is empty, too long or unreadable."""
    cleaned = _closed_up(readable(text))
    if not cleaned:
        raise QuestionUnusable(
            "问题是空的。", "请输入想问的内容，例如：下陆区2025年护理型床位占比的目标是多少？"
        )
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionUnusable(
            f"问题太长（{len(cleaned)}个字，上限{LONGEST_QUESTION}个字）。",
            "请把问题缩短，或分成几个问题来问。",
        )
    if not any(unicodedata.category(c)[0] in "LN" for c in cleaned):
        raise QuestionUnusable("问题里没有可以识别的文字。", "请用文字写出想问的内容。")
    return cleaned


# 沙洋县低保是, 京山市的城市低保标准每月: what stands between a place and its figure tells of nothing but the payment.
_WHOSE_FIGURE = re.compile(r"的?(?:城市|农村|城乡)?(?:低保|特困)[^\d,?]{0,8}\d")


_OF_CLASS = re.compile("(?:属于?|算|是)(?:[^,?]{0,2})[一二三四五]类")


def understand(text: str, documents: Mapping[str, Document]) -> Question:
    """Understand one complete question (see `completed` for follow-ups) against the library's documents."""
    written = text
    text, corrected = as_meant(plainly_asked(folded(written)), documents)
    text = known_places(documents).in_full(text)
    unknown_titles = [t for t in re.findall(r"《([^》]{2,60})》", text) if not title_known(t, documents)]
    # A place in the title of a document that is not here says nothing about those that are.
    without_titles = reduce(lambda kept, title: kept.replace(title, " " * len(title)), unknown_titles, text)
    regions, elsewhere, named, spans = places_named(without_titles, documents)
    limited_to = documents_named(without_titles, regions, documents)
    dated = _with_years_beside(text, [documents[name] for name in limited_to])
    if dated != text:
        return replace(understand(dated, documents), corrected=corrected)
    confirms = _confirms(text)
    if confirms and regions:
        # A street of the place, which may be what is wrong about the statement.
        elsewhere = [name for name in elsewhere if not is_locality(name)]
    names = catchwords_in(text, documents)
    years, plan_years = _years(
        WHEN_MADE.sub(" ", text), folded(written), [documents[name] for name in limited_to or documents]
    )
    return Question(
        text=written if text == folded(written) else text,
        is_english=language_of(text) == "en",
        content=content_of(text, spans, [name for name in names if falls_apart(name)], confirms=confirms),
        regions=tuple(dict.fromkeys(regions)),
        documents=limited_to,
        elsewhere=tuple(dict.fromkeys([*elsewhere, *(f"《{title}》" for title in unknown_titles)])),
        named=tuple(dict.fromkeys(_kept_of_statement(text, named, regions) if confirms else named)),
        years=() if confirms else years,
        plan_years=() if confirms else plan_years,
        asks=(_asked_of_statement(text) if confirms else "") or asked_for(text),
        unit=asked_unit(text) or (_unit_of_statement(text) if confirms else ""),
        likely_unit=likely_unit(text),
        aspect=asked_aspect(text),
        corrected=corrected,
        confirms=confirms,
        stated_years=years if confirms else (),
        wants_several=SEVERAL.search(text) is not None,
        list_size=list_size(text),
        catchwords=names,
    )


def _confirms(text: str) -> bool:
    """Whether a question states something and wants to hear whether it is so."""
    is_said = HEARSAY.search(text) is not None or _states_figure(text)
    is_told = is_said and not _ASKS_ANYTHING.search(text)
    return (CONFIRMS.search(text) is not None or is_told) and not _compares_years(text)


def _states_figure(text: str) -> bool:
    """Whether a text that ends in a question mark gives an amount (派了40个人去救灾?)."""
    amounts = figures_in(_PLAN_NAME.sub(" ", text)) if text.endswith("?") else []
    return any(f.is_amount and f.unit not in _OF_WHOM and f.start > _NAMES_SOMETHING for f in amounts)


def _kept_of_statement(text: str, named: list[str], regions: list[str]) -> list[str]:
    """The names that what bears out a statement must hold: a place or year in it may be what is wrong about it.

    沙洋县低保是480元吧: whose figure it is must be said where the figure stands.
    """
    asks = _asked_of_statement(text)
    if not regions and not asks:
        return [name for name in named if not is_locality(name)]
    if not asks and _OF_CLASS.search(text):
        # 武山县属于一类区吧: the class may be wrong, and the place is what it is said of.
        return named
    return [name for name in named if asks == "number" and _WHOSE_FIGURE.match(text.partition(name)[2])]


def _asked_of_statement(text: str) -> Asks | Literal[""]:
    """What a statement to be confirmed is about: its figure, or else the day or month that it gives; "" for neither."""
    text = _PLAN_NAME.sub(" ", text)
    dates = _DAY.findall(text)
    if any(figure.is_amount for figure in figures_in(_DAY.sub(" ", text))):
        return "number"
    return "date" if dates else ""


def _compares_years(text: str) -> bool:
    """Whether a question wants to know how two years differ (2025年比2020年高吗), which is no statement to confirm."""
    names_two = len(set(years_in(_PLAN_NAME.sub(" ", text)))) > 1 or YEAR_BEFORE.search(text)
    return bool(names_two) and ASKS_CHANGE.search(text) is not None


def _unit_of_statement(text: str) -> str:
    """The unit of the one figure of a statement to be confirmed."""
    units = [figure.unit for figure in figures_in(_PLAN_NAME.sub(" ", text)) if figure.is_amount]
    return units[0] if len(units) == 1 else ""


def _years(text: str, written: str, documents: Sequence[Document]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """(years asked about, years of a five-year plan that may only be a document's name).

    十四五末 asks about the plan's last year and 十四五期间 about all five; 十四五规划 may be the document's name.
    """
    named = set(years_in(_PLAN_NAME.sub(" ", text)))
    plan = set(years_in(text)) - named
    for period in _PERIOD.finditer(written):
        five = years_in(f"{period['plan']}时期")
        named.update(five[-1:] if period["end"] else five)
        plan.difference_update(five)
    if not any(plan & set(document.metadata.years) for document in documents):
        # No document is called after this plan, so it is the time that is asked about.
        named, plan = named | plan, set()
    return tuple(sorted(named)), tuple(sorted(plan))


def _with_years_beside(text: str, documents: Sequence[Document]) -> str:
    """`text` with the years for 去年 and 今年, or 今年 and 明年, named side by side of one paper of a year or two.

    Of a report with the plan that follows they are its two years; of a plan 今年 is its own. One such word alone may be
    said of the day on which somebody asks.
    """
    said = sorted(set(_RELATIVE.findall(text)), key=lambda word: _OFFSETS[word])
    years = documents[0].metadata.years if len(documents) == 1 else ()
    is_plan = len(years) == 1 and "总结" not in documents[0].genres
    if len(said) == 1 and _OFFSETS[said[0]] < 0 and is_plan:
        # What a plan of the year calls 去年.
        return _YEAR_BEFORE.sub(f"{years[0] - 1}年", text)
    if said and set(said) <= _AFTER and len(years) == _LONGEST_REPORT:
        # Nothing but what a report plans for the year after it can be meant.
        return _RELATIVE.sub(f"{years[1]}年", text)
    if len(said) != _LONGEST_REPORT or not 0 < len(years) <= _LONGEST_REPORT:
        return text
    first, last = (_OFFSETS[word] for word in said)
    if last - first != 1 or (len(years) == 1 and last != 0):
        return text
    beside = years if len(years) == _LONGEST_REPORT else (years[0] - 1, years[0])
    dates = dict(zip(said, beside, strict=True))
    return _RELATIVE.sub(lambda word: f"{dates[word[0]]}年", text)
