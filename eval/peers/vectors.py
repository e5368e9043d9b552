"""The embedder of this project, remembering the vectors of the peers' chunks from run to run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.embeddings import Embedder
from vectorstore.vector_cache import VectorCache, embed_with_cache

if TYPE_CHECKING:
    from vectorstore.embeddings import Vectors


class RememberingEmbedder:
    """An Embedder whose passages are embedded once: a chunk of 1,024 tokens takes a second on an ordinary machine."""

    def __init__(self, embedder: Embedder, cache: Path) -> None:
        """`cache` is a file that may be deleted at any time; its folder is made."""
        self.name = embedder.name
        self._embedder = embedder
        self._cache = cache

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        self._cache.parent.mkdir(parents=True, exist_ok=True)
        with VectorCache(self._cache) as cache:
            return embed_with_cache(texts, self._embedder, cache).vectors

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """See Embedder."""
        return self._embedder.embed_queries(texts)
