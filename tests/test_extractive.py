"""Answers without a model: the right figure of the right place and year, comparisons, lists and particulars."""

from __future__ import annotations

import pytest
from answer_parts import (
    JINGMEN,
    SHENGZHOU,
    XIALU,
    XIANGXI,
    YANGPU,
    assert_exact,
    assert_says,
    numbers_in,
    without_markers,
)

from qa.answer import Answer
from qa.assistant import Assistant


def answered_from(assistant: Assistant, question: str, says: str, document: str) -> Answer:
    """The answer, which is exact, says so, and cites this document only."""
    answer = assistant.ask(question)
    assert_exact(answer)
    assert says in answer.text
    assert {citation.document for citation in answer.citations} == {document}
    return answer


# ── one figure, one clause ──


@pytest.mark.parametrize(
    ("question", "figure", "document"),
    [
        ("下陆区“十三五”发放孤儿救助金多少万元？", "135万元", XIALU),
        ("下陆康养中心建成后提供多少张养老床位？", "500张", XIALU),
        ("下陆全区持证社会工作者有多少名？", "78名", XIALU),
        ("湘西州集中养育基本生活最低保障标准提高到多少？", "1500元", XIANGXI),
        ("湘西州2023年养老机构新增护理型床位多少张？", "200张", XIANGXI),
        ("湘西州建成多少个养老助餐点？", "18个", XIANGXI),
        ("杨浦区2023年新建社区长者食堂几家？", "7家", YANGPU),
        ("杨浦今年要改建多少张认知障碍照护床位啊", "200张", YANGPU),
        ("杨浦区2023年新增养老床位多少张？", "360张", YANGPU),
        ("荆门市“十二五”末全市社区数达到多少个？", "210个", JINGMEN),
        ("荆门市临时救助封顶线是多少？", "3000元", JINGMEN),
        ("荆门市“十三五”重点民政项目总投资多少？", "98.3358亿元", JINGMEN),
        ("嵊州市2021年离婚登记多少对？", "1001对", SHENGZHOU),
        ("嵊州市2021年有多少家养老机构做了消防复验？", "18家", SHENGZHOU),
        ("嵊州市2022年特困供养生活费是每月多少元？", "1383元", SHENGZHOU),
        ("嵊州市2022年新增节地生态墓穴多少穴？", "500穴", SHENGZHOU),
    ],
)
def test_a_fact_is_quoted_from_the_clause_that_states_it(
    assistant: Assistant, question: str, figure: str, document: str
) -> None:
    answer = assistant.ask(question)
    assert_says(answer, figure, document)
    assert {citation.document for citation in answer.citations} == {document}
    assert answer.answered_by == "extractive"


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("嵊州市2021年最低生活保障标准是多少？", "890元", "1.2万元"),
        ("嵊州市2022年最低生活保障年标准是多少？", "1.2万元", "890元"),
        ("嵊州2021年完成公益创投项目多少个？", "22个", "25个"),
        ("嵊州2022年完成公益创投项目多少个？", "25个", "22个"),
        ("荆门市2015年城市低保标准是多少？", "480元", "770元"),
        ("荆门市2020年城市低保标准目标是多少？", "770元", "480元"),
        ("荆门市“十二五”福利彩票总销量是多少？", "17.8亿元", "21亿元"),
        ("荆门市“十三五”福利彩票总销量要达到多少？", "21亿元", "17.8亿元"),
    ],
)
def test_of_two_years_the_one_asked_about_is_given(
    assistant: Assistant, question: str, right: str, wrong: str
) -> None:
    text = assistant.ask(question).text
    assert right in text
    assert wrong not in text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("钟祥市城市低保标准达到多少？", "400元"),
        ("荆门市中心城区城市低保标准达到多少？", "480元"),
        ("京山县2015年城市低保标准是多少？", "400元"),
    ],
)
def test_a_place_named_inside_a_document_gets_its_own_figure(
    assistant: Assistant, question: str, figure: str
) -> None:
    assert figure in assistant.ask(question).text


def test_a_wrong_statement_is_answered_with_what_the_document_says(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦2023年建设智慧养老院是5家，对吗？")
    assert "3家" in answer.text
    assert "5家" not in answer.text


# ── several places or years ──


def test_each_place_of_a_comparison_gets_its_own_figure_and_source(assistant: Assistant) -> None:
    answer = assistant.ask("下陆区和荆门市每千名老人拥有的养老床位分别是多少张？")
    assert_exact(answer)
    assert {citation.document for citation in answer.citations} == {XIALU, JINGMEN}
    assert "35张" in answer.text
    lines = without_markers(answer.text).splitlines()
    assert any("下陆" in line for line in lines)
    assert any("荆门" in line for line in lines)


def test_each_year_gets_its_own_figure(assistant: Assistant) -> None:
    text = assistant.ask("嵊州市2021年和2022年最低生活保障标准各是多少？").text
    assert "890元" in text
    assert "1.2万元" in text


@pytest.mark.parametrize(
    ("question", "held", "missing"),
    [
        ("杨浦和武汉2023年建设智慧养老院各几家？", "3家", "武汉"),
        ("武汉市和杨浦区2023年建设智慧养老院各几家？", "3家", "武汉市"),
        ("嵊州市2021年和2024年低保标准各是多少？", "890元", "2024年"),
        ("荆门市和杨浦区2023年建设智慧养老院分别是多少家？", "3家", "荆门市"),
    ],
)
def test_what_is_missing_of_a_comparison_is_said(
    assistant: Assistant, question: str, held: str, missing: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "partial"
    assert held in answer.text
    line = next(line for line in without_markers(answer.text).splitlines() if missing in line)
    assert numbers_in(line) <= numbers_in(missing)
    assert_exact(answer)


# ── lists, texts, particulars ──


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("荆门市“十三五”规划的基本原则有哪些？", ["重点保障", "统筹城乡", "服务社会"]),
        ("下陆区“十四五”规划的基本原则有哪些？", ["围绕中心", "精准施策", "多方参与", "深化改革"]),
        ("湘西州养老服务有哪四个“行动”？", ["优化行动", "提升行动", "清零行动", "保障行动"]),
        ("杨浦区要打造哪四大品牌？", ["幸福养老", "温暖救助", "能力基政", "活力治理"]),
        (
            "杨浦区社会组织党建“六同步”是哪六个同步？",
            ["成立登记", "章程核准", "年检年报", "专项抽查", "等级评估", "教育培训"],
        ),
        ("下陆区“四级”养老服务网络是哪四级？", ["街道", "社区", "小区", "居家"]),
        ("嵊州“五shan”慈善品牌是哪五个？", ["向上向善", "越山剡水", "赡养孝老", "各擅其长", "扇枕温被"]),
    ],
)
def test_a_list_is_given_completely(assistant: Assistant, question: str, items: list[str]) -> None:
    answer = assistant.ask(question)
    assert_exact(answer)
    assert [item for item in items if item not in answer.text] == []


@pytest.mark.parametrize(
    ("question", "says", "document"),
    [
        ("杨浦区怎么推进医养结合？", "医养结合", YANGPU),
        ("湘西州怎么加强未成年人保护工作？", "未成年人", XIANGXI),
        ("下陆区如何提升婚姻登记服务水平？", "婚姻登记", XIALU),
        ("荆门市怎么推进绿色殡葬？", "生态殡葬", JINGMEN),
        ("嵊州市2022年怎么建设智慧养老？", "智慧养老", SHENGZHOU),
    ],
)
def test_a_question_for_text_gets_a_short_quotation(
    assistant: Assistant, question: str, says: str, document: str
) -> None:
    answer = answered_from(assistant, question, says, document)
    assert sum(len(citation.quote) for citation in answer.citations) <= 400


@pytest.mark.parametrize(
    ("question", "says", "document"),
    [
        ("下陆区民政事业“十四五”规划的发文字号是什么？", "下民政发〔2021〕12号", XIALU),
        ("下陆区民政事业“十四五”规划是什么时候发布的？", "2021-06-18", XIALU),
        ("下陆区民政事业“十四五”规划的发布机构是哪个？", "下陆区民政局", XIALU),
        ("下陆区民政事业“十四五”规划的期限是哪几年？", "2021—2025年", XIALU),
        ("荆门市民政事业发展“十三五”规划的发布日期是什么时候？", "2016-06-01", JINGMEN),
        ("杨浦区民政工作要点的发布日期是什么时候？", "2023-03-29", YANGPU),
    ],
)
def test_what_a_document_says_about_itself_is_given_and_cited(
    assistant: Assistant, question: str, says: str, document: str
) -> None:
    answered_from(assistant, question, says, document)
