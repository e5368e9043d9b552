"""Which requests are taken at all: addressed to this page, sent by it or by a program, of a usable size, in time."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import re
import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from page.bodies import replaying
from page.refusal import header_of, refuse, wants_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger("page")

# A long conversation that the browser brings back or exports has some megabytes.
LARGEST_BODY = 5_000_000
_SECONDS_TO_ARRIVE = 30
_DEEPEST = 100
UPLOADS = "/documents/file"
_FORMS = ("/login", "/logout")

_HOST = re.compile(rb"[A-Za-z0-9_.\-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](?::\d{1,5})?")
_LOOPBACK = re.compile(rb"(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
# What the page and other programs use of Gradio; whatever else it offers, now or in a later release, is closed.
_OF_GRADIO = re.compile(
    r"/gradio_api/(?:info|startup-events|theme\.css|run/predict|queue/join|queue/data|cancel|heartbeat/[\w-]{1,64}"
    r"|call/ask|call/ask/[0-9a-f]{32})"
)
_CLOSED = re.compile(r"/(?:gradio_api|monitoring|svelte|pwa_icon|robots\.txt)(?:/.*)?", re.DOTALL)


class SoundRequests:
    """Refuses what no honest browser or program sends, and never lets an error's inside be seen.

    `any_host`: whether the page may be called by any name. Where nobody has to sign in, only this machine's own
    names will do: otherwise a foreign site that renames itself to 127.0.0.1 could read the page through a visitor's
    browser (DNS rebinding). With sign-in that gains it nothing, because the cookie belongs to the right name.
    """

    def __init__(self, app: ASGIApp, *, any_host: bool) -> None:
        self._app = app
        self._any_host = any_host

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watched = _Watched(scope, send)
        try:
            problem = self._problem(scope)
            if problem:
                await refuse(scope, send, *problem)
                return
            if scope["method"] not in ("GET", "HEAD", "OPTIONS") and scope["path"] != UPLOADS:
                taken = await _taken(scope, receive)
                if isinstance(taken, tuple):
                    await refuse(scope, send, *taken, headers={"connection": "close"})
                    return
                receive = taken
            await self._app(scope, receive, watched)
            await watched.ended()
        except Exception as error:
            await watched.failed(error)

    def _problem(self, scope: Scope) -> tuple[int, str] | None:
        hosts = [value for key, value in scope["headers"] if key == b"host"]
        if len(hosts) != 1 or not _HOST.fullmatch(hosts[0]):
            return 400, "请用浏览器打开启动时显示的地址。"
        if not self._any_host and not _LOOPBACK.fullmatch(hosts[0]):
            return 403, (
                "没有设置登录时，只能在本机用 http://127.0.0.1 或 http://localhost 打开。"
                "要用别的地址访问，请先用 qa user add 添加用户并设 QA_USERS。"
            )
        if _is_foreign(scope, hosts[0]):
            return 403, "请求来自别的网站，没有执行。请直接打开问答页操作。"
        if _CLOSED.fullmatch(scope["path"]) and not _OF_GRADIO.fullmatch(scope["path"]):
            return 404, ""
        return None


def _is_foreign(scope: Scope, host: bytes) -> bool:
    """Whether a browser says that another site has sent the request; opening the page from a link is no such thing."""
    site = header_of(scope, b"sec-fetch-site")
    if site in (b"cross-site", b"same-site"):
        return not (scope["method"] == "GET" and header_of(scope, b"sec-fetch-mode") == b"navigate")
    origin = header_of(scope, b"origin")
    if site or not origin or scope["method"] in ("GET", "HEAD", "OPTIONS"):
        return False
    # A proxy in front may call us by another name; then it says by which it was called itself.
    known = {host.lower(), header_of(scope, b"x-forwarded-host").lower()} - {b""}
    try:
        return urlsplit(origin).netloc.lower() not in known
    except ValueError:
        return True


async def _taken(scope: Scope, receive: Receive) -> Receive | tuple[int, str]:
    """The request with its whole body read, or why it is not taken."""
    length = header_of(scope, b"content-length")
    too_large = (
        413,
        f"一次最多传 {LARGEST_BODY // 1_000_000} MB。问题和历史请缩短些；上传文件请用文件管理页。",
    )
    if length and (not length.isdigit() or int(length[:20]) > LARGEST_BODY):
        return too_large
    body = bytearray()
    try:
        async with asyncio.timeout(_SECONDS_TO_ARRIVE):
            more = True
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    break
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > LARGEST_BODY:
                    return too_large
    except TimeoutError:
        return 408, f"{_SECONDS_TO_ARRIVE} 秒内没有传完，请检查网络后再试。"
    content = bytes(body)
    # What goes to no form is read as JSON, whatever the sender calls it; some requests have no body at all.
    is_json = b"json" in header_of(scope, b"content-type") or (content and scope["path"] not in _FORMS)
    if is_json and not await asyncio.to_thread(_is_plain_json, content):
        return 400, "请求的内容不是可用的 JSON。"
    scope.setdefault("state", {})["body"] = content
    return replaying(content, receive)


def _no_json(constant: str) -> float:
    raise ValueError(constant)


def _finite(number: str) -> float:
    value = float(number)
    return value if math.isfinite(value) else _no_json(number)


def _is_plain_json(content: bytes) -> bool:
    """Whether it is JSON of a usual depth: what is nested deeper makes readers further in give up in their own ways.

    Python also takes NaN and endless numbers, which nothing can write into a reply.
    """
    try:
        parsed = json.loads(content, parse_constant=_no_json, parse_float=_finite)
    except (ValueError, RecursionError):
        return False
    level = [parsed]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, (dict, list))
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return True
    return False


class _Watched:
    """Passes a response on; an error that speaks of our inside, or English to people, is replaced."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._begun = False
        self._replaced = False
        self._withheld: int | None = None

    async def __call__(self, message: Message) -> None:
        if self._replaced or self._withheld:
            return
        if message["type"] == "http.response.start":
            status = message["status"]
            kind = dict(message.get("headers", [])).get(b"content-type", b"")
            if 400 <= status < 500 and wants_page(self._scope) and not kind.startswith(b"text/html"):
                self._begun = self._replaced = True
                await refuse(self._scope, self._send, status, _after(status))
                return
            if status >= 500 and not kind.startswith(b"text/html") and status != 503:
                # Starlette answers first and raises afterwards: what is said waits for what was raised.
                self._withheld = status
                return
            self._begun = True
        await self._send(message)

    async def ended(self) -> None:
        """Say what an error without an exception has left unsaid."""
        if self._withheld:
            await refuse(self._scope, self._send, self._withheld, _after(self._withheld))

    async def failed(self, error: Exception) -> None:
        """Tell the reader that something went wrong, and the log what; end what has begun in an orderly way."""
        if self._begun and _is_gone(error):
            await self._send({"type": "http.response.body", "body": b""})
            return
        if not self._begun and _names_no_function(error):
            await refuse(self._scope, self._send, 404, "")
            return
        reference = secrets.token_hex(3)
        _log.error("a request failed, reference %s", reference, exc_info=error)
        if not self._begun:
            await refuse(
                self._scope, self._send, 500, f"请稍后再试；仍不行时请把编号 {reference} 告诉管理员。"
            )


def _is_gone(error: BaseException) -> bool:
    """Whether Gradio only means that there is no such conversation (any more), which it says after it has begun."""
    from starlette.exceptions import HTTPException  # noqa: PLC0415

    if isinstance(error, BaseExceptionGroup):
        return all(_is_gone(inner) for inner in error.exceptions)
    return isinstance(error, HTTPException) or isinstance(error.__cause__, HTTPException)


def _names_no_function(error: BaseException) -> bool:
    """Whether Gradio was asked for a function that the page does not have, which it looks up unchecked."""
    if not isinstance(error, KeyError):
        return False
    raised = error.__traceback__
    while raised and raised.tb_next:
        raised = raised.tb_next
    return raised is not None and raised.tb_frame.f_code.co_name == "get_fn"


def _after(status: int) -> str:
    return "请稍后再试。" if status >= 500 else ""
