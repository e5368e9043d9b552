"""What the user puts right stays right: through re-indexing, new contents, and hand-made edits of the record."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from library_parts import library_in, opened, plan, write
from question_sets import SEEDS

from qa import Library
from qa.errors import CorrectionInvalid, DocumentUnknown, DocumentUnreadable
from vectorstore.corrections import CORRECTIONS, Corrections, read_corrections, write_corrections
from vectorstore.documents import Metadata


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = library_in(tmp_path)
    made.add([write(tmp_path / "inbox", {"甲.txt": "养老床位新增500张。\n低保标准每月800元。\n"}) / "甲.txt"])
    return made


def metadata_of(library: Library, name: str = "甲") -> Metadata:
    index = opened(library)
    try:
        return index.documents[name].metadata
    finally:
        index.close()


def test_a_correction_is_in_the_index_at_once_and_said_in_the_list(library: Library) -> None:
    listed = library.correct(
        "甲", title="青田县民政规划", region="青田县", period="2021—2025年", number="青民〔2021〕3号"
    )
    assert set(listed.corrected) == {"title", "region", "years", "number"}
    metadata = metadata_of(library)
    assert (metadata.title, metadata.region, metadata.number) == (
        "青田县民政规划",
        "青田县",
        "青民〔2021〕3号",
    )
    assert (metadata.years, metadata.period) == ((2021, 2022, 2023, 2024, 2025), "2021—2025年")
    index = opened(library)
    assert {passage.region for passage in index.passages} == {"青田县"}
    index.close()


def test_a_correction_survives_reindexing_and_a_change_of_the_file(library: Library, tmp_path: Path) -> None:
    library.correct("甲", region="青田县")
    shutil.rmtree(library.settings.index_folder)
    library.update()
    assert metadata_of(library).region == "青田县"
    changed = write(tmp_path / "later", {"甲.txt": "养老床位新增900张。\n"}) / "甲.txt"
    library.add([changed], replace=True)
    assert metadata_of(library).region == "青田县"


def test_the_kind_of_paper_is_corrected_for_good_and_decides_what_its_sentences_state(
    library: Library, tmp_path: Path
) -> None:
    def statements() -> set[str]:
        index = opened(library)
        try:
            return {passage.statement for passage in index.passages if "床位" in passage.text}
        finally:
            index.close()

    (listed,) = library.list()
    assert listed.understood is not None
    assert listed.understood.genres == ()
    corrected = library.correct("甲", genre="总结")
    assert corrected.understood is not None
    assert (corrected.understood.genres, corrected.corrected) == (("总结",), ("genres",))
    assert statements() == {"result"}
    library.correct("甲", genre="规划")
    shutil.rmtree(library.settings.index_folder)
    changed = write(tmp_path / "later", {"甲.txt": "养老床位新增900张。\n"}) / "甲.txt"
    library.add([changed], replace=True)
    assert metadata_of(library).genres == ("规划",)
    assert statements() == {"target"}
    several = library.correct("甲", genre="总结和计划").understood
    assert several is not None
    assert several.genres == ("计划", "总结")
    by_title = library.correct("甲", genre="", title="青田县临时救助实施办法").understood
    assert by_title is not None
    assert by_title.genres == ("政策",)


def test_a_field_can_be_emptied_left_alone_and_given_back(library: Library) -> None:
    library.correct("甲", title="题目", region="青田县")
    library.correct("甲", region="")
    assert (metadata_of(library).title, metadata_of(library).region) == ("题目", "")
    assert library.correct("甲", reset=True).corrected == ()
    assert metadata_of(library).title != "题目"


def test_what_cannot_be_used_is_told_and_changes_nothing(library: Library) -> None:
    with pytest.raises(CorrectionInvalid, match="看不懂年份"):
        library.correct("甲", period="前几年")
    with pytest.raises(CorrectionInvalid, match="没有“诗歌”这种文种") as invalid:
        library.correct("甲", genre="诗歌")
    assert "规划" in invalid.value.hint
    with pytest.raises(DocumentUnknown, match="没有“乙”"):
        library.correct("乙", title="题目")
    assert not (library.settings.library / CORRECTIONS).exists()


@pytest.mark.thorough
def test_a_packaged_document_is_corrected_beside_the_added_files(tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in SEEDS.iterdir()}
    library = library_in(tmp_path, library=SEEDS)
    library.correct("001_ccb1b5885ede9b5c", date="2023年3月1日")
    assert metadata_of(library, "001_ccb1b5885ede9b5c").date == "2023年3月1日"
    assert {path.name: path.read_bytes() for path in SEEDS.iterdir()} == before
    assert (tmp_path / "documents" / CORRECTIONS).is_file()


def test_a_correction_goes_with_the_document_that_is_removed(library: Library, tmp_path: Path) -> None:
    library.add([write(tmp_path / "inbox", {"乙.txt": plan("景宁县")}) / "乙.txt"])
    library.correct("甲", region="青田县")
    library.remove(["甲"])
    library.add([tmp_path / "inbox" / "甲.txt"])
    assert metadata_of(library).region == ""


def test_a_record_that_somebody_broke_is_told_with_its_place(library: Library) -> None:
    (library.settings.library / CORRECTIONS).write_text("[甲\n", encoding="utf-8")
    with pytest.raises(DocumentUnreadable, match=r"corrections\.toml"):
        library.list()


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


# Each example waits for the disk, which may be busy.
@settings(deadline=None)
@given(name=NAMES, title=st.text(st.characters(exclude_categories=["Cs"]), max_size=30), hidden=st.booleans())
def test_any_correction_is_read_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, name: str, title: str, hidden: bool
) -> None:
    folder = tmp_path_factory.mktemp("corrections")
    written = Corrections({name: {"title": title, "years": [2021, 2022]}})
    written = written.hiding("别的") if hidden else written
    write_corrections(folder, written)
    assert read_corrections(folder) == written
