"""How a source is written in papers: 《文件名》（文号），章节，第3页."""

from __future__ import annotations

from qa.answer import Citation


def source_of(citation: Citation) -> str:
    """The source without its number; what the document does not state is left out."""
    title = citation.title if citation.title.startswith("《") else f"《{citation.title}》"
    number = f"（{citation.document_number}）" if citation.document_number else ""
    section = f"，{' › '.join(citation.section)}" if citation.section else ""
    place = f"，{citation.location}" if citation.location else ""
    return f"{title}{number}{section}{place}"
