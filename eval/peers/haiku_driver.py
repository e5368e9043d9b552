"""The other end of `eval.peers.haiku`: run by an interpreter that has haiku.rag, which this project does not install.

Reads JSON lines: first the settings and the documents in pieces, then {"id", "question"}. Writes one JSON line for each:
{"id": 0} when ready, then {"id", "text", "citations": [{"document", "items"}]} with the positions of the cited pieces, or
{"id", "error"}.
"""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any


def _config(given: dict[str, Any]) -> Any:
    embedder = {
        "provider": "openai",
        "name": "peer-embedder",
        "vector_dim": given["dimension"],
        "base_url": given["embedding_url"],
        "api_key": "none",
        "query_prefix": given["query_mark"],
    }
    model = {
        "provider": "openai",
        "name": given["model"],
        "base_url": given["base_url"],
        "api_key": given["api_key"] or "none",
        "temperature": 0.0,
    }
    config = import_module("haiku.rag.config").AppConfig
    return config.model_validate({"embeddings": {"model": embedder}, "qa": {"model": model}})


def _imports(documents: list[dict[str, Any]]) -> list[Any]:
    """Each document with its pieces as chunks: its own splitter needs a tokenizer that it would download."""
    chunk = import_module("haiku.rag.store.models.chunk").Chunk
    prepared = import_module("haiku.rag.client").DocumentImport
    docling = import_module("docling_core.types.doc.document").DoclingDocument
    label = import_module("docling_core.types.doc.labels").DocItemLabel.TEXT
    imports = []
    for document in documents:
        whole = docling(name=document["name"])
        chunks = []
        for order, piece in enumerate(document["pieces"]):
            item = whole.add_text(label=label, text=piece["text"])
            metadata = {"doc_item_refs": [item.self_ref], "headings": piece["headings"], "labels": ["text"]}
            chunks.append(chunk(content=piece["text"], order=order, metadata=metadata))
        imports.append(
            prepared(docling_document=whole, chunks=chunks, uri=document["name"], title=document["title"])
        )
    return imports


async def _answer(rag: Any, question: str) -> dict[str, Any]:
    try:
        text, citations = await rag.ask(question)
    except Exception as error:  # told to the other end, which raises it
        return {"error": f"{type(error).__name__}: {error}"}
    cited = [
        {
            "document": citation.document_uri,
            "items": [int(reference.rsplit("/", 1)[1]) for reference in citation.doc_item_refs],
        }
        for citation in citations
    ]
    return {"text": text, "citations": cited}


async def _serve() -> None:
    given = json.loads(sys.stdin.readline())
    client = import_module("haiku.rag.client").HaikuRAG
    with tempfile.TemporaryDirectory() as folder:
        async with client(Path(folder) / "peer.lancedb", config=_config(given), create=True) as rag:
            await rag.import_documents(_imports(given["documents"]))
            _say({"id": 0})
            while line := await asyncio.to_thread(sys.stdin.readline):
                asked = json.loads(line)
                _say({"id": asked["id"], **await _answer(rag, asked["question"])})


def _say(message: dict[str, Any]) -> None:
    print(json.dumps(message, ensure_ascii=True), flush=True)


if __name__ == "__main__":
    asyncio.run(_serve())
