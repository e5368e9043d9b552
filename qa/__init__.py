"""Question answering over Chinese civil-affairs plans. The public API is what this module names.

    from qa import ask
    answer = ask("下陆区2025年区级公益性安葬(放)设施覆盖率的目标是多少?")

Importing it is cheap; the parts are loaded when first used.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from threading import Lock
from typing import TYPE_CHECKING, Any, Unpack

if TYPE_CHECKING:
    from qa.answer import (
        Answer,
        AnsweredTurn,
        Citation,
        Compared,
        Evidence,
        EvidenceFound,
        TextChunk,
        Turn,
    )
    from qa.assistant import Assistant
    from qa.evidence.limits import Limits
    from qa.evidence.retrieval import PlanRetriever
    from qa.export.markdown import as_docx, as_markdown
    from qa.feedback import Feedback, keep_feedback
    from qa.library.documents import Library
    from qa.library.reports import AddReport, FileReport, ListedDocument, Progress, RemovedDocument
    from qa.settings import Settings
    from qa.tables.indicators import Indicator, IndicatorTable

__version__ = "0.1.0"
__all__ = [
    "AddReport",
    "Answer",
    "AnsweredTurn",
    "Assistant",
    "Citation",
    "Compared",
    "Evidence",
    "EvidenceFound",
    "Feedback",
    "FileReport",
    "Indicator",
    "IndicatorTable",
    "Library",
    "ListedDocument",
    "PlanRetriever",
    "Progress",
    "RemovedDocument",
    "Settings",
    "TextChunk",
    "Turn",
    "as_docx",
    "as_markdown",
    "ask",
    "keep_feedback",
]

_HOMES = {
    **dict.fromkeys(
        ["Answer", "AnsweredTurn", "Citation", "Compared", "Evidence", "EvidenceFound", "TextChunk", "Turn"],
        "qa.answer",
    ),
    **dict.fromkeys(["as_docx", "as_markdown"], "qa.export.markdown"),
    **dict.fromkeys(["Feedback", "keep_feedback"], "qa.feedback"),
    **dict.fromkeys(["Indicator", "IndicatorTable"], "qa.tables.indicators"),
    **dict.fromkeys(
        ["AddReport", "FileReport", "ListedDocument", "Progress", "RemovedDocument"], "qa.library.reports"
    ),
    "Assistant": "qa.assistant",
    "Library": "qa.library.documents",
    "PlanRetriever": "qa.evidence.retrieval",
    "Settings": "qa.settings",
}
_default: Assistant | None = None
_default_lock = Lock()


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qa' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def ask(question: str, history: Sequence[Turn] = (), **limits: Unpack[Limits]) -> Answer:
    """Answer one question with the settings of the environment; the assistant is opened once and kept.

    The search is limited to `documents` (by name), `regions`, `years`, `genres` (规划, 计划, 总结, 政策) and `statements`
    (结果, 目标, 标准, 措施) where given. Raises the expected errors of `qa.errors`. For other settings, streaming or several
    libraries use `Assistant.open(Settings(...))`.
    """
    global _default  # noqa: PLW0603 - one assistant for a process, opened on first use
    from qa.assistant import Assistant as _Assistant  # noqa: PLC0415

    with _default_lock:
        if _default is None:
            _default = _Assistant.open()
    return _default.ask(question, history, **limits)
