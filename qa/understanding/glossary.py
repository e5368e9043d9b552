"""The glossary of how people say what plans write otherwise: glossary.toml beside this file, read and checked.

Its head explains how to add a term.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from qa.understanding.script import HAN, LATIN_WORD

GLOSSARY = Path(__file__).with_name("glossary.toml")
_ENGLISH_PHRASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9,' -]*")
ASCII_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
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
def glossary() -> Glossary:
    """The glossary beside this file, read once."""
    return load_glossary(GLOSSARY)


def glossary_terms() -> Mapping[str, tuple[str, ...]]:
    """Every Chinese wording of the glossary with the official terms it stands for, () for one that stands for itself."""
    return glossary().chinese


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
        if not HAN.search(wording):
            problems.append(f"{name}: {wording!r} holds no Chinese character")
    for phrase in term.get("english", ()):
        if not _ENGLISH_PHRASE.fullmatch(phrase):
            problems.append(f"{name}: {phrase!r} is not English")
    return problems


def _wordings(term: Mapping[str, Sequence[str]]) -> list[str]:
    return [wording for kind in ("official", "everyday", "english") for wording in term.get(kind, ())]


def _key(wording: str) -> str | tuple[str, ...]:
    if HAN.search(wording):
        return wording.translate(ASCII_LOWER)
    return tuple(normalised_word(word) for word in LATIN_WORD.findall(wording))
