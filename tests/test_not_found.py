"""Nothing, rather than something else: places, titles, years and facts that the library does not hold."""

from __future__ import annotations

import re

import pytest
from answer_parts import REGIONS, numbers_in

from qa.answer import Answer
from qa.assistant import Assistant

ELSEWHERE = [
    ("武汉2023年建设智慧养老院几家？", "武汉"),
    ("武汉市2020年火化率目标是多少？", "武汉市"),
    ("长沙市城市低保标准是多少？", "长沙市"),
    ("黄石港区养老床位有多少张？", "黄石港区"),
    ("上海市2023年新增养老床位多少张？", "上海市"),
    ("上海市浦东新区2023年新增养老床位多少张？", "浦东新区"),
    ("宜昌市2020年社会组织总数要达到多少个？", "宜昌市"),
    ("虹口区2023年养老床位有多少张？", "虹口区"),
    ("请问北京的低保标准是多少？", "北京"),
    ("《武汉市民政事业“十四五”规划》的火化率目标是多少？", "武汉市"),
    ("《2024年杨浦民政工作要点》里新增养老床位多少张？", "《2024年杨浦民政工作要点》"),
]


def assert_nothing(answer: Answer, question: str) -> None:
    """Not found: no citation, what was searched is named, and no figure but those of names and the question."""
    assert answer.status == "not_found"
    assert answer.citations == ()
    assert answer.answered_by == "extractive"
    assert any(name in answer.text for name in REGIONS.values())
    titles = " ".join(re.findall(r"《[^》]*》", answer.text))
    without_years = re.sub(r"\d{4}(—\d{4})?年", "", answer.text)
    assert numbers_in(without_years) <= numbers_in(question) | numbers_in(titles)


@pytest.mark.parametrize(("question", "named"), ELSEWHERE)
def test_a_place_or_title_that_is_not_in_the_library_is_named_and_gets_no_ones_figure(
    assistant: Assistant, question: str, named: str
) -> None:
    answer = assistant.ask(question)
    assert_nothing(answer, question)
    assert named in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "湖北省2020年火化率目标是多少？",
        "浙江省低保标准是多少？",
        "湖南省2023年城市低保标准是多少？",
        "黄石市低保标准是多少？",
        "绍兴市有多少家养老机构？",
        "绍兴市2022年慈善基金目标是多少？",
        "郑州市有多少家社会组织？",
        "吉首市低保标准是多少？",
        "凤凰县2023年农村低保标准是多少？",
    ],
)
def test_a_place_that_is_only_mentioned_gets_no_ones_figure(assistant: Assistant, question: str) -> None:
    assert_nothing(assistant.ask(question), question)


@pytest.mark.parametrize(
    "question",
    [
        "杨浦区2024年新增养老床位多少张？",
        "杨浦2022年新增养老床位多少张？",
        "嵊州市2020年低保标准是多少？",
        "嵊州市2023年低保标准是多少？",
        "湘西州2025年城市低保标准是多少？",
        "荆门市2025年社会组织总数目标是多少个？",
        "下陆区2030年护理型床位占比的目标是多少？",
        "下陆区“十五五”时期护理型床位占比的目标是多少？",
    ],
)
def test_a_year_that_no_document_covers_gets_no_other_years_figure(
    assistant: Assistant, question: str
) -> None:
    assert_nothing(assistant.ask(question), question)


@pytest.mark.parametrize(
    "question",
    [
        "杨浦区民政局局长是谁？",
        "杨浦区有多少常住人口？",
        "杨浦区2023年低保标准是多少？",
        "下陆区民政局的电话是多少？",
        "嵊州市2021年的GDP是多少？",
        "嵊州市2021年火化率是多少？",
        "荆门市2020年地铁通车里程是多少？",
        "湘西州2023年养老机构有多少家？",
        "湘西州2023年福利彩票销售额多少亿元？",
        "湘西州2023年高龄津贴标准是多少？",
        "嵊州市2021年发放孤儿救助金多少万元？",
        "下陆区福利彩票总销量是多少？",
        "荆门市残疾人两项补贴标准是多少？",
    ],
)
def test_what_a_document_does_not_state_is_not_made_up_from_its_neighbours(
    assistant: Assistant, question: str
) -> None:
    assert_nothing(assistant.ask(question), question)


@pytest.mark.parametrize(
    "wanted",
    [
        "发放孤儿救助金多少万元？",
        "持证社会工作者有多少名？",
        "村居综合照料中心建几个？",
        "护理型床位有多少张？",
        "建设智慧养老院几家？",
        "新建社区长者食堂几家？",
        "社区数达到多少个？",
        "临时救助封顶线是多少？",
        "火化率是多少？",
        "结婚登记多少对？",
        "低保标准是多少？",
        "移民扶持项目多少个？",
    ],
)
def test_an_answer_about_one_place_never_rests_on_anothers_document(
    assistant: Assistant, wanted: str
) -> None:
    for document, place in REGIONS.items():
        answer = assistant.ask(place + wanted)
        assert {citation.document for citation in answer.citations} <= {document}
        assert {evidence.document for evidence in answer.evidence} <= {document}
