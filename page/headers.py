"""What every response says to the browser: only this origin may be loaded, run or asked."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# 'unsafe-eval': Gradio compiles the fixed template of its HTML component with Function(). Markup that is
# slipped into the page cannot use it: inline scripts and handlers need the nonce, which differs each time.
# Gradio sets style attributes throughout, hence 'unsafe-inline' for styles.
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
_HEADERS = {
    # Not "no-referrer": with it browsers call the origin of our own forms null, and we could not know them as ours.
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-resource-policy": "same-origin",
}
# Gradio's scripts and styles carry a digest of their contents in their names: a browser need never ask again.
_LASTING = "/assets/"
_SCRIPT = re.compile(r"<script(?=[\s>])")
_OUTSIDE = re.compile(r'<meta property="(?:og|twitter):[^>]*>|<meta name="twitter:[^>]*>')


class OwnOriginOnly:
    """Puts the security headers on every response and the page's own head and header into Gradio's page."""

    def __init__(self, app: ASGIApp, header: Callable[[str], str]) -> None:
        """`header` makes the page's header for the user of that name, empty where nobody signs in."""
        self._app = app
        self._header = header

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (or pass on what is no HTTP request)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        is_page = scope["path"] == "/" and scope["method"] == "GET"
        outgoing = _with_headers(send, nonce, lasting=scope["path"].startswith(_LASTING))
        if is_page:
            outgoing = self._rewriting(scope, outgoing, nonce)
        await self._app(scope, receive, outgoing)

    def _rewriting(self, scope: Scope, send: Send, nonce: str) -> Send:
        """Hold the page back until it is complete, then send it completed."""
        start: Message = {}
        body = b""

        async def rewrite(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            if start.get("status") != 200:
                await send(message)
                return
            if message["type"] == "http.response.start":
                return
            body += message.get("body", b"")
            if message.get("more_body"):
                return
            # In a thread: an index that was replaced is opened anew, which takes its time.
            user = scope.get("state", {}).get("user", "")
            header = await asyncio.to_thread(self._header, user)
            page = completed_page(body.decode(), header, nonce).encode()
            headers = [(key, value) for key, value in start["headers"] if key.lower() != b"content-length"]
            headers += [(b"content-length", str(len(page)).encode()), (b"cache-control", b"no-store")]
            await send({**start, "headers": headers})
            await send({"type": "http.response.body", "body": page})

        return rewrite


def completed_page(page: str, header: str, nonce: str) -> str:
    """Gradio's page in Chinese, with our style, script and header, and the nonce that lets its scripts run.

    The header stands in the page itself, so that it is there before Gradio's script has started.
    """
    page = _OUTSIDE.sub("", page).replace('lang="en"', 'lang="zh-CN"', 1)
    page = _SCRIPT.sub(f'<script nonce="{nonce}"', page)
    head = (
        '<link rel="stylesheet" href="page/style.css"><link rel="icon" href="page/icon.svg">'
        '<script src="page/scripts/theme.js"></script><script defer src="page/session.js"></script>'
        '<script type="module" src="page/script.js"></script></head>'
    )
    body = f'{header}<div id="announcer" role="status" class="visually-hidden"></div><gradio-app'
    return page.replace("</head>", head, 1).replace("<gradio-app", body, 1)


def _with_headers(send: Send, nonce: str, *, lasting: bool) -> Send:
    fixed = {**_HEADERS, "content-security-policy": _POLICY.format(nonce=nonce)}
    if lasting:
        fixed["cache-control"] = "private, max-age=31536000, immutable"

    async def add(message: Message) -> None:
        if message["type"] == "http.response.start":
            if message["status"] >= 400:
                fixed.pop("cache-control", None)
            added = [(key.encode(), value.encode()) for key, value in fixed.items()]
            message = {**message, "headers": [*message.get("headers", []), *added]}
        await send(message)

    return add
