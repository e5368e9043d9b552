"""Vectors by content: a text that was embedded once is not embedded again.

The cache is derived data. It may be deleted at any time, and a damaged one is set aside and started anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from vectorstore.cache_file import open_cache_file

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vectorstore.embeddings import Embedder, Vectors

    Vector = NDArray[np.float32]

Progress = Callable[[int, int], None]
"""Called with (texts embedded so far, texts to embed in all)."""

# Small, so that a progress bar moves every second and a killed build loses little.
BATCH = 8
_LOOKUP = 500
_TABLE = (
    "CREATE TABLE IF NOT EXISTS vectors"
    " (embedder TEXT, hash TEXT, vector BLOB, PRIMARY KEY (embedder, hash)) WITHOUT ROWID"
)


class VectorCache:
    """A file of vectors under (embedder's name, SHA-256 of the text). Every `put` is committed at once.

    Safe against the process being killed. One object belongs to one thread; processes may share a file.
    """

    def __init__(self, path: Path) -> None:
        """Open or create; a damaged file is renamed to `<name>.damaged` and a new one begun."""
        self._connection = open_cache_file(path, _TABLE)

    def __enter__(self) -> VectorCache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def get(self, embedder: str, texts: Iterable[str]) -> dict[str, Vector]:
        """Return the vectors that are there, by text; a stored one that is no unit vector is left out."""
        import numpy as np  # noqa: PLC0415

        by_hash = {_hash(text): text for text in texts}
        found: dict[str, Vector] = {}
        for hashes in _slices(list(by_hash), _LOOKUP):
            marks = ",".join("?" * len(hashes))
            rows = self._connection.execute(
                f"SELECT hash, vector FROM vectors WHERE embedder = ? AND hash IN ({marks})",  # noqa: S608
                (embedder, *hashes),
            )
            for key, blob in rows:
                if isinstance(blob, bytes) and len(blob) % 4 == 0:
                    vector = np.frombuffer(blob, dtype="<f4")
                    if abs(float(np.linalg.norm(vector)) - 1) < 1e-3:
                        found[by_hash[key]] = vector
        return found

    def put(self, embedder: str, texts: Sequence[str], vectors: Vectors) -> None:
        """Store one vector per text, replacing what was there."""
        rows = [
            (embedder, _hash(text), vector.astype("<f4").tobytes())
            for text, vector in zip(texts, vectors, strict=True)
        ]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)

    def forget(self, embedder: str) -> None:
        """Drop everything of one embedder."""
        with self._connection:
            self._connection.execute("DELETE FROM vectors WHERE embedder = ?", (embedder,))


@dataclass(frozen=True)
class EmbeddedTexts:
    """`vectors`: float32, shape (number of texts, dimension); `embedded`: how many had to be computed."""

    vectors: Vectors
    embedded: int


def embed_with_cache(
    texts: Sequence[str], embedder: Embedder, cache: VectorCache, progress: Progress | None = None
) -> EmbeddedTexts:
    """Embed passages, computing only what the cache lacks and each different text once.

    Every batch is kept as soon as it is computed, so that an interrupted run goes on where it stopped.
    `progress` is called only if there is something to compute. `texts` must not be empty.
    """
    import numpy as np  # noqa: PLC0415

    known = cache.get(embedder.name, texts)
    if known and not _still_agrees(embedder, known):
        cache.forget(embedder.name)
        known = {}
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    if progress and missing:
        progress(0, len(missing))
    done = 0
    for batch in _slices(missing, BATCH):
        vectors = embedder.embed_passages(batch)
        cache.put(embedder.name, batch, vectors)
        known.update(zip(batch, vectors, strict=True))
        done += len(batch)
        if progress:
            progress(done, len(missing))
    return EmbeddedTexts(np.stack([known[text] for text in texts]), len(missing))


def progress_bar() -> Progress:
    """Return a progress that shows itself as a bar on standard error, from its first call on."""
    from tqdm import tqdm  # noqa: PLC0415

    bars: list[Any] = []

    def show(done: int, total: int) -> None:
        if not bars:
            bars.append(tqdm(total=total, desc="计算向量", unit="段", leave=False))
        bars[0].update(done - bars[0].n)
        if done == total:
            bars.pop().close()

    return show


def _still_agrees(embedder: Embedder, known: dict[str, Vector]) -> bool:
    """Embed one cached text again: an endpoint may have changed its model and kept the name."""
    text, cached = next(iter(known.items()))
    if len({vector.size for vector in known.values()}) > 1:
        return False
    fresh = embedder.embed_passages([text])[0]
    return bool(fresh.size == cached.size and float(fresh @ cached) > 0.99)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _slices(items: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (items[start : start + size] for start in range(0, len(items), size))
