"""Abbreviations that a text explains once and then uses: “一老一小”（老年人和儿童）, …（以下简称“…”）.

Only what the text itself explains is taken: in brackets, after 即 or 以下简称, or as an enumeration of just as many
things as the abbreviation counts (社区、社会组织、…“五社联动”).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.folding import folded, simplified
from vectorstore.numerals import from_chinese

_NAME = r"[^“”「」()《》,。;:、\s]{2,12}"
_QUOTED = rf"[“「]({_NAME})[”」]"
_MEANING = r"[^()。;]{4,80}"
_AFTER = r"[\u4e00-\u9fff]{0,6}"
# “一老一小”(老年人和儿童); “四救(共救、社救、义救、商救)”; 五shan(即向上向善,…)
_BRACKETS = re.compile(
    rf"{_QUOTED}\(({_MEANING})\)|[“「]({_NAME})\(({_MEANING})\)[”」]|({_NAME})\(即[::,]?({_MEANING})\)"
)
# “六同步”机制,即社会组织党建与成立登记同步、…
_THAT_IS = re.compile(rf"{_QUOTED}{_AFTER}[,、:]?即(?!将|使|可|便|时)[,:]?({_MEANING})")
# 下陆区社会组织服务中心(以下简称“中心”)
_IN_SHORT = re.compile(
    rf"([\u4e00-\u9fffA-Za-z0-9·\-]{{4,40}})[”」》]?\((?:以下)?(?:统称|简称)为?[:,]?[“「]?({_NAME})[”」]?\)"
)
# 社区、社会组织、社会工作者、社区志愿者、社区公益慈善资源“五社联动”
_COUNTING = re.compile(r"[“「](?:新|老|大)?([两二三四五六七八九十])([^“”「」()《》,。;:、\s]{1,8})[”」]")
_BEFORE = re.compile(r"[^、,。;:“”「」()《》]{2,16}(?:、[^、,。;:“”「」()《》]{2,16}){1,9}$")
# What leads an enumeration rather than belonging to it.
_LEAD = re.compile(
    r"^.*(?:对标对表|探索|推进|推动|深化|开展|继续|完善|打造|实施|坚持|搭建|建立|健全|落实|围绕|聚焦|实现|形成|做好|加强|按照|通过|建设|成立|以)了?(?=.{2})"
)
# A bracket that holds a number of a paper, a date, a unit or an amount explains nothing.
_EXPLAINS_NOTHING = re.compile(
    r"^\W*(?:[\d.,%\s年月日—-]+|.*[号字]〔?\d.*|单位.*|试行|暂行|修订.*|含.*|包括.*|不含.*|其中.*|见.*|附.*)$"
)
_PAIR = 2
_MOST = 200


@dataclass(frozen=True)
class Abbreviation:
    """`name` stands for `meaning`, both as written; `start` … `end` is where the text says so."""

    name: str
    meaning: str
    start: int
    end: int


def abbreviations_in(text: str) -> list[Abbreviation]:
    """All abbreviations that `text` explains, in reading order, each name once (its first explanation)."""
    plain = simplified(folded(text))
    found = sorted(_found(plain), key=lambda item: item.start)
    first: dict[str, Abbreviation] = {}
    for item in found:
        if item.name != item.meaning and not _EXPLAINS_NOTHING.match(item.meaning):
            first.setdefault(item.name, item)
    return list(first.values())


class Explained:
    """The abbreviations that one document explains, for its passages."""

    def __init__(self, text: str) -> None:
        """A text explains few; of a very long one the first are enough, so that time stays linear."""
        self._known = [(item, _items(item.meaning)) for item in abbreviations_in(text)[:_MOST]]

    def context_of(self, text: str, start: int, end: int) -> str:
        """What a passage leaves unsaid: what its abbreviations mean, how what it spells out is called for short.

        `text` is the document's from `start` to `end`. Measured: with this in a passage's context a question in
        the words of the meaning finds the passage among the first three rather than the first fifty.
        """
        plain = simplified(folded(text))
        lines = []
        for item, items in self._known:
            if start <= item.start < end:
                continue
            is_spelt_out = item.meaning in plain or (len(items) > 1 and all(part in plain for part in items))
            if is_spelt_out != (item.name in plain):
                lines.append(item.name if is_spelt_out else f"{item.name}:{item.meaning}")
        return "\n".join(lines)


def _items(meaning: str) -> list[str]:
    return [part for part in re.split(r"[、,和与及]", meaning) if len(part) > 1]


def _found(plain: str) -> Iterator[Abbreviation]:
    for match in _BRACKETS.finditer(plain):
        name, meaning = (group for group in match.groups() if group)
        name = _LEAD.sub("", name) if match[5] else name
        yield Abbreviation(name, meaning.removeprefix("即").lstrip(",:"), match.start(), match.end())
    for match in _THAT_IS.finditer(plain):
        yield Abbreviation(match[1], _said_by_itself(match[2]), match.start(), match.end())
    for match in _IN_SHORT.finditer(plain):
        yield Abbreviation(match[2], _LEAD.sub("", match[1]), match.start(), match.end())
    for match in _COUNTING.finditer(plain):
        yield from _enumerated_before(plain, match)


def _enumerated_before(plain: str, match: re.Match[str]) -> Iterator[Abbreviation]:
    """The enumeration right before a name that counts as many things."""
    window = max(0, match.start() - 160)
    before = _BEFORE.search(plain[window : match.start()])
    if before is None:
        return
    items = before[0].split("、")
    items[0] = _LEAD.sub("", items[0])
    items[-1] = re.sub(r"等.{0,4}$", "", items[-1])
    # Two things before a name that counts two are often just its sentence; things of one kind end alike.
    are_alike = len(items) > _PAIR or items[0][-1:] == items[-1][-1:]
    if len(items) == from_chinese(match[1].replace("两", "二")) and min(map(len, items)) > 1 and are_alike:
        start = match.start() - (len(before[0]) - before[0].index(items[0]))
        yield Abbreviation(match[0].strip("“”「」"), "、".join(items), start, match.end())


def _said_by_itself(meaning: str) -> str:
    """Without what the sentence goes on to say: the quotation, or the enumeration up to its comma."""
    quoted = re.match(r"“([^”]*)”", meaning)
    if quoted:
        return quoted[1]
    first, _, rest = meaning.partition(",")
    return first if "、" in first and rest else meaning.rstrip(",")
