"""What the terms of a question are worth, by how rare they are among the library's passages."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from qa.evidence.relevance import RUN, Term, bigrams, listed_levels, plain
from qa.understanding.english import english_content
from qa.understanding.question import Question
from qa.understanding.wording import Synonym, synonyms_in
from qa.understanding.words import generic_words
from vectorstore.folding import folded

# A bigram across two words (保标 in 低保标准) says little.
_ACROSS_WORDS = 0.4
# What a word is worth by its part of speech: the subject of a question is in its nouns; adverbs and the
# like (大约, 听说) are how people talk. rjieba takes compounds that it does not know for names, so these count.
_VERB, _OTHER = 0.45, 0.12
_VERB_TAGS = ("v", "a", "b", "z", "q", "t", "s", "f", "m")
_GENERIC_WORTH = 0.3
# A question without one term of this worth has no subject to look for (你是谁?).
_LEAST_SUBJECT = 0.3
_MOST_TERMS = 60
_BIGRAM = 2
_A_NAME = 3
# What wordings that no document has weigh, and in what share of the passages a rare character stands at most.
_UNHEARD, _RARE = 0.6, 0.12
_NUMERALS = "一二三四五六七八九十"
# Who or what goes without (哪些情形不给, 什么人不能申请), and how papers say so.
_ASKS_WITHHELD = re.compile(
    r"(?:什么|哪[些种类几个]|啥|怎样)[^,。?]{0,12}?(?:不(?:给|能|可以?|予|发|让|准|批|算|享受|纳入|符合|够|许)|[拿领享]不[到了]|停发|取消)"
)
_WITHHELD = (
    "不予",
    "不得",
    "不享受",
    "不再",
    "不重复",
    "不纳入",
    "不计入",
    "不适用",
    "不能",
    "停发",
    "停止发放",
    "取消",
    "除外",
)
_SURELY_WITHHELD = 0.8
_PLAN = re.compile("[一二三四五六七八九十]{1,3}五")
NOUN_TAGS = ("n", "vn", "an", "l", "i", "j", "eng")
# What the answer to a question of this kind is likely to say.
_ASKED_WORDS: dict[str, tuple[Term, ...]] = {
    "place": (Term(("选址", "位于", "地址", "坐落", "设在", "地点"), 4.0),),
    "number": (),
    "date": (),
    "list": (),
    "text": (),
}


class Vocabulary:
    """How common each bigram is among the library's passages."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._frequency: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._texts = tuple(texts)
        self._count = 0
        for text in self._texts:
            self._frequency.update(set(bigrams(text)))
            self._characters.update(set(text))
            self._count += 1
        self._rarest = math.log((self._count + 1) / 1.5)

    def weight(self, bigram: str) -> float:
        """Inverse document frequency, never below 0.2: log((n + 1) / (df + 0.5))."""
        return max(0.2, math.log((self._count + 1) / (self._frequency[bigram] + 0.5)))

    def knows(self, text: str) -> bool:
        """Whether every bigram of `text` occurs somewhere in the library."""
        return all(self._frequency[bigram] for bigram in bigrams(text))

    def writes(self, name: str) -> bool:
        """Whether some passage holds a name as it stands."""
        return self.knows(name) and any(name in text for text in self._texts)

    def terms_of(self, question: Question) -> list[Term]:
        """The weighted terms of a question: bigrams of its content, each with its synonyms' official words.

        Empty when it names no subject, so that nothing covers it.
        """
        if question.is_english:
            terms = self._terms_of_english(question.text)
        else:
            terms = [term for piece in question.content for term in self._terms_of_piece(piece)]
        # A name that a document puts in quotation marks is a subject, of whatever words (“六同步”).
        if not question.catchwords and not any(
            term.worth >= _LEAST_SUBJECT and len(term.wordings[0]) > 1 and self._says(term) for term in terms
        ):
            # 派人去郑州干啥: the place is all that it is about.
            is_text = question.asks == "text" and not question.elsewhere
            return [Term((plain(name),), self._rarest) for name in question.named if is_text]
        # Of a very long question the weightiest terms are enough to find its answer.
        weights: dict[tuple[str, ...], float] = {}
        parts: dict[tuple[str, ...], str] = {}
        for term in [*terms, *self._quoted(question), *self._withheld(question)]:
            weights[term.wordings] = weights.get(term.wordings, 0.0) + term.weight
            parts[term.wordings] = term.part
        distinct = [Term(wordings, weight, part=parts[wordings]) for wordings, weight in weights.items()]
        weightiest = sorted(distinct, key=lambda term: -term.weight)[:_MOST_TERMS]
        return [*weightiest, *_ASKED_WORDS[question.asks]]

    def _says(self, term: Term) -> bool:
        """Whether some document says it in some wording."""
        return any(self.knows(wording) for wording in term.wordings)

    def _quoted(self, question: Question) -> list[Term]:
        """What a question quotes (“1+20”), and what the documents do, as a whole."""
        text = folded(question.text)
        quoted = re.findall(r"[“\"]([^”\"]{2,20})[”\"]", text)
        quoted += [name for name in question.catchwords if name in text and name not in quoted]
        return [
            Term(_filled_in(plain(phrase)), self._rarest) for phrase in quoted if not _PLAN.fullmatch(phrase)
        ]

    def _withheld(self, question: Question) -> list[Term]:
        """What says that something is not given, where it is asked when or to whom it is not."""
        is_asked = question.asks in ("list", "text") and _ASKS_WITHHELD.search(folded(question.text))
        return (
            [Term(_WITHHELD, _SURELY_WITHHELD * self._rarest)] if is_asked and not question.confirms else []
        )

    def _terms_of_english(self, text: str) -> list[Term]:
        """The Chinese terms that English words stand for; words that stand for none count against an answer."""
        found, unknown = english_content(text)
        known = [
            Term(tuple(plain(word) for word in official), min(self._rarity(word) for word in official))
            for official in found
        ]
        return [*known, *(Term((word,), self._rarest * _VERB, _VERB) for word in unknown)]

    def _terms_of_piece(self, piece: str) -> list[Term]:
        text = unicodedata.normalize("NFKC", piece).lower()
        synonyms = synonyms_in(text)
        nested = _nested(synonyms)
        worth = _worth_by_position(text)
        terms: list[Term] = []
        for run in RUN.finditer(text):
            width = (
                2 if "\u4e00" <= run.group(0)[0] <= "\u9fff" and len(run.group(0)) > 1 else len(run.group(0))
            )
            for start in range(run.start(), run.end() - width + 1):
                wording = text[start : start + width]
                official = [
                    w
                    for s in (*synonyms, *nested)
                    if s.start <= start and start + width <= s.end
                    for w in s.official
                ]
                # A wording that no document has is no rarer than one that a single document has.
                weight = min(self.weight(wording), self._rarest)
                if official:
                    weight = min(weight, *(self._rarity(word) for word in official))
                word, other = worth[start], worth[start + width - 1]
                factor = (
                    word[1] if word[0] == other[0] or width != 2 else _ACROSS_WORDS * min(word[1], other[1])
                )
                part = ""
                if not official and width == _BIGRAM and not self._frequency[wording] and word[0] == other[0]:
                    # How people talk more often than what the library should know.
                    weight, part = weight * _UNHEARD, self._rarer_character(wording)
                wordings = (wording, *(plain(word) for word in official), *listed_levels(wording))
                terms.append(Term(wordings, weight * factor, factor, part))
        return terms

    def _rarer_character(self, wording: str) -> str:
        """The character of a wording that stands in fewer passages, "" when that is in none or in too many."""
        character = min(wording, key=lambda one: self._characters[one])
        return character if 0 < self._characters[character] <= _RARE * self._count else ""

    def _rarity(self, word: str) -> float:
        return max((self.weight(bigram) for bigram in bigrams(word)), default=1.0)


def _filled_in(phrase: str) -> tuple[str, ...]:
    """A catchword whose number is asked for (三沿几区) with every number that it may have."""
    return tuple(phrase.replace("几", number) for number in _NUMERALS) if "几" in phrase else (phrase,)


def _worth_by_position(text: str) -> list[tuple[int, float]]:
    """For each character, the number of its word and what that word is worth (0 … 1)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    worth: list[tuple[int, float]] = []
    for number, (word, tag) in enumerate(rjieba.tag(text)):
        if word in generic_words():
            value = _GENERIC_WORTH
        else:
            value = 1.0 if tag.startswith(NOUN_TAGS) else _VERB if tag.startswith(_VERB_TAGS) else _OTHER
        worth.extend([(number, value)] * len(word))
    return worth


def _nested(synonyms: Sequence[Synonym]) -> list[Synonym]:
    """The wordings of names at the end of longer ones (养老院 of 民办养老院), not of what others have as well (城市低保)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    found = []
    for whole in synonyms:
        start = whole.start
        for word in rjieba.cut(whole.written):
            if len(word) >= _A_NAME and word != whole.written and start + len(word) == whole.end:
                found += [
                    replace(s, start=start + s.start, end=start + s.end)
                    for s in synonyms_in(word)
                    if s.written == word
                ]
            start += len(word)
    return found
