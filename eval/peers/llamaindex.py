"""LlamaIndex as it comes: its own splitter, prompts and engines, over the same texts, embedder and model.

Nothing that has a default is set: SentenceSplitter (1,024 tokens), the two nearest chunks, compact-and-refine
with the default prompts. A question with a history goes to the chat engine that the library itself chooses
(`as_chat_engine()`: condense plus context); around CitationQueryEngine, which has none, to CondenseQuestionChatEngine.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self

from llama_index.core import Document as LlamaDocument
from llama_index.core import VectorStoreIndex
from llama_index.core.base.llms.types import ChatMessage, MessageRole
from llama_index.core.chat_engine import CondenseQuestionChatEngine
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import NodeWithScore, TextNode

from eval.peers.language_model import EndpointLLM
from eval.peers.refusals import status_of
from eval.peers.sources import Source, citations_of, evidence_of, read_texts_of
from eval.peers.vectors import RememberingEmbedder
from qa.answer import Answer, Turn
from qa.errors import ModelUnavailable
from qa.models.choice import ChatModel, choose_model
from qa.models.embedding import choose_embedder
from qa.settings import Settings
from vectorstore.documents import Document
from vectorstore.embeddings import Embedder
from vectorstore.nodes import PlanEmbedding

# Seconds. This project falls back to quoting when a model is slow; a peer has nothing else, and slow is not wrong.
_PATIENCE = 600.0
_VECTORS = "peer-vectors.sqlite3"
# What CitationQueryEngine writes in front of each of its sources.
_SOURCE_LABEL = re.compile(r"^Source \d+:\n")
_CITED = re.compile(r"\[(\d{1,3})\]")


def _in_a_loop_of_its_own(
    respond: Callable[[str, Sequence[Turn]], Any], question: str, history: Sequence[Turn]
) -> Any:
    """Let LlamaIndex run what it runs asynchronously in a loop that is closed; its own it would leave open."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return respond(question, history)
    finally:
        asyncio.set_event_loop(None)
        loop.close()


class StockLlamaIndex:
    """`VectorStoreIndex.from_documents(…).as_query_engine()`; every source node is a citation.

    LlamaIndex gives its sources beside the answer, not in it, so all of them are what it cites.
    """

    def __init__(self, documents: dict[str, Document], *, embedder: Embedder, model: ChatModel) -> None:
        """Index the documents in memory. The model is closed by `close`."""
        self._documents = documents
        self._model = model
        self._llm = EndpointLLM(model)
        self._index = VectorStoreIndex.from_documents(
            [_llama_document(document) for document in documents.values()],
            embed_model=PlanEmbedding(embedder),
        )

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Over `settings.library`, with the settings' embedder and model.

        Raises LibraryMissing, and ModelUnavailable when the settings give no model.
        """
        patient = {"llm_timeout": max(settings.llm_timeout, _PATIENCE)}
        choice = choose_model(settings.model_copy(update=patient))
        if choice.model is None:
            raise ModelUnavailable(
                f"与 LlamaIndex 比较需要模型。{choice.note}", "请设 QA_LLM=local 或 QA_LLM=openai。"
            )
        embedder = RememberingEmbedder(choose_embedder(settings), settings.index_folder / _VECTORS)
        return cls(read_texts_of(settings.library), embedder=embedder, model=choice.model)

    @property
    def answers_with(self) -> str:
        """ "local" or "remote": where the model that words the answers runs."""
        return self._model.where

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        """Answer one question. Raises ModelUnavailable."""
        started = time.perf_counter()
        with ThreadPoolExecutor(max_workers=1) as thread:
            response = thread.submit(_in_a_loop_of_its_own, self._respond, question, history).result()
        seconds = round(time.perf_counter() - started, 4)
        text = str(response).strip()
        status = status_of(text)
        sources = [_source(node) for node in response.source_nodes]
        cited = [] if status == "not_found" else self._cited(text, sources)
        return Answer(
            text=text,
            status=status,
            citations=citations_of(cited, self._documents),
            answered_by=self._model.name,
            timings={"total": seconds},
            question=question,
            evidence=evidence_of(sources, self._documents),
        )

    def _respond(self, question: str, history: Sequence[Turn]) -> Any:
        return self._chat(question, history) if history else self._query(question)

    def close(self) -> None:
        """Stop the local model's server, if one runs."""
        self._model.close()

    def _query(self, question: str) -> Any:
        return self._index.as_query_engine(llm=self._llm).query(question)

    def _chat(self, question: str, history: Sequence[Turn]) -> Any:
        engine = self._index.as_chat_engine(llm=self._llm, memory=self._memory())
        return engine.chat(question, chat_history=_messages(history))

    def _memory(self) -> ChatMemoryBuffer:
        """Of one exchange. The default keeps a database and a thread open for each; what it holds is the same."""
        return ChatMemoryBuffer.from_defaults(llm=self._llm)

    def _cited(self, text: str, sources: Sequence[Source]) -> list[tuple[int, Source]]:  # noqa: ARG002 - see below
        return list(enumerate(sources, start=1))


class CitationEngine(StockLlamaIndex):
    """`CitationQueryEngine.from_args(index)`: the sources whose numbers stand in the answer are its citations.

    An answer without any number cites all that it was given.
    """

    def _query(self, question: str) -> Any:
        return self._engine().query(question)

    def _chat(self, question: str, history: Sequence[Turn]) -> Any:
        engine = CondenseQuestionChatEngine.from_defaults(
            query_engine=self._engine(), llm=self._llm, memory=self._memory()
        )
        return engine.chat(question, chat_history=_messages(history))

    def _engine(self) -> CitationQueryEngine:
        return CitationQueryEngine.from_args(self._index, llm=self._llm)

    def _cited(self, text: str, sources: Sequence[Source]) -> list[tuple[int, Source]]:
        numbers = dict.fromkeys(int(number) for number in _CITED.findall(text))
        named = [(number, sources[number - 1]) for number in numbers if 0 < number <= len(sources)]
        return named or super()._cited(text, sources)


def _llama_document(document: Document) -> LlamaDocument:
    """With the metadata of LlamaIndex's own reader of files, as far as it is shown to embedder and model."""
    return LlamaDocument(
        text=document.text,
        id_=document.name,
        metadata={"file_path": document.file, "file_name": document.file},
        excluded_embed_metadata_keys=["file_name"],
        excluded_llm_metadata_keys=["file_name"],
    )


def _messages(history: Sequence[Turn]) -> list[ChatMessage]:
    return [
        message
        for turn in history
        for message in (
            ChatMessage(role=MessageRole.USER, content=turn.question),
            ChatMessage(role=MessageRole.ASSISTANT, content=turn.answer),
        )
    ]


def _source(found: NodeWithScore) -> Source:
    node = found.node
    if not isinstance(node, TextNode):
        raise TypeError(f"LlamaIndex returned a {type(node).__name__} from an index of texts")
    return Source(
        document=node.ref_doc_id or "",
        text=_SOURCE_LABEL.sub("", node.text),
        near=node.start_char_idx or 0,
        score=float(found.score or 0.0),
    )
