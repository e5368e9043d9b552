"""Sheets: values as they are shown, tables where they stand, rows with their places."""

from __future__ import annotations

import datetime
import io
import time
import zipfile
from typing import Any

import pytest
from office_parts import document_from, headings_of, passage_with, rows_of
from openpyxl import Workbook
from pace import within

from vectorstore.errors import DocumentUnreadable
from vectorstore.formats.extracted import Extracted
from vectorstore.formats.limits import Limits
from vectorstore.formats.number_formats import shown_number
from vectorstore.formats.reader import read_file
from vectorstore.locations import location_of

_SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def _saved(workbook: Workbook) -> bytes:
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _workbook(*rows: list[Any], name: str = "Sheet1") -> Workbook:
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = name
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(number, column, value)
    return workbook


def _read(workbook: Workbook) -> Extracted:
    return read_file(_saved(workbook), file="指标.xlsx")


def _lines(*rows: list[Any]) -> list[str]:
    return _read(_workbook(*rows)).text.splitlines()


def _with_sheet(markup: str, **parts: str) -> bytes:
    """A workbook whose first sheet is this markup."""
    named = {"xl/worksheets/sheet1.xml": markup}
    named |= {f"xl/{name}" + ("" if "." in name else ".xml"): text for name, text in parts.items()}
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(_saved(_workbook(["甲"])))) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, named.pop(part, None) or old.read(part))
        for part, text in named.items():
            new.writestr(part, text)
    return buffer.getvalue()


_HEADER = ["指标", "单位", "2020年", "2025年"]
_BEDS = ["养老床位", "张", 3200, 4500]


def test_each_sheet_is_a_section_and_every_line_has_sheet_and_row() -> None:
    workbook = _workbook(_HEADER, _BEDS, name="主要指标")
    other = workbook.create_sheet("任务分工")
    other.append(["任务", "牵头"])
    other.append(["新建养老院3所", "养老科"])
    found = _read(workbook)
    assert headings_of(found) == [(1, "主要指标"), (1, "任务分工")]
    start = found.text.index("| 养老床位")
    assert location_of(found.anchors, start, start + 5).text == "表“主要指标”第2行"
    document = document_from(_saved(workbook), file="指标.xlsx")
    row = passage_with(document, "养老床位")
    assert (row.section, row.caption) == (("主要指标",), "主要指标")
    assert passage_with(document, "养老科").section == ("任务分工",)


def test_the_name_that_a_program_gives_to_sheets_is_no_heading() -> None:
    assert _lines(_HEADER, _BEDS)[0] == "| 指标 | 单位 | 2020年 | 2025年 |"


def test_the_tab_of_the_only_sheet_is_no_heading_where_the_sheet_has_a_title() -> None:
    rows = (
        ["徐闻县养老机构管理台账"],
        ["机构名称", "所在乡镇", "床位（张）"],
        ["海安镇敬老院", "海安镇", 80],
    )
    read = _read(_workbook(*rows, name="养老机构台账"))
    assert (read.title, read.text.split("\n")[0]) == ("徐闻县养老机构管理台账", "徐闻县养老机构管理台账")


def test_titles_units_names_on_two_lines_and_notes_are_told_apart() -> None:
    workbook = _workbook(
        [],
        [None, "青浦区民政事业主要指标"],
        [None, None, None, None, None, "单位：张"],
        [None, "指标", "类别", "现状", None, "目标"],
        [None, None, None, 2019, 2020, 2025],
        [None, "床位", "城市", 3200, 3400, 4500],
        [None, None, "农村", 1200, 1400, 1500],
        [None, "注：床位为年末数。"],
    )
    for merged in ("B2:F2", "B4:B5", "C4:C5", "D4:E4", "B6:B7", "B8:F8"):
        workbook.active.merge_cells(merged)
    assert _read(workbook).text.splitlines() == [
        "青浦区民政事业主要指标",
        "单位：张",
        "| 指标 | 类别 | 现状 | 现状 | 目标 |",
        "| 指标 | 类别 | 2019 | 2020 | 2025 |",
        "| --- | --- | --- | --- | --- |",
        "| 床位 | 城市 | 3200 | 3400 | 4500 |",
        "| 床位 | 农村 | 1200 | 1400 | 1500 |",
        "注：床位为年末数。",
    ]
    document = document_from(_saved(workbook), file="指标.xlsx")
    assert rows_of(document)[1] == {
        "指标": "床位", "类别": "农村", "现状2019年": "1200", "现状2020年": "1400", "目标2025年": "1500"
    }  # fmt: skip
    assert passage_with(document, "1500").caption == "青浦区民政事业主要指标(单位:张)"
    assert document.metadata.title == "青浦区民政事业主要指标"


def test_names_on_two_lines_that_were_not_merged_are_put_together() -> None:
    rows = (
        ["指标", "现状", None, "目标", None],
        [None, "城市", "农村", "城市", "农村"],
        ["床位", 1, 2, 3, 4],
    )
    document = document_from(_saved(_workbook(*rows)), file="指标.xlsx")
    assert rows_of(document) == [
        {"指标": "床位", "现状城市": "1", "现状农村": "2", "目标城市": "3", "目标农村": "4"}
    ]


def test_tables_below_and_beside_one_another_are_tables_of_their_own() -> None:
    rows = (
        ["区县", "机构", None, "任务", "科室"],
        ["甲", 12, None, "新建", "养老科"],
        ["乙", 7, None, "提标", "救助科"],
        [],
        ["年度", "床位"],
        [2024, 360],
    )
    tables = rows_of(document_from(_saved(_workbook(*rows)), file="指标.xlsx"))
    assert tables == [
        {"区县": "甲", "机构": "12"},
        {"区县": "乙", "机构": "7"},
        {"任务": "新建", "科室": "养老科"},
        {"任务": "提标", "科室": "救助科"},
        {"年度": "2024", "床位": "360"},
    ]


def test_an_empty_row_inside_a_table_does_not_end_it() -> None:
    assert (
        len(
            rows_of(document_from(_saved(_workbook(_HEADER, _BEDS, [], ["机构", "所", 3, 5])), file="a.xlsx"))
        )
        == 2
    )


def test_a_figure_over_two_columns_holds_for_both_and_one_over_two_rows_is_written_once() -> None:
    workbook = _workbook(["地区", "城市", "农村"], ["甲", 600, None], ["乙", 500, 400], ["丙", None, 300])
    workbook.active.merge_cells("B2:C2")
    workbook.active.merge_cells("B3:B4")
    assert [row.get("城市") for row in rows_of(document_from(_saved(workbook), file="a.xlsx"))] == [
        "600",
        "500",
        "",
    ]
    assert rows_of(document_from(_saved(workbook), file="a.xlsx"))[0]["农村"] == "600"


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    workbook = _workbook([*_HEADER, "备注"], [*_BEDS, "草稿"], ["旧指标", "个", 1, 2, "x"], name="指标")
    workbook.active.row_dimensions[3].hidden = True
    workbook.active.column_dimensions["E"].hidden = True
    workbook.create_sheet("底稿")["A1"] = "秘密"
    workbook["底稿"].sheet_state = "hidden"
    found = _read(workbook)
    assert not any(word in found.text for word in ("草稿", "备注", "旧指标", "秘密"))
    assert found.unread == ("表“指标”里隐藏的1行、1列没有读取。", "隐藏的表“底稿”没有读取。")


def test_a_formula_shows_its_stored_result_and_one_without_is_told() -> None:
    cells = '<c r="A1" t="str"><f>B1</f><v>指标</v></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><f>SUM(A:A)</f></c>'
    found = read_file(
        _with_sheet(f'{_SHEET}<sheetData><row r="1">{cells}</row></sheetData></worksheet>'), file="a.xlsx"
    )
    assert found.text == "| 指标 | 2 |\n"
    assert any("1个公式没有保存计算结果" in note for note in found.unread)


def test_shared_strings_are_read_with_their_runs_and_without_their_readings() -> None:
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>指标</t></si>'
        "<si><r><t>养老</t></r><r><rPr/><t>床位_x000D_（张）</t></r><rPh><t>yang</t></rPh></si></sst>"
    )
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    related = (
        '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
        '<Relationship Id="rId9" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    content = _with_sheet(
        f"{_SHEET}<sheetData>{rows}</sheetData></worksheet>",
        sharedStrings=strings,
        **{"_rels/workbook.xml.rels": related},
    )
    assert read_file(content, file="a.xlsx").text == "指标\n养老床位\n（张）\n"


def test_values_are_read_as_they_are_shown() -> None:
    workbook = _workbook(
        ["指标", "值"],
        ["占比", 0.6],
        ["金额", 1234567.5],
        ["日期", datetime.date(2024, 3, 1)],
        ["是否", True],
    )
    sheet = workbook.active
    sheet["B2"].number_format = "0%"
    sheet["B3"].number_format = '#,##0.0"万元"'
    sheet["B4"].number_format = 'yyyy"年"m"月"d"日"'
    values = [row["值"] for row in rows_of(document_from(_saved(workbook), file="a.xlsx"))]
    assert values == ["60%", "1,234,567.5万元", "2024年3月1日", "是"]


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("0.30000000000000004", "General", "0.3"),
        ("3200", "", "3200"),
        ("1E+3", "General", "1000"),
        ("0.605", "0%", "61%"),
        ("0.605", "0.0%", "60.5%"),
        ("1234567", "#,##0", "1,234,567"),
        ("-1234.5", "#,##0.00", "-1,234.50"),
        ("-5", "0;(0)", "(5)"),
        ("0", '#,##0;-#,##0;"—"', "—"),
        ("12345678", '0!.0,"万"', "1234.6万"),
        ("12345678", "#,##0,", "12,346"),
        ("12345678", '[>=10000]0.0,,"百万";0', "12.3百万"),
        ("123", '[>=10000]0.0,,"百万";0', "123"),
        ("5", "000", "005"),
        ("0.5", "0.##", "0.5"),
        ("2", "0.##", "2"),
        ("0.125", "# ?/?", "0.125"),
        ("8", '0"张"', "8张"),
        ("8", "[Red]0.0_ ", "8.0"),
        ("1500", "[$¥-804]#,##0", "¥1,500"),
        ("-0.001", "0.0", "0.0"),
        ("44197", "yyyy/m/d", "2021/1/1"),
        ("44197", "yyyy-mm-dd", "2021-01-01"),
        ("44197", '[$-804]yyyy"年"m"月";@', "2021年1月"),
        ("44197.75", "yyyy/m/d h:mm", "2021/1/1 18:00"),
        ("44197.75", "h:mm AM/PM", "6:00 下午"),
        ("44197", "aaaa", "星期五"),
        ("0.75", "hh:mm:ss", "18:00:00"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("1e308", "0.00", "1e+308"),
        ("nan", "0", "nan"),
        ("abc", "0", "abc"),
        ("99999999999", "yyyy", "99999999999"),
        ("5", "@", "5"),
        ("5", ";;;", "5"),
    ],
)
def test_a_number_is_written_as_its_format_shows_it(value: str, code: str, shown: str) -> None:
    assert shown_number(value, code) == shown


def test_dates_can_count_from_1904() -> None:
    assert shown_number("0", "yyyy-mm-dd", since_1904=True) == "1904-01-01"


# --- CSV -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_csv_file_is_read_in_any_encoding_with_any_separator(encoding: str, separator: str) -> None:
    text = "\r\n".join(
        separator.join(row) for row in (["指标", "单位", "2025年"], ["养老床位", "张", "4500"])
    )
    found = read_file(text.encode(encoding), file="指标.csv")
    assert found.text.splitlines() == [
        "| 指标 | 单位 | 2025年 |",
        "| --- | --- | --- |",
        "| 养老床位 | 张 | 4500 |",
    ]
    start = found.text.index("养老")
    assert location_of(found.anchors, start, start + 2).text == "第2行"


def test_quoted_cells_may_hold_separators_line_ends_and_pipes() -> None:
    found = read_file('名称,内容\n甲,"一,二\n三|四"\n'.encode(), file="a.csv")
    assert found.text.splitlines()[-1] == "| 甲 | 一,二 三\\|四 |"


def test_a_csv_with_more_cells_than_allowed_is_refused() -> None:
    with pytest.raises(DocumentUnreadable, match="个单元格的上限"):
        read_file(b"1,2,3\n" * 10_000, file="a.csv", limits=Limits(cells=20_000))


# --- broken and hostile files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("<worksheet", "已损坏"),
        (f"{_SHEET}<sheetData/></worksheet>", "没有可读的文字"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', "实体定义"),
        (
            f'{_SHEET}<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row></sheetData></worksheet>',
            "没有可读的文字",
        ),
    ],
)
def test_a_sheet_that_is_none_is_refused(markup: str, said: str) -> None:
    with pytest.raises(DocumentUnreadable, match=said) as error:
        read_file(_with_sheet(markup), file="坏.xlsx")
    assert "坏.xlsx" in error.value.message


def test_a_single_cell_in_the_last_corner_costs_nothing() -> None:
    workbook = _workbook(_HEADER, _BEDS)
    workbook.active["XFD1048576"] = "角"
    began = time.monotonic()
    found = _read(workbook)
    assert found.text.splitlines()[-1] == "角"
    assert within(time.monotonic() - began, 3)


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    cells = '<row r="1"><c r="A1" t="inlineStr"><is><t>题</t></is></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    began = time.monotonic()
    found = read_file(
        _with_sheet(f"{_SHEET}<sheetData>{cells}</sheetData>{merged}</worksheet>"), file="a.xlsx"
    )
    assert found.text == "题\n"
    assert within(time.monotonic() - began, 3)


def test_more_cells_than_allowed_are_refused_while_they_are_read() -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>" * 60_000
    began = time.monotonic()
    with pytest.raises(DocumentUnreadable, match="个单元格的上限") as error:
        read_file(
            _with_sheet(f"{_SHEET}<sheetData>{row}</sheetData></worksheet>"),
            file="大.xlsx",
            limits=Limits(cells=50_000),
        )
    assert error.value.hint
    assert time.monotonic() - began < 10
