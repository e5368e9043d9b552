"""A library of many documents: adding one costs one, asking costs hardly more than in a small one."""

from __future__ import annotations

import cProfile
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_parts import WALK, HashEmbedder
from library_parts import library_in, opened, settings_in, texts_of, write

from eval.many_documents import plans
from qa import Assistant, Library
from qa.composing.sides import MOST_PLACES
from qa.models.choice import ModelChoice
from qa.understanding.known_places import known_places
from vectorstore.document_map import DocumentMap, held_in
from vectorstore.documents import Document, Metadata
from vectorstore.generation import read_manifest
from vectorstore.index import PassageIndex, open_index, synchronise
from vectorstore.places import same_place
from vectorstore.walk import DocumentWalk

pytestmark = pytest.mark.thorough

MANY = 150


class CountingWalk:
    """The simple walk, which remembers what it read."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.walk = DocumentWalk(self._read, WALK.split, "simple")

    def _read(self, path: Path, *, name: str, file: str) -> Document:
        self.read.append(file)
        return WALK.read(path, name=name, file=file)


def lines(number: int) -> str:
    return f"# 第{number}号\n第{number}号写明{number * 7919}户。\n另有{number * 31}处设施，第{number}号。\n"


def test_adding_one_document_reads_and_embeds_one(tmp_path: Path) -> None:
    counting = CountingWalk()
    library = Library(settings_in(tmp_path), embedder=HashEmbedder(), walk=counting.walk)
    library.add([write(tmp_path / "inbox", {f"{n}.txt": lines(n) for n in range(MANY)})])
    counting.read.clear()
    embedder = HashEmbedder()
    again = Library(library.settings, embedder=embedder, walk=counting.walk)
    report = again.add([write(tmp_path / "later", {"新.txt": lines(4711)}) / "新.txt"])
    assert counting.read == ["新.txt"]
    assert report.index is not None
    assert report.index.embedded == 2
    assert len(texts_of(library)) == MANY + 1


def nearest(index: PassageIndex) -> list[list[int]]:
    return [[n for n, _ in index.dense(p.searchable, limit=3)] for p in index.passages]


def test_a_carried_over_index_answers_as_one_built_anew(tmp_path: Path) -> None:
    library = write(tmp_path / "library", {f"{n}.txt": lines(n) for n in range(40)})
    carried, anew = tmp_path / "carried", tmp_path / "anew"
    walk = replace(WALK, version="simple")
    synchronise(library=library, index_dir=carried, embedder=HashEmbedder(), walk=walk)
    first = read_manifest(carried)
    for step in range(3):
        (library / f"{step}.txt").unlink()
        write(library, {f"{step + 10}.txt": lines(step + 100), f"新{step}.txt": lines(step + 200)})
        synchronise(library=library, index_dir=carried, embedder=HashEmbedder(), walk=walk)
    synchronise(library=library, index_dir=anew, embedder=HashEmbedder(), walk=walk)
    manifest = read_manifest(carried)
    assert first is not None
    assert manifest is not None
    # Three documents removed and three changed, two passages each: it was changed, not filled again.
    assert (first.dead, manifest.dead) == (0, 12)
    one, other = (open_index(index_dir=folder, embedder=HashEmbedder()) for folder in (carried, anew))
    assert list(one.passages) == list(other.passages)
    assert nearest(one) == nearest(other)
    one.close()
    other.close()


def test_where_more_than_half_changes_the_vectors_are_filled_anew(tmp_path: Path) -> None:
    library = write(tmp_path / "library", {f"{n}.txt": lines(n) for n in range(10)})
    synchronise(library=library, index_dir=tmp_path / "index", embedder=HashEmbedder(), walk=WALK)
    write(library, {f"{n}.txt": lines(n + 50) for n in range(6)})
    synchronise(library=library, index_dir=tmp_path / "index", embedder=HashEmbedder(), walk=WALK)
    manifest = read_manifest(tmp_path / "index")
    assert manifest is not None
    assert (manifest.dead, manifest.documents) == (0, 10)


def test_a_predecessor_that_is_damaged_is_not_carried_over(tmp_path: Path) -> None:
    library = write(tmp_path / "library", {f"{n}.txt": lines(n) for n in range(20)})
    walk = replace(WALK, version="simple")
    synchronise(library=library, index_dir=tmp_path / "index", embedder=HashEmbedder(), walk=walk)
    for path in (tmp_path / "index").rglob("data_level0.bin"):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 0xFF
        path.write_bytes(content)
    write(library, {"新.txt": lines(99)})
    done = synchronise(library=library, index_dir=tmp_path / "index", embedder=HashEmbedder(), walk=walk)
    assert done.documents == 21
    manifest = read_manifest(tmp_path / "index")
    assert manifest is not None
    assert manifest.dead == 0
    index = open_index(index_dir=tmp_path / "index", embedder=HashEmbedder())
    assert all(index.dense(p.searchable, limit=1)[0][0] == n for n, p in enumerate(index.passages))
    index.close()


def test_a_model_that_changed_under_its_name_leads_to_vectors_computed_anew(tmp_path: Path) -> None:
    class Other(HashEmbedder):
        def _vector(self, text: str) -> object:
            return super()._vector(f"别的{text[::-1]}")

    library = write(tmp_path / "library", {f"{n}.txt": lines(n) for n in range(20)})
    synchronise(library=library, index_dir=tmp_path / "index", embedder=HashEmbedder(), walk=WALK)
    write(library, {"新.txt": lines(99)})
    embedder = Other(name="hash/48")
    done = synchronise(library=library, index_dir=tmp_path / "index", embedder=embedder, walk=WALK)
    assert done.embedded >= 42
    index = open_index(index_dir=tmp_path / "index", embedder=embedder)
    assert index.dense(index.passages[0].searchable, limit=1)[0][1] > 0.99


# --- asking ------------------------------------------------------------------------------------------------


def indexed(folder: Path, count: int) -> Library:
    library = library_in(folder)
    for number, text in enumerate(islice(plans(), count)):
        write(library.settings.library, {f"规划{number:04d}.txt": text})
    library.update()
    return library


@pytest.fixture(scope="module")
def small_and_large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Assistant]]:
    folder = tmp_path_factory.mktemp("scale")
    assistants = []
    for count in (5, MANY):
        (folder / str(count)).mkdir()
        library = indexed(folder / str(count), count)
        index = opened(library)
        assistants.append(
            Assistant(library.settings, index, ModelChoice(None, ""), lambda index=index: index)
        )
    yield assistants[0], assistants[1]
    for assistant in assistants:
        assistant.close()
    shutil.rmtree(folder)


def calls_of(assistant: Assistant, question: str) -> int:
    """How many function calls an answer takes: unlike seconds, the same on every machine."""
    assistant.ask(question)
    profile = cProfile.Profile()
    profile.runcall(assistant.ask, question)
    return sum(entry.callcount for entry in profile.getstats())


def test_a_question_about_a_place_costs_hardly_more_in_a_large_library(
    small_and_large: tuple[Assistant, Assistant],
) -> None:
    small, large = small_and_large
    document = next(iter(small.documents.values()))
    region = document.metadata.region
    questions = [
        f"{region}登记社会组织多少家？",
        f"{region}城市低保标准提高到每人每月多少元",
        f"{region}怎么安排社区治理工作？",
    ]
    for question in questions:
        assert small.ask(question).text == large.ask(question).text
    spent = [sum(calls_of(assistant, question) for question in questions) for assistant in (small, large)]
    assert spent[1] <= 1.5 * spent[0]


def test_a_question_about_all_places_asks_the_likeliest_and_says_so(
    small_and_large: tuple[Assistant, Assistant],
) -> None:
    small, large = small_and_large
    assert "共有" not in small.ask("哪些地方提到婚俗改革？").text
    text = large.ask("哪些地方提到婚俗改革？").text
    assert f"这里只查了与所问最相关的{MOST_PLACES}个" in text
    assert f"共有{len({d.metadata.region for d in large.documents.values()})}个地区" in text


TEXTS = st.lists(st.text("甲乙丙丁戊\n", max_size=12), max_size=5)


@given(texts=TEXTS, sought=st.text("甲乙丙丁戊", min_size=1, max_size=4))
def test_what_the_texts_hold_is_known_without_looking_at_each(texts: list[str], sought: str) -> None:
    documents: Mapping[str, Document] = {
        str(number): Document(str(number), "", text) for number, text in enumerate(texts)
    }
    assert held_in(sought, DocumentMap(documents)) == held_in(sought, documents)
    assert held_in(sought, documents) == any(sought in text for text in texts)


def test_the_first_region_that_a_name_can_mean_is_found_without_looking_at_each() -> None:
    regions = ["荆门市", "湘西土家族苗族自治州", "杨浦区", "嵊州市", "廈門市", "鼓楼区"]
    documents = DocumentMap({r: Document(r, "", "", Metadata(region=r)) for r in [*regions, "荆门市"]})
    places = known_places(documents)
    assert places.regions == tuple(regions)
    assert known_places(documents) is places
    for written in ("荆门", "荆门市", "湘西州", "湘西", "杨浦区", "嵊州", "武汉", "鼓楼"):
        first = next((region for region in regions if same_place(written, region)), "")
        assert places.same_as(written) == first
    assert places.forms_in("湘西州和杨浦、厦门比") == ["湘西", "杨浦", "厦门"]
