"""An index's vectors on a Chroma server, where several machines may share them.

A collection is named by its content: whoever has the same passages and the same embedder finds it there
and need not embed anything. It is filled under another name and gets its own once it is complete.
"""

from __future__ import annotations

import hashlib
import secrets
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.chroma import ChromaStore, collections_of, delete_collection
from vectorstore.chroma_server import public_address
from vectorstore.documents import Passage
from vectorstore.errors import IndexUnusable
from vectorstore.generation import manifests
from vectorstore.records import to_json

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors

_PREFIX = "qa-"


def publish(
    *,
    url: str,
    index_dir: Path,
    embedder_name: str,
    keys: Sequence[str],
    passages: Sequence[Passage],
    embed: Callable[[Sequence[int]], Vectors],
) -> str:
    """Make sure that the server has a complete collection of these passages, and return its name.

    `embed` returns the vectors of the passages at the given positions; it is asked for all of them only
    if the server lacks the collection. Raises IndexUnusable if the server is away.
    """
    name = _PREFIX + _content_hash(embedder_name, keys, passages)

    def is_there() -> bool:
        return name in collections_of(url) and _is_complete(url, name, keys, embed)

    if not is_there():
        delete_collection(url, name)
        try:
            _fill(url, name, maker_of(index_dir), keys, passages, embed(range(len(keys))))
        except IndexUnusable:
            # Another machine may have been quicker to take the name.
            if not is_there():
                raise
    return name


def delete_superseded(index_dir: Path, *, keep: set[str], chroma_url: str) -> set[str]:
    """Delete what this index folder put on servers, finished or not, and no generation in `keep` uses.

    Only for the holder of the writer's lock. Returns the generations whose server is away at the moment:
    they are to be kept as well, so that a later call finds them.
    """
    remote = [manifest for manifest in manifests(index_dir) if manifest.chroma_url]
    used = {manifest.collection for manifest in remote if manifest.generation in keep}
    away = set()
    for address in {manifest.chroma_url for manifest in remote}:
        # The manifest holds no password; the setting may.
        url = chroma_url if address == public_address(chroma_url) else address
        try:
            for name, maker in collections_of(url).items():
                if maker == maker_of(index_dir) and name not in used:
                    delete_collection(url, name)
        except IndexUnusable:
            away.add(address)
    return {manifest.generation for manifest in remote if manifest.chroma_url in away}


def maker_of(index_dir: Path) -> str:
    """Return by what a server remembers that this index folder, on this machine, made a collection."""
    return hashlib.sha256(f"{socket.gethostname()}\t{index_dir.resolve()}".encode()).hexdigest()[:16]


def _fill(
    url: str, name: str, maker: str, keys: Sequence[str], passages: Sequence[Passage], vectors: Vectors
) -> None:
    draft = f"{_PREFIX}draft-{secrets.token_hex(8)}"
    store = ChromaStore.create(url, draft, size=len(keys), maker=maker)
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
        positions = sample(len(keys))
        return store.holds([keys[position] for position in positions], embed(positions))
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
