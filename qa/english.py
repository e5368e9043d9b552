"""English questions: places written in pinyin, and the terms to look for in Chinese documents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from qa.wording import language_of, synonyms_in
from qa.words import english_words
from vectorstore.places import bare_name, place_names

_PLACE_WORD = re.compile(
    r"\b([A-Z][a-z]{3,}(?:'?[a-z]+)?)(?:'s)?(?:[ -](?:City|District|County|Prefecture|Province|Municipality))?\b"
)
_YEAR = re.compile(r"(?<![\d./-])((?:19|20)\d{2})(?![\d./年-])")


def with_chinese_places(text: str, regions: Iterable[str]) -> str:
    """An English question with places in pinyin and years put into Chinese (Xialu District → 下陆区, 2025 → 2025年).

    Other questions stay as they are.

    `regions` are those of the library; other provinces and prefectures are put by their bare names, so that a
    place that the library does not hold is recognised as one.
    """
    if language_of(text) != "en":
        return text
    own = {_pinyin(bare_name(region)): region for region in regions if region}

    def chinese(match: re.Match[str]) -> str:
        word = match[1].lower().replace("'", "")
        return own.get(word) or _pinyin_of_places().get(word) or match.group(0)

    return _YEAR.sub(r"\1年", _PLACE_WORD.sub(chinese, text))


def english_content(text: str) -> tuple[list[tuple[str, ...]], list[str]]:
    """(official Chinese wordings of each term found, English words that no term covers)."""
    synonyms = synonyms_in(text)
    rest = list(text)
    for synonym in synonyms:
        rest[synonym.start : synonym.end] = " " * (synonym.end - synonym.start)
    words = [word.lower() for word in re.findall(r"[A-Za-z][A-Za-z-]+", "".join(rest))]
    return [synonym.official for synonym in synonyms], [word for word in words if word not in english_words()]


@lru_cache(maxsize=1)
def _pinyin_of_places() -> dict[str, str]:
    """Provinces and prefectures by pinyin; one that several places share is left out."""
    found: dict[str, list[str]] = {}
    for name in place_names(largest=True):
        found.setdefault(_pinyin(bare_name(name)), []).append(bare_name(name))
    return {pinyin: names[0] for pinyin, names in found.items() if len(set(names)) == 1}


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - loads its dictionary

    return "".join(lazy_pinyin(name))
