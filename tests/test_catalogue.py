"""The catalogue beside the documents: what it may say, and how mistakes in it are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.documents import Metadata
from vectorstore.errors import DocumentUnreadable
from vectorstore.reading import read_document


def _read(folder: Path, catalogue: str | bytes, *, stem: str = "plan", name: str = "plan") -> Metadata:
    content = catalogue if isinstance(catalogue, bytes) else catalogue.encode()
    (folder / "catalogue.toml").write_bytes(content)
    (folder / f"{stem}.txt").write_text("青浦区2024年民政工作要点\n新建3所。", encoding="utf-8")
    return read_document(folder / f"{stem}.txt", name=name, file=f"{stem}.txt").metadata


def test_an_entry_completes_and_corrects_what_the_text_states(tmp_path: Path) -> None:
    metadata = _read(tmp_path, '[plan]\ntitle = "养老规划"\nyears = [2022, 2021]\nnumber = "甲〔2021〕1号"\n')
    assert metadata.title == "养老规划"
    assert (metadata.years, metadata.period) == ((2021, 2022), "2021年、2022年")
    assert metadata.number == "甲〔2021〕1号"
    assert metadata.region == "青浦区"


def test_documents_without_entry_are_described_by_their_text(tmp_path: Path) -> None:
    assert _read(tmp_path, '[other]\ntitle = "别的"\n').title == "青浦区2024年民政工作要点"
    assert _read(tmp_path, "").years == (2024,)


def test_an_entry_names_the_file_however_readers_call_the_document(tmp_path: Path) -> None:
    assert _read(tmp_path, '[plan]\nregion = "上海市"\n', name="2024/plan").region == "上海市"


def test_a_catalogue_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert _read(tmp_path, '\ufeff[plan]\ntitle = "养老规划"\n').title == "养老规划"


@pytest.mark.parametrize(
    ("catalogue", "said"),
    [
        ("[plan\n", "第 1 行第"),
        ("[plan]\ntitle = 养老规划\n", "第 2 行第"),
        ("[plan]\ntitle = “养老规划”\n", "第 2 行第"),
        ('title = "甲"\n[plan]\ntitle = "甲"\ntitle = "乙"\n', "第 4 行第"),
        ("[plan]\ntitle = '养老'\n".encode("gb18030"), "编码不是 UTF-8"),
        ('plan = "养老规划"\n', "应当写成 [plan] 一节"),
        ('[plan]\n标题 = "养老规划"\nperiod = "2021年"\n', "未知的项"),
        ("[plan]\ntitle = 2021\n", "title 应当是带引号的文字"),
        ("[plan]\nyears = 2021\n", "years 应当是年份的列表"),
        ('[plan]\nyears = "2021"\n', "years 应当是年份的列表"),
        ("[plan]\nyears = [21, 22]\n", "years 应当是年份的列表"),
        ("[plan]\nyears = [true]\n", "years 应当是年份的列表"),
    ],
)
def test_a_mistake_in_the_catalogue_is_named_with_its_place(
    tmp_path: Path, catalogue: str | bytes, said: str
) -> None:
    with pytest.raises(DocumentUnreadable) as error:
        _read(tmp_path, catalogue if isinstance(catalogue, bytes) else catalogue.replace("标题", '"标题"'))
    assert said in error.value.message
    assert "catalogue.toml" in error.value.message
    assert error.value.hint


def test_a_catalogue_that_is_a_folder_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").mkdir()
    (tmp_path / "plan.txt").write_text("养老规划\n", encoding="utf-8")
    assert read_document(tmp_path / "plan.txt", name="plan", file="plan.txt").metadata.title == "养老规划"
