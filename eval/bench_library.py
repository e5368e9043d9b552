"""`python -m eval.bench_library`: a library of a thousand documents: indexing, adding one, asking, memory.

The vectors are cheap and made up (real ones cost the embedder's time, which is measured by itself); everything else is the
product's own. Timings are noisy on shared machines: compare the ratios of one run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from eval.bench import QUESTIONS, TEXT_QUESTIONS
from eval.environment import memory_mib
from eval.many_documents import plan_of, plans, write_many
from qa.assistant import Assistant
from qa.library.documents import Library
from qa.models.choice import ModelChoice
from qa.settings import PROJECT, Settings
from vectorstore.embeddings import LocalEmbedder
from vectorstore.index import open_index
from vectorstore.vector_cache import VectorCache, embed_with_cache

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

_SQUAD = PROJECT.parent / "shared" / "data" / "cmrc2018_dev.json"
_ROUNDS = 5
_EMBEDDED = 48


class CheapEmbedder:
    """Unit vectors of counted pairs of characters: the same text gives the same vector, like texts near ones."""

    name = "counted-pairs/384"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `vectorstore.embeddings.Embedder`."""
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(max(1, len(text) - 1)):
                vectors[row] += _direction(text[start : start + 2])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Vectors = vectors / np.maximum(lengths, 1e-6)
        return unit

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See `vectorstore.embeddings.Embedder`."""
        return self.embed_passages(texts)


@lru_cache(20_000)
def _direction(pair: str) -> Vectors:
    random = np.random.default_rng(zlib.crc32(pair.encode("utf-8", "surrogatepass")))
    direction: Vectors = random.normal(size=384).astype(np.float32)
    return direction


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print one line a figure."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_library", description="大文件库测速")
    parser.add_argument("--documents", type=int, default=1000, help="文件数（默认 1000）")
    parser.add_argument("--squad", type=Path, default=_SQUAD, help="CMRC2018 文件，没有就全用编造的规划")
    parser.add_argument("--no-embedder", action="store_true", help="不测真实的向量模型")
    options = parser.parse_args(arguments)
    if not options.no_embedder:
        _embedding_overhead()
    with tempfile.TemporaryDirectory(prefix="bench-library-") as folder:
        small = _asked(_library(Path(folder, "small"), 0, None), "5 份文件")
        library = _library(Path(folder, "large"), options.documents - 5, options.squad)
        _changes(library, Path(folder))
        large = _asked(library, f"{options.documents} 份文件")
    _line("提问用时之比", large / small, "倍")
    return 0


def _library(folder: Path, others: int, squad: Path | None) -> Library:
    """The packaged documents and so many others, indexed."""
    documents = folder / "library"
    documents.mkdir(parents=True)
    for path in (PROJECT / "seeds").iterdir():
        shutil.copy(path, documents)
    if others:
        write_many(documents, others, squad=squad)
    settings = Settings(library=documents, index_dir=folder / "index", llm="none")
    library = Library(settings, embedder=CheapEmbedder())
    started = time.perf_counter()
    done = library.update()
    _line(f"建索引（{done.documents} 份，{done.passages} 段）", time.perf_counter() - started, "秒")
    return library


def _changes(library: Library, folder: Path) -> None:
    _line("没有变化", median(_timed(library.update) for _ in range(3)), "秒")
    _line("列出文件", median(_timed(library.list) for _ in range(3)), "秒")
    for number, place in enumerate(("测试甲县", "测试乙县", "测试丙县")):
        added = folder / f"{place}.txt"
        added.write_text(plan_of(place, 90_001 + number), encoding="utf-8")
        _line("加入一份", _timed(partial(library.add, [added])), "秒")


def _asked(library: Library, name: str) -> float:
    """The median seconds of an answer; the same questions in every library."""
    index = open_index(index_dir=library.settings.index_folder, embedder=CheapEmbedder())
    questions = (*QUESTIONS, *TEXT_QUESTIONS)
    with Assistant(library.settings, index, ModelChoice(None, ""), lambda: index) as assistant:
        for question in questions:
            assistant.ask(question)
        seconds = [
            median(_timed(partial(assistant.ask, question)) for _ in range(_ROUNDS)) for question in questions
        ]
        _line(f"提问（{name}）", median(seconds), "秒，中位数")
        _line(f"最慢一问（{name}）", max(seconds), "秒")
        if memory := memory_mib():
            _line(f"内存（{name}）", memory, "MiB")
    return median(seconds)


class _Clocked:
    """The real embedder, with the seconds that are spent inside it."""

    def __init__(self) -> None:
        self._embedder = LocalEmbedder()
        self.name = self._embedder.name
        self.seconds = 0.0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See `vectorstore.embeddings.Embedder`."""
        started = time.perf_counter()
        vectors = self._embedder.embed_passages(texts)
        self.seconds += time.perf_counter() - started
        return vectors

    embed_queries = embed_passages


def _embedding_overhead() -> None:
    """What looking up, storing and checking vectors adds to the embedder's own time, in one run over the same texts."""
    embedder = _Clocked()
    texts = [line for text in islice(plans(), 20) for line in text.splitlines() if len(line) > 15][:_EMBEDDED]
    embedder.embed_passages(texts[:1])
    embedder.seconds = 0.0
    with tempfile.TemporaryDirectory() as folder, VectorCache(Path(folder, "vectors")) as cache:
        whole = _timed(partial(embed_with_cache, texts, embedder, cache))
    _line("向量模型", len(texts) / embedder.seconds, "段每秒")
    _line("缓存与核对多用", 100 * (whole / embedder.seconds - 1), "%")


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _line(what: str, value: float, unit: str) -> None:
    print(f"{what:<24}\t{value:8.2f} {unit}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
