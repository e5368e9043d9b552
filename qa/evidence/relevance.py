"""How much of a question's wording a text covers (see `qa.evidence.vocabulary` for what each term weighs)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.understanding.script import to_simplified

# Terms that the surroundings of a sentence hold (its passage, section path, caption) count for less than
# those in the sentence itself.
IN_PASSAGE = 0.55
IN_CONTEXT = 0.7
IN_SECTION = 0.3
# A synonym says it nearly as well.
_OTHER_WORDS = 0.95
_OF_PART = 0.5

_LEVEL, _LEVELS = re.compile("[省市州县区乡镇村]级"), "省市州县区乡镇村"


@dataclass(frozen=True)
class Term:
    """Something a good source should say: any of `wordings`, counted with `weight`.

    `worth` is what the kind of word is worth (0 … 1), whatever its rarity in the library. `part` is the rarer
    character of a wording that no document has: half of it is said where that stands (坟头 by 坟墓).
    """

    wordings: tuple[str, ...]
    weight: float
    worth: float = 1.0
    part: str = ""


# 5A is one word, whose 5 is no figure.
RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z-]+|\d+[a-z]+|\d+(?:\.\d+)?")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Simplified characters, NFKC, lower case, no white space: the form in which texts are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", to_simplified(text))).lower()


def bigrams(text: str) -> list[str]:
    """Character bigrams of each Chinese run, Latin words and numbers whole; a lone character as it is."""
    found: list[str] = []
    for run in RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


def listed_levels(wording: str) -> list[str]:
    """How a level of government (县级) is named among others: 市、县 and 县、乡; [] for any other wording."""
    if not _LEVEL.fullmatch(wording):
        return []
    own = wording[0]
    return [pair for level in _LEVELS if level != own for pair in (f"{own}、{level}", f"{level}、{own}")]


def holds(text: str, wording: str) -> bool:
    """Whether `text` says `wording`; a number only as a whole number (0 is not in 540)."""
    if wording[:1].isdigit():
        return re.search(rf"(?<![\d.]){re.escape(wording)}(?![\d.])", text) is not None
    return wording in text


class Covering:
    """What texts with the same surroundings cover of the terms: what these hold is looked up once.

    `surroundings` are (text, what a term there counts for), best first. All texts in `plain` form.
    """

    def __init__(self, terms: Sequence[Term], surroundings: Sequence[tuple[str, float]] = ()) -> None:
        self._terms = terms
        self._total = sum(term.weight for term in terms)
        self._around = [
            next((share * said for held, share in surroundings if (said := _said(term, held))), 0.0)
            for term in terms
        ]

    def by(self, text: str) -> tuple[float, float]:
        """The shares of the terms' weight (0 … 1) that a text covers with its surroundings, and alone."""
        if not self._total:
            return 0.0, 0.0
        own = [_said(term, text) for term in self._terms]
        both = [said or around for said, around in zip(own, self._around, strict=True)]
        return self._share(both, text), self._share(own, text)

    def _share(self, shares: Sequence[float], text: str) -> float:
        whole = sum(term.weight * share for term, share in zip(self._terms, shares, strict=True))
        parts = sum(
            term.weight * _OF_PART
            for term, share in zip(self._terms, shares, strict=True)
            if not share and term.part and term.part in text
        )
        # Parts of words add to what is said in whole ones, and say nothing alone.
        return (whole + min(parts, whole)) / self._total


def coverage(terms: Sequence[Term], text: str, surroundings: Sequence[tuple[str, float]] = ()) -> float:
    """Share of the terms' weight found in `text`, or at a discount in its surroundings; 0 … 1 (see Covering)."""
    return Covering(terms, surroundings).by(text)[0]


def _said(term: Term, text: str) -> float:
    """What finding a term in a text counts for: most in the asker's own words; 0 where it is not."""
    for number, word in enumerate(term.wordings):
        if holds(text, word):
            return _OTHER_WORDS if number else 1.0
    return 0.0
