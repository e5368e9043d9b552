"""The names that documents put in quotation marks (“慈善圆你大学梦”, “四个重大”), recognised in a question without them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary

from qa.understanding.wording import wordings_in
from vectorstore.document_map import DocumentMap
from vectorstore.documents import Document
from vectorstore.folding import folded, simplified

# Shorter ones are words, but for those that count (“四脱钩”), longer ones sentences.
_IN_QUOTATION = re.compile(
    r"[“\"‘「]([^“”\"‘’「」\n]{4,16}|[二两三四五六七八九十][\u4e00-\u9fff]{2}|[\dA-Za-z]{1,3}[+][\dA-Za-z]{1,3})[”\"’」]"
)
_NAME = 4
# 1+1等于几 is a sum, and no name.
_SUM = re.compile(r"\d[+]\d{1,3}\s*(?:等于|=|是多少|是几)")
_PLAN = re.compile("[一二三四五六七八九十]{1,3}五(?:时期|期间|规划)?")
_KNOWN: WeakKeyDictionary[DocumentMap, frozenset[str]] = WeakKeyDictionary()


def catchwords_in(text: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The catchwords of the documents that stand in a question, folded, the longest first; none within another."""
    asked = _SUM.sub(" ", simplified(folded(text)))
    found: list[str] = []
    for name in sorted((name for name in _catchwords(documents) if name in asked), key=len, reverse=True):
        if not any(name in longer for longer in found):
            found.append(name)
    return tuple(found)


def _catchwords(documents: Mapping[str, Document]) -> frozenset[str]:
    if not isinstance(documents, DocumentMap):
        return frozenset(_quoted_by(documents))
    known = _KNOWN.get(documents)
    if known is None:
        known = _KNOWN[documents] = frozenset(_quoted_by(documents))
    return known


def _quoted_by(documents: Mapping[str, Document]) -> Iterator[str]:
    for document in documents.values():
        for name in _IN_QUOTATION.findall(simplified(folded(document.text))):
            is_term = len(name) < _NAME and any(s.written == name for s in wordings_in(name))
            if not is_term and not _PLAN.fullmatch(name):
                yield name
