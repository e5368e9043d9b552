"""Calculations: operands from cited spans, the result as a line that a person can check, or why there is none."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from answer_parts import assert_exact, numbers_in, without_markers
from pace import within

from qa.answer import Answer, Turn
from qa.arithmetic.reading import tasks_of
from qa.assistant import Assistant
from qa.figures.quantities import quantities_in, quantity_of_cell, written
from qa.settings import Settings
from qa.understanding.question import understand

SHOWN = "计算："


def calculation_of(answer: Answer) -> str:
    """The line that shows the calculation."""
    lines = [line for line in without_markers(answer.text).splitlines() if line.startswith(SHOWN)]
    assert len(lines) == 1, answer.text
    return lines[0].removeprefix(SHOWN)


def assert_operands_cited(answer: Answer, operands: str) -> None:
    """Every operand of `operands` (written 480元/月,770元/月) stands in a citation."""
    quoted = {value for citation in answer.citations for value in numbers_in(citation.quote)}
    for operand in operands.split(","):
        assert Decimal(re.sub(r"[^\d.]", "", operand)) in quoted, (operand, answer.citations)


# ── over the seeds ──


@pytest.mark.quick(6)
@pytest.mark.parametrize(
    ("question", "operands", "line"),
    [
        (
            "嵊州2021年结婚和离婚各多少对，离婚比结婚少多少",
            "3048对,1001对",
            "3048对 − 1001对 = 2047对（“结婚”较高）",
        ),
        ("嵊州2021年结婚登记是离婚登记的几倍？", "3048对,1001对", "3048对 ÷ 1001对 = 约3.04倍"),
        ("嵊州2021年新增的社会组织占完成年检的社会组织的百分之几？", "82家,454家", "82家 ÷ 454家 = 约18.1%"),
        ("嵊州2021年低保标准涨幅是多少？", "890元,850元", "(890元/月 − 850元/月) ÷ 850元/月 = 约4.7%（增长）"),
        ("嵊州2021年低保金和特困供养金一共发了多少万元？", "6561.57万元,591.49万元", "6561.57万元 + 591.49万元 = 7153.06万元"),
        ("嵊州2021年适老化改造平均每户花了多少钱？", "163.56万元,444户", "163.56万元 ÷ 444户 = 约3683.78元/户"),
        ("嵊州2022年公益创投项目比2021年多几个？", "25个,22个", "25个 − 22个 = 3个"),
        ("湘西困难残疾人生活补贴一年能领多少钱？", "120元", "120元/月×12 = 1440元/年"),
        ("湘西农村低保折合每月多少钱？", "5000元", "5000元/年 ÷ 12 = 约416.67元/月"),
        ("湘西散居孤儿半年能领多少钱？", "1100元", "1100元/月×6个月 = 6600元"),
        ("湘西3名散居孤儿一年要发多少生活费？", "1100元", "1100元/月×12×3人 = 39600元/年"),
        ("湘西集中养育的孤儿每月比散居的多拿多少钱？", "1500元,1100元", "1500元/月 − 1100元/月 = 400元/月"),
        ("荆门市社会组织数2020年目标比2015年多多少个？", "2000个,1200个", "2000个 − 1200个 = 800个"),
        ("荆门节地生态安葬率从2015年到2020年要提高几个百分点？", "26%,4%", "26% − 4% = 22个百分点"),
        ("荆门福利彩票2015年销量比2010年增长了百分之几？", "4.29亿元,1.59亿元", "÷ 1.59亿元 = 约169.8%（增长）"),
        ("荆门农村五保集中供养标准比分散供养高多少？", "5000元,3500元", "5000元/年 − 3500元/年 = 1500元/年"),
        ("荆门联检的市级界线和县级界线合计几条？", "7条,24条", "7条 + 24条 = 31条"),
        ("下陆“十三五”大病救助资金和临时救助金合计多少万元？", "2343万元,5244万元", "2343万元 + 5244万元 = 7587万元"),
        ("下陆低保标准2016年3月调整后比调整前多了多少钱？", "580元,480元", "580元/月 − 480元/月 = 100元/月"),
        ("下陆社会组织里民非占多大比例？", "30个,63个", "30个 ÷ 63个 = 约47.6%"),
        ("下陆非护理型养老床位有多少张？", "1216张,341张", "1216张 − 341张 = 875张"),
        ("杨浦2023年新建社区长者食堂和新增综合为老服务中心一共几家？", "7家,3家", "7家 + 3家 = 10家"),
        ("杨浦2023年新增养老床位和下陆康养中心床位加起来多少张？", "360张,500张", "860张"),
    ],
)  # fmt: skip
def test_operands_are_cited_and_the_calculation_is_shown(
    assistant: Assistant, question: str, operands: str, line: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert line in calculation_of(answer)
    assert_exact(answer)
    assert_operands_cited(answer, operands)


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    "question",
    [
        "荆门一共有多少家养老机构？",
        "下陆现有各类养老床位一共多少张？",
        "嵊州2021年共发放低保金多少万元？",
        "嵊州2021年总共开展公益活动多少场？",
        "湘西2023年福彩增长目标是多少？",
        "荆门市社会组织年均增长多少？",
        "荆门市注册志愿者占居民人口的比例目标是多少？",
        "下陆2025年护理型床位占比目标是多少？",
        "嵊州2022年低保年标准是多少？",
        "荆门城市低保提高到多少？",
        "嵊州2021年全年累计注销多少家民办非企业单位？",
        "下陆每年组织社区参加什么活动？",
        "荆门市全市人均慈善公益捐赠额目标是多少？",
        "杨浦2023年新增多少张养老床位？",
        "荆门和湘西的城市低保标准各是多少？",
        "嵊州2021年低保标准是每人每月多少元？",
        "湘西残疾人两项补贴标准每月多少钱？",
        "嵊州为什么要提高低保标准？",
        "杨浦跟下陆比，谁的养老床位多？",
        "嵊州2022年低边收入认定标准放宽到几倍？",
        "嵊州2021年度核减了多少名直补移民？",
    ],
)
def test_what_only_sounds_like_a_calculation_is_answered_as_it_stands(
    assistant: Assistant, question: str
) -> None:
    assert SHOWN not in assistant.ask(question).text


def test_monthly_and_yearly_standards_are_brought_to_one_year_before_they_are_compared(
    assistant: Assistant,
) -> None:
    line = calculation_of(assistant.ask("湘西城市低保标准比农村低保高多少？"))
    assert "650元/月×12 = 7800元/年" in line
    assert "7800元/年 − 5000元/年 = 2800元/年" in line


def test_figures_of_different_years_are_given_but_not_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("湘西城市低保比荆门高多少？")
    assert "年份不同，不能直接计算。" in answer.text
    assert {citation.document[:3] for citation in answer.citations} == {"001", "003"}
    assert SHOWN not in answer.text


def test_asked_for_precisely_these_years_they_are_subtracted(assistant: Assistant) -> None:
    answer = assistant.ask("湘西2023年城市低保标准比荆门2015年高多少？")
    assert "650元/月 − 480元/月 = 170元/月" in calculation_of(answer)


def test_an_operand_that_is_not_there_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("嵊州2022年离婚登记比2021年多多少对？")
    assert answer.status == "partial"
    assert "1001对" in answer.text
    assert "文中未提及" in answer.text
    assert SHOWN not in answer.text


def test_a_share_is_not_made_up_when_the_part_is_not_stated(assistant: Assistant) -> None:
    assert SHOWN not in assistant.ask("荆门2015年护理型床位占全部养老床位的比例是多少？").text


def test_a_follow_up_is_calculated_like_any_question(assistant: Assistant) -> None:
    first = "湘西州困难残疾人生活补贴标准是多少？"
    history = [Turn(first, assistant.ask(first).text)]
    answer = assistant.ask("湘西州困难残疾人生活补贴一年下来能领多少钱？", history=history)
    assert "120元/月×12 = 1440元/年" in calculation_of(answer)


def test_an_english_question_is_calculated_too(assistant: Assistant) -> None:
    answer = assistant.ask("Shengzhou 2021: how many more marriage registrations than divorce registrations?")
    assert "3,048 couples − 1,001 couples = 2,047 couples" in answer.text


def test_rows_of_a_table_are_counted_and_shared(assistant: Assistant) -> None:
    answer = assistant.ask("下陆主要指标里约束性指标占全部指标的比例是多少？")
    assert "4项 ÷ 12项 = 约33.3%" in calculation_of(answer)
    assert_exact(answer)


def test_reading_an_ordinary_question_takes_no_time(assistant: Assistant) -> None:
    asked = [understand(f"荆门市养老机构有多少家（第{n}问）？", assistant.documents) for n in range(50)]
    start = time.thread_time()
    assert [question.text for question in asked if tasks_of(question)] == []
    assert within((time.thread_time() - start) / 50, 0.001)


# ── over small libraries ──

PLAN = """# {region}民政局2023年工作总结

2023年，{region}民政局认真履职，现将有关情况总结如下。

一、社会救助

{body}
"""


@pytest.fixture
def library(tmp_path: Path, seeds_settings: Settings) -> Iterator[Callable[..., Assistant]]:
    """Opens an assistant over plans of the test's own: region → body."""
    opened: list[Assistant] = []

    def open_with(**bodies: str) -> Assistant:
        folder = tmp_path / "library"
        folder.mkdir()
        for number, (region, body) in enumerate(bodies.items()):
            (folder / f"plan{number}.txt").write_text(PLAN.format(region=region, body=body), encoding="utf-8")
        settings = Settings(library=folder, index_dir=tmp_path / "index", llm="none")
        opened.append(Assistant.open(settings))
        return opened[-1]

    yield open_with
    for assistant in opened:
        assistant.close()


def test_thousands_separators_are_read(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全年发放低保金1,250,000元，发放特困供养金750,500元。")
    line = calculation_of(assistant.ask("安吉县2023年低保金和特困供养金合计多少元？"))
    assert line == "1250000元 + 750500元 = 2000500元。"


def test_ten_thousands_and_hundred_millions_are_added_exactly(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全年发放低保金1.2亿元，发放临时救助金350.5万元。")
    line = calculation_of(assistant.ask("安吉县2023年低保金和临时救助金加起来多少钱？"))
    assert line == "1.2亿元 + 350.5万元 = 12350.5万元。"


def test_chinese_numerals_are_operands(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全年新建养老机构三家，改建养老机构五家。")
    line = calculation_of(assistant.ask("安吉县2023年新建和改建的养老机构一共多少家？"))
    assert line == "3家 + 5家 = 8家。"


def test_nothing_is_divided_by_zero(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全年新增护理型床位60张。去年新增养老床位0张。")
    answer = assistant.ask("安吉县2023年新增护理型床位是新增养老床位的几倍？")
    assert SHOWN not in answer.text


def test_people_and_households_are_not_subtracted(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全县城市低保对象320人，农村低保对象1450户。")
    answer = assistant.ask("安吉县2023年农村低保对象比城市低保对象多多少？")
    assert "单位不同（户、人），不能直接计算。" in answer.text
    assert SHOWN not in answer.text


def test_a_change_that_the_text_states_is_not_calculated_again(library: Callable[..., Assistant]) -> None:
    assistant = library(安吉县="全县护理型床位占比达到58%，比上年提高3个百分点。")
    answer = assistant.ask("安吉县2023年护理型床位占比比上年提高几个百分点？")
    assert "提高3个百分点" in answer.text
    assert SHOWN not in answer.text


def test_a_rough_operand_gives_a_calculation_that_keeps_its_source_in_view(
    library: Callable[..., Assistant],
) -> None:
    assistant = library(安吉县="全年为老年人提供助餐服务约3.5万人次，提供助浴服务1.2万人次。")
    answer = assistant.ask("安吉县2023年助餐服务和助浴服务合计多少人次？")
    assert "3.5万人次 + 1.2万人次 = 约4.7万人次" in calculation_of(answer)
    assert "约3.5万人次" in answer.text


# ── quantities ──


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("每人每月850元", "850元/月"),
        ("不低于650元/月", "650元/月"),
        ("年标准达到1.2万元以上", "1.2万元/年"),
        ("分别达到800/月", "800元/月"),
        ("农村低保4000元/年", "4000元/年"),
        ("发放低保金6561.57万元", "6561.57万元"),
        ("1,216张", "1216张"),
        ("一千二百元", "1200元"),
    ],
)
def test_a_payment_carries_the_time_it_is_paid_for(text: str, shown: str) -> None:
    assert [str(spot.quantity) for spot in quantities_in(text)] == [shown]


@pytest.mark.parametrize(
    "text", ["2021年3月", "每千名老年人", "《若干规定（第3号）》", "五年来", "一次性补助"]
)
def test_dates_names_and_rates_are_no_quantities(text: str) -> None:
    assert quantities_in(text) == []


@pytest.mark.parametrize(
    ("value", "unit", "label", "shown"),
    [
        ("480", "元/月", "低保标准", "480元/月"),
        ("770", "元", "城市低保月保障标准", "770元/月"),
        ("1.59", "亿元", "福利彩票销售", "1.59亿元"),
        (">30", "平方米", "设施面积", "30平方米"),
        ("95%", "", "覆盖率", "95%"),
    ],
)
def test_a_cell_gets_its_unit_from_its_row(value: str, unit: str, label: str, shown: str) -> None:
    assert str(quantity_of_cell(value, unit, label)) == shown


@pytest.mark.parametrize("value", ["—", "不低于上年", "", "/"])
def test_a_cell_without_a_number_is_no_quantity(value: str) -> None:
    assert quantity_of_cell(value, "元", "低保标准") is None


def test_results_are_rounded_to_two_decimals_at_most() -> None:
    assert written(Decimal(5000) / 12, "元") == "416.67元"
    assert written(Decimal(1440), "元") == "1440元"
