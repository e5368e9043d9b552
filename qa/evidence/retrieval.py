"""Question to passages: dense and two lexical rankings, fused by reciprocal rank.

Fusion after Cormack, Clarke and Büttcher, "Reciprocal Rank Fusion outperforms Condorcet and individual rank
learning methods", SIGIR 2009, with their constant 60.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from llama_index.core.retrievers import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle

from vectorstore.index import PassageIndex
from vectorstore.nodes import node_of

RANK_CONSTANT = 60
# Dense, by words, by pairs of characters.
RANKINGS = 3
# How deep each ranking is read; the fused list is no longer than the sum.
DEPTH = 40
# Characters of a very long question that are embedded at either end: one window of the embedder (a tenth of a
# second) instead of five. What is asked stands first or last, and the lexical rankings read all of it.
_EMBEDDED_AT_EACH_END = 240
_ROWS_OF_A_TABLE = 4


def reciprocal_rank_fusion(
    rankings: Iterable[Sequence[int]], *, constant: int = RANK_CONSTANT
) -> list[tuple[int, float]]:
    """Fuse rankings of item numbers (best first): sum of 1/(constant + rank), best first, ties by number."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (constant + rank)
    return sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))


class PlanRetriever(BaseRetriever):
    """Retrieves passages of plans as LlamaIndex nodes, best first.

    `limit` is the number of nodes returned, of which the rows of one table count as `_ROWS_OF_A_TABLE` at most: they
    all hold the words of its headings, and would crowd out the sentences about the same thing.
    `documents` limits the search to these document names.
    `wordings` of a query are further ways to say it (official terms for everyday words): a QueryBundle's
    `custom_embedding_strs`, used for the lexical rankings.
    """

    def __init__(
        self, index: PassageIndex, *, limit: int = 10, documents: Collection[str] | None = None
    ) -> None:
        super().__init__()
        self._index = index
        self._limit = limit
        self._documents = documents

    def ranked(self, question: str, wordings: Sequence[str] = ()) -> list[tuple[int, float]]:
        """(passage number, fused score) of the best passages, best first, as many as `limit` allows."""
        lexical = " ".join([question, *wordings])
        index, documents = self._index, self._documents
        rankings = [
            index.dense(_ends(question), limit=DEPTH, documents=documents),
            index.by_words(lexical, limit=DEPTH, documents=documents),
            index.by_bigrams(lexical, limit=DEPTH, documents=documents),
        ]
        fused = reciprocal_rank_fusion([number for number, _ in ranking] for ranking in rankings)
        return list(self._uncrowded(fused))

    def _uncrowded(self, ranked: Sequence[tuple[int, float]]) -> Iterator[tuple[int, float]]:
        """The first `limit` of what is ranked, and of a table whose rows are among them the further rows before its end."""
        rows: Counter[tuple[str, tuple[str, ...], str]] = Counter()
        taken = 0
        for number, score in ranked:
            passage = self._index.passages[number]
            table = (passage.document, passage.section, passage.caption)
            rows[table] += passage.kind == "row"
            taken += passage.kind != "row" or rows[table] <= _ROWS_OF_A_TABLE
            if taken > self._limit:
                return
            yield number, score

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        ranked = self.ranked(query_bundle.query_str, query_bundle.custom_embedding_strs or ())
        passages = [self._index.passages[number] for number, _ in ranked]
        return [
            NodeWithScore(
                node=node_of(passage, title=self._index.documents[passage.document].metadata.title),
                score=score,
            )
            for passage, (_, score) in zip(passages, ranked, strict=True)
        ]


def _ends(question: str) -> str:
    """The question, of a very long one its beginning and its end."""
    if len(question) <= 2 * _EMBEDDED_AT_EACH_END:
        return question
    return f"{question[:_EMBEDDED_AT_EACH_END]} {question[-_EMBEDDED_AT_EACH_END:]}"
