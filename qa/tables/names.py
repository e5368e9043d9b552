"""Which rows of a table a wording means: by name, by an abbreviation of it (未保站), by topic (跟养老有关)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from qa.tables.view import TableRow, plain_name
from qa.understanding.wording import synonyms_in
from qa.understanding.work_fields import words_of_field
from vectorstore.places import bare_name, mentions

_SHORTEST_ABBREVIATION = 3
_BRACKETED = re.compile(r"(.+)\((.+)\)")
_NOT_OF_NAME = re.compile(r"[^\w%]")


def bare(text: str) -> str:
    """A name without punctuation, for comparing."""
    return _NOT_OF_NAME.sub("", plain_name(text))


def is_subsequence(short: str, long: str) -> bool:
    """Whether the characters of `short` stand in `long` in this order."""
    rest = iter(long)
    return all(character in rest for character in short)


def rows_called(wording: str, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows whose name the wording is, or is a part or an abbreviation of; several when it fits several.

    An exact name beats a part of one, a part an abbreviation, and of those the one that leaves out least
    when it leaves out far less than the others.
    """
    short = bare(wording)
    if len(short) < 2:
        return []
    exact = [row for row in rows if short in forms_of(row)]
    if exact:
        return exact
    parts = [row for row in rows if any(short in form for form in forms_of(row))]
    if parts:
        return parts
    if len(short) < _SHORTEST_ABBREVIATION:
        return []
    return [row for row in rows if any(_abbreviates(short, form) for form in forms_of(row))]


def forms_of(row: TableRow) -> tuple[str, ...]:
    """The ways in which a row's name is said: 低保标准(城市) also as 城市低保标准."""
    return _forms(plain_name(row.name))


@lru_cache(maxsize=4096)
def _forms(name: str) -> tuple[str, ...]:
    grouped = _BRACKETED.fullmatch(name)
    turned = [bare(grouped[2] + grouped[1])] if grouped else []
    without = [bare(re.sub(r"\([^()]*\)", "", name))] if "(" in name and not name.endswith(")") else []
    # 灵山 for 灵山县.
    is_place = any(found.is_full and found.written == name for found in mentions(name))
    return (bare(name), *turned, *without, *([bare_name(name)] if is_place else []))


def _abbreviates(short: str, name: str) -> bool:
    """Whether an abbreviation begins where a word of the name may begin, and keeps the end of what it shortens."""
    if not is_subsequence(short, name):
        return False
    # 未保站 takes characters far apart; two of them at least must stand together or at the name's ends.
    joined = sum(short[i : i + 2] in name for i in range(len(short) - 1))
    return joined * 3 >= len(short) - 1 or len(short) <= 4


def about(topic: str, rows: Sequence[TableRow]) -> list[TableRow]:
    """The rows whose names say the topic, in its official words or by those of the field of work."""
    said = bare(topic)
    wordings = {said, *(bare(word) for synonym in synonyms_in(topic) for word in synonym.official)}
    wordings.update(words_of_field(said))
    wordings.discard("")
    return [
        row
        for row in rows
        if any(wording in bare(row.name) for wording in wordings)
        or (len(said) >= _SHORTEST_ABBREVIATION and is_subsequence(said, bare(row.name)))
    ]
