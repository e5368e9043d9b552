"""The sections that passages stand in: by their headings, and as runs of passages in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def sections_of(passages: Iterable[Passage]) -> list[tuple[str, ...]]:
    """The sections that the passages stand in and those around them, in a fixed order."""
    found = {p.section[:depth] for p in passages for depth in range(1, len(p.section) + 1)}
    return sorted(found, key=lambda path: (len(path), path))
