"""What part of the library an answer may be taken from: places, years, kinds of paper and kinds of statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

from qa.errors import QuestionUnusable
from vectorstore.documents import Document, Passage, Statement
from vectorstore.genres import GENRES, Genre
from vectorstore.index import PassageIndex, searchable_numbers
from vectorstore.numerals import describe_years
from vectorstore.places import same_place
from vectorstore.statements import statements_in

_KINDS: dict[str, Statement] = {"结果": "result", "目标": "target", "标准": "standard", "措施": "measure"}
# Further names that people use for them.
_ALSO: dict[str, Statement] = {"计划": "target", "任务": "target", "成效": "result"}


_Value = TypeVar("_Value")
_HELD: WeakKeyDictionary[PassageIndex, Held] = WeakKeyDictionary()


@dataclass(frozen=True)
class Ground:
    """Limits of a search; an empty one does not limit. `regions` as the documents write them."""

    regions: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    statements: tuple[Statement, ...] = ()
    genres: tuple[Genre, ...] = ()

    @property
    def is_everywhere(self) -> bool:
        """Whether nothing is left out."""
        return not (self.regions or self.years or self.statements or self.genres)

    def allows(self, passage: Passage, start: int, end: int, document: Document) -> bool:
        """Whether what `document.text[start:end]` states is of a kind that is wanted."""
        return not self.statements or bool(
            set(self.statements) & statements_in(passage, start, end, document)
        )


def ground_of(
    index: PassageIndex,
    *,
    regions: Collection[str] | None = None,
    years: Collection[int] | None = None,
    statements: Collection[str] | None = None,
    genres: Collection[str] | None = None,
) -> Ground:
    """The ground that a caller names: places (湘西 is 湘西州), years, kinds of statement (结果, 目标, 标准, 措施) and of
    paper (规划, 计划, 总结, 政策).

    Raises QuestionUnusable, naming what there is, for a place, year or kind that the library does not have.
    """
    if not (regions or years or statements or genres):
        return Ground()
    held = held_in(index)
    return Ground(
        regions=_regions(regions or (), tuple(held.regions)),
        years=_years(years or (), held.years.keys()),
        statements=tuple(dict.fromkeys(_statement(kind) for kind in statements or ())),
        genres=_genres(genres or (), held.genres.keys()),
    )


@dataclass(frozen=True)
class Held:
    """The numbers of an index's passages by what a search can be limited to."""

    regions: Mapping[str, set[int]]
    years: Mapping[int, set[int]]
    statements: Mapping[Statement, set[int]]
    genres: Mapping[Genre, set[int]]


def held_in(index: PassageIndex) -> Held:
    """Worked out once for each state of the library that is open, by whoever opens it: it reads every passage."""
    held = _HELD.get(index)
    if held is None:
        held = _HELD[index] = Held(*(defaultdict(set) for _ in range(4)))
        for number, passage in enumerate(index.passages):
            if passage.kind != "furniture":
                _note(held, number, passage, index.documents[passage.document])
    return held


def _note(held: Held, number: int, passage: Passage, document: Document) -> None:
    if passage.region:
        held.regions[passage.region].add(number)
    for year in passage.named_years:
        held.years[year].add(number)
    for statement in passage.stated:
        held.statements[statement].add(number)
    for genre in document.genres:
        held.genres[genre].add(number)


def numbers_on(ground: Ground, index: PassageIndex) -> list[int]:
    """The numbers of the passages that lie on the ground: in such a paper, of such a place and year, stating such a thing
    somewhere. Raises QuestionUnusable when there is none.
    """
    held = held_in(index)
    chosen = [
        *_with_any(ground.genres, held.genres),
        *_with_any(ground.regions, held.regions),
        *_with_any(ground.years, held.years),
        *_with_any(ground.statements, held.statements),
    ]
    numbers = sorted(set.intersection(*chosen)) if chosen else searchable_numbers(index.passages)
    if not numbers:
        raise QuestionUnusable(
            "文件库里没有同时符合所选地区、年份、文种和内容类别的内容。", "请去掉其中一个条件再问。"
        )
    return numbers


def _with_any(values: Sequence[_Value], numbers: Mapping[_Value, set[int]]) -> list[set[int]]:
    """The passages with one of the values, in a list; an empty list when nothing is chosen."""
    return [set().union(*(numbers.get(value, set()) for value in values))] if values else []


def _regions(wanted: Collection[str], known: Sequence[str]) -> tuple[str, ...]:
    found = {name: [region for region in known if same_place(name, region)] for name in wanted}
    unknown = [name for name, regions in found.items() if not regions]
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有“{'”、“'.join(unknown)}”的文件。", f"可选的地区：{'、'.join(known) or '无'}。"
        )
    return tuple(dict.fromkeys(region for regions in found.values() for region in regions))


def _years(wanted: Collection[int], known: Set[int]) -> tuple[int, ...]:
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有讲{describe_years(tuple(unknown))}的内容。",
            f"可选的年份：{describe_years(tuple(sorted(known))) or '无'}。",
        )
    return tuple(sorted(set(wanted)))


def _genres(wanted: Collection[str], held: Set[Genre]) -> tuple[Genre, ...]:
    chosen = {name.strip() for name in wanted}
    unknown = sorted(chosen - held)
    if unknown:
        known = "、".join(genre for genre in GENRES if genre in held)
        raise QuestionUnusable(
            f"文件库里没有“{'”、“'.join(unknown)}”这一类文件。", f"可选的文种：{known or '无'}。"
        )
    return tuple(genre for genre in GENRES if genre in chosen)


def _statement(kind: str) -> Statement:
    statement = (_KINDS | _ALSO | {name: name for name in _KINDS.values()}).get(kind.strip())
    if statement is None:
        raise QuestionUnusable(f"没有“{kind}”这一类内容。", f"可选的类别：{'、'.join(_KINDS)}。")
    return statement
