"""Tables of every shape that plain text has them in: each row with its names, each cell in its place."""

from __future__ import annotations

from itertools import pairwise

import pytest
from plan_parts import JINGMEN, XIALU, passages, seed

from vectorstore.documents import Passage
from vectorstore.lines import lines_of
from vectorstore.passages import passages_of
from vectorstore.tables import find_tables

_XIALU = """
低保标准年度增速|%|不低于居民上年度人均消费支出增速|预期性
社会组织专职工作人员数量|万人|40|预期性
困难残疾人生活补贴覆盖率|%|100|约束性
重度残疾人护理补贴覆盖率|%|100|约束性
婚姻登记“跨省通办”实施率|%|100|预期性
每百户居民拥有的城乡社区综合服务设施 面积|平方米|>30|预期性
区级公益性安葬(放)设施覆盖率|%|100|约束性
养老机构护理型床位占比|%|60|约束性
街道范围具备综合功能的养老服务机构覆盖率|%|60|预期性
街道未成年人保护工作站覆盖率|%|50|预期性
社会工作专业人才总量|万人|8|预期性
志愿服务站点在社区综合服务设施中的覆盖率|%|80|预期性
"""
_JINGMEN_RESULTS = """
低保标准(城市)|元/月|240|480|20
低保标准(农村)|元/年|1110|2800|30
医疗救助政策范围内住院自付费用救助比率|%|40|70|15
每千名老人拥有各类养老床位数|张|18|30|13
孤儿养育床位|张|220|241|—
福利彩票销售|亿元|1.59|4.29|—
火化区遗体火化率|%|98|98|—
"""
_JINGMEN_TARGETS = """
每千名老人拥有各类养老床位数|张|30|35|—
城市低保月保障标准|元|480|770|10
农村低保年保障标准|元|2800|4000|7.5
农村五保供养服务机构集中供养能力|%|100|100|—
年均遗体火化率|%|98|98|—
节地生态安葬率|%|4|26|—
公益性骨灰安放设施(含公益性公墓)县级行政区域覆盖率|%|40|70|—
城市社区综合服务设施覆盖率|%|100|100|—
农村社区综合服务设施覆盖率|%|100|100|—
社会组织数|个|1200|2000|13
社会工作专业人才数|名|—|3000|—
注册志愿者人数占居民人口的比例|%|5|10|—
"""


def _rows(text: str) -> list[Passage]:
    return [passage for passage in passages(text) if passage.kind == "row"]


def _cells(text: str) -> list[dict[str, str]]:
    return [dict(row.cells) for row in _rows(text)]


@pytest.mark.parametrize(
    ("name", "caption", "years", "columns", "rows"),
    [
        (
            XIALU,
            "“十四五”时期下陆民政事业发展主要指标",
            2021,
            ("指标", "单位", "2025年目标值", "属性"),
            _XIALU,
        ),
        (
            JINGMEN,
            "“十二五”时期荆门民政事业发展主要指标完成情况",
            2011,
            ("项目指标", "单位", "2010年", "2015年实际值", "年均增长%"),
            _JINGMEN_RESULTS,
        ),
        (
            JINGMEN,
            "“十三五”时期荆门民政事业发展主要指标",
            2016,
            ("项目指标", "单位", "2015年", "2020年目标值", "年均增长%"),
            _JINGMEN_TARGETS,
        ),
    ],
)
def test_every_row_of_the_seeds_tables_has_its_exact_cells_and_its_captions_years(
    name: str, caption: str, years: int, columns: tuple[str, ...], rows: str
) -> None:
    found = [passage for passage in passages_of(seed(name)) if passage.caption == caption]
    wanted = [tuple(zip(columns, row.split("|"), strict=True)) for row in rows.strip().split("\n")]
    assert [row.cells for row in found] == wanted
    assert {row.years for row in found} == {tuple(range(years, years + 5))}


def test_a_row_is_cited_by_the_lines_of_its_own_cells() -> None:
    rows = [p.text.split() for p in passages_of(seed(JINGMEN)) if p.caption.endswith("完成情况")]
    assert rows[0] == ["1", "低保标准", "城市", "元/月", "240", "480", "20"]
    assert rows[1] == ["农村", "元/年", "1110", "2800", "30"]
    assert rows[2] == ["2", "医疗救助政策范围内住院自付费用救助比率", "%", "40", "70", "15"]


def test_a_markdown_table_keeps_empty_cells_where_they_stand() -> None:
    text = "| 指标 | 2020年 | 2025年 |\n|---|:--:|--:|\n| 床位 | | 300 |\n| 护理员 | 20 | |\n"
    assert _cells(text) == [
        {"指标": "床位", "2020年": "", "2025年": "300"},
        {"指标": "护理员", "2020年": "20", "2025年": ""},
    ]


def test_two_columns_make_a_table_with_a_ruler_and_none_without() -> None:
    assert _cells("指标 | 数量\n--- | ---\n床位 | 300\n") == [{"指标": "床位", "数量": "300"}]
    assert _rows("指标 | 数量\n床位 | 300\n护理员 | 20\n") == []


def test_a_cell_for_several_rows_belongs_to_each_of_them() -> None:
    text = "| 类别 | 指标 | 数值 |\n|--|--|--|\n| 养老 | 床位 | 300 |\n|  | 护理员 | 20 |\n| 救助 | 低保 | 650 |\n"
    assert [cells["类别"] for cells in _cells(text)] == ["养老", "养老", "救助"]
    assert _rows(text)[1].text == "护理员 | 20"


def test_a_header_on_two_lines_names_each_column_by_both() -> None:
    text = "指标 | 2020年 | 2025年 |\n | 实际值 | 目标值 |\n床位 | 100 | 300 |\n护理员 | 20 | 50 |\n"
    assert _cells(text)[0] == {"指标": "床位", "2020年实际值": "100", "2025年目标值": "300"}


def test_tabs_make_a_table_and_leading_tabs_empty_cells() -> None:
    text = "片区\t乡镇\t床位\t护理员\n东片\t甲镇\t100\t9\n\t乙镇\t80\t—\n西片\t丙镇\t60\t\n"
    cells = _cells(text)
    assert [row["片区"] for row in cells] == ["东片", "东片", "西片"]
    assert [row["床位"] for row in cells] == ["100", "80", "60"]
    assert "护理员" not in cells[2]


def test_runs_of_spaces_make_a_table_only_when_columns_come_out_even_with_figures() -> None:
    assert _cells("乡镇  床位  护理员\n甲镇  100  9\n乙镇  80   8\n") == [
        {"乡镇": "甲镇", "床位": "100", "护理员": "9"},
        {"乡镇": "乙镇", "床位": "80", "护理员": "8"},
    ]
    assert _rows("为民  爱民  亲民\n务实  清廉  担当\n团结  奋进  创新\n") == []
    assert _rows("乡镇  床位  护理员\n甲镇  100  9\n乙镇  80\n") == []


def test_a_row_with_too_many_cells_is_not_named_wrongly() -> None:
    text = "指标 | 单位 | 数值 |\n床位 | 张 | 300 |\n护理员 | 人 | 20 | 约 |\n"
    assert _rows(text)[1].cells == (("指标", "护理员"), ("", "人"), ("", "20"), ("", "约"))


def test_the_index_block_is_no_table() -> None:
    block = "索 引 号: | 1133/2022 | 主题分类: | 其他 |\n发布机构: | 民政局 | 公开日期: | 2022-07-20 |\n"
    assert _rows(block + "文 号: | 甲〔2022〕1号 | 有效性: | 有效 |\n") == []


def _lines(*rows: str) -> str:
    return "\n".join(cell for row in rows for cell in row.split())


def test_a_table_without_running_number_is_cut_where_its_columns_repeat() -> None:
    text = _lines(
        "指标名称 单位 2020年 2025年", "养老床位 张 2186 3000", "护理型床位占比 % 41 60", "火化率 % 98 100"
    )
    assert _cells(f"主要指标\n{text}\n二、保障\n加强领导。")[2] == {
        "指标名称": "火化率",
        "单位": "%",
        "2020年": "98",
        "2025年": "100",
    }
    assert {row.caption for row in _rows(f"主要指标\n{text}\n")} == {"主要指标"}


def test_columns_named_with_their_units_make_a_table_of_counties() -> None:
    text = _lines(
        "县区",
        "新增床位（张）",
        "改造敬老院（所）",
        "灵山县",
        "1500",
        "9",
        "浦北县",
        "1100",
        "8",
        "合计",
        "2600",
        "17",
    )
    assert _cells(text)[0] == {"县区": "灵山县", "新增床位(张)": "1500", "改造敬老院(所)": "9"}
    assert len(_cells(text)) == 3


def test_a_header_cell_on_two_lines_is_one_name() -> None:
    text = _lines("指标 单位 2025年 目标值 属性", "床位 张 3000 预期性", "火化率 % 100 约束性")
    assert _cells(text)[0] == {"指标": "床位", "单位": "张", "2025年目标值": "3000", "属性": "预期性"}


def test_short_lines_without_figures_are_no_table() -> None:
    assert _rows(_lines("工作内容 责任单位 完成时限", "救助 救助科 全年", "养老 养老科 全年")) == []


def test_a_running_number_can_be_called_otherwise() -> None:
    for name in ("序号", "编号", "序 号".replace(" ", "\u3000"), "No."):
        text = f"{name}\n指标\n数值\n1\n床位\n300\n2\n护理员\n20\n"
        assert _cells(text) == [{"指标": "床位", "数值": "300"}, {"指标": "护理员", "数值": "20"}]


def test_a_missing_cell_is_found_by_what_the_columns_hold_and_never_guessed() -> None:
    full = "1 床位 张 100 300 预期性", "2 火化率 % 98 100 约束性"
    header, last = "序号 指标 单位 2020年 2025年 属性", "4 社工 名 5 9 预期性"
    without_unit = _cells(_lines(header, *full, "3 护理员 20 50 预期性", last))
    assert without_unit[2] == {"指标": "护理员", "2020年": "20", "2025年": "50", "属性": "预期性"}
    without_year = _rows(_lines(header, *full, "3 护理员 名 50 预期性", last))
    assert without_year[2].cells == (("指标", "护理员"), ("", "名"), ("", "50"), ("", "预期性"))


def test_columns_that_cannot_be_told_apart_have_no_name() -> None:
    text = _lines("序号 指标 单位 甲 乙 丙 丁", "1 床位 张 100 300", "2 护理员 名 20 50")
    assert _rows(text)[0].cells == (("指标", "床位"), ("", "张"), ("", "100"), ("", "300"))


def test_a_table_ends_where_the_next_heading_begins() -> None:
    text = _lines("序号 指标 数值", "1 床位 300", "2 护理员 20") + "\n（二）保障措施\n加强领导。"
    found = passages(text)
    assert [p.kind for p in found] == ["row", "row", "text"]
    assert found[-1].section == ("（二）保障措施",)


_TABLE = "指标 | 单位 | 数值 |\n床位 | 张 | 300 |\n护理员 | 人 | 20 |\n"


@pytest.mark.parametrize(
    ("before", "caption"),
    [
        ("表2  主要指标\n", "主要指标"),
        ("表2-1：主要指标\n", "主要指标"),
        ("附表1 主要指标\n", "主要指标"),
        ("  1\u00a0\u00a0“十二五”主要指标\n", "“十二五”主要指标"),
        ("主要指标\n单位：万元\n", "主要指标(单位:万元)"),
        ("以下为各项任务的完成情况。\n", ""),
        ("", ""),
    ],
)
def test_the_short_line_before_a_table_is_its_caption(before: str, caption: str) -> None:
    assert {row.caption for row in _rows(before + _TABLE)} == {caption}


def test_a_numbered_heading_before_a_table_stays_a_section_and_names_the_table() -> None:
    text = f"一、目标\n概述。\n（三）主要指标\n{_TABLE}二、任务\n新建3所。"
    rows = _rows(text)
    assert {(row.section, row.caption) for row in rows} == {(("一、目标", "（三）主要指标"), "主要指标")}
    assert passages(text)[-1].section == ("二、任务",)


def test_a_captioned_table_right_below_a_heading_belongs_to_its_section() -> None:
    text = f"一、目标\n1.养老服务\n表1 主要指标\n{_TABLE}"
    assert {(row.section, row.caption) for row in _rows(text)} == {(("一、目标", "1.养老服务"), "主要指标")}


def test_a_captioned_table_belongs_to_the_chapter_and_not_to_the_item_before_it() -> None:
    text = f"一、目标\n1.救助。标准提高。\n主要指标\n{_TABLE}"
    assert {row.section for row in _rows(text)} == {("一、目标",)}


def test_tables_do_not_overlap_and_come_in_order() -> None:
    text = f"{_TABLE}{_TABLE.replace('|', chr(9))}\n序号\n指标\n数值\n1\n床位\n3\n2\n护理员\n4\n"
    tables = find_tables(lines_of(text))
    assert len(tables) == 3
    assert all(one.last <= other.first for one, other in pairwise(tables))


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("表 2024年任务分解", "2024年任务分解"),
        ("附表：甲县主要数据", "甲县主要数据"),
        ("表2-1 任务分解", "任务分解"),
        ("表3任务分解", "任务分解"),
    ],
)
def test_a_caption_loses_its_number_and_keeps_its_year(line: str, caption: str) -> None:
    text = f"{line}\n| 乡镇 | 助餐点 |\n| --- | --- |\n| 塔山镇 | 4 |\n| 毛河镇 | 3 |\n"
    assert {row.caption for row in _rows(text)} == {caption}


def test_a_row_of_sums_is_called_by_its_word_though_it_stands_for_the_running_number() -> None:
    grid = "序号\t镇\t幸福院数（所）\t优秀（所）\n1\t甲镇\t6\t2\n2\t乙镇\t4\t1\n合计\t\t10\t3\n"
    assert [row["镇"] for row in _cells(grid)] == ["甲镇", "乙镇", "合计"]
