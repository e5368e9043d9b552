"""Malformed and hostile files: each is read or refused by itself, in words, in time; the next one is read."""

from __future__ import annotations

import io
import random
import re
import struct
import time
import zipfile
from collections.abc import Callable, Iterator

import pytest
from written_out import as_docx, as_html, as_mht, as_xlsx

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_CELLS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
_DOCTYPE = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "哈">{_LAUGHS}]>'
_OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'


def _changed(content: bytes, changes: dict[str, bytes | str | None]) -> bytes:
    """A package with parts replaced, added, or (None) left out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for part, text in changes.items():
            if text is not None:
                new.writestr(part, text)
    return buffer.getvalue()


def _word(body: str, head: str = "") -> bytes:
    return _changed(
        as_docx(), {"word/document.xml": f"{head}<w:document {_WORD}><w:body>{body}</w:body></w:document>"}
    )


def _sheet(markup: str, head: str = "") -> bytes:
    return _changed(
        as_xlsx(), {"xl/worksheets/sheet1.xml": f"{head}<worksheet {_CELLS}>{markup}</worksheet>"}
    )


def _noise(content: bytes, seed: int, share: float = 0.01) -> bytes:
    generator = random.Random(seed)
    changed = bytearray(content)
    for _ in range(int(len(changed) * share)):
        changed[generator.randrange(len(changed))] = generator.randrange(256)
    return bytes(changed)


def _text(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def _flagged_as_encrypted(content: bytes) -> bytes:
    changed = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(re.escape(signature), content):
            (flags,) = struct.unpack_from("<H", changed, match.start() + offset)
            struct.pack_into("<H", changed, match.start() + offset, flags | 1)
    return bytes(changed)


_NESTED = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
# Name → how its bytes are made. All of them are refused or read; which of both, a test below says.
REFUSED: dict[str, Callable[[], bytes]] = {
    "零字节.docx": lambda: b"",
    "零字节.html": lambda: b"",
    "全是零.xlsx": lambda: bytes(100_000),
    "半截.docx": lambda: as_docx()[:9_000],
    "半截.xlsx": lambda: as_xlsx()[:3_000],
    "只有头.docx": lambda: as_docx()[:30],
    "后缀错.xlsx": as_docx,
    "后缀错.docx": as_xlsx,
    "后缀错.html": as_docx,
    "后缀错.csv": as_xlsx,
    "后缀错.txt": as_docx,
    "是网页.pdf": as_html,
    "有密码.docx": lambda: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "有密码.xlsx": lambda: _OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "加密条目.docx": lambda: _flagged_as_encrypted(as_docx()),
    "认不出.doc": lambda: _OLE + bytes(4096),
    "随机.docx": lambda: random.Random(1).randbytes(50_000),
    "随机.csv": lambda: random.Random(2).randbytes(50_000),
    "可执行.docx": lambda: b"MZ\x90\x00" + random.Random(3).randbytes(5_000),
    "实体炸弹.docx": lambda: _word(_text("&l11;"), _DOCTYPE),
    "实体炸弹.xlsx": lambda: _sheet("<sheetData><row><c t='str'><v>&l11;</v></c></row></sheetData>", _DOCTYPE),
    "外部实体.docx": lambda: _word(_text("&l11;"), _OUTSIDE),
    "外部实体.xlsx": lambda: _sheet("<sheetData/>", _OUTSIDE),
    "关系里的实体.docx": lambda: _changed(as_docx(), {"_rels/.rels": f"{_DOCTYPE}<Relationships/>"}),
    "压缩炸弹.docx": lambda: _word(_text(" " * 400_000_000)),
    "压缩炸弹.xlsx": lambda: _sheet("<sheetData>" + " " * 300_000_000 + "</sheetData>"),
    "炸弹样式.docx": lambda: _changed(as_docx(), {"word/styles.xml": b"<w:styles>" + b" " * 300_000_000}),
    "没有正文.docx": lambda: _changed(as_docx(), {"word/document.xml": None}),
    "没有关系.docx": lambda: _changed(as_docx(), {"_rels/.rels": None}),
    "坏的正文.docx": lambda: _changed(as_docx(), {"word/document.xml": "<w:document><w:body>"}),
    "坏的样式.docx": lambda: _changed(as_docx(), {"word/styles.xml": "<"}),
    "坏的关系.docx": lambda: _changed(as_docx(), {"_rels/.rels": '<R><Relationship Id="a"/></R>'}),
    "正文是图.docx": lambda: _changed(as_docx(), {"word/document.xml": b"\x89PNG\r\n\x1a\n" + bytes(100)}),
    "空的正文.docx": lambda: _word(""),
    "空的表.xlsx": lambda: _sheet("<sheetData/>"),
    "坏的表.xlsx": lambda: _changed(as_xlsx(), {"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row>"}),
    "太多格.xlsx": lambda: _sheet(f"<sheetData><row>{'<c><v>1</v></c>' * 2_100_000}</row></sheetData>"),
    "太多部件.docx": lambda: _changed(as_docx(), {f"word/media/{n}.png": b"x" for n in range(2_100)}),
    "只有脚本.html": lambda: b"<html><script>alert(1)</script><style>p{}</style></html>",
    "嵌套过深.html": lambda: b"<div>" * 200_000 + "正文".encode(),
    "没有网页.mht": lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n--x--",
    "压缩包.docx": lambda: _changed(as_docx(), {"[Content_Types].xml": "<Types/>"}),
    "程序.exe": lambda: b"MZ",
    "没有后缀": lambda: b"text",
    "图片.doc": lambda: b"\x89PNG\r\n\x1a\n" + bytes(100),
}  # fmt: skip
READ: dict[str, Callable[[], bytes]] = {
    "嵌套的表.docx": lambda: _word(_text("正文。") + _NESTED[0] * 300 + _text("里") + _NESTED[1] * 300),
    "嵌套的控件.docx": lambda: _word(_text("正文。") + "<w:p>" + "<w:ins>" * 900 + "</w:ins>" * 900 + "</w:p>"),
    "嵌套的块.docx": lambda: _word(_text("正文。") + "<w:sdt><w:sdtContent>" * 800 + "</w:sdtContent></w:sdt>" * 800),
    "没有样式.docx": lambda: _changed(as_docx(), {"word/styles.xml": None, "word/numbering.xml": None}),
    "宏.docm": as_docx,
    "像旧的.doc": as_docx,
    "像旧的.wps": as_docx,
    "网页.doc": as_html,
    "网页.xls": as_html,
    "单页.doc": as_mht,
    "半截.html": lambda: as_html()[:3_000],
    "半截.mht": lambda: as_mht()[:9_000],
    "脚本.html": "<p onmouseover=alert(1)>正文。<img src=x onerror=alert(1)><script>x</script></p>".encode,
    "实体.html": f"{_DOCTYPE}<html><p>正文。&l11;</p></html>".encode,
    "跨格.html": "<table><tr><td colspan=9999 rowspan=9999>甲<td>乙<tr><td>丙<td>丁</table>".encode,
    "一行.html": ("<p>" + "正文" * 2_000_000).encode,
    "属性.html": ("<p " + 'a="b" ' * 300_000 + ">正文。").encode,
    "角落.xlsx": lambda: _sheet('<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "整表合并.xlsx": lambda: _sheet(
        '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData><mergeCells>'
        + '<mergeCell ref="A1:XFD1048576"/>' * 10_000
        + "</mergeCells>"
    ),
    "怪格式.xlsx": lambda: _changed(
        as_xlsx(),
        {"xl/styles.xml": f'<x {_CELLS}><numFmts><numFmt numFmtId="9" formatCode="{"#" * 5000}"/></numFmts></x>'},
    ),
    "长格.csv": ("a,b\n" + "正文" * 2_000_000 + ",1\n").encode,
    "引号.csv": ('指标,值\n"没有结束,1\n' * 1000).encode,
    "很多列.csv": (",".join(map(str, range(20_000))) + "\n正文\n").encode,
    "规" * 80 + ".html": as_html,
    "../../etc/要点.html": as_html,
    "要点\n\x1b[31m\u202e.html": as_html,
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader(Limits(seconds=60, memory_megabytes=1_500)) as isolated:
        yield isolated


def _in_words(error: DocumentUnreadable, file: str) -> bool:
    """Whether a message says in Chinese what happened, to which file, and what to do; without a program's own words."""
    visible = "".join(c if c.isprintable() else "�" for c in file)
    program = re.search(
        r"Error|Exception|\.py|Traceback|None", f"{error.message}{error.hint}".replace(visible, "")
    )
    return visible in error.message and len(error.message) > 8 and len(error.hint) > 5 and program is None


@pytest.mark.thorough
@pytest.mark.parametrize("file", REFUSED)
def test_a_file_that_is_none_is_refused_in_words_and_in_time(reader: IsolatedReader, file: str) -> None:
    content = REFUSED[file]()
    began = time.monotonic()
    with pytest.raises(DocumentUnreadable) as error:
        reader.read(content, file=file)
    assert _in_words(error.value, file), str(error.value)
    assert "时限" not in error.value.message
    assert time.monotonic() - began < 60


@pytest.mark.quick(6)
@pytest.mark.parametrize("file", READ)
def test_an_odd_file_is_read_in_time(reader: IsolatedReader, file: str) -> None:
    content = READ[file]()
    began = time.monotonic()
    read = reader.read(content, file=file)
    assert read.text.strip()
    assert "root:" not in read.text
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("seed", range(12))
def test_a_file_with_noise_in_it_is_read_or_refused(reader: IsolatedReader, seed: int) -> None:
    for file, make in (
        ("杂音.docx", as_docx),
        ("杂音.html", as_html),
        ("杂音.xlsx", as_xlsx),
        ("杂音.mht", as_mht),
    ):
        try:
            reader.read(_noise(make(), seed, share=0.002), file=file)
        except DocumentUnreadable as error:
            assert _in_words(error, file), str(error)


def test_after_all_of_them_a_sound_file_is_read(reader: IsolatedReader) -> None:
    assert "改建床位每张补贴3000元" in reader.read(as_docx(), file="规划.docx").text


def test_there_are_enough_of_them() -> None:
    assert len(REFUSED) + len(READ) >= 60
