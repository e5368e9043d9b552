"""Rows of a table that also gives their sum, or sorts amounts in one unit: each is of a part, which a question about
the whole does not name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from weakref import WeakKeyDictionary

from qa.evidence.relevance import Term, bigrams, plain
from qa.figures.tiers import age_in, is_of_age
from qa.understanding.question import Question
from vectorstore.documents import Passage
from vectorstore.index import PassageIndex
from vectorstore.numerals import years_in
from vectorstore.places import bare_name
from vectorstore.table_parts import names_sum, squeezed

_MONEY, _FIGURE = re.compile(r"[(（][百千万亿]*元[)）]$"), re.compile(r"[\d,.]+")
_LEAST_SORTED = 3
_OF_MONEY = "资金|经费|费用|支出|金额"
# The rows of such tables, by their id: what tells each from its fellows. For as long as the library is open.
_KNOWN: WeakKeyDictionary[PassageIndex, dict[str, _Telling]] = WeakKeyDictionary()


@dataclass(frozen=True)
class _Telling:
    """Pairs of characters of a row's name that not all rows have: its own, and those that it shares with some."""

    own: frozenset[str]
    shared: frozenset[str]


def is_of_unnamed_part(
    question: Question, passage: Passage, terms: Sequence[Term], index: PassageIndex
) -> bool:
    """Whether a row is that of a part (一季度, 公办养老机构) of which a question for a figure says nothing, and the same
    table tells the sum (合计), or gives each part its amount in the unit that heads the column (预算(万元))."""
    if question.asks != "number" or question.wants_several:
        return False
    telling = _parts(index).get(passage.id)
    if telling is None:
        return False
    name = passage.cells[0][1]
    age = age_in(question.text)
    if set(years_in(name)) & {*question.years, *question.stated_years} or (age and is_of_age(age, name)):
        return False
    said = [plain(question.text), *(wording for term in terms for wording in term.wordings)]
    # What several rows share (敬老院) names none of them, unless a row is called by nothing else.
    return not any(piece in wording for piece in telling.own or telling.shared for wording in said)


def _parts(index: PassageIndex) -> dict[str, _Telling]:
    known = _KNOWN.get(index)
    if known is None:
        known = _KNOWN[index] = {
            row.id: telling
            for _, rows in groupby((passage for _, passage in index.table_rows()), key=_table_of)
            for row, telling in _told_apart(list(rows))
        }
    return known


def _table_of(row: Passage) -> tuple[object, ...]:
    return row.document, row.section, row.caption, tuple(column for column, _ in row.cells)


def _told_apart(rows: Sequence[Passage]) -> list[tuple[Passage, _Telling]]:
    """The rows of one table that are parts of its sum, each with the pairs of characters that not all of them have."""
    parts = [row for row in rows if not names_sum(row.cells[0][1])]
    called = {squeezed(row.cells[0][1]) for row in parts}
    has_sum = len(parts) == len(rows) - 1 and len(parts) > 1
    # Rows of groups (老年人福利类: 适老化改造, 小计) are told by what stands in the next column.
    if not (has_sum or _is_sorted(rows)) or len(called) < len(parts):
        return []
    # 资金 and 经费 name no part of money, nor does the place of the whole table.
    places = [place for place in (rows[0].region, bare_name(rows[0].region)) if place]
    generic = re.compile("|".join([*map(re.escape, places), _OF_MONEY]))
    names = [set(bigrams(plain(generic.sub("", row.cells[0][1])))) for row in parts]
    # 护理 of 银湾护理院 is what a column counts as well.
    heads = {piece for column, _ in rows[0].cells[1:] for piece in bigrams(plain(column))}
    return [(row, _telling(name - heads, names)) for row, name in zip(parts, names, strict=True)]


def _is_sorted(rows: Sequence[Passage]) -> bool:
    """Whether the rows share out amounts of money in columns whose heads give the unit."""
    columns = [column for column, _ in rows[0].cells[1:] if _MONEY.search(column)]
    return len(rows) >= _LEAST_SORTED and any(
        all(_FIGURE.fullmatch(dict(row.cells).get(column, "")) for row in rows) for column in columns
    )


def _telling(name: set[str], names: Collection[set[str]]) -> _Telling:
    counts = {piece: sum(piece in other for other in names) for piece in name}
    return _Telling(
        frozenset(piece for piece, count in counts.items() if count == 1),
        frozenset(piece for piece, count in counts.items() if 1 < count < len(names)),
    )
