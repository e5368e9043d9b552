"""Some of an index's passages, each at its place, as if the others did not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import overload

from vectorstore.documents import Passage


class LimitedPassages(Sequence[Passage]):
    """As many passages as there are in all; those that are not among `numbers` are page furniture without a character.

    Nothing is copied: a search is limited anew by every question that chooses another place, year or kind.
    """

    def __init__(self, passages: Sequence[Passage], numbers: Collection[int]) -> None:
        # What is limited twice is limited by both, and looks at the passages themselves.
        if isinstance(passages, LimitedPassages):
            self.numbers: frozenset[int] = passages.numbers & frozenset(numbers)
            self._all: Sequence[Passage] = passages._all
        else:
            self.numbers = frozenset(numbers)
            self._all = passages
        self._blank = cache(_blank)

    def __len__(self) -> int:
        """How many passages there are with those that are left out."""
        return len(self._all)

    @overload
    def __getitem__(self, number: int) -> Passage: ...

    @overload
    def __getitem__(self, number: slice) -> Sequence[Passage]: ...

    def __getitem__(self, number: int | slice) -> Passage | Sequence[Passage]:
        """The passage of this number, or those of a slice."""
        if isinstance(number, slice):
            return [self._seen(at) for at in range(*number.indices(len(self._all)))]
        return self._seen(range(len(self._all))[number])

    def __iter__(self) -> Iterator[Passage]:
        """Every passage, in order."""
        numbers, blank = self.numbers, self._blank
        for number, passage in enumerate(self._all):
            yield passage if number in numbers else blank(passage.document)

    def _seen(self, number: int) -> Passage:
        passage = self._all[number]
        return passage if number in self.numbers else self._blank(passage.document)


def _blank(document: str) -> Passage:
    return Passage(document=document, start=0, end=0, text="", kind="furniture")
