"""English questions after lists, choices, measures taken and problems, put into Chinese."""

from __future__ import annotations

import re

from qa.bilingual.building import MEASURES, split_counted
from qa.bilingual.clauses import BODIES, Pieces, statement
from qa.bilingual.phrases import Phrase, phrase

_NUMERALS = {"two": "两", "three": "三", "four": "四", "five": "五", "six": "六"}
_DIFFICULTIES = {
    "problem": "问题", "issue": "问题", "difficulty": "困难", "difficultie": "困难", "challenge": "挑战", "shortcoming": "短板",
    "weakness": "短板", "weaknesse": "短板", "opportunity": "机遇", "opportunitie": "机遇",
}  # fmt: skip


def what_list(said_in: Pieces) -> str:
    """What are the X; which X …; list the X."""
    said = statement(said_in["rest"])
    if not said.core:
        return ""
    by_grade = re.fullmatch("(.{2,}?)(?:标准)?的?[两三四五六七八九]?档(?:标准)?", said.core)
    if by_grade:
        return f"{said.where}{by_grade[1]}标准是多少？"
    if MEASURES.search(said.core) and not re.search(r"indicators?|standards?\b", said_in["rest"]):
        return f"{said}是多少？"
    return f"{said}有哪些？"


def which(said_in: Pieces) -> str:
    """Which four brands does X want to build; which indicators are binding."""
    thing, rest = split_counted(said_in["rest"])
    named, clause = phrase(thing), statement(rest)
    where = Phrase(places=[*named.places, *clause.places], times=[*named.times, *clause.times]).where
    kind = re.sub(r"^(?:two|three|four|five|six) ", "", thing)
    body, behind = next(
        (
            (name, kind[len(found[0]) :])
            for word, name in BODIES.items()
            if (found := re.match(_plural(word), kind))
        ),
        ("", ""),
    )
    if body and kind != thing:
        said = statement(f"{behind} {rest}")
        return f"{said.where}哪{_NUMERALS[thing.split()[0]]}个{body}{said.core}？" if said.core else ""
    if body and clause.core and re.match(r"(?:is|was)\b", rest):
        return f"{where}{clause.core}是哪个{body}？"
    if not named.core:
        return f"{where}{clause.core}有哪些？"
    if clause.core and re.search(r"\b(?:are|is|were|was)\b", rest[:5]) and not clause.verbs:
        return f"{where}哪些{named.core}是{clause.core}的？"
    return f"{where}{clause.core}{named.core}有哪些？"


def _plural(word: str) -> str:
    """The pattern of a word in the singular or the plural."""
    return rf"{word[:-1]}(?:y|ies)\b" if word.endswith("y") else rf"{word}s?\b"


def what_done(said_in: Pieces) -> str:
    """What does X do to V; what measures does X take for Y."""
    who, what = phrase(said_in["who"]), statement(said_in["what"])
    said = Phrase(places=[*who.places, *what.places], times=[*who.times, *what.times]).where
    return f"{said}{what.core}有哪些措施？" if what.core else ""


def what_said(said_in: Pieces) -> str:
    """What does the plan say about X?"""
    who, what = phrase(said_in["who"]), phrase(said_in["what"])
    said = Phrase(places=[*who.places, *what.places], times=[*who.times, *what.times]).where
    return f"{said}{what.core}有哪些安排？" if what.core else ""


def what_problems(said_in: Pieces) -> str:
    """What problems are there?"""
    said = phrase(said_in["rest"])
    return f"{said.where}存在哪些{_DIFFICULTIES[said_in['thing'].rstrip('s')]}？"
