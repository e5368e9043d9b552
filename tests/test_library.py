"""The library's files and their names; records as they are stored."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from index_parts import PLANS, Place, write_library

from vectorstore.documents import Document, Metadata
from vectorstore.library import list_library
from vectorstore.records import from_json, read_records, to_json, write_records

posix = pytest.mark.skipif(os.name == "nt", reason="permissions work otherwise on Windows")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(write_library(tmp_path / "library"), tmp_path / "index")


def test_hidden_files_readmes_and_other_kinds_are_no_documents(tmp_path: Path) -> None:
    documents = ["甲.txt", "乙.MD", "分局/丙.txt", "分局/README.md"]
    others = [".隐.txt", ".git/x.txt", "README.md", "readme.txt", "catalogue.toml", "表.exe", "丁.txt~"]
    write_library(tmp_path, dict.fromkeys(documents + others, "文"))
    assert [entry.file for entry in list_library(tmp_path)] == sorted(documents)


def test_files_are_named_by_stem_and_by_path_where_stems_are_shared(tmp_path: Path) -> None:
    write_library(tmp_path, dict.fromkeys(["甲.txt", "一/甲.txt", "乙.txt", "二/丙.txt", "二/丙.md"], "文"))
    assert {entry.file: entry.name for entry in list_library(tmp_path)} == {
        "一/甲.txt": "一/甲",
        "乙.txt": "乙",
        "二/丙.md": "二/丙.md",
        "二/丙.txt": "二/丙.txt",
        "甲.txt": "甲",
    }


@posix
def test_links_that_leave_the_library_are_not_followed(tmp_path: Path) -> None:
    write_library(tmp_path, dict.fromkeys(["外/秘密.txt", "库/甲.txt"], "文"))
    (tmp_path / "库/出去.txt").symlink_to(tmp_path / "外/秘密.txt")
    (tmp_path / "库/外").symlink_to(tmp_path / "外")
    (tmp_path / "库/断.txt").symlink_to(tmp_path / "没有.txt")
    (tmp_path / "库/里面.txt").symlink_to(tmp_path / "库/甲.txt")
    (tmp_path / "入口").symlink_to(tmp_path / "库")
    assert [entry.file for entry in list_library(tmp_path / "入口")] == ["甲.txt", "里面.txt"]


@posix
def test_a_file_name_that_is_no_text_is_reported(place: Place) -> None:
    path = os.fsencode(place.library) + "/计划.txt".encode("gbk")
    try:
        Path(os.fsdecode(path)).write_text("一段。\n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = place.synchronise()
    assert [problem.hint for problem in done.problems] == ["请给该文件改名后再试。"]
    place.check(PLANS)
    assert not place.synchronise().changed


@dataclass(frozen=True)
class Inner:
    pair: tuple[str, int] = ("", 0)


@dataclass(frozen=True)
class Outer:
    """Fields of every kind that the dataclasses of the index may one day have."""

    inner: Inner
    many: tuple[Inner, ...] = ()
    grid: tuple[tuple[str, ...], ...] = ()
    table: dict[str, tuple[int, ...]] = field(default_factory=dict)
    perhaps: float | None = None
    flag: bool = False


def test_records_come_back_as_they_were(tmp_path: Path) -> None:
    records = [
        Outer(Inner()),
        Outer(Inner(("一", 2)), (Inner(), Inner(("二", 3))), (("a",), ()), {"k": (1, 2)}, 0.5, True),
    ]
    write_records(tmp_path / "records", records)
    assert read_records(tmp_path / "records", Outer) == records
    document = Document("甲", "甲.txt", "行\r\n\u2028\x85\x1c尾", Metadata(years=(2021,)))
    assert from_json(Document, to_json(document)) == document


def test_a_field_that_cannot_be_stored_is_an_error_at_once() -> None:
    @dataclass(frozen=True)
    class Strange:
        numbers: set[int] = field(default_factory=set)

    with pytest.raises(NotImplementedError):
        from_json(Strange, "{}")
