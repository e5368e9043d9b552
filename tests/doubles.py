"""Stand-ins for what is not ours: somebody else's model service, and a model file.

Both are real at the seam: the service is an HTTP server on loopback that answers what was queued and
records what it was asked; the model is a GGUF file that the real engine loads.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

_KEEP_ALIVE = b": keep-alive\n\n"


@dataclass(frozen=True)
class Request:
    """What the service was asked: headers by lower-case name, body as parsed JSON."""

    path: str
    headers: dict[str, str]
    body: Any


class FakeOpenAI:
    """An OpenAI-compatible service on loopback. Use it as a context manager; `base_url` is its address.

    Each call of `reply`, `fail`, … queues what happens to one request, in order. Unqueued chat requests
    fail with status 599; unqueued embedding requests get vectors that depend on the text alone.
    """

    def __init__(self, *, dimension: int = 8) -> None:
        self.requests: list[Request] = []
        self.closed_early = threading.Event()
        """Set when the client left before the end of an answer."""
        self._dimension = dimension
        self._behaviours: deque[Callable[[_Handler], None]] = deque()
        self._over = threading.Event()
        self._let_go = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_for(self))
        self._server.daemon_threads = True
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> FakeOpenAI:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.let_go()
        self._server.shutdown()
        self._server.server_close()

    def reply(self, text: str, *, finish_reason: str = "stop") -> None:
        """Answer with this text, streamed character by character."""

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_event(_chunk(""))
            for character in text:
                handler.send_event(_chunk(character))
            handler.send_event(_chunk(None, finish_reason))
            handler.send_event({**_chunk(None), "choices": [], "usage": {"total_tokens": 1}})
            handler.send_data("[DONE]")

        self._behaviours.append(behave)

    def reply_word(self, word: str, likely: dict[str, float]) -> None:
        """Answer with this word, telling how likely (log-probabilities) it and others were."""
        told = [{"token": token, "logprob": odds, "bytes": None} for token, odds in likely.items()]
        first = _chunk(word)
        first["choices"][0]["logprobs"] = {"content": [{**told[0], "top_logprobs": told}]}

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_event(first)
            handler.send_event(_chunk(None, "stop"))
            handler.send_data("[DONE]")

        self._behaviours.append(behave)

    def reply_embeddings(self, body: Any) -> None:
        """Answer an embedding request with this JSON body."""
        self._behaviours.append(lambda handler: handler.send_json(200, body))

    def fail(self, status: int, message: str = "refused", headers: dict[str, str] | None = None) -> None:
        """Refuse with this HTTP status."""
        body = {"error": {"message": message, "type": "error", "code": status}}
        self._behaviours.append(lambda handler: handler.send_json(status, body, headers))

    def hang(self) -> None:
        """Accept the request and never answer."""
        self._behaviours.append(lambda _: self._wait())

    def hang_midway(self, text: str) -> None:
        """Send this text, then nothing more, without closing."""

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_event(_chunk(text))
            self._wait()

        self._behaviours.append(behave)

    def keep_alive(self) -> None:
        """Send nothing but keep-alive comments, as a busy service does."""
        self._behaviours.append(lambda handler: self._repeat(handler, _KEEP_ALIVE))

    def chatter(self, text: str = "说") -> None:
        """Send this text over and over, with keep-alive comments between, until the client leaves."""
        event = f"data: {json.dumps(_chunk(text))}\n\n".encode()
        self._behaviours.append(lambda handler: self._repeat(handler, event, _KEEP_ALIVE))

    def garbage(self) -> None:
        """Answer 200 with an event stream whose data is no JSON."""

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_data("<html>502 Bad Gateway")

        self._behaviours.append(behave)

    def web_page(self) -> None:
        """Answer 200 with a web page: what an address without /v1 often gives."""
        self._behaviours.append(
            lambda handler: handler.send_body(200, "text/html", b"<html><body>Hello</body>")
        )

    def error_midway(self, text: str, message: str) -> None:
        """Send this text, then report an error inside the stream."""

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_event(_chunk(text))
            handler.send_event({"error": {"message": message}})

        self._behaviours.append(behave)

    def break_midway(self, text: str) -> None:
        """Send this text, then end the connection without the end of the answer."""

        def behave(handler: _Handler) -> None:
            handler.start_stream()
            handler.send_event(_chunk(text))

        self._behaviours.append(behave)

    def _answer(self, handler: _Handler) -> None:
        if self._behaviours:
            self._behaviours.popleft()(handler)
        elif handler.path.endswith("/embeddings"):
            texts = self.requests[-1].body["input"]
            data = [{"index": i, "embedding": self._vector(text)} for i, text in enumerate(texts)]
            handler.send_json(200, {"object": "list", "data": data, "model": "fake"})
        else:
            handler.send_json(599, {"error": {"message": "nothing queued"}})

    def _vector(self, text: str) -> list[float]:
        digest = hashlib.shake_128(text.encode()).digest(self._dimension)
        return [byte - 127.5 for byte in digest]

    def let_go(self) -> None:
        """End the connections of all that hang."""
        self._let_go.set()
        self._let_go = threading.Event()

    def _wait(self) -> None:
        self._let_go.wait(30)

    def _repeat(self, handler: _Handler, *pieces: bytes) -> None:
        handler.start_stream()
        for piece in itertools.cycle(pieces):
            handler.wfile.write(piece)
            if self._over.wait(0.02):
                return


class _Handler(BaseHTTPRequestHandler):
    fake: FakeOpenAI

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.fake.requests.append(Request(self.path, headers, json.loads(body)))
        self.close_connection = True
        try:
            self.fake._answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.fake.closed_early.set()

    def send_body(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (
            {"Content-Type": kind, "Content-Length": str(len(body))} | (headers or {})
        ).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        self.send_body(status, "application/json", json.dumps(body).encode(), headers)

    def start_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def send_data(self, data: str) -> None:
        self.wfile.write(f"data: {data}\n\n".encode())

    def send_event(self, event: Any) -> None:
        self.send_data(json.dumps(event, ensure_ascii=False))

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def _handler_for(service: FakeOpenAI) -> type[_Handler]:
    class Handler(_Handler):
        fake = service

    return Handler


def _chunk(text: str | None, finish_reason: str | None = None) -> dict[str, Any]:
    delta = {} if text is None else {"content": text}
    choice = {"index": 0, "delta": delta, "finish_reason": finish_reason}
    return {
        "id": "fake",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "fake",
        "choices": [choice],
    }


def write_tiny_model(path: Path, *, says: str = "好") -> Path:
    """Write a GGUF model of one layer (about 100 kB) that answers anything with `says` over and over.

    All weights but the norms and the output are zero, so every position holds the same vector, and the
    output layer gives that vector to one word.
    """
    width, words = 32, ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), says]
    kinds = [2, 3, 3, *([6] * 256), 1]  # unknown, control, control, byte …, normal
    template = "{% for message in messages %}{{ message['content'] }}{% endfor %}"
    values: dict[str, Any] = {
        "general.architecture": "llama",
        "general.name": "tiny",
        "llama.context_length": 512,
        "llama.embedding_length": width,
        "llama.block_count": 1,
        "llama.feed_forward_length": width,
        "llama.attention.head_count": 1,
        "llama.attention.head_count_kv": 1,
        "llama.attention.layer_norm_rms_epsilon": 1e-5,
        "llama.rope.dimension_count": width,
        "tokenizer.ggml.model": "llama",
        "tokenizer.ggml.tokens": words,
        "tokenizer.ggml.scores": [0.0] * len(words),
        "tokenizer.ggml.token_type": kinds,
        "tokenizer.ggml.bos_token_id": 1,
        "tokenizer.ggml.eos_token_id": 2,
        "tokenizer.chat_template": template,
    }
    ones, square = [1.0] * width, [0.0] * (width * width)
    layer = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
    tensors: dict[str, tuple[list[int], list[float]]] = {
        "token_embd.weight": ([width, len(words)], ones * len(words)),
        "blk.0.attn_norm.weight": ([width], ones),
        "blk.0.ffn_norm.weight": ([width], ones),
        **{f"blk.0.{name}.weight": ([width, width], square) for name in layer},
        "output_norm.weight": ([width], ones),
        "output.weight": ([width, len(words)], [0.0] * (width * (len(words) - 1)) + ones),
    }
    path.write_bytes(b"".join(_gguf(values, tensors)))
    return path


def _gguf(values: dict[str, Any], tensors: dict[str, tuple[list[int], list[float]]]) -> Iterator[bytes]:
    head = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(values))
    head += b"".join(_text(name) + _value(value) for name, value in values.items())
    offset, data = 0, b""
    for name, (shape, numbers) in tensors.items():
        head += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, offset)
        data += struct.pack(f"<{len(numbers)}f", *numbers)  # a multiple of the alignment, 32 bytes
        offset = len(data)
    yield head + bytes(-len(head) % 32)
    yield data


def _text(text: str) -> bytes:
    return struct.pack("<Q", len(text.encode())) + text.encode()


def _value(value: Any) -> bytes:
    if isinstance(value, list):
        kind, _ = _plain(value[0])
        items = b"".join(_plain(item)[1] for item in value)
        return struct.pack("<IIQ", 9, kind, len(value)) + items
    kind, packed = _plain(value)
    # The format tells counts (unsigned) from other whole numbers; only lists hold the latter here.
    return struct.pack("<I", 4 if kind == 5 else kind) + packed


def _plain(value: Any) -> tuple[int, bytes]:
    if isinstance(value, str):
        return 8, _text(value)
    if isinstance(value, float):
        return 6, struct.pack("<f", value)
    return 5, struct.pack("<i", value)


def wait_until(holds: Callable[[], bool], *, seconds: float = 10) -> bool:
    """Whether the condition comes to hold in time."""
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True
