"""What a passage by itself leaves unsaid, for its context: its abbreviations, and the sentence that leads its list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vectorstore.abbreviations import Explained
from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.sentences import sentence_spans

_LONGEST_LEAD = 60
# So many passages after a lead can be items of its list.
_LONGEST_LIST = 30


def with_unsaid(passages: Iterable[Passage], text: str) -> list[Passage]:
    """The passages of `text`, in reading order, with a context that lets them be found by what they leave unsaid."""
    explained = Explained(text)
    return [
        _with_context(passage, explained.context_of(passage.text, passage.start, passage.end), lead)
        for passage, lead in _led(passages)
    ]


def _with_context(passage: Passage, *lines: str) -> Passage:
    said = [line for line in lines if line]
    if passage.kind == "furniture" or not said:
        return passage
    return replace(passage, context="\n".join([passage.context, *said] if passage.context else said))


def _led(passages: Iterable[Passage]) -> Iterator[tuple[Passage, str]]:
    """Each passage with the sentence that leads the list it belongs to (应把握以下原则:), "" without one.

    A list lasts as long as its section. What stands above all sections addresses somebody or leads the whole text,
    and a row of a table is led by its caption.
    """
    lead, left = "", 0
    within: tuple[str, ...] = ()
    for passage in passages:
        if passage.kind == "furniture":
            yield passage, ""
            continue
        if not left or passage.section != within or passage.kind == "row":
            lead, left = "", 0
        yield passage, lead
        left = max(0, left - 1)
        if passage.kind == "text" and passage.section and folded(passage.text).endswith(":"):
            lead, within, left = _last_sentence(passage.text), passage.section, _LONGEST_LIST


def _last_sentence(text: str) -> str:
    start, end = sentence_spans(text, 0, len(text))[-1]
    return text[max(start, end - _LONGEST_LEAD) : end]
