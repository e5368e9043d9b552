"""One plan of the tests written out in the formats that an office has on disk, by the libraries that write them."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import io
import re
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

import docx
from openpyxl import Workbook

PLAN = Path(__file__).resolve().parent / "unseen" / "linjiang_elderly_care.txt"
_LEVELS = ((re.compile("第.章"), 1), (re.compile("第.+节"), 2))


def paragraphs() -> list[str]:
    """The plan's lines, the rows of its table as they are, without empty ones."""
    return [line.strip() for line in PLAN.read_text(encoding="utf-8").splitlines() if line.strip()]


def _pieces() -> Iterator[tuple[bool, list[str]]]:
    """(whether they are rows of a table, lines) in order."""
    for is_table, lines in groupby(paragraphs(), key=lambda line: line.count(" | ") >= 2):
        yield is_table, list(lines)


def _cells(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def _level(line: str) -> int:
    return next((level for pattern, level in _LEVELS if pattern.match(line)), 0)


def as_docx() -> bytes:
    """Headings by styles, the table as one of Word's, its title in a merged row."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "临江市人民政府文件"
    for is_table, lines in _pieces():
        if is_table:
            rows = _cells(lines)
            table = document.add_table(rows=len(rows), cols=len(rows[0]))
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    table.cell(number, column).text = text
            continue
        for line in lines:
            level = _level(line)
            if level:
                document.add_heading(line, level)
            else:
                document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def page() -> str:
    """A page of a government site: navigation, breadcrumb, the plan inside layout tables, a footer."""
    body = []
    for is_table, lines in _pieces():
        if is_table:
            rows = ("".join(f"<td><p>{escape(cell)}</p></td>" for cell in row) for row in _cells(lines))
            body.append(f'<table border="1">{"".join(f"<tr>{row}</tr>" for row in rows)}</table>')
        else:
            body += [f"<p>\u3000\u3000{escape(line)}</p>" for line in lines]
    links = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "政务公开", "办事服务", "互动交流")
    )
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>专项规划</title></head><body>'
        f'<div class="nav"><ul>{links}</ul></div><div class="dqwz">当前位置：<a>首页</a> &gt; <a>规划计划</a></div>'
        f'<table width="980"><tr><td><div id="zoom">{"".join(body)}</div></td></tr></table>'
        '<div class="footer"><p>主办：临江市人民政府办公室</p><p>扫一扫在手机打开当前页</p></div></body></html>'
    )


def as_html() -> bytes:
    """The page as such sites send it, in GBK."""
    return page().encode("gb18030")


def as_mht() -> bytes:
    """The page saved as one file."""
    message = email.mime.multipart.MIMEMultipart("related", type="text/html")
    message.attach(email.mime.text.MIMEText(page(), "html", "utf-8"))
    return message.as_bytes()


def as_xlsx() -> bytes:
    """The plan's table alone, as statistics departments have it: title and unit above, numbers as numbers."""
    rows = next(_cells(lines) for is_table, lines in _pieces() if is_table)
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "主要指标"
    sheet["A1"] = "临江市“十四五”养老服务主要指标"
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    for number, row in enumerate(rows, 3):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column, int(text) if re.fullmatch(r"\d+", text) else text)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def as_zip() -> bytes:
    """An archive with the Word file, named as Chinese Windows names it, and a file that is none of ours."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("资料/专项规划.docx", as_docx())
        archive.writestr("资料/安装.exe", b"MZ")
    return buffer.getvalue()
