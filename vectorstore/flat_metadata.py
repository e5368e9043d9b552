"""What other programs may want to filter Chroma's vectors by."""

from __future__ import annotations

from vectorstore.documents import Passage


def flat_metadata(passage: Passage) -> dict[str, str | int]:
    """Return where a passage stands and what it is about; Chroma takes flat values only."""
    return {
        "document": passage.document,
        "start": passage.start,
        "end": passage.end,
        "section": " / ".join(passage.section),
        "region": passage.region,
        "years": ",".join(str(year) for year in passage.years),
    }
