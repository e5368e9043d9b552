"""The index with its vectors on a real Chroma server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from index_parts import (
    HashEmbedder,
    Place,
    chroma_server,
    free_port,
    write_library,
)

from vectorstore.chroma import ChromaStore, collections_of
from vectorstore.errors import IndexUnusable
from vectorstore.index import (
    IndexDamaged,
    read_manifest,
)
from vectorstore.shared_collection import maker_of

pytestmark = pytest.mark.thorough


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(write_library(tmp_path / "library"), tmp_path / "index")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("server")) as url:
        yield url


def ours(url: str) -> set[str]:
    return {name for name in collections_of(url) if name.startswith("qa-")}


@pytest.fixture
def remote(place: Place, server: str) -> Place:
    place.chroma_url = server
    # Collections are named by content: this text makes this test's its own.
    write_library(place.library, {"独.txt": f"{place.library}的一段。\n"})
    return place


def test_an_index_on_a_server_is_complete_and_found(remote: Place) -> None:
    assert remote.synchronise().embedded == 9
    remote.check()
    assert not remote.synchronise().changed
    assert not (remote.folder() / "chroma").exists()


def test_machines_with_the_same_library_share_one_collection(remote: Place, tmp_path: Path) -> None:
    lines = "".join(f"{remote.library}的第{number}段。\n" for number in range(40))
    write_library(remote.library, {"独.txt": lines})
    remote.synchronise()
    before = ours(remote.chroma_url)
    other = Place(remote.library, tmp_path / "other", HashEmbedder(), remote.chroma_url)
    done = other.synchronise()
    assert ours(remote.chroma_url) == before
    # Only a sample, to see that the vectors there are this embedder's.
    assert (done.passages, done.embedded) == (49, 16)
    other.check()
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
    remote.check()


def test_a_rebuild_keeps_the_collection_that_is_still_right(remote: Place) -> None:
    remote.synchronise()
    before = ours(remote.chroma_url)
    for _ in range(3):
        remote.synchronise(rebuild=True)
    assert ours(remote.chroma_url) == before
    remote.check()


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
        remote.check()


def test_an_abandoned_draft_on_the_server_is_removed_by_the_next_build(remote: Place) -> None:
    ours_, others = "qa-draft-of-a-killed-build", "qa-draft-of-a-running-build-elsewhere"
    ChromaStore.create(remote.chroma_url, ours_, size=5, maker=maker_of(remote.index_dir)).close()
    ChromaStore.create(remote.chroma_url, others, size=5, maker="somebody").close()
    remote.synchronise()
    assert {ours_, others} & ours(remote.chroma_url) == {others}


def test_moving_between_folder_and_server_builds_anew(remote: Place) -> None:
    remote.synchronise()
    url, remote.chroma_url = remote.chroma_url, ""
    with pytest.raises(IndexDamaged, match="不在现在设置的 Chroma 里"):
        remote.open()
    assert remote.synchronise().reason == "换了存放向量的地方。"
    remote.check()
    remote.chroma_url = url
    assert remote.synchronise().changed
    remote.check()


def test_without_the_server_there_is_an_expected_error_and_the_old_index_stays(place: Place) -> None:
    place.synchronise()
    place.chroma_url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(IndexUnusable, match="连不上 Chroma 服务"):
        place.synchronise()
    place.chroma_url = ""
    place.check()
