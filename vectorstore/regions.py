"""The place that a plan is about: named in its title, by its publisher, or by how its text speaks of itself."""

from __future__ import annotations

import re
from collections import Counter

from vectorstore.numerals import YEAR
from vectorstore.offices import is_place, offices_in, place_of_offices
from vectorstore.places import Mention, mentions

_SUFFIX = "特别行政区|自治[区州县旗]|省|市|县|区|州|旗|盟"
_NAME = rf"[\u4e00-\u9fff]{{2,8}}?(?:{_SUFFIX})"
# A name that the gazetteer does not know counts where a document names its own place.
_TITLE_PLACE = re.compile(
    rf"^(?:中共)?(?:关于)?(?:印发|转发|公布|发布|下达|编制)?[《<]?(?:{YEAR}\s*年度?)?({_NAME})"
    rf"(?=民政|人民|{YEAR}|[“\"「]|社会|养老|殡葬|老龄|未成年|国民|关于|贯彻|城乡|残疾|慈善|婚姻|[一二三四五六七八九十])"
)
_OFFICE = re.compile(
    rf"(?:^|(?<=[\s,。;:、《“(]))({_NAME})(?:民政[局厅]|人民政府|民政事业|民政工作|委[省市县区州]政府)",
    re.MULTILINE,
)
# How a text speaks of its own place, by which the kind of the place is known.
_OWN = re.compile(r"(?:全|我|本)([省市州县区旗盟])(?![级域直委府])")
_LEVELS = ("区县旗", "市州盟", "省")
# Spoken of no more often than this, a place is mentioned in passing.
_PASSING = 2
_OFFICE_WEIGHT = 3


def region_of(title: str, publisher: str, text: str) -> str:
    """The place as the text writes it, in full if it does so anywhere; "" when no rule finds one.

    All in folded and simplified form; `text` is the beginning of the document.
    """
    found = mentions(text)
    named = [mention for mention in found if mention.is_full]
    stated = _TITLE_PLACE.match(title)
    unknown = _unknown_part(stated[1]) if stated else ""
    if unknown and is_place(unknown):
        return unknown
    issuing = re.split("关于|联合印发|印发|转发", title, maxsplit=1)[0]
    if offices_in(issuing) and (place := place_of_offices(issuing)):
        return place
    in_title = _most_specific([mention for mention in mentions(title) if not _is_half(mention, title)])
    if in_title is not None:
        return _full_form(in_title, named)
    publishing = place_of_offices(publisher)
    if publishing:
        return publishing
    return _own_place(text, named, _own_kind(title, text))


def _unknown_part(name: str) -> str:
    """The name without known places before it; "" when a known one ends it (湖北省荆门市, 加快荆门市)."""
    known = [mention for mention in mentions(name) if not _is_half(mention, name)]
    if known and known[-1].end == len(name):
        return ""
    start = 0
    for mention in known:
        start = mention.end if mention.start == start else start
    return name[start:]


def _is_half(mention: Mention, text: str) -> bool:
    """Whether a bare name is only the beginning of another place's name (白塔县, where the gazetteer has 白塔区)."""
    return not mention.is_full and re.match(r"[县州旗盟]|[区市](?![民场域])", text[mention.end :]) is not None


def _most_specific(found: list[Mention]) -> Mention | None:
    """The first place that is not merely the superior of another one (浙江省嵊州市 is about 嵊州市)."""
    superiors = {parent for mention in found for place in mention.places for parent in place.parents}
    lowest = [mention for mention in found if not {place.name for place in mention.places} & superiors]
    return next(iter(lowest or found), None)


def _full_form(mention: Mention, named: list[Mention]) -> str:
    """The title may shorten the place (杨浦民政工作要点); the body usually has it in full."""
    if mention.is_full:
        return mention.written
    codes = {place.code for place in mention.places}
    full = Counter(other.written for other in named if codes & {place.code for place in other.places})
    if full:
        return full.most_common(1)[0][0]
    return mention.places[0].name if len(mention.places) == 1 else mention.written


def _own_kind(title: str, text: str) -> str:
    """省, 市, 县 … as the text calls its own place; plans speak of the levels above them, too (全省前列)."""
    stated = _OWN.search(title)
    if stated:
        return stated[1]
    counts = Counter(match[1] for match in _OWN.finditer(text))
    for level in _LEVELS:
        kind, count = max(((kind, counts[kind]) for kind in level), key=lambda item: item[1])
        if count >= _PASSING and count * 4 >= max(counts.values()):
            return kind
    return ""


def _own_place(text: str, named: list[Mention], kind: str) -> str:
    """The place whose offices act in the text, or of which it speaks most, if it is of the text's own kind."""
    counts = Counter(mention.written for mention in named)
    offices = Counter(match[1] for match in _OFFICE.finditer(text) if is_place(match[1]))
    superiors = {parent for mention in named for place in mention.places for parent in place.parents}
    weights = {
        # A name that the gazetteer does not know may be cut wrongly out of a sentence: it counts little.
        name: counts[name] + offices[name] * (_OFFICE_WEIGHT if counts[name] else 1)
        for name in {*counts, *offices}
        if (name.endswith(kind) if kind else name not in superiors or counts[name] > len(named) / 2)
    }
    ranked = sorted(weights, key=lambda name: (-weights[name], text.index(name)))
    if not ranked or weights[ranked[0]] <= _PASSING:
        return ""
    is_clear = (
        len(ranked) == 1 or weights[ranked[0]] > weights[ranked[1]] or _same(ranked[0], ranked[1], named)
    )
    return ranked[0] if is_clear else ""


def _same(one: str, other: str, named: list[Mention]) -> bool:
    codes = [{p.code for m in named if m.written == name for p in m.places} for name in (one, other)]
    return bool(codes[0] & codes[1])
