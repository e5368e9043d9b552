"""`qa check`: what it lists, for people and for programs, without index and model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doubt_parts import doubts_of, faults, planted
from plan_parts import SEEDS, XIALU, seed

from qa.cli import main
from qa.commands.check import check_document, check_library
from qa.settings import Settings

SOUND = "某县2023年民政工作总结\n一、社会救助\n全县低保标准提高到每人每月600元。\n"
DOUBTFUL = (
    "某县2023年民政工作总结\n一、社会救助\n（一）低保\n全县火化率达到95%。\n（二）特困\n全县火化率达到59%。\n"
    "二、养老\n护理型床位占比达到162%。\n"
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    monkeypatch.setenv("QA_LIBRARY", str(folder))
    monkeypatch.setenv("QA_INDEX_DIR", str(tmp_path / "no-index"))
    monkeypatch.setenv("QA_LLM", "none")
    return folder


def test_every_doubt_is_listed_with_its_place_and_reason(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "甲.txt").write_text(DOUBTFUL, encoding="utf-8")
    (library / "乙.txt").write_text(SOUND, encoding="utf-8")
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert "《某县2023年民政工作总结》（甲）：2处" in out
    assert "（乙）：没有发现疑点" in out
    assert f"[疑似有误] 二、养老 第{DOUBTFUL.index('护理型')}字" in out
    assert "原文：护理型床位占比达到162%" in out
    assert "原因：比例超过100%，疑有误" in out
    assert "[前后不一] 一、社会救助 > （一）低保" in out
    assert "另一处：全县火化率达到59%（一、社会救助 > （二）特困" in out
    assert "共2份文件，2处疑点" in out


def test_json_gives_exact_spans_and_counterparts(library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (library / "甲.txt").write_text(DOUBTFUL, encoding="utf-8")
    assert main(["check", "--json"]) == 0
    checked = json.loads(capsys.readouterr().out)
    assert set(checked) == {"documents", "problems"}
    (document,) = checked["documents"]
    assert (document["document"], document["title"]) == ("甲", "某县2023年民政工作总结")
    pair, share = document["findings"]
    for place in (pair, pair["counterpart"], share):
        assert DOUBTFUL[place["start"] : place["end"]] == place["quote"]
    assert (pair["kind"], share["kind"], share["counterpart"]) == ("contradiction", "damaged", None)
    assert pair["section"] == ["一、社会救助", "（一）低保"]


def test_a_library_is_checked_without_index_and_without_making_one(library: Path) -> None:
    (library / "甲.txt").write_text(DOUBTFUL, encoding="utf-8")
    assert len(check_library()["documents"][0]["findings"]) == 2
    assert not (library.parent / "no-index").exists()


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_checked(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (library / "甲.txt").write_text(DOUBTFUL, encoding="utf-8")
    (library / "坏.txt").write_bytes(b"\x00\xff\xfe\x80" * 50)
    assert main(["check"]) == 0
    out, err = capsys.readouterr()
    assert "（甲）：2处" in out
    assert "未收入：" in err
    assert "坏.txt" in err


def test_a_library_that_is_not_there_is_an_expected_error(
    library: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LIBRARY", str(library / "没有"))
    assert main(["check"]) == 4
    assert "打不开文件库文件夹" in capsys.readouterr().err


def test_the_findings_of_the_seeds_are_all_doubts_each_pair_once() -> None:
    checked = check_library(Settings(library=SEEDS))
    for listed in checked["documents"]:
        doubts = doubts_of(seed(listed["document"]))
        pairs = sum(doubt.kind == "contradiction" and doubt.counterpart is not None for doubt in doubts)
        assert len(listed["findings"]) == len(doubts) - pairs // 2


def test_a_cell_is_shown_with_its_row(tmp_path: Path) -> None:
    fault = next(fault for fault in faults("planted") if fault["doubtful"] == "30000")
    document, span = planted(fault, tmp_path)
    findings = check_document(document)["findings"]
    (finding,) = [finding for finding in findings if finding["start"] == span[0]]
    assert finding["quote"] == "30000"
    assert finding["row"] == "养老床位总数 | 张 | 2186 | 30000 | 预期性"


def test_the_sections_of_the_findings_are_those_of_the_text() -> None:
    findings = check_document(seed(XIALU))["findings"]
    assert all(finding["section"] for finding in findings)
    for finding in findings:
        for label in finding["section"]:
            assert seed(XIALU).text.rfind(label, 0, finding["start"]) >= 0
