"""Tables as text: cells between commas, tabs or semicolons, in any encoding that a text file may have."""

from __future__ import annotations

import csv
import io
from collections import Counter

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import Limits
from vectorstore.formats.plain import decode
from vectorstore.formats.sheets import Sheet, write_sheet
from vectorstore.formats.writing import Writing

_SEPARATORS = ",\t;|"
_LINES = 50


def read_csv(content: bytes, limits: Limits) -> Extracted:
    """The table as pipe table; a row's place is its number in the file. Raises DocumentUnreadable."""
    text = decode(content, file="表格")
    csv.field_size_limit(max(limits.characters, 131_072))
    sheet = Sheet("")
    count = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))):
            count += len(cells)
            if count > limits.cells:
                raise DocumentUnreadable(
                    f"表格超过 {limits.cells // 10_000} 万个单元格的上限。", "请拆分成几个文件后加入。"
                )
            for column, cell in enumerate(cells):
                sheet.put(row, column, cell)
    except csv.Error as error:
        raise DocumentUnreadable(
            "表格的内容无法解析。", "请用 Excel 或 WPS 打开，另存为 .xlsx 或 CSV 后重试。"
        ) from error
    writing = Writing()
    write_sheet(sheet, writing)
    return writing.extracted()


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the same number of cells, the more the better."""
    lines = [line for line in text[:100_000].splitlines()[:_LINES] if line.strip()]

    def evenness(separator: str) -> tuple[int, int]:
        counts = Counter(line.count(separator) for line in lines if separator in line)
        usual, lines_alike = counts.most_common(1)[0] if counts else (0, 0)
        return lines_alike, usual

    return max(_SEPARATORS, key=evenness)
