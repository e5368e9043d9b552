"""Parts of a region by their full names, where a question holds several of them against each other (灵山和浦北)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from vectorstore.document_map import held_in
from vectorstore.documents import Document
from vectorstore.places import mentions

_SEVERAL = 2


def with_full_names(text: str, named: Collection[str], documents: Mapping[str, Document]) -> str:
    """`text` with 灵山 as 灵山县 where it names several parts and a paper says the full name of just one such place.

    `named` are the parts as the question names them. A bare name between others is easily taken for part of a thing.
    """
    if len(named) < _SEVERAL:
        return text
    for mention in reversed(mentions(text)):
        if mention.is_full or mention.written not in named:
            continue
        names = {place.name for place in mention.places if held_in(place.name, documents)}
        full = next(iter(names), "")
        if len(names) == 1 and not text.startswith(full, mention.start):
            text = text[: mention.start] + full + text[mention.end :]
    return text
