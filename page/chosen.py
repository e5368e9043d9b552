"""What part of the library a visitor has chosen to ask about, and what may be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from page.rendering import document_label
from qa.evidence.limits import Limits
from vectorstore.documents import Document
from vectorstore.genres import GENRES

KINDS = ("结果", "目标", "标准", "措施")


@dataclass(frozen=True)
class Chosen:
    """Documents by name, a region as they write it, a year, a kind of statement and of paper; empty does not limit."""

    documents: tuple[str, ...] = ()
    region: str = ""
    year: int | None = None
    kind: str = ""
    genre: str = ""

    @property
    def limits(self) -> Limits:
        """The choice in the assistant's terms."""
        return {
            "documents": self.documents or None,
            "regions": [self.region] if self.region else None,
            "years": [self.year] if self.year else None,
            "genres": [self.genre] if self.genre else None,
            "statements": [self.kind] if self.kind else None,
        }

    def told(self, documents: Mapping[str, Document]) -> str:
        """The choice in words for readers, empty where everything is searched."""
        known = [document_label(documents[name]) for name in self.documents if name in documents]
        year = f"{self.year}年" if self.year else ""
        facts = ("、".join(known), self.region, year, self.genre, self.kind)
        return " · ".join(fact for fact in facts if fact)


# What may be chosen, as (label, value) pairs; the first of a limit means everything.


def documents_offered(documents: Mapping[str, Document], chosen: Chosen) -> list[tuple[str, str]]:
    """The documents of the chosen region, year and kind of paper, in the library's order."""
    return [
        (document_label(document), name)
        for name, document in documents.items()
        if (not chosen.region or document.metadata.region == chosen.region)
        and (chosen.year is None or chosen.year in document.metadata.years)
        and (not chosen.genre or chosen.genre in document.genres)
    ]


def regions_offered(documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """The regions that the documents are about, in the library's order."""
    return all_or(
        "全部地区", dict.fromkeys(d.metadata.region for d in documents.values() if d.metadata.region)
    )


def years_offered(documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """The years that the documents speak about, newest first: those are asked about most."""
    years = sorted(
        {year for document in documents.values() for year in document.metadata.years}, reverse=True
    )
    return [("全部年份", ""), *((f"{year}年", str(year)) for year in years)]


def genres_offered(documents: Mapping[str, Document]) -> list[tuple[str, str]]:
    """The kinds of paper that the library holds."""
    held = {genre for document in documents.values() for genre in document.genres}
    return all_or("全部文种", (genre for genre in GENRES if genre in held))


def all_or(everything: str, choices: Iterable[str]) -> list[tuple[str, str]]:
    """One choice for everything, then each by its own name."""
    return [(everything, ""), *((choice, choice) for choice in choices)]
