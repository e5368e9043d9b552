"""`python -m eval.bench_library`: a library of a thousand documents: indexing, adding one, asking, memory.

The vectors are cheap and made up (real ones cost the embedder's time, which is measured by itself); everything else is the
product's own. Questions are asked of five and of all documents by turns, in CPU time of all threads: what else the machine
does meets both alike. The other timings are noisy on shared machines.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
from qa.evidence.limits import Limits
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
_FREE = "新增养老床位多少张？"
_ASKED = (*QUESTIONS, *TEXT_QUESTIONS, _FREE, "怎么推进殡葬改革？")
_LIMITS: tuple[Limits, ...] = (
    {"years": [2021]},
    {"years": [2015, 2020]},
    {"statements": ["目标"]},
    {"statements": ["措施"]},
    {"regions": ["荆门市"]},
    {"genres": ["规划"]},
    {"regions": ["杨浦区"], "years": [2023]},
)


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
        small = _library(Path(folder, "small"), 0, None)
        large = _library(Path(folder, "large"), options.documents - 5, options.squad)
        _changes(large, Path(folder))
        with _opened(small) as few, _opened(large) as many:
            _asked(few, many)
            _filtered(many)
            if memory := memory_mib():
                _line("内存（两个文件库都打开）", memory, "MiB")
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


@contextmanager
def _opened(library: Library) -> Iterator[Assistant]:
    index = open_index(index_dir=library.settings.index_folder, embedder=CheapEmbedder())
    with Assistant(library.settings, index, ModelChoice(None, ""), lambda: index) as assistant:
        for question in _ASKED:
            assistant.ask(question)
        yield assistant


def _asked(few: Assistant, many: Assistant) -> None:
    """The same questions of both libraries by turns."""
    seconds = [
        [
            median(of_one)
            for of_one in zip(*(_by_turns(question, few, many) for _ in range(_ROUNDS)), strict=True)
        ]
        for question in _ASKED
    ]
    small, large = (median(of_library) for of_library in zip(*seconds, strict=True))
    _line("提问（5 份文件）", small * 1000, "毫秒 CPU，中位数")
    _line("提问（全部文件）", large * 1000, "毫秒 CPU，中位数")
    _line("提问用时之比", large / small, "倍")
    _line("最慢一问之比", max(many_ / few_ for few_, many_ in seconds), "倍")


def _by_turns(question: str, *assistants: Assistant) -> list[float]:
    return [_cpu(partial(assistant.ask, question)) for assistant in assistants]


def _filtered(assistant: Assistant) -> None:
    """The first question under a filter, of several filters, beside the same question without one."""
    free = median(_cpu(partial(assistant.ask, _FREE)) for _ in range(_ROUNDS))
    first = [_cpu(partial(assistant.ask, _FREE, **limits)) / free for limits in _LIMITS]
    _line("限定范围后的第一问之比", median(first), f"倍，中位数；最慢 {max(first):.2f} 倍")


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


def _cpu(call: Callable[[], object]) -> float:
    """CPU seconds of all threads of this process."""
    started = time.process_time()
    call()
    return time.process_time() - started


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _line(what: str, value: float, unit: str) -> None:
    print(f"{what:<24}\t{value:8.2f} {unit}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
