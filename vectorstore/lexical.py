"""Keyword search over Chinese text: BM25 over words and over pairs of characters."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vectorstore.nearest import Rows

Tokenizer = Callable[[str], list[str]]

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_RUN = re.compile(
    rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)+)|(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+"
)
# NFKC turns these into the ASCII marks that stand inside numbers: 10,20 is two numbers and 10,200 is one.
_SEPARATORS = str.maketrans("，、：；。", "     ")


def word_tokens(text: str) -> list[str]:
    """Split into dictionary words (rjieba), numbers and runs of other letters, lower-cased."""
    import rjieba  # noqa: PLC0415

    tokens: list[str] = []
    for run, is_han in _runs(text):
        if is_han:
            tokens.extend(rjieba.cut(run))
        else:
            tokens.append(run)
    return tokens


def bigram_tokens(text: str) -> list[str]:
    """Split into overlapping pairs of Chinese characters, numbers and runs of other letters, lower-cased.

    A Chinese character that stands alone is a token by itself.
    """
    tokens: list[str] = []
    for run, is_han in _runs(text):
        if is_han and len(run) > 1:
            tokens.extend(run[start : start + 2] for start in range(len(run) - 1))
        else:
            tokens.append(run)
    return tokens


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    normal = unicodedata.normalize("NFKC", text.translate(_SEPARATORS)).lower()
    for match in _RUN.finditer(normal):
        run = match[0].replace(",", "") if match["number"] else match[0]
        yield run, match["han"] is not None


class LexicalIndex:
    """BM25 over texts that are known by their position. Searching is safe from several threads."""

    def __init__(self, *, tokenize: Tokenizer, size: int, scorer: Any) -> None:
        """Use `build` or `load`. `scorer` is None if no text holds a token."""
        self._tokenize = tokenize
        self._scorer = scorer
        self.size = size

    @classmethod
    def build(cls, texts: Sequence[str], *, tokenize: Tokenizer) -> LexicalIndex:
        """Index the texts. The same texts give the same index."""
        # Numbered here in order of appearance: bm25s itself would go by the order of a set.
        vocabulary: dict[str, int] = {}
        token_ids = [
            [vocabulary.setdefault(token, len(vocabulary)) for token in tokenize(text)] for text in texts
        ]
        scorer = None
        if vocabulary:
            import bm25s  # noqa: PLC0415

            scorer = bm25s.BM25()
            scorer.index((token_ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(tokenize=tokenize, size=len(texts), scorer=scorer)

    def save(self, folder: Path) -> None:
        """Write into a folder, which is made if need be."""
        folder.mkdir(parents=True, exist_ok=True)
        summary = {"size": self.size, "empty": self._scorer is None}
        (folder / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
        if self._scorer is not None:
            self._scorer.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, *, tokenize: Tokenizer) -> LexicalIndex:
        """Read what `save` wrote; `tokenize` must be the tokenizer it was built with."""
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        scorer = None
        if not summary["empty"]:
            import bm25s  # noqa: PLC0415

            scorer = bm25s.BM25.load(folder, show_progress=False)
        return cls(tokenize=tokenize, size=summary["size"], scorer=scorer)

    def search(
        self, question: str, *, limit: int, allowed: Collection[int] | Rows | None = None
    ) -> list[tuple[int, float]]:
        """Return (position, BM25 score), best first, equal scores by position.

        Only texts that share a token with the question; at most `limit`; of `allowed` positions only if
        given. A question without a known token finds nothing.
        """
        import numpy as np  # noqa: PLC0415

        if self._scorer is None or limit <= 0:
            return []
        token_ids = self._scorer.get_tokens_ids(self._tokenize(question))
        if not token_ids:
            return []
        scores = self._scorer.get_scores_from_ids(token_ids)
        found = np.flatnonzero(scores > 0)
        if allowed is not None:
            rows = allowed if isinstance(allowed, np.ndarray) else np.fromiter(allowed, dtype=np.int64)
            found = found[np.isin(found, rows)]
        if limit < found.size:
            # Only these need sorting: as good as the last of the best, or better.
            found = found[scores[found] >= np.partition(scores[found], -limit)[-limit]]
        best = found[np.lexsort((found, -scores[found]))][:limit]
        return [(int(position), float(scores[position])) for position in best]
