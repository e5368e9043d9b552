"""The index: in step with the library, complete, shared, and clear about what is wrong with it."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from filelock import FileLock
from index_parts import PLANS, WALK, HashEmbedder, assert_complete, chroma_server, free_port, write_library

from vectorstore.chroma import ChromaStore, collection_names
from vectorstore.documents import Document, Metadata, Passage
from vectorstore.errors import ExpectedError, IndexBusy, IndexMismatch, IndexUnusable, LibraryMissing
from vectorstore.index import (
    IndexDamaged,
    PassageIndex,
    Synchronised,
    open_index,
    read_manifest,
    synchronise,
)
from vectorstore.library import list_library
from vectorstore.records import from_json, read_records, to_json, write_records
from vectorstore.shared_collection import draft_prefix


@dataclass
class Place:
    """A library and its index, in a folder of their own."""

    library: Path
    index_dir: Path
    embedder: HashEmbedder = field(default_factory=HashEmbedder)
    chroma_url: str = ""

    def synchronise(self, **options: object) -> Synchronised:
        return synchronise(
            library=self.library,
            index_dir=self.index_dir,
            embedder=self.embedder,
            chroma_url=self.chroma_url,
            walk=WALK,
            **options,
        )

    def open(self) -> PassageIndex:
        return open_index(index_dir=self.index_dir, embedder=self.embedder, chroma_url=self.chroma_url)

    def generations(self) -> set[str]:
        return {folder.name for folder in (self.index_dir / "generations").iterdir()}

    def folder(self) -> Path:
        manifest = read_manifest(self.index_dir)
        assert manifest
        return self.index_dir / "generations" / manifest.generation


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(write_library(tmp_path / "library"), tmp_path / "index")


def check(place: Place, plans: dict[str, str] = PLANS) -> None:
    index = place.open()
    try:
        assert_complete(index, plans)
    finally:
        index.close()


# --- in step with the library ------------------------------------------------------------------------


def test_a_new_index_holds_every_passage_and_finds_it(place: Place) -> None:
    done = place.synchronise()
    assert (done.changed, done.documents, done.passages, done.embedded) == (True, 3, 9, 8)
    assert done.reason == "还没有索引。"
    check(place)


def test_an_unchanged_library_is_left_alone(place: Place) -> None:
    first = place.synchronise()
    before = {path: path.stat().st_mtime_ns for path in place.index_dir.rglob("*")}
    again = place.synchronise()
    assert (again.changed, again.reason, again.generation) == (False, "", first.generation)
    assert (again.documents, again.passages, again.embedded) == (3, 9, 0)
    assert {path: path.stat().st_mtime_ns for path in place.index_dir.rglob("*")} == before


def test_only_what_is_new_is_embedded(place: Place) -> None:
    place.synchronise()
    plans = PLANS | {"荆门.txt": PLANS["荆门.txt"] + "新建公墓2处。\n"}
    write_library(place.library, plans)
    done = place.synchronise()
    assert (done.changed, done.reason, done.embedded, done.passages) == (True, "文件库有变化。", 1, 10)
    check(place, plans)


@pytest.mark.parametrize(
    "change",
    [
        lambda library: (library / "荆门.txt").unlink(),
        lambda library: (library / "荆门.txt").rename(library / "掇刀.txt"),
        lambda library: (library / "荆门.txt").write_text("# 养老\n改了。\n", encoding="utf-8"),
        lambda library: (library / "新.md").write_text("新的一段。\n", encoding="utf-8"),
        lambda library: (library / "catalogue.toml").write_text("[荆门]\ntitle = '规划'\n", encoding="utf-8"),
    ],
)
def test_any_change_of_the_library_is_noticed(place: Place, change: Callable[[Path], object]) -> None:
    first = place.synchronise()
    change(place.library)
    second = place.synchronise()
    assert second.changed
    assert second.generation != first.generation
    assert not place.synchronise().changed


def test_a_change_of_the_same_length_in_the_same_instant_is_noticed(place: Place) -> None:
    path = place.library / "荆门.txt"
    place.synchronise()
    before = path.stat()
    path.write_text(PLANS["荆门.txt"].replace("25%", "52%"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert place.synchronise().changed


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_indexed(place: Place) -> None:
    write_library(place.library, {"坏.txt": "坏"})
    done = place.synchronise()
    assert [(problem.file, str(problem)) for problem in done.problems] == [
        ("坏.txt", "文件“坏.txt”读不了。请换一份。")
    ]
    assert done.documents == 3
    check(place)
    assert place.synchronise().problems == done.problems


def test_a_library_without_a_readable_file_leaves_the_index_as_it_was(place: Place) -> None:
    place.synchronise()
    write_library(place.library, dict.fromkeys(PLANS, "坏"))
    with pytest.raises(LibraryMissing, match="文件“嵊州.md”读不了"):
        place.synchronise()
    check(place)


@pytest.mark.parametrize("prepare", [lambda path: None, Path.mkdir, lambda path: path.write_text("文件")])
def test_a_library_that_is_not_there_or_empty_is_missing(
    place: Place, prepare: Callable[[Path], object]
) -> None:
    place.library = place.library.with_name("elsewhere")
    prepare(place.library)
    with pytest.raises(LibraryMissing) as caught:
        place.synchronise()
    assert str(place.library) in caught.value.message
    assert not place.index_dir.exists()


def test_the_progress_counts_the_passages_to_embed(place: Place) -> None:
    steps: list[tuple[int, int]] = []
    place.synchronise(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 8), (8, 8)]


def test_nothing_is_printed(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    place.synchronise()
    check(place)
    assert capfd.readouterr() == ("", "")


# --- searching ---------------------------------------------------------------------------------------


@pytest.fixture
def index(place: Place) -> Iterator[PassageIndex]:
    place.synchronise()
    opened = place.open()
    yield opened
    opened.close()


def texts(index: PassageIndex, hits: list[tuple[int, float]]) -> list[str]:
    return [index.passages[number].text for number, _ in hits]


def test_each_search_keeps_to_the_documents_asked_for(index: PassageIndex) -> None:
    for search in (index.dense, index.by_words, index.by_bigrams):
        hits = search("建设智慧养老院几家", limit=9, documents=["嵊州", "没有这份"])
        assert {index.passages[number].document for number, _ in hits} == {"嵊州"}
        assert texts(index, hits)[0] == "建设智慧养老院3家。"
        assert search("建设智慧养老院几家", limit=9, documents=[]) == []
        assert search("建设智慧养老院几家", limit=9, documents=["没有这份"]) == []


@pytest.mark.parametrize(
    "question", ["", " \n", "\x00", "😀", "？" * 10_000, "what is the quota", "半\ud800个"]
)
def test_a_question_of_any_kind_is_searched_without_an_error(index: PassageIndex, question: str) -> None:
    if "\ud800" not in question:
        assert len(index.dense(question, limit=3)) == (3 if question.strip() else 0)
    assert index.by_words(question, limit=3) == index.by_bigrams(question, limit=3) == []


def test_neighbours_stay_in_the_section_and_pass_over_furniture(index: PassageIndex) -> None:
    numbers = {
        passage.text: number for number, passage in enumerate(index.passages) if passage.document == "杨浦"
    }
    first, second, furniture, other = numbers.values()
    assert index.passages[furniture].text == "~第1页"
    assert index.section_passages(first) == index.section_passages(second) == [first, second]
    assert index.neighbours(first) == [second]
    assert index.neighbours(second, before=5, after=5) == [first]
    assert index.neighbours(second, before=0) == []
    assert index.neighbours(furniture) == [second]
    assert index.neighbours(other) == []


def test_a_section_name_that_comes_again_is_another_section(tmp_path: Path) -> None:
    plans = {"甲.txt": "# 一\n第一年的事。\n# 二\n别的事。\n# 一\n第二年的事。\n再一件。\n"}
    place = Place(write_library(tmp_path / "library", plans), tmp_path / "index")
    place.synchronise()
    index = place.open()
    assert [index.section_passages(number) for number in range(4)] == [[0], [1], [2, 3], [2, 3]]
    index.close()


def test_a_span_that_is_two_passages_keeps_both(tmp_path: Path) -> None:
    place = Place(write_library(tmp_path / "library", {"甲.txt": "养老床位500张。\n"}), tmp_path / "index")

    def twice(document: Document) -> list[Passage]:
        as_text, as_row = WALK.split(document)[0], WALK.split(document)[0]
        return [as_text, Passage(**{**vars(as_row), "context": "表1", "kind": "row"})]

    synchronise(
        library=place.library,
        index_dir=place.index_dir,
        embedder=place.embedder,
        walk=type(WALK)(WALK.read, twice),
    )
    index = place.open()
    assert sorted(number for number, _ in index.dense("养老床位", limit=5)) == [0, 1]
    index.close()


def test_the_same_question_is_embedded_once(place: Place) -> None:
    class Counting(HashEmbedder):
        asked = 0

        def embed_queries(self, texts: list[str]) -> object:
            self.asked += len(texts)
            return super().embed_queries(texts)

    place.embedder = Counting()
    place.synchronise()
    index = place.open()
    for document in ("杨浦", "荆门", "嵊州"):
        index.dense("养老院几家", limit=2, documents=[document])
    assert place.embedder.asked == 1
    index.close()


def test_several_threads_search_at_once_and_find_the_same(index: PassageIndex) -> None:
    questions = [passage.text for passage in index.passages]
    searches = (index.dense, index.by_words, index.by_bigrams)

    def answers(question: str) -> list[list[tuple[int, float]]]:
        return [search(question, limit=5, documents=["杨浦", "荆门"]) for search in searches]

    expected = {question: answers(question) for question in questions}
    wrong: list[str] = []

    def ask(worker: int) -> None:
        for question in questions[worker:] + questions[:worker]:
            if answers(question) != expected[question]:
                wrong.append(question)

    threads = [threading.Thread(target=ask, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


# --- generations -------------------------------------------------------------------------------------


def test_an_open_index_keeps_answering_and_knows_that_it_is_superseded(place: Place) -> None:
    place.synchronise()
    reader = place.open()
    assert reader.is_current()
    plans = PLANS | {"荆门.txt": "# 养老\n全部改写。\n"}
    write_library(place.library, plans)
    place.synchronise()
    assert not reader.is_current()
    assert_complete(reader, PLANS)
    reader.close()
    check(place, plans)


def test_the_predecessor_is_kept_and_everything_older_or_abandoned_removed(place: Place) -> None:
    generations = []
    for round_ in range(4):
        write_library(place.library, {"荆门.txt": f"# 养老\n第{round_}稿。\n"})
        generations.append(place.synchronise().generation)
        (place.index_dir / "generations" / "abandoned").mkdir(exist_ok=True)
    assert place.generations() == {*generations[-2:], "abandoned"}
    place.synchronise(rebuild=True)
    assert "abandoned" not in place.generations()


def test_a_failed_build_leaves_nothing_behind(place: Place) -> None:
    class Failing(HashEmbedder):
        def embed_passages(self, texts: list[str]) -> object:
            raise ConnectionResetError("the endpoint went away")

    first = place.synchronise()
    write_library(place.library, {"新.txt": "新的一段。\n"})
    place.embedder = Failing()
    with pytest.raises(ConnectionResetError):
        place.synchronise()
    assert place.generations() == {first.generation}
    place.embedder = HashEmbedder()
    check(place)


def test_vectors_that_are_no_numbers_never_become_an_index(place: Place) -> None:
    class Broken(HashEmbedder):
        def _vector(self, text: str) -> object:
            return super()._vector(text) * float("nan")

    place.embedder = Broken()
    with pytest.raises(IndexUnusable, match="没有通过检查"):
        place.synchronise()
    assert place.generations() == set()


def test_vectors_of_other_texts_do_not_pass_the_check(place: Place) -> None:
    class Shuffling(HashEmbedder):
        """Answers a batch in the wrong order: what is stored is not what the text alone gives."""

        def embed_passages(self, texts: list[str]) -> object:
            return super().embed_passages(list(reversed(texts)))

    place.embedder = Shuffling()
    place.synchronise()
    with pytest.raises(AssertionError):
        check(place)


def test_the_index_can_be_deleted_at_any_time(place: Place) -> None:
    place.synchronise()
    shutil.rmtree(place.index_dir)
    assert place.synchronise().embedded == 8
    check(place)


# --- another embedder, another version, damage -------------------------------------------------------


def test_an_index_of_another_embedder_is_refused_with_the_way_out(place: Place) -> None:
    place.synchronise()
    place.embedder = HashEmbedder(dimension=32)
    for refused in (place.synchronise, place.open):
        with pytest.raises(IndexMismatch, match="hash/48.*hash/32") as caught:
            refused()
        assert "qa index --rebuild" in caught.value.hint
        assert "QA_EMBEDDING" in caught.value.hint
    done = place.synchronise(rebuild=True)
    assert (done.changed, done.embedded) == (True, 8)
    check(place)


def test_an_embedder_that_changed_its_dimension_is_not_mixed_in(place: Place) -> None:
    place.embedder = HashEmbedder(name="endpoint")
    place.synchronise()
    place.embedder = HashEmbedder(dimension=32, name="endpoint")
    index = place.open()
    with pytest.raises(IndexMismatch):
        index.dense("养老", limit=3)
    index.close()
    place.synchronise(rebuild=True)
    check(place)


def test_an_index_of_another_version_is_built_anew(place: Place) -> None:
    place.synchronise()
    manifest = place.folder() / "manifest.json"
    content = manifest.read_text(encoding="utf-8").replace('{"schema":1,', '{"schema":0,')
    manifest.write_text(content, encoding="utf-8")
    pointer = place.index_dir / "current"
    generation = pointer.read_text().split()[0]
    pointer.write_text(f"{generation} {zlib.crc32(manifest.read_bytes()):08x}\n")
    with pytest.raises(IndexDamaged, match="另一个版本"):
        place.open()
    done = place.synchronise()
    assert (done.changed, done.reason) == (True, "索引是另一个版本的程序建立的。")
    check(place)


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
    check(place)


@pytest.mark.parametrize("part", [*STORED, "../../current"])
@pytest.mark.parametrize("how", ["missing", "truncated", "garbage"])
def test_no_damage_gets_past_opening_and_a_rebuild_helps(place: Place, part: str, how: str) -> None:
    place.synchronise()
    damage(place.folder() / part, how)
    with pytest.raises(IndexDamaged) as caught:
        place.open()
    assert caught.value.exit_code == 5
    assert place.synchronise(rebuild=True).changed
    check(place)


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
    check(place)


def test_a_damaged_vector_cache_does_not_matter(place: Place) -> None:
    place.synchronise()
    damage(place.index_dir / "vectors.sqlite3", "garbage")
    done = place.synchronise(rebuild=True)
    assert done.embedded == 8
    check(place)


def test_opening_where_there_is_no_index_says_so(place: Place) -> None:
    with pytest.raises(IndexDamaged, match="还没有建立索引") as caught:
        place.open()
    assert "qa index" in caught.value.hint


# --- writers -----------------------------------------------------------------------------------------


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
        check(place)


def test_who_waited_for_the_same_work_does_not_do_it_again(place: Place) -> None:
    results: list[Synchronised] = []
    threads = [threading.Thread(target=lambda: results.append(place.synchronise())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(result.changed for result in results) == [False, False, True]
    assert len({result.generation for result in results}) == 1
    check(place)


# --- places that cannot be written -------------------------------------------------------------------

AS_ANYBODY = """
import json, os, sys
from pathlib import Path
sys.path[:0] = json.loads(sys.argv[1])
import bm25s, chromadb.api.rust, httpx, numpy, rjieba, resource, filelock
import vectorstore.index, vectorstore.synchronisation
from index_parts import PLANS, WALK, HashEmbedder, assert_complete
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
    for parent in place.library.parents:
        if parent.owner() == place.library.owner() and parent.stat().st_mode & stat.S_IXOTH == 0:
            parent.chmod(0o755)
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


@posix
def test_a_complete_index_is_served_from_a_folder_that_cannot_be_written(place: Place) -> None:
    place.synchronise()
    assert as_anybody(place) == [False, True]


@posix
def test_an_outdated_index_in_a_folder_that_cannot_be_written_is_an_expected_error(place: Place) -> None:
    place.synchronise()
    write_library(place.library, {"新.txt": "新的一段。\n"})
    kind, message, hint = as_anybody(place)
    assert kind == "IndexUnusable"
    assert str(place.index_dir) in str(message)
    assert "QA_INDEX_DIR" in str(hint)


@posix
def test_an_index_folder_that_cannot_be_made_is_an_expected_error(place: Place) -> None:
    place.index_dir.parent.chmod(0o755)
    kind, message, hint = as_anybody(place)
    assert kind == "IndexUnusable"
    assert "无法写入" in str(message)
    assert "QA_INDEX_DIR" in str(hint)


def test_a_file_in_the_place_of_the_index_folder_is_an_expected_error(place: Place) -> None:
    place.index_dir.write_text("not a folder")
    with pytest.raises(IndexUnusable, match="无法写入"):
        place.synchronise()


# --- a Chroma server ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as url:
        yield url


def ours(url: str) -> set[str]:
    return {name for name in collection_names(url) if name.startswith("qa-")}


@pytest.fixture
def remote(place: Place, server: str) -> Place:
    place.chroma_url = server
    # Collections are named by content: this text makes this test's its own.
    write_library(place.library, {"独.txt": f"{place.library}的一段。\n"})
    return place


def plans_of(place: Place) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in place.library.iterdir()}


def test_an_index_on_a_server_is_complete_and_found(remote: Place) -> None:
    assert remote.synchronise().embedded == 9
    check(remote, plans_of(remote))
    assert not remote.synchronise().changed
    assert not (remote.folder() / "chroma").exists()


def test_machines_with_the_same_library_share_one_collection(remote: Place, tmp_path: Path) -> None:
    remote.synchronise()
    before = ours(remote.chroma_url)
    other = Place(remote.library, tmp_path / "other", HashEmbedder(), remote.chroma_url)
    done = other.synchronise()
    assert ours(remote.chroma_url) == before
    # Only a sample, to see that the vectors there are this embedder's.
    assert done.passages == 10
    check(other, plans_of(remote))
    write_library(other.library, {"独.txt": f"{tmp_path}改了。\n"})
    for _ in range(3):
        other.synchronise(rebuild=True)
    manifest = read_manifest(remote.index_dir)
    assert manifest
    assert manifest.collection in ours(remote.chroma_url), "it is the other folder's to delete"


def test_a_superseded_collection_of_ones_own_is_removed_after_its_successors_successor(remote: Place) -> None:
    names = []
    for round_ in range(4):
        write_library(remote.library, {"独.txt": f"{remote.library}第{round_}稿。\n"})
        remote.synchronise()
        manifest = read_manifest(remote.index_dir)
        assert manifest
        names.append(manifest.collection)
    assert set(names) & ours(remote.chroma_url) == set(names[-2:])
    check(remote, plans_of(remote))


def test_a_rebuild_keeps_the_collection_that_is_still_right(remote: Place) -> None:
    remote.synchronise()
    before = ours(remote.chroma_url)
    for _ in range(3):
        remote.synchronise(rebuild=True)
    assert ours(remote.chroma_url) == before
    check(remote, plans_of(remote))


def test_a_collection_that_is_gone_or_incomplete_is_noticed_and_made_again(remote: Place) -> None:
    remote.synchronise()
    manifest = read_manifest(remote.index_dir)
    assert manifest
    script = (
        "import chromadb, sys\n"
        "client = chromadb.HttpClient('127.0.0.1', int(sys.argv[1]))\n"
        "collection = client.get_collection(sys.argv[2], embedding_function=None)\n"
        "collection.delete(ids=collection.get(limit=2)['ids'])\n"
        "if sys.argv[3] == 'gone': client.delete_collection(sys.argv[2])"
    )
    port = remote.chroma_url.rpartition(":")[2]
    for how in ("incomplete", "gone"):
        subprocess.run([sys.executable, "-c", script, port, manifest.collection, how], check=True)
        with pytest.raises(IndexDamaged):
            remote.open()
        remote.synchronise(rebuild=True)
        check(remote, plans_of(remote))


def test_an_abandoned_draft_on_the_server_is_removed_by_the_next_build(remote: Place) -> None:
    draft = draft_prefix(remote.index_dir) + "0000"
    ChromaStore.create(remote.chroma_url, draft, size=5).close()
    assert draft in ours(remote.chroma_url)
    remote.synchronise()
    assert draft not in ours(remote.chroma_url)


def test_moving_between_folder_and_server_builds_anew(remote: Place) -> None:
    remote.synchronise()
    url, remote.chroma_url = remote.chroma_url, ""
    with pytest.raises(IndexDamaged, match="不在现在设置的 Chroma 里"):
        remote.open()
    assert remote.synchronise().reason == "换了存放向量的地方。"
    check(remote, plans_of(remote))
    remote.chroma_url = url
    assert remote.synchronise().changed
    check(remote, plans_of(remote))


def test_without_the_server_there_is_an_expected_error_and_the_old_index_stays(place: Place) -> None:
    place.synchronise()
    place.chroma_url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(IndexUnusable, match="连不上 Chroma 服务"):
        place.synchronise()
    place.chroma_url = ""
    check(place)


# --- the library's files -----------------------------------------------------------------------------


def test_hidden_files_readmes_and_other_kinds_are_no_documents(tmp_path: Path) -> None:
    write_library(
        tmp_path,
        dict.fromkeys(
            [
                "甲.txt",
                "乙.MD",
                "分局/丙.txt",
                "分局/README.md",
                ".隐.txt",
                ".git/x.txt",
                "README.md",
                "readme.txt",
            ]
            + ["catalogue.toml", "表.csv", "丁.txt~"],
            "文",
        ),
    )
    assert [entry.file for entry in list_library(tmp_path)] == [
        "乙.MD",
        "分局/README.md",
        "分局/丙.txt",
        "甲.txt",
    ]


def test_files_are_named_by_stem_and_by_path_where_stems_are_shared(tmp_path: Path) -> None:
    write_library(tmp_path, dict.fromkeys(["甲.txt", "一/甲.txt", "乙.txt", "二/丙.txt", "二/丙.md"], "文"))
    assert {entry.file: entry.name for entry in list_library(tmp_path)} == {
        "一/甲.txt": "一/甲",
        "乙.txt": "乙",
        "二/丙.md": "二/丙.md",
        "二/丙.txt": "二/丙.txt",
        "甲.txt": "甲",
    }


@posix
def test_links_that_leave_the_library_are_not_followed(tmp_path: Path) -> None:
    write_library(tmp_path, dict.fromkeys(["外/秘密.txt", "库/甲.txt"], "文"))
    (tmp_path / "库/出去.txt").symlink_to(tmp_path / "外/秘密.txt")
    (tmp_path / "库/外").symlink_to(tmp_path / "外")
    (tmp_path / "库/断.txt").symlink_to(tmp_path / "没有.txt")
    (tmp_path / "库/里面.txt").symlink_to(tmp_path / "库/甲.txt")
    (tmp_path / "入口").symlink_to(tmp_path / "库")
    assert [entry.file for entry in list_library(tmp_path / "入口")] == ["甲.txt", "里面.txt"]


@posix
def test_a_file_name_that_is_no_text_is_reported(place: Place) -> None:
    path = os.fsencode(place.library) + "/计划.txt".encode("gbk")
    try:
        Path(os.fsdecode(path)).write_text("一段。\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = place.synchronise()
    assert [problem.hint for problem in done.problems] == ["请给该文件改名后再试。"]
    check(place)
    assert not place.synchronise().changed


# --- records -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Inner:
    pair: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Outer:
    """Fields of every kind that the dataclasses of the index may one day have."""

    inner: Inner
    many: tuple[Inner, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()
    table: dict[str, tuple[int, ...]] = field(default_factory=dict)
    perhaps: float | None = None
    flag: bool = False


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    records = [
        Outer(Inner()),
        Outer(Inner(("一", 2)), (Inner(), Inner(("二", 3))), (("a",), ()), {"k": (1, 2)}, 0.5, True),
    ]
    write_records(tmp_path / "records", records)
    assert read_records(tmp_path / "records", Outer) == records
    document = Document("甲", "甲.txt", "行\r\n\u2028\x85\x1c尾", Metadata(years=(2021,)))
    assert from_json(Document, to_json(document)) == document


def test_a_field_that_cannot_be_stored_is_an_error_at_once() -> None:
    @dataclass(frozen=True)
    class Strange:
        numbers: "set[int]" = field(default_factory=set)

    with pytest.raises(NotImplementedError):
        from_json(Strange, "{}")
