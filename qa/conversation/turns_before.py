"""The questions of a conversation that one which joins them means: of other places, of other subjects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from qa.understanding.antecedents import Antecedent, own_subject
from qa.understanding.kinds import contrasted, leading_kind
from qa.understanding.question import understand
from vectorstore.documents import Document

MORE_THAN_TWO_BACK = 6


@dataclass(frozen=True)
class OverTurns:
    """The question in full; `stands_for` is what the questions after it go on from, "" for the question itself.

    `is_beside`: what was quoted before may say it already. `operands` are what it joins, without what it asks of them.
    """

    text: str
    stands_for: str = ""
    is_beside: bool = False
    operands: str = ""


def each_before(last: Antecedent) -> Iterator[Antecedent]:
    """A question and those before it, the latest first."""
    earlier: Antecedent | None = last
    while earlier is not None:
        yield earlier
        earlier = earlier.previous


def subjects_before(before: Antecedent, most: int) -> list[str]:
    """The subjects of the latest questions about the same place and years, in the order in which they were asked."""
    found: list[str] = []
    earlier = before.previous
    while earlier is not None and len(found) < most:
        if (earlier.place, earlier.years) != (before.place, before.years) or not earlier.subject:
            break
        if earlier.subject not in (before.subject, *found):
            found.append(earlier.subject)
        earlier = earlier.previous
    return found[::-1]


def of_its_kind(said: str, before: Antecedent, documents: Mapping[str, Document]) -> tuple[Antecedent, str]:
    """The questions before of the kind that a follow-up begins with, and what it asks of that: 农村涨多少 after 城市低保…."""
    kind = leading_kind(said, before.text)
    rest = said[len(kind) :].removeprefix("的")
    if not kind or not rest or contrasted(said, before.text) or own_subject(understand(rest, documents)):
        return before, said
    return _of_kind(kind, before, documents), rest


def _of_kind(kind: str, before: Antecedent, documents: Mapping[str, Document]) -> Antecedent:
    """A question and those before it, asked of another kind (农村 for 城市), as far as they name one of its pair."""
    text = contrasted(kind, before.text)
    if not text:
        return before
    return replace(
        before,
        text=text,
        asked=understand(text, documents),
        subject=contrasted(kind, before.subject) or before.subject,
        near=(),
        operands="",
        previous=_of_kind(kind, before.previous, documents) if before.previous else None,
    )


def other_place(before: Antecedent) -> Antecedent | None:
    """The latest question of the same subject that is about another single place; None when there is none."""
    return next(iter(other_places(before, 1)), None)


def other_places(before: Antecedent, most: int) -> list[Antecedent]:
    """The latest questions of the same subject that are each about another single place, the latest first."""
    found: list[Antecedent] = []
    earlier = before.previous
    for _ in range(MORE_THAN_TWO_BACK):
        if earlier is None or len(found) == most:
            break
        if earlier.place and earlier.place not in {before.place, *(other.place for other in found)}:
            is_same = earlier.subject in before.subject or before.subject in earlier.subject
            is_pair = bool(before.place) and "和" not in earlier.place + before.place
            if is_same and is_pair and earlier.subject:
                found.append(earlier)
        earlier = earlier.previous
    return found
