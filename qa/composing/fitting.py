"""How much is told beside the headings of an outline: what a telephone shows at once."""

from __future__ import annotations

from collections.abc import Sequence

from qa.composing.leads import is_counted
from qa.composing.telling import tells
from qa.evidence.claims import Source

# A heading, where it stands, and what is told beside it.
Told = tuple[str, Source, list[Source]]

# Characters of an answer that a telephone shows at once, and of the line that says whose outline it is.
_SCREEN, _OPENING_LINE = 200, 28


def fit(told: Sequence[Told], text: str, section: tuple[str, ...], *, is_brief: bool) -> None:
    """Leave out what is told beside headings until the outline fits a screen: what tells no amount before what does.

    What is counted goes as a whole; it and what tells amounts goes only from a brief outline.
    """

    def said(lead: Source) -> str:
        return text[lead.start : lead.end]

    left = _SCREEN - _OPENING_LINE - len(section[-1] if section else "")
    while sum(len(label) + sum(len(said(lead)) + 1 for lead in leads) for label, _, leads in told) > left:
        droppable = [
            (leads, lead)
            for _, _, leads in told
            for lead in leads
            if is_brief or not (tells(said(lead)) or is_counted(said(lead)))
        ]
        if not droppable:
            return
        leads, lead = max(droppable, key=lambda one: (not tells(said(one[1])), len(one[0]), one[1].start))
        if is_counted(said(lead)):
            leads.clear()
        else:
            leads.remove(lead)
