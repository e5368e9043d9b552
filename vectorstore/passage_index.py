"""The index as a reader uses it: documents, passages, and three ways to search them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore import generation as layout
from vectorstore.chroma import ChromaStore
from vectorstore.document_map import DocumentMap
from vectorstore.documents import Document, Passage
from vectorstore.errors import IndexMismatch
from vectorstore.generation import Manifest
from vectorstore.lexical import LexicalIndex, bigram_tokens, word_tokens
from vectorstore.limited import LimitedPassages
from vectorstore.nearest import Nearest
from vectorstore.records import Record, read_records
from vectorstore.section_runs import section_runs, sections_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vectorstore.embeddings import Embedder
    from vectorstore.nearest import Rows
    from vectorstore.vector_cache import Vector

Hits = list[tuple[int, float]]
"""(passage number, score), best first, equal scores by number."""

_REMEMBERED_QUESTIONS = 256
_LONGEST_TELLING, _OPENING, _CLOSING = 400, 100, 300


class PassageIndex:
    """One generation of the index, opened. Passages are known by their number, the position in `passages`.

    Searching is safe from several threads. What it returns stays right when a newer generation becomes
    current: `is_current` tells, and the caller opens anew. Close it after use.
    """

    def __init__(
        self, *, index_dir: Path, manifest: Manifest, embedder: Embedder, store: ChromaStore, folder: Path
    ) -> None:
        """Use `open_index`."""
        self.manifest = manifest
        self.documents: Mapping[str, Document] = DocumentMap(
            {document.name: document for document in _records(folder / layout.DOCUMENTS, Document)}
        )
        self.passages: Sequence[Passage] = tuple(_records(folder / layout.PASSAGES, Passage))
        self._index_dir = index_dir
        self._store = store
        self._words = LexicalIndex.load(folder / layout.WORDS, tokenize=word_tokens)
        self._bigrams = LexicalIndex.load(folder / layout.BIGRAMS, tokenize=bigram_tokens)
        self._searchable = searchable_numbers(self.passages)
        self._keys = passage_keys(self.passages)
        self._nearest = Nearest(
            store, [self._keys[number] for number in self._searchable], manifest.dimension
        )
        self._spans = _spans(self.passages)
        self._document_of_row = _document_of_row(self.passages, self._searchable, list(self._spans))
        self._sections = section_runs(self.passages)
        self._headings: dict[str, Sequence[tuple[str, ...]]] = {}
        self._table_rows = [number for number, passage in enumerate(self.passages) if passage.cells]
        # A comparison asks for the same question once per document.
        self._question_vector = lru_cache(_REMEMBERED_QUESTIONS)(self._embed_question)
        self._embedder = embedder
        # The passages that a limited index holds, and their rows in the three searches.
        self._among: frozenset[int] | None = None
        self._rows_among: Rows | None = None

    def limited_to(self, numbers: Collection[int]) -> PassageIndex:
        """The same index as if it held these passages only; numbers and documents stay what they are.

        The others are empty page furniture in its `passages`. It shares the files of this one: close either.
        """
        import numpy as np  # noqa: PLC0415

        limited = copy(self)
        limited.__dict__.pop("held", None)
        limited._headings = {}
        limited.passages = among = LimitedPassages(self.passages, numbers)
        limited._among = among.numbers
        is_among = np.zeros(len(self.passages), dtype=bool)
        is_among[np.fromiter(among.numbers, dtype=np.int64)] = True
        limited._rows_among = np.flatnonzero(is_among[self._searchable])
        return limited

    def close(self) -> None:
        """Let go of files and connections; closing twice is harmless."""
        self._store.close()

    def is_current(self) -> bool:
        """Tell whether this is still the current generation. Cheap enough to ask before every question."""
        return layout.current_generation(self._index_dir) == self.manifest.generation

    def dense(self, question: str, *, limit: int, documents: Collection[str] | None = None) -> Hits:
        """Search by meaning: scores are cosine similarities. Of `documents` only if given (by name).

        Raises IndexUnusable if the vectors cannot be reached, IndexMismatch if the embedder changed.
        """
        if not question.strip():
            return []
        return self.nearest(self._question_vector(question), limit=limit, documents=documents)

    def nearest(self, vector: Vector, *, limit: int, documents: Collection[str] | None = None) -> Hits:
        """Search by a vector of this index's embedder; otherwise as `dense`."""
        if vector.size != self.manifest.dimension:
            raise mismatch(self.manifest.embedder, f"{self._embedder.name}（{vector.size} 维）")
        found = self._nearest.rows(vector, limit=limit, among=self._rows(documents))
        return [(self._searchable[row], score) for row, score in found]

    def nearness(self, question: str, texts: Sequence[str]) -> list[float]:
        """How near in meaning each text is to a question, as a cosine similarity; embedded anew, some 30 ms each."""
        if not texts:
            return []
        vectors = self._embedder.embed_passages(texts)
        nearness: list[float] = (vectors @ self._question_vector(question)).tolist()
        return nearness

    def alike(self, text: str, other: str) -> float:
        """How alike in meaning two texts are (cosine similarity); embedded anew, some 30 ms each."""
        one, two = self._embedder.embed_passages([text, other])
        return float(one @ two)

    def holds(self, passage_number: int, vector: Vector) -> bool:
        """Tell whether this is the vector that is stored for the passage."""
        return self._store.holds([self._keys[passage_number]], [vector])

    def by_words(self, question: str, *, limit: int, documents: Collection[str] | None = None) -> Hits:
        """Search by dictionary words: scores are BM25; nothing without a common word."""
        return self._lexical(self._words, question, limit, documents)

    def by_bigrams(self, question: str, *, limit: int, documents: Collection[str] | None = None) -> Hits:
        """Search by pairs of characters: scores are BM25; nothing without a common pair."""
        return self._lexical(self._bigrams, question, limit, documents)

    def of_document(self, name: str) -> Sequence[Passage]:
        """Return the passages of a document in reading order; none of one that is not there."""
        numbers = self.numbers_of(name)
        return self.passages[numbers.start : numbers.stop]

    def numbers_of(self, name: str) -> range:
        """Return the numbers of the passages of a document; none of one that is not there."""
        span = self._spans.get(name, slice(0, 0))
        return range(span.start, span.stop)

    @cached_property
    def held(self) -> tuple[str, ...]:
        """The names of the documents that have a passage that can be found, in the library's order."""
        import numpy as np  # noqa: PLC0415

        documents = (
            self._document_of_row if self._rows_among is None else self._document_of_row[self._rows_among]
        )
        names = tuple(self._spans)
        return tuple(names[place] for place in np.unique(documents))

    def table_rows(self) -> Iterator[tuple[int, Passage]]:
        """The rows of the tables with their numbers, in order."""
        among = self._among
        return ((n, self.passages[n]) for n in self._table_rows if among is None or n in among)

    def sections_of(self, name: str) -> Sequence[tuple[str, ...]]:
        """Return the sections of a document and those around them, by depth, then by name; worked out once."""
        if name not in self._headings:
            self._headings[name] = sections_of(self.of_document(name))
        return self._headings[name]

    def neighbours(self, passage_number: int, before: int = 1, after: int = 1) -> list[int]:
        """Return the passages around this one in its section, in reading order, without itself."""
        section = self.section_passages(passage_number)
        position = bisect_left(section, passage_number)
        following = section[position:] if passage_number not in section else section[position + 1 :]
        return section[max(0, position - before) : position] + following[:after]

    def section_passages(self, passage_number: int) -> list[int]:
        """Return the passages of this one's section in reading order, page furniture left out."""
        section = self._sections[passage_number]
        return [number for number in section if self._among is None or number in self._among]

    def _lexical(
        self, index: LexicalIndex, question: str, limit: int, documents: Collection[str] | None
    ) -> Hits:
        hits = index.search(question, limit=limit, allowed=self._rows(documents))
        return [(self._searchable[row], score) for row, score in hits]

    def _rows(self, documents: Collection[str] | None) -> Rows | None:
        """The rows that belong to the documents and are not left out, in order; None for all there are."""
        import numpy as np  # noqa: PLC0415

        if documents is None:
            return self._rows_among
        wanted = frozenset(documents)
        rows = np.arange(len(self._searchable)) if self._rows_among is None else self._rows_among
        is_wanted = np.fromiter((name in wanted for name in self._spans), dtype=bool)
        chosen: Rows = rows[is_wanted[self._document_of_row[rows]]]
        return chosen

    def _embed_question(self, question: str) -> Vector:
        # Of a very long question its beginning and its end tell what it is about; embedding takes time by length.
        telling = (
            question if len(question) <= _LONGEST_TELLING else question[:_OPENING] + question[-_CLOSING:]
        )
        vector: Vector = self._embedder.embed_queries([telling])[0]
        return vector


def mismatch(made_with: str, wanted: str) -> IndexMismatch:
    """Return the error for an index of another embedder, with the way out."""
    return IndexMismatch(
        f"索引是用另一个向量模型建立的：索引用的是 {made_with}，现在设置的是 {wanted}。",
        "请运行 qa index --rebuild 用现在的向量模型重建索引，或把 QA_EMBEDDING 等设置改回原来的。",
    )


def searchable_numbers(passages: Sequence[Passage]) -> list[int]:
    """Return the numbers of the passages that are embedded and keyword-indexed: all but page furniture."""
    return [number for number, passage in enumerate(passages) if passage.kind != "furniture"]


def passage_keys(passages: Sequence[Passage]) -> list[str]:
    """Return a unique id per passage: `Passage.id`, numbered where a span occurs as several passages."""
    seen: dict[str, int] = {}
    keys = []
    for passage in passages:
        seen[passage.id] = seen.get(passage.id, 0) + 1
        keys.append(passage.id if seen[passage.id] == 1 else f"{passage.id}#{seen[passage.id]}")
    return keys


def _records(path: Path, kind: type[Record]) -> list[Record]:
    try:
        return read_records(path, kind)
    except (TypeError, KeyError, ValueError) as error:
        raise layout.IndexOutdated from error


def _spans(passages: Sequence[Passage]) -> dict[str, slice]:
    """Where the passages of each document lie; they stand together."""
    begins: dict[str, int] = {}
    for number, passage in enumerate(passages):
        begins.setdefault(passage.document, number)
    ends = [*list(begins.values())[1:], len(passages)]
    return {name: slice(begin, end) for (name, begin), end in zip(begins.items(), ends, strict=True)}


def _document_of_row(
    passages: Sequence[Passage], searchable: Sequence[int], names: Sequence[str]
) -> NDArray[np.int64]:
    import numpy as np  # noqa: PLC0415

    places = {name: place for place, name in enumerate(names)}
    return np.fromiter((places[passages[number].document] for number in searchable), dtype=np.int64)
