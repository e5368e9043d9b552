"""Towns, subdistricts and villages that documents name, by pinyin: Shuanghe town → 双河镇 where a document speaks of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from qa.bilingual.places import spelt
from qa.understanding.english import with_chinese_places
from qa.understanding.known_places import known_places
from vectorstore.document_map import DocumentMap
from vectorstore.documents import Document

_KINDS = {
    "town": "镇乡", "township": "乡镇", "subdistrict": "街道", "sub-district": "街道", "street": "街道", "community": "社区",
    "village": "村", "county": "县", "district": "区",
}  # fmt: skip
_NAMED = re.compile(
    rf"\b(?P<name>[A-Za-z][a-z']{{2,}}(?: [a-z']{{2,6}})?)(?:'s)? (?P<kind>{'|'.join(_KINDS)})\b(?:'s\b)?",
    re.IGNORECASE,
)
# The kind before the name: the township of Guimen.
_KIND_BEFORE = re.compile(rf"\b(?:the )?({'|'.join(_KINDS)}) of ([A-Z][a-z]+)\b")
_BY_LIBRARY: WeakKeyDictionary[DocumentMap, Mapping[tuple[str, str], str]] = WeakKeyDictionary()


def with_local_places(text: str, documents: Mapping[str, Document]) -> str:
    """An English question with the towns and the like that the library's documents name put into Chinese."""
    text = _KIND_BEFORE.sub(r"\2 \1", text)
    if not isinstance(documents, DocumentMap) or not _NAMED.search(text):
        return text
    known = _BY_LIBRARY.get(documents)
    if known is None:
        known = _BY_LIBRARY[documents] = _names_in(documents)

    def chinese(match: re.Match[str]) -> str:
        words = match["name"].lower().replace("'s", "").replace("'", "").split()
        kinds = _KINDS[match["kind"].lower()]
        for spelling in ("".join(words), words[-1]):
            for kind in (kinds,) if len(kinds) > 1 and kinds in ("街道", "社区") else kinds:
                found = known.get((spelling, kind))
                if found:
                    before = "" if spelling == "".join(words) else match["name"].split()[0] + " "
                    return f"{before}{found}"
        return match.group(0)

    return _NAMED.sub(chinese, text)


def _names_in(documents: DocumentMap) -> Mapping[tuple[str, str], str]:
    """Names of two or three characters before each 镇, 乡 … of the documents, by pinyin and kind; the most frequent."""
    found: Counter[tuple[str, str]] = Counter()
    for document in documents.values():
        for match in re.finditer("镇|乡|街道|社区|村|县|区", document.text):
            for length in (2, 3):
                bare = document.text[max(0, match.start() - length) : match.start()]
                if re.fullmatch(f"[\u4e00-\u9fff]{{{length}}}", bare):
                    found[bare, match.group(0)] += 1
    names: dict[tuple[str, str], str] = {}
    for (bare, kind), _ in found.most_common():
        names.setdefault((spelt(bare).lower().replace("'", ""), kind), f"{bare}{kind}")
    return names


def placed_in_chinese(text: str, documents: Mapping[str, Document]) -> str:
    """An English text with the places that it names, those of the documents and any other, in Chinese."""
    return with_chinese_places(with_local_places(text, documents), known_places(documents).regions)
