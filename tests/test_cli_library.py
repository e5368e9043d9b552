"""The commands about the library, as a person types them: what they print, where, and with which exit code."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from doubles import wait_until
from index_parts import HashEmbedder
from library_parts import library_in, opened, plan, stored_files, write

from qa import Assistant, Library
from qa.cli import main
from qa.models.choice import ModelChoice


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "library").mkdir()
    monkeypatch.setenv("QA_LIBRARY", str(tmp_path / "library"))
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("QA_LLM", "none")
    return tmp_path


def test_a_file_is_added_listed_corrected_and_removed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inbox = write(folder / "inbox", {"青田规划.txt": plan("青田县"), "坏.docx": b"PK\x03\x04"})
    assert main(["add", str(inbox)]) == 0
    out, err = capsys.readouterr()
    assert "已加入：青田规划" in out
    assert "标题：青田县民政事业发展规划（2021—2025年）　地区：青田县　年份：2021—2025年" in out
    assert "3 个章节，0 张表" in out
    assert "共 2 个文件，1 个在文件库里，1 个未收入" in out
    assert "未收入：" in err
    assert "已损坏或不完整" in err

    assert main(["list"]) == 0
    out, err = capsys.readouterr()
    assert "青田规划（可用）" in out
    assert "共 1 份文件" in out

    assert main(["correct", "青田规划", "--region", "青田镇", "--date", "2021年3月1日"]) == 0
    out, err = capsys.readouterr()
    assert "地区：青田镇" in out
    assert "日期：2021年3月1日" in out
    assert "有人工更正" in out

    assert main(["list", "--json"]) == 0
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["name"], listed["state"], listed["corrected"]) == ("青田规划", "ready", ["region", "date"])
    assert listed["understood"]["region"] == "青田镇"

    assert main(["remove", "青田规划"]) == 0
    out, err = capsys.readouterr()
    assert "已移除：青田规划（原文件移到 " in out
    assert stored_files(folder / "library") <= {"corrections.toml"}


def test_where_no_file_goes_in_the_exit_code_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", str(folder / "没有.txt"), "--json"]) == 4
    report = json.loads(capsys.readouterr().out)
    assert [file["status"] for file in report["files"]] == ["refused"]
    assert main(["list"]) == 0
    assert "共 0 份文件" in capsys.readouterr().out


def test_an_unknown_name_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["remove", "没有"]) == 4
    assert "文件库里没有“没有”。" in capsys.readouterr().err
    assert main(["correct", "没有", "--title", "题目"]) == 4


def test_questions_are_answered_from_what_was_there_while_documents_come_in(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    library.add([write(tmp_path / "inbox", {"甲.txt": plan("青田县", beds=500)}) / "甲.txt"])
    index = opened(library)
    assistant = Assistant(library.settings, index, ModelChoice(None, ""), lambda: opened(library))
    goes_on = threading.Event()

    class Waiting(HashEmbedder):
        """Computes vectors when it is told to."""

        def embed_passages(self, texts: list[str]) -> object:
            goes_on.wait(60)
            return super().embed_passages(texts)

    embedder = Waiting()
    write(tmp_path / "later", {"乙.txt": plan("景宁县", beds=700)})
    adding = threading.Thread(
        target=lambda: Library(library.settings, embedder=embedder).add([tmp_path / "later"])
    )
    adding.start()
    assert wait_until(lambda: stored_files(library.settings.library) == {"甲.txt", "later/乙.txt"})
    assert "500" in assistant.ask("青田县新增养老床位多少张？").text
    assert assistant.ask("景宁县新增养老床位多少张？").status == "not_found"
    goes_on.set()
    adding.join(60)
    assert "700" in assistant.ask("景宁县新增养老床位多少张？").text
    assert "500" in assistant.ask("青田县新增养老床位多少张？").text
    assistant.close()
