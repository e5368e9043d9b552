"""The questions of a conversation that one which joins them means: of other places, of other subjects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qa.understanding.antecedents import Antecedent
from qa.understanding.kinds import contrasted
from qa.understanding.question import understand
from vectorstore.documents import Document

MORE_THAN_TWO_BACK = 6


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


def of_kind(kind: str, before: Antecedent, documents: Mapping[str, Document]) -> Antecedent:
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
        previous=of_kind(kind, before.previous, documents) if before.previous else None,
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
