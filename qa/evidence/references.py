"""What a rule says by reference (第五条第(一)项人员…): the wording of the article or item that it points to."""

from __future__ import annotations

import re

from vectorstore.documents import Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import numeral_value

_NUMBER = r"[一二三四五六七八九十百]{1,5}|\d{1,3}"
_ITEM_NUMBER = rf"[(]?(?:{_NUMBER})[)]?"
_POINTS_TO = re.compile(
    rf"(?:本办法|本细则)?第\s*({_NUMBER})\s*条(?:第[一二三四五六七八九十]款)?(第\s*{_ITEM_NUMBER}(?:项?[、和及至]第?\s*{_ITEM_NUMBER})*)项(?!目)"
)
_NUMERALS = re.compile(_NUMBER)
_ARTICLE = re.compile(rf"^第\s*({_NUMBER})\s*条")
_ITEM = re.compile(rf"^[(]({_NUMBER})[)]|^({_NUMBER})[.、]")


def referred_by(passage: Passage, index: PassageIndex) -> str:
    """The items of another article that a passage speaks of by their numbers, as they are written; "" where it does not."""
    found = _POINTS_TO.search(folded(passage.text))
    if found is None:
        return ""
    article = numeral_value(found[1])
    numbers = frozenset(map(numeral_value, _NUMERALS.findall(found[2])))
    return _items(index, passage.document, article, numbers)


def _items(index: PassageIndex, document: str, article: int, numbers: frozenset[int]) -> str:
    held = []
    for passage in index.of_document(document):
        place = next((match for part in passage.section if (match := _ARTICLE.match(folded(part)))), None)
        item = _ITEM.match(folded(passage.text))
        if (
            place
            and numeral_value(place[1]) == article
            and item
            and numeral_value(item[1] or item[2]) in numbers
        ):
            held.append(passage.text)
    return " ".join(held)
