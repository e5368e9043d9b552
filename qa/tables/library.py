"""The tables of a library: which rows belong together, their running numbers, the number in their caption."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from weakref import WeakKeyDictionary

from qa.tables.view import TableRow, TableView, plain_name
from vectorstore.documents import Document, Passage
from vectorstore.folding import folded
from vectorstore.index import PassageIndex
from vectorstore.numerals import numeral_value

_NUMBER_BEFORE_CAPTION = re.compile(r"(?:附?表)?\s*([一二三四五六七八九十]{1,2}|\d{1,2})[\s:]*$")
# The tables of each state of the library that is open, for as long as it is.
_KNOWN: WeakKeyDictionary[PassageIndex, tuple[TableView, ...]] = WeakKeyDictionary()
# What begins with a figure is none of a row's names.
_SUM_PAID = re.compile(r"每[人户](?:每)?[月年次][\d.,]+元(?:[(（][^()（）]*[)）])?[,，、]?")
_FIGURE = re.compile(r"[<>≥≤约]?\s*\d")


def tables_in(index: PassageIndex, documents: Collection[str]) -> list[TableView]:
    """The tables of these documents (all when none are given), in order; those of one row are none."""
    tables = _KNOWN.get(index)
    if tables is None:
        tables = _KNOWN[index] = tuple(_found(index))
    return [table for table in tables if not documents or table.passage.document in documents]


def _found(index: PassageIndex) -> Iterator[TableView]:
    run: list[Passage] = []
    before = -1
    for number, passage in index.table_rows():
        if run and (number > before + 1 or not _continues(run[-1], passage)):
            yield from _tables_of(run, index)
            run = []
        run.append(passage)
        before = number
    yield from _tables_of(run, index)


def _tables_of(run: list[Passage], index: PassageIndex) -> Iterator[TableView]:
    if len(run) > 1:
        yield _table(run, index.documents[run[0].document])


def _continues(previous: Passage, passage: Passage) -> bool:
    same = (previous.document, previous.section, previous.caption) == (
        passage.document,
        passage.section,
        passage.caption,
    )
    return same and not (_running_number(passage) == 1 and _running_number(previous))


def _running_number(passage: Passage) -> int:
    """The number before the row's name, 0 when there is none."""
    match = re.match(r"\|?\s*(\d{1,3})(?![\d.%])", folded(passage.text))
    return int(match[1]) if match and not passage.cells[0][1].startswith(match[1]) else 0


def _table(run: Sequence[Passage], document: Document) -> TableView:
    columns = max((tuple(plain_name(name) for name, _ in passage.cells) for passage in run), key=_named)
    numbers = list(_numbers(run))
    names = [passage.cells[0][1] for passage in run]
    if len(set(names)) < len(names) and all(len(passage.cells) > 2 for passage in run):
        # The first cell stands for several rows: the second tells them apart.
        names = [_told_apart(passage) for passage in run]
        third = [passage.cells[2][1] for passage in run]
        if (
            len(set(names)) < len(names)
            and len(set(third)) == len(third)
            and not any(map(_FIGURE.match, third))
        ):
            # 一级指标, 二级指标, 三级指标: the last of them is what a row is about.
            names = third
    rows = tuple(
        TableRow(
            passage, re.sub(r"\s+", " ", name), number, {plain_name(c): value for c, value in passage.cells}
        )
        for passage, name, number in zip(run, names, numbers, strict=True)
    )
    return TableView(rows, columns, _caption_number(run[0], document))


def _told_apart(passage: Passage) -> str:
    """A row's first cell with the second, of which a sum that is paid names nothing (集中供养 of 每人每年6200元,集中供养)."""
    second = _SUM_PAID.sub("", passage.cells[1][1])
    return f"{passage.cells[0][1]}（{second}）" if second else passage.cells[0][1]


def _named(columns: tuple[str, ...]) -> int:
    return sum(map(bool, columns))


def _numbers(run: Sequence[Passage]) -> Iterator[int]:
    """Running numbers as written, a row without one sharing its predecessor's; else positions."""
    if not _running_number(run[0]):
        yield from range(1, len(run) + 1)
        return
    number = 0
    for passage in run:
        number = _running_number(passage) or number
        yield number


def _caption_number(first: Passage, document: Document) -> int:
    """2 of 表2 before the caption, which leaves it out."""
    if not first.caption:
        return 0
    text = folded(document.text[max(0, first.start - 400) : first.start])
    position = text.rfind(folded(first.caption)[:8])
    match = _NUMBER_BEFORE_CAPTION.search(text[:position].rpartition("\n")[2]) if position >= 0 else None
    return numeral_value(match[1]) if match else 0
