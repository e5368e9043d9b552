"""What part of the library an answer may be taken from: places, years, kinds of paper and kinds of statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from qa.errors import QuestionUnusable
from vectorstore.documents import Document, Passage, Statement
from vectorstore.genres import GENRES, Genre
from vectorstore.index import PassageIndex
from vectorstore.numerals import describe_years
from vectorstore.places import same_place
from vectorstore.statements import statements_in

_KINDS: dict[str, Statement] = {"结果": "result", "目标": "target", "标准": "standard", "措施": "measure"}
# Further names that people use for them.
_ALSO: dict[str, Statement] = {"计划": "target", "任务": "target", "成效": "result"}


_HELD: WeakKeyDictionary[PassageIndex, _Held] = WeakKeyDictionary()


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

    def holds(self, passage: Passage, document: Document) -> bool:
        """Whether a passage lies on it: in such a paper, of such a place and year, stating such a thing somewhere."""
        if self.genres and not set(self.genres) & set(document.genres):
            return False
        if self.regions and passage.region not in self.regions:
            return False
        if self.years and not set(self.years) & set(passage.named_years):
            return False
        return not self.statements or bool(set(self.statements) & set(passage.stated))

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
    held = _held(index)
    return Ground(
        regions=_regions(regions or (), held.regions),
        years=_years(years or (), held.years),
        statements=tuple(dict.fromkeys(_statement(kind) for kind in statements or ())),
        genres=_genres(genres or (), index),
    )


@dataclass(frozen=True)
class _Held:
    """The regions and years that an index's passages speak about."""

    regions: tuple[str, ...]
    years: frozenset[int]


def _held(index: PassageIndex) -> _Held:
    """Worked out once for each state of the library that is open."""
    held = _HELD.get(index)
    if held is None:
        passages = [passage for passage in index.passages if passage.kind != "furniture"]
        held = _HELD[index] = _Held(
            tuple(dict.fromkeys(passage.region for passage in passages if passage.region)),
            frozenset(year for passage in passages for year in passage.named_years),
        )
    return held


def numbers_on(ground: Ground, index: PassageIndex) -> list[int]:
    """The numbers of the passages that lie on the ground. Raises QuestionUnusable when there is none."""
    numbers = [
        number
        for number, passage in enumerate(index.passages)
        if passage.kind != "furniture" and ground.holds(passage, index.documents[passage.document])
    ]
    if not numbers:
        raise QuestionUnusable(
            "文件库里没有同时符合所选地区、年份、文种和内容类别的内容。", "请去掉其中一个条件再问。"
        )
    return numbers


def _regions(wanted: Collection[str], known: Sequence[str]) -> tuple[str, ...]:
    found = {name: [region for region in known if same_place(name, region)] for name in wanted}
    unknown = [name for name, regions in found.items() if not regions]
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有“{'”、“'.join(unknown)}”的文件。", f"可选的地区：{'、'.join(known) or '无'}。"
        )
    return tuple(dict.fromkeys(region for regions in found.values() for region in regions))


def _years(wanted: Collection[int], known: frozenset[int]) -> tuple[int, ...]:
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有讲{describe_years(tuple(unknown))}的内容。",
            f"可选的年份：{describe_years(tuple(sorted(known))) or '无'}。",
        )
    return tuple(sorted(set(wanted)))


def _genres(wanted: Collection[str], index: PassageIndex) -> tuple[Genre, ...]:
    chosen = {name.strip() for name in wanted}
    held = {genre for document in index.documents.values() for genre in document.genres}
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
