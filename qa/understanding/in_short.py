"""A question that comes after a story (我是社区的,刚才有个大爷来问…), in short: what it names of the field, and what it asks."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qa.understanding.naming import places_named
from qa.understanding.wording import wordings_in
from vectorstore.documents import Document
from vectorstore.folding import folded
from vectorstore.numerals import YEAR
from vectorstore.places import bare_name

# Shorter questions are asked as they are, and so are those of fewer clauses.
_LONG, _CLAUSES, _MOST_NAMED = 40, 3, 6
_STOP = re.compile(r"[,。;!?:、\n]+")
_ASKS = re.compile("多少|[几哪谁吗]|什么|啥|怎|如何|是否|是不是|有没有|能不能|多[大高长久]")
# What leads to the question in its own clause (就想请你帮我核一下文件里写的到底是…).
_LEADING = re.compile(
    "^[^多几哪什啥]{0,4}?(?:想|要|请|帮|麻烦|劳烦)[^多几哪什啥]{0,10}?(?:问|核|查|看|说说|确认|知道|了解)(?:一?下|一声|清楚|看看?)?"
)
_WRITTEN = re.compile(
    "^(?:[区县市州]里)?(?:的)?(?:文件|规划|要点|材料)?里?(?:写|说|讲|定)?的?(?:到底|究竟)是?"
)
_YEAR = re.compile(rf"{YEAR}年|(?<!\d)[12]\d年")


def in_short(text: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Shorter forms of a long question, the fullest first; () for one that is short or tells no story.

    The first has the terms of the field of all clauses before the one that asks, the second that clause alone; both
    name the places and years of the whole. `text` in Simplified characters.
    """
    said = folded(text)
    clauses = [clause.strip() for clause in _STOP.split(said) if clause.strip()]
    asking = [number for number, clause in enumerate(clauses) if _ASKS.search(clause)]
    if len(said) < _LONG or len(clauses) < _CLAUSES or not asking:
        return ()
    asked = _WRITTEN.sub("", _LEADING.sub("", clauses[asking[-1]]))
    story = ",".join(clauses[: asking[-1]])
    if not story:
        return ()
    regions, _, _, _ = places_named(said, documents)
    named = [region for region in regions if bare_name(region) not in asked]
    named += [year for year in _YEAR.findall(story) if year not in asked]
    terms = [term.written for term in wordings_in(story) if term.written not in asked]
    owner = "".join(dict.fromkeys(named))
    told = ",".join(dict.fromkeys(terms[-_MOST_NAMED:]))
    full = f"{owner}{told},{asked}" if told else ""
    # What names no place would be asked of all.
    forms = [full, f"{owner}{asked}"] if regions else []
    return tuple(dict.fromkeys(form for form in forms if form and form != said))
