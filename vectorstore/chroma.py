"""Chroma, embedded in a folder or behind a server: the only file that knows it.

Vectors are always handed over; no embedding function is ever configured, so that none can be downloaded.
"""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vectorstore.chroma_server import (
    HINT,
    REQUEST_SECONDS,
    check_server,
    direct_if_loopback,
    http_sessions,
    public_address,
)
from vectorstore.documents import Passage
from vectorstore.errors import IndexUnusable
from vectorstore.flat_metadata import flat_metadata
from vectorstore.generation import IndexDamaged
from vectorstore.read_only import TemporaryCopy, is_writable, temporary_copy

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors
    from vectorstore.vector_cache import Vector

# Well below Chroma's own limits (5,461 rows to add, about 20,000 to get), and small enough for one request.
_BATCH = 1000
_MAKER = "made_by"
# Plans share their phrases, and the graph of such vectors falls apart with Chroma's own settings: of 10,938 passages of
# 1,000 documents 7 % could not be found by their own vector; with these links 1 % or less.
_GRAPH = {"max_neighbors": 32, "ef_construction": 200, "ef_search": 500}

SAME_VECTOR = 0.999
"""Cosine similarity from which a vector counts as found again."""

# Chroma keeps its clients of one folder in a shared table that it does not guard itself.
_opening = threading.Lock()


class ChromaStore:
    """One collection of passage vectors under cosine similarity.

    `where` is a folder (embedded Chroma) or the address of a server. Searching is safe from several
    threads. Every method raises IndexUnusable if the server is away, IndexDamaged if the data are not
    there or not sound. Close it after use.
    """

    def __init__(
        self, where: Path | str, *, _client: Any, _collection: Any, _copy: TemporaryCopy | None = None
    ) -> None:
        """Use `create` or `open`."""
        self._where = where
        self._client = _client
        self._collection = _collection
        self._copy = _copy

    @classmethod
    def create(cls, where: Path | str, name: str, *, size: int, maker: str = "") -> ChromaStore:
        """Make an empty collection for exactly `size` vectors; for `maker` see `collections_of`."""
        client = _connect(where)
        hnsw = {
            "space": "cosine",
            **_GRAPH,
            # Chroma writes its graph to disk each time so many vectors are pending. Exactly once, at the end,
            # leaves nothing pending: opening replays nothing, and readers never write to the graph.
            "sync_threshold": size,
            "batch_size": min(100, size),
        }
        try:
            with _translated(where):
                collection = client.create_collection(
                    name,
                    embedding_function=None,
                    configuration={"hnsw": hnsw},
                    metadata={_MAKER: maker},
                )
        except BaseException:
            _close(client)
            raise
        return cls(where, _client=client, _collection=collection)

    @classmethod
    def open(cls, where: Path | str, name: str) -> ChromaStore:
        """Open a collection to search it. A folder that cannot be written is read from a temporary copy."""
        copy = None
        if isinstance(where, Path) and not is_writable(where):
            copy = temporary_copy(where)
            where = Path(copy.name)
        client = None
        try:
            client = _connect(where)
            with _translated(where):
                collection = client.get_collection(name, embedding_function=None)
        except BaseException:
            _close(client, copy)
            raise
        return cls(where, _client=client, _collection=collection, _copy=copy)

    def close(self) -> None:
        """Let go of files and connections; closing twice is harmless."""
        _close(self._client, self._copy)

    def add(self, ids: Sequence[str], passages: Sequence[Passage], vectors: Vectors) -> None:
        """Add passages under new ids; `vectors` has shape (len(ids), dimension)."""
        with _translated(self._where):
            step = min(_BATCH, self._client.get_max_batch_size())
            for start in range(0, len(ids), step):
                part = slice(start, start + step)
                self._collection.add(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    documents=[passage.text for passage in passages[part]],
                    metadatas=[flat_metadata(passage) for passage in passages[part]],
                )

    def expect_changes(self, count: int) -> None:
        """Have exactly so many coming additions and deletions written to the graph, at the last one (see `create`).

        Counts from the next opening on.
        """
        hnsw = {"sync_threshold": max(2, count), "batch_size": max(2, min(100, count))}
        with _translated(self._where), warnings.catch_warnings():
            # Chroma's client reads back what it just wrote and calls a collection without an embedding function legacy.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._collection.modify(configuration={"hnsw": hnsw})

    def delete(self, ids: Sequence[str]) -> None:
        """Remove passages, which must be there."""
        with _translated(self._where):
            for start in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def rename(self, name: str) -> None:
        """Give the collection another name, which must be free."""
        with _translated(self._where):
            self._collection.modify(name=name)

    def count(self) -> int:
        """Return the number of vectors."""
        with _translated(self._where):
            return int(self._collection.count())

    def ids(self) -> set[str]:
        """Return the ids of all vectors."""
        found: set[str] = set()
        while True:
            with _translated(self._where):
                page = self._collection.get(include=[], limit=_BATCH, offset=len(found))
            found.update(page["ids"])
            if len(page["ids"]) < _BATCH:
                return found

    def holds(self, ids: Sequence[str], vectors: Vectors | Sequence[Vector]) -> bool:
        """Tell whether these very vectors (to a rounding) lie under these ids; the graph is not asked."""
        stored = self._stored(ids)
        return len(stored) == len(ids) and all(
            float(stored[key] @ vector) >= SAME_VECTOR for key, vector in zip(ids, vectors, strict=True)
        )

    def vectors(self, ids: Sequence[str]) -> Vectors:
        """Return the vectors under these ids, no two the same, in their order. Raises IndexDamaged if one is missing."""
        import numpy as np  # noqa: PLC0415

        stored = self._stored(ids)
        if missing := len(ids) - len(stored):
            raise IndexDamaged(f"索引不完整：缺少 {missing} 个向量。")
        return np.stack([stored[key] for key in ids])

    def _stored(self, ids: Sequence[str]) -> dict[str, Vector]:
        import numpy as np  # noqa: PLC0415

        stored: dict[str, Vector] = {}
        for start in range(0, len(ids), _BATCH):
            with _translated(self._where):
                page = self._collection.get(ids=list(ids[start : start + _BATCH]), include=["embeddings"])
            stored.update(zip(page["ids"], np.asarray(page["embeddings"], dtype=np.float32), strict=True))
        return stored

    def query(self, vector: Vector, *, limit: int) -> list[tuple[str, float]]:
        """Return (id, cosine similarity) of the nearest, best first, as far as the graph leads to them."""
        if limit <= 0:
            return []
        with _translated(self._where):
            result = self._collection.query(query_embeddings=[vector], n_results=limit, include=["distances"])
        similarities = (1.0 - distance for distance in result["distances"][0])
        return list(zip(result["ids"][0], similarities, strict=True))


def collections_of(url: str) -> dict[str, str]:
    """Return all collections of a server: who made them, by name; "" for other programs'."""
    with _connected(url) as client, _translated(url):
        makers: dict[str, str] = {}
        while page := client.list_collections(limit=_BATCH, offset=len(makers)):
            makers |= {found.name: str((found.metadata or {}).get(_MAKER, "")) for found in page}
        return makers


def delete_collection(url: str, name: str) -> None:
    """Delete a collection of a server; it may be gone already."""
    with _connected(url) as client, suppress(IndexDamaged), _translated(url):
        client.delete_collection(name)


def _connect(where: Path | str) -> Any:
    if isinstance(where, str):
        check_server(where)
    import chromadb  # noqa: PLC0415
    from chromadb.api.shared_system_client import SharedSystemClient  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415

    # Not Settings(): that would read the environment and a .env file of the current folder.
    settings = Settings.model_construct(anonymized_telemetry=False)
    with _opening, _translated(where):
        if isinstance(where, Path):
            try:
                return chromadb.PersistentClient(str(where), settings=settings)
            except BaseException:
                # What failed to start stays in Chroma's table otherwise, and would be handed out again.
                SharedSystemClient._identifier_to_system.pop(str(where), None)
                raise
        with direct_if_loopback(where):
            client: Any = chromadb.HttpClient(where.rstrip("/"), settings=settings)
        for session in http_sessions(client):
            session.timeout = REQUEST_SECONDS
        return client


@contextmanager
def _connected(url: str) -> Iterator[Any]:
    client = _connect(url)
    try:
        yield client
    finally:
        _close(client)


def _close(client: Any, copy: TemporaryCopy | None = None) -> None:
    if client is not None:
        with _opening:
            for session in http_sessions(client):
                session.close()
            client.close()
    if copy is not None:
        copy.cleanup()


@contextmanager
def _translated(where: Path | str) -> Iterator[None]:
    """Turn what Chroma raises into what a reader can do something about."""
    import httpx  # noqa: PLC0415
    from chromadb.errors import ChromaError, NotFoundError  # noqa: PLC0415

    try:
        yield
    except NotFoundError as error:
        raise IndexDamaged("Chroma 里没有这个索引的向量。") from error
    except (ChromaError, httpx.HTTPError, ValueError) as error:
        raise _explained(where, error) from error
    except Exception as error:
        # A server's answer that Chroma's client does not know comes as a plain Exception.
        if type(error) is not Exception:
            raise
        raise _explained(where, error) from error


def _explained(where: Path | str, error: Exception) -> IndexUnusable:
    if isinstance(where, str):
        return IndexUnusable(f"Chroma 服务 {public_address(where)} 未能完成请求：{error}。", HINT)
    return IndexDamaged(f"内嵌的 Chroma 无法使用 {where} 中的数据：{error}。")
