"""Excel files (.xlsx, .xlsm): the values as the sheets show them, formulas by their stored results."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import Limits
from vectorstore.formats.number_formats import BUILT_IN, shown_number
from vectorstore.formats.opc import Package, child, local, value_of
from vectorstore.formats.sheets import Sheet, has_title, write_sheet
from vectorstore.formats.writing import Writing

_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NO_NAME = re.compile(r"(?:Sheet|工作表|Chart)\s*\d*", re.IGNORECASE)
_TRUE = ("1", "true")
_LAST_COLUMN = 16_384
_LEAST_TITLE, _LONGEST_TITLE = 6, 60


def read_xlsx(content: bytes, limits: Limits) -> Extracted:
    """Every visible sheet as a section, its tables as pipe tables; the place of a line is its sheet and row.

    Hidden sheets, rows and columns are left out and told of. Raises DocumentUnreadable.
    """
    with Package(content, limits) as package:
        return _Workbook(package, limits).read()


@dataclass
class _Counts:
    """What of a sheet is not read, and how many cells of the file are."""

    cells: int = 0
    hidden_rows: int = 0
    without_result: int = 0
    hidden_columns: set[int] = field(default_factory=set)


class _Workbook:
    def __init__(self, package: Package, limits: Limits) -> None:
        self._package = package
        self._limits = limits
        self._root = package.xml(package.main)
        self._since_1904 = value_of(child(self._root, "workbookPr"), "date1904") in _TRUE
        self._strings = self._shared_strings()
        self._formats = self._number_formats()
        self._unread: list[str] = []
        self._counts = _Counts()

    def read(self) -> Extracted:
        """Read the sheets in their order."""
        writing = Writing()
        titles: list[str] = []
        related = self._package.relationships(self._package.main)
        entries = child(self._root, "sheets")
        entries = list(entries) if entries is not None else []
        for entry in entries:
            name = value_of(entry, "name").strip()
            target = related.get(value_of(entry, "id"))
            if target is None or target.kind != "worksheet" or not self._package.has(target.target):
                continue
            if value_of(entry, "state") in ("hidden", "veryHidden"):
                self._unread.append(f"隐藏的表“{name}”没有读取。")
                continue
            sheet = self._sheet(name, target.target)
            # The tab of a file's only sheet says no more than the title that stands on the sheet.
            is_told = len(entries) == 1 and has_title(sheet)
            if sheet.cells and not is_told and not _NO_NAME.fullmatch(name):
                writing.add(name, sheet=name, level=1)
            titles.append(write_sheet(sheet, writing))
        if self._package.holds("xl/media/", "xl/charts/"):
            self._unread.append("文件里有图片或图表，图中的文字没有读取。")
        return writing.extracted(title=self._package.title() or _title(titles), unread=tuple(self._unread))

    def _sheet(self, name: str, part: str) -> Sheet:
        sheet = Sheet(name)
        counts = self._counts = _Counts(cells=self._counts.cells)
        row = -1
        for element in self._elements(part):
            tag = local(element.tag)
            if tag == "row":
                row = self._read_row(element, row, sheet)
            elif tag == "col":
                if value_of(element, "hidden") in _TRUE:
                    first, last = _number(value_of(element, "min")), _number(value_of(element, "max"))
                    counts.hidden_columns.update(range(first - 1, min(last, _LAST_COLUMN)))
            else:
                self._merge(value_of(element, "ref"), sheet)
        hidden = len({column for column in counts.hidden_columns if column < 1000})
        told = [f"{counts.hidden_rows}行"] if counts.hidden_rows else []
        told += [f"{hidden}列"] if hidden else []
        if told and sheet.cells:
            self._unread.append(f"表“{name}”里隐藏的{'、'.join(told)}没有读取。")
        if counts.without_result:
            self._unread.append(
                f"表“{name}”里有{counts.without_result}个公式没有保存计算结果，请用 Excel 打开并保存后重新加入。"
            )
        return sheet

    def _elements(self, part: str) -> Iterator[Any]:
        """Rows, column settings and merged ranges of a sheet, one in memory at a time."""
        content = self._package.sound_content(part)
        tags = ("{*}row", "{*}col", "{*}mergeCell")
        events = etree.iterparse(
            io.BytesIO(content),
            events=("end",),
            tag=tags,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=True,
        )
        try:
            for _, element in events:
                yield element
                element.clear()
                # The siblings before are read: the tree does not grow with the sheet.
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.LxmlError as error:
            if any(entry.type_name == "ERR_NO_MEMORY" for entry in events.error_log):
                raise MemoryError from error
            raise DocumentUnreadable(
                "表格的内部结构已损坏。", "请用 Excel 或 WPS 打开（会提示修复），另存一份后重试。"
            ) from error

    def _read_row(self, element: Any, before: int, sheet: Sheet) -> int:
        number = _number(value_of(element, "r"))
        row = number - 1 if number else before + 1
        cells = [cell for cell in element if local(cell.tag) == "c"]
        self._counts.cells += len(cells)
        if self._counts.cells > self._limits.cells:
            raise DocumentUnreadable(
                f"表格超过 {self._limits.cells // 10_000} 万个单元格的上限。",
                "请删去不需要的表和行，或拆分成几个文件后加入。",
            )
        is_hidden = value_of(element, "hidden") in _TRUE
        column = -1
        found = False
        for cell in cells:
            place = _PLACE.fullmatch(cell.get("r") or "")
            column = _column(place[1]) if place else column + 1
            text = self._text(cell)
            found = found or bool(text)
            if not is_hidden and column not in self._counts.hidden_columns:
                sheet.put(row, column, text)
        self._counts.hidden_rows += is_hidden and found
        return row

    def _text(self, cell: Any) -> str:
        kind = cell.get("t") or "n"
        if kind == "inlineStr":
            return _string(child(cell, "is"))
        stored = child(cell, "v")
        value = "" if stored is None else (stored.text or "").strip()
        if not value:
            self._counts.without_result += child(cell, "f") is not None and stored is None
            return ""
        if kind == "s":
            index = _number(value, otherwise=-1)
            return self._strings[index] if 0 <= index < len(self._strings) else ""
        if kind == "b":
            return "是" if value in _TRUE else "否"
        if kind in ("str", "e", "d"):
            return _unescaped(value)
        return shown_number(value, self._format(cell.get("s") or "0"), since_1904=self._since_1904)

    def _format(self, style: str) -> str:
        index = _number(style, otherwise=-1)
        return self._formats[index] if 0 <= index < len(self._formats) else ""

    def _merge(self, written: str, sheet: Sheet) -> None:
        first, _, last = written.partition(":")
        corners = [_PLACE.fullmatch(corner) for corner in (first, last)]
        if corners[0] and corners[1]:
            (top, left), (bottom, right) = ((int(c[2]) - 1, _column(c[1])) for c in corners if c)
            sheet.merge((top, left), (bottom, right))

    def _shared_strings(self) -> list[str]:
        root = self._package.optional_xml(self._package.target(self._package.main, "sharedStrings"))
        return [_string(entry) for entry in root if local(entry.tag) == "si"] if root is not None else []

    def _number_formats(self) -> list[str]:
        """The number format of every cell style, by the style's index."""
        root = self._package.optional_xml(self._package.target(self._package.main, "styles"))
        own = child(root, "numFmts")
        codes = dict(BUILT_IN)
        for entry in own if own is not None else ():
            codes[_number(value_of(entry, "numFmtId"))] = value_of(entry, "formatCode")
        styles = child(root, "cellXfs")
        return [
            codes.get(_number(value_of(entry, "numFmtId")), "")
            for entry in (styles if styles is not None else ())
        ]


def _title(above: list[str]) -> str:
    """The first of the sheets' titles that can be one of the file."""
    return next((title for title in above if _LEAST_TITLE <= len(title) <= _LONGEST_TITLE), "")


def _string(element: Any) -> str:
    """A string of the file: its runs one after the other, without readings of its characters."""
    pieces = []
    for entry in element if element is not None else ():
        if local(entry.tag) == "t":
            pieces.append(entry.text or "")
        elif local(entry.tag) == "r":
            pieces += [text.text or "" for text in entry if local(text.tag) == "t"]
    return _unescaped("".join(pieces))


def _unescaped(text: str) -> str:
    return (
        _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text).replace("\r", "\n") if "_x" in text else text
    )


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _number(written: str, otherwise: int = 0) -> int:
    return int(written) if re.fullmatch(r"\d{1,9}", written) else otherwise
