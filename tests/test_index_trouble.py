"""What is wrong with an index is noticed, said and mended."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from index_parts import (
    HashEmbedder,
    Place,
    make_of_another_version,
    public_folder,
    write_library,
)

from vectorstore.errors import IndexBusy, IndexMismatch, IndexUnusable
from vectorstore.index import (
    IndexDamaged,
    IndexOutdated,
    Synchronised,
)

pytestmark = pytest.mark.thorough


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(write_library(tmp_path / "library"), tmp_path / "index")


def test_an_index_of_another_embedder_is_refused_with_the_way_out(place: Place) -> None:
    place.synchronise()
    place.embedder = HashEmbedder(dimension=32)
    for refused in (place.synchronise, place.open):
        with pytest.raises(IndexMismatch, match=r"hash/48.*hash/32") as caught:
            refused()
        assert "qa index --rebuild" in caught.value.hint
        assert "QA_EMBEDDING" in caught.value.hint
    done = place.synchronise(rebuild=True)
    assert (done.changed, done.embedded) == (True, 8)
    place.check()


def test_an_embedder_that_changed_its_dimension_is_not_mixed_in(place: Place) -> None:
    place.embedder = HashEmbedder(name="endpoint")
    place.synchronise()
    place.embedder = HashEmbedder(dimension=32, name="endpoint")
    index = place.open()
    with pytest.raises(IndexMismatch):
        index.dense("养老", limit=3)
    index.close()
    place.synchronise(rebuild=True)
    place.check()


def test_an_index_of_another_version_is_built_anew(place: Place) -> None:
    place.synchronise()
    make_of_another_version(place.index_dir)
    with pytest.raises(IndexOutdated):
        place.open()
    done = place.synchronise()
    assert (done.changed, done.reason) == (True, "索引是另一个版本的程序建立的。")
    place.check()


STORED = ["manifest.json", "documents.jsonl", "passages.jsonl", "probe.npy", "words", "bigrams", "chroma"]


@pytest.mark.parametrize("part", [*STORED, "../../current"])
@pytest.mark.parametrize("how", ["missing", "truncated"])
def test_missing_and_truncated_parts_are_noticed_and_built_anew(place: Place, part: str, how: str) -> None:
    place.synchronise()
    damage(place.folder() / part, how)
    if part != "../../current" or how != "missing":
        assert "索引" in place.synchronise().reason
    else:
        assert place.synchronise().reason == "还没有索引。"
    place.check()


@pytest.mark.parametrize("part", [*STORED, "../../current"])
@pytest.mark.parametrize("how", ["missing", "truncated", "garbage"])
def test_no_damage_gets_past_opening_and_a_rebuild_helps(place: Place, part: str, how: str) -> None:
    place.synchronise()
    damage(place.folder() / part, how)
    with pytest.raises(IndexDamaged) as caught:
        place.open()
    assert caught.value.exit_code == 5
    assert place.synchronise(rebuild=True).changed
    place.check()


def damage(path: Path, how: str) -> None:
    """Damage a file, or every file below a folder."""
    for file in [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]:
        size = file.stat().st_size
        if how == "missing":
            file.unlink()
        elif how == "truncated":
            os.truncate(file, size // 2)
        else:
            file.write_bytes(b"\x5a" * size)


def test_each_single_damaged_file_of_chroma_is_noticed(place: Place) -> None:
    place.synchronise()
    pristine = place.index_dir.with_name("pristine")
    shutil.copytree(place.index_dir, pristine)
    files = [path.relative_to(place.index_dir) for path in place.folder().glob("chroma/**/*.*")]
    assert len(files) >= 6
    for file in files:
        damage(place.index_dir / file, "garbage")
        if (place.index_dir / file).stat().st_size:
            with pytest.raises(IndexDamaged):
                place.open()
        shutil.copy(pristine / file, place.index_dir / file)
    place.check()


def test_a_damaged_vector_cache_does_not_matter(place: Place) -> None:
    place.synchronise()
    damage(place.index_dir / "vectors.sqlite3", "garbage")
    done = place.synchronise(rebuild=True)
    assert done.embedded == 8
    place.check()


def test_opening_where_there_is_no_index_says_so(place: Place) -> None:
    with pytest.raises(IndexDamaged, match="还没有建立索引") as caught:
        place.open()
    assert "qa index" in caught.value.hint


def test_a_second_writer_says_who_holds_the_lock(place: Place) -> None:
    place.index_dir.mkdir()
    script = (
        "import sys, time; from pathlib import Path; from vectorstore.writer_lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1]), wait=0): print('held', flush=True); sys.stdin.read()"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", script, place.index_dir]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(IndexBusy, match=f"{holder.pid} 号进程，自 20") as caught:
            place.synchronise(wait=0.3)
        assert 0.2 < time.monotonic() - started < 5
        assert caught.value.exit_code == 5
        holder.stdin.close()
    assert place.synchronise(wait=0).changed


def test_a_holder_that_left_no_name_is_still_a_holder(place: Place) -> None:
    place.index_dir.mkdir()
    with FileLock(place.index_dir / "writer.lock"), pytest.raises(IndexBusy, match="由另一个进程更新"):
        place.synchronise(wait=0)


def test_an_index_in_step_is_served_while_somebody_holds_the_lock(place: Place) -> None:
    place.synchronise()
    with FileLock(place.index_dir / "writer.lock"):
        assert not place.synchronise(wait=0).changed
        place.check()


def test_who_waited_for_the_same_work_does_not_do_it_again(place: Place) -> None:
    results: list[Synchronised] = []
    threads = [threading.Thread(target=lambda: results.append(place.synchronise())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.changed for result in results) == [False, False, True]
    assert len({result.generation for result in results}) == 1
    place.check()


AS_ANYBODY = """
import json, os, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
import bm25s, chromadb.api.rust, httpx, numpy, rjieba, resource, filelock
import vectorstore.index, vectorstore.synchronisation
from index_parts import Place, PLANS, WALK, HashEmbedder, assert_complete
from vectorstore.errors import ExpectedError
from vectorstore.index import open_index, synchronise
if os.geteuid() == 0:
    os.setuid(65534)
library, index_dir = Path(sys.argv[2]), Path(sys.argv[3])
try:
    done = synchronise(library=library, index_dir=index_dir, embedder=HashEmbedder(), walk=WALK, wait=1)
    index = open_index(index_dir=index_dir, embedder=HashEmbedder())
    assert_complete(index, PLANS)
    index.close()
    print(json.dumps([done.changed, index.is_current()]))
except ExpectedError as error:
    print(json.dumps([type(error).__name__, error.message, error.hint]))
"""


def as_anybody(place: Place) -> list[object]:
    """Synchronise and open as a user who may read everything and write nothing."""
    for path in (place.index_dir, *place.index_dir.rglob("*")):
        if path.exists():
            path.chmod(0o555 if path.is_dir() else 0o444)
    paths = json.dumps([str(Path(__file__).parent), str(Path(__file__).parent.parent)])
    command = [sys.executable, "-c", AS_ANYBODY, paths, place.library, place.index_dir]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout, result.stderr
    answer: list[object] = json.loads(result.stdout)
    return answer


posix = pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")


@pytest.fixture
def public_place() -> Iterator[Place]:
    with public_folder() as folder:
        yield Place(write_library(folder / "library"), folder / "index")


@posix
def test_a_complete_index_is_served_from_a_folder_that_cannot_be_written(public_place: Place) -> None:
    public_place.synchronise()
    assert as_anybody(public_place) == [False, True]


@posix
def test_an_outdated_index_in_a_folder_that_cannot_be_written_is_an_expected_error(
    public_place: Place,
) -> None:
    public_place.synchronise()
    write_library(public_place.library, {"新.txt": "新的一段。\n"})
    kind, message, hint = as_anybody(public_place)
    assert kind == "IndexUnusable"
    assert str(public_place.index_dir) in str(message)
    assert "QA_INDEX_DIR" in str(hint)


@posix
def test_an_index_folder_that_cannot_be_made_is_an_expected_error(public_place: Place) -> None:
    kind, message, hint = as_anybody(public_place)
    assert kind == "IndexUnusable"
    assert "无法写入" in str(message)
    assert "QA_INDEX_DIR" in str(hint)


def test_a_file_in_the_place_of_the_index_folder_is_an_expected_error(place: Place) -> None:
    place.index_dir.write_text("not a folder")
    with pytest.raises(IndexUnusable, match="无法写入"):
        place.synchronise()
