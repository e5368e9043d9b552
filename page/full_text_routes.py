"""The addresses of the full texts and of the pages of scans, to which the citations of an answer lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from page.full_text import document_page, message_page
from page.rendering import notice_html
from qa.errors import ExpectedError

if TYPE_CHECKING:
    from qa.assistant import Assistant


def full_text_router(assistant: Assistant) -> APIRouter:
    """The routes to the documents of the assistant's library."""
    router = APIRouter()

    @router.get("/document", response_class=HTMLResponse)
    def document(name: str, start: int = 0, end: int = 0) -> HTMLResponse:
        try:
            found = assistant.documents.get(name)
        except ExpectedError as error:
            page = message_page("暂时打不开文件", notice_html(error.message, error.hint))
            return HTMLResponse(page, status_code=503)
        if found is None:
            page = message_page("没有这份文件", "<p>它可能已从文件库中移走。请回到问答页重新提问。</p>")
            return HTMLResponse(page, status_code=404)
        return HTMLResponse(document_page(found, start, end))

    @router.get("/page-image")
    def page_image(name: str, start: int = 0, end: int = 0, page: int | None = None) -> Response:
        try:
            image = assistant.page_image(name, start, end, page=page)
        except ExpectedError:
            image = None
        if image is None:
            return Response("没有这一页的图像。", status_code=404, media_type="text/plain; charset=utf-8")
        return Response(image, media_type="image/png", headers={"cache-control": "no-store"})

    return router
