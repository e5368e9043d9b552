"""Other systems, to be run over the same questions: they answer as `qa.Assistant` does.

Each gets what this project's own system has: the same texts, the same embedder, the same model behind the same
client. Everything else is the peer's own default, so that a difference comes from the peer's way of working.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from qa.answer import Answer, Turn
from qa.settings import Settings


class Peer(Protocol):
    """A system that answers questions about one library."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question; `history` is the conversation so far, oldest first."""

    def close(self) -> None:
        """Let go of what the system holds."""


def _stock_llamaindex(settings: Settings) -> Peer:
    from eval.peers.llamaindex import StockLlamaIndex  # noqa: PLC0415 - llama-index is slow to import

    return StockLlamaIndex.open(settings)


def _citation_query_engine(settings: Settings) -> Peer:
    from eval.peers.llamaindex import CitationEngine  # noqa: PLC0415 - llama-index is slow to import

    return CitationEngine.open(settings)


def _dense_top1(settings: Settings) -> Peer:
    from eval.baselines import DenseTopPassage  # noqa: PLC0415 - needs the index and its parts

    return DenseTopPassage.open(settings)


def _bm25_top1(settings: Settings) -> Peer:
    from eval.baselines import Bm25TopPassage  # noqa: PLC0415 - loads its dictionary

    return Bm25TopPassage(settings.library)


def _haiku_rag(settings: Settings) -> Peer:
    from eval.peers.haiku import HaikuRag  # noqa: PLC0415 - only where it is asked for

    return HaikuRag.open(settings)


PEERS: Mapping[str, Callable[[Settings], Peer]] = MappingProxyType(
    {
        "stock-llamaindex": _stock_llamaindex,
        "citation-query-engine": _citation_query_engine,
        "dense-top1": _dense_top1,
        "bm25-top1": _bm25_top1,
        "haiku-rag": _haiku_rag,
    }
)
"""How to open each peer by name, ready to answer from `settings.library`.

Opening raises the expected errors of `qa.errors`: LibraryMissing, and ModelUnavailable where the peer needs a
model and the settings give none.
"""
