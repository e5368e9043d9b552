"""Nothing, rather than something else: places, titles, years and facts that the library does not hold."""

from __future__ import annotations

import re

import pytest
from answer_parts import REGIONS, numbers_in

from qa.answer import Answer
from qa.assistant import Assistant
from qa.understanding.question import understand

# Asks whole sets of questions.
pytestmark = pytest.mark.thorough

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


NO_FILE_FOR = [
    "武汉火化率是多少",
    "武汉低保标准是多少",
    "长沙那边火化率多少",
    "隔壁区养老床位有多少张",
    "新昌有几家养老机构",
    "鼓楼区火化率是多少",
    "西塞山区养老床位有多少张",
    "黄石港的护理型床位占比是多少",
    "钟祥市火化率目标是多少",
    "京山县养老机构有多少家",
    "龙山火化率是多少",
    "甘霖镇养老机构几个",
    "嵊州甘霖镇养老机构有几家",
    "浦东新增养老床位多少张",
    "浦东那边新建几家长者食堂",
    "虹口长者食堂新建几家",
    "宝山区智慧养老院几家",
    "嵊泗县低保标准",
    "嵊泗低保标准是多少",
    "绍兴低保标准多少",
    "绍兴市2021年结婚登记多少对",
    "荆州市火化率",
    "荆州火化率目标是多少",
    "湘潭市低保标准",
    "湘乡城市低保标准",
    "杨陵区养老床位",
    "大冶市床位",
    "大冶低保标准多少",
    "省里低保标准是多少",
    "湖北的低保标准是多少",
    "湖北2020年火化率目标",
    "浙江省福利彩票销量",
    "上海2023年新增床位",
    "上海市新增养老床位多少",
    "国家的床位目标是多少",
    "全国2025年护理型床位占比目标",
    "长砂市低保标准",
    "武翰的火化率是多少",
    "五汉市火化率",
    "全省火化率目标是多少",
    "全县低保标准是多少",
    "2023年武汉建几家智慧养老院",
    "我想问一下长沙的城市低保标准",
    "请问一下浦东新区2023年新增多少养老床位",
    "南京市鼓楼区火化率",
    "朝阳区新增床位多少",
    "吉首市低保标准",
    "凤凰县2023年农村低保标准",
    "凤凰农村低保标准是多少",
    "花垣县城市低保标准",
    "保靖低保标准",
    "泸溪养老院有几家",
    "东宝区有几家养老机构",
    "掇刀区养老机构多少家",
    "黄石低保标准是多少",
    "黄石市养老机构多少家",
    "黄冈的火化率",
    "十堰那边低保标准",
    "恩施州城市低保标准",
    "恩施低保标准",
    "海南低保标准",
    "香港综援标准",
    "北京市朝阳区长者食堂几家",
    "周边区县低保标准",
    "邻县火化率是多少",
    "隔壁的低保标准是多少",
    "漳河新区低保标准",
    "洋浦低保标准",
    "金门火化率",
    "郑州有多少社会组织",
    "郑州市2021年结婚登记多少对",
    "杨浦区五角场街道新增养老床位多少张",
    "大桥街道新建几家长者食堂",
    "长白新村街道智慧养老院几家",
    "下陆区团城山街道养老床位多少张",
    "湘西州吉首市城市低保标准",
    "荆门市沙洋县2020年火化率目标",
    "荆门的钟祥2020年社会组织多少个",
    "嵊州市三界镇特困人员有多少",
    "雄安新区低保标准",
    "深圳社区长者食堂有几家",
    "那厦门的火化率呢",
    "听说广州2023年建智慧养老院，几家啊",
    "What is the cremation rate target in Wuhan?",
    "How many smart nursing homes will Pudong build in 2023?",
    "How many beds in Huangpu District?",
    "What is the urban subsistence allowance in Changsha?",
    "How many smart nursing homes will Pudong build in 2023?",
    "How many community canteens are planned in Hongkou?",
    "In Zhongxiang, what is the cremation rate?",
    "What was Xinchang's minimum living standard in 2021?",
]


@pytest.mark.parametrize("question", NO_FILE_FOR)
def test_a_question_about_any_other_place_gets_no_ones_figure(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert answer.citations == ()


@pytest.mark.parametrize(
    "question", ["京山低保标准是多少", "沙洋县低保标准是多少", "钟祥市城市低保标准是多少"]
)
def test_a_part_of_a_region_is_answered_from_what_is_said_of_it(assistant: Assistant, question: str) -> None:
    """The text gives one figure for the city and another one for these counties, in one sentence."""
    answer = assistant.ask(question)
    name = question[:2]
    assert all(name in citation.quote for citation in answer.citations[:1])
    assert "400元" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "湘西州有哪些全国婚俗改革试点",
        "荆门各乡镇建多少家养老院",
        "杨浦社区食堂新建几家",
        "嵊州乡镇居家养老中心星级评定的目标",
    ],
)
def test_words_for_levels_and_kinds_of_places_are_no_places(assistant: Assistant, question: str) -> None:
    asked = understand(question, assistant.documents)
    assert asked.regions
    assert (asked.elsewhere, asked.named) == ((), ())
