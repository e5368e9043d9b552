"""Whose a figure or place of a statement is, by the words around it: the document may give that owner another one.

A sentence that gives figures of several (结婚登记3048对,离婚登记1001对) holds the figure of a false statement, too, so each is
held against the figure whose own words are most like the statement's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa.figures.spots import spots_of
from qa.figures.values import Figure, figures_in
from qa.understanding.units import same_kind
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.sentences import clause_spans

_DATE = re.compile(rf"{YEAR}年|(?<!\d)\d{{1,2}}月(?:\d{{1,2}}日)?")
# What stands beside any figure says not whose it is.
_SAID_OF_ALL = re.compile(
    "达到|提高|增加|上升|上调|降低|减少|下降|调整|标准|每人|每月|每年|每户|分别|已经|共计|总共|一共|累计|目前|现在|全[市区县州省年]|左右|以上|超过|"
    '[“"]?十[一二三四五]五[”"]?(?:期间|时期|规划|期?末|以来)?|是什么|什么|为啥|原因|哪[些个里]|怎么|多少|是不是|有没有|对不对|对吧|对吗|没错|请问|据说|听说'
)
_HAN_RUN = re.compile(r"[\u4e00-\u9fff]+")
FORMER = re.compile("原|以前|之前|过去|调整前|从|由")
# How much of a statement's words the figure has to share that contradicts it, and how much more than the one that agrees.
_SHARES, _CLEARLY = 0.5, 0.15
_YEAR_WEIGHT = 2


@dataclass(frozen=True)
class _Owned:
    """A figure with the words that say whose it is; `is_former`: what something was before it changed."""

    figure: Figure
    words: frozenset[str]
    is_former: bool


def gives_owner_another(asked: str, text: str, regions: Sequence[str] = ()) -> bool:
    """Whether a text gives what a figure of a statement is said of another figure: both are folded.

    The text's figure is the one whose words are most like those of the statement's; it contradicts when it is in the same
    unit, agrees with no figure of the statement, and no figure that agrees is as near.
    """
    stated, told = _both(asked, text, regions)
    return any(_is_contradicted(one, stated, told) for one in stated)


def gives_owner_the_same(asked: str, text: str, regions: Sequence[str] = ()) -> bool:
    """Whether a text gives a figure of a statement beside the words that the statement says it of: both are folded."""
    stated, told = _both(asked, text, regions)
    return any(
        agrees(one.figure, other.figure) and len(one.words) > 1 and _share(one, other) >= _SHARES
        for one in stated
        for other in told
    )


def _both(asked: str, text: str, regions: Sequence[str]) -> tuple[list[_Owned], list[_Owned]]:
    """The figures of a statement and of a text; what something was before, only where the statement asks for that."""
    asked = _without(regions, asked.replace("集养", "集中养育").replace("散养", "散居"))
    told = _owned(text)
    if FORMER.search(asked) is None:
        told = [owned for owned in told if not owned.is_former] or told
    stated = _owned(asked)
    if len(set(_DATE.findall(text))) < 2:
        # Then the date is that of all figures, or stands outside of the sentence.
        stated = [replace(one, words=frozenset(w for w in one.words if not w[0].isdigit())) for one in stated]
    return stated, told


def _without(regions: Sequence[str], asked: str) -> str:
    """A statement without the names of the regions asked about."""
    for region in regions:
        asked = asked.replace(region, "").replace(region[:-1] if len(region) > 2 else region, "")
    return asked


def words_beside(text: str, start: int) -> frozenset[str]:
    """The words that say whose the figure at `start` of a sentence is; all of its words where none stands there."""
    plain = folded(text)
    item = next((near for near in spots_of(plain) if near.spot.start == start), None)
    return words_of(f"{item.before} {item.behind}" if item else plain)


def share_of_words(words: frozenset[str], others: frozenset[str]) -> float:
    """The share of the words that are among the others, 0 … 1; a date weighs more than two characters."""
    whole = sum(_weight(word) for word in words)
    return sum(_weight(word) for word in words & others) / whole if whole else 0.0


def agrees(figure: Figure, other: Figure) -> bool:
    """Whether two figures are one, however each counts it: 5268人 and 5268位, 六成 and 60%."""
    figure, other = in_percent(figure), in_percent(other)
    is_of_kind = not figure.unit or not other.unit or same_kind(figure.unit, other.unit)
    return figure.value == other.value and is_of_kind


def in_percent(figure: Figure) -> Figure:
    """六成 as 60%; any other figure as it is."""
    return replace(figure, value=10 * figure.value, unit="%") if figure.unit == "成" else figure


def _is_contradicted(one: _Owned, stated: Sequence[_Owned], told: Sequence[_Owned]) -> bool:
    alike = [o for o in told if o.figure.unit and same_kind(one.figure.unit, o.figure.unit)]
    agreeing = [o for o in alike if agrees(one.figure, o.figure)]
    others = [o for o in alike if o not in agreeing and not _is_stated_of(o, one, stated)]
    if len(one.words) < 2 or not others:
        return False
    if agreeing and _names_whole(others, one) and not _names_whole(agreeing, one, least=_SHARES):
        # Of 中度828元,轻度414元 the one that the statement names.
        return True
    nearest = max(_share(one, o) for o in others)
    return nearest >= _SHARES and nearest >= max((_share(one, o) for o in agreeing), default=0.0) + _CLEARLY


def _is_stated_of(told: _Owned, one: _Owned, stated: Sequence[_Owned]) -> bool:
    """Whether another part of the statement gives this figure, of what is no less its owner than what `one` is said of."""
    return any(
        agrees(each.figure, told.figure) and _share(each, told) >= _share(one, told)
        for each in stated
        if each is not one
    )


def _names_whole(told: Sequence[_Owned], one: _Owned, *, least: float = 1.0) -> bool:
    """Whether a statement has all the words beside one of the figures, or so many of them."""
    return any(o.words and share_of_words(o.words, one.words) >= least for o in told)


def _share(one: _Owned, other: _Owned) -> float:
    """The share of a statement's words that stand beside a figure of the text."""
    return share_of_words(one.words, other.words)


def _weight(word: str) -> int:
    return _YEAR_WEIGHT if word[0].isdigit() else 1


def _owned(text: str) -> list[_Owned]:
    """The amounts of a folded text with their words: those of its place in the sentence, or of its clause."""
    near = {item.spot.start: item for item in spots_of(text)}
    found = []
    for figure in figures_in(text):
        if not figure.is_amount or not figure.unit:
            continue
        item = near.get(figure.start)
        words = words_of(f"{item.before} {item.behind}" if item else _clause_of(text, figure))
        if item and not any(not word[0].isdigit() for word in words):
            # What something was changed to is said of what the figure before is.
            words |= words_of(item.lead)
        found.append(_Owned(figure, words, item is not None and item.role == "before"))
    return found


def _clause_of(text: str, figure: Figure) -> str:
    for start, end in clause_spans(text, 0, len(text)):
        if start <= figure.start < end:
            return f"{text[start : figure.start]} {text[figure.end : end]}"
    return ""


def words_of(text: str) -> frozenset[str]:
    """The words of a text that can say whose something is: pairs of characters, and dates whole."""
    dates = _DATE.findall(text)
    rest = _SAID_OF_ALL.sub(" ", _DATE.sub(" ", text))
    pairs = [run[i : i + 2] for run in _HAN_RUN.findall(rest) for i in range(len(run) - 1)]
    return frozenset([*dates, *pairs])
