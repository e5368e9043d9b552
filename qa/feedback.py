"""What readers say of answers, one JSON object a line: `python -m eval.staff FILE` makes questions of it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from qa.answer import Answer, Turn
from qa.errors import ExpectedError

Verdict = Literal["有用", "没用"]

_LOCK = threading.Lock()


class FeedbackNotKept(ExpectedError):
    """The feedback file cannot be written."""

    exit_code = 8


@dataclass(frozen=True)
class Feedback:
    """A reader's verdict on an answer, with a reason and what would have been right, if they say so.

    `question` as it was asked, `history` the turns before it, oldest first. Nothing tells who the reader is.
    """

    question: str
    answer: Answer
    verdict: Verdict
    reason: str = ""
    corrected: str = ""
    history: tuple[Turn, ...] = ()


def keep_feedback(path: Path, feedback: Feedback, *, now: datetime | None = None) -> None:
    """Append the feedback to a file that only its owner can read, which is made where it is missing.

    Safe among threads and processes of one machine: a line is written at once. Raises FeedbackNotKept.
    """
    line = json.dumps(_as_record(feedback, now or datetime.now(UTC)), ensure_ascii=False) + "\n"
    content = line.encode("utf-8", errors="replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _LOCK:
            file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, content)
            finally:
                os.close(file)
    except OSError as error:
        raise FeedbackNotKept(
            f"反馈没有保存（{error.strerror}）。", "请告诉管理员检查 QA_FEEDBACK 所指的文件能否写入。"
        ) from error


def _as_record(feedback: Feedback, now: datetime) -> dict[str, Any]:
    answer = feedback.answer
    return {
        "time": now.isoformat(timespec="seconds"),
        "question": feedback.question,
        "answer": answer.text,
        "verdict": feedback.verdict,
        "reason": feedback.reason,
        "corrected": feedback.corrected,
        "status": answer.status,
        "answered_by": answer.answered_by,
        "citations": [{"document": c.document, "quote": c.quote} for c in answer.citations],
        "history": _turns(feedback.history),
    }


def _turns(history: Sequence[Turn]) -> list[dict[str, str]]:
    return [asdict(turn) for turn in history]
