"""haiku.rag, in a process of its own and under an interpreter of its own: it is no dependency of this project.

Install it where you like (`pip install haiku.rag-slim`, Python 3.12 or later) and name that interpreter in the variable
HAIKU_PYTHON. It gets this project's passages (its own splitter would download a tokenizer), the same embedder through a
loopback address, and the same model; searching, prompting, tools and citing are its own.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from eval.peers.embedding_server import QUERY_MARK, EmbeddingServer
from eval.peers.line_process import LineProcess
from eval.peers.refusals import status_of
from eval.peers.sources import Source, citations_of, evidence_of, read_texts_of
from qa.answer import Answer, Turn
from qa.errors import ExpectedError, ModelUnavailable
from qa.models.embedding import choose_embedder
from qa.models.local_server import LocalServer
from qa.models.weights import find_weights
from qa.settings import Settings
from vectorstore.documents import Document, Passage
from vectorstore.embeddings import Embedder
from vectorstore.passages import passages_of

INTERPRETER = "HAIKU_PYTHON"
_DRIVER = Path(__file__).with_name("haiku_driver.py")
# Its instructions alone are about 2,500 tokens; tools, passages and the turns between come on top.
_CONTEXT_TOKENS = 16_384
_PATIENCE = 900.0


class PeerMissing(ExpectedError):
    """A peer is not installed where it was said to be, or does not start."""

    exit_code = 2


class HaikuRag:
    """One haiku.rag database of the library's passages, and its question-answering agent."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        *,
        embedder: Embedder,
        endpoint: Mapping[str, str],
        interpreter: Path,
        patience: float = _PATIENCE,
    ) -> None:
        """Start it and hand it the documents. `endpoint`: base_url, model, api_key; `patience` in seconds.

        Raises PeerMissing when it does not come up.
        """
        self._documents = documents
        self._passages = {
            name: [passage for passage in passages_of(document) if passage.kind != "furniture"]
            for name, document in documents.items()
        }
        self._model = endpoint["model"]
        self._patience = patience
        self._asked = 0
        self._stack = ExitStack()
        try:
            server = self._stack.enter_context(EmbeddingServer(embedder))
            self._process = self._stack.enter_context(LineProcess(interpreter, _DRIVER))
            self._process.tell(
                {
                    **endpoint,
                    "embedding_url": server.base_url,
                    "query_mark": QUERY_MARK,
                    "dimension": int(embedder.embed_queries(["维数"]).shape[1]),
                    "documents": [self._given(document) for document in documents.values()],
                }
            )
            if self._process.heard(patience) is None:
                raise PeerMissing(
                    f"haiku.rag 没有启动：{self._process.last_words()}",
                    f"请检查 {INTERPRETER} 指定的解释器。",
                )
        except BaseException:
            self._stack.close()
            raise

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Over `settings.library`, with the settings' embedder and model; the interpreter is HAIKU_PYTHON's.

        Raises PeerMissing, LibraryMissing, and ModelUnavailable when the settings give no model.
        """
        interpreter = Path(os.environ.get(INTERPRETER, ""))
        if not interpreter.is_file():
            raise PeerMissing(
                f"没有设 {INTERPRETER}，或其中的解释器不存在。",
                "请在另一个虚拟环境里安装 haiku.rag-slim（Python 3.12 以上），并把它的解释器写进该变量。",
            )
        documents = read_texts_of(settings.library)
        stack = ExitStack()
        try:
            endpoint = _endpoint(settings, stack)
            peer = cls(
                documents, embedder=choose_embedder(settings), endpoint=endpoint, interpreter=interpreter
            )
        except BaseException:
            stack.close()
            raise
        peer._stack.push(stack.pop_all())  # the model's server ends after the peer
        return peer

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question; the turns before it are written above it. Raises ModelUnavailable."""
        started = time.perf_counter()
        before = "".join(f"用户：{turn.question}\n助手：{turn.answer}\n" for turn in history)
        self._asked += 1
        self._process.tell(
            {"id": self._asked, "question": f"{before}用户：{question}" if before else question}
        )
        reply = self._process.heard(self._patience, to=self._asked)
        if reply is None or "error" in reply:
            reason = reply["error"] if reply else self._silence()
            raise ModelUnavailable(f"haiku.rag 没有回答：{reason}", "请检查模型是否支持工具调用。")
        text = str(reply["text"]).strip()
        status = status_of(text)
        sources = [self._source(cited) for cited in reply["citations"] if cited["items"]]
        numbered = [] if status == "not_found" else list(enumerate(sources, start=1))
        return Answer(
            text=text,
            status=status,
            citations=citations_of(numbered, self._documents),
            answered_by=self._model,
            timings={"total": round(time.perf_counter() - started, 4)},
            question=question,
            evidence=evidence_of(sources, self._documents),
        )

    def close(self) -> None:
        """End its process, the embedder's server and the local model's server."""
        self._stack.close()

    def _silence(self) -> str:
        ended = self._process.has_ended()
        return self._process.last_words() if ended else f"超过 {self._patience:g} 秒没有回应"

    def _given(self, document: Document) -> dict[str, Any]:
        pieces = [
            {"text": passage.text, "headings": list(passage.section) or None}
            for passage in self._passages[document.name]
        ]
        return {"name": document.name, "title": document.metadata.title or document.name, "pieces": pieces}

    def _source(self, cited: Mapping[str, Any]) -> Source:
        """From the first to the last passage that it cites: it joins neighbours, and cites them as one."""
        passages: list[Passage] = [self._passages[cited["document"]][item] for item in cited["items"]]
        start, end = min(p.start for p in passages), max(p.end for p in passages)
        return Source(cited["document"], self._documents[cited["document"]].text[start:end], near=start)


def _endpoint(settings: Settings, stack: ExitStack) -> dict[str, str]:
    """Where the settings' model answers; a local one is served with a longer memory than this project needs."""
    if settings.llm == "openai":
        key = settings.llm_api_key.get_secret_value()
        return {"base_url": settings.llm_base_url, "model": settings.llm_model, "api_key": key}
    weights = None if settings.llm == "none" else find_weights(settings)
    if weights is None:
        raise ModelUnavailable("与 haiku.rag 比较需要模型。", "请设 QA_LLM=local 或 QA_LLM=openai。")
    server = LocalServer(weights, context_tokens=_CONTEXT_TOKENS)
    stack.callback(server.stop)
    return {"base_url": server.start(), "model": weights.stem, "api_key": server.api_key}
