"""English follow-up questions: another place or year put into the question before (And Yangpu? What about 2022?)."""

from __future__ import annotations

import re

from qa.understanding.antecedents import YEAR_WORDS, Antecedent
from qa.understanding.english import english_content
from qa.understanding.question import Question
from vectorstore.places import bare_name

_OPENING = re.compile(
    r"^(?:(?:and|so|then|ok|okay|also|what about|how about|what's|same for|the same for|for|in)\b[\s,]*)+",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"\b(?:it|there|its|that (?:place|city|district|county|prefecture)|they|their)\b", re.IGNORECASE
)
# The other one of a pair, named alone.
_PAIRS = (("urban", "rural"), ("marriage", "divorce"), ("target", "actual"), ("centralized", "decentralized"))


def english_completed(text: str, asked: Question, before: Antecedent) -> str:
    """`text` with what it leaves out taken from the question before; both with places and years in Chinese."""
    said = _OPENING.sub("", text).strip(" ?.")
    names = [*asked.regions, *asked.elsewhere]
    terms, words = english_content(said)
    if not terms and not words:
        moved = before.text
        old = next((name for name in (*before.asked.regions, *before.asked.elsewhere) if name in moved), "")
        if names:
            moved = moved.replace(old, names[0]) if old else f"{moved.rstrip('?')} in {names[0]}?"
        years = YEAR_WORDS.search(said)
        if years:
            had = YEAR_WORDS.search(moved)
            moved = (
                moved.replace(had.group(0), years.group(0))
                if had
                else f"{moved.rstrip('?')} in {years.group(0)}?"
            )
        return moved if names or years else text
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if said.lower().rstrip("s") == one and other in before.text.lower():
                return re.sub(other, one, before.text, flags=re.IGNORECASE)
    place = "" if names or asked.documents or bare_name(before.place) in text else before.place
    years_before = "" if asked.years or asked.plan_years else before.years
    said = _POINTER.sub(place, text, count=1) if place and _POINTER.search(text) else text
    missing = " in ".join(part for part in ("" if place in said and place else place, years_before) if part)
    return f"{said.rstrip('?. ')} in {missing}?" if missing else said
