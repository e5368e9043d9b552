"""The passages nearest to a vector: among all of them by Chroma's graph, among a few by looking at each.

Chroma's own filters go through its table of metadata, which takes ten times as long as a search without them, and longer
with every document. Most questions name their place, so most searches are limited.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from vectorstore.chroma import ChromaStore
    from vectorstore.vector_cache import Vector

    Rows = NDArray[np.int64]

# So many vectors are compared in a millisecond, once they were read. More are left to the graph.
_LOOKED_AT = 1000
# The graph is asked for so many times more than the share of the passages would need, and four times as many if that
# is too few.
_MARGIN, _DEEPER = 2, 4


class Nearest:
    """Search by vectors over one collection. `keys` are the ids of its vectors, in the order of their rows.

    A vector is read when it is first compared, and kept. Searching is safe from several threads. Errors are those of
    `ChromaStore`.
    """

    def __init__(self, store: ChromaStore, keys: Sequence[str], dimension: int) -> None:
        import numpy as np  # noqa: PLC0415

        self._store = store
        self._keys = keys
        self._row_of: Mapping[str, int] = {key: row for row, key in enumerate(keys)}
        # The system gives memory to the rows that are written only.
        self._vectors = np.zeros((len(keys), dimension), dtype=np.float32)
        self._is_read = np.zeros(len(keys), dtype=bool)

    def rows(self, vector: Vector, *, limit: int, among: Rows | None = None) -> list[tuple[int, float]]:
        """(row, cosine similarity) of the nearest `limit`, best first, equal ones by row; of these rows only if given."""
        total = len(self._keys)
        wanted = total if among is None else len(among)
        if min(limit, wanted) <= 0:
            return []
        if among is None or wanted == total:
            found = self._by_graph(vector, limit)
            # The graph leads to nearly every vector, not to all.
            return found if len(found) >= min(limit, total) else self._by_each(vector, limit, None)
        if wanted <= _LOOKED_AT:
            return self._by_each(vector, limit, among)
        return self._by_graph_among(vector, limit, among)

    def _by_graph(self, vector: Vector, limit: int) -> list[tuple[int, float]]:
        hits = self._store.query(vector, limit=limit)
        return sorted(((self._row_of[key], score) for key, score in hits), key=_best_first)

    def _by_graph_among(self, vector: Vector, limit: int, among: Rows) -> list[tuple[int, float]]:
        import numpy as np  # noqa: PLC0415

        total = len(self._keys)
        is_wanted = np.zeros(total, dtype=bool)
        is_wanted[among] = True
        depth = _MARGIN * limit * total // len(among)
        while depth < total:
            found = [hit for hit in self._by_graph(vector, depth) if is_wanted[hit[0]]]
            if len(found) >= limit:
                return found[:limit]
            depth *= _DEEPER
        return self._by_each(vector, limit, among)

    def _by_each(self, vector: Vector, limit: int, among: Rows | None) -> list[tuple[int, float]]:
        import numpy as np  # noqa: PLC0415

        rows = np.arange(len(self._keys)) if among is None else np.sort(among)
        self._read(rows)
        similarities = self._vectors[rows] @ vector / max(float(np.linalg.norm(vector)), 1e-12)
        best = np.argsort(-similarities, kind="stable")[:limit]
        return [(int(rows[position]), float(similarities[position])) for position in best]

    def _read(self, rows: Rows) -> None:
        """Have the vectors of these rows at hand, each of length one."""
        import numpy as np  # noqa: PLC0415

        missing = rows[~self._is_read[rows]]
        if not missing.size:
            return
        vectors = self._store.vectors([self._keys[row] for row in missing])
        self._vectors[missing] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
        self._is_read[missing] = True


def _best_first(hit: tuple[int, float]) -> tuple[float, int]:
    return -hit[1], hit[0]
