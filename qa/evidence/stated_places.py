"""Where a statement puts something (试点放在古丈县, 在五角场、控江两个街道): the document may put it elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.evidence.premise_owners import share_of_words, words_of
from qa.understanding.stated import PLACE_KIND, STREETS
from vectorstore.places import mentions

# What has such a name is a place of that kind.
_NAMED = re.compile(
    rf"(?!城市|农村|城乡|全[市区县州]|示范|行政|现有|老旧|[这那每各]个)[\u4e00-\u9fff]{{2,3}}(?:{PLACE_KIND})(?![\u4e00-\u9fff]?[级办化务])"
)
_APART = re.compile("[、和与]")
# A title (“老年宜居社区”) is no place.
_QUOTED = re.compile('[“"][^”"]*[”"]')
_COUNTY = ("县", "市", "区")
_CLAUSE = re.compile("[,;。]")
# The clause that is about the same thing has this share of the statement's words.
_IS_ABOUT_IT = 0.5
_END = 2


def is_elsewhere(asked: str, text: str, regions: Sequence[str] = ()) -> bool:
    """Whether a text puts in other places of the same kind what a statement puts in some; both are folded."""
    # 荆门社区 are the communities of a region, and no community called so.
    return _is_in_other_streets(_without(regions, asked), text) or _is_in_other_counties(asked, text, regions)


def _is_in_other_streets(asked: str, text: str) -> bool:
    """五角场街道: 长白、四平街道."""
    asked = _QUOTED.sub("", asked)
    several = STREETS.search(asked)
    stated = _NAMED.findall(asked)
    if several:
        kind = several["kind"]
        bare = [
            re.sub(f"(?:[这那]?[两二三四五六七八九几]个)?(?:{PLACE_KIND})?$", "", n)
            for n in _APART.split(several[0])
        ]
    elif len(stated) == 1:
        suffix = re.search(PLACE_KIND, stated[0][_END:])
        kind = suffix[0] if suffix else ""
        bare = [stated[0][: -len(kind)]] if kind else []
    else:
        return False
    if not kind or not bare or any(name[-_END:] in text for name in bare):
        return False
    return any(kind in name[_END:] for name in _NAMED.findall(text))


def _is_in_other_counties(asked: str, text: str, regions: Sequence[str]) -> bool:
    """古丈县: 凤凰县, in the clause that says most of the statement."""
    stated = _counties(asked, regions)
    if len(stated) != 1:
        return False
    words = words_of(_QUOTED.sub("", _without(regions, asked)).replace(stated[0], " "))
    clauses = _CLAUSE.split(text)
    about = max(clauses, key=lambda clause: share_of_words(words, words_of(clause)))
    told = _counties(about, regions)
    return bool(told) and stated[0] not in told and share_of_words(words, words_of(about)) >= _IS_ABOUT_IT


def _counties(text: str, regions: Sequence[str]) -> list[str]:
    named = [m.written for m in mentions(text) if m.is_full and m.written.endswith(_COUNTY)]
    return [name for name in named if name not in regions]


def _without(regions: Sequence[str], asked: str) -> str:
    """A statement without the names of the regions asked about."""
    for region in regions:
        asked = asked.replace(region, "").replace(region[:-1] if len(region) > _END else region, "")
    return asked
