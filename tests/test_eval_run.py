"""A whole evaluation on a small library, with an assistant that answers from a script."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from eval_parts import GOLD, QUOTE, REFUSAL, RIGHT, WRONG, ScriptedAssistant, small_library, write_gold

from eval import table
from eval.cli import main
from eval.gold import GoldInvalid, load, read_texts, require_evidence
from eval.storing import RunUnusable
from eval.systems import open_system
from qa.answer import Answer, Turn
from qa.errors import ModelUnavailable
from qa.settings import Settings


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = small_library(tmp_path)
    monkeypatch.setenv("QA_LIBRARY", str(folder))
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write_gold(tmp_path, *GOLD)


def run(gold: Path, assistant: ScriptedAssistant, *options: str) -> dict[str, Any]:
    out = gold.parent / "results" / "run.json"
    arguments = ["--gold", str(gold), "--out", str(out), *options]
    assert main(arguments, opener=lambda _name, _settings: assistant) == 0
    result: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return result


def test_a_run_scores_every_answer_and_keeps_what_is_needed_to_understand_it(
    library: Path, gold: Path
) -> None:
    assistant = ScriptedAssistant(RIGHT, WRONG, REFUSAL)
    result = run(gold, assistant)
    first, second, third = result["records"]
    assert first["answer"]["text"] == "建设三家。[1]"
    assert first["answer"]["citations"][0]["quote"] == QUOTE
    assert first["answer"]["evidence"][0]["document"] == "plan"
    assert {name: first["scores"][name] for name in ("right", "evidence_recall", "reciprocal_rank")} == {
        "right": True,
        "evidence_recall": 1.0,
        "reciprocal_rank": 1.0,
    }
    assert second["scores"]["missing"] == [["500张"]]
    assert second["scores"]["unsupported_figures"] == ["500"]
    assert second["scores"]["citation_recall"] == 0.0
    assert third["scores"]["right"] is True
    total = result["summary"]["total"]
    assert (total["right"], total["questions"], total["not_scored"]) == (2, 3, 0)
    assert total["citation_exactness"] == 1.0
    assert total["with_unsupported_figures"] == 1  # the refusal's count of files is none
    assert (total["refusal_precision"], total["refusal_recall"]) == (1.0, 1.0)
    assert total["answered_by"] == {"extractive": 1, "小模型": 2}
    assert list(result["summary"]["by_kind"]) == ["fact", "follow_up", "unanswerable"]


def test_the_history_is_handed_on_and_the_assistant_closed(library: Path, gold: Path) -> None:
    assistant = ScriptedAssistant(RIGHT, WRONG, REFUSAL)
    run(gold, assistant)
    assert assistant.asked[0] == ("建设智慧养老院几家？", [])
    assert assistant.asked[1] == ("床位呢？", [Turn("建设智慧养老院几家？", "3家。")])
    assert assistant.closed


def test_an_error_is_counted_as_not_scored_and_not_as_zero(
    library: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run(gold, ScriptedAssistant(RIGHT, ModelUnavailable("模型没有回应。"), REFUSAL))
    total = result["summary"]["total"]
    assert (total["accuracy"], total["not_scored"], total["questions"]) == (1.0, 1, 3)
    assert result["summary"]["by_kind"]["follow_up"]["accuracy"] is None
    broken = result["records"][1]
    assert broken["answer"] is None
    assert broken["scores"] is None
    assert "ModelUnavailable" in broken["error"]["traceback"]
    printed = capsys.readouterr().out
    assert "未能评分：1" in printed
    assert "模型没有回应。" in printed


def test_questions_can_be_chosen_by_part_kind_and_number(library: Path, gold: Path) -> None:
    chosen = ScriptedAssistant(REFUSAL, REFUSAL)
    assert [r["question"]["id"] for r in run(gold, chosen, "--part", "test")["records"]] == [
        "follow-001",
        "none-001",
    ]
    one = ScriptedAssistant(REFUSAL)
    assert len(run(gold, one, "--kind", "unanswerable", "fact", "--limit", "1")["records"]) == 1
    assert one.asked[0][0] == "建设智慧养老院几家？"
    assert main(["--gold", str(gold), "--part", "dev", "--kind", "english"]) == GoldInvalid.exit_code


def test_settings_are_recorded_without_secrets(
    library: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LLM_API_KEY", "key-of-the-bureau")
    monkeypatch.setenv("QA_LLM_BASE_URL", "http://name:password@127.0.0.1:9/v1?token=hidden")
    monkeypatch.setenv("QA_EVIDENCE_TOKENS", "300")
    result = run(gold, ScriptedAssistant(RIGHT, WRONG, REFUSAL))
    written = json.dumps(result)
    assert not any(secret in written for secret in ("key-of-the-bureau", "password", "hidden"))
    assert "llm_api_key" not in result["settings"]
    assert result["settings"]["llm_base_url"] == "http://127.0.0.1:9/v1"
    assert result["settings"]["evidence_tokens"] == 300
    assert result["versions"]["bm25s"]


def test_the_extractive_system_never_uses_a_model_whatever_the_environment_says(
    library: Path, gold: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LLM", "local")
    opened: list[tuple[str, str]] = []

    def opener(name: str, settings: Settings) -> ScriptedAssistant:
        opened.append((name, settings.llm))
        return ScriptedAssistant(RIGHT)

    for system in ("ours", "extractive"):
        out = str(gold.parent / "out.json")
        main(["run", "--gold", str(gold), "--out", out, "--limit", "1", "--system", system], opener=opener)
    assert opened == [("ours", "local"), ("extractive", "none")]


def test_the_table_is_aligned_for_double_width_characters(library: Path, gold: Path) -> None:
    lines = table.render(run(gold, ScriptedAssistant(RIGHT, WRONG, REFUSAL))).split("\n")
    rows = lines[: lines.index("")]
    assert [row.split()[0] for row in rows if not row.startswith("-")] == [
        "题型",
        "单一事实",
        "追问",
        "无答案",
        "合计",
    ]
    assert len({table.width(row) for row in rows}) == 1
    assert table.width("正确率 5%，") == 11
    assert rows[2].split()[1:4] == ["1", "100.0%", "100-100"]
    assert rows[4].split()[4:6] == ["-", "-"]


def test_misses_show_why_an_answer_is_wrong(
    library: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(gold, ScriptedAssistant(WRONG, ValueError("坏了"), Answer("12家。", "answered")))
    capsys.readouterr()
    assert main(["misses", str(gold.parent / "results" / "run.json")]) == 0
    printed = capsys.readouterr().out
    for expected in (
        "3 题中 3 题不对或未能评分",
        "【fact-001】单一事实\n问题：建设智慧养老院几家？\n",
        "回答（已答，小模型，12 字）：共12家，500个床位。[1]\n参考：3家。",
        "缺少要点：3家 / 三家",
        "出现禁语：12家",
        "前问：建设智慧养老院几家？",
        "未能评分：ValueError: 坏了",
        "应当拒答，却作了回答。",
    ):
        assert expected in printed


def test_misses_leave_right_answers_out(
    library: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(gold, ScriptedAssistant(RIGHT, REFUSAL, REFUSAL))
    capsys.readouterr()
    main(["misses", str(gold.parent / "results" / "run.json")])
    printed = capsys.readouterr().out
    assert "fact-001" not in printed
    assert "应当作答，却拒答了。" in printed


@pytest.mark.parametrize("content", [None, "no json", "[]", "{}"])
def test_misses_of_what_is_no_run_say_so(
    tmp_path: Path, content: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main(["misses", str(path)]) == RunUnusable.exit_code
    assert "python -m eval" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_found_out_before_the_first_question(
    library: Path, gold: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assistant = ScriptedAssistant()
    arguments = ["--gold", str(gold), "--out", str(library)]
    assert main(arguments, opener=lambda _name, _settings: assistant) == RunUnusable.exit_code
    assert not assistant.asked
    assert "--out" in capsys.readouterr().err


@pytest.mark.thorough
def test_the_command_runs_as_a_module_with_the_bm25_baseline(
    library: Path, gold: Path, tmp_path: Path
) -> None:
    out = tmp_path / "run.json"
    command = [sys.executable, "-m", "eval", "--gold", str(gold), "--system", "bm25-top1", "--out", str(out)]
    done = subprocess.run(
        command,
        cwd=Path(__file__).resolve().parent.parent,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "合计" in done.stdout
    assert "评测" in done.stderr
    records = json.loads(out.read_text(encoding="utf-8"))["records"]
    assert records[0]["answer"]["text"].startswith("> ")
    assert [record["scores"]["right"] for record in records] == [True, True, False]
    assert records[0]["scores"]["citation_exactness"] == 1.0


def test_the_baseline_searches_a_follow_up_with_the_question_before_it(library: Path) -> None:
    baseline = open_system("bm25-top1", Settings())
    (library / "plan.txt").unlink()  # indexed when opened
    for topic in ("改造睦邻点", "智慧养老院"):
        answer = baseline.ask("在哪里呢？", history=[Turn(f"{topic}几个？", "12个。")])
        assert topic in answer.text
        assert topic in answer.question
    strange = baseline.ask("?", history=[])
    assert strange.citations[0].document == "plan"


@pytest.mark.parametrize("name", ["missing.jsonl", "empty"])
def test_gold_that_is_not_there_ends_the_command_with_a_message(
    library: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["--gold", str(tmp_path / name)]) == GoldInvalid.exit_code
    assert name in capsys.readouterr().err


def test_evidence_that_no_document_holds_stops_the_run(library: Path, tmp_path: Path) -> None:
    absent = GOLD[0] | {"evidence": [{"document": "plan", "quote": "建设智慧养老院4家"}]}
    with pytest.raises(GoldInvalid, match="fact-001：plan“建设智慧养老院4家”"):
        require_evidence(load(write_gold(tmp_path, absent)), read_texts(library))
    assistant = ScriptedAssistant()
    path = str(tmp_path / "gold.jsonl")
    assert main(["--gold", path], opener=lambda _name, _settings: assistant) == GoldInvalid.exit_code
    assert not assistant.asked
