"""Versions of one paper are recognised, told apart by date, and said in citations; other papers are not taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from library_parts import library_in, opened, plan, stored_files, texts_of, write

from qa import Assistant, Library
from qa.library.opening import reopen
from qa.models.choice import ModelChoice
from vectorstore.documents import Metadata
from vectorstore.versions import Edition, is_newer, likeness, same_paper, signature_of

LONG = "".join(
    f"{number}、推进第{number}项民政工作，新建设施{number * 7}处，惠及群众{number * 131}人，资金{number * 19}万元。"
    for number in range(1, 80)
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path)


def edition(name: str, text: str, **metadata: object) -> Edition:
    return Edition(name, Metadata(**metadata), signature_of(text))  # type: ignore[arg-type]


def test_likeness_is_the_share_of_common_text() -> None:
    assert likeness(signature_of(LONG), signature_of(LONG)) == 1
    revised = LONG.replace("第40项民政", "第40项社会救助").replace("第41项民政", "第41项养老")
    assert likeness(signature_of(LONG), signature_of(revised)) > 0.85
    assert likeness(signature_of(LONG), signature_of(LONG.replace("\n", "").replace("，", ","))) > 0.95
    assert likeness(signature_of(LONG), signature_of("全然不同的一篇文章，讲的是天气和收成。" * 5)) < 0.1
    assert signature_of("短") == ()


def test_a_revision_has_title_or_number_place_and_years_in_common() -> None:
    base = {"title": "甲县民政规划", "region": "甲县", "years": (2021, 2025)}
    revised = LONG.replace("新建", "改建")
    one = edition("一", LONG, **base)
    assert same_paper(one, edition("二", revised, **base | {"title": "《甲县民政规划》（修订稿）"}))
    assert same_paper(one, edition("二", LONG + "又一条。", **base | {"title": "另一个题目"}))
    assert not same_paper(one, edition("二", LONG, **base | {"region": "乙县"}))
    assert not same_paper(one, edition("二", LONG, **base | {"years": (2026, 2030)}))
    assert not same_paper(one, edition("二", "全然不同的一篇文章，讲的是天气。" * 9, **base))


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("2022年3月1日", "2021年12月31日"),
        ("2022-10-01", "2022-09-30"),
        ("二〇二二年十二月三十一日", "二〇二二年三月二十日"),
        ("2022年3月11日", "二〇二二年三月十日"),
    ],
)
def test_the_later_date_is_the_newer_version(newer: str, older: str) -> None:
    late, early = edition("旧名", LONG, date=newer), edition("新名", LONG, date=older)
    assert is_newer(late, early)
    assert not is_newer(early, late)


def test_without_dates_the_one_that_came_later_is_newer() -> None:
    early, late = Edition("二", Metadata(), (), 1), Edition("一", Metadata(), (), 2)
    assert is_newer(late, early)


def revisions(tmp_path: Path) -> tuple[Path, Path]:
    folder = write(
        tmp_path / "inbox",
        {
            "旧稿.txt": plan("青田县", beds=500, date="2021年3月1日"),
            "新稿.txt": plan("青田县", beds=500, date="2022年5月1日", note="新增骨灰堂4处。"),
        },
    )
    return folder / "旧稿.txt", folder / "新稿.txt"


def test_a_newer_version_is_recognised_and_both_stay(library: Library, tmp_path: Path) -> None:
    old, new = revisions(tmp_path)
    library.add([old])
    (file,) = library.add([new]).files
    assert (file.status, file.name, file.other, file.replaced) == ("newer_version_of", "新稿", "旧稿", ())
    versions = {d.name: d.understood.version for d in library.list() if d.understood}
    assert versions == {"旧稿": "旧版（2021年3月1日）", "新稿": "新版（2022年5月1日）"}


def test_an_older_version_is_no_newer_one_only_because_it_comes_later(
    library: Library, tmp_path: Path
) -> None:
    old, new = revisions(tmp_path)
    library.add([new])
    (file,) = library.add([old], replace=True).files
    assert (file.status, file.other, file.replaced) == ("older_version_of", "新稿", ())
    assert set(texts_of(library)) == {"旧稿", "新稿"}


def test_a_newer_version_replaces_the_older_when_asked_to(library: Library, tmp_path: Path) -> None:
    old, new = revisions(tmp_path)
    library.add([old])
    (file,) = library.add([new], replace=True).files
    assert (file.status, file.replaced) == ("newer_version_of", ("旧稿",))
    assert stored_files(library.settings.library) == {"新稿.txt"}
    assert [d.understood.version for d in library.list() if d.understood] == [""]
    trash = library.settings.library / ".trash"
    assert [path.read_text(encoding="utf-8") for path in trash.iterdir()] == [old.read_text(encoding="utf-8")]


def test_replacing_can_be_asked_for_afterwards(library: Library, tmp_path: Path) -> None:
    old, new = revisions(tmp_path)
    library.add([old, new])
    (file,) = library.add([new], replace=True).files
    assert (file.status, file.replaced) == ("unchanged", ("旧稿",))
    assert stored_files(library.settings.library) == {"新稿.txt"}


def test_a_file_replaces_that_of_the_same_name_and_keeps_it(library: Library, tmp_path: Path) -> None:
    first = write(tmp_path / "一", {"规划.txt": plan("青田县", beds=500)}) / "规划.txt"
    second = write(tmp_path / "二", {"规划.txt": plan("青田县", beds=500, note="又补一句话。")}) / "规划.txt"
    library.add([first])
    (file,) = library.add([second], replace=True).files
    assert (file.name, file.replaced) == ("规划", ("规划",))
    assert texts_of(library) == {"规划": second.read_text(encoding="utf-8")}


def test_plans_of_different_places_in_the_same_words_are_no_versions(
    library: Library, tmp_path: Path
) -> None:
    write(
        tmp_path / "inbox",
        {"甲.txt": plan("青田县"), "乙.txt": plan("景宁县"), "丙.txt": plan("青田县", 2016)},
    )
    assert {file.status for file in library.add([tmp_path / "inbox"]).files} == {"added"}


def test_an_answer_says_which_version_it_cites(library: Library, tmp_path: Path) -> None:
    library.add(revisions(tmp_path))
    index = opened(library)
    choice = ModelChoice(None, "")
    with Assistant(library.settings, index, choice, lambda: reopen(library.settings, None)) as assistant:  # type: ignore[arg-type]
        answer = assistant.ask("青田县2025年护理型床位占比达到多少？")
    assert answer.citations
    for citation in answer.citations:
        date = "2022年5月1日" if citation.document == "新稿" else "2021年3月1日"
        assert citation.labels[-1] == f"{'新版' if citation.document == '新稿' else '旧版'}（{date}）"
