"""A run that was cut off goes on where it stopped; several questions can be asked at once."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from eval_parts import GOLD, REFUSAL, RIGHT, WRONG, ScriptedAssistant, small_library, write_gold

from eval.cli import main
from eval.storing import RunUnusable, partial_path
from qa.answer import Answer, Turn
from qa.errors import ModelUnavailable


@pytest.fixture
def gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QA_LIBRARY", str(small_library(tmp_path)))
    return write_gold(tmp_path, *GOLD)


class Interrupted(ScriptedAssistant):
    """Somebody presses Ctrl-C when the script is at its end."""

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        if not self.replies:
            raise KeyboardInterrupt
        return super().ask(question, history=history)


class Together:
    """Answers only when as many questions as `at_once` have been asked, and not one after the other."""

    def __init__(self, at_once: int, *, answers_with: str = "remote") -> None:
        self.answers_with = answers_with
        self._barrier = threading.Barrier(at_once, timeout=20)

    def ask(self, question: str, *, history: Sequence[Turn] = ()) -> Answer:
        self._barrier.wait()
        return RIGHT if "养老院" in question else REFUSAL


def run(arguments: Sequence[str], assistant: Any) -> int:
    return main(arguments, opener=lambda _name, _settings: assistant)


def interrupted(gold: Path, out: Path, *replies: Answer | Exception) -> None:
    assert run(["--gold", str(gold), "--out", str(out)], Interrupted(*replies)) == 130


def records_in(path: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["records"]
    return records


def test_a_run_that_was_cut_off_asks_only_what_is_left(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.json"
    interrupted(gold, out, RIGHT)
    assert "--resume" in capsys.readouterr().err
    assert not out.exists()
    rest = ScriptedAssistant(WRONG, REFUSAL)
    assert run(["run", "--resume", str(partial_path(out))], rest) == 0
    assert [question for question, _ in rest.asked] == ["床位呢？", "黄浦区建设几家？"]
    assert [record["question"]["id"] for record in records_in(out)] == ["fact-001", "follow-001", "none-001"]
    assert [record["scores"]["right"] for record in records_in(out)] == [True, False, True]
    assert not partial_path(out).exists()


def test_a_line_cut_short_by_a_kill_is_asked_again(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    interrupted(gold, out, RIGHT, WRONG)
    written = partial_path(out).read_text(encoding="utf-8")
    partial_path(out).write_text(written[:-40], encoding="utf-8")
    rest = ScriptedAssistant(WRONG, REFUSAL)
    assert run(["run", "--resume", str(out)], rest) == 0
    assert len(rest.asked) == 2
    assert len(records_in(out)) == 3


def test_a_run_cut_off_twice_keeps_what_both_answered(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    interrupted(gold, out, RIGHT)
    assert run(["run", "--resume", str(out)], Interrupted(WRONG)) == 130
    rest = ScriptedAssistant(REFUSAL)
    assert run(["run", "--resume", str(out)], rest) == 0
    assert rest.asked == [("黄浦区建设几家？", [])]


def test_what_could_not_be_scored_is_asked_again_also_after_the_end(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    failing = ScriptedAssistant(RIGHT, ModelUnavailable("模型没有回应。"), REFUSAL)
    assert run(["--gold", str(gold), "--out", str(out)], failing) == 0
    rest = ScriptedAssistant(WRONG)
    assert run(["run", "--resume", str(out)], rest) == 0
    assert [question for question, _ in rest.asked] == ["床位呢？"]
    assert all(record["scores"] for record in records_in(out))


def test_the_choice_of_questions_is_remembered(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    chosen = ["--gold", str(gold), "--out", str(out), "--part", "test", "--kind", "unanswerable", "follow_up"]
    assert run(chosen, Interrupted(WRONG)) == 130
    assert run(["run", "--resume", str(out)], ScriptedAssistant(REFUSAL)) == 0
    assert [record["question"]["id"] for record in records_in(out)] == ["follow-001", "none-001"]


def test_other_questions_or_settings_end_a_resumed_run_before_it_asks(
    gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.json"
    interrupted(gold, out, RIGHT)
    write_gold(tmp_path, GOLD[0] | {"points": [["4家"]]}, *GOLD[1:])
    monkeypatch.setenv("QA_EVIDENCE_TOKENS", "300")
    unasked = ScriptedAssistant()
    assert run(["run", "--resume", str(out)], unasked) == RunUnusable.exit_code
    assert "题目、设置变了" in capsys.readouterr().err
    assert not unasked.asked


def test_nothing_to_resume_says_so(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["run", "--resume", str(tmp_path / "none.json")], ScriptedAssistant()) == RunUnusable.exit_code
    assert "none.json" in capsys.readouterr().err


def test_an_unfinished_run_given_as_a_finished_one_says_how_to_go_on(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.json"
    interrupted(gold, out, RIGHT)
    assert run(["misses", str(out)], ScriptedAssistant()) == RunUnusable.exit_code
    assert "--resume" in capsys.readouterr().err


def test_several_questions_are_asked_at_once_and_kept_in_their_order(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    assert run(["--gold", str(gold), "--out", str(out), "--jobs", "3"], Together(3)) == 0
    assert [record["question"]["id"] for record in records_in(out)] == ["fact-001", "follow-001", "none-001"]
    assert [record["scores"]["right"] for record in records_in(out)] == [True, False, True]


def test_a_model_on_this_machine_is_asked_one_question_at_a_time(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "run.json"
    local = Together(1, answers_with="local")
    assert run(["--gold", str(gold), "--out", str(out), "--jobs", "3"], local) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["jobs"] == 1
    assert "--jobs" in capsys.readouterr().err


def test_a_run_says_what_it_depended_on(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "run.json"
    assert run(["--gold", str(gold), "--out", str(out)], ScriptedAssistant(RIGHT, WRONG, REFUSAL)) == 0
    stored = json.loads(out.read_text(encoding="utf-8"))
    assert all(len(digest) == 64 for digest in stored["prompts"].values())
    assert {"answer_system.txt", "answer_user.txt"} <= set(stored["prompts"])
    assert stored["versions"]["python"]
    assert stored["commit"] is None or len(stored["commit"]["commit"]) == 40
    assert stored["choice"]["gold"] == str(gold)
    assert stored["memory_mib"] is None or stored["memory_mib"] > 10
