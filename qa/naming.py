"""Which places and documents a question names, and which of them the library holds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from vectorstore.documents import Document
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name, mentions, same_place, superiors

_SCOPE = re.compile(r"(?:全|我们?|本|咱们?)([省市县区州旗])")


def title_known(title: str, documents: Mapping[str, Document]) -> bool:
    """Whether a document of the library is called so or speaks of one that is."""
    return any(title in document.text or title in document.metadata.title for document in documents.values())


def documents_named(text: str, regions: Sequence[str], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """What a question limits itself to by region, title or scope word (全州); empty for everything."""
    named = [name for name, d in documents.items() if d.metadata.title and d.metadata.title in text]
    if regions:
        of_regions = [name for name, d in documents.items() if d.metadata.region in regions]
        both = [name for name in of_regions if name in named]
        return tuple(both or of_regions)
    if named:
        return tuple(named)
    scope = _SCOPE.search(text)
    if scope:
        return tuple(name for name, d in documents.items() if d.metadata.region.endswith(scope[1]))
    return ()


def places_named(
    text: str, documents: Mapping[str, Document]
) -> tuple[list[str], list[str], list[str], list[tuple[int, int]], str]:
    """(library regions, places elsewhere, names the source must hold, spans of all these, correction)."""
    library = list(dict.fromkeys(d.metadata.region for d in documents.values() if d.metadata.region))
    regions: list[tuple[int, str]] = []
    elsewhere: list[str] = []
    named: list[str] = []
    spans: list[tuple[int, int]] = []
    for region, start, end in _library_regions(text, library):
        regions.append((start, region))
        spans.append((start, end))
    for mention in mentions(text):
        if any(start < mention.end and mention.start < end for start, end in spans):
            continue
        in_library = [region for region in library if same_place(mention.written, region)]
        if in_library:
            regions.append((mention.start, in_library[0]))
            spans.append((mention.start, mention.end))
            continue
        is_known_word = any(mention.written in document.text for document in documents.values())
        is_superior = any(mention.places[0].name in superiors(region) for region in library)
        if mention.is_full or is_superior:
            (named if is_known_word else elsewhere).append(mention.written)
            spans.append((mention.start, mention.end))
        elif not is_known_word and _stands_as_place(text, mention.start, mention.end, mention.places[0].code):
            elsewhere.append(mention.written)
            spans.append((mention.start, mention.end))
    # 湖北省黄石市下陆区: what lies above a region that is named only says where it is.
    above = {parent for _, region in regions for parent in superiors(region)}
    elsewhere = [name for name in elsewhere if not any(same_place(name, parent) for parent in above)]
    named = [name for name in named if not any(same_place(name, parent) for parent in above)]
    corrected = ""
    if not regions and not elsewhere:
        corrected = _misspelt(text, library)
        for written, region in [corrected.split("→")] if corrected else []:
            position = text.index(written)
            regions.append((position, region))
            spans.append((position, position + len(written)))
        unknown = "" if corrected or named else _unknown_place(text)
        if unknown:
            is_known_word = any(unknown in document.text for document in documents.values())
            (named if is_known_word else elsewhere).append(unknown)
            spans.append((text.index(unknown), text.index(unknown) + len(unknown)))
    return [region for _, region in sorted(regions)], elsewhere, named, spans, corrected


def _library_regions(text: str, library: Sequence[str]) -> list[tuple[str, int, int]]:
    """Regions of the library as written in the question, full or without suffix; the longest name wins."""
    forms = {form: region for region in library for form in (bare_name(region), region)}
    found: list[tuple[str, int, int]] = []
    for form in sorted(forms, key=len, reverse=True):
        for match in re.finditer(re.escape(form), text):
            following = text[match.end() : match.end() + 1]
            # 荆门 must not be found in a longer name of another place (沙洋县 is not 沙洋), 杨浦 not in 杨浦大桥.
            is_other = form != forms[form] and following in "省市县区州" and following != forms[form][-1]
            if not is_other and not any(s < match.end() and match.start() < e for _, s, e in found):
                found.append((forms[form], match.start(), match.end()))
    return found


def _stands_as_place(text: str, start: int, end: int, code: str) -> bool:
    """A bare name (武汉) is a place when it is a province or prefecture, or stands where a place stands."""
    is_county = len(code) >= 6 and not code.endswith("00")
    before, after = text[:start], text[end:]
    opens = start == 0 or bool(re.search(r"(?:和|与|跟|比|同|、|,|那么?|请问|在|[a-z] )$", before))
    return opens and (not is_county or bool(re.match(rf"的|{YEAR}|民政|今年|去年|呢|和|与|有|低保|“", after)))


_UNKNOWN_PLACE = re.compile(
    r"(?:^|[和与跟比、,那]|请问)([\u4e00-\u9fff]{2,3}(?:省|市|县|区|州|旗))(?![一-龥]{0,1}[长委局])"
)
_NO_PLACE = re.compile(
    r"^[全我本各该每两几哪那这谁]|(?:社|城|园|地|景|校|郊|辖|片|小|老|新|市|州|牧|林|特|中心)[区县]$|民政|公共|行政|管理|开发|示范"
)


def _unknown_place(text: str) -> str:
    match = _UNKNOWN_PLACE.search(text)
    return "" if match is None or _NO_PLACE.search(match[1]) else match[1]


def _misspelt(text: str, library: Sequence[str]) -> str:
    """ "written→region" when the question names a place one character away from one of the library."""
    match = _UNKNOWN_PLACE.search(text)
    if match is None or mentions(match[1]):
        return ""
    for region in library:
        same_length = len(match[1]) == len(region)
        if (
            same_length
            and match[1][-1] == region[-1]
            and sum(a != b for a, b in zip(match[1], region, strict=True)) == 1
        ):
            return f"{match[1]}→{region}"
    return ""
