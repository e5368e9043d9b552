"""Versions of one paper: which documents are a revision of another, and which of them is the newer.

Likeness is the share of common runs of five characters (Jaccard), estimated by minhash after Broder, "On the
resemblance and containment of documents", 1997. Plans of one genre share many phrases, so likeness alone says little:
title or number, place and years must agree as well.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from vectorstore.documents import Metadata
from vectorstore.folding import folded, simplified

Signature = tuple[int, ...]
"""The least hash of a text's runs under each of so many hash functions; () for a text too short to have a run."""

VersionKind = Literal["newer", "older"]

_RUN = 5
_HASHES = 64
_LONGEST = 400_000
# Papers of the same title or number, place and years; papers that state none of these.
_LIKE_BY_NAME, _LIKE_BY_TEXT = 0.35, 0.8
_DRAFT_MARKS = re.compile(
    r"[\s《》“”\"'()\[\]〔〕—–\-·:]|修[订改](?:稿|版|本)?|征求意见稿?|草案|送审稿|审议稿|报批稿|初稿|定稿|正式稿|"
    r"(?:新|旧|第[一二三四\d])版|公开版|文字版|中期调整"
)
_NUMBERS = re.compile(r"\d+")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True)
class Edition:
    """What is compared of a document: its name, what it says about itself, its text's signature, when it came in."""

    name: str
    metadata: Metadata
    signature: Signature
    added_ns: int = 0


@dataclass(frozen=True)
class Version:
    """Of a document that has other versions in the library: which one it is, and the name of the newest."""

    kind: VersionKind
    newest: str


def signature_of(text: str) -> Signature:
    """The signature of a text; punctuation, white space and page breaks do not count."""
    import numpy as np  # noqa: PLC0415

    letters = re.sub(r"[\W_]+", "", folded(text[:_LONGEST]))
    if len(letters) < _RUN:
        return ()
    codes = np.frombuffer(letters.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    runs = np.zeros(len(codes) - _RUN + 1, dtype=np.uint64)
    for offset in range(_RUN):
        runs = runs * np.uint64(1_000_003) + codes[offset : offset + len(runs)]
    runs = np.unique(runs)
    random = np.random.default_rng(1997)
    factors = random.integers(1, 2**63, _HASHES, dtype=np.uint64) | np.uint64(1)
    summands = random.integers(0, 2**63, _HASHES, dtype=np.uint64)
    # The upper half of the product: the lower bits of a multiplication depend on few bits of the run.
    least = [
        int(((runs * factor + summand) >> np.uint64(32)).min())
        for factor, summand in zip(factors, summands, strict=True)
    ]
    return tuple(least)


def likeness(one: Signature, other: Signature) -> float:
    """The estimated share of common runs, 0 … 1."""
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


def same_paper(one: Edition, other: Edition) -> bool:
    """Whether two documents are versions of one paper."""
    return _is_same(one, other, likeness(one.signature, other.signature))


def _is_same(one: Edition, other: Edition, alike: float) -> bool:
    a, b = one.metadata, other.metadata
    if alike < _LIKE_BY_NAME or a.region != b.region or a.years != b.years:
        return False
    by_name = bool(a.title and _bare(a.title) == _bare(b.title)) or bool(a.number and a.number == b.number)
    return by_name or alike >= _LIKE_BY_TEXT


def is_newer(one: Edition, other: Edition) -> bool:
    """Whether the first is the later version: by the dates that they state, else by when they came in."""
    first, second = _day(one.metadata.date), _day(other.metadata.date)
    if first and second and first != second:
        return first > second
    return (one.added_ns, one.name) > (other.added_ns, other.name)


def versions_among(editions: Sequence[Edition]) -> Mapping[str, Version]:
    """The documents that have other versions among these, by name."""
    found: dict[str, Version] = {}
    for family in _families([edition for edition in editions if edition.signature]):
        newest = family[0]
        for edition in family[1:]:
            newest = edition if is_newer(edition, newest) else newest
        for edition in family:
            found[edition.name] = Version("newer" if edition is newest else "older", newest.name)
    return found


def _families(editions: Sequence[Edition]) -> list[list[Edition]]:
    """The editions that belong together, directly or by others; those that are alone are left out."""
    import numpy as np  # noqa: PLC0415

    if len(editions) < 2:
        return []
    family_of = list(range(len(editions)))
    signatures = np.array([edition.signature for edition in editions], dtype=np.uint32)
    for number, edition in enumerate(editions[:-1]):
        alike = (signatures[number + 1 :] == signatures[number]).mean(axis=1)
        for offset in np.flatnonzero(alike >= _LIKE_BY_NAME):
            other = number + 1 + int(offset)
            if _is_same(edition, editions[other], float(alike[offset])):
                kept, joined = family_of[number], family_of[other]
                family_of = [kept if family == joined else family for family in family_of]
    families: dict[int, list[Edition]] = {}
    for edition, family in zip(editions, family_of, strict=True):
        families.setdefault(family, []).append(edition)
    return [family for family in families.values() if len(family) > 1]


def _bare(title: str) -> str:
    """A title without the marks by which versions differ."""
    return _DRAFT_MARKS.sub("", simplified(folded(title)))


def _day(written: str) -> tuple[int, ...]:
    """Year, month and day as numbers, () for what is no date."""
    tens = re.sub(r"(?<=[一二三])十(?=[一二三四五六七八九])", "", folded(written))
    tens = re.sub(r"(?<=[二三])十", "0", tens)
    tens = re.sub(r"十(?=[一二三四五六七八九])", "1", tens).replace("十", "10")
    numbers = tuple(int(number) for number in _NUMBERS.findall(tens.translate(_CHINESE_DIGITS))[:3])
    return numbers if len(numbers) == 3 else ()
