"""The documents of an index by name, and what is worked out from all of them once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

from vectorstore.documents import Document

_REMEMBERED = 4096
# Between two texts: no question that can be asked holds it.
_BETWEEN = "\0"


class DocumentMap(Mapping[str, Document]):
    """A read-only mapping. Hashable by identity, so that others can keep what they work out beside it (weakly)."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = dict(documents)
        self.holds = lru_cache(_REMEMBERED)(self._holds)
        """Whether some document's text holds these characters; remembered, for one question asks again and again."""

    def __getitem__(self, name: str) -> Document:
        return self._documents[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._documents)

    def __len__(self) -> int:
        return len(self._documents)

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Mapping) and dict(self) == dict(other))

    @cached_property
    def _texts(self) -> str:
        return _BETWEEN.join(document.text for document in self.values())

    @cached_property
    def _pairs(self) -> frozenset[str]:
        """All pairs of neighbouring characters: most of what is in no text is known by one of its pairs."""
        texts = self._texts
        return frozenset(map("".join, pairwise(texts)))

    def _holds(self, text: str) -> bool:
        return all(text[at : at + 2] in self._pairs for at in range(len(text) - 1)) and text in self._texts


def held_in(text: str, documents: Mapping[str, Document]) -> bool:
    """Whether the text of some document holds these characters."""
    if isinstance(documents, DocumentMap):
        return documents.holds(text)
    return any(text in document.text for document in documents.values())
