"""Lists that a sentence leads (同时符合下列条件的老年人可以申请：), quoted with it: who may have what, and on what conditions."""

from __future__ import annotations

import re
from dataclasses import replace

from qa.evidence.claims import Source
from qa.evidence.findings import Finding
from qa.evidence.wanted import attribute_of_subject
from qa.figures.punctuation import ENDING, JOINING
from qa.understanding.question import Question
from vectorstore.index import PassageIndex

_LEADS = re.compile("[：:]$")
_LEADS_CONDITIONS = re.compile(r"(?:符合|具备|满足|具有)[^。；;：:]{0,8}(?:下列|以下)[^。；;：:]{0,24}[：:]$")
_ITEM = re.compile(
    r"(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,3}[是、]|[-•·])\S.*"
)
_MOST_ITEMS, _LONGEST_LIST = 12, 900


def led_by(best: Finding, question: Question, index: PassageIndex) -> Finding | None:
    """The sentence whose list answers: the best one itself, or, for who asks for conditions, the one lead of a list of
    conditions in the same chapter; None where there is none."""
    if best.passage.cells:
        return None
    if _LEADS.search(best.text):
        return best
    attribute = attribute_of_subject(question)
    if attribute is None or attribute.name != "条件":
        return None
    leads = [
        replace(best, passage=passage, number=number, start=passage.start, end=passage.end, text=passage.text)
        for number in index.numbers_of(best.passage.document)
        if (passage := index.passages[number]).section[:1] == best.passage.section[:1]
        and _LEADS_CONDITIONS.search(passage.text)
    ]
    return leads[0] if len(leads) == 1 else None


def items_of(lead: Finding, index: PassageIndex) -> list[tuple[str, Source]]:
    """The numbered lines right behind a lead, each with its span; empty where fewer than two stand there."""
    text = index.documents[lead.passage.document].text
    found: list[tuple[str, Source]] = []
    position = lead.end
    for line in text[lead.end : lead.end + _LONGEST_LIST].splitlines(keepends=True):
        said = line.strip()
        if said and not _ITEM.fullmatch(said):
            break
        if said:
            start = position + line.index(said)
            shown = said.rstrip(JOINING + ENDING)
            found.append((shown, Source(lead.passage, start, start + len(shown))))
        position += len(line)
    return found if 2 <= len(found) <= _MOST_ITEMS else []
