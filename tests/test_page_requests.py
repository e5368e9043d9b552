"""Requests that no honest browser or program sends: each gets a clear refusal, and nothing of the inside is shown."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import RunningPage, running_page
from web import HTML, ask_api, send

from qa.settings import Settings

# Sends a server whole sets of requests.
pytestmark = pytest.mark.thorough

SMART_HOMES = "杨浦2023年建设智慧养老院几家？"
INSIDE = (
    "Traceback",
    'File "',
    "site-packages",
    "uvicorn",
    "starlette",
    "gradio.",
    "pydantic",
    "Error(",
)


@pytest.fixture(scope="module")
def page(seeds_settings: Settings) -> Iterator[RunningPage]:
    settings = {"QA_LIBRARY": str(seeds_settings.library), "QA_INDEX_DIR": str(seeds_settings.index_dir)}
    with running_page(**settings) as running:
        yield running
        assert ask_api(running.address, [SMART_HOMES, None, None])[0] == "complete", (
            "still answering after all this"
        )
    # Gradio writes into the log what its own functions cannot read; nothing of ours may fail.
    assert not any("a request failed" in line for line in running.errors), "".join(running.errors)


def raw(page: RunningPage, request: bytes, *, patience: float = 10) -> bytes:
    """What comes back for these very bytes."""
    place = urlsplit(page.address)
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=patience) as connection:
        try:
            connection.sendall(request)
            received = b""
            while piece := connection.recv(65_536):
                received += piece
        except (TimeoutError, ConnectionError):
            pass
        return received


# ── the question function for other programs ──


@pytest.mark.parametrize(
    "data",
    [
        ["问" * 350_000, None, None],
        ["", None, None],
        [None, None, None],
        [5, None, None],
        [["杨浦"], None, None],
        [{"question": "杨浦"}, None, None],
        [SMART_HOMES, "history", None],
        [SMART_HOMES, [{"question": "q", "answer": "a"}] * 10_000, None],
        [SMART_HOMES, [{"answer": "a"}], None],
        [SMART_HOMES, [{"question": 5}], None],
        [SMART_HOMES, [{"question": "q", "answer": ["a"]}], None],
        [SMART_HOMES, ["q"], None],
        [SMART_HOMES, [None], None],
        [SMART_HOMES, {"question": "q"}, None],
        [SMART_HOMES, None, "杨浦"],
        [SMART_HOMES, None, [5]],
        [SMART_HOMES, None, ["没有这份文件"]],
        [SMART_HOMES, None, ["x"] * 100_000],
        [SMART_HOMES, None, {"name": "x"}],
        ["\ud800", None, None],
        ["\x00", None, None],
    ],
    ids=range(21),
)
def test_a_question_that_is_none_gets_a_chinese_error(page: RunningPage, data: list[Any]) -> None:
    started = time.monotonic()
    kind, said = ask_api(page.address, data)
    assert kind == "error", said
    told = said["error"]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in told), told
    assert not any(part in told for part in INSIDE), told
    assert len(told) < 600
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("data", [[], [SMART_HOMES], [1, 2, 3, 4, 5, 6]])
def test_too_few_or_too_many_values_are_an_error_too(page: RunningPage, data: list[Any]) -> None:
    called = send(page.address, "/gradio_api/call/ask", json_body={"data": data})
    if called.status == 200:
        kind, _ = ask_api(page.address, data)
        assert kind in ("error", "complete")
    else:
        assert 400 <= called.status < 500


# ── bodies ──


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/call/ask",
        "/gradio_api/queue/join",
        "/gradio_api/run/predict",
        "/gradio_api/cancel",
        "/login",
        "/documents/add",
        "/export",
        "/feedback",
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"data":' + b"[" * 500 + b"]" * 500 + b"}",
        b"nonsense",
        b"\xff\xfe\x00",
        b"null",
        b"[]",
        b'{"data": "x"}',
        b'{"data": [], "fn_index": 99999}',
        b'{"data": [], "fn_index": -1, "session_hash": "s"}',
        b'{"data": [], "fn_index": "x", "session_hash": {}}',
        b'{"data": [], "fn_index": 1, "session_hash": "s", "event_data": [[[]]], "trigger_id": 1e400}',
        b'{"data": [1, 2, 3, 4, 5, 6, 7, 8], "fn_index": 2, "session_hash": "s"}',
        b'{"event_id": "x", "session_hash": "nobody", "fn_index": 0}',
        b'{"data": [' + b"9" * 5000 + b"]}",
    ],
    ids=range(17),
)
def test_a_body_that_is_none_is_refused_without_a_trace(page: RunningPage, path: str, body: bytes) -> None:
    for kind in ("application/json", "text/plain"):
        reply = send(page.address, path, body=body, headers={"content-type": kind})
        assert reply.status < 500 or "意外" in reply.text, (reply.status, reply.text)
        assert not any(part in reply.text for part in INSIDE), reply.text


@pytest.mark.parametrize(
    "path", ["/gradio_api/call/ask", "/gradio_api/queue/join", "/documents/add", "/login"]
)
def test_an_oversized_body_is_413_in_chinese_also_when_its_size_is_not_said(
    page: RunningPage, path: str
) -> None:
    large = b'{"data": ["' + b"x" * 6_000_000 + b'"]}'
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n".encode()
    said = raw(page, head + f"Content-Length: {len(large)}\r\n\r\n".encode())
    assert b" 413 " in said.split(b"\r\n")[0]
    assert "内容太大" in said.decode()
    chunks = b"".join(b"10000\r\n" + large[n : n + 65_536] + b"\r\n" for n in range(0, 5_500_000, 65_536))
    said = raw(page, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    assert not said or b" 413 " in said.split(b"\r\n")[0]


@pytest.mark.parametrize("length", ["-1", "x", "9" * 5000, "1, 2", "0x10"])
def test_a_length_that_is_no_number_is_refused(page: RunningPage, length: str) -> None:
    request = f"POST /gradio_api/call/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
    status = raw(page, request.encode()).split(b"\r\n")[0]
    assert b" 400 " in status or b" 413 " in status


def test_headers_without_end_are_cut_off(page: RunningPage) -> None:
    head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    said = raw(page, head + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(300)))
    assert b" 400 " in said.split(b"\r\n")[0] or b" 431 " in said.split(b"\r\n")[0]
    assert not any(part.encode() in said for part in INSIDE)


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET / HTTP/9.9",
        b"\x16\x03\x01\x02\x00",
        b"BREW /coffee HTTP/1.1",
        b"GET http://evil.example/ HTTP/1.1",
        b"CONNECT evil.example:443 HTTP/1.1",
        b"GET /\x00 HTTP/1.1",
        b"GET /%00 HTTP/1.1",
        b"TRACE / HTTP/1.1",
    ],
)
def test_a_request_that_is_none_ends_without_a_trace(page: RunningPage, request_line: bytes) -> None:
    said = raw(page, request_line + b"\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", patience=5)
    assert not any(part.encode() in said for part in INSIDE)
    assert b"HTTP/1.1 5" not in said


# ── who is asking ──


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:7860",
        "10.0.0.1",
        "[::2]",
        "",
        "127.0.0.1 evil",
        "localhost:port",
        "user@127.0.0.1",
    ],
)
def test_another_name_for_this_machine_is_refused_without_sign_in(page: RunningPage, host: str) -> None:
    for path in ("/", "/config", "/document?name=x", "/gradio_api/info", "/page/script.js"):
        said = raw(page, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert said.split(b"\r\n")[0].split()[1] in (b"400", b"403"), (path, said)
        assert "杨浦".encode() not in said


def test_a_missing_or_doubled_name_is_refused(page: RunningPage) -> None:
    for hosts in (b"", b"Host: 127.0.0.1\r\nHost: evil.example\r\n"):
        said = raw(page, b"GET / HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
        assert b" 400 " in said.split(b"\r\n")[0]


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "127.1.2.3", "[::1]"])
def test_this_machines_own_names_are_answered(page: RunningPage, name: str) -> None:
    port = page.address.rsplit(":", 1)[1]
    assert send(page.address, "/gradio_api/info", headers={"host": f"{name}:{port}"}).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://127.0.0.1"},
        {"origin": "http://127.0.0.1:1"},
        {"origin": "http://[broken"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "origin": "http://evil.example"},
    ],
)
def test_another_site_cannot_ask_through_a_visitors_browser(
    page: RunningPage, headers: dict[str, str]
) -> None:
    for path in (
        "/gradio_api/call/ask",
        "/gradio_api/run/predict",
        "/documents/batch",
        "/export",
        "/feedback",
    ):
        reply = send(page.address, path, json_body={"data": [SMART_HOMES, None, None]}, headers=headers)
        assert reply.status == 403
        assert "别的网站" in reply.text
        assert "access-control-allow-origin" not in reply.headers


def test_a_link_from_elsewhere_opens_the_page_but_its_parts_cannot_be_embedded(page: RunningPage) -> None:
    from_elsewhere = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"} | HTML
    opened = send(page.address, "/", headers=from_elsewhere)
    assert opened.status == 200
    assert "frame-ancestors 'none'" in opened.headers["content-security-policy"]
    embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert send(page.address, "/document?name=x", headers=embedded).status == 403


def test_no_other_origin_is_told_that_it_may_read(page: RunningPage) -> None:
    for headers in ({"origin": "http://evil.example"}, {"origin": "http://localhost:3000"}):
        for method in ("GET", "OPTIONS"):
            asked = headers | {"access-control-request-method": "POST"}
            reply = send(page.address, "/gradio_api/info", method=method, headers=asked)
            assert "access-control-allow-origin" not in reply.headers


# ── paths, headers, errors ──


@pytest.mark.parametrize(
    "path",
    [
        "/document?name=../../etc/passwd",
        "/document?name=%2e%2e%2fapp",
        "/document?name=",
        "/document",
        "/document?name=x&start=a",
        "/document?name=x&start=99999999999999999999&end=-1",
        "/document?name=%00",
        "/page/../app.py",
        "/page/..%2fapp.py",
        "/page/server.py",
        "/page/%2e%2e/app.py",
        "/page//etc/passwd",
        "/static/../../../../etc/passwd",
        "/static/..%2f..%2f..%2fetc/passwd",
        "/assets/..%2f..%2f..%2fetc/passwd",
        "/file=/etc/passwd",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/gradio_api//file=x",
        "/gradio_api/../config",
        "/gradio_api/run/ask",
        "/gradio_api/api/ask",
        "/gradio_api/call/v2/nothing",
        "/gradio_api/call/nothing",
        "/gradio_api/heartbeat/" + "x" * 5000,
        "/gradio_api/queue/data",
        "/gradio_api/queue/data?session_hash=nobody",
        "/gradio_api/call/ask/" + "0" * 32,
        "/gradio_api/component_server",
        "/gradio_api/vibe-code",
        "/gradio_api/profiling/traces",
        "/gradio_api/login_check",
        "/gradio_api/user",
        "/monitoring",
        "/monitoring/summary",
        "/svelte/x",
        "/docs",
        "/redoc",
        "/openapi.json",
        "/nowhere",
        "/" + "x" * 9000,
        "/indicators?name=../../etc/passwd",
        "/library/../config",
        "/documents/../app.py",
    ],
)
def test_no_path_leads_to_a_file_or_a_trace(page: RunningPage, path: str) -> None:
    for headers in ({}, HTML):
        reply = send(page.address, path, headers=headers)
        assert reply.status < 500, (path, reply.text)
        assert "root:" not in reply.text
        assert not any(part in reply.text for part in INSIDE), (path, reply.text[:300])
        assert "server" not in reply.headers
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        if reply.status >= 400 and headers:
            assert reply.headers["content-type"].startswith("text/html")
            assert 'lang="zh-CN"' in reply.text


def test_the_policy_allows_this_origin_alone(page: RunningPage) -> None:
    policy = send(page.address, "/").headers["content-security-policy"]
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'none'"]
    assert "'unsafe-inline'" not in rules["script-src"]
    assert not any(
        "*" in source or "//" in source or source == "https:"
        for sources in rules.values()
        for source in sources
    )
    assert send(page.address, "/").headers["content-security-policy"] != policy, "a nonce is used once"


def test_a_body_that_stops_arriving_holds_nothing_up(page: RunningPage) -> None:
    place = urlsplit(page.address)
    held = []
    try:
        for _ in range(30):
            connection = socket.create_connection((place.hostname or "", place.port or 0), timeout=10)
            connection.sendall(
                b"POST /gradio_api/call/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                b"Content-Length: 1000\r\n\r\n{"
            )
            held.append(connection)
        kind, answer = ask_api(page.address, [SMART_HOMES, None, None])
        assert kind == "complete"
        assert "3家" in json.dumps(answer, ensure_ascii=False)
    finally:
        for connection in held:
            connection.close()
