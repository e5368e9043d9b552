"""Source sanity: what a careful reader of one document would doubt, found by stated rules at indexing time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from vectorstore.documents import Document, Doubt, Passage
from vectorstore.sanity.counts import miscounted
from vectorstore.sanity.indicators import contradictory_mentions
from vectorstore.sanity.parts import contradictory_parts
from vectorstore.sanity.proportions import disproportionate
from vectorstore.sanity.ranges import implausible_amounts
from vectorstore.sanity.reading import read
from vectorstore.sanity.repetitions import repeated
from vectorstore.sanity.rises import contradictory_rises
from vectorstore.sanity.tables import doubtful_tables
from vectorstore.sanity.titles import contradictory_titles
from vectorstore.sanity.written import doubtful_writing
from vectorstore.structure import Block

_RULES = (
    doubtful_writing,
    disproportionate,
    implausible_amounts,
    doubtful_tables,
    contradictory_parts,
    contradictory_rises,
    contradictory_mentions,
    contradictory_titles,
    miscounted,
    repeated,
)


def doubts_in(document: Document, blocks: Sequence[Block]) -> list[Doubt]:
    """All doubts about `document`, in the order of its text; `blocks` are those of its structure.

    A contradiction is given twice, once from each place. Time grows linearly with the text.
    """
    reading = read(document, blocks)
    found: Iterable[Doubt] = (doubt for rule in _RULES for doubt in rule(reading))
    return sorted(set(found), key=lambda doubt: (doubt.start, doubt.end, doubt.kind, doubt.message))


def each_once(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """Two places that disagree with each other are one finding, told at the first."""
    told: set[tuple[tuple[int, int], tuple[int, int] | None]] = set()
    for doubt in doubts:
        here = (doubt.start, doubt.end)
        if doubt.counterpart is None or (doubt.counterpart, here) not in told:
            yield doubt
        told.add((here, doubt.counterpart))


def with_doubts(passages: Sequence[Passage], doubts: Iterable[Doubt]) -> list[Passage]:
    """The passages, each with those doubts that are about some of its characters; they are in order and apart."""
    ends = [passage.end for passage in passages]
    about: dict[int, list[Doubt]] = {}
    for doubt in doubts:
        number = bisect_right(ends, doubt.start)
        while number < len(passages) and passages[number].start < doubt.end:
            about.setdefault(number, []).append(doubt)
            number += 1
    return [
        replace(passage, doubts=tuple(about[number])) if number in about else passage
        for number, passage in enumerate(passages)
    ]
