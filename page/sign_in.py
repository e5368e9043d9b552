"""Signing in and out, and the door in front of everything else."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from page.attempts import Attempts
from page.refusal import header_of, refuse, wants_page
from page.sessions import SECONDS, Sessions
from page.sign_in_page import sign_in_page
from qa.errors import UsersUnusable
from qa.users.accounts import UsersFile

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

COOKIE = "qa_session"
# How it looks: the page to sign in with needs some of it, and nothing in it is anybody's.
_OPEN = re.compile(r"/page/(?:scripts/|styles/)?[\w-]+\.(?:css|js|svg)")
_LONGEST_FORM = 4_000
# More people than that are waiting for their passwords to be checked only when somebody is guessing.
_MOST_WAITING = 20
_WRONG = "用户名或密码不对。"


class SignIn:
    """Lets nobody in who has not signed in; without a users file everybody is let in, nameless.

    Puts the user's name into `scope["state"]["user"]`. Sessions are told apart by a cookie that scripts cannot
    read and other sites' pages cannot send.
    """

    def __init__(self, app: ASGIApp, *, users: UsersFile | None) -> None:
        self._app = app
        self._users = users
        self._sessions = Sessions(users) if users else None
        self._attempts = Attempts()
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            await self._answer(scope, receive, send)
        except UsersUnusable as error:
            # Whose file it is and what is wrong with it concerns the administrator alone.
            await refuse(scope, send, 503, "现在无法登录，请联系管理员检查用户文件。")
            del error

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, sessions = scope["path"], self._sessions
        if self._users is None or sessions is None:
            passes = path not in ("/login", "/logout")
            await (self._app(scope, receive, send) if passes else _move(scope, send, "/"))
            return
        identifier = _cookie(scope)
        user = sessions.user_of(identifier) if identifier else ""
        if path == "/logout":
            await self._signed_out(scope, send, sessions, identifier)
        elif path == "/login":
            await self._login(scope, send, sessions, signed_in=bool(user))
        elif user or _OPEN.fullmatch(path):
            scope.setdefault("state", {})["user"] = user
            if user and not all(sessions.claim(identifier, name) for name in _conversations(scope)):
                await refuse(scope, send, 403, "这是别人的对话。请刷新页面，开始自己的对话。")
                return
            await self._app(scope, receive, send)
        elif wants_page(scope):
            await _move(scope, send, "/login")
        else:
            await refuse(scope, send, 401, "登录已过期或还没有登录，请刷新页面。")

    async def _login(self, scope: Scope, send: Send, sessions: Sessions, *, signed_in: bool) -> None:
        if scope["method"] == "POST":
            await self._tried(scope, send, sessions)
        elif scope["method"] not in ("GET", "HEAD"):
            await refuse(scope, send, 405)
        elif signed_in:
            await _move(scope, send, "/")
        else:
            await _show(scope, send, 200, sign_in_page())

    async def _tried(self, scope: Scope, send: Send, sessions: Sessions) -> None:
        name, password = _form(scope)
        address = scope["client"][0] if scope.get("client") else ""
        wait = self._attempts.begin(name, address) if self._waiting < _MOST_WAITING else 60
        if wait:
            minutes = f"{-(-wait // 60)} 分钟"
            page = sign_in_page(f"登录尝试太多，请 {minutes}后再试。", name)
            await _show(scope, send, 429, page, {"retry-after": str(wait)})
            return
        self._waiting += 1
        try:
            user = await asyncio.to_thread(self._verified, name, password)
        finally:
            self._waiting -= 1
        if not user:
            await _show(scope, send, 401, sign_in_page(_WRONG, name))
            return
        self._attempts.succeeded(name, address)
        sessions.end(_cookie(scope))
        await _move(scope, send, "/", _set_cookie(scope, sessions.begin(user), SECONDS))

    def _verified(self, name: str, password: str) -> str:
        return self._users.verified(name, password) if self._users else ""

    async def _signed_out(self, scope: Scope, send: Send, sessions: Sessions, identifier: str) -> None:
        # Not by a mere link: a picture in some page could sign people out.
        if scope["method"] != "POST":
            await refuse(scope, send, 405)
            return
        sessions.end(identifier)
        await _move(scope, send, "/login", {**_set_cookie(scope, "", 0), "clear-site-data": '"cache"'})


def _form(scope: Scope) -> tuple[str, str]:
    """Name and password of the form, empty where they are missing."""
    body: bytes = scope["state"]["body"]
    try:
        fields = parse_qs(body[:_LONGEST_FORM].decode(), max_num_fields=10, keep_blank_values=True)
    except ValueError:
        fields = {}
    return fields.get("name", [""])[0].strip(), fields.get("password", [""])[0]


def _cookie(scope: Scope) -> str:
    try:
        found = SimpleCookie(header_of(scope, b"cookie").decode("latin-1")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _set_cookie(scope: Scope, value: str, seconds: int) -> dict[str, str]:
    secure = "; Secure" if scope["scheme"] == "https" else ""
    root = scope.get("root_path") or "/"
    return {
        "set-cookie": f"{COOKIE}={value}; Path={root}; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}"
    }


def _conversations(scope: Scope) -> list[str]:
    """The conversations of Gradio's that a request names: in its address or in its body."""
    path = scope["path"]
    if not path.startswith("/gradio_api/"):
        return []
    named: list[Any] = parse_qs(scope["query_string"].decode("latin-1")).get("session_hash", [])
    if path.startswith("/gradio_api/heartbeat/"):
        named.append(path.removeprefix("/gradio_api/heartbeat/"))
    body = scope.get("state", {}).get("body", b"")
    if body:
        try:
            sent = json.loads(body)
        except ValueError:
            sent = None
        named.append(sent.get("session_hash") if isinstance(sent, dict) else None)
    return [name for name in named if isinstance(name, str)]


async def _move(scope: Scope, send: Send, path: str, headers: Mapping[str, str] | None = None) -> None:
    address = {"location": f"{scope.get('root_path', '')}{path}"}
    await _show(scope, send, 303, "", {**address, **(headers or {})})


async def _show(
    scope: Scope, send: Send, status: int, page: str, headers: Mapping[str, str] | None = None
) -> None:
    content = page.encode()
    fields = {"content-type": "text/html; charset=utf-8", "cache-control": "no-store", **(headers or {})}
    sent = [(key.encode(), value.encode()) for key, value in fields.items()]
    sent.append((b"content-length", str(len(content)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else content})
