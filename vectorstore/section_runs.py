"""Runs of passages that stand in one section, in reading order: what an index calls a section."""

from __future__ import annotations

from collections.abc import Sequence

from vectorstore.documents import Passage


def section_runs(passages: Sequence[Passage]) -> list[list[int]]:
    """Return for each passage the run of passages of its document and section that it lies in.

    A section's name may come again further down (numbering starts anew): that is another run. Furniture
    between two passages of a section does not part them.
    """
    sections: list[list[int]] = []
    run: list[int] = []
    owner: tuple[str, tuple[str, ...]] | None = None
    for number, passage in enumerate(passages):
        furniture = passage.kind == "furniture"
        place = (passage.document, passage.section)
        if place != owner and not (furniture and owner and passage.document == owner[0]):
            run, owner = [], place
        if not furniture:
            run.append(number)
        sections.append(run)
    return sections
