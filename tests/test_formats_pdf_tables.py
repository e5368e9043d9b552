"""Tables in PDFs as bureaus set them: without borders, side by side, names over several lines, cut by a page break.

A figure must come to stand with its own row's name and its own column's, or in no table at all.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pdf_parts import FONT, TOP, Draw, pdf, rule_table, wrapped, write
from reportlab.pdfgen.canvas import Canvas

from vectorstore.formats.pdf import read_pdf

HEADER = ["指标", "单位", "2020年", "2025年", "属性"]
STACKED = [
    ["城市最低生活保\n障标准", "元/月", "650", "900", "预期性"],
    ["养老机构护理型\n床位占比", "%", "48", "58", "约束性"],
    ["每千名老人床位", "张", "35.5", "40", "预期性"],
    ["乡镇社会工作站\n覆盖率", "%", "60", "100", "预期性"],
]
PLAIN = [[row[0].replace("\n", ""), *row[1:]] for row in STACKED]
XS = [80, 230, 300, 370, 440]


def set_rows(
    canvas: Canvas,
    rows: Sequence[Sequence[str]],
    xs: Sequence[float] = XS,
    y: float = TOP,
    *,
    centred: bool = True,
) -> float:
    """Set rows without any line between them; cells of several lines in the middle of their row, or from its top."""
    canvas.setFont(FONT, 10.5)
    for row in rows:
        lines = max(cell.count("\n") + 1 for cell in row)
        height = 22 + (lines - 1) * 14
        for x, cell in zip(xs, row, strict=True):
            parts = cell.split("\n")
            top = y - (lines - len(parts)) * 7 if centred else y
            for number, part in enumerate(parts):
                canvas.drawString(x, top - number * 14, part)
        y -= height
    return y


def table_of(*pages: Draw) -> list[list[str]]:
    """The cells of all tables of the pages, without rulers."""
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in read_pdf(pdf(*pages)).text.splitlines()
        if line.startswith("|") and "---" not in line
    ]


@pytest.mark.parametrize("centred", [True, False])
def test_a_name_over_two_lines_stays_with_its_own_figures(centred: bool) -> None:
    rows = table_of(lambda canvas: set_rows(canvas, [HEADER, *STACKED], centred=centred) and None)
    assert rows == [HEADER, *PLAIN]


def test_between_three_rules_names_over_two_lines_stay_with_their_figures() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.line(70, TOP + 16, 500, TOP + 16)
        canvas.line(70, TOP - 8, 500, TOP - 8)
        bottom = set_rows(canvas, [HEADER, *STACKED])
        canvas.line(70, bottom + 14, 500, bottom + 14)

    assert table_of(draw) == [HEADER, *PLAIN]


def test_the_text_below_a_table_without_borders_is_no_part_of_its_last_row() -> None:
    def draw(canvas: Canvas) -> None:
        bottom = set_rows(canvas, [HEADER, *STACKED])
        write(canvas, ["　　二、重点任务", *wrapped("全县新增养老床位620张，改造敬老院12所。" * 4)], y=bottom)

    text = read_pdf(pdf(draw)).text
    assert "| 乡镇社会工作站覆盖率 | % | 60 | 100 | 预期性 |\n二、重点任务" in text


def test_lines_that_are_as_near_to_one_row_as_to_the_other_make_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        set_rows(canvas, [HEADER])
        for number, row in enumerate(PLAIN):
            set_rows(canvas, [["", *row[1:]]], y=TOP - 30 - 24 * number)
            canvas.drawString(80, TOP - 18 - 24 * number, row[0])

    assert table_of(draw) == []


def test_a_name_above_several_columns_is_above_those() -> None:
    def draw(canvas: Canvas) -> None:
        set_rows(canvas, [["标准值"]], [330])
        set_rows(canvas, [["指标", "单位", "属性"]], [80, 230, 460], TOP - 10)
        set_rows(canvas, [["2020年", "2025年"]], [300, 370], TOP - 20)
        set_rows(canvas, PLAIN, [80, 230, 305, 375, 460], TOP - 46)

    assert table_of(draw) == [
        ["指标", "单位", "标准值", "", "属性"],
        ["", "", "2020年", "2025年", ""],
        *PLAIN,
    ]


def test_labels_in_the_middle_of_their_rows_begin_with_the_first_of_them() -> None:
    def draw(canvas: Canvas) -> None:
        xs = [70, 140, 290, 340, 400, 460]
        set_rows(canvas, [["类别", *HEADER]], xs)
        set_rows(canvas, PLAIN, xs[1:], TOP - 22)
        canvas.drawString(70, TOP - 44, "养老服务")
        canvas.drawString(70, TOP - 88, "社会救助")

    assert [row[0] for row in table_of(draw)] == ["类别", "养老服务", "", "", "社会救助"]


def test_a_table_of_two_columns_is_one_below_names() -> None:
    rows = [["乡镇", "床位数"], ["城关镇", "180"], ["东河镇", "130"], ["西坝乡", "75"]]
    assert table_of(lambda canvas: set_rows(canvas, rows, [150, 330]) and None) == rows


BEDS = [
    ["乡镇", "2020年", "2025年"],
    ["城关镇", "120", "180"],
    ["东河镇", "90", "130"],
    ["西坝乡", "60", "75"],
]
PEOPLE = [
    ["乡镇", "2020年", "2025年"],
    ["西坝乡", "820", "760"],
    ["城关镇", "540", "500"],
    ["东河镇", "310", "280"],
]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_two_tables_side_by_side_stay_two_each_below_its_caption(is_ruled: bool) -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, ["表1 养老床位（张）"], x=100, size=10.5)
        write(canvas, ["表2 低保人数（人）"], x=330, size=10.5)
        for rows, x in ((BEDS, 80), (PEOPLE, 310)):
            if is_ruled:
                rule_table(canvas, rows, [70, 60, 60], x=x, y=TOP - 14)
            else:
                set_rows(canvas, rows, [x, x + 70, x + 130], TOP - 24)
        write(canvas, ["　　二、重点任务"], y=TOP - 150)

    lines = [line for line in read_pdf(pdf(draw)).text.splitlines() if "---" not in line]
    expected = [
        "表1 养老床位（张）",
        *(f"| {' | '.join(row)} |" for row in BEDS),
        "表2 低保人数（人）",
        *(f"| {' | '.join(row)} |" for row in PEOPLE),
        "二、重点任务",
    ]
    assert lines == expected


def test_one_table_whose_columns_are_repeated_to_save_paper_is_one_below_the_other() -> None:
    rows = [["乡镇", "床位", "乡镇", "床位"], ["城关镇", "180", "南岭乡", "66"], ["东河镇", "130", "", ""]]
    table = table_of(lambda canvas: rule_table(canvas, rows, [70, 60, 70, 60]) and None)
    assert table == [["乡镇", "床位"], ["城关镇", "180"], ["东河镇", "130"], ["南岭乡", "66"]]


def test_different_tables_that_share_their_lines_become_two() -> None:
    rows = [
        ["乡镇", "床位", "乡镇", "低保人数"],
        ["城关镇", "180", "西坝乡", "820"],
        ["东河镇", "130", "城关镇", "540"],
    ]
    table = table_of(lambda canvas: rule_table(canvas, rows, [70, 60, 70, 80]) and None)
    assert table == [
        ["乡镇", "床位"],
        ["城关镇", "180"],
        ["东河镇", "130"],
        ["乡镇", "低保人数"],
        ["西坝乡", "820"],
        ["城关镇", "540"],
    ]


def test_a_table_without_borders_goes_on_below_a_repeated_header() -> None:
    def second(canvas: Canvas) -> None:
        write(canvas, ["续表"], x=260)
        set_rows(canvas, [HEADER, *STACKED[2:]], y=TOP - 30)

    assert table_of(lambda canvas: set_rows(canvas, [HEADER, *STACKED[:2]]) and None, second) == [
        HEADER,
        *PLAIN,
    ]


WIDTHS = [110, 60, 70, 70, 70]


@pytest.mark.parametrize("figures_first", [True, False])
def test_a_row_cut_by_a_page_break_is_one_row(figures_first: bool) -> None:
    upper, lower = ["", "", "", ""], ["%", "60", "100", "预期性"]
    if figures_first:
        upper, lower = lower, upper

    def first(canvas: Canvas) -> None:
        rule_table(canvas, [HEADER, *PLAIN[:2], ["乡镇（街道）社会工作", *upper]], WIDTHS)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [HEADER, ["站覆盖率", *lower], PLAIN[2]], WIDTHS)

    rows = table_of(first, second)
    assert rows == [
        HEADER,
        *PLAIN[:2],
        ["乡镇（街道）社会工作站覆盖率", "%", "60", "100", "预期性"],
        PLAIN[2],
    ]


@pytest.mark.parametrize("label", ["社会救助", "（二）社会救助和低保"])
def test_the_heading_of_a_group_of_rows_beside_a_page_break_is_no_rest_of_a_name(label: str) -> None:
    def first(canvas: Canvas) -> None:
        rule_table(canvas, [HEADER, *PLAIN[:2], [label, "", "", "", ""]], WIDTHS)

    def second(canvas: Canvas) -> None:
        rule_table(canvas, [HEADER, *PLAIN[2:]], WIDTHS)

    assert [row[0] for row in table_of(first, second)][3:5] == [label, "每千名老人床位"]


NUMBERED = [
    ["序号", "指标名称", "单位", "2020年", "2025年"],
    ["1", "城市低保标准", "元/月", "650", "900"],
    ["2", "护理型床位占比", "%", "48", "58"],
    ["10", "社会工作站覆盖率", "%", "60", "100"],
]


@pytest.mark.parametrize("xs", [(72, 84), (78, 100), (72, 120)], ids=["touching", "near", "apart"])
def test_running_numbers_are_a_column_however_near_to_the_names(xs: tuple[float, float]) -> None:
    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(NUMBERED):
            for cell, x in zip(row, (*xs, 240, 300, 360), strict=True):
                at = x - 2.5 * len(cell) if xs == (78, 100) and x == xs[0] else x
                write(canvas, [cell], x=at, y=TOP - 20 * number, size=10)

    assert table_of(draw) == NUMBERED


def test_short_items_in_two_columns_do_not_run_together() -> None:
    rows = [["养老服务科", "社会救助科"], ["儿童福利科", "社会事务科"], ["区划地名科", "慈善社工科"]]

    def draw(canvas: Canvas) -> None:
        for number, row in enumerate(rows):
            for cell, x in zip(row, (72, 300), strict=True):
                write(canvas, [cell], x=x, y=TOP - 20 * number)

    assert read_pdf(pdf(draw)).text.splitlines() == [" ".join(row) for row in rows]


def test_lines_stretched_to_their_edges_are_one_paragraph() -> None:
    lines = ["本县今年新增养老床位三百六十张", "改造适老住房一百二十户并且建成"]

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            for place, sign in enumerate(line):
                write(canvas, [sign], x=72 + 24 * place, y=TOP - 20 * number)

    assert len(read_pdf(pdf(draw)).text.splitlines()) == 1


@pytest.mark.parametrize("form", ["{}.", "（{}）"])
def test_numbered_items_in_two_columns_are_read_in_the_order_of_their_numbers(form: str) -> None:
    items = ["养老服务", "社会救助", "儿童福利", "区划地名", "婚姻登记", "殡葬改革"]
    lines = [form.format(sign) + item for sign, item in zip("一二三四五六", items, strict=True)]

    def draw(canvas: Canvas) -> None:
        y = write(
            canvas,
            ["民政事业的六个方面在本章各有一节，先列在下面，各节的目标和措施另见后文，数字均为年末数。"],
            size=10,
        )
        for number in range(3):
            for line, x in ((lines[number], 72), (lines[number + 3], 300)):
                write(canvas, [line], x=x, y=y - 10 - 20 * number)
        write(canvas, ["以上各项由各科室分头落实。", "年底由办公室汇总。"], y=y - 90)

    text = read_pdf(pdf(draw)).text
    assert [text.index(line) for line in lines] == sorted(text.index(line) for line in lines)
