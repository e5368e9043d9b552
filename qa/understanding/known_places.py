"""The places of a library's documents, and in which forms they are written, worked out once for each state of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from weakref import WeakKeyDictionary

from qa.understanding.script import to_simplified
from vectorstore.document_map import DocumentMap
from vectorstore.documents import Document
from vectorstore.folding import folded, simplified
from vectorstore.places import bare_name, places_within, same_place, suffixed_forms, superiors

# Where a paper tells how it calls its own place, and how far from its beginning at most.
_IN_SHORT = r"\((?:以下)?简称为?[:,]?[“\"「]?([\u4e00-\u9fff]{2,6})[”\"」]?\)"
_EXPLAINED_WITHIN = 6_000
_SHORTEST_NAME = 2
_KNOWN: WeakKeyDictionary[DocumentMap, KnownPlaces] = WeakKeyDictionary()


@dataclass(frozen=True)
class KnownPlaces:
    """The regions of the documents in the order of the documents, and what follows from them."""

    regions: tuple[str, ...]
    in_short: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def simplified(self) -> Mapping[str, str]:
        """Each region in Simplified characters: one in Traditional ones is asked about in these (廈門市, 厦门市)."""
        return {region: to_simplified(region) for region in self.regions}

    @cached_property
    def forms(self) -> Mapping[str, str]:
        """The region by each form in which it is asked about, in full and bare."""
        return {form: region for region, name in self.simplified.items() for form in (bare_name(name), name)}

    @cached_property
    def short_forms(self) -> Mapping[str, str]:
        """The full name by the other forms: without its peoples (湘西州), as everybody or its papers call it (莫旗)."""
        return {
            form: name
            for region, name in self.simplified.items()
            for form in (*suffixed_forms(name), *self.in_short.get(region, ()))
            if form not in self.forms
        }

    def in_full(self, text: str) -> str:
        """`text` with the full names of regions in place of such forms."""
        if not self._short_form:
            return text
        return self._short_form.sub(lambda said: self.short_forms.get(said[0], said[0]), text)

    @cached_property
    def _short_form(self) -> re.Pattern[str] | None:
        """Any of them, or a name in full, which is left as it is."""
        names = sorted((*self.short_forms, *self.simplified.values()), key=len, reverse=True)
        return re.compile("|".join(map(re.escape, names))) if self.short_forms else None

    @cached_property
    def order(self) -> Mapping[str, int]:
        """In which order the forms are looked for: the longest first."""
        return {form: number for number, form in enumerate(sorted(self.forms, key=len, reverse=True))}

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(form) for form in self.forms}))

    @cached_property
    def parts(self) -> frozenset[str]:
        """Full names of all divisions within the regions."""
        return frozenset(part for name in self.simplified.values() for part in places_within(name))

    @cached_property
    def bare_parts(self) -> Mapping[str, tuple[str, ...]]:
        """The divisions within the regions by their bare names, where those are names by themselves."""
        found: dict[str, list[str]] = {}
        for part in self.parts:
            bare = bare_name(part)
            if len(bare) > 1 and bare != part:
                found.setdefault(bare, []).append(part)
        return {bare: tuple(parts) for bare, parts in found.items()}

    @cached_property
    def above(self) -> frozenset[str]:
        """Full names of every division above a region."""
        return frozenset(parent for region in self.regions for parent in superiors(region))

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The last characters of the regions' names (区, 市)."""
        return frozenset(region[-1] for region in self.regions)

    @cached_property
    def _by_bare_name(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for region in self.regions:
            found.setdefault(bare_name(region), []).append(region)
        return found

    def same_as(self, written: str) -> str:
        """The first region that a written name can mean, "" without any."""
        candidates = dict.fromkeys([written] if written in self.simplified else [])
        candidates.update(dict.fromkeys(self._by_bare_name.get(bare_name(written), ())))
        found = [region for region in candidates if same_place(written, region)]
        return min(found, key=self.regions.index) if found else ""

    def forms_in(self, text: str) -> list[str]:
        """The forms that stand in the text, in the order in which they are looked for."""
        found = {
            text[start : start + length]
            for length in self._lengths
            for start in range(len(text) - length + 1)
        }
        return sorted(found & self.forms.keys(), key=self.order.__getitem__)

    def parts_in(self, text: str) -> Iterator[tuple[str, str, re.Match[str]]]:
        """(division, its bare name, where it stands) of divisions within the regions that stand in the text."""
        for bare in sorted(bare for bare in self.bare_parts if bare in text):
            for part in self.bare_parts[bare]:
                for match in re.finditer(re.escape(bare), text):
                    yield part, bare, match


def known_places(documents: Mapping[str, Document]) -> KnownPlaces:
    """The places of these documents; kept for as long as the documents are."""
    if not isinstance(documents, DocumentMap):
        return _places_of(documents)
    known = _KNOWN.get(documents)
    if known is None:
        known = _KNOWN[documents] = _places_of(documents)
    return known


def _places_of(documents: Mapping[str, Document]) -> KnownPlaces:
    regions = (document.metadata.region for document in documents.values())
    in_short: dict[str, tuple[str, ...]] = {}
    for document in documents.values():
        region = document.metadata.region
        if region:
            in_short[region] = (*in_short.get(region, ()), *_short_names(region, document.text))
    return KnownPlaces(tuple(dict.fromkeys(region for region in regions if region)), in_short)


def _short_names(region: str, text: str) -> tuple[str, ...]:
    """How a paper says it calls its own place: 莫力达瓦达斡尔族自治旗(以下简称“莫旗”)."""
    written = simplified(folded(text[:_EXPLAINED_WITHIN]))
    found = re.findall(rf"{re.escape(to_simplified(region))}{_IN_SHORT}", written)
    names = (*_banner_in_short(to_simplified(region)), *(name for name in found if name[-1] in region))
    return tuple(dict.fromkeys(names))


def _banner_in_short(region: str) -> tuple[str, ...]:
    """How a banner with a long name is called everywhere: 莫旗, 土左旗 (土默特左旗), 科右前旗 (科尔沁右翼前旗)."""
    bare = bare_name(region)
    if not region.endswith("旗") or len(bare) <= _SHORTEST_NAME:
        return ()
    sides = "".join(side for side in bare[1:] if side in "左右前中后")
    return (f"{bare[0]}{sides}旗",)
