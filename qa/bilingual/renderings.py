"""All the Chinese that each word of an English question may stand for, without choosing: the choice is the paper's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from qa.bilingual.dictionary import translations_with
from qa.bilingual.lexicon import chinese_of, deeds_of, verbs
from qa.bilingual.looking_up import forms_of
from qa.bilingual.small_words import small_word
from qa.understanding.glossary import normalised_word
from qa.understanding.wording import synonyms_in

_WORD = re.compile(r"[A-Za-z]{3,}")
# Numbers that are no years, which a sentence has to repeat: premises of over 1,000 square metres.
_NUMBER = re.compile(r"(?<![\d.\w])\d[\d,]*(?:\.\d+)?(?![\d年—-])")
_DEED_ENDINGS = ("ed", "ing")
_HAN = re.compile("[\u4e00-\u9fff]+")
# Words that ask, or say that something is planned or there, which sentences say in their own way.
_ASKING = frozenset((
    "how", "many", "much", "what", "which", "who", "when", "where", "why", "number", "amount", "total",
    "percentage", "percent", "proportion", "share", "year", "month", "day", "money", "cost", "plan", "planned",
    "planning", "period", "end", "set", "need", "expect", "expected", "aim", "intend", "have", "has", "had", "get",
    "got", "give", "given", "per", "each", "dead", "one", "two", "three", "four", "five", "six", "seven", "and",
    "or", "not", "every", "over", "under", "than", "during", "after", "before", "into", "over", "out", "off",
    "people", "yuan", "rmb", "be", "been", "being",
))  # fmt: skip
_LONGEST_PHRASE = 4
_MOST_TRANSLATIONS = 12
# What a dictionary has is less sure than our own lists; a single character stands in many words.
_OWN, _LOOKED_UP, _SINGLE = 1.0, 0.9, 0.5
# So much of the pairs of characters of a longer term say it nearly (持证社工, 持证社会工作者).
_NEARLY, _FOR_NEARLY = 0.5, 0.7


@dataclass(frozen=True)
class Rendered:
    """An English word and the Chinese that it may stand for, each with how surely.

    `is_own` where our own lists know it, `is_deed` where it says what is done, for which papers have many words.
    """

    word: str
    wordings: Mapping[str, float]
    is_own: bool
    is_deed: bool = False

    def said_in(self, text: str) -> float:
        """How surely (0 … 1) a Chinese text says the word."""
        return max((weight * _share(wording, text) for wording, weight in self.wordings.items()), default=0.0)


def _share(wording: str, text: str) -> float:
    if wording in text or not _HAN.match(wording):
        return float(wording in text)
    pairs = [wording[at : at + 2] for at in range(len(wording) - 1)]
    share = sum(pair in text for pair in pairs) / len(pairs) if len(pairs) > 1 else 0.0
    return share * _FOR_NEARLY if share >= _NEARLY else 0.0


def renderings(question: str) -> tuple[Rendered, ...]:
    """The words of an English question that say what it is about, each with its renderings; places are in Chinese already."""
    tokens = list(_WORD.finditer(question))
    plain = [normalised_word(token[0].lower()) for token in tokens]
    phrases = _phrases(question, tokens, plain)
    found = []
    for number, token in enumerate(tokens):
        word = token[0].lower()
        if {word, plain[number]} & _ASKING or _says_nothing(word):
            continue
        own = set(phrases[number])
        wordings: dict[str, float] = {}
        for form in dict.fromkeys((word, *forms_of(word))):
            listed = (chinese_of().get(form, ""), deeds_of().get(form, ""))
            own |= {*listed, *(official for one in synonyms_in(form) for official in one.official)}
            for translation in translations_with(form).get(form, ())[:_MOST_TRANSLATIONS]:
                wordings[translation] = _LOOKED_UP if len(translation) > 1 else _SINGLE
        own = {wording for wording in own if _HAN.fullmatch(wording)}
        wordings |= {wording: _OWN if len(wording) > 1 else _SINGLE for wording in own}
        is_deed = word.endswith(_DEED_ENDINGS) or (bool(own) and own <= verbs())
        found.append(Rendered(word, wordings, bool(own), is_deed))
    numbers = dict.fromkeys(number[0].replace(",", "") for number in _NUMBER.finditer(question))
    return (*found, *(Rendered(number, {number: _OWN}, is_own=True) for number in numbers))


def _says_nothing(word: str) -> bool:
    known = small_word(word)
    return known is not None and not _HAN.search(known[1])


def _phrases(question: str, tokens: list[re.Match[str]], plain: list[str]) -> list[set[str]]:
    """For each word what the phrases of our lists stand for in which it is (old age allowance)."""
    found: list[set[str]] = [set() for _ in tokens]
    for synonym in synonyms_in(question):
        for number, token in enumerate(tokens):
            if synonym.start <= token.start() < synonym.end:
                found[number].update(synonym.official)
    for size in range(2, _LONGEST_PHRASE + 1):
        for first in range(len(tokens) - size + 1):
            chinese = chinese_of().get(" ".join(plain[first : first + size]), "")
            for number in range(first, first + size):
                found[number].add(chinese)
    return found
