"""Reaching a Chroma server: its address, whether it is one, and the proxy that must not stand between."""

from __future__ import annotations

import base64
import json
import os
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from vectorstore.errors import IndexUnusable

HINT = "请确认 Chroma 服务已启动（例如 chroma run），QA_CHROMA_URL 写对；或取消该设置，改用内嵌的 Chroma。"
REQUEST_SECONDS = 60.0
"""How long to wait for an answer; Chroma's own client waits for ever, and has no setting for it."""

_CONNECT_SECONDS = 5.0
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


def public_address(url: str) -> str:
    """Return the address without user name and password, for messages and manifests."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")


def check_server(url: str) -> None:
    """Raise IndexUnusable unless a Chroma server answers at the address within a few seconds."""
    parts = _parts(url)
    shown = public_address(url)
    request = urllib.request.Request(public_address(url) + "/api/v2/heartbeat")  # noqa: S310 (scheme is checked)
    if parts.username:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        request.add_header("Authorization", "Basic " + base64.b64encode(secret).decode())
    proxies: dict[str, str] | None = {} if parts.hostname in _LOOPBACK else None
    opener = urllib.request.build_opener(urllib.request.ProxyHandler(proxies))
    try:
        with opener.open(request, timeout=_CONNECT_SECONDS) as response:
            answer = json.loads(response.read(10_000))
    except OSError as error:
        raise IndexUnusable(f"连不上 Chroma 服务：{shown}（{error}）。", HINT) from error
    except ValueError as error:
        raise IndexUnusable(f"{shown} 上的服务不是 Chroma。", HINT) from error
    if not isinstance(answer, dict) or "nanosecond heartbeat" not in answer:
        raise IndexUnusable(f"{shown} 上的服务不是 Chroma。", HINT)


@contextmanager
def direct_if_loopback(url: str) -> Iterator[None]:
    """Let what is connected meanwhile reach this machine directly, whatever HTTP_PROXY says."""
    host = _parts(url).hostname
    if host not in _LOOPBACK:
        yield
        return
    before = os.environ.get("no_proxy")
    exempt = before or os.environ.get("NO_PROXY") or ""
    os.environ["no_proxy"] = ",".join(filter(None, [exempt, host]))
    try:
        yield
    finally:
        if before is None:
            del os.environ["no_proxy"]
        else:
            os.environ["no_proxy"] = before


def http_sessions(client: Any) -> list[Any]:
    """Return the connections of a Chroma client, which its `close` forgets; none if it is embedded."""
    servers = (client._server, client._admin_client._server)
    return [server._session for server in servers if hasattr(server, "_session")]


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
    except ValueError:
        usable = False
    if not usable:
        shown = url.rpartition("@")[2]
        raise IndexUnusable(f"QA_CHROMA_URL 不是可用的地址：{shown}。", "地址应形如 http://127.0.0.1:8000。")
    return parts
