"""The addresses behind the page of the library's files. Whoever is let in may change the library."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from page.documents_page import documents_page
from page.documents_staging import MEGABYTE, Staging, UploadRefused, too_large
from page.documents_work import Work, WorkGoingOn
from page.sound_requests import UPLOADS
from qa.errors import ExpectedError
from qa.library.documents import Library
from qa.library.reports import STATUS_NAMES

if TYPE_CHECKING:
    from qa.settings import Settings

_LONGEST_NAME = 1000
# What the command line's hints name as commands is a button here.
_ON_THE_PAGE = (
    ("可以用 qa correct 补上", "可以点“更正”补上"),
    ("，可以用 qa check 查看", "，引用到时会提醒"),
    ("运行 qa list 查看全部文件的名称。", "请刷新页面。"),
    ("再次运行同样的命令会接着做", "再加入一次会接着做"),
)
_TOLD = frozenset({"reason", "hint", "warnings", "error", "message", "problem"})


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Add(_Order):
    batch: str = Field(max_length=64)
    replace: bool = False


class _Named(_Order):
    name: str = Field(min_length=1, max_length=_LONGEST_NAME)


class _Fields(_Order):
    title: str | None = Field(default=None, max_length=300)
    region: str | None = Field(default=None, max_length=100)
    period: str | None = Field(default=None, max_length=100)
    publisher: str | None = Field(default=None, max_length=200)
    number: str | None = Field(default=None, max_length=100)
    date: str | None = Field(default=None, max_length=100)
    genre: str | None = Field(default=None, max_length=20)
    reset: bool = False


class _Correct(_Named):
    fields: _Fields


class DocumentsRoutes:
    """What is answered at the addresses under /documents. `close` ends the work and deletes uploaded files."""

    def __init__(self, settings: Settings) -> None:
        limits = settings.file_limits
        self._most_megabytes = limits.file_megabytes
        self._staging = Staging(
            file_megabytes=limits.file_megabytes, batch_megabytes=4 * limits.unpacked_megabytes
        )
        self._work, self._library = Work(settings), Library(settings)

    def router(self) -> APIRouter:
        """The addresses with what answers there."""
        router = APIRouter(prefix="/documents")
        router.add_api_route("", self._page, methods=["GET"])
        router.add_api_route("/state", self._state, methods=["GET"])
        router.add_api_route("/batch", self._batch, methods=["POST"])
        router.add_api_route(UPLOADS.removeprefix("/documents"), self._file, methods=["POST"])
        router.add_api_route("/add", self._add, methods=["POST"])
        router.add_api_route("/stop", self._stop, methods=["POST"])
        router.add_api_route("/correct", self._correct, methods=["POST"])
        router.add_api_route("/{action}", self._change, methods=["POST"])
        return router

    def close(self) -> None:
        """End the work, and delete what was uploaded."""
        self._work.close()
        self._staging.close()

    def _page(self) -> HTMLResponse:
        return HTMLResponse(documents_page(self._most_megabytes), headers={"cache-control": "no-store"})

    def _state(self) -> JSONResponse:
        try:
            listed, problem = [asdict(document) for document in self._library.list()], ""
        except ExpectedError as error:
            listed, problem = [], str(error)
        now = {
            "work": asdict(self._work.state),
            "documents": listed,
            "problem": problem,
            "names": STATUS_NAMES,
        }
        return _json(now)

    def _batch(self, request: Request) -> JSONResponse:
        return _json({"batch": self._staging.begin(_user(request))})

    async def _file(self, request: Request, batch: str, name: str) -> JSONResponse:
        length = request.headers.get("content-length", "")
        try:
            if length.isdigit() and int(length[:20]) > self._most_megabytes * MEGABYTE:
                raise UploadRefused(413, *too_large(name[:100], self._most_megabytes))
            kept = await self._staging.receive(batch, _user(request), name[:_LONGEST_NAME], request.stream())
        except UploadRefused as error:
            return _problem(error.status, error)
        return _json({"name": kept})

    def _add(self, request: Request, order: _Add) -> JSONResponse:
        try:
            paths = self._staging.files(order.batch, _user(request))
        except UploadRefused as error:
            return _problem(error.status, error)
        if not paths:
            return _json({"error": "没有可以加入的文件。"}, 400)
        subject = paths[0].name if len(paths) == 1 else f"加入 {len(paths)} 个文件"
        work_order = {"paths": [str(path) for path in paths], "replace": order.replace}
        return self._begin(request, "add", subject, lambda: self._staging.discard(order.batch), **work_order)

    def _stop(self) -> JSONResponse:
        self._work.stop()
        return _json(asdict(self._work.state))

    def _correct(self, request: Request, order: _Correct) -> JSONResponse:
        fields = order.fields.model_dump(exclude_none=True)
        return self._begin(request, "correct", f"更正“{order.name}”", name=order.name, fields=fields)

    def _change(self, request: Request, action: Literal["remove", "restore"], order: _Named) -> JSONResponse:
        names = {"remove": "移除", "restore": "恢复"}
        return self._begin(request, action, f"{names[action]}“{order.name}”", name=order.name)

    def _begin(
        self,
        request: Request,
        action: str,
        subject: str,
        then: Callable[[], None] = lambda: None,
        **order: Any,
    ) -> JSONResponse:
        try:
            begun = self._work.begin(action, subject=subject, user=_user(request), then=then, **order)
        except WorkGoingOn as error:
            return _problem(409, error)
        return _json(asdict(begun))


def _user(request: Request) -> str:
    return str(request.scope.get("state", {}).get("user", ""))


def _json(content: Any, status: int = 200) -> JSONResponse:
    return JSONResponse(_worded(content), status, {"cache-control": "no-store"})


def _problem(status: int, error: ExpectedError) -> JSONResponse:
    return _json({"error": f"{error.message}{error.hint}"}, status)


def _worded(content: Any, *, told: bool = False) -> Any:
    """The same content, what it tells people worded for the page; names stay as they are."""
    if isinstance(content, str) and told:
        for said, here in _ON_THE_PAGE:
            content = content.replace(said, here)
        return content
    if isinstance(content, dict):
        return {key: _worded(value, told=key in _TOLD) for key, value in content.items()}
    return [_worded(value, told=told) for value in content] if isinstance(content, list | tuple) else content
