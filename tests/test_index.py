"""The index: in step with the library, complete, and searchable in three ways."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from index_parts import (
    PLANS,
    WALK,
    HashEmbedder,
    Place,
    assert_complete,
    write_library,
)

from vectorstore.documents import Document, Passage
from vectorstore.errors import IndexUnusable, LibraryMissing
from vectorstore.index import PassageIndex, open_index, synchronise


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(write_library(tmp_path / "library"), tmp_path / "index")


def test_a_new_index_holds_every_passage_and_finds_it(place: Place) -> None:
    done = place.synchronise()
    assert (done.changed, done.documents, done.passages, done.embedded) == (True, 3, 9, 8)
    assert done.reason == "还没有索引。"
    place.check()


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
    place.check(plans)


@pytest.mark.quick(2)
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
    place.check(PLANS)
    assert place.synchronise().problems == done.problems


def test_a_library_without_a_readable_file_leaves_the_index_as_it_was(place: Place) -> None:
    place.synchronise()
    write_library(place.library, dict.fromkeys(PLANS, "坏"))
    with pytest.raises(LibraryMissing, match=r"文件“嵊州\.md”读不了"):
        place.synchronise()
    place.check(PLANS)


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


@pytest.mark.thorough
def test_the_plans_of_this_project_are_indexed_as_they_are_split(tmp_path: Path) -> None:
    seeds = Path(__file__).parent.parent / "seeds"
    embedder = HashEmbedder()
    done = synchronise(library=seeds, index_dir=tmp_path, embedder=embedder)
    assert (done.documents, done.problems) == (5, ())
    index = open_index(index_dir=tmp_path, embedder=embedder)
    assert set(index.documents) == {path.stem for path in seeds.glob("*.txt")}
    searched = [passage for passage in index.passages if passage.kind != "furniture"]
    assert index.manifest.searchable == len(searched) > 300
    for number, passage in enumerate(index.passages):
        document = index.documents[passage.document]
        assert document.text[passage.start : passage.end] == passage.text
        if passage.kind != "furniture":
            nearest, similarity = index.dense(passage.searchable, limit=1)[0]
            assert index.passages[nearest].searchable == passage.searchable
            assert similarity > 0.999
            found = dict(index.by_bigrams(passage.searchable, limit=10, documents=[passage.document]))
            assert number in found
    index.close()


def test_the_progress_counts_the_passages_to_embed(place: Place) -> None:
    steps: list[tuple[int, int]] = []
    place.synchronise(progress=lambda done, total: steps.append((done, total)))
    assert steps == [(0, 8), (8, 8)]


def test_nothing_is_printed(place: Place, capfd: pytest.CaptureFixture[str]) -> None:
    place.synchronise()
    place.check()
    assert capfd.readouterr() == ("", "")


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
    place.check(plans)


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
    place.check(PLANS)


def test_vectors_that_are_no_numbers_never_become_an_index(place: Place) -> None:
    class Broken(HashEmbedder):
        def _vector(self, text: str) -> object:
            return super()._vector(text) * float("nan")

    place.embedder = Broken()
    with pytest.raises(IndexUnusable, match="没有通过检查"):
        place.synchronise()
    assert place.generations() == set()


def test_the_index_can_be_deleted_at_any_time(place: Place) -> None:
    place.synchronise()
    shutil.rmtree(place.index_dir)
    assert place.synchronise().embedded == 8
    place.check()
