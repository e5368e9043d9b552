"""How people say things and how plans write them: the wordings of the glossary that stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.understanding.glossary import ASCII_LOWER, Glossary, glossary, normalised_word
from qa.understanding.script import LATIN_WORD
from vectorstore.remembering import remembering_short_texts

# What may stand between the words of one phrase: long-term care, veterans' affairs, 2021–2025.
_GAP = re.compile(r"['’]?[\s\u2010-\u2015-]+")


@dataclass(frozen=True)
class Synonym:
    """A wording found in a text, `text[start:end] == written`, and what plans write instead."""

    start: int
    end: int
    written: str
    official: tuple[str, ...]


def synonyms_in(text: str) -> list[Synonym]:
    """Every wording of the glossary that stands in `text`, in order, the longest first where they overlap.

    Everyday and English wordings give the official terms; an official term gives the others of its entry.
    Chinese is compared as Simplified (see `to_simplified`), English word by word, whatever its case,
    with simple plurals and British spelling.
    """
    return [wording for wording in wordings_in(text) if wording.official]


def wordings_in(text: str) -> list[Synonym]:
    """As `synonyms_in`, with the wordings that stand for themselves alone as well."""
    return list(_wordings(text))


@remembering_short_texts
def _wordings(text: str) -> tuple[Synonym, ...]:
    terms = glossary()
    found = [
        *_chinese_matches(text, terms),
        *_open_matches(text, terms),
        *_english_matches(text, terms),
    ]
    found.sort(key=lambda synonym: (synonym.start - synonym.end, synonym.start))
    taken = bytearray(len(text))
    kept = []
    for synonym in found:
        if any(taken[synonym.start : synonym.end]):
            continue
        taken[synonym.start : synonym.end] = b"\x01" * (synonym.end - synonym.start)
        kept.append(synonym)
    return tuple(sorted(kept, key=lambda synonym: synonym.start))


def _chinese_matches(text: str, terms: Glossary) -> Iterator[Synonym]:
    lowered = text.translate(ASCII_LOWER)
    for start in range(len(text)):
        for end in range(start + 1, min(start + terms.longest_chinese, len(text)) + 1):
            official = terms.chinese.get(lowered[start:end])
            if official is not None:
                yield Synonym(start, end, text[start:end], official)


def _open_matches(text: str, terms: Glossary) -> Iterator[Synonym]:
    """Wordings with a gap in them (没爹没妈…孩子): what stands between is part of the wording found."""
    lowered = text.translate(ASCII_LOWER)
    for pattern, official in terms.open.items():
        for match in pattern.finditer(lowered):
            yield Synonym(match.start(), match.end(), text[match.start() : match.end()], official)


def _english_matches(text: str, terms: Glossary) -> Iterator[Synonym]:
    for run in _word_runs(text):
        words = tuple(normalised_word(match[0]) for match in run)
        for first in range(len(run)):
            for last in range(first, min(first + terms.longest_english, len(run))):
                official = terms.english.get(words[first : last + 1])
                if official is not None:
                    start, end = run[first].start(), run[last].end()
                    yield Synonym(start, end, text[start:end], official)


def _word_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Latin words and numbers, grouped where only blanks, hyphens or an apostrophe stand between them."""
    run: list[re.Match[str]] = []
    for word in LATIN_WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    if run:
        yield run
