"""Chroma in a folder and behind a real server: one contract for both."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
from index_parts import chroma_server, free_port, public_folder

from vectorstore.chroma import ChromaStore, collections_of, delete_collection
from vectorstore.documents import Passage
from vectorstore.errors import IndexUnusable
from vectorstore.generation import IndexDamaged
from vectorstore.nearest import Nearest

SIZE = 2500
PASSAGES = [
    Passage(
        document=f"文件{number % 5}" if number < 2490 else "小文件",
        start=number * 10,
        end=number * 10 + 5,
        text=f"第{number}段",
        section=("一、目标", "（一）养老"),
        region="下陆区",
        years=(2021, 2025),
    )
    for number in range(SIZE)
]
IDS = [passage.id for passage in PASSAGES]
VECTORS = np.random.default_rng(7).normal(size=(SIZE, 24)).astype(np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)


@pytest.fixture(scope="module", params=["folder", pytest.param("server", marks=pytest.mark.thorough)])
def where(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | str]:
    folder = tmp_path_factory.mktemp("chroma")
    if request.param == "folder":
        fill(folder)
        yield folder
    else:
        with chroma_server(folder) as url:
            fill(url)
            yield url


@pytest.fixture
def store(where: Path | str) -> Iterator[ChromaStore]:
    opened = ChromaStore.open(where, "passages")
    yield opened
    opened.close()


def fill(where: Path | str) -> None:
    store = ChromaStore.create(where, "passages", size=SIZE)
    store.add(IDS, PASSAGES, VECTORS)
    store.close()


def exact(vector: np.ndarray, rows: list[int], limit: int) -> list[str]:
    similarities = VECTORS[rows] @ vector
    return [IDS[rows[position]] for position in np.argsort(-similarities)[:limit]]


def test_every_vector_is_there_under_its_id(store: ChromaStore) -> None:
    assert store.count() == SIZE
    assert store.ids() == set(IDS)


def test_a_vector_finds_itself_with_similarity_one(store: ChromaStore) -> None:
    for number in range(0, SIZE, 250):
        ((identity, similarity),) = store.query(VECTORS[number], limit=1)
        assert identity == IDS[number]
        assert similarity == pytest.approx(1, abs=1e-5)


def test_the_nearest_are_the_nearest_by_cosine(store: ChromaStore) -> None:
    question = VECTORS[3] + VECTORS[4]
    hits = store.query(question, limit=10)
    length = np.linalg.norm(question)
    assert [identity for identity, _ in hits] == exact(question, list(range(SIZE)), 10)
    assert hits[0][1] == pytest.approx(max(VECTORS @ question) / length, abs=1e-5)


def test_asking_for_more_than_there_is_gives_all(store: ChromaStore) -> None:
    assert {identity for identity, _ in store.query(VECTORS[0], limit=SIZE + 10)} == set(IDS)
    assert store.query(VECTORS[0], limit=0) == []


def test_vectors_come_in_the_order_in_which_they_are_asked_for(store: ChromaStore) -> None:
    rows = [2499, 2000, *range(1100)]
    assert store.vectors([IDS[row] for row in rows]) == pytest.approx(VECTORS[rows], abs=1e-6)


def test_a_vector_that_is_missing_is_a_damaged_index(store: ChromaStore) -> None:
    with pytest.raises(IndexDamaged, match="缺少 1 个向量"):
        store.vectors([IDS[0], "没有这一段"])


ROWS_OF_A_DOCUMENT = np.arange(1, 2490, 5)


@pytest.mark.parametrize(
    "among",
    [np.arange(2490, SIZE), ROWS_OF_A_DOCUMENT, np.arange(SIZE - 1, 900, -1), np.arange(1)],
    ids=["ten", "a document", "more than are looked at", "one"],
)
def test_the_nearest_among_some_are_the_nearest_of_those(store: ChromaStore, among: np.ndarray) -> None:
    nearest = Nearest(store, IDS, VECTORS.shape[1])
    for number in (0, 1000, 2495):
        hits = nearest.rows(VECTORS[number] * 3, limit=20, among=among)
        assert [IDS[row] for row, _ in hits] == exact(VECTORS[number], list(among), 20)
        assert hits[0][1] == pytest.approx(max(VECTORS[among] @ VECTORS[number]), abs=1e-5)


def test_those_far_from_the_question_are_found_among_many(store: ChromaStore) -> None:
    among = np.sort(np.argsort(VECTORS @ VECTORS[0])[:1200])
    hits = Nearest(store, IDS, VECTORS.shape[1]).rows(VECTORS[0], limit=10, among=among)
    assert [IDS[row] for row, _ in hits] == exact(VECTORS[0], list(among), 10)


def test_asking_for_more_than_there_is_among_some_gives_all_of_them(store: ChromaStore) -> None:
    nearest = Nearest(store, IDS, VECTORS.shape[1])
    assert {row for row, _ in nearest.rows(VECTORS[0], limit=SIZE + 10)} == set(range(SIZE))
    assert len(nearest.rows(VECTORS[0], limit=99, among=np.arange(2490, SIZE))) == 10
    assert nearest.rows(VECTORS[0], limit=9, among=np.arange(0)) == []
    assert nearest.rows(VECTORS[0], limit=0) == []


OTHER_PROGRAM = f"""
import chromadb, json, sys
where = sys.argv[1]
port = int(where.rpartition(":")[2]) if where.startswith("http") else 0
client = chromadb.HttpClient("127.0.0.1", port) if port else chromadb.PersistentClient(where)
collection = client.get_collection("passages", embedding_function=None)
found = collection.get(ids=[{IDS[7]!r}])
print(json.dumps([found["metadatas"][0], found["documents"][0], str(collection.configuration)]))
"""


def test_other_programs_find_flat_metadata_and_the_text_and_no_embedding_function(where: Path | str) -> None:
    command = [sys.executable, "-c", OTHER_PROGRAM, str(where)]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    metadata, text, configuration = json.loads(output)
    assert text == "第7段"
    assert "'embedding_function': None" in configuration
    assert "'space': 'cosine'" in configuration
    assert metadata == {
        "document": "文件2",
        "start": 70,
        "end": 75,
        "section": "一、目标 / （一）养老",
        "region": "下陆区",
        "years": "2021,2025",
    }


def test_several_threads_find_the_same(store: ChromaStore) -> None:
    def found(nearest: Nearest, number: int) -> list[list[tuple[int, float]]]:
        return [nearest.rows(VECTORS[number], limit=5, among=rows) for rows in (None, ROWS_OF_A_DOCUMENT)]

    alone, shared = (Nearest(store, IDS, VECTORS.shape[1]) for _ in range(2))
    expected = [found(alone, number) for number in range(20)]
    wrong: list[int] = []

    def ask() -> None:
        for number in range(20):
            if found(shared, number) != expected[number]:
                wrong.append(number)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_collection_that_is_not_there_is_a_damaged_index(where: Path | str) -> None:
    with pytest.raises(IndexDamaged, match="没有这个索引的向量"):
        ChromaStore.open(where, "missing")


def test_several_readers_open_the_same_data_at_once(where: Path | str) -> None:
    failed: list[BaseException] = []

    def read() -> None:
        try:
            store = ChromaStore.open(where, "passages")
            assert store.query(VECTORS[1], limit=1)[0][0] == IDS[1]
            store.close()
            store.close()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []


@pytest.mark.parametrize("size", [1, 2, 3])
def test_reading_a_folder_leaves_its_graph_files_alone(tmp_path: Path, size: int) -> None:
    store = ChromaStore.create(tmp_path, "passages", size=size)
    store.add(IDS[:size], PASSAGES[:size], VECTORS[:size])
    store.close()
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.*") if path.suffix != ".sqlite3"}
    assert len(before) >= 4
    store = ChromaStore.open(tmp_path, "passages")
    assert {identity for identity, _ in store.query(VECTORS[0], limit=9)} == set(IDS[:size])
    store.close()
    assert {path: path.read_bytes() for path in before} == before


def test_garbage_for_a_database_is_a_damaged_index(tmp_path: Path) -> None:
    (tmp_path / "chroma.sqlite3").write_bytes(b"\x07" * 5000)
    with pytest.raises(IndexDamaged, match="内嵌的 Chroma 无法使用"):
        ChromaStore.open(tmp_path, "passages")


@pytest.fixture
def public_path() -> Iterator[Path]:
    with public_folder() as folder:
        yield folder


READ_ONLY = """
import os, sys
from pathlib import Path
import chromadb.api.rust, httpx, numpy, tempfile
from vectorstore.chroma import ChromaStore
if os.geteuid() == 0:
    os.setuid(65534)
folder, scratch = Path(sys.argv[1]), Path(sys.argv[2])
tempfile.tempdir = str(scratch)
store = ChromaStore.open(folder, "passages")
print(store.count(), store.query(numpy.eye(1, 4, dtype="float32")[0], limit=1)[0][0], len(list(scratch.iterdir())))
store.close()
print(len(list(scratch.iterdir())))
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")
def test_a_folder_that_cannot_be_written_is_read_from_a_copy_that_does_not_stay(public_path: Path) -> None:
    folder, scratch = public_path / "chroma", public_path / "scratch"
    scratch.mkdir()
    store = ChromaStore.create(folder, "passages", size=4)
    store.add(IDS[:4], PASSAGES[:4], np.eye(4, dtype=np.float32))
    store.close()
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    scratch.chmod(0o777)
    result = subprocess.run(
        [sys.executable, "-c", READ_ONLY, folder, scratch],
        env={"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.split() == ["4", IDS[0], "1", "0"], result.stderr
    assert {path: path.read_bytes() for path in before} == before


def test_a_server_that_is_away_is_named_with_the_way_out() -> None:
    url = f"http://user:secret@127.0.0.1:{free_port()}"
    with pytest.raises(IndexUnusable, match="连不上 Chroma 服务") as caught:
        ChromaStore.open(url, "passages")
    assert "QA_CHROMA_URL" in caught.value.hint
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://[::1", "http://a:b:c", "http://x:99999"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(IndexUnusable, match="不是可用的地址"):
        ChromaStore.open(url, "passages")


@pytest.mark.parametrize("body", [b"<html>welcome</html>", b'{"status": "ok"}', b"[]", b"\xff\xfe"])
def test_another_service_at_the_address_is_recognised(body: bytes) -> None:
    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Other) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            with pytest.raises(IndexUnusable, match="上的服务不是 Chroma"):
                ChromaStore.open(f"http://127.0.0.1:{server.server_port}", "passages")
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.thorough
def test_a_server_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(IndexUnusable, match="连不上 Chroma 服务"):
            ChromaStore.open(url, "passages")


@pytest.mark.thorough
def test_a_server_on_this_machine_is_reached_past_a_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chroma_server(tmp_path) as url:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
        monkeypatch.delenv("no_proxy", raising=False)
        store = ChromaStore.create(url, "behind-proxy", size=1)
        store.add(IDS[:1], PASSAGES[:1], VECTORS[:1])
        assert store.count() == 1
        store.close()
        assert "no_proxy" not in os.environ


@pytest.mark.thorough
def test_a_server_that_goes_away_is_an_expected_error(tmp_path: Path) -> None:
    with chroma_server(tmp_path) as url:
        store = ChromaStore.create(url, "short-lived", size=1, maker="me")
        store.add(IDS[:1], PASSAGES[:1], VECTORS[:1])
        assert collections_of(url) == {"short-lived": "me"}
        delete_collection(url, "short-lived")
        delete_collection(url, "short-lived")
        assert collections_of(url) == {}
        with pytest.raises(IndexDamaged):
            store.count()
    with pytest.raises(IndexUnusable, match="未能完成请求"):
        store.query(VECTORS[0], limit=1)
    store.close()


@pytest.mark.thorough
def test_the_environment_does_not_choose_the_server_or_turn_telemetry_on(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import numpy; from vectorstore.chroma import ChromaStore\n"
        "from vectorstore.documents import Passage\n"
        "store = ChromaStore.create(Path(sys.argv[1]) / 'chroma', 'passages', size=1)\n"
        "store.add(['a'], [Passage('a', 0, 1, 'a')], numpy.eye(1, 4, dtype='float32'))\n"
        "settings = store._client.get_settings()\n"
        "print(settings.anonymized_telemetry, settings.chroma_otel_collection_endpoint, store.count())"
    )
    (tmp_path / ".env").write_text(
        "CHROMA_API_IMPL=chromadb.api.fastapi.FastAPI\nANONYMIZED_TELEMETRY=true\n"
    )
    environment = {
        "PYTHONPATH": str(Path(__file__).parent.parent),
        "CHROMA_SERVER_HOST": "192.0.2.1",
        "ANONYMIZED_TELEMETRY": "true",
        "CHROMA_OTEL_COLLECTION_ENDPOINT": "http://192.0.2.1:4317",
    }
    result = subprocess.run(
        [sys.executable, "-c", script, tmp_path],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.split() == ["False", "1"], result.stderr
