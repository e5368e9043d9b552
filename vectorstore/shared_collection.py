"""An index's vectors on a Chroma server, where several machines may share them.

A collection is named by its content: whoever has the same passages and the same embedder finds it there
and need not embed anything. It is filled under another name and gets its own once it is complete.
"""

from __future__ import annotations

import hashlib
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.chroma import ChromaStore, collection_names, delete_collection
from vectorstore.chroma_server import public_address
from vectorstore.documents import Passage
from vectorstore.errors import IndexUnusable
from vectorstore.generation import manifests
from vectorstore.records import to_json

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

SAME_VECTOR = 0.999
"""Cosine similarity from which a vector counts as found again."""

_PREFIX = "qa-"


@dataclass(frozen=True)
class Published:
    """The collection's name, and whether this call made it (not: found it there)."""

    name: str
    made: bool


def publish(
    *,
    url: str,
    index_dir: Path,
    embedder_name: str,
    keys: Sequence[str],
    passages: Sequence[Passage],
    embed: Callable[[Sequence[int]], Vectors],
) -> Published:
    """Make sure that the server has a complete collection of these passages, and return its name.

    `embed` returns the vectors of the passages at the given positions; it is asked for all of them only
    if the server lacks the collection. Only for the holder of the writer's lock. Raises IndexUnusable if
    the server is away.
    """
    name = _PREFIX + _content_hash(embedder_name, keys, passages)
    drafts = draft_prefix(index_dir)
    existing = collection_names(url)
    for abandoned in existing:
        if abandoned.startswith(drafts):
            delete_collection(url, abandoned)
    if name in existing:
        if _is_complete(url, name, keys, embed):
            return Published(name, made=False)
        delete_collection(url, name)
    try:
        _fill(url, drafts + secrets.token_hex(4), name, keys, passages, embed(range(len(keys))))
    except IndexUnusable:
        # Another machine may have been quicker to take the name.
        if name in collection_names(url) and _is_complete(url, name, keys, embed):
            return Published(name, made=False)
        raise
    return Published(name, made=True)


def delete_superseded(index_dir: Path, *, keep: set[str], chroma_url: str) -> set[str]:
    """Delete from the server what only generations outside `keep` use, if this index folder made it.

    Returns the generations whose server is away at the moment: they are to be kept as well, so that a
    later call finds them.
    """
    known = manifests(index_dir)
    used = {manifest.collection for manifest in known if manifest.generation in keep}
    waiting = set()
    for manifest in known:
        if manifest.owns_collection and manifest.collection not in used:
            # The manifest holds no password; the setting may.
            same_server = manifest.chroma_url == public_address(chroma_url)
            try:
                delete_collection(chroma_url if same_server else manifest.chroma_url, manifest.collection)
            except IndexUnusable:
                waiting.add(manifest.generation)
    return waiting


def _fill(
    url: str, draft: str, name: str, keys: Sequence[str], passages: Sequence[Passage], vectors: Vectors
) -> None:
    store = ChromaStore.create(url, draft, size=len(keys))
    try:
        store.add(keys, passages, vectors)
        if store.ids() != set(keys):
            raise IndexUnusable("Chroma 服务没有收下全部向量。", "请检查该服务的磁盘空间和日志后重试。")
        store.rename(name)
    except BaseException:
        delete_collection(url, draft)
        raise
    finally:
        store.close()


def _is_complete(url: str, name: str, keys: Sequence[str], embed: Callable[[Sequence[int]], Vectors]) -> bool:
    store = ChromaStore.open(url, name)
    try:
        if store.ids() != set(keys):
            return False
        nearest = (store.query(vector, limit=1) for vector in embed(sample(len(keys))))
        return all(hits and hits[0][1] >= SAME_VECTOR for hits in nearest)
    finally:
        store.close()


def sample(size: int, most: int = 16) -> list[int]:
    """Return at most so many of `range(size)`, evenly spread, with the first and the last."""
    if size <= most:
        return list(range(size))
    return [round(step * (size - 1) / (most - 1)) for step in range(most)]


def _content_hash(embedder_name: str, keys: Sequence[str], passages: Sequence[Passage]) -> str:
    digest = hashlib.sha256(embedder_name.encode())
    for key, passage in zip(keys, passages, strict=True):
        digest.update(f"\n{key}\t{to_json(passage)}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:40]


def draft_prefix(index_dir: Path) -> str:
    """Return how the names of collections begin that a build of this index folder has not completed."""
    folder = hashlib.sha256(f"{socket.gethostname()}\t{index_dir.resolve()}".encode()).hexdigest()[:12]
    return f"{_PREFIX}building-{folder}-"
