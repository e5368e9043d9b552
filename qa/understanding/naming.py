"""Which places and documents a question names, and which of them the library holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qa.understanding.known_places import KnownPlaces, known_places
from qa.understanding.localities import (
    level_names,
    levels_that_set,
    locality_names,
    misspelt_elsewhere,
    unknown_divisions,
)
from vectorstore.document_map import held_in
from vectorstore.documents import Document
from vectorstore.numerals import YEAR
from vectorstore.places import Mention, bare_name, mentions, namesakes, same_place, superiors

_SCOPE = re.compile(r"(?:全|我们?|本|咱们?)([省市县区州旗])")
# What stands before a place: nothing, another place, a year, or how people begin.
OPENS = re.compile(
    r"(?:^|[和与跟比同、,;:。?!在到年对给由从 ]|那么?|请问|问一?下|打听一?下|想?知道|了解一?下?|查一?下|看看|说说|换成|[a-z] )$"
)
# 武汉路, 中山公园 and 长沙大学 are no places of that name.
_PART_OF_NAME = re.compile(
    r"^(?:[路街巷镇乡村桥山湖河]|大[道街桥学厦]|社区(?!食堂|长者|养老|工作|治理|居家|综合|服务|社会|助餐)|街道|[东西南北中][路街]|公园|医院|学院|银行|公司|公墓|会议|精神)"
)
_GOES_ON = re.compile(rf"的|{YEAR}|民政|今年|去年|呢|和|与|有|低保|“|那|这|[在建要办共有新怎今]")
_JOINS = re.compile(r"^(?:的|里的?|下面?的?|下辖的?|境内的?|辖区?内?的?)?$")


@dataclass
class _Named:
    """What was found so far: regions of the library with their positions, other names, and all their spans."""

    regions: list[tuple[int, str]] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def is_free(self, start: int, end: int) -> bool:
        return not any(start < taken_end and taken < end for taken, taken_end in self.spans)

    def masked(self, text: str) -> str:
        """`text` with a comma in place of every character of what was found."""
        characters = list(text)
        for start, end in self.spans:
            characters[start:end] = "," * (end - start)
        return "".join(characters)

    def follows_region(self, text: str, start: int) -> bool:
        """Whether a name at `start` stands right behind a region of the library (嵊州甘霖镇)."""
        begins = {at for at, _ in self.regions}
        ends = [end for begin, end in self.spans if begin in begins and end <= start]
        return bool(ends) and _JOINS.match(text[max(ends) : start]) is not None


def title_known(title: str, documents: Mapping[str, Document]) -> bool:
    """Whether a document of the library is called so or speaks of one that is."""
    return held_in(title, documents) or any(title in d.metadata.title for d in documents.values())


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
) -> tuple[list[str], list[str], list[str], list[tuple[int, int]]]:
    """(library regions, places elsewhere, names the source must hold, spans of all these)."""
    library = known_places(documents)
    found = _Named()
    for region, start, end in _library_regions(text, library):
        found.regions.append((start, region))
        found.spans.append((start, end))
    found_mentions = mentions(text)
    _drop_namesakes(text, found_mentions, documents, found)
    for mention in found_mentions:
        if found.is_free(mention.start, mention.end):
            _take_mention(text, mention, library, documents, found)
    _take_parts(text, library, documents, found)
    rest = found.masked(text)
    _take_unlisted(text, [*locality_names(rest), *unknown_divisions(rest)], documents, found)
    for name, spans in levels_that_set(text):
        if found.is_free(*spans[0]):
            found.named.append(name)
            found.spans.extend(spans)
    if not found.regions:
        _take_unlisted(text, level_names(text, library.kinds), documents, found)
    if not found.regions and not found.elsewhere and not found.named:
        _take_unlisted(text, misspelt_elsewhere(text, documents), documents, found)
    # 湖北省黄石市下陆区: what lies above a region that is named only says where it is.
    above = {parent for _, region in found.regions for parent in superiors(region)}
    elsewhere = [name for name in found.elsewhere if not any(same_place(name, parent) for parent in above)]
    named = [name for name in found.named if not any(same_place(name, parent) for parent in above)]
    return [region for _, region in sorted(found.regions)], elsewhere, named, found.spans


def _drop_namesakes(
    text: str, found_mentions: Sequence[Mention], documents: Mapping[str, Document], found: _Named
) -> None:
    """南京市鼓楼区 is not the 鼓楼区 of a library whose document never speaks of 南京."""
    for position, region in list(found.regions):
        above = next((m for m in found_mentions if m.end == position), None)
        if above is None or len(namesakes(region)) < 2:
            continue
        own = [document.text for document in documents.values() if document.metadata.region == region]
        if not any(bare_name(above.written) in held for held in own):
            end = next(end for start, end in found.spans if start == position)
            found.regions.remove((position, region))
            found.spans.append((above.start, end))
            found.elsewhere.append(text[above.start : end])


def _take_mention(
    text: str,
    mention: Mention,
    library: KnownPlaces,
    documents: Mapping[str, Document],
    found: _Named,
) -> None:
    """Put a place of the gazetteer where it belongs: a region of the library, elsewhere, or a name to be found."""
    start, end = mention.start, mention.end
    if not mention.is_full and re.match(r"[市县区州旗](?![级长委区])", text[end:]):
        # 京山县, which has become 京山市.
        end += 1
    written = text[start:end]
    in_library = library.same_as(written)
    if in_library:
        found.regions.append((start, in_library))
        found.spans.append((start, end))
        return
    # 三江县 of a paper that writes 三江侗族自治县 only.
    written_there = (mention.written, *(place.name for place in mention.places))
    known = next((name for name in written_there if held_in(name, documents)), "")
    is_known = bool(known)
    is_part = any(place.name in library.parts for place in mention.places)
    is_superior = mention.places[0].name in library.above
    is_sure = end > mention.end or mention.is_full or is_superior or (is_part and _opens(text, start, found))
    if not is_sure and (not _stands_as_place(text, mention) or (is_known and _is_county(mention))):
        return
    is_of_region = is_part or found.follows_region(text, start)
    held = known or written
    (found.named if is_known or (is_of_region and found.regions) else found.elsewhere).append(held)
    found.spans.append((start, end))


def _opens(text: str, start: int, found: _Named) -> bool:
    return OPENS.search(text[:start]) is not None or found.follows_region(text, start)


def _is_county(mention: Mention) -> bool:
    return len(mention.places[0].code) >= 6 and not mention.places[0].code.endswith("00")


def _stands_as_place(text: str, mention: Mention) -> bool:
    """A bare name (武汉) is a place when it is no part of another name; a county's, which may be a word, first of all."""
    before, after = text[: mention.start], text[mention.end :]
    if _PART_OF_NAME.match(after):
        return False
    return not _is_county(mention) or OPENS.search(before) is not None


def _take_parts(text: str, library: KnownPlaces, documents: Mapping[str, Document], found: _Named) -> None:
    """Divisions of a region by bare names that are words as well (凤凰), where only a place can stand."""
    for part, bare, match in library.parts_in(text):
        start, end = match.span()
        stands = OPENS.search(text[:start]) and _GOES_ON.match(text[end:])
        if found.is_free(start, end) and (stands or found.follows_region(text, start)):
            end += 1 if re.match(r"[市县区](?![级长委区])", text[end:]) else 0
            known = next((name for name in (part, bare) if held_in(name, documents)), "")
            (found.named if known or found.regions else found.elsewhere).append(known or bare)
            found.spans.append((start, end))


def _take_unlisted(
    text: str, names: Iterable[tuple[str, int]], documents: Mapping[str, Document], found: _Named
) -> None:
    """Towns, streets and neighbours, which no gazetteer of counties knows; behind a region, a part of it."""
    for name, start in names:
        if not found.is_free(start, start + len(name)):
            continue
        is_known = held_in(name, documents)
        is_part = bool(found.regions) and found.follows_region(text, start)
        (found.named if is_known or is_part else found.elsewhere).append(name)
        found.spans.append((start, start + len(name)))


def _library_regions(text: str, library: KnownPlaces) -> list[tuple[str, int, int]]:
    """Regions of the library as written in the question, full or without suffix; the longest name wins."""
    plain, forms = library.simplified, library.forms
    found: list[tuple[str, int, int]] = []
    for form in library.forms_in(text):
        for match in re.finditer(re.escape(form), text):
            following = text[match.end() : match.end() + 1]
            # 荆门 must not be found in a longer name of another place (沙洋县 is not 沙洋), 杨浦 not in 杨浦大桥.
            is_whole = form == plain[forms[form]]
            # A level and its officers are no place: 钦州县级, 嵊州县长.
            is_kind = (
                following in "省市县区州" and text[match.end() + 1 : match.end() + 2] not in "级长委域辖"
            )
            is_other = not is_whole and is_kind and following != plain[forms[form]][-1]
            if not is_other and not any(s < match.end() and match.start() < e for _, s, e in found):
                found.append((forms[form], match.start(), match.end()))
    return found
