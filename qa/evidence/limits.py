"""What callers limit a question to: documents by name, places, years, kinds of paper, kinds of statement."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypedDict

from qa.errors import QuestionUnusable
from qa.evidence.ground import Ground, ground_of
from qa.evidence.solving import Solver
from qa.understanding.asking import Aspect
from qa.understanding.question import Question
from vectorstore.documents import Statement
from vectorstore.index import PassageIndex


class Limits(TypedDict, total=False):
    """The limits of a search as keyword arguments; what is absent or None does not limit."""

    documents: Collection[str] | None
    regions: Collection[str] | None
    years: Collection[int] | None
    genres: Collection[str] | None
    statements: Collection[str] | None


@dataclass(frozen=True)
class Searched:
    """Where a question is answered from: the whole library, the part that the limits leave, the documents chosen."""

    whole: Solver
    part: Solver
    documents: Collection[str] | None

    @property
    def names(self) -> list[str]:
        """The documents that have something there, in the library's order."""
        return [name for name in self.part.index.held if not self.documents or name in self.documents]


def searched_with(solver: Solver, limits: Limits) -> Searched:
    """The ground that a caller's limits leave. Raises QuestionUnusable where they name what is not there."""
    if unknown := limits.keys() - Limits.__annotations__.keys():
        raise TypeError(f"no limits of a question: {', '.join(sorted(unknown))}")
    ground = ground_of(
        solver.index,
        regions=limits.get("regions"),
        years=limits.get("years"),
        genres=limits.get("genres"),
        statements=limits.get("statements"),
    )
    part = solver if ground.is_everywhere else solver.limited_to(ground)
    return Searched(solver, part, limits.get("documents"))


def on_ground(asked: Question, ground: Ground, index: PassageIndex) -> Question:
    """The question limited to the documents that have something on this ground, and to its kind of figure."""
    chosen = index.held
    wanted = tuple(name for name in chosen if not asked.documents or name in asked.documents)
    aspects: dict[Statement, Aspect] = {"target": "target", "result": "result"}
    aspect = aspects.get(ground.statements[0], "") if len(ground.statements) == 1 else ""
    return replace(
        asked,
        documents=wanted or chosen,
        is_outside=asked.is_outside or not wanted,
        aspect=aspect or asked.aspect,
    )


def limited(asked: Question, documents: Collection[str] | None, index: PassageIndex) -> Question:
    """The question limited to the caller's choice of documents as well as to those that it names."""
    if not documents:
        return asked
    unknown = [name for name in documents if name not in index.documents]
    if unknown:
        raise QuestionUnusable(
            f"文件库里没有“{'”、“'.join(unknown)}”。", f"可选的文件：{'、'.join(index.documents)}。"
        )
    wanted = tuple(name for name in documents if not asked.documents or name in asked.documents)
    return replace(asked, documents=wanted or tuple(documents), is_outside=not wanted)
