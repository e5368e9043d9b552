"""The system with one part removed: the real assistant over a changed index, solver or way of writing answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self, cast

from qa.answer import EvidenceFound, StreamEvent, Turn
from qa.assistant import Assistant
from qa.composing.comparison import compared
from qa.composing.composition import COMPOSERS, Composer
from qa.conversation.conversing import Conversing
from qa.drafting.answering import Answering, Clock
from qa.evidence.retrieval import PlanRetriever
from qa.evidence.solving import PASSAGES, Solved, Solver
from qa.library.opening import open_updated
from qa.models.choice import ModelChoice, choose_model
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from qa.understanding.question import Question
from qa.understanding.wording import synonyms_in
from qa.walk import in_chinese
from vectorstore.documents import Document, Passage
from vectorstore.index import DocumentWalk, PassageIndex, open_index, synchronise
from vectorstore.walk import default_walk


class ChangedIndex:
    """An index that is the real one in everything but what a variant overrides."""

    def __init__(self, index: PassageIndex) -> None:
        self._real = index

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class DenseOnly(ChangedIndex):
    """Both keyword rankings are empty."""

    def by_words(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []

    def by_bigrams(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []


class WordsOnly(ChangedIndex):
    """Neither meaning nor pairs of characters are searched."""

    def dense(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []

    def by_bigrams(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []


class BigramsOnly(ChangedIndex):
    """Neither meaning nor dictionary words are searched."""

    def dense(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []

    def by_words(self, *_: Any, **__: Any) -> list[tuple[int, float]]:
        """Find nothing."""
        return []


class WithoutDoubts(ChangedIndex):
    """What is doubtful about the source texts is not known."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The same passages, none of them doubtful."""
        return tuple(replace(passage, doubts=()) for passage in self._real.passages)


class OneRetrieval(Solver):
    """Retrieves once for a whole comparison, from all its documents together, instead of once per side."""

    _whole: Question | None = None

    def around(self, whole: Question) -> Self:
        """A solver whose every part is answered from what the whole question finds."""
        around = copy(self)
        around._whole = whole
        around._solved = {}
        return around

    def _ranked(self, asked: Question, *, limit: int = PASSAGES) -> list[tuple[int, float]]:
        whole = self._whole or asked
        if asked.is_outside or (self._whole is None and len(asked.regions) < 2):
            return super()._ranked(asked, limit=limit)
        wordings = [word for synonym in synonyms_in(whole.text) for word in synonym.official]
        ranked = PlanRetriever(self.index, limit=limit).ranked(whole.text, wordings)
        documents = asked.documents or tuple(self.index.documents)
        return [pair for pair in ranked if self.index.passages[pair[0]].document in documents]


def compared_at_once(asked: Question, solver: Solver) -> Solved | None:
    """A comparison whose sides share one retrieval."""
    return compared(asked, solver.around(asked) if isinstance(solver, OneRetrieval) else solver)


@dataclass(frozen=True)
class Variant:
    """A system with one part removed: what readers call it, and what it uses instead of the real part."""

    name: str
    index: type[ChangedIndex] | None = None
    solver: type[Solver] = Solver
    composers: tuple[Composer, ...] = COMPOSERS
    answering: type[Answering] = Answering
    has_context: bool = True


class AblatedAssistant(Assistant):
    """The real assistant with the parts that a variant names; filters are not taken."""

    def __init__(
        self,
        settings: Settings,
        index: PassageIndex,
        choice: ModelChoice,
        reopen: Callable[[], PassageIndex],
        *,
        variant: Variant,
    ) -> None:
        super().__init__(settings, index, choice, reopen)
        self._solver = variant.solver(index)
        self._variant = variant

    def stream(self, question: str, history: Sequence[Turn] = (), **filters: Any) -> Iterator[StreamEvent]:
        """As `Assistant.stream`. Raises ValueError for filters."""
        if any(filters.values()):
            raise ValueError("an ablated system takes no filters")
        clock = Clock()
        solver = self._current_solver()
        said, earlier = in_chinese(question, history, solver.index.documents)
        conversing = Conversing(composers=self._variant.composers)
        solved = solver.cited_first(conversing.solved(said, earlier, solver, None))
        yield EvidenceFound(solved.asked.text, solved.evidence)
        answering = self._variant.answering(
            solved,
            solver.index,
            model=self._choice.model,
            evidence_tokens=self.settings.evidence_tokens,
            clock=clock,
        )
        yield from answering.events()


VARIANTS = (
    Variant("不检索结构上下文", has_context=False),
    Variant("只用向量", index=DenseOnly),
    Variant("只用词", index=WordsOnly),
    Variant("只用字对", index=BigramsOnly),
    Variant(
        "比较时不分文件检索",
        solver=OneRetrieval,
        composers=tuple(compared_at_once if compose is compared else compose for compose in COMPOSERS),
    ),
    Variant("不拆分组合问题", composers=()),
    Variant("不核查原文可疑之处", index=WithoutDoubts),
)


def open_variant(variant: Variant, settings: Settings) -> AblatedAssistant:
    """The variant over the settings' library. Raises the expected errors of settings, library, index and model."""
    opened = _opened(settings) if variant.has_context else _opened_without_context(settings)
    index = cast(PassageIndex, variant.index(opened)) if variant.index else opened
    return AblatedAssistant(settings, index, choose_model(settings), lambda: index, variant=variant)


def _opened(settings: Settings) -> PassageIndex:
    return open_updated(settings, choose_embedder(settings), progress=True)


def _opened_without_context(settings: Settings) -> PassageIndex:
    """An index of its own, beside the real one, in which a passage is searched by its text alone."""
    walk, embedder = default_walk(), choose_embedder(settings)

    def split(document: Document) -> list[Passage]:
        return [replace(passage, context="") for passage in walk.split(document)]

    folder = settings.index_folder.with_name(f"{settings.index_folder.name}-without-context")
    synchronise(
        library=settings.library,
        index_dir=folder,
        embedder=embedder,
        progress=True,
        walk=DocumentWalk(walk.read, split),
    )
    return open_index(index_dir=folder, embedder=embedder)
