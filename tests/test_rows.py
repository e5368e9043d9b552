"""Questions about tables: the right cell of the right row, rows that share a value, and how many they are."""

from __future__ import annotations

import re

import pytest
from answer_parts import JINGMEN, XIALU, assert_exact, assert_says, text_of

from qa.assistant import Assistant
from qa.evidence.units_noted import unit_in_caption

XIALU_TABLE = [
    (name.strip(), unit.strip(), value.strip(), kind.strip())
    for name, unit, value, kind in re.findall(
        r"^\d+ \|([^|]+)\|([^|]+)\|([^|]+)\|([^|]+)\|", text_of(XIALU), re.MULTILINE
    )
]
# Indicator, unit, 2010, 2015: 表1 of the Jingmen plan, one cell a line in the text.
JINGMEN_RESULTS = [
    ("城市低保标准", "元/月", "240", "480"),
    ("农村低保标准", "元/年", "1110", "2800"),
    ("医疗救助政策范围内住院自付费用救助比率", "%", "40", "70"),
    ("每千名老人拥有各类养老床位数", "张", "18", "30"),
    ("孤儿养育床位", "张", "220", "241"),
    ("福利彩票销售", "亿元", "1.59", "4.29"),
    ("火化区遗体火化率", "%", "98", "98"),
]
# Indicator, unit, 2015, 2020, growth per year: 表2.
JINGMEN_TARGETS = [
    ("每千名老人拥有各类养老床位数", "张", "30", "35", "—"),
    ("城市低保月保障标准", "元", "480", "770", "10"),
    ("农村低保年保障标准", "元", "2800", "4000", "7.5"),
    ("农村五保供养服务机构集中供养能力", "%", "100", "100", "—"),
    ("年均遗体火化率", "%", "98", "98", "—"),
    ("节地生态安葬率", "%", "4", "26", "—"),
    ("公益性骨灰安放设施(含公益性公墓)县级行政区域覆盖率", "%", "40", "70", "—"),
    ("城市社区综合服务设施覆盖率", "%", "100", "100", "—"),
    ("农村社区综合服务设施覆盖率", "%", "100", "100", "—"),
    ("社会组织数", "个", "1200", "2000", "13"),
    ("社会工作专业人才数", "名", "—", "3000", "—"),
    ("注册志愿者人数占居民人口的比例", "%", "5", "10", "—"),
]


def test_the_tables_are_those_of_the_documents() -> None:
    assert len(XIALU_TABLE) == 12
    for _, _, *values in JINGMEN_RESULTS:
        assert re.search(r"\s+".join(map(re.escape, values)), text_of(JINGMEN))
    for name, _, *values in JINGMEN_TARGETS:
        assert re.search(
            re.escape(name) + r"\s+\S+\s+" + r"\s+".join(map(re.escape, values)), text_of(JINGMEN)
        )


@pytest.mark.quick(5)
@pytest.mark.parametrize(("name", "unit", "value", "kind"), XIALU_TABLE, ids=lambda cell: cell[:12])
@pytest.mark.parametrize(
    "template", ["下陆区2025年{}的目标值是多少？", "下陆区“十四五”规划中，{}要达到多少？"]
)
def test_every_target_of_the_pipe_table_is_given_with_its_row(
    assistant: Assistant, template: str, name: str, unit: str, value: str, kind: str
) -> None:
    answer = assistant.ask(template.format(name))
    assert_says(answer, f"{value}{unit}" if value.strip(">").isdigit() else value, XIALU)
    row = next(line for line in text_of(XIALU).splitlines() if f"| {name} |" in line).strip(" |")
    assert any(citation.quote.strip(" |") == row for citation in answer.citations)


@pytest.mark.quick(3)
@pytest.mark.parametrize(("name", "unit", "before", "after"), JINGMEN_RESULTS, ids=lambda cell: cell[:12])
def test_every_result_of_the_table_of_single_cells_is_given_for_its_year(
    assistant: Assistant, name: str, unit: str, before: str, after: str
) -> None:
    assert_says(assistant.ask(f"荆门市2010年{name}是多少？"), f"{before}{unit}", JINGMEN)
    assert_says(assistant.ask(f"荆门市2015年{name}实际是多少？"), f"{after}{unit}", JINGMEN)


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    ("name", "unit", "before", "after", "growth"), JINGMEN_TARGETS, ids=lambda cell: cell[:12]
)
def test_every_target_of_the_table_of_single_cells_is_given_for_its_year(
    assistant: Assistant, name: str, unit: str, before: str, after: str, growth: str
) -> None:
    target = assistant.ask(f"荆门市2020年{name}目标是多少？")
    if name == "社会工作专业人才数":
        assert "3000" in target.text
    elif name != "节地生态安葬率":  # the text says 25%, the table 26%: either is a true quotation
        assert_says(target, f"{after}{unit}", JINGMEN)
    if before == "—":
        present = assistant.ask(f"荆门市2015年{name}是多少？")
        assert present.status == "not_found" or "未给出" in present.text
    else:
        assert_says(assistant.ask(f"荆门市2015年{name}是多少？"), f"{before}{unit}", JINGMEN)
    if growth != "—":
        assert f"{growth}%" in assistant.ask(f"荆门市“十三五”{name}年均增长多少？").text


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("下陆区“十四五”规划的约束性指标有哪些？", [row[0] for row in XIALU_TABLE if row[3] == "约束性"]),
        ("下陆区“十四五”规划的预期性指标有哪些？", [row[0] for row in XIALU_TABLE if row[3] == "预期性"]),
    ],
)
def test_rows_that_share_a_value_are_listed_completely(
    assistant: Assistant, question: str, expected: list[str]
) -> None:
    answer = assistant.ask(question)
    assert_exact(answer)
    assert len(answer.citations) == len(expected)
    for name in expected:
        assert name in answer.text
    others = [row[0] for row in XIALU_TABLE if row[0] not in expected]
    assert not any(name in answer.text for name in others)


def test_rows_that_share_a_value_are_counted(assistant: Assistant) -> None:
    assert re.search(r"(?<!\d)4项", assistant.ask("下陆区“十四五”规划有几项约束性指标？").text)


@pytest.mark.parametrize(
    ("caption", "unit"),
    [
        ("表2 资金安排（万元）", "万元"),
        ("表2 救助标准（单位：元/人·月）", "元/人·月"),
        ("表2 主要指标（2025年）", ""),
        ("表2 主要指标", ""),
    ],
)
def test_a_caption_notes_the_unit_of_all_figures_of_its_table(caption: str, unit: str) -> None:
    assert unit_in_caption(caption) == unit
