"""A library that changes under the assistant, holds bad files, or whose index breaks."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from answer_parts import assert_exact

from qa.assistant import Assistant
from qa.errors import ExpectedError, IndexUnusable, LibraryMissing
from qa.library.opening import update_index
from qa.settings import Settings

PLAN = """安吉县2024年民政工作要点
一、养老服务
新建村级幸福院12个,新增护理型床位80张。
二、社会救助
城市低保标准提高到每月820元。
三、社会事务
推进婚姻登记跨省通办,火化率保持稳定。
"""
OTHER_PLAN = PLAN.replace("安吉县", "德清县").replace("12个", "34个").replace("820元", "790元")
THIRD_PLAN = PLAN.replace("安吉县", "长兴县").replace("12个", "56个").replace("820元", "760元")
HOMES = "{}2024年新建村级幸福院多少个？"


@pytest.fixture
def own(tmp_path: Path) -> Settings:
    """Settings for a library of one good plan and one in GBK, beside an empty and a binary file."""
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "安吉.txt").write_text(PLAN, encoding="utf-8")
    (folder / "德清.txt").write_bytes(OTHER_PLAN.encode("gbk"))
    (folder / "空.txt").write_bytes(b"")
    (folder / "图.txt").write_bytes(bytes(range(256)) * 20)
    return Settings(library=folder, index_dir=tmp_path / "index", llm="none")


@pytest.fixture
def opened(own: Settings) -> Iterator[Assistant]:
    with Assistant.open(own) as assistant:
        yield assistant


def test_bad_files_do_not_keep_the_good_ones_from_answering(own: Settings, opened: Assistant) -> None:
    assert set(opened.documents) == {"安吉", "德清"}
    texts = {"安吉": PLAN, "德清": OTHER_PLAN}
    for place, figure in (("安吉县", "12个"), ("德清县", "34个")):
        answer = opened.ask(HOMES.format(place))
        assert figure in answer.text
        assert_exact(answer, texts)
    problems = update_index(own).problems
    assert {problem.file for problem in problems} == {"空.txt", "图.txt"}
    assert all(problem.message and problem.hint for problem in problems)


def test_an_open_assistant_notices_what_another_process_has_indexed(own: Settings, opened: Assistant) -> None:
    assert opened.ask(HOMES.format("长兴县")).status == "not_found"
    (own.library / "长兴.txt").write_text(THIRD_PLAN, encoding="utf-8")
    (own.library / "安吉.txt").unlink()
    environment = {"QA_LIBRARY": str(own.library), "QA_INDEX_DIR": str(own.index_dir), "QA_LLM": "none"}
    _run_index(environment)
    assert "56个" in opened.ask(HOMES.format("长兴县")).text
    assert opened.ask(HOMES.format("安吉县")).status == "not_found"
    assert set(opened.documents) == {"德清", "长兴"}


def _run_index(environment: dict[str, str]) -> None:
    root = Path(__file__).resolve().parent.parent
    command = [sys.executable, "-m", "qa", "index"]
    subprocess.run(
        command, cwd=root, env=os.environ | environment, check=True, timeout=120, capture_output=True
    )


def test_threads_go_on_answering_while_the_index_changes(own: Settings, opened: Assistant) -> None:
    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(opened.ask, HOMES.format("德清县")) for _ in range(40)]
        for round_ in range(3):
            (own.library / f"长兴{round_}.txt").write_text(THIRD_PLAN, encoding="utf-8")
            update_index(own)
        answers = [future.result() for future in waiting]
    assert all("34个" in answer.text for answer in answers)


def test_a_deleted_index_comes_back_at_the_next_start(own: Settings) -> None:
    Assistant.open(own).close()
    shutil.rmtree(own.index_folder)
    with Assistant.open(own) as assistant:
        assert "12个" in assistant.ask(HOMES.format("安吉县")).text


def test_an_index_deleted_under_an_open_assistant_comes_back_too(own: Settings, opened: Assistant) -> None:
    shutil.rmtree(own.index_folder)
    assert "12个" in opened.ask(HOMES.format("安吉县")).text


@pytest.mark.quick(1)
@pytest.mark.parametrize("damage", ["current", "passages.jsonl", "data_level0.bin"])
def test_a_damaged_index_is_mended_by_the_next_start(own: Settings, damage: str) -> None:
    Assistant.open(own).close()
    (path,) = own.index_folder.rglob(damage)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])
    with Assistant.open(own) as assistant:
        assert "12个" in assistant.ask(HOMES.format("安吉县")).text


def test_an_index_folder_that_is_a_file_is_told_clearly(own: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(IndexUnusable) as caught:
        Assistant.open(Settings(library=own.library, index_dir=tmp_path / "file", llm="none"))
    assert str(tmp_path / "file") in caught.value.message
    assert "QA_INDEX_DIR" in caught.value.hint
    assert (tmp_path / "file").read_text(encoding="utf-8") == "not a folder"


@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_a_library_without_documents_is_told_clearly(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "library"
    if kind == "empty":
        folder.mkdir()
    elif kind == "file":
        folder.write_text("not a folder", encoding="utf-8")
    with pytest.raises(LibraryMissing) as caught:
        Assistant.open(Settings(library=folder, index_dir=tmp_path / "index", llm="none"))
    assert str(folder) in caught.value.message
    assert caught.value.hint


def test_a_library_of_nothing_but_bad_files_is_told_clearly(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "空.txt").write_bytes(b" \n")
    with pytest.raises(ExpectedError) as caught:
        Assistant.open(Settings(library=folder, index_dir=tmp_path / "index", llm="none"))
    assert caught.value.exit_code in (4, 5)
