"""What part of the library a visitor has chosen to ask about, and what may be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from page.rendering import document_label
from qa.limits import Limits
from vectorstore.documents import Document

KINDS = ("结果", "目标", "标准", "措施")


@dataclass(frozen=True)
class Chosen:
    """Documents by name, a region as they write it, a year, a kind of statement; what is empty does not limit."""

    documents: tuple[str, ...] = ()
    region: str = ""
    year: int | None = None
    kind: str = ""

    @property
    def limits(self) -> Limits:
        """The choice in the assistant's terms."""
        return {
            "documents": self.documents or None,
            "regions": [self.region] if self.region else None,
            "years": [self.year] if self.year else None,
            "statements": [self.kind] if self.kind else None,
        }

    def told(self, documents: Mapping[str, Document]) -> str:
        """The choice in words for readers, empty where everything is searched."""
        known = [document_label(documents[name]) for name in self.documents if name in documents]
        year = f"{self.year}年" if self.year else ""
        return " · ".join(fact for fact in ("、".join(known), self.region, year, self.kind) if fact)


def regions_of(documents: Mapping[str, Document]) -> list[str]:
    """The regions that the documents are about, in the library's order."""
    return list(dict.fromkeys(d.metadata.region for d in documents.values() if d.metadata.region))


def documents_of(documents: Mapping[str, Document], chosen: Chosen) -> list[str]:
    """The names of the documents of the chosen region and year, in the library's order."""
    return [
        name
        for name, document in documents.items()
        if (not chosen.region or document.metadata.region == chosen.region)
        and (chosen.year is None or chosen.year in document.metadata.years)
    ]


def years_of(documents: Mapping[str, Document]) -> list[int]:
    """The years that the documents speak about, newest first: those are asked about most."""
    return sorted({year for document in documents.values() for year in document.metadata.years}, reverse=True)
