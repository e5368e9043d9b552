"""How fast files become text, without embedding: `python -m eval.formats_speed`.

Text read a second, in MB of UTF-8, of one long plan written as TXT, HTML, DOCX, XLSX and CSV, and pages a second of PDFs: made
up ones and those that are named (`python -m eval.formats_speed FILE.pdf …`). Read here, and in the process of its own in which
files of the library are read. CPU time and wall time: on a busy machine only the first tells anything. `--scans` also
recognises some pages as a scan, and lets the recognition library do the same by itself. The library's part (indexing, asking,
memory) is measured by `python -m eval.bench_library`.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import docx
import numpy as np
import pypdfium2
from openpyxl import Workbook  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from vectorstore.formats.isolated import IsolatedReader
from vectorstore.formats.pdf import read_pdf
from vectorstore.formats.reader import read_file

_PARAGRAPHS = 10_000
_PAGES, _SCANNED = 100, 4
_SENTENCE = "（{}）新建养老院3所，新增床位360张，改造适老住房120户，继续完善居家社区机构相协调的养老服务体系，提升服务质量。"
_MADE_UP, _SCAN = "made-up.pdf", "scan.pdf"
_FONT = "STSong-Light"
_ROWS = 13
_DPI, _TURNS = 150, 2
_T = TypeVar("_T")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print one line for each file."""
    parser = argparse.ArgumentParser(prog="python -m eval.formats_speed", description="读取各种格式的速度")
    parser.add_argument("pdfs", nargs="*", type=Path, metavar="文件", help="另外要测的 PDF 文件")
    parser.add_argument("--scans", action="store_true", help="也测扫描件的文字识别（慢）")
    options = parser.parse_args(arguments)
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with IsolatedReader() as isolated:
        isolated.read(b"<p>x</p>", file="warm.html")
        _texts(isolated)
        pdfs = {_MADE_UP: _pages(_PAGES)} | {path.name: path.read_bytes() for path in options.pdfs}
        if options.scans:
            pdfs[_SCAN] = _scan(_pages(_SCANNED))
        _paged(isolated, pdfs)
        if options.scans:
            _scanned(pdfs[_SCAN])
    return 0


def _texts(isolated: IsolatedReader) -> None:
    lines = [_SENTENCE.format(number) for number in range(_PARAGRAPHS)]
    files = {
        "plan.txt": "\n".join(lines).encode(),
        "plan.html": "".join(f"<p><span>\u3000\u3000</span>{line}</p>\n" for line in lines).encode("gb18030"),
        "plan.docx": _word(lines),
        "plan.xlsx": _sheet(lines),
        "plan.csv": "\n".join(f"{number},{line},360,%" for number, line in enumerate(lines)).encode("gbk"),
    }
    print("format  MB of text  MB a second (CPU)  MB a second (wall)  in a process of its own (wall)")
    for file, content in files.items():
        read, cpu, wall = _timed(partial(read_file, content, file=file))
        _, _, apart = _timed(partial(isolated.read, content, file=file))
        size = len(read.text.encode()) / 1e6
        print(f"{file[5:]:6}  {size:10.2f}  {size / cpu:17.1f}  {size / wall:18.1f}  {size / apart:30.1f}")


def _paged(isolated: IsolatedReader, files: dict[str, bytes]) -> None:
    """Pages that are pictures inside the named files are not recognised: that is the engine's time."""
    print(
        "file                  pages  pages a second (CPU)  pages a second (wall)  in a process of its own (wall)"
    )
    for file, content in files.items():
        with pypdfium2.PdfDocument(content) as document:
            pages = len(document)
        is_scan = file == _SCAN
        _, cpu, wall = _timed(partial(read_pdf, content, recognise=is_scan), 1 if is_scan else 3)
        apart = "-"
        if file in (_SCAN, _MADE_UP):
            _, _, seconds = _timed(partial(isolated.read, content, file=file), 1)
            apart = f"{pages / seconds:.1f}"
        print(f"{file[:20]:20}  {pages:5}  {pages / cpu:20.1f}  {pages / wall:21.1f}  {apart:>30}")


def _scanned(content: bytes) -> None:
    """The recognition library by itself, as it comes, on the same pictures; then read as a file. By turns."""
    from rapidocr import RapidOCR  # noqa: PLC0415 - an extra

    with pypdfium2.PdfDocument(content) as document:
        pictures = [np.asarray(page.render(scale=_DPI / 72).to_pil().convert("RGB")) for page in document]
    engine = RapidOCR(params={"Global.log_level": "critical"})
    engine(pictures[0])
    alone, read = [], []
    for _ in range(_TURNS):
        alone.append(_timed(lambda: [engine(picture) for picture in pictures], 1)[1:])
        read.append(_timed(partial(read_pdf, content, recognise=True), 1)[1:])
    for name, times in (("engine alone", alone), ("read as a file", read)):
        cpu, wall = (min(values) for values in zip(*times, strict=True))
        print(f"{name:20}  {_SCANNED / cpu:.2f} pages a second (CPU)  {_SCANNED / wall:.2f} (wall)")
    ratio = min(cpu for cpu, _ in read) / min(cpu for cpu, _ in alone)
    print(f"CPU time of reading a scan to that of the engine alone: {ratio:.2f}")


def _timed(read: Callable[[], _T], runs: int = 3) -> tuple[_T, float, float]:
    """(what was read, CPU seconds of this process, wall seconds) of the best of so many runs."""
    times = []
    for _ in range(runs):
        cpu, wall = time.process_time(), time.perf_counter()
        found = read()
        times.append((max(time.process_time() - cpu, 1e-9), time.perf_counter() - wall))
    return found, min(cpu for cpu, _ in times), min(wall for _, wall in times)


def _word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _sheet(lines: list[str]) -> bytes:
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("指标")
    sheet.append(["序号", "内容", "床位", "单位"])
    for number, line in enumerate(lines):
        sheet.append([number, line, 360, "张"])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _pages(count: int) -> bytes:
    """A PDF of so many pages, each with 450 characters of running text and a ruled table."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    text = "".join(_SENTENCE.format(number) for number in range(8))
    for page in range(count):
        canvas.setFont(_FONT, 12)
        for line in range(13):
            canvas.drawString(72, 760 - 20 * line, text[36 * line : 36 * (line + 1)])
        canvas.setFont(_FONT, 10)
        for row in range(_ROWS + 1):
            canvas.line(72, 480 - 24 * row, 472, 480 - 24 * row)
            cells = (
                ("乡镇", "2020年", "2025年", "属性")
                if row == 0
                else (f"第{row}镇", f"{page + row}", "360", "预期性")
            )
            for column, cell in enumerate(cells):
                canvas.drawString(76 + 100 * column, 464 - 24 * row, cell if row < _ROWS else "")
        for column in range(5):
            canvas.line(72 + 100 * column, 480, 72 + 100 * column, 480 - 24 * _ROWS)
        canvas.drawString(290, 40, f"— {page + 1} —")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _scan(content: bytes) -> bytes:
    """The same pages as pictures."""
    with pypdfium2.PdfDocument(content) as document:
        pictures = [page.render(scale=_DPI / 72).to_pil().convert("L") for page in document]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "PDF", save_all=True, append_images=pictures[1:], resolution=_DPI)
    return buffer.getvalue()


if __name__ == "__main__":
    sys.exit(main())
