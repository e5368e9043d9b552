"""Follow-up questions made complete from the conversation before them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa.question import Question, understand
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name

_FOLLOW_UP = re.compile(
    r"^(?:那么?|然后|还有|另外|它|其|这个?|该|上述|同样|再|又)|呢[?]?$|(?:它|这个|该项|上述|前者|后者|其中)"
)
# Pairs of which a follow-up may name the other side.
_CONTRASTS = (
    ("城市", "农村"),
    ("城镇", "农村"),
    ("集中", "分散"),
    ("散居", "集中养育"),
    ("结婚", "离婚"),
    ("困难", "重度"),
)


def completed(text: str, earlier: Sequence[str], documents: Mapping[str, Document]) -> str:
    """`text` with what it leaves out taken from the earlier questions of the conversation (oldest first).

    Place and years are carried over when the new question names none; the subject when it names only a
    place or year, or points back with a pronoun.
    """
    complete = ""
    for question in [*earlier, text]:
        complete = _completed_once(question, complete, documents) if complete else question
    return complete


def _completed_once(text: str, previous: str, documents: Mapping[str, Document]) -> str:
    text, previous = folded(text), folded(previous)
    contrasted = _contrasted(text, previous)
    if contrasted:
        return contrasted
    now, before = understand(text, documents), understand(previous, documents)
    subject = "".join(now.content)
    if (now.regions or now.elsewhere or now.years) and not subject:
        return _with_place_and_years(previous, before, now, text)
    names_place = now.regions or now.elsewhere or now.named or now.documents
    place = "" if names_place else "和".join(before.regions or before.elsewhere)
    years = "" if now.years or not before.years else _year_words(previous)
    points_back = bool(_FOLLOW_UP.search(text)) and len(subject) < 8
    carried = "".join(before.content) if points_back and not set(before.content) & set(now.content) else ""
    if carried and len(subject) >= 4 and not re.search(r"它|其|这|该|上述|者", text):
        carried = ""
    return f"{place}{years}{carried}{text}" if place or years or carried else text


def _contrasted(text: str, previous: str) -> str:
    """The previous question with one side of a pair put for the other (城市…? 农村呢?), or ""."""
    short = re.fullmatch(r"(?:那么?)?(.{2,6}?)(?:的)?呢?\??", text)
    for pair in _CONTRASTS if short else ():
        for one, other in (pair, pair[::-1]):
            if short and short[1] == one and other in previous and one not in previous:
                return previous.replace(other, one)
    return ""


def _with_place_and_years(previous: str, before: Question, now: Question, text: str) -> str:
    """The previous question, asked of another place or year (那荆门呢?)."""
    result = previous
    if now.regions or now.elsewhere:
        place = "和".join(now.regions or now.elsewhere)
        old = before.regions or before.elsewhere
        written = next((form for name in old for form in (name, bare_name(name)) if form in result), "")
        result = result.replace(written, place, 1) if written else place + result
    if now.years:
        old_years = _year_words(result)
        result = result.replace(old_years, _year_words(text), 1) if old_years else _year_words(text) + result
    return result


def _year_words(text: str) -> str:
    match = re.search(
        rf"[“\"]?[一二三四五六七八九十]{{1,3}}五[”\"]?(?:时期|期间)?|{YEAR}\s*(?:[-—–~～至]+\s*{YEAR})?\s*年",
        text,
    )
    return match.group(0) if match else ""
