"""The pieces of an English phrase with their Chinese: terms, verbs, places, times and small words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.bilingual.lexicon import chinese_of, deeds_of, verbs
from qa.bilingual.numbered_parts import IS_PART
from qa.bilingual.small_words import SAID_WITH_NUMBER, Kind, counted, ordinal, small_word, unit_said
from qa.understanding.glossary import normalised_word
from qa.understanding.wording import synonyms_in

_TOKEN = re.compile(
    r"(?P<time>(?:19|20)\d{2}年?\s*(?:[-–—]|to)\s*(?:19|20)\d{2}年?|(?:19|20)\d{2}年(?:\d{1,2}月)?|(?:1[0-6])[-–](?=year))|"
    r"(?P<label>\d{1,3}(?:st|nd|rd|th)\b|\d\+[\dA-Za-z]{1,3}\b|\d[A-Za-z]{1,2}\b)|(?P<age>\d{2,3}(?:—\d{2,3})?周岁(?:以上)?)|(?P<plan>十[二三四五]五)|(?P<han>[\u4e00-\u9fff]+)|(?P<number>\d[\d,]*(?:\.\d+)?%?)|"
    r"-(?=minute)|〔(?P<looked>[^〕]+)〕|(?P<word>[A-Za-z][A-Za-z0-9.]*(?:[-'’][A-Za-z0-9]+)*)|(?P<mark>[,;:&/])"
)
_LONGEST = 6


@dataclass(frozen=True)
class Piece:
    """One word or term of a phrase with its Chinese."""

    kind: Kind
    text: str


def pieces_of(text: str) -> list[Piece]:
    """The pieces of an English phrase, in its order; small words that say nothing are left out."""
    tokens = [
        (match.lastgroup or "", match.group(0), match.start(), match.end()) for match in _TOKEN.finditer(text)
    ]
    terms = {synonym.start: synonym for synonym in synonyms_in(text)}
    pieces: list[Piece] = []
    position = 0
    while position < len(tokens):
        kind, written, start, _ = tokens[position]
        if kind in ("word", "number"):
            piece, count = _longest(tokens, position, terms.get(start))
            if piece is not None:
                pieces.append(piece)
                position += count
                continue
        pieces.extend(_single(kind, written, tokens, position))
        # The unit of money has been said with the number.
        is_said = kind == "number" and unit_said(_word_at(tokens, position + 1)) in SAID_WITH_NUMBER
        position += 2 if is_said else 1
    return pieces


def _longest(
    tokens: Sequence[tuple[str, str, int, int]], position: int, synonym: object
) -> tuple[Piece | None, int]:
    """The longest run of words from `position` that a list knows; the words of questions before terms of one length."""
    term_end = getattr(synonym, "end", 0)
    official = getattr(synonym, "official", ("",))[0]
    if re.search("[a-zA-Z]", official) is None and not re.search("[\u4e00-\u9fff]", official):
        term_end = 0
    term_count = sum(1 for token in tokens[position:] if token[3] <= term_end)
    words: list[str] = []
    ends = []
    for number, token in enumerate(tokens[position : position + _LONGEST]):
        if token[0] not in ("word", "number", "label"):
            break
        for part in token[1].split("-"):
            words.append(normalised_word(part))
            ends.append(number + 1)
    for size in range(len(words), 0, -1):
        count = ends[size - 1]
        if count < max(term_count, 1):
            break
        found = _known(words[:size])
        if found is not None and (size == len(words) or ends[size] != count):
            kind: Kind = "time" if found in _RELATIVE_YEARS else "verb" if found in verbs() else "term"
            return Piece(kind, found), count
    if term_count:
        silent = official in _SILENT
        return Piece("verb" if official in verbs() else "term", "" if silent else official), term_count
    return None, 0


_RELATIVE_YEARS = ("去年", "今年", "明年")
# What adds nothing: every question is about plans of civil affairs.
_SILENT = ("规划", "民政", "民政局")


def _known(words: Sequence[str]) -> str | None:
    """What a list has for these words, the last one also in its plain form (reviewed → review)."""
    known = chinese_of()
    done = deeds_of() if len(words) == 1 and words[0] not in known else {}
    for form in _plain_forms(words[0]) if done else ():
        if form in done:
            return done[form]
    for last in (words[-1], *_plain_forms(words[-1])):
        for first in (words[0], *_plain_forms(words[0])) if len(words) > 1 else (last,):
            joined = " ".join([first, *words[1:-1], last]) if len(words) > 1 else last
            if joined in known:
                return known[joined]
    return None


def _plain_forms(word: str) -> list[str]:
    if word.endswith("ly") and len(word) > 5:
        return [word.removesuffix("ly")]
    for ending in ("ied", "ing", "ed"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            # sited is of site: sit would be sitted.
            forms = [f"{stem}y"] if ending == "ied" else [f"{stem}e", stem]
            return [*forms, stem[:-1]] if len(stem) > 3 and stem[-1] == stem[-2] else forms
    return []


def _single(
    kind: str, written: str, tokens: Sequence[tuple[str, str, int, int]], position: int
) -> list[Piece]:
    """What one token that begins no known term stands for; nothing for one that says nothing."""
    years = re.findall(r"\d{4}", written)
    known: dict[str, Piece] = {
        "time": Piece("time", f"{years[0]}—{years[1]}年" if len(years) > 1 else written),
        "plan": Piece("time", f"“{written}”"),
        "age": Piece("term", written),
        # 3A, and 5th as 第五.
        "label": Piece("term", ordinal(written)),
        # What a dictionary has put into Chinese.
        "looked": Piece("verb" if written[1:-1] in verbs() else "term", written[1:-1]),
        "han": Piece("term" if IS_PART.fullmatch(written) else "place", written),
    }
    if kind in known:
        return [known[kind]]
    if kind == "mark":
        return [Piece("and", ",")] if written in ",&/" else []
    if kind == "number":
        before, behind = _word_at(tokens, position - 1), _word_at(tokens, position + 1)
        return [Piece("term", counted(written, before, behind))]
    word = written.lower().strip(".")
    known_as = small_word(word)
    piece = Piece(*known_as) if known_as else Piece("unknown", written)
    return [piece] if piece.text else []


def _word_at(tokens: Sequence[tuple[str, str, int, int]], position: int) -> str:
    return tokens[position][1].lower() if 0 <= position < len(tokens) else ""
