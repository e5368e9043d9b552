"""Opening an index: the current generation, or one that is named, after checking that it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore import generation as layout
from vectorstore.chroma import SAME_VECTOR, ChromaStore
from vectorstore.chroma_server import public_address
from vectorstore.errors import ExpectedError
from vectorstore.generation import IndexDamaged, Manifest
from vectorstore.passage_index import PassageIndex, mismatch

if TYPE_CHECKING:
    from vectorstore.embeddings import Embedder


def open_index(*, index_dir: Path, embedder: Embedder, chroma_url: str = "") -> PassageIndex:
    """Open the current generation.

    Raises IndexDamaged if there is none, it is damaged or of another version (then `synchronise` with
    `rebuild=True` helps), IndexMismatch if it was made with another embedder, IndexUnusable if the
    Chroma server is away.
    """
    while True:
        manifest = layout.read_manifest(index_dir)
        if manifest is None:
            raise IndexDamaged("还没有建立索引。", "请先运行 qa index。")
        try:
            return open_generation(
                index_dir=index_dir, manifest=manifest, embedder=embedder, chroma_url=chroma_url
            )
        except ExpectedError:
            # It may have been superseded, and removed, while it was being opened.
            if layout.current_generation(index_dir) == manifest.generation:
                raise


def open_generation(
    *, index_dir: Path, manifest: Manifest, embedder: Embedder, chroma_url: str
) -> PassageIndex:
    """Open one generation, current or not, after checking that it is whole; errors as `open_index`."""
    if manifest.embedder != embedder.name:
        raise mismatch(manifest.embedder, embedder.name)
    if manifest.chroma_url != public_address(chroma_url):
        raise IndexDamaged("索引的向量不在现在设置的 Chroma 里。")
    folder = layout.generation_folder(index_dir, manifest.generation)
    layout.check_stored_files(folder, manifest, contents=True)
    store = ChromaStore.open(chroma_url or folder / layout.CHROMA, manifest.collection)
    try:
        _check_vectors(store, folder, manifest)
        return PassageIndex(
            index_dir=index_dir, manifest=manifest, embedder=embedder, store=store, folder=folder
        )
    except BaseException:
        store.close()
        raise


def _check_vectors(store: ChromaStore, folder: Path, manifest: Manifest) -> None:
    """Raise IndexDamaged unless the collection is full and finds a vector that is known to be in it."""
    import numpy as np  # noqa: PLC0415

    count = store.count()
    if count != manifest.searchable:
        raise IndexDamaged(f"索引不完整：应有 {manifest.searchable} 个向量，实有 {count} 个。")
    hits = store.query(np.load(folder / layout.PROBE), limit=1)
    if not hits or hits[0][1] < SAME_VECTOR:
        raise IndexDamaged("索引已损坏：向量库找不到已知的段落。")
