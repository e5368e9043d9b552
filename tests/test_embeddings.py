"""The local embedder and the cache of vectors."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_parts import HashEmbedder

from vectorstore.embeddings import LocalEmbedder
from vectorstore.vector_cache import BATCH, VectorCache, embed_with_cache, progress_bar


@pytest.fixture(scope="module")
def local() -> LocalEmbedder:
    return LocalEmbedder()


def test_local_vectors_are_unit_length_and_as_wide_as_the_name_says(local: LocalEmbedder) -> None:
    vectors = local.embed_passages(["建设智慧养老院3家。", "", "a" * 5000])
    assert vectors.shape == (3, int(local.name.rpartition("/")[2]))
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_question_is_nearer_to_its_answer_than_to_another_passage(local: LocalEmbedder) -> None:
    (question,) = local.embed_queries(["养老院有几家"])
    answer, other = local.embed_passages(["建设智慧养老院3家。", "火化率稳定在98%以上。"])
    assert question @ answer > question @ other


def test_a_text_has_the_same_vector_alone_and_in_a_batch(local: LocalEmbedder) -> None:
    texts = ["养老", "低保标准提高到1510元。" * 20, "孤儿"]
    together = local.embed_passages(texts)
    assert all(
        (local.embed_passages([text])[0] == row).all() for text, row in zip(texts, together, strict=True)
    )


def test_local_vectors_are_right_when_several_threads_ask_at_once() -> None:
    local = LocalEmbedder()
    texts = [f"第{number}条 建设养老服务设施{number}处。" for number in range(12)]
    found: dict[int, bool] = {}
    start = threading.Barrier(4)

    def ask(worker: int) -> None:
        start.wait()
        rows = [local.embed_queries([text])[0] for text in texts[worker::4]]
        found[worker] = bool((np.stack(rows) == expected[worker::4]).all())

    expected = LocalEmbedder().embed_queries(texts)
    threads = [threading.Thread(target=ask, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == dict.fromkeys(range(4), True)


@pytest.mark.parametrize(
    "text", ["\ufdfa" * 300, "前\0后", "半个\ud800代理对", "😀" * 300, "\x01\x02", "~～" * 50]
)
def test_a_hostile_text_has_a_vector_like_any_other(local: LocalEmbedder, text: str) -> None:
    assert np.isclose(np.linalg.norm(local.embed_queries([text])[0]), 1, atol=1e-5)


def test_nothing_after_a_nul_is_lost(local: LocalEmbedder) -> None:
    cut, whole, spaced = local.embed_passages(["养老", "养老\0低保标准", "养老 低保标准"])
    assert (whole == spaced).all()
    assert not (whole == cut).all()


def test_the_local_embedder_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    LocalEmbedder().embed_passages(["养老", "低保"])
    assert capfd.readouterr() == ("", "")


def test_only_new_texts_are_embedded_and_each_once(tmp_path: Path) -> None:
    embedder = HashEmbedder()
    with VectorCache(tmp_path / "vectors.sqlite3") as cache:
        first = embed_with_cache(["甲", "乙", "甲"], embedder, cache)
        assert sorted(embedder.texts) == ["乙", "甲"]
        embedder.texts.clear()
        second = embed_with_cache(["甲", "丙", "乙"], embedder, cache)
    assert (first.embedded, second.embedded) == (2, 1)
    # Besides the new one, a known one is embedded again to see that the embedder is still the same.
    assert "丙" in embedder.texts
    assert len(embedder.texts) == 2
    assert (second.vectors[0] == first.vectors[0]).all()


def test_each_batch_is_kept_so_that_an_interrupted_run_continues(tmp_path: Path) -> None:
    texts = [f"第{number}段" for number in range(3 * BATCH)]

    def interrupt(done: int, total: int) -> None:
        assert total == 3 * BATCH
        if done == BATCH:
            raise KeyboardInterrupt

    with VectorCache(tmp_path / "vectors.sqlite3") as cache, pytest.raises(KeyboardInterrupt):
        embed_with_cache(texts, HashEmbedder(), cache, interrupt)
    steps: list[tuple[int, int]] = []
    with VectorCache(tmp_path / "vectors.sqlite3") as cache:
        rest = embed_with_cache(texts, HashEmbedder(), cache, lambda done, total: steps.append((done, total)))
    assert rest.embedded == 2 * BATCH
    assert steps == [(0, 2 * BATCH), (BATCH, 2 * BATCH), (2 * BATCH, 2 * BATCH)]


def test_no_progress_is_shown_when_everything_is_known(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with VectorCache(tmp_path / "vectors.sqlite3") as cache:
        embed_with_cache(["甲"], HashEmbedder(), cache, progress_bar())
        shown = capfd.readouterr()
        assert "计算向量" in shown.err
        assert shown.out == ""
        embed_with_cache(["甲"], HashEmbedder(), cache, progress_bar())
    assert capfd.readouterr() == ("", "")


def test_vectors_of_one_embedder_are_never_given_to_another(tmp_path: Path) -> None:
    with VectorCache(tmp_path / "vectors.sqlite3") as cache:
        embed_with_cache(["甲"], HashEmbedder(name="one"), cache)
        assert cache.get("other", ["甲"]) == {}
        assert embed_with_cache(["甲"], HashEmbedder(name="other"), cache).embedded == 1


@pytest.mark.parametrize(
    "changed", [HashEmbedder(dimension=32, name="endpoint"), HashEmbedder(name="endpoint")]
)
def test_a_model_that_changed_behind_its_name_is_noticed(tmp_path: Path, changed: HashEmbedder) -> None:
    texts = ["甲甲", "乙乙", "丙丙"]
    with VectorCache(tmp_path / "vectors.sqlite3") as cache:
        strange = np.eye(3, changed.dimension if changed.dimension == 48 else 16, dtype=np.float32)
        cache.put("endpoint", texts, strange)
        result = embed_with_cache(texts, changed, cache)
    assert result.embedded == 3
    assert (result.vectors == changed.embed_queries(texts)).all()


@pytest.mark.parametrize("how", ["garbage", "truncated", "overwritten page", "empty"])
def test_a_damaged_cache_is_set_aside_and_begun_anew(tmp_path: Path, how: str) -> None:
    path = tmp_path / "vectors.sqlite3"
    texts = [f"第{number}段" for number in range(200)]
    with VectorCache(path) as cache:
        embed_with_cache(texts, HashEmbedder(), cache)
    content = path.read_bytes()
    path.write_bytes(
        {
            "garbage": b"\x07" * len(content),
            "truncated": content[: len(content) // 2 + 100],
            "overwritten page": content[:8192] + b"\xff" * 8192 + content[16384:],
            "empty": b"",
        }[how]
    )
    with VectorCache(path) as cache:
        again = embed_with_cache(texts, HashEmbedder(), cache)
    assert (again.vectors == HashEmbedder().embed_queries(texts)).all()
    assert (tmp_path / "vectors.sqlite3.damaged").exists() == (how != "empty")
    with VectorCache(path) as cache:
        assert len(cache.get(HashEmbedder().name, texts)) == 200


def test_a_stored_vector_that_is_none_is_embedded_again(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite3"
    with VectorCache(path) as cache:
        embed_with_cache(["甲", "乙", "丙"], HashEmbedder(), cache)
    connection = sqlite3.connect(path)
    with connection:
        hashes = [row[0] for row in connection.execute("SELECT hash FROM vectors ORDER BY hash")]
        connection.execute("UPDATE vectors SET vector = zeroblob(192) WHERE hash = ?", (hashes[0],))
        connection.execute("UPDATE vectors SET vector = 'text' WHERE hash = ?", (hashes[1],))
    connection.close()
    with VectorCache(path) as cache:
        assert embed_with_cache(["甲", "乙", "丙"], HashEmbedder(), cache).embedded == 2


def test_a_locked_cache_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        VectorCache(tmp_path / "no such folder" / "vectors.sqlite3")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.text(st.characters(), max_size=8), min_size=1, max_size=25), min_size=1, max_size=4)
)
def test_the_cache_never_changes_what_comes_out(rounds: list[list[str]]) -> None:
    embedder = CharacterEmbedder()
    with tempfile.TemporaryDirectory() as folder, VectorCache(Path(folder) / "vectors.sqlite3") as cache:
        seen: set[str] = set()
        for texts in rounds:
            result = embed_with_cache(texts, embedder, cache)
            assert (result.vectors == embedder.embed_passages(texts)).all()
            assert result.embedded == len(set(texts) - seen)
            seen.update(texts)


class CharacterEmbedder(HashEmbedder):
    """Takes any string, half surrogate pairs too."""

    def _vector(self, text: str) -> np.ndarray:
        return super()._vector("文" + repr(text.encode("utf-8", "surrogatepass")))
