"""A standard that a paper does not divide into that of town and that of country: its 低保 stands for 城市低保."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from qa.understanding.question import Question, understand
from vectorstore.documents import Document
from vectorstore.folding import folded

_DIVIDED = "(?:城市|城镇|农村)(?:居民)?(?:低保|最低生活保障)"
_KIND = re.compile("(?:城市|城镇|农村)(?:居民)?的?(?=低保|最低生活保障)")
UNDIVIDED = "文中只写“低保”，没有分城市和农村。"


def undivided(asked: Question, documents: Mapping[str, Document]) -> Question | None:
    """The question without 城市 or 农村, where the papers of its place never tell the two apart; None where one does."""
    own = asked.documents or [n for n, d in documents.items() if d.metadata.region in asked.regions]
    if not _KIND.search(asked.text) or not own:
        return None
    if any(re.search(_DIVIDED, folded(documents[name].text)) for name in own):
        return None
    text = _KIND.sub("", asked.text)
    return replace(asked, text=text, content=understand(text, documents).content)
