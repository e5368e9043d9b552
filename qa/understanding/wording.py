"""How people say things and how plans write them: synonyms, Traditional characters, the question's language.

The synonyms live in glossary.toml beside this file, whose head explains how to add one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from opencc import OpenCC

Language = Literal["zh-Hans", "zh-Hant", "en"]

GLOSSARY = Path(__file__).with_name("glossary.toml")

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_HAN_RUN = re.compile(f"{_HAN.pattern}+")
_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+(?:['’]s(?![A-Za-z]))?|\d+(?:,\d{3})*(?:st|nd|rd|th)?")
# What may stand between the words of one phrase: long-term care, veterans' affairs, 2021–2025.
_GAP = re.compile(r"['’]?[\s\u2010-\u2015-]+")
_ENGLISH_PHRASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9,' -]*")
# What a gap in a wording is written as, and what may stand there.
_OPEN = "…"
_ANYTHING = r"[^,，。？?！!；;、]{0,6}?"
_IRREGULAR = {"children": "child", "people": "person", "men": "man", "women": "woman"}
_AMERICAN = (
    ("isation", "ization"),
    ("summaris", "summariz"),
    ("centre", "center"),
    ("ageing", "aging"),
    ("programme", "program"),
    ("neighbour", "neighbor"),
    ("labour", "labor"),
    ("counselling", "counseling"),
)
# organised, specialises, recognising; not promise, supervise or exercise.
_BRITISH_VERB = re.compile("(?<=al|an|ar|at|id|it|il|im|on|gn|er|or|rd|rn)is(?=(?:e|es|ed|ing)$)")
# A question word settles it: 请问 nursing home beds 有多少 is asked in Chinese, for all its English.
_ASKED_IN_CHINESE = re.compile(
    "多少|什[么麼]|怎[么麼样樣]|如何|为何|為何|哪[些个個里裡家年]|几[个家张年]|幾[個家張年]|是否|[吗嗎呢]|请问|請問"
)
# Taiwan writes 著 for 着, which the converter leaves: 著力, 生活無著, but not 著名, 顯著.
_ZHE_WRITTEN_ZHU = re.compile("(?<![显卓原编名专论土昭撰译巨拙遗合])著(?![名作述书称录者])")
# GB 2312, the character set of Simplified Chinese, holds these three; they are Traditional all the same.
_TRADITIONAL_IN_GB2312 = frozenset("後於徵")
# Beyond GB 2312, but standard in Simplified names (毕昇), and so no sign of Traditional Chinese.
_SIMPLIFIED_NAMES = frozenset("昇陞氾祕脩谿麯")
_ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True)
class Synonym:
    """A wording found in a text, `text[start:end] == written`, and what plans write instead."""

    start: int
    end: int
    written: str
    official: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """Wordings and the official terms they stand for: Chinese by itself, English by its normalised words.

    `open` are Chinese wordings with a gap, written … in the glossary: up to six characters without a stop stand there.

    A wording that stands for itself alone is in here too: it keeps a shorter one inside it from being found
    (护理型床位 is not 床位).
    """

    chinese: Mapping[str, tuple[str, ...]]
    open: Mapping[re.Pattern[str], tuple[str, ...]]
    english: Mapping[tuple[str, ...], tuple[str, ...]]
    entries: int

    @cached_property
    def longest_chinese(self) -> int:
        """Characters of the longest Chinese wording."""
        return max(map(len, self.chinese), default=0)

    @cached_property
    def longest_english(self) -> int:
        """Words of the longest English wording."""
        return max(map(len, self.english), default=0)


def synonyms_in(text: str) -> list[Synonym]:
    """Every wording of the glossary that stands in `text`, in order, the longest first where they overlap.

    Everyday and English wordings give the official terms; an official term gives the others of its entry.
    Chinese is compared as Simplified (see `to_simplified`), English word by word, whatever its case,
    with simple plurals and British spelling.
    """
    return [wording for wording in wordings_in(text) if wording.official]


def wordings_in(text: str) -> list[Synonym]:
    """As `synonyms_in`, with the wordings that stand for themselves alone as well."""
    glossary = _glossary()
    found = [
        *_chinese_matches(text, glossary),
        *_open_matches(text, glossary),
        *_english_matches(text, glossary),
    ]
    found.sort(key=lambda synonym: (synonym.start - synonym.end, synonym.start))
    taken = bytearray(len(text))
    kept = []
    for synonym in found:
        if any(taken[synonym.start : synonym.end]):
            continue
        taken[synonym.start : synonym.end] = b"\x01" * (synonym.end - synonym.start)
        kept.append(synonym)
    return sorted(kept, key=lambda synonym: synonym.start)


def _chinese_matches(text: str, glossary: Glossary) -> Iterator[Synonym]:
    lowered = text.translate(_ASCII_LOWER)
    for start in range(len(text)):
        for end in range(start + 1, min(start + glossary.longest_chinese, len(text)) + 1):
            official = glossary.chinese.get(lowered[start:end])
            if official is not None:
                yield Synonym(start, end, text[start:end], official)


def _open_matches(text: str, glossary: Glossary) -> Iterator[Synonym]:
    """Wordings with a gap in them (没爹没妈…孩子): what stands between is part of the wording found."""
    lowered = text.translate(_ASCII_LOWER)
    for pattern, official in glossary.open.items():
        for match in pattern.finditer(lowered):
            yield Synonym(match.start(), match.end(), text[match.start() : match.end()], official)


def _english_matches(text: str, glossary: Glossary) -> Iterator[Synonym]:
    for run in _word_runs(text):
        words = tuple(normalised_word(match[0]) for match in run)
        for first in range(len(run)):
            for last in range(first, min(first + glossary.longest_english, len(run))):
                official = glossary.english.get(words[first : last + 1])
                if official is not None:
                    start, end = run[first].start(), run[last].end()
                    yield Synonym(start, end, text[start:end], official)


def _word_runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Latin words and numbers, grouped where only blanks, hyphens or an apostrophe stand between them."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), word.start()):
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def normalised_word(word: str) -> str:
    """The word in lower case, singular, in American spelling; a number without its commas."""
    word = re.sub(r"['’]s?$", "", word.lower()).replace(",", "")
    for british, american in _AMERICAN:
        word = word.replace(british, american)
    word = _BRITISH_VERB.sub("iz", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@cache
def _glossary() -> Glossary:
    return load_glossary(GLOSSARY)


def glossary_terms() -> Mapping[str, tuple[str, ...]]:
    """Every Chinese wording of the glossary with the official terms it stands for, () for one that stands for itself."""
    return _glossary().chinese


def load_glossary(path: Path) -> Glossary:
    """Read and check a glossary. Raises ValueError that names every mistake in it."""
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    terms = content.pop("term", [])
    shared = content.pop("several_meanings", [])
    problems = [f"unknown key {key!r}" for key in content]
    problems += [problem for term in terms for problem in _problems_of(term)]
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))

    standing_for: dict[str | tuple[str, ...], list[str]] = {}
    entries_of: dict[str | tuple[str, ...], int] = {}
    for term in terms:
        keys = [_key(wording) for wording in _wordings(term)]
        problems += [f"{key!r} twice in one entry" for key in dict.fromkeys(keys) if keys.count(key) > 1]
        for key in dict.fromkeys(keys):
            entries_of[key] = entries_of.get(key, 0) + 1
            standing_for.setdefault(key, []).extend(word for word in term["official"] if _key(word) != key)
    several = {key for key, count in entries_of.items() if count > 1}
    meant = {_key(wording) for wording in shared}
    problems += [f"{key!r} in more than one entry" for key in sorted(several - meant, key=str)]
    problems += [f"{key!r} has only one meaning" for key in sorted(meant - several, key=str)]
    if problems:
        raise ValueError(f"{path.name}: " + "; ".join(problems))

    unique = {key: tuple(dict.fromkeys(official)) for key, official in standing_for.items()}
    return Glossary(
        chinese={key: o for key, o in unique.items() if isinstance(key, str) and _OPEN not in key},
        open={_pattern(key): o for key, o in unique.items() if isinstance(key, str) and _OPEN in key},
        english={key: official for key, official in unique.items() if isinstance(key, tuple)},
        entries=len(terms),
    )


def _pattern(wording: str) -> re.Pattern[str]:
    return re.compile(_ANYTHING.join(re.escape(part) for part in wording.split(_OPEN)))


def _problems_of(term: Mapping[str, Any]) -> list[str]:
    if not all(isinstance(value, list) and all(isinstance(w, str) for w in value) for value in term.values()):
        return [f"{dict(term)!r}: every value must be a list of texts"]
    name = "/".join(term.get("official", ["?"]))
    problems = [
        f"{name}: unknown key {key!r}" for key in term if key not in ("official", "everyday", "english")
    ]
    problems += [] if term.get("official") else [f"{name}: no official term"]
    for wording in _wordings(term):
        if wording != wording.strip() or not wording:
            problems.append(f"{name}: {wording!r} is empty or begins or ends with a blank")
    for wording in (*term.get("official", ()), *term.get("everyday", ())):
        if not _HAN.search(wording):
            problems.append(f"{name}: {wording!r} holds no Chinese character")
    for phrase in term.get("english", ()):
        if not _ENGLISH_PHRASE.fullmatch(phrase):
            problems.append(f"{name}: {phrase!r} is not English")
    return problems


def _wordings(term: Mapping[str, Sequence[str]]) -> list[str]:
    return [wording for kind in ("official", "everyday", "english") for wording in term.get(kind, ())]


def _key(wording: str) -> str | tuple[str, ...]:
    if _HAN.search(wording):
        return wording.translate(_ASCII_LOWER)
    return tuple(normalised_word(word) for word in _WORD.findall(wording))


def to_simplified(text: str) -> str:
    """Traditional Chinese as Simplified, character for character: the length, and every offset, stays.

    Text without a character that only Traditional Chinese has comes back as it is. Words stay too:
    資訊化 becomes 资讯化, not 信息化.
    """
    if not _traditional_characters(text):
        return text
    converted = (
        _converter()
        .convert(text)
        .replace("甚么", "什么")
        .replace("衞", "卫")
        .replace("计画", "计划")
        .replace("规画", "规划")
    )
    return _ZHE_WRITTEN_ZHU.sub("着", converted)


def language_of(text: str) -> Language:
    """The language a text is asked in: English if it is in Latin letters but for a few Chinese names."""
    words = sum(1 for word in _WORD.findall(text) if not word[0].isdigit())
    names = len(_HAN_RUN.findall(text))
    if words and words >= 2 * names and not _ASKED_IN_CHINESE.search(text):
        return "en"
    traditional = _traditional_characters(text)
    simplified = set(_HAN.findall(text)) - traditional - _encodable(text, "big5hkscs")
    return "zh-Hant" if _occurrences(text, traditional) > _occurrences(text, simplified) else "zh-Hans"


def _traditional_characters(text: str) -> set[str]:
    """Characters that Simplified Chinese never uses. The converter is not even imported where none can be."""
    doubtful = set(_HAN.findall(text)) - _encodable(text, "gb2312") - _SIMPLIFIED_NAMES
    traditional = set(text) & _TRADITIONAL_IN_GB2312
    if doubtful:
        convert = _converter().convert
        traditional |= {character for character in doubtful if convert(character) != character}
    return traditional


def _encodable(text: str, encoding: str) -> set[str]:
    return set(text.encode(encoding, "ignore").decode(encoding))


def _occurrences(text: str, characters: set[str]) -> int:
    return sum(character in characters for character in text)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - 35 ms, which a question in Simplified Chinese need not pay

    return OpenCC("t2s")
