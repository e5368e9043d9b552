"""A folder that is watched: what is put in, changed or taken away by hand is in the index soon, and trouble is told once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from doubles import wait_until
from index_parts import HashEmbedder
from library_parts import library_in, plan, stored_files, texts_of, write, zipped

from qa import Library
from qa.library.reports import FileReport
from qa.library.watching import watch
from vectorstore.index import Synchronised
from vectorstore.intake import TRASH


class Watched:
    """A library that a thread keeps an eye on, and what the thread told."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.folder = library.settings.library
        self.updates: list[Synchronised] = []
        self.troubles: list[str] = []
        self.unpacked: list[FileReport] = []
        self.stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        watch(
            self.library.settings,
            on_update=self.updates.append,
            on_trouble=self.troubles.append,
            on_unpacked=self.unpacked.append,
            stop=self.stop,
            seconds=0.05,
            embedder=HashEmbedder(),
        )

    def end(self) -> None:
        self.stop.set()
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    watched = Watched(library_in(tmp_path))
    yield watched
    watched.end()


def test_files_put_in_changed_and_taken_away_are_followed(watched: Watched) -> None:
    write(watched.folder, {"甲.txt": plan("青田县"), "乙.txt": plan("景宁县")})
    assert wait_until(lambda: bool(watched.updates), seconds=60)
    assert set(texts_of(watched.library)) == {"甲", "乙"}
    write(watched.folder, {"甲.txt": plan("青田县", beds=777)})
    assert wait_until(lambda: len(watched.updates) == 2, seconds=60)
    assert "777" in texts_of(watched.library)["甲"]
    (watched.folder / "乙.txt").unlink()
    assert wait_until(lambda: len(watched.updates) == 3, seconds=60)
    assert set(texts_of(watched.library)) == {"甲"}


def test_an_empty_folder_is_told_once_and_waited_for(watched: Watched) -> None:
    assert wait_until(lambda: bool(watched.troubles), seconds=30)
    write(watched.folder, {"甲.txt": plan("青田县")})
    assert wait_until(lambda: bool(watched.updates), seconds=60)
    assert len(watched.troubles) == 1
    assert "文件库里没有" in watched.troubles[0]


def test_a_file_that_is_still_being_copied_is_waited_for(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    write(library.settings.library, {"甲.txt": plan("青田县")})
    growing = library.settings.library / "乙.txt"
    whole = plan("景宁县") * 5
    updates: list[Synchronised] = []
    stop = threading.Event()
    looks: list[int] = []

    class Growing(threading.Event):
        """Each look at the folder finds the file a little longer, until it is whole."""

        def wait(self, timeout: float | None = None) -> bool:
            looks.append(len(looks))
            growing.write_text(whole[: len(whole) * min(len(looks), 6) // 6], encoding="utf-8")
            if len(looks) > 9:
                stop.set()
            return stop.is_set()

        def is_set(self) -> bool:
            return stop.is_set()

    watch(
        library.settings,
        on_update=updates.append,
        on_trouble=lambda _: None,
        stop=Growing(),
        seconds=0,
        embedder=HashEmbedder(),
    )
    assert texts_of(library)["乙"] == whole
    assert len(updates) == 1


def test_an_archive_that_is_put_in_is_unpacked_and_its_members_are_answered_from(watched: Watched) -> None:
    packed = zipped({"甲.txt": plan("青田县"), "内/乙.txt": plan("景宁县"), "坏.txt": b""})
    write(watched.folder, {"来文.zip": packed})
    assert wait_until(lambda: bool(watched.updates), seconds=60)
    assert set(texts_of(watched.library)) == {"甲", "乙"}
    assert {(report.status, report.name) for report in watched.unpacked} == {
        ("added", "甲"),
        ("added", "乙"),
        ("refused", ""),
    }
    assert stored_files(watched.folder) == {"来文/甲.txt", "来文/内/乙.txt"}
    (trashed,) = (watched.folder / TRASH).iterdir()
    assert trashed.read_bytes() == packed
    (watched.folder / "来文/甲.txt").unlink()
    assert wait_until(lambda: len(watched.updates) == 2, seconds=60)
    assert set(texts_of(watched.library)) == {"乙"}


def test_an_archive_of_which_nothing_can_be_taken_stays_and_is_told(watched: Watched) -> None:
    write(watched.folder, {"坏.zip": b"PK\x03\x04 broken", "甲.txt": plan("青田县")})
    assert wait_until(lambda: bool(watched.updates), seconds=60)
    assert [report.status for report in watched.unpacked] == ["refused"]
    assert [problem.file for problem in watched.updates[0].problems] == ["坏.zip"]
    assert (watched.folder / "坏.zip").is_file()


def test_a_bad_file_is_reported_and_the_others_are_followed(watched: Watched) -> None:
    write(watched.folder, {"甲.txt": plan("青田县"), "坏.docx": b"PK\x03\x04"})
    assert wait_until(lambda: bool(watched.updates), seconds=60)
    assert [problem.file for problem in watched.updates[0].problems] == ["坏.docx"]
    assert set(texts_of(watched.library)) == {"甲"}
