"""Which format a file has: content first, and a suffix that lies is told."""

from __future__ import annotations

import io
import zipfile

import pytest

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.kinds import SUFFIXES, kind_of, shown
from vectorstore.formats.limits import Limits
from vectorstore.formats.reader import read_file

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_PAGE = (
    '<!DOCTYPE html>\n<html><head><meta charset="gbk"></head><body><p>民政工作要点</p></body></html>'.encode(
        "gbk"
    )
)
_MHT = b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="x"\r\n\r\n--x'


def _zip(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def _ooxml(content_type: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{content_type}"/></Types>')
    return buffer.getvalue()


_WORD = _ooxml("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml")
_EXCEL = _ooxml("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")


@pytest.mark.parametrize(
    ("file", "content", "kind"),
    [
        ("要点.txt", "BM25 一、指标\n".encode(), "text"),
        ("要点.md", b"<p>quoted</p>", "text"),
        ("要点.HTML", _PAGE, "html"),
        ("要点.htm", _MHT, "mht"),
        ("要点.mht", _MHT, "mht"),
        ("要点.doc", _PAGE, "html"),
        ("要点.doc", _WORD, "docx"),
        ("要点.wps", _WORD, "docx"),
        ("要点.doc", _OLE + "WordDocument".encode("utf-16-le"), "doc"),
        ("要点.docx", b"{\\rtf1 x}", "rtf"),
        ("要点.doc", "一、指导思想".encode("gbk"), "text"),
        ("指标.xls", _EXCEL, "xlsx"),
        ("指标.et", _OLE + "Workbook".encode("utf-16-le"), "xls"),
        ("指标.xls", b"<table><tr><td>1</td></tr></table>", "html"),
        ("指标.csv", "指标,2025年\n".encode("gbk"), "csv"),
        ("指标.odt", _zip(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
        ("图.jpg", b"\x89PNG\r\n\x1a\n....", "image"),
        ("规划.pdf", b"%PDF-1.7\n", "pdf"),
        ("规划.pdf", b"\x00\x00\n%PDF-1.7\n", "pdf"),
        ("全部.zip", _zip(a="1"), "zip"),
    ],
)
def test_the_content_decides(file: str, content: bytes, kind: str) -> None:
    assert kind_of(content, file=file) == kind


@pytest.mark.parametrize(
    ("file", "content", "said", "way_out"),
    [
        ("规划.pdf", _PAGE, "后缀是 .pdf，内容却是网页", ".html"),
        ("规划.txt", _WORD, "内容却是Word 文档", ".docx"),
        ("规划.docx", _EXCEL, "内容却是Excel 表格", ".xlsx"),
        ("规划.docx", _zip(a="1"), "内容却是ZIP 压缩包", ".zip"),
        ("规划.pdf", "一、指导思想".encode(), "内容却是纯文本", ".txt"),
        ("图.png", b"%PDF-1.4", "内容却是PDF 文件", ".pdf"),
        ("规划.docx", b"", "是空的", "有内容"),
        ("规划.pdf", bytes(4096), "是空的", "有内容"),
        ("规划.docx", _WORD[: len(_WORD) // 2], "已损坏或不完整", "重新取得"),
        ("规划.docx", _OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码", "取消密码"),
        ("规划.doc", _OLE, "认不出", "另存为 .docx"),
        ("规划.zip", b"Rar!\x1a\x07\x00", "ZIP 以外的压缩包", ".zip"),
        ("规划.zip", _zip(**{"OFD.xml": "<x/>"}), "OFD", "PDF"),
        ("规划.exe", b"MZ", "格式不支持", ".docx"),
        ("规划", b"x", "格式不支持", ".docx"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_way_out(
    file: str, content: bytes, said: str, way_out: str
) -> None:
    with pytest.raises(DocumentUnreadable) as error:
        kind_of(content, file=file)
    assert f"“{file}”" in error.value.message
    assert said in error.value.message
    assert way_out in error.value.hint


def test_a_name_with_control_and_direction_characters_is_shown_without_them() -> None:
    assert shown("规划\n\x1b[31m\u202efdp.txt") == "规划��[31m�fdp.txt"
    assert len(shown("规" * 300)) < 120


def test_a_text_is_its_bytes_decoded_and_nothing_else() -> None:
    assert read_file("一、\r\n\u3000二、\n".encode("gbk"), file="a.txt").text == "一、\r\n\u3000二、\n"


def test_a_file_over_the_limits_is_refused_by_size_and_by_text() -> None:
    with pytest.raises(DocumentUnreadable, match="超过 1 MB 的上限") as error:
        read_file(b"a" * 1_100_000, file="a.txt", limits=Limits(file_megabytes=1))
    assert "QA_MAX_FILE_MB" in error.value.hint
    with pytest.raises(DocumentUnreadable, match="超过 1 万字"):
        read_file(b"a" * 10_001, file="a.txt", limits=Limits(characters=10_000))


def test_all_suffixes_are_lower_case_with_a_dot() -> None:
    assert {".txt", ".md", ".docx", ".pdf", ".xlsx", ".html", ".zip"} <= set(SUFFIXES)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in SUFFIXES)
