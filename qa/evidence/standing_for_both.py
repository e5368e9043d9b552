"""A standard of town or country (城市低保标准) where a paper gives one for both: what else a question for it may be."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.extractive import Draft
from qa.understanding.question import Question
from vectorstore.folding import folded

_OF_ONE = re.compile(r"(?P<where>城市|城镇|农村)(?:居民)?(?P<what>低保|最低生活保障)")
_NAMES_ONE = re.compile(r"城市|城镇|农村|牧区|村民")


def asked_of_both(asked: Question) -> list[Question]:
    """The question for the standard of both, as 城乡低保 and as plain 低保; empty where it asks for no such standard."""
    one = _OF_ONE.search(folded(asked.text))
    if one is None or "标准" not in asked.text or asked.asks != "number":
        return []
    return [
        replace(
            asked,
            text=asked.text.replace(one[0], of_both),
            content=tuple(piece.replace(one[0], of_both) for piece in asked.content),
        )
        for of_both in (f"城乡{one['what']}", one["what"])
    ]


def is_of_both(draft: Draft) -> bool:
    """Whether what was found is said of town and country, or of neither."""
    headings = [heading for c in draft.claims for s in c.sources for heading in s.passage.section[-1:]]
    said = " ".join([*(claim.text for claim in draft.claims), *(h for h in headings if "城乡" not in h)])
    return bool(draft.claims) and not _NAMES_ONE.search(said)
