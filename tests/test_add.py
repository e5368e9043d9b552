"""Bringing documents in: one by one, whole or not at all, bad ones refused, with a report of what was understood."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest
from index_parts import HashEmbedder
from library_parts import library_in, plan, settings_in, stored_files, texts_of, write, zipped
from pdf_parts import pdf, wrapped
from pdf_parts import write as write_lines
from question_sets import SEEDS

from qa import Library, Progress, Settings
from qa.errors import DocumentUnknown, LibraryMissing
from qa.library.pace import Pace


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_an_added_file_is_copied_indexed_and_reported_with_what_was_understood(
    library: Library, inbox: Path
) -> None:
    write(inbox, {"青田规划.txt": plan("青田县", beds=500)})
    report = library.add([inbox / "青田规划.txt"])
    (file,) = report.files
    assert (file.status, file.name, file.reason) == ("added", "青田规划", "")
    understood = file.understood
    assert understood is not None
    assert (understood.title, understood.region) == ("青田县民政事业发展规划（2021—2025年）", "青田县")
    assert (understood.period, understood.sections, understood.tables) == ("2021—2025年", 3, 0)
    assert understood.passages >= 3
    assert texts_of(library) == {"青田规划": plan("青田县", beds=500)}
    assert (library.settings.library / "青田规划.txt").read_bytes() == plan("青田县").encode()
    assert report.index is not None
    assert report.index.documents == 1


def test_a_folder_is_added_with_all_inside_but_what_systems_leave_behind(
    library: Library, inbox: Path
) -> None:
    files = {"来文/甲.txt": plan("青田县"), "来文/分局/乙.md": plan("景宁县"), "来文/.DS_Store": b"\0\1"}
    write(inbox, {**files, "来文/~$甲.docx": b"lock", "来文/.git/x.txt": "x"})
    report = library.add([inbox / "来文"])
    assert [(file.status, file.name) for file in report.files] == [("added", "甲"), ("added", "乙")]
    assert stored_files(library.settings.library) == {"来文/甲.txt", "来文/分局/乙.md"}


def test_the_members_of_an_archive_go_into_a_folder_of_its_name(library: Library, inbox: Path) -> None:
    packed = zipped({"甲.txt": plan("青田县"), "内/乙.txt": plan("景宁县"), "坏.txt": b""})
    write(inbox, {"来文.zip": packed})
    report = library.add([inbox / "来文.zip"])
    assert {file.name: file.status for file in report.files} == {"甲": "added", "乙": "added", "": "refused"}
    assert stored_files(library.settings.library) == {"来文/甲.txt", "来文/内/乙.txt"}
    assert report.refused[0].source.endswith("来文.zip/坏.txt")


def test_bad_files_are_refused_one_by_one_and_the_others_go_in(library: Library, inbox: Path) -> None:
    write(
        inbox,
        {
            "好.txt": plan("青田县"),
            "空.txt": b"",
            "断.docx": b"PK\x03\x04broken",
            "画.exe": b"MZ",
            "是网页.pdf": b"<html><body>x</body></html>",
            "坏.zip": b"PK\x03\x04",
            "只有空白.txt": b" \n\n ",
        },
    )
    report = library.add([*sorted(inbox.iterdir()), inbox / "没有这个.txt"])
    assert [file.name for file in report.files if file.status != "refused"] == ["好"]
    assert len(report.refused) == 7
    assert all(file.reason and file.hint for file in report.refused)
    assert stored_files(library.settings.library) == {"好.txt"}


def test_refused_files_leave_index_and_library_as_they_were(library: Library, inbox: Path) -> None:
    library.add([write(inbox, {"好.txt": plan("青田县")}) / "好.txt"])
    before = texts_of(library), stored_files(library.settings.library)
    report = library.add([write(inbox, {"空.txt": b""}) / "空.txt"])
    assert [file.status for file in report.files] == ["refused"]
    assert report.index is not None
    assert not report.index.changed
    assert (texts_of(library), stored_files(library.settings.library)) == before


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("计划\u202e\x07.txt", "计划.txt"),
        (f"{'长' * 80}.txt", f"{'长' * 65}.txt"),
        ("a|b?.txt", "a_b_.txt"),
        ("con.txt", "_con.txt"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_are_made_safe(library: Library, inbox: Path, written: str, stored: str) -> None:
    write(inbox, {written: plan("青田县")})
    assert [file.status for file in library.add([inbox]).files] == ["added"]
    (only,) = stored_files(library.settings.library)
    assert Path(only).name == stored


def test_an_unchanged_file_costs_a_hash_and_a_renamed_copy_is_recognised(
    library: Library, inbox: Path
) -> None:
    write(inbox, {"甲.txt": plan("青田县"), "改了名.txt": plan("青田县")})
    first = library.add([inbox / "甲.txt"])
    again = library.add([inbox / "甲.txt", inbox / "改了名.txt"])
    assert [(file.status, file.name, file.other) for file in again.files] == [
        ("unchanged", "甲", ""),
        ("duplicate_of", "甲", "甲"),
    ]
    assert first.index and again.index
    assert again.index.generation == first.index.generation
    assert stored_files(library.settings.library) == {"甲.txt"}


def test_another_document_of_the_same_name_gets_a_number(library: Library, inbox: Path) -> None:
    write(inbox, {"一/总结.txt": plan("青田县"), "二/总结.txt": plan("景宁县", beds=77)})
    library.add([inbox / "一/总结.txt"])
    (file,) = library.add([inbox / "二/总结.txt"]).files
    assert (file.status, file.name) == ("added", "总结（2）")
    assert set(texts_of(library)) == {"总结", "总结（2）"}
    (again,) = library.add([inbox / "二/总结.txt"]).files
    assert (again.status, again.name) == ("unchanged", "总结（2）")


def test_packaged_documents_stay_as_they_are_and_added_ones_lie_elsewhere(
    tmp_path: Path, inbox: Path
) -> None:
    before = {path.name: path.read_bytes() for path in SEEDS.iterdir()}
    library = library_in(tmp_path, library=SEEDS)
    library.add([write(inbox, {"青田.txt": plan("青田县")}) / "青田.txt"])
    assert {path.name: path.read_bytes() for path in SEEDS.iterdir()} == before
    assert stored_files(tmp_path / "documents") == {"青田.txt"}
    names = set(texts_of(library))
    assert names == {path.stem for path in SEEDS.glob("*.txt")} | {"青田"}


@pytest.mark.thorough
def test_an_added_file_called_like_a_packaged_one_takes_no_name_away(tmp_path: Path) -> None:
    library = library_in(tmp_path, library=SEEDS)
    write(tmp_path / "documents", {"000_52d60fd8ff2f3517.txt": plan("青田县")})
    library.update()
    texts = texts_of(library)
    assert texts["000_52d60fd8ff2f3517"].encode() == (SEEDS / "000_52d60fd8ff2f3517.txt").read_bytes()
    assert texts["添加/000_52d60fd8ff2f3517"] == plan("青田县")


def test_a_removed_file_lies_in_the_trash_and_a_packaged_one_is_hidden_until_restored(
    tmp_path: Path, inbox: Path
) -> None:
    library = library_in(tmp_path, library=SEEDS)
    library.add([write(inbox, {"青田.txt": plan("青田县")}) / "青田.txt"])
    mine, packaged = library.remove(["青田", "001_ccb1b5885ede9b5c"])
    assert (mine.how, packaged.how) == ("deleted", "hidden")
    assert Path(mine.trash).read_text(encoding="utf-8") == plan("青田县")
    assert set(texts_of(library)) == {p.stem for p in SEEDS.glob("*.txt")} - {"001_ccb1b5885ede9b5c"}
    states = {document.name: document.state for document in library.list()}
    assert states["001_ccb1b5885ede9b5c"] == "hidden"
    assert "青田" not in states
    assert library.restore(["001_ccb1b5885ede9b5c"]) == ("001_ccb1b5885ede9b5c",)
    assert "001_ccb1b5885ede9b5c" in texts_of(library)


@pytest.mark.thorough
def test_a_hidden_document_comes_back_when_it_is_added_again(tmp_path: Path) -> None:
    library = library_in(tmp_path, library=SEEDS)
    library.remove(["001_ccb1b5885ede9b5c"])
    (file,) = library.add([SEEDS / "001_ccb1b5885ede9b5c.txt"]).files
    assert (file.status, file.name) == ("restored", "001_ccb1b5885ede9b5c")
    assert "001_ccb1b5885ede9b5c" in texts_of(library)


def test_an_unknown_name_is_not_removed_and_nothing_else_is(library: Library, inbox: Path) -> None:
    library.add([write(inbox, {"甲.txt": plan("青田县")}) / "甲.txt"])
    with pytest.raises(DocumentUnknown, match="没有“乙”"):
        library.remove(["甲", "乙"])
    assert set(texts_of(library)) == {"甲"}


def test_the_list_tells_what_is_ready_waiting_or_unreadable(library: Library, inbox: Path) -> None:
    library.add([write(inbox, {"甲.txt": plan("青田县")}) / "甲.txt"])
    write(library.settings.library, {"坏.txt": b""})
    library.update()
    write(library.settings.library, {"新.txt": plan("景宁县")})
    listed = {document.name: document for document in library.list()}
    assert {name: document.state for name, document in listed.items()} == {
        "甲": "ready",
        "坏": "unreadable",
        "新": "waiting",
    }
    assert "空" in listed["坏"].reason
    assert listed["甲"].understood is not None


def test_progress_never_falls_and_ends_at_the_end(library: Library, inbox: Path) -> None:
    write(inbox, {f"{number}.txt": plan("青田县", beds=number * 100) for number in range(1, 6)})
    told: list[Progress] = []
    library.add([inbox], on_progress=told.append)
    percents = [progress.percent for progress in told]
    assert percents == sorted(percents)
    assert percents[-1] == 100
    assert {"读取", "计算向量", "写入"} <= {progress.stage for progress in told}
    assert any(progress.file.endswith("1.txt") for progress in told)
    assert any(progress.seconds_left is not None for progress in told)


def _long_paper(pages: int) -> bytes:
    lines = [line for text in [plan("青田县", note="继续推进。" * 60)] for line in wrapped(text)]
    return pdf(*[lambda canvas: write_lines(canvas, lines, leading=14) for _ in range(pages)])


def test_of_a_file_with_pages_progress_tells_which_is_read_and_the_time_left(
    library: Library, inbox: Path
) -> None:
    write(inbox, {"长.pdf": _long_paper(60)})
    told: list[Progress] = []
    library.add([inbox / "长.pdf"], on_progress=told.append)
    paged = [progress for progress in told if progress.pages]
    assert paged
    assert {progress.pages for progress in paged} == {60}
    assert [progress.page for progress in paged] == sorted(progress.page for progress in paged)
    assert all(progress.file.endswith("长.pdf") and progress.seconds_left is not None for progress in paged)
    percents = [progress.percent for progress in told]
    assert percents == sorted(percents)


@pytest.mark.thorough
def test_a_stop_between_two_pages_leaves_nothing_of_the_file(library: Library, inbox: Path) -> None:
    write(inbox, {"长.pdf": _long_paper(60)})
    told: list[Progress] = []
    report = library.add(
        [inbox / "长.pdf"], on_progress=told.append, should_stop=lambda: any(each.page for each in told)
    )
    assert report.stopped
    assert max(progress.page for progress in told) < 60
    assert stored_files(library.settings.library) == set()
    assert library.list() == ()
    assert [file.status for file in library.add([inbox / "长.pdf"]).files] == ["added"]


def test_a_long_scan_behind_many_short_files_is_not_nearly_done() -> None:
    told: list[Progress] = []
    pace = Pace(told.append, None)
    pace.taking_in("理解", "扫描件.pdf", 99, 100)
    time.sleep(0.2)
    pace.page("扫描件.pdf", 1, 101)
    assert (told[-1].page, told[-1].pages) == (1, 101)
    assert told[-1].seconds_left is not None
    assert told[-1].seconds_left >= 20


def test_work_that_is_stopped_keeps_what_is_done_and_goes_on_from_there(
    library: Library, inbox: Path
) -> None:
    write(inbox, {f"{number}.txt": plan("青田县", begin=2000 + number) for number in range(8)})
    asked = iter(range(100))
    report = library.add([inbox], should_stop=lambda: next(asked) > 8)
    assert report.stopped
    assert report.index is None
    assert 0 < len(report.files) < 8
    again = library.add([inbox])
    statuses = [file.status for file in again.files]
    assert statuses.count("unchanged") == len(report.files)
    assert not again.stopped
    assert len(texts_of(library)) == 8


def test_a_stop_while_vectors_are_computed_loses_none_of_them(library: Library, inbox: Path) -> None:
    write(inbox, {f"{number}.txt": plan("青田县", begin=2000 + number) for number in range(8)})
    embedder = HashEmbedder()
    interrupted = Library(library.settings, embedder=embedder)
    assert interrupted.add([inbox], should_stop=lambda: len(embedder.texts) >= 16).stopped
    report = library.add([inbox])
    assert report.index is not None
    assert report.index.embedded == report.index.passages - 16


def test_only_what_is_new_is_embedded_and_the_rest_carried_over(tmp_path: Path, inbox: Path) -> None:
    library = library_in(tmp_path)
    write(inbox, {f"{number}.txt": plan("青田县", begin=2000 + number) for number in range(6)})
    library.add([inbox])
    embedder = HashEmbedder()
    write(inbox, {"新.txt": plan("景宁县", beds=41)})
    report = Library(library.settings, embedder=embedder).add([inbox / "新.txt"])
    assert report.index is not None
    new = report.files[0].understood
    assert new is not None
    assert report.index.embedded == new.passages
    assert len(set(embedder.texts)) < report.index.passages


def test_an_empty_library_takes_its_first_file_and_a_missing_one_is_told(tmp_path: Path, inbox: Path) -> None:
    library = library_in(tmp_path)
    assert library.list() == ()
    shutil.rmtree(library.settings.library)
    missing = Library(library.settings, embedder=HashEmbedder())
    write(inbox, {"甲.txt": plan("青田县")})
    with pytest.raises(LibraryMissing):
        missing.list()


def test_a_library_that_cannot_be_written_gets_a_second_folder(tmp_path: Path) -> None:
    assert settings_in(tmp_path).library_folders.added is None
    packaged = Settings(library=SEEDS, data_dir=tmp_path / "documents")
    assert packaged.library_folders.changing == tmp_path / "documents"
    assert Settings(library=SEEDS).library_folders.changing != SEEDS
