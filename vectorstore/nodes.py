"""The document walk on llama-index-core's interfaces, so that the parts fit into any LlamaIndex program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, TextNode

from vectorstore.documents import Document, Passage
from vectorstore.embeddings import Embedder
from vectorstore.metadata import describe
from vectorstore.numerals import describe_years
from vectorstore.passages import passages_of


def node_of(passage: Passage, *, title: str = "") -> TextNode:
    """A passage as a TextNode: exact offsets, flat metadata, id as in the index."""
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document": passage.document,
            "title": title,
            "region": passage.region,
            "years": describe_years(passage.years),
            "section": " / ".join(passage.section),
            "kind": passage.kind,
            "context": passage.context,
        },
        # A model or embedder should see the context once, as one block before the text.
        excluded_embed_metadata_keys=["document", "title", "region", "years", "section", "kind"],
        excluded_llm_metadata_keys=["document", "kind", "context"],
        metadata_template="{value}",
    )


class PlanNodeParser(NodeParser):
    """Splits plans by their structure into nodes with exact offsets (see `vectorstore.passages`)."""

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises this parser."""
        return "PlanNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **_: Any
    ) -> list[BaseNode]:
        parsed: list[BaseNode] = []
        for node in nodes:
            text = node.get_content()
            name = Path(str(node.metadata.get("file_name") or node.node_id)).stem
            document = Document(name, name, text, describe(text, folder=Path(), name=name))
            parsed.extend(
                node_of(passage, title=document.metadata.title) for passage in passages_of(document)
            )
        return parsed


class PlanEmbedding(BaseEmbedding):
    """Any `Embedder` of this project as a LlamaIndex embedding model."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises this embedding model."""
        return "PlanEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return [float(value) for value in self._embedder.embed_queries([query])[0]]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(value) for value in vector] for vector in self._embedder.embed_passages(texts)]
