"""The same plan or programme called by one name with periods that exclude each other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.documents import Doubt
from vectorstore.numerals import YEAR
from vectorstore.sanity.reading import Reading

_DATED_TITLE = re.compile(
    rf"《([^《》]{{4,60}}?)\(({YEAR})年?[-—–~至]{{1,2}}({YEAR})年?\)([^《》]{{0,10}})》"
)


def contradictory_titles(reading: Reading) -> Iterator[Doubt]:
    """《…规划(2021-2035年)》 and 《…规划(2023-2024)》: editions follow each other, these overlap."""
    known: dict[str, re.Match[str]] = {}
    for match in _DATED_TITLE.finditer(reading.text):
        name = re.sub(r"\W", "", match[1] + match[4])
        first = known.setdefault(name, match)
        if (first[2], first[3]) == (match[2], match[3]):
            continue
        if int(match[2]) <= int(first[3]) and int(first[2]) <= int(match[3]):
            message = "同一文件的起止年份前后不一"
            years = [f"{title[2]}—{title[3]}年" for title in (first, match)]
            yield Doubt(
                "contradiction",
                *first.span(),
                f"{message}：此处为{years[0]}，另一处为{years[1]}",
                match.span(),
            )
            yield Doubt(
                "contradiction",
                *match.span(),
                f"{message}：此处为{years[1]}，另一处为{years[0]}",
                first.span(),
            )
