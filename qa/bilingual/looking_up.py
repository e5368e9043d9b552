"""English words of a question that no list of ours knows, put into Chinese by a dictionary, in the library's own words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from qa.bilingual.dictionary import translations_with
from qa.bilingual.pieces import pieces_of
from qa.understanding.glossary import normalised_word
from qa.understanding.words import english_words
from vectorstore.document_map import held_in
from vectorstore.documents import Document

_ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)?")
# How far around a word of the library the other words of the question count as said with it, in characters.
_NEAR = 40
_MOST_PLACES = 200
_MOST_DOCUMENTS = 50
_LONGEST_PHRASE = 3
_LONGEST_COMPOUND = 4
_MOST_PARTS = 12
_IRREGULAR = {
    "began": "begin", "begun": "begin", "bought": "buy", "broke": "break", "broken": "break", "brought": "bring",
    "caught": "catch", "chose": "choose", "chosen": "choose", "dealt": "deal", "drew": "draw", "drawn": "draw",
    "driven": "drive", "fed": "feed", "fell": "fall", "fallen": "fall", "felt": "feel", "fought": "fight", "gave": "give",
    "grew": "grow", "grown": "grow", "held": "hold", "hidden": "hide", "kept": "keep", "laid": "lay", "led": "lead",
    "left": "leave", "lent": "lend", "lost": "lose", "met": "meet", "ran": "run", "risen": "rise", "rose": "rise",
    "sent": "send", "shown": "show", "sold": "sell", "sought": "seek", "spread": "spread", "stolen": "steal",
    "taught": "teach", "thrown": "throw", "told": "tell", "took": "take", "torn": "tear", "went": "go", "withdrawn": "withdraw",
    "written": "write", "wrote": "write",
}  # fmt: skip


def with_dictionary(text: str, unknown: Sequence[str], said: str, documents: Mapping[str, Document]) -> str:
    """`text`, in lower case, with its `unknown` words as 〔Chinese〕; of several translations that which the library has.

    `said` is the question as far as it is in Chinese: a translation that stands near its words is preferred. A word for
    which the dictionary has nothing stays; one whose translations the library never writes is put by the most usual.
    """
    for word in unknown:
        phrase, best = _compound(text, word, documents)
        if not best:
            phrase, translations = _translations(text, word)
            best = _in_library(translations, said, documents) if translations else ""
        if best:
            text = re.sub(rf"(?<![a-z〔]){re.escape(phrase)}(?![a-z])", f"〔{best}〕", text, count=1)
    return text


def _compound(text: str, word: str, documents: Mapping[str, Document]) -> tuple[str, str]:
    """Two words of the text that the library writes as one: ancient town (古 + 镇), rainbow bridge (彩虹 + 桥)."""
    tokens = list(_ENGLISH.finditer(text))
    position = next((n for n, token in enumerate(tokens) if token[0] == word), -1)
    for run in (tokens[position : position + 2], tokens[max(0, position - 1) : position + 1]):
        if position < 0 or len(run) < 2 or not _is_run(text, run):
            continue
        heads, tails = (_parts(token[0]) for token in run)
        for head in heads:
            for tail in tails:
                joined = head + tail
                if len(joined) <= _LONGEST_COMPOUND and held_in(joined, documents):
                    return text[run[0].start() : run[1].end()], joined
    return "", ""


def _parts(word: str) -> list[str]:
    """What a word may be within a compound: our own term, its last character, which says what it is, and translations."""
    own = "".join(piece.text for piece in pieces_of(word) if piece.kind in ("term", "verb"))
    return [part for part in (own, own[-1:], *_of_words([word], 0)[:_MOST_PARTS]) if part]


def _translations(text: str, word: str) -> tuple[str, tuple[str, ...]]:
    """The longest phrase of the text with the word in it that the dictionary translates, with its translations."""
    tokens = list(_ENGLISH.finditer(text))
    position = next((n for n, token in enumerate(tokens) if token[0] == word), None)
    if position is None:
        return "", ()
    for size in range(_LONGEST_PHRASE, 0, -1):
        for first in range(max(0, position - size + 1), position + 1):
            run = tokens[first : first + size]
            if len(run) < size or not _is_run(text, run):
                continue
            found = _of_words([token[0] for token in run], position - first)
            whole = tuple(translation for translation in found if len(translation) > 1)
            if whole:
                return text[run[0].start() : run[-1].end()], whole
    return "", ()


def _is_run(text: str, run: Sequence[re.Match[str]]) -> bool:
    """Whether only a blank or a hyphen stands between the words, and the first carries a meaning."""
    between = all(text[one.end() : other.start()] in (" ", "-") for one, other in pairwise(run))
    return between and (len(run) == 1 or run[0][0] not in english_words())


def _of_words(words: Sequence[str], unknown: int) -> tuple[str, ...]:
    """Translations of a run of words, the unknown one in each of its forms."""
    for form in forms_of(words[unknown]):
        explained = translations_with(form)
        plain = [*words]
        plain[unknown] = form
        plain[-1] = normalised_word(plain[-1])
        found = explained.get(" ".join(plain))
        if found:
            return found
    return ()


def forms_of(word: str) -> list[str]:
    """The word as it is, in the singular, and what it may be an inflection of."""
    plain = normalised_word(word)
    forms = [plain, _IRREGULAR.get(plain, ""), word]
    for ending in ("ing", "ed", "er", "est"):
        stem = plain.removesuffix(ending)
        if stem != plain and len(stem) > 2:
            forms += [f"{stem}e", stem]
            if stem.endswith("i"):
                forms.append(f"{stem[:-1]}y")
            if len(stem) > 3 and stem[-1] == stem[-2]:
                forms.append(stem[:-1])
    return list(dict.fromkeys(form for form in forms if form))


def _in_library(translations: Sequence[str], said: str, documents: Mapping[str, Document]) -> str:
    """The translation that the documents write nearest to the words of the question, then most often; else the first.

    The documents of the places that are asked about are looked into, where there are any.
    """
    held = [word for word in translations if held_in(word, documents)]
    if len(held) < 2:
        return held[0] if held else translations[0]
    asked = [document for document in documents.values() if document.metadata.region in said]
    pairs = {
        run[at : at + 2] for run in re.findall("[\u4e00-\u9fff]{2,}", said) for at in range(len(run) - 1)
    }
    return max(held, key=lambda word: _standing(word, pairs, asked or list(documents.values())))


def _standing(word: str, pairs: Collection[str], documents: Sequence[Document]) -> tuple[int, int]:
    """How many pairs of characters of the question stand near the word, at best, and how often it stands at all."""
    support = count = 0
    for document in documents[:_MOST_DOCUMENTS]:
        at = document.text.find(word)
        while at >= 0 and count < _MOST_PLACES:
            around = document.text[max(0, at - _NEAR) : at + len(word) + _NEAR]
            support = max(support, sum(pair in around for pair in pairs))
            count += 1
            at = document.text.find(word, at + len(word))
    return support, count
