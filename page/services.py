"""What the page's script asks of the server besides answers: the library, indicators, exports, feedback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response
from pydantic import TypeAdapter, ValidationError

from page.full_text import message_page
from page.holdings import indicators_page, library_page
from page.records import Record, answered_turns, history_of
from page.rendering import notice_html
from qa.errors import ExpectedError, QuestionUnusable
from qa.export.markdown import as_docx, as_markdown
from qa.feedback import Feedback, Verdict, keep_feedback

if TYPE_CHECKING:
    from fastapi import FastAPI

    from qa.assistant import Assistant

_FILES = Path(__file__).resolve().parent
_PARTS = (("scripts", ".js", "text/javascript"), ("styles", ".css", "text/css"))
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_LONGEST = 5_000
_NOT_UNDERSTOOD = "没有看懂浏览器发来的内容。请刷新本页后再试。"


@dataclass(frozen=True)
class _ToExport:
    format: Literal["docx", "md"]
    turns: list[Record]


@dataclass(frozen=True)
class _Judged:
    """`turns` are the conversation up to the judged answer, which comes last."""

    verdict: Verdict
    turns: list[Record]
    reason: str = ""
    corrected: str = ""


def add_services(app: FastAPI, assistant: Assistant) -> None:
    """Add the routes to the web application."""

    @app.get("/library", response_class=HTMLResponse)
    def library() -> HTMLResponse:
        return _page(lambda: library_page(assistant))

    @app.get("/indicators", response_class=HTMLResponse)
    def indicators(name: str) -> HTMLResponse:
        return _page(lambda: indicators_page(assistant, name))

    @app.post("/export")
    async def export(request: Request) -> Response:
        wanted = await _sent(request, _ToExport)
        turns = answered_turns(wanted.turns) if wanted else []
        if wanted is None or not turns:
            return _refused(_NOT_UNDERSTOOD if wanted is None else "还没有可以导出的回答。", 400)
        if wanted.format == "md":
            return Response(await run_in_threadpool(as_markdown, turns), media_type="text/markdown")
        return Response(await run_in_threadpool(as_docx, turns), media_type=_WORD)

    @app.post("/feedback")
    async def feedback(request: Request) -> Response:
        judged = await _sent(request, _Judged)
        if judged is None or not judged.turns or judged.turns[-1].answer is None:
            return _refused(_NOT_UNDERSTOOD, 400)
        if max(len(judged.reason), len(judged.corrected)) > _LONGEST:
            return _refused(f"写得太长了（上限 {_LONGEST} 字），请缩短后再提交。", 400)
        *before, last = judged.turns
        said = Feedback(
            question=last.question,
            answer=judged.turns[-1].answer,
            verdict=judged.verdict,
            reason=judged.reason.strip(),
            corrected=judged.corrected.strip(),
            history=history_of(before),
        )
        try:
            await run_in_threadpool(keep_feedback, assistant.settings.feedback_file, said)
        except ExpectedError as error:
            return _refused(str(error), 503)
        return JSONResponse({"message": "已记录，谢谢。"})

    for folder, ending, kind in _PARTS:
        for file in sorted((_FILES / folder).glob(f"*{ending}")):
            app.add_api_route(f"/page/{folder}/{file.name}", _sender(file, kind), methods=["GET"])


async def _sent(request: Request, kind: type[Any]) -> Any:
    """What the script has sent, checked; None when it is anything else.

    Only as JSON: a form of another site cannot send that without being asked first, and is then refused.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return None
    try:
        return TypeAdapter(kind).validate_json(await request.body())
    except ValidationError:
        return None


def _page(content: Callable[[], str]) -> HTMLResponse:
    try:
        return HTMLResponse(content())
    except QuestionUnusable as error:
        return HTMLResponse(
            message_page("没有这份文件", notice_html(error.message, error.hint)), status_code=404
        )
    except ExpectedError as error:
        return HTMLResponse(
            message_page("暂时打不开", notice_html(error.message, error.hint)), status_code=503
        )


def _refused(message: str, status: int) -> JSONResponse:
    return JSONResponse({"message": message}, status_code=status)


def _sender(file: Path, kind: str) -> Callable[[], FileResponse]:
    # Asked about each time, so that a new version is never run with an old page.
    return lambda: FileResponse(file, media_type=kind, headers={"cache-control": "no-cache"})
