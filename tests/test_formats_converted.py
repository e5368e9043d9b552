"""Files of old and other Office programs: converted where a converter is, said clearly where not."""

from __future__ import annotations

import io
import stat
import time
import zipfile
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.converted import convert, converter
from vectorstore.formats.limits import Limits
from vectorstore.formats.reader import read_file

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
_OLD_WORD = _OLE + "WordDocument".encode("utf-16-le")
_OLD_SHEET = _OLE + "Workbook".encode("utf-16-le")
# Converters that do what one does wrong: the last argument is the file, the one before it the folder for the result.
_HANGS = "sleep 60"
_FAILS = "exit 1"


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("新建养老院3所。")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _sheet() -> bytes:
    workbook = Workbook()
    workbook.active.append(["指标", "2025年"])
    workbook.active.append(["床位", 360])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _install(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called soffice, alone in PATH with what a shell script needs."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")


@pytest.mark.parametrize("file", ["规划.doc", "规划.wps", "规划.xls", "规划.et", "规划.rtf", "规划.odt"])
def test_without_a_converter_the_way_out_is_said(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    content = {"rtf": b"{\\rtf1 x}", "odt": _odt()}.get(
        file[3:], _OLD_SHEET if file[3:] in ("xls", "et") else _OLD_WORD
    )
    with pytest.raises(DocumentUnreadable, match="需要 LibreOffice") as error:
        read_file(content, file=file)
    assert file in error.value.message
    assert "另存" in error.value.hint
    assert ".docx" in error.value.hint


def _odt() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "file", "result", "text"),
    [
        (_OLD_WORD, "规划.doc", _word(), "新建养老院3所。\n"),
        (_OLD_WORD, "规划.wps", _word(), "新建养老院3所。\n"),
        (_OLD_SHEET, "指标.et", _sheet(), "| 指标 | 2025年 |\n| --- | --- |\n| 床位 | 360 |\n"),
    ],
)
def test_what_the_converter_writes_is_read(
    content: bytes, file: str, result: bytes, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = "xlsx" if file.endswith(".et") else "docx"
    (tmp_path / "result").write_bytes(result)
    _install(tmp_path, f'mkdir -p out && cp "{tmp_path}/result" out/file.{target}', monkeypatch)
    assert read_file(content, file=file).text == text


def test_a_converter_that_writes_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _install(tmp_path, _FAILS, monkeypatch)
    with pytest.raises(DocumentUnreadable, match="打不开这个文件"):
        read_file(_OLD_WORD, file="规划.doc")


def test_a_converter_that_does_not_come_to_an_end_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _install(tmp_path, _HANGS, monkeypatch)
    began = time.monotonic()
    with pytest.raises(DocumentUnreadable, match="超时") as error:
        convert(_OLD_WORD, suffix=".doc", target="docx", limits=Limits(seconds=1))
    assert time.monotonic() - began < 10
    assert "QA_MAX_FILE_SECONDS" in error.value.hint


def test_the_converter_gets_a_profile_of_its_own_and_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_LLM_API_KEY", "geheim")
    _install(
        tmp_path,
        f'env > "{tmp_path}/seen"; echo "$@" >> "{tmp_path}/seen"; ls profile/user >> "{tmp_path}/seen"',
        monkeypatch,
    )
    with pytest.raises(DocumentUnreadable):
        convert(_OLD_WORD, suffix=".doc", target="docx", limits=Limits())
    seen = (tmp_path / "seen").read_text()
    assert "geheim" not in seen
    assert "UserInstallation=file:///" in seen
    assert "registrymodifications.xcu" in seen
    assert "http_proxy=http://127.0.0.1:9" in seen


@pytest.mark.skipif(not converter(), reason="LibreOffice is not installed here")
def test_the_real_converter_reads_a_rich_text_file() -> None:
    content = b"{\\rtf1\\ansi\\ansicpg936 \\u26032?\\u24314?\\u20859?\\u32769?\\u38498?3.\\par}"
    assert read_file(content, file="规划.rtf").text == "新建养老院3.\n"
