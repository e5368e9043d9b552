"""haiku.rag runs under an interpreter of its own; what it is handed, and what is made of what it says."""

from __future__ import annotations

import json
import os
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from index_parts import HashEmbedder

from eval.peers.embedding_server import EmbeddingServer
from eval.peers.haiku import INTERPRETER, HaikuRag, PeerMissing
from eval.peers.sources import read_texts_of
from qa.answer import Turn
from qa.errors import ModelUnavailable
from qa.settings import Settings

PLAN = "青浦区2024年民政工作要点\n一、救助\n低保标准提高到1510元。\n二、养老\n新增养老床位500张。\n"
BEDS = "青浦区新增养老床位多少张？"
REAL = os.environ.get(INTERPRETER, "")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "青浦.txt").write_text(PLAN, encoding="utf-8")
    return folder


@pytest.fixture
def opened(library: Path, tmp_path: Path) -> Iterator[Callable[..., HaikuRag]]:
    """Opens the peer with a program in the interpreter's place that speaks the driver's lines."""
    peers = []

    def open_with(program: str, *, patience: float = 30) -> HaikuRag:
        interpreter = tmp_path / "interpreter"
        interpreter.write_text(f"#!{sys.executable}\nimport json, sys\n{program}", encoding="utf-8")
        interpreter.chmod(0o755)
        peers.append(
            HaikuRag(
                read_texts_of(library),
                embedder=HashEmbedder(),
                endpoint={"base_url": "http://127.0.0.1:9/v1", "model": "test-model", "api_key": "k"},
                interpreter=interpreter,
                patience=patience,
            )
        )
        return peers[-1]

    yield open_with
    for peer in peers:
        peer.close()


_READY = "given = json.loads(sys.stdin.readline())\nprint(json.dumps({'id': 0}), flush=True)\n"
_ECHO = (
    _READY
    + "for line in sys.stdin:\n"
    + "    asked = json.loads(line)\n"
    + "    told = json.dumps([given, asked['question']], ensure_ascii=False)\n"
    + "    print(json.dumps({'id': asked['id'], 'text': told, 'citations': []}), flush=True)\n"
)


def _always(reply: dict[str, Any]) -> str:
    return (
        f"{_READY}reply = json.loads({json.dumps(reply)!r})\n"
        "for line in sys.stdin:\n"
        "    print(json.dumps({'id': json.loads(line)['id'], **reply}), flush=True)\n"
    )


def test_the_peer_is_handed_the_passages_the_embedder_and_the_model(opened: Callable[..., HaikuRag]) -> None:
    given, question = json.loads(opened(_ECHO).ask(BEDS).text)
    assert question == BEDS
    assert (given["model"], given["base_url"]) == ("test-model", "http://127.0.0.1:9/v1")
    assert given["dimension"] == HashEmbedder().dimension
    (document,) = given["documents"]
    assert [piece["text"] for piece in document["pieces"]] == [
        "低保标准提高到1510元。",
        "新增养老床位500张。",
    ]
    assert document["pieces"][1]["headings"] == ["二、养老"]


def test_the_turns_before_are_written_above_a_follow_up(opened: Callable[..., HaikuRag]) -> None:
    answer = opened(_ECHO).ask("那低保呢？", history=[Turn(BEDS, "500张。")])
    _, question = json.loads(answer.text)
    assert question == f"用户：{BEDS}\n助手：500张。\n用户：那低保呢？"


def test_what_it_cites_is_a_span_of_the_document(opened: Callable[..., HaikuRag]) -> None:
    cited = [{"document": "青浦", "items": [1]}, {"document": "青浦", "items": [0, 1]}]
    answer = opened(_always({"text": "500张。", "citations": cited})).ask(BEDS)
    assert [citation.quote for citation in answer.citations] == [
        "新增养老床位500张。",
        "低保标准提高到1510元。\n二、养老\n新增养老床位500张。",
    ]
    assert all(PLAN[c.start : c.end] == c.quote for c in answer.citations)
    assert (answer.answered_by, answer.status) == ("test-model", "answered")


def test_a_refusal_cites_nothing(opened: Callable[..., HaikuRag]) -> None:
    reply = {"text": "资料中没有提到。", "citations": [{"document": "青浦", "items": [0]}]}
    answer = opened(_always(reply)).ask(BEDS)
    assert answer.status == "not_found"
    assert not answer.citations


def test_an_error_of_the_agent_is_told_and_the_next_question_is_asked(
    opened: Callable[..., HaikuRag],
) -> None:
    peer = opened(_always({"error": "UnexpectedModelBehavior: no tool call"}))
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="no tool call"):
            peer.ask(BEDS)


def test_a_peer_that_ends_is_an_error_with_its_last_words(opened: Callable[..., HaikuRag]) -> None:
    with pytest.raises(PeerMissing, match="No module named haiku"):
        opened("sys.exit('No module named haiku')")
    peer = opened(_READY)
    for _ in range(2):
        with pytest.raises(ModelUnavailable, match="没有说明原因"):
            peer.ask(BEDS)


def test_a_peer_that_says_nothing_for_too_long_is_an_error(opened: Callable[..., HaikuRag]) -> None:
    peer = opened(f"{_READY}sys.stdin.read()")
    peer._patience = 0.2
    with pytest.raises(ModelUnavailable, match=r"超过 0\.2 秒"):
        peer.ask(BEDS)


def test_a_reply_that_comes_too_late_is_not_taken_for_the_next_one(opened: Callable[..., HaikuRag]) -> None:
    late = (
        _READY
        + "for number, line in enumerate(sys.stdin):\n"
        + "    asked = json.loads(line)\n"
        + "    earlier = {'id': asked['id'] - 1, 'text': '迟到的回答', 'citations': []}\n"
        + "    reply = {'id': asked['id'], 'text': '500张。', 'citations': []}\n"
        + "    print(json.dumps(earlier), json.dumps(reply), sep='\\n', flush=True)\n"
    )
    assert opened(late).ask(BEDS).text == "500张。"


def test_without_an_interpreter_it_says_how_to_get_one(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(library=library, index_dir=tmp_path / "index", llm="none")
    monkeypatch.setenv(INTERPRETER, str(tmp_path / "nowhere"))
    with pytest.raises(PeerMissing, match=r"haiku\.rag-slim"):
        HaikuRag.open(settings)
    monkeypatch.setenv(INTERPRETER, sys.executable)
    with pytest.raises(ModelUnavailable, match="需要模型"):
        HaikuRag.open(settings)


def test_the_embedder_is_served_as_an_endpoint_that_tells_questions_from_passages() -> None:
    class Telling(HashEmbedder):
        def embed_queries(self, texts: Any) -> Any:
            return -super().embed_queries(texts)

    embedder = Telling()
    with EmbeddingServer(embedder) as server:
        found = _post(server.base_url, ["query: 床位", "床位"])
    assert np.allclose(found[0], embedder.embed_queries(["床位"])[0])
    assert np.allclose(found[1], embedder.embed_passages(["床位"])[0])


def _post(base_url: str, texts: list[str]) -> list[list[float]]:
    request = urllib.request.Request(f"{base_url}/embeddings", json.dumps({"input": texts}).encode())
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=10) as response:
        data = json.loads(response.read())["data"]
    return [item["embedding"] for item in sorted(data, key=lambda item: item["index"])]


class _ToolCaller(BaseHTTPRequestHandler):
    """A model that searches, cites the first passage that it was shown, and answers."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
        shown = [message["content"] for message in asked["messages"] if message["role"] == "tool"]
        if not shown:
            message = self._call("search", {"query": "新增养老床位"})
        elif len(shown) == 1:
            message = self._call("cite", {"chunk_ids": [shown[0].split("]")[0].lstrip("[")]})
        else:
            message = {"role": "assistant", "content": "新增500张。"}
        finish = "tool_calls" if "tool_calls" in message else "stop"
        choice = {"index": 0, "message": message, "finish_reason": finish}
        body = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _call(self, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
        function = {"name": name, "arguments": json.dumps(arguments)}
        return {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": name, "type": "function", "function": function}],
        }

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.mark.skipif(not REAL, reason=f"{INTERPRETER} names no interpreter with haiku.rag")
def test_the_real_haiku_rag_searches_cites_and_answers(library: Path) -> None:
    model = ThreadingHTTPServer(("127.0.0.1", 0), _ToolCaller)
    threading.Thread(target=model.serve_forever, args=(0.05,), daemon=True).start()
    peer = HaikuRag(
        read_texts_of(library),
        embedder=HashEmbedder(),
        endpoint={
            "base_url": f"http://127.0.0.1:{model.server_address[1]}/v1",
            "model": "test-model",
            "api_key": "k",
        },
        interpreter=Path(REAL),
        patience=120,
    )
    try:
        answer = peer.ask(BEDS)
    finally:
        peer.close()
        model.shutdown()
        model.server_close()
    assert answer.text == "新增500张。"
    assert "新增养老床位500张。" in answer.citations[0].quote
    assert PLAN[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote
