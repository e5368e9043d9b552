"""Where in the library the source of a staff question is: exact substrings that occur once in their document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from eval.gold import Quote
from eval.staff_files import CitedSpan
from eval.wording import states
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded, simplified
from vectorstore.passages import passages_of
from vectorstore.sentences import sentence_spans

_QUOTED = re.compile(r"[“\"「『]([^”\"」』]{6,})[”\"」』]")
_PIECES = re.compile(r"\n|……|\.{3,}|…|[|｜]|(?<=[。；;])")
_SHORTEST_QUOTE = 6
_MOST_PASSAGES = 4
_SUFFIX = re.compile(r"\.(?:txt|md|pdf|docx?)\b", re.IGNORECASE)


class EvidenceMissing(Exception):
    """A source cannot be found, or not unambiguously; the text says why, in Chinese."""


def quotes_of_text(source: str, documents: Mapping[str, Document]) -> list[Quote]:
    """The spans whose words `source` gives: as a whole, in quotation marks, or piece by piece.

    Width, white space and traditional characters do not matter. Empty where it does not quote. Raises
    EvidenceMissing where the words stand in several places.
    """
    for wordings in ([source], _QUOTED.findall(source), _PIECES.split(source)):
        found = [quote for wording in wordings if (quote := _located(wording, documents)) is not None]
        if found:
            return list(dict.fromkeys(found))
    return []


def quotes_of_spans(spans: Iterable[CitedSpan], documents: Mapping[str, Document]) -> list[Quote]:
    """Those of the cited spans that still stand in their documents, grown until they occur once."""
    found = []
    for span in spans:
        document = documents.get(span.document)
        quote = span.quote.strip()
        if document is None or not quote or quote not in document.text:
            continue
        grown = _grown(document, document.text.find(quote), quote)
        if grown is not None:
            found.append(grown)
    return list(dict.fromkeys(found))


def quotes_for_points(question: str, points: Sequence[str], documents: Mapping[str, Document]) -> list[Quote]:
    """The passages that state all the points, as few as possible, the most like the question first.

    Empty when some point is stated nowhere.
    """
    missing = list(points)
    chosen: list[Quote] = []
    candidates = [(document, passage) for document in documents.values() for passage in passages_of(document)]
    while missing and candidates and len(chosen) < _MOST_PASSAGES:
        best = max(
            candidates,
            key=lambda pair: (len(_stated(missing, pair[1].text)), _likeness(question, pair[1])),
        )
        if not _stated(missing, best[1].text):
            break
        candidates.remove(best)
        quote = _narrowest(*best, _stated(missing, best[1].text))
        if quote is not None:
            chosen.append(quote)
            missing = [point for point in missing if not states(quote.quote, point)]
    return [] if missing else chosen


def documents_named(source: str, documents: Mapping[str, Document]) -> dict[str, Document]:
    """The documents that `source` names by file, title or place; empty when it names none."""
    written = _bare(_SUFFIX.sub("", source))
    named = {}
    for name, document in documents.items():
        title, region = _bare(document.metadata.title), _bare(document.metadata.region)
        by_title = len(title) >= 4 and (title in written or (len(written) >= 4 and written in title))
        by_region = len(region) >= 2 and (region in written or (len(region) > 2 and region[:-1] in written))
        if _bare(name) in written or by_title or by_region:
            named[name] = document
    return named


def _located(wording: str, documents: Mapping[str, Document]) -> Quote | None:
    """The one span with these words; None when no document has them. Raises EvidenceMissing for several."""
    sought = _bare(wording.strip(" 。,，、"))
    if len(sought) < _SHORTEST_QUOTE:
        return None
    spans = [(document, span) for document in documents.values() for span in _spans(sought, document.text)]
    if not spans:
        return None
    document, (start, end) = spans[0]
    if len(spans) > 1:
        raise EvidenceMissing(f"出处“{wording.strip()[:20]}”在文件库里出现 {len(spans)} 次，分不清是哪一处")
    return Quote(document.name, document.text[start:end])


def _spans(sought: str, text: str) -> list[tuple[int, int]]:
    """Where the words stand in a text, in exact offsets, whatever white space is between them."""
    places = [place for place, character in enumerate(folded(text)) if not character.isspace()]
    bare = simplified("".join(folded(text)[place] for place in places)).lower()
    spans = []
    start = bare.find(sought)
    while start >= 0:
        spans.append((places[start], places[start + len(sought) - 1] + 1))
        start = bare.find(sought, start + 1)
    return spans


def _grown(document: Document, start: int, quote: str) -> Quote | None:
    """The quote, or the passage around it where the quote alone occurs several times; None if neither is unique."""
    around = [
        passage.text.strip()
        for passage in passages_of(document)
        if passage.start <= start and start + len(quote) <= passage.end
    ]
    return next(
        (Quote(document.name, text) for text in (quote, *around) if document.text.count(text) == 1), None
    )


def _narrowest(document: Document, passage: Passage, points: Sequence[str]) -> Quote | None:
    """One sentence of the passage that states these points, else the passage; None if neither is unique."""
    spans = sentence_spans(document.text, passage.start, passage.end)
    sentences = [document.text[start:end].strip() for start, end in spans]
    fitting = [text for text in sentences if all(states(text, point) for point in points)]
    whole = passage.text.strip()
    return next(
        (Quote(document.name, text) for text in (*fitting, whole) if document.text.count(text) == 1), None
    )


def _stated(points: Sequence[str], text: str) -> list[str]:
    return [point for point in points if states(text, point)]


def _likeness(question: str, passage: Passage) -> float:
    """The share of the question's pairs of characters that the passage and its context have."""
    asked = _pairs(_bare(question))
    return len(asked & _pairs(_bare(passage.searchable))) / max(len(asked), 1)


def _pairs(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def _bare(text: str) -> str:
    """Folded, simplified, lower case, without white space."""
    return "".join(simplified(folded(text)).lower().split())
