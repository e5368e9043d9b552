"""The document walk on llama-index-core's interfaces, so that the parts fit into any LlamaIndex program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, NodeRelationship, TextNode
from llama_index.core.schema import Document as LlamaDocument

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
    """Splits plans by their structure into nodes with exact offsets (see `vectorstore.passages`).

    Page furniture gives no node. A `catalogue.toml` counts where a node names its file by `file_path`.
    """

    @classmethod
    def class_name(cls) -> str:
        """Name under which LlamaIndex serialises this parser."""
        return "PlanNodeParser"

    def _parse_nodes(
        self,
        nodes: Sequence[BaseNode],
        show_progress: bool = False,  # noqa: ARG002 - theirs
        **_: Any,
    ) -> list[BaseNode]:
        return [parsed for node in nodes for parsed in _nodes_of(node)]

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, LlamaDocument]
    ) -> list[BaseNode]:
        # LlamaIndex looks the text up to set offsets, which goes astray where a text repeats: ours are exact.
        exact = [
            (node, node.start_char_idx, node.end_char_idx) for node in nodes if isinstance(node, TextNode)
        ]
        processed = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, start, end in exact:
            node.start_char_idx, node.end_char_idx = start, end
        return processed


def _nodes_of(source: BaseNode) -> list[TextNode]:
    text = source.get_content()
    path = Path(str(source.metadata.get("file_path") or source.metadata.get("file_name") or source.node_id))
    folder = path.parent if "file_path" in source.metadata else None
    document = Document(path.stem, path.name, text, describe(text, folder=folder, name=path.stem))
    parsed = []
    for passage in passages_of(document):
        if passage.kind != "furniture":
            node = node_of(passage, title=document.metadata.title)
            node.relationships[NodeRelationship.SOURCE] = source.as_related_node_info()
            parsed.append(node)
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
