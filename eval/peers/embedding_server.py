"""This project's embedder behind an OpenAI-compatible address on loopback, for peers in a process of their own."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from vectorstore.embeddings import Embedder

QUERY_MARK = "query: "
"""What a peer puts in front of a text to search with; every other text is one to be found."""


class EmbeddingServer:
    """Serves `embedder` while the context lasts; `base_url` ends in /v1."""

    def __init__(self, embedder: Embedder) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(embedder))
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler(embedder: Embedder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            given = json.loads(self.rfile.read(length))["input"]
            texts = [given] if isinstance(given, str) else given
            data = [
                {"object": "embedding", "index": index, "embedding": _vector(embedder, text)}
                for index, text in enumerate(texts)
            ]
            usage = {"prompt_tokens": 0, "total_tokens": 0}
            body = {"object": "list", "model": embedder.name, "data": data, "usage": usage}
            self._reply(json.dumps(body).encode())

        def _reply(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    return Handler


def _vector(embedder: Embedder, text: str) -> list[float]:
    is_query = text.startswith(QUERY_MARK)
    vectors = (
        embedder.embed_queries([text.removeprefix(QUERY_MARK)])
        if is_query
        else embedder.embed_passages([text])
    )
    return [float(value) for value in vectors[0]]
