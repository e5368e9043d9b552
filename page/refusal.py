"""What a request gets that is not answered: a page for people, JSON for programs, both in Chinese."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from page.full_text import message_page
from page.rendering import notice_html

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send

TITLES = {
    400: "请求有误",
    401: "请先登录",
    403: "不能这样访问",
    404: "没有这个页面",
    405: "不能这样访问",
    408: "请求没有传完",
    413: "内容太大",
    422: "请求有误",
    429: "请稍后再试",
    503: "暂时不能回答",
}
_HINTS = {
    400: "请检查请求的内容。",
    404: "请检查地址，或回到问答页。",
    405: "请从问答页重新进入。",
    422: "请检查请求的内容。",
}
UNEXPECTED = "系统出现意外问题"


def wants_page(scope: Scope) -> bool:
    """Whether a person navigates there, rather than a script or program."""
    return b"text/html" in header_of(scope, b"accept")


def header_of(scope: Scope, name: bytes) -> bytes:
    """A header's value (the first, as sent), empty where there is none."""
    return next((value for key, value in scope["headers"] if key == name), b"")


async def refuse(
    scope: Scope, send: Send, status: int, hint: str = "", headers: Mapping[str, str] | None = None
) -> None:
    """Answer with an error: what happened by its status, and what to do."""
    title, hint = TITLES.get(status, UNEXPECTED), hint or _HINTS.get(status, "")
    if wants_page(scope):
        kind, body = "text/html; charset=utf-8", _page(title, hint)
    else:
        # Gradio's own page shows `detail`, its clients `error`.
        told = f"{title}。{hint}"
        kind, body = "application/json", json.dumps({"error": told, "detail": told}, ensure_ascii=False)
    fields = {"content-type": kind, "cache-control": "no-store", **(headers or {})}
    content = body.encode()
    start: Message = {
        "type": "http.response.start",
        "status": status,
        "headers": [
            *((key.encode(), value.encode()) for key, value in fields.items()),
            (b"content-length", str(len(content)).encode()),
        ],
    }
    await send(start)
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})


def _page(title: str, hint: str) -> str:
    back = '<p><a href="/">回到问答页</a></p>'
    return message_page(title, notice_html(hint) + back)
