"""Bytes to text: every encoding that staff save in, and files that are no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plan_parts import SEEDS, seed

from vectorstore.errors import DocumentUnreadable
from vectorstore.reading import decode, read_document

_TEXT = "青浦区2024年民政工作要点\r\n\u3000\u3000一、新建养老院3所，“一老一小”服务覆盖率达到100％。\n"
_TRADITIONAL = "廈門市養老服務發展規劃\n一、新建養老院3所，社區服務覆蓋率達到100%。\n"


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_a_seed_is_its_bytes_decoded_and_nothing_else(path: Path) -> None:
    assert seed(path.stem).text == path.read_bytes().decode("utf-8")
    assert seed(path.stem).text.encode() == path.read_bytes()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-32"]
)
def test_every_usual_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode(_TEXT.encode(encoding), file="a.txt") == _TEXT


@pytest.mark.parametrize(("encoding", "mark"), [("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")])
def test_both_byte_orders_are_read(encoding: str, mark: bytes) -> None:
    assert decode(mark + _TEXT.encode(encoding), file="a.txt") == _TEXT


def test_big5_is_not_taken_for_gb18030_nor_the_other_way_round() -> None:
    assert decode(_TRADITIONAL.encode("big5"), file="a.txt") == _TRADITIONAL
    assert decode(_TRADITIONAL.encode("gb18030"), file="a.txt") == _TRADITIONAL


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1).filter(str.strip)
)
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    content = text.encode()
    try:
        assert decode(content, file="a.txt") == text.removeprefix("\ufeff")
    except DocumentUnreadable as error:
        assert "空" in error.message
        assert not text.strip("\ufeff\u200b \u3000\xa0")


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t", b"\xef\xbb\xbf", "\u3000\n".encode(), b"\xff\xfe", b"\xef\xbb\xbf \n"]
)
def test_a_file_without_text_is_said_to_be_empty(content: bytes) -> None:
    with pytest.raises(DocumentUnreadable, match=r"“a\.txt”是空的"):
        decode(content, file="a.txt")


@pytest.mark.parametrize(
    "content",
    [
        b"\x00\x01\x02\x03" * 50,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
        b"PK\x03\x04\x14\x00\x08\x08" + bytes(60),
        b"abc\x01\x02\x03\x04 def",
        b"\xff\xfe\x00",
        b"\x81\x20\xff\xff",
    ],
)
def test_what_is_no_text_is_refused_with_a_way_out(content: bytes) -> None:
    with pytest.raises(DocumentUnreadable) as error:
        decode(content, file="附件.txt")
    assert "附件.txt" in error.value.message
    assert "UTF-8" in error.value.hint


def test_a_missing_file_and_a_folder_are_unreadable_and_said_so(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(DocumentUnreadable, match="无法打开文件") as error:
            read_document(path, name="plan", file="没有.txt")
        assert error.value.hint


def test_a_link_that_leads_in_a_circle_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.symlink_to(path)
    with pytest.raises(DocumentUnreadable, match="无法打开文件"):
        read_document(path, name="plan", file="plan.txt")


def test_a_document_is_named_as_the_library_names_it(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(_TEXT.encode("gbk"))
    document = read_document(path, name="2024/plan", file="2024/plan.txt")
    assert (document.name, document.file, document.text) == ("2024/plan", "2024/plan.txt", _TEXT)
    assert document.metadata.region == "青浦区"
