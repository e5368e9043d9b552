"""Readers' feedback: kept line by line, read by the evaluation."""

from __future__ import annotations

import json
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from eval.staff_files import read_entries
from qa import Answer, Citation, Feedback, Settings, Turn, keep_feedback
from qa.feedback import FeedbackNotKept

ANSWER = Answer("建设3家。[1]", "answered", (Citation(1, "plan", "要点", (), 0, 4, "建设3家"),))


def test_feedback_becomes_questions_of_the_evaluation(tmp_path: Path) -> None:
    path = tmp_path / "new" / "feedback.jsonl"
    keep_feedback(path, Feedback("几家？", ANSWER, "有用"))
    wrong = Feedback("几张？", ANSWER, "没用", "张冠李戴", "应为\n5张\u2028", (Turn("几家？", "3家"),))
    keep_feedback(path, wrong)
    keep_feedback(path, Feedback("武汉呢？", Answer("没有。", "not_found"), "没用"))
    useful, corrected, unusable = read_entries(path)
    assert (useful.question, useful.answer, useful.quotes[0].quote) == ("几家？", "建设3家。", "建设3家")
    assert (corrected.answer, corrected.history[0].question) == ("应为\n5张", "几家？")
    assert unusable.unusable


def test_a_line_says_when_and_what_and_not_who(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    keep_feedback(
        path, Feedback("几家？", ANSWER, "没用", "不全"), now=datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    )
    line = json.loads(path.read_text(encoding="utf-8"))
    assert line.pop("time") == "2026-01-02T03:04:00+00:00"
    known = {
        "question",
        "answer",
        "verdict",
        "reason",
        "corrected",
        "status",
        "answered_by",
        "citations",
        "history",
    }
    assert set(line) == known
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_lines_of_several_writers_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    long = Feedback("问" * 2000, ANSWER, "有用")
    threads = [threading.Thread(target=keep_feedback, args=(path, long)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_entries(path)) == 8
    assert not any(entry.unusable for entry in read_entries(path))


def test_a_file_that_cannot_be_written_is_said_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(FeedbackNotKept, match="QA_FEEDBACK"):
        keep_feedback(tmp_path / "taken" / "feedback.jsonl", Feedback("几家？", ANSWER, "有用"))


def test_the_feedback_file_is_where_the_setting_says(tmp_path: Path) -> None:
    assert Settings(feedback=tmp_path / "x.jsonl").feedback_file == tmp_path / "x.jsonl"
    assert Settings().feedback_file.name == "feedback.jsonl"
