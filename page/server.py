"""The HTTP side of the page: its address, its parts put together, and running until Ctrl+C."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from qa.errors import ExpectedError

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from qa.assistant import Assistant
    from qa.settings import Settings
    from qa.users.accounts import UsersFile

_FILES = Path(__file__).resolve().parent
_SECONDS_TO_FINISH = 1


class SignInMissing(ExpectedError):
    """Others could connect, and nobody has to or can sign in."""

    exit_code = 2


class AddressUnavailable(ExpectedError):
    """The page cannot listen where it was told to."""

    exit_code = 7


def listening_socket(host: str, port: int) -> socket.socket:
    """A socket bound to the address, not yet listening; port 0 lets the system choose.

    Bound before anything slow happens, so that a taken port is known at once. Raises AddressUnavailable.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind)
    except OSError as error:
        raise AddressUnavailable(f"无法使用地址 {host}（{error.strerror}）。", "请检查 QA_HOST。") from error
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except OSError as error:
        bound.close()
        raise AddressUnavailable(
            f"无法在 {host}:{port} 打开网页（{error.strerror}）。",
            "多半是已有程序占用了这个端口：请先关闭它，或用 QA_PORT 换一个端口（0 表示自动选择）。",
        ) from error
    return bound


def address_of(bound: socket.socket) -> str:
    """The address to type into a browser on this machine."""
    host, port = bound.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_open_to_others(bound: socket.socket) -> bool:
    """Whether other machines can connect."""
    return not ip_address(bound.getsockname()[0]).is_loopback


def required_users(settings: Settings, bound: socket.socket) -> UsersFile | None:
    """Who may sign in; None where nobody has to, which only this machine itself may be allowed.

    Raises SignInMissing where others could connect and nobody could sign in, and UsersUnusable.
    """
    from qa.users.accounts import UsersFile  # noqa: PLC0415

    if settings.users is not None:
        users = UsersFile(settings.users)
        if users.names():
            return users
        raise SignInMissing(
            f"用户文件 {settings.users} 里还没有用户，没有人能登录。", "请先运行 qa user add 用户名。"
        )
    if is_open_to_others(bound):
        raise SignInMissing(
            f"别的电脑也能连到 {address_of(bound)} 这样的地址，所以必须设置登录，网页没有启动。",
            "请设 QA_USERS=文件名（如 QA_USERS=$HOME/qa-users），运行 qa user add 用户名，再重新启动；"
            "只在本机使用时，请把 QA_HOST 改回 127.0.0.1。",
        )
    return None


def page_app(assistant: Assistant, users: UsersFile | None = None) -> FastAPI:
    """The whole web application: full texts, the page's own files, and the Gradio page at `/`.

    With `users` everything but the page to sign in with is behind it.
    """
    import gradio  # noqa: PLC0415
    from fastapi import FastAPI  # noqa: PLC0415
    from fastapi.middleware.cors import CORSMiddleware  # noqa: PLC0415

    from page.documents_routes import DocumentsRoutes  # noqa: PLC0415
    from page.full_text_routes import full_text_router  # noqa: PLC0415
    from page.headers import OwnOriginOnly  # noqa: PLC0415
    from page.layout import build_page, theme  # noqa: PLC0415
    from page.optional_values import OptionalValues  # noqa: PLC0415
    from page.services import add_services  # noqa: PLC0415
    from page.sign_in import SignIn  # noqa: PLC0415
    from page.sound_requests import SoundRequests  # noqa: PLC0415

    documents = DocumentsRoutes(assistant.settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await asyncio.to_thread(documents.close)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    # Naming no origin here also keeps Gradio from allowing every origin when the page is not on loopback.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(OptionalValues)
    # The last one added is the first to see a request.
    app.add_middleware(SignIn, users=users)
    app.add_middleware(SoundRequests, any_host=users is not None)
    app.add_middleware(OwnOriginOnly, header=partial(_header, assistant))

    add_services(app, assistant)
    app.include_router(full_text_router(assistant))
    app.include_router(documents.router())
    for file in ("style.css", "forms.css", "script.js", "session.js", "documents.js", "icon.svg"):
        app.add_api_route(f"/page/{file}", _sender(_FILES / file), methods=["GET"])
    gradio.mount_gradio_app(
        app,
        build_page(assistant),
        path="/",
        theme=theme(),
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        pwa=False,
        show_error=False,
        max_file_size=1,
    )
    return app


def _header(assistant: Assistant, user: str) -> str:
    """The head of the page: who is signed in, what the library holds, and which model answers."""
    from page.rendering import header_html, notice_html  # noqa: PLC0415
    from page.sign_in_page import visitor_html  # noqa: PLC0415

    model = {"answers_with": assistant.answers_with, "model_note": assistant.model_note}
    try:
        shown = header_html(assistant.documents, **model)
    except ExpectedError as error:
        shown = header_html({}, **model) + notice_html(error.message, error.hint)
    return visitor_html(user) + shown


def _sender(file: Path) -> Callable[[], Response]:
    from fastapi.responses import FileResponse  # noqa: PLC0415

    # Asked about each time, so that a new version is never shown with an old style.
    return lambda: FileResponse(file, headers={"cache-control": "no-cache"})


def serve(app: ASGIApp, bound: socket.socket, *, ready: Callable[[], None]) -> None:
    """Serve until Ctrl+C or SIGTERM, then return; `ready` is called once requests are answered."""
    import uvicorn  # noqa: PLC0415

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                ready()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            # Open tabs are cut off, on purpose; uvicorn would report each of them as an error.
            logging.getLogger("uvicorn.error").disabled = True
            await super().shutdown(sockets=sockets)

    def leave(_signal: int, _frame: object) -> NoReturn:
        raise KeyboardInterrupt

    # uvicorn stops on either signal and then raises it once more for whoever listened before.
    signal.signal(signal.SIGTERM, leave)
    config = uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        # Its headers are limited in size; those of uvicorn's other parser are not.
        http="h11",
        # An open tab keeps one connection for as long as it lives.
        timeout_graceful_shutdown=_SECONDS_TO_FINISH,
    )
    try:
        Server(config).run(sockets=[bound])
    except KeyboardInterrupt:
        return
