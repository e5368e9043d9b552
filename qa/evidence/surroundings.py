"""What stands around a sentence: its passage, its headings, its document's title and the passages beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from qa.evidence.references import referred_by
from qa.evidence.relevance import IN_CONTEXT, IN_PASSAGE, IN_SECTION, Covering, Term, plain
from qa.figures.tiers import lead_of
from qa.understanding.wording import synonyms_in
from vectorstore.documents import Document, Passage
from vectorstore.genres import names_subject
from vectorstore.index import PassageIndex

# Characters before a sentence in which what it goes on about is named.
_LED_BY = 120
# By what something is reckoned (一般为低保标准的1至6倍) is not what is spoken of.
_RECKONED_BY = re.compile(r"[^,，;；。：:\d]{2,14}的\d[\d.]*(?:[至到—~-]\d[\d.]*)?倍")
_ITEM = re.compile("(?:^|(?<=[。;；:：,，]))[一二三四五六七八九十]是")


@dataclass(frozen=True)
class Surroundings:
    """A passage and what its sentences need not repeat.

    `context` are its headings and caption and the items that it refers to by number, `earlier` the passages before it in
    its section, `subject` the document's title with the other words for what it names, `lead` the sentence that leads the
    list it is an item of, `title` the subject where it says what the whole paper is about, `dated` the paper's date.
    """

    passage: Passage
    document: Document
    context: str
    earlier: str
    subject: str
    title: str
    lead: str
    dated: str
    _terms: Sequence[Term]
    _beyond: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, number: int, index: PassageIndex, terms: Sequence[Term]) -> Surroundings:
        """What stands around passage `number`, for questions of these terms."""
        passage = index.passages[number]
        document = index.documents[passage.document]
        near = index.neighbours(number)
        neighbours = [index.passages[other].text for other in near]
        context = f"{' '.join(passage.section)} {passage.caption} {referred_by(passage, index)}".rstrip()
        subject = _in_all_words(document.metadata.title)
        title = subject if names_subject(document.metadata.title) else ""
        lead = lead_of(number, index)
        return cls(
            passage,
            document,
            context,
            earlier=" ".join(index.passages[other].text for other in near if other < number),
            subject=subject,
            title=title,
            lead=lead,
            dated=f"{document.metadata.date} {document.metadata.number}",
            _terms=terms,
            _beyond=(
                (plain(context), IN_CONTEXT),
                (plain(lead), IN_CONTEXT),
                (plain(title), IN_CONTEXT),
                (plain(" ".join(neighbours)), IN_SECTION),
            ),
        )

    @cached_property
    def covering(self) -> Covering:
        """What texts of this passage cover of the terms."""
        return Covering(
            self._terms, ((plain(_RECKONED_BY.sub("", self.passage.text)), IN_PASSAGE), *self._beyond)
        )

    def covering_until(self, end: int) -> Covering:
        """The same with the passage as it has been read up to `end`."""
        read = plain(_RECKONED_BY.sub("", self.document.text[self.passage.start : end]))
        return Covering(self._terms, ((read, IN_PASSAGE), *self._beyond))

    def before(self, start: int) -> str:
        """Where the owner of a figure may be named: above its sentence or before it, never behind it. In plain form."""
        read = _without_other_items(
            self.document.text[self.passage.start : start], self.document.text[start:][:4]
        )
        return plain(f"{self.title} {self.context} {self.earlier} {_RECKONED_BY.sub('', read)}")

    def led_by(self, start: int) -> str:
        """What has been said before `start` in the sentence that goes on there."""
        return re.split("[。!?！？\n]", self.document.text[max(0, start - _LED_BY) : start])[-1]


def _without_other_items(read: str, begins: str) -> str:
    """What was read before a sentence without the items before its own (三是…平台。四是…): each has its own subject."""
    items = [match.start() for match in _ITEM.finditer(read)]
    if not items:
        return read
    own = "" if _ITEM.match(begins) else read[items[-1] :]
    return read[: items[0]] + own


@lru_cache(maxsize=1024)
def _in_all_words(title: str) -> str:
    """A title with the other words for what it names (最低生活保障: 低保)."""
    return " ".join([title, *(word for synonym in synonyms_in(title) for word in synonym.official)])
