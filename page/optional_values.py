"""Lets programs leave out the optional values of the public function, which Gradio would count as missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from page.bodies import replaying
from page.public_ask import LIMITS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_PATH = "/gradio_api/call/ask"
_VALUES = len(("question", "history", *LIMITS))


class OptionalValues:
    """Completes the list of values that a call of the public function sends; everything else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "POST" or scope["path"] != _PATH:
            await self._app(scope, receive, send)
            return
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        body = _completed(body)
        headers = [(key, value) for key, value in scope["headers"] if key != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._app({**scope, "headers": headers}, replaying(body, receive), send)


def _completed(body: bytes) -> bytes:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return body
    values = sent.get("data") if isinstance(sent, dict) else None
    if not isinstance(values, list) or not 0 < len(values) < _VALUES:
        return body
    return json.dumps({**sent, "data": [*values, *[None] * (_VALUES - len(values))]}).encode()
