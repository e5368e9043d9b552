"""In which language an answer frames its quotations: Chinese as composed, English, or Traditional Chinese."""

from __future__ import annotations

from dataclasses import replace

from qa.bilingual.answer import EnglishClaims, places_in_english
from qa.bilingual.frames import english_nearest
from qa.bilingual.labels import in_marks, label
from qa.bilingual.places import english_place, english_years
from qa.bilingual.traditional import to_traditional
from qa.bilingual.warnings import english_warning
from qa.evidence.claims import Claim
from qa.evidence.extractive import Draft
from qa.evidence.refusing import not_found_text
from qa.understanding.question import Question
from qa.understanding.script import Language
from vectorstore.documents import Document
from vectorstore.index import PassageIndex

_MOST_NAMED = 8


class Framing:
    """The frame of an answer in Simplified Chinese, as the composers write it."""

    is_chinese = True

    def claim(self, claim: Claim) -> Claim:
        """A claim, its quotations as written."""
        return claim

    def not_found(self, asked: Question, draft: Draft, index: PassageIndex) -> str:
        """What was searched and not found."""
        return not_found_text(asked, draft, index)

    def missing(self, name: str) -> str:
        """Says that nothing was found for a part of the question, or that the documents do not say it of a place or year.

        What was searched for in the words of a part may stand in the paper in other words.
        """
        return f"{name}：没有找到。" if name.startswith("“") else f"{name}：文中未提及。"

    def elsewhere(self, name: str) -> str:
        """Says that the library holds no document of a place."""
        return f"{name}：文件库里没有它的文件。"

    def warning(self, text: str) -> str:
        """A warning."""
        return text


class Traditional(Framing):
    """The same in Traditional characters; what the documents say stays as they write it."""

    def __init__(self, index: PassageIndex) -> None:
        self._index = index

    def claim(self, claim: Claim) -> Claim:
        """The claim with all that is not quoted in Traditional characters."""
        quoted = [self._index.documents[s.passage.document].text[s.start : s.end] for s in claim.sources]
        cells = [value for s in claim.sources for _, value in s.passage.cells]
        return replace(claim, text=to_traditional(claim.text, [*quoted, *cells]))

    def not_found(self, asked: Question, draft: Draft, index: PassageIndex) -> str:
        """See Framing; titles stay as written."""
        return to_traditional(super().not_found(asked, draft, index), [])

    def missing(self, name: str) -> str:
        """See Framing."""
        return to_traditional(super().missing(name), [])

    def elsewhere(self, name: str) -> str:
        """See Framing."""
        return to_traditional(super().elsewhere(name), [])

    def warning(self, text: str) -> str:
        """See Framing; the words in quotation marks stay as written."""
        return to_traditional(text, [])


class English(Framing):
    """An English frame around exact Chinese quotations. `said` is the question as it was asked in English."""

    is_chinese = False

    def __init__(self, said: str, asked: Question) -> None:
        self._claims = EnglishClaims(said, asked)

    def claim(self, claim: Claim) -> Claim:
        """The claim in English around its quotation."""
        return self._claims.claim(claim)

    def not_found(self, asked: Question, draft: Draft, index: PassageIndex) -> str:
        """See Framing."""
        held = [
            _document(name, document)
            for name, document in index.documents.items()
            if not asked.documents or name in asked.documents
        ]
        more = f" and {len(held) - _MOST_NAMED} more" if len(held) > _MOST_NAMED else ""
        shown = "; ".join(held[:_MOST_NAMED]) + more
        nearest = english_nearest(draft.nearest)
        if asked.elsewhere:
            return (
                f"The library holds no document of {places_in_english(asked.elsewhere)}, so this cannot be answered. "
                f"Documents held: {shown}. {nearest}"
            ).rstrip()
        if asked.is_outside:
            named = places_in_english(asked.regions) or "another document"
            return (
                f"Not found: the question is about {named}, which is not among the chosen documents: {shown}."
            )
        # What could not be put into Chinese was searched as it was written, which the asker knows.
        searched = "" if asked.is_english else f"The question was searched as {in_marks(asked.text)}. "
        return f"Not found in {shown}. {searched}{nearest or 'Try other words, or name a place and a year.'}"

    def missing(self, name: str) -> str:
        """See Framing."""
        return f"{_named(name)}: not mentioned in the documents."

    def elsewhere(self, name: str) -> str:
        """See Framing."""
        return f"{_named(name)}: the library holds no document of it."

    def warning(self, text: str) -> str:
        """See Framing."""
        return english_warning(text)


def framing(language: Language, said: str, asked: Question, index: PassageIndex) -> Framing:
    """The framing of an answer to `said`, which `asked` is in Simplified Chinese."""
    if language == "en":
        return English(said, asked)
    return Traditional(index) if language == "zh-Hant" else Framing()


def _document(name: str, document: Document) -> str:
    place = document.metadata.region
    return f"{english_place(place) + ' ' if place else ''}《{document.metadata.title or name}》"


def _named(name: str) -> str:
    if name.startswith("《"):
        return name
    return english_years(name) if name[:1].isdigit() else label(name.strip("“”"))
