"""Building a generation of the index: aside, checked by using it, on disk for good before it is current."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore import generation as layout
from vectorstore.chroma import SAME_VECTOR, ChromaStore
from vectorstore.chroma_server import public_address
from vectorstore.errors import IndexUnusable, LibraryMissing
from vectorstore.filling import Filled, Filling, fill
from vectorstore.generation import IndexDamaged, Manifest, Problem
from vectorstore.lexical import LexicalIndex, bigram_tokens, word_tokens
from vectorstore.library import LibraryFile, LibraryFolders
from vectorstore.opening import open_generation
from vectorstore.parsed import Parsed, ParsedCache, parse_library
from vectorstore.passage_index import PassageIndex, passage_keys, searchable_numbers
from vectorstore.records import write_records
from vectorstore.shared_collection import publish, sample
from vectorstore.stages import OnStage, ignored
from vectorstore.summaries import summaries_of, with_versions
from vectorstore.vector_cache import Progress, VectorCache, embed_with_cache
from vectorstore.walk import DocumentWalk, pipeline_version

if TYPE_CHECKING:
    from vectorstore.embeddings import Embedder, Vectors
    from vectorstore.vector_cache import Vector

_VECTORS = "vectors.sqlite3"


@dataclass(frozen=True)
class BuildOrder:
    """What to build: the library as listed, its fingerprint, and the means; `predecessor` None builds all anew."""

    index_dir: Path
    library: LibraryFolders
    files: tuple[LibraryFile, ...]
    fingerprint: str
    embedder: Embedder
    chroma_url: str
    walk: DocumentWalk
    progress: Progress | None
    on_stage: OnStage = ignored
    predecessor: Manifest | None = None


@dataclass(frozen=True)
class Built:
    """A finished generation, its manifest's checksum, and how many passages had to be embedded."""

    manifest: Manifest
    checksum: int
    embedded: int


def build_generation(order: BuildOrder) -> Built:
    """Build a generation that is complete and checked, and on disk, but not current.

    Only for the holder of the writer's lock. Leaves nothing behind if it fails. Raises LibraryMissing if
    no file can be read, IndexUnusable if the result does not pass its check or the server is away.
    """
    with ParsedCache(order.index_dir / layout.PARSED) as kept:
        parsed, problems = parse_library(
            order.library,
            order.files,
            walk=order.walk,
            kept=kept,
            on_stage=order.on_stage,
            problems_before=order.predecessor.problems if order.predecessor else (),
        )
    if not searchable_numbers([passage for each in parsed for passage in each.passages]):
        reasons = "".join(f"\n{problem.message}" for problem in problems)
        raise LibraryMissing(
            f"文件库里没有可以检索的内容：{order.library.own}。{reasons}", "请加入有正文的文件后再试。"
        )
    builder = _Builder(order, parsed, problems)
    builder.folder.mkdir(parents=True)
    try:
        built = builder.build()
        builder.check(built.manifest)
        layout.flush_to_disk(builder.folder)
    except BaseException as error:
        shutil.rmtree(builder.folder, ignore_errors=True)
        if isinstance(error, IndexDamaged):
            raise IndexUnusable(
                f"新建的索引没有通过检查：{error.message}",
                "请检查索引文件夹所在磁盘的空间和状态，或用 QA_INDEX_DIR 换一个位置，再运行 qa index。",
            ) from error
        raise
    return built


class _Builder:
    """Writes the parts of one generation into its folder, and tries them."""

    def __init__(self, order: BuildOrder, parsed: Sequence[Parsed], problems: list[Problem]) -> None:
        self._identity = f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
        self.folder = layout.generation_folder(order.index_dir, self._identity)
        self._order = order
        self._documents = with_versions(parsed, order.files)
        self._summaries = summaries_of(parsed, self._documents)
        self._all_passages = passages = [passage for each in parsed for passage in each.passages]
        self._problems = problems
        keys = passage_keys(passages)
        self._numbers = searchable_numbers(passages)
        self._keys = [keys[number] for number in self._numbers]
        self._passages = [passages[number] for number in self._numbers]
        self._texts = [passage.searchable for passage in self._passages]
        self._vectors: dict[int, Vector] = {}
        self._embedded = 0

    def build(self) -> Built:
        """Write everything; the manifest last."""
        order, folder = self._order, self.folder
        filled = self._publish() if order.chroma_url else self._fill_folder()
        order.on_stage("写入", "", 0, 1)
        write_records(folder / layout.DOCUMENTS, self._documents)
        write_records(folder / layout.PASSAGES, self._all_passages)
        write_records(folder / layout.SUMMARIES, self._summaries)
        LexicalIndex.build(self._texts, tokenize=word_tokens).save(folder / layout.WORDS)
        LexicalIndex.build(self._texts, tokenize=bigram_tokens).save(folder / layout.BIGRAMS)
        manifest = Manifest(
            schema=layout.SCHEMA,
            generation=self._identity,
            built_at=datetime.now().isoformat(timespec="seconds"),
            library=order.fingerprint,
            pipeline=pipeline_version(),
            embedder=order.embedder.name,
            dimension=self._write_probe(filled.collection),
            chroma_url=public_address(order.chroma_url),
            collection=filled.collection,
            documents=len(self._documents),
            passages=len(self._all_passages),
            searchable=len(self._passages),
            dead=filled.dead,
            files=order.files,
            problems=tuple(self._problems),
            stored=layout.stored_files(folder),
        )
        return Built(manifest, layout.write_manifest(folder, manifest), self._embedded)

    def check(self, manifest: Manifest) -> None:
        """Use the generation as a reader would. Raises IndexDamaged if it does not do what it should."""
        order = self._order
        index = open_generation(
            index_dir=order.index_dir,
            manifest=manifest,
            embedder=order.embedder,
            chroma_url=order.chroma_url,
        )
        try:
            if (
                list(index.documents.values()) != self._documents
                or list(index.passages) != self._all_passages
            ):
                raise IndexDamaged("文件和段落重新读入后与写入的不同。")
            positions = sample(len(self._texts))
            for position, vector in zip(positions, self._embed(positions), strict=True):
                self._check_passage(index, position, vector)
        finally:
            index.close()

    def _check_passage(self, index: PassageIndex, position: int, vector: Vector) -> None:
        text, own, every = self._texts[position], self._numbers[position], len(index.passages)
        found = index.holds(own, vector)
        if word_tokens(text):
            found = found and own in dict(index.by_words(text, limit=every))
            found = found and own in dict(index.by_bigrams(text, limit=every))
        if not found:
            raise IndexDamaged(f"找不到刚写入的段落 {self._keys[position]}。")

    def _fill_folder(self) -> Filled:
        order = self._order
        filling = Filling(
            self.folder / layout.CHROMA, self._keys, self._passages, self._embed, self._vectors_last
        )
        return fill(filling, index_dir=order.index_dir, predecessor=order.predecessor)

    def _vectors_last(self, positions: Sequence[int]) -> bool:
        """Whether a sample of these passages' vectors is known and still what the embedder gives."""
        before = self._embedded
        if positions:
            self._embed([positions[number] for number in sample(len(positions))])
        return self._embedded == before

    def _publish(self) -> Filled:
        order = self._order
        collection = publish(
            url=order.chroma_url,
            index_dir=order.index_dir,
            embedder_name=order.embedder.name,
            keys=self._keys,
            passages=self._passages,
            embed=self._embed,
        )
        return Filled(collection, 0)

    def _write_probe(self, collection: str) -> int:
        """Keep one vector by which a reader can tell that the collection is sound; return its dimension.

        One that the search finds: the graph leads to nearly all of them, not to all.
        """
        import numpy as np  # noqa: PLC0415

        positions = sample(len(self._keys))
        where = self._order.chroma_url or self.folder / layout.CHROMA
        with closing(ChromaStore.open(where, collection)) as store:
            for probe in self._embed(positions):
                hits = store.query(probe, limit=1)
                if hits and hits[0][1] >= SAME_VECTOR:
                    np.save(self.folder / layout.PROBE, probe)
                    return int(probe.size)
        raise IndexDamaged("Chroma 找不到刚写入的段落。")

    def _embed(self, positions: Sequence[int]) -> Vectors:
        """Return the vectors of the passages at these positions among the searchable ones."""
        import numpy as np  # noqa: PLC0415

        order = self._order
        missing = [position for position in positions if position not in self._vectors]
        if missing:
            with VectorCache(order.index_dir / _VECTORS) as cache:
                texts = [self._texts[position] for position in missing]
                result = embed_with_cache(texts, order.embedder, cache, self._embedding)
            self._vectors.update(zip(missing, result.vectors, strict=True))
            self._embedded += result.embedded
        return np.stack([self._vectors[position] for position in positions])

    def _embedding(self, done: int, total: int) -> None:
        if self._order.progress:
            self._order.progress(done, total)
        self._order.on_stage("计算向量", "", done, total)
