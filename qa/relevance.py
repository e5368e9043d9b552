"""How much of a question's wording a text covers, each term weighted by how rare it is in the library."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa.asking import counted_around, is_telegraphic
from qa.english import english_content
from qa.question import Question
from qa.wording import synonyms_in, to_simplified
from qa.words import attribute_words, generic_words, without_function_words
from vectorstore.folding import folded

# Terms that the surroundings of a sentence hold (its passage, section path, caption) count for less than
# those in the sentence itself.
IN_PASSAGE = 0.55
IN_CONTEXT = 0.7
IN_SECTION = 0.3
# A synonym says it nearly as well.
_OTHER_WORDS = 0.95
# A bigram across two words (保标 in 低保标准) says little.
_ACROSS_WORDS = 0.4
# What a word is worth by its part of speech: the subject of a question is in its nouns; adverbs and the
# like (大约, 听说) are how people talk. rjieba takes compounds that it does not know for names, so these count.
_VERB, _OTHER = 0.45, 0.12
_VERB_TAGS = ("v", "a", "b", "z", "q", "t", "s", "f", "m")
_GENERIC_WORTH = 0.3
# A question without one term of this worth has no subject to look for (你是谁?).
_LEAST_SUBJECT = 0.3
_CROSSES_WORDS = re.compile("[户个来去按把被给将要会能得着过是有在到说用没不的了也都就还才]")
_MONEY = frozenset(["资金", "经费", "费用", "金额", "投资", "投入", "总投资", "花费", "开支", "银子"])
# People are often counted without a word for them, money is not counted.
_OF_NO_THING = frozenset(("人", "名", "位", "户", "对", "元", "%"))
_MOST_TERMS = 60
_BIGRAM = 2
# What wordings that no document has weigh, and in what share of the passages a rare character stands at most.
_UNHEARD, _RARE = 0.6, 0.12
_OF_PART = 0.5
_PLAN = re.compile("[一二三四五六七八九十]{1,3}五")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_NOUN_TAGS = ("n", "vn", "an", "l", "i", "j", "eng")


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


# What the answer to a question of this kind is likely to say.
_ASKED_WORDS: dict[str, tuple[Term, ...]] = {
    "place": (Term(("选址", "位于", "地址", "坐落", "设在", "地点"), 4.0),),
    "number": (),
    "date": (),
    "list": (),
    "text": (),
}
_RUN = re.compile(r"[\u4e00-\u9fff]+|[a-z][a-z-]+|\d+(?:\.\d+)?")


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """Simplified characters, NFKC, lower case, no white space: the form in which texts are compared."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", to_simplified(text))).lower()


def bigrams(text: str) -> list[str]:
    """Character bigrams of each Chinese run, Latin words and numbers whole; a lone character as it is."""
    found: list[str] = []
    for run in _RUN.findall(unicodedata.normalize("NFKC", text).lower()):
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            found.extend(run[i : i + 2] for i in range(len(run) - 1))
        else:
            found.append(run)
    return found


class Vocabulary:
    """How common each bigram is among the library's passages."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._frequency: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()
        self._count = 0
        for text in texts:
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

    def terms_of(self, question: Question) -> list[Term]:
        """The weighted terms of a question: bigrams of its content, each with its synonyms' official words.

        Empty when it names no subject, so that nothing covers it.
        """
        if question.is_english:
            terms = self._terms_of_english(question.text)
        else:
            terms = [term for piece in question.content for term in self._terms_of_piece(piece)]
        if not any(
            term.worth >= _LEAST_SUBJECT and len(term.wordings[0]) > 1 and self._says(term) for term in terms
        ):
            return []
        # Of a very long question the weightiest terms are enough to find its answer.
        weights: dict[tuple[str, ...], float] = {}
        parts: dict[tuple[str, ...], str] = {}
        for term in [*terms, *self._quoted(question)]:
            weights[term.wordings] = weights.get(term.wordings, 0.0) + term.weight
            parts[term.wordings] = term.part
        distinct = [Term(wordings, weight, part=parts[wordings]) for wordings, weight in weights.items()]
        weightiest = sorted(distinct, key=lambda term: -term.weight)[:_MOST_TERMS]
        return [*weightiest, *_ASKED_WORDS[question.asks]]

    def _says(self, term: Term) -> bool:
        """Whether some document says it in some wording."""
        return any(self.knows(wording) for wording in term.wordings)

    def _quoted(self, question: Question) -> list[Term]:
        """What a question quotes (“1+20”), as a whole."""
        quoted = re.findall(r"[“\"]([^”\"]{2,20})[”\"]", folded(question.text))
        return [Term((plain(phrase),), self._rarest) for phrase in quoted if not _PLAN.fullmatch(phrase)]

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
        worth = _worth_by_position(text)
        terms: list[Term] = []
        for run in _RUN.finditer(text):
            width = (
                2 if "\u4e00" <= run.group(0)[0] <= "\u9fff" and len(run.group(0)) > 1 else len(run.group(0))
            )
            for start in range(run.start(), run.end() - width + 1):
                wording = text[start : start + width]
                official = [
                    w for s in synonyms if s.start <= start and start + width <= s.end for w in s.official
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
                wordings = (wording, *(plain(word) for word in official))
                terms.append(Term(wordings, weight * factor, factor, part))
        return terms

    def _rarer_character(self, wording: str) -> str:
        """The character of a wording that stands in fewer passages, "" when that is in none or in too many."""
        character = min(wording, key=lambda one: self._characters[one])
        return character if 0 < self._characters[character] <= _RARE * self._count else ""

    def _rarity(self, word: str) -> float:
        return max((self.weight(bigram) for bigram in bigrams(word)), default=1.0)


def counted_in(question: Question) -> tuple[str, ...]:
    """What a question counts (养老机构有多少家 → 机构, 多少张床给老人 → 床), in all its wordings; empty when it counts nothing.

    A sentence that does not name it counts something else, however much it says of the rest. People are often
    counted without a word for them (完成改造300户).
    """
    is_count = question.asks == "number" and bool(question.unit) and question.unit not in _OF_NO_THING
    if not is_count or question.is_english or not question.content:
        return ()
    before, behind = counted_around(folded(question.text))
    if behind:
        nouns = [
            noun for noun in _nouns(next(iter(without_function_words(behind)), "")) if not noun.is_action
        ]
        return nouns[-1].wordings if nouns else ()
    piece = next((piece for piece in reversed(question.content) if before.endswith(piece)), "")
    return _named_last(piece) if piece else ()


def _named_last(piece: str) -> tuple[str, ...]:
    """What a piece of content names in the end, in all its wordings; empty when it ends in a deed (…资助)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    nouns = _nouns(piece)
    if nouns and nouns[-1].ends_piece:
        return () if nouns[-1].is_action else nouns[-1].wordings
    word, tag = rjieba.tag(piece)[-1]
    if tag.startswith(("v", "a", "d")) or word in generic_words() or len(piece) == 1:
        return ()
    # 儿童之家, 未成年人保护站: the end of a name that falls apart.
    official = [w for s in synonyms_in(piece) if s.end == len(piece) for w in s.official]
    return (plain(piece[-2:]), *(plain(word) for word in official))


def subjects_of(question: Question) -> list[tuple[str, ...]]:
    """What the figure asked for is a figure of: for each noun, the wordings of which one must be near it.

    A part of a noun is enough (注册 for 登记注册): writers and askers cut compounds differently.
    """
    if question.asks != "number" or question.is_english:
        return []
    return [
        (*noun.wordings, *bigrams(noun.wordings[0]))
        for piece in question.content
        for noun in _nouns(piece)
        # That money is asked for is said by the unit.
        if not ("元" in (question.unit, question.likely_unit) and noun.wordings[0] in _MONEY)
    ]


def attribute_of(question: Question) -> tuple[str, ...]:
    """What a bare name of what is wanted asks of its subject (养老护理员平均工资 → 工资), in all its wordings; else ()."""
    text = folded(question.text).rstrip("?。")
    if question.asks != "text" or question.is_english or question.confirms or not is_telegraphic(text):
        return ()
    nouns = _nouns(question.content[-1]) if question.content and text.endswith(question.content[-1]) else []
    return nouns[-1].wordings if nouns and nouns[-1].ends_piece and not nouns[-1].is_action else ()


def names_in(question: Question) -> list[list[tuple[str, ...]]]:
    """For each piece of its content the nouns that name something, each in all its wordings; pieces without any left out."""
    found = [[noun.wordings for noun in _nouns(piece)] for piece in question.content]
    return [names for names in found if names]


@dataclass(frozen=True)
class _Noun:
    wordings: tuple[str, ...]
    start: int
    ends_piece: bool
    is_action: bool


def _nouns(piece: str) -> list[_Noun]:
    """The nouns of a piece of content that name something, each with its synonyms' official words."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    text = unicodedata.normalize("NFKC", piece).lower()
    synonyms = synonyms_in(text)
    found, start = [], 0
    for word, tag in rjieba.tag(text):
        end = start + len(word)
        official = [w for s in synonyms if s.start < end and start < s.end for w in s.official]
        # What is no word of the dictionary is a guess, often across words (户来划).
        is_word = not _CROSSES_WORDS.match(word) or bool(official) or rjieba.has_word(word)
        # 惠及 is taken for a place, 主任 at the end of what is counted for an adjective.
        is_word = is_word and not (tag in _NAME_TAGS and word in attribute_words())
        is_noun = tag.startswith(_NOUN_TAGS) or (tag == "b" and end == len(text))
        if len(word) >= 2 and is_noun and is_word and word not in generic_words():
            wordings = (plain(word), *(plain(wording) for wording in official))
            found.append(_Noun(wordings, start, end == len(text), is_action=tag == "vn"))
        start = end
    return found


def _worth_by_position(text: str) -> list[tuple[int, float]]:
    """For each character, the number of its word and what that word is worth (0 … 1)."""
    import rjieba  # noqa: PLC0415 - loads its dictionary

    worth: list[tuple[int, float]] = []
    for number, (word, tag) in enumerate(rjieba.tag(text)):
        if word in generic_words():
            value = _GENERIC_WORTH
        else:
            value = 1.0 if tag.startswith(_NOUN_TAGS) else _VERB if tag.startswith(_VERB_TAGS) else _OTHER
        worth.extend([(number, value)] * len(word))
    return worth


def holds(text: str, wording: str) -> bool:
    """Whether `text` says `wording`; a number only as a whole number (0 is not in 540)."""
    if wording[:1].isdigit():
        return re.search(rf"(?<![\d.]){re.escape(wording)}(?![\d.])", text) is not None
    return wording in text


def coverage(terms: Sequence[Term], text: str, surroundings: Sequence[tuple[str, float]] = ()) -> float:
    """Share of the terms' weight found in `text`, or at a discount in its surroundings; 0 … 1.

    `surroundings` are (text, what a term there counts for), best first. All texts in `plain` form.
    """
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    places = [(text, 1.0), *surroundings]
    shares = [_share(term, places) for term in terms]
    whole = sum(term.weight * share for term, share in zip(terms, shares, strict=True))
    parts = sum(
        term.weight * _OF_PART
        for term, share in zip(terms, shares, strict=True)
        if not share and term.part and term.part in text
    )
    # Parts of words add to what is said in whole ones, and say nothing alone.
    return (whole + min(parts, whole)) / total


def _share(term: Term, places: Sequence[tuple[str, float]]) -> float:
    """What finding a term counts for: most in the text itself and in the asker's own words."""
    for held, share in places:
        found = next((number for number, word in enumerate(term.wordings) if holds(held, word)), None)
        if found is not None:
            return share * (1.0 if found == 0 else _OTHER_WORDS)
    return 0.0
