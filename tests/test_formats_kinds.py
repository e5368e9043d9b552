"""Files that are not what their names say, as sites and systems export them: read as what they are, or told."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from pdf_parts import pdf, write

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.converted import converter
from vectorstore.formats.reader import read_file

TEXT = "青岚县2024年民政工作要点\n新增养老床位200张，改造敬老院2所。\n"
PAGE = f"<html><head><meta charset='gb2312'></head><body><p>{TEXT}</p></body></html>".encode("gbk")
TABLE = "| 乡镇 | 床位 |\n| --- | --- |\n| 城关镇 | 120 |\n"
SHEET_PAGE = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><head><meta charset='gb2312'></head><body><table>"
    "<tr><td>乡镇</td><td>床位</td></tr><tr><td>城关镇</td><td>120</td></tr></table></body></html>"
).encode("gbk")
TABBED = "乡镇\t床位\n城关镇\t120\n"
SHEET_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet1"><Table>'
    '<Row><Cell><Data ss:Type="String">乡镇</Data></Cell><Cell><Data ss:Type="String">床位</Data></Cell></Row>'
    '<Row><Cell><Data ss:Type="String">城关镇</Data></Cell><Cell><Data ss:Type="Number">120</Data></Cell></Row>'
    "</Table></Worksheet></Workbook>"
)


def word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("file", "content", "text"),
    [
        ("网页.doc", PAGE, TEXT.replace("\n新", "新")),
        ("新式.doc", word(TEXT.splitlines()), TEXT),
        ("新式.wps", word(TEXT.splitlines()), TEXT),
        ("文本.doc", TEXT.encode("utf-16"), TEXT),
        ("文本.html", TEXT.encode(), TEXT),
        ("没有标记.txt", TEXT.encode("utf-16-le"), TEXT),
        ("没有标记.txt", TEXT.encode("utf-16-be"), TEXT),
        ("网页.xls", SHEET_PAGE, TABLE),
        ("制表.xls", TABBED.encode("gbk"), TABLE),
        ("制表.xls", TABBED.encode("utf-16"), TABLE),
    ],
)
def test_a_file_is_read_as_what_it_is(file: str, content: bytes, text: str) -> None:
    assert read_file(content, file=file).text == text


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("三字.docx", b"abc", "内容却是纯文本"),
        ("错误.docx", b'{"code":404}', "内容却是纯文本"),
        ("错误.xlsx", b"<?xml version='1.0'?><Error>AccessDenied</Error>", "内容却是"),
        ("文本.pdf", TEXT.encode(), "内容却是纯文本"),
        ("网页.pdf", PAGE, "内容却是网页"),
        ("网页.txt", PAGE, "内容却是网页"),
        ("改名.pdf", word(["x"]), "内容却是Word 文档"),
        ("改名.docx", pdf(lambda canvas: write(canvas, ["x"]) and None), "内容却是PDF 文件"),
        ("二进制.txt", b"\0\1\2\xff" * 50, "不是文本文件"),
        ("一半是零.txt", b"a\0" * 50 + b"\0\0", "不是文本文件"),
    ],
)
def test_a_file_that_is_something_else_altogether_is_told_and_what_to_do(
    file: str, content: bytes, told: str
) -> None:
    with pytest.raises(DocumentUnreadable) as error:
        read_file(content, file=file)
    assert file in error.value.message
    assert told in error.value.message
    assert error.value.hint


@pytest.mark.skipif(not converter(), reason="没有 LibreOffice")
def test_a_sheet_in_the_xml_of_2003_is_converted() -> None:
    assert read_file(SHEET_XML.encode(), file="导出.xls").text == TABLE


def test_without_a_converter_the_xml_of_2003_is_told_and_not_run_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DocumentUnreadable, match="LibreOffice"):
        read_file(SHEET_XML.encode(), file="导出.xls")


def test_a_bomb_of_entities_in_the_xml_of_2003_reaches_no_converter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    bomb = SHEET_XML.replace("<Workbook", "<!DOCTYPE Workbook [<!ENTITY a 'aaaaaaaaaa'>]><Workbook")
    # A converter that is missing would be told: nobody looked for one.
    assert "城关镇" in read_file(bomb.encode(), file="导出.xls").text
