"""What a question asks of its subject beside figures, and which sentences state such a thing."""

from __future__ import annotations

import pytest

from qa.understanding.attributes import asks_opinion, attribute_asked, states_place


@pytest.mark.parametrize(
    ("question", "attribute", "states", "does_not"),
    [
        ("敬老院的院长是谁", "负责人", "聘请院长李明负责", "敬老院获得3A级养老机构"),
        ("福利院二期谁来施工", "由谁承担", "由市住建局负责建设", "床位480张，2024年建成"),
        ("颐养基地由哪家公司承建", "由谁承担", "委托某某公司承建", "建成后新增床位1000张"),
        ("咨询电话是多少", "联系方式", "咨询电话：0536-8220017", "设立政策咨询窗口"),
        ("公办的6家机构叫什么名字", "名称", "即光明敬老院、松鹤老年公寓等", "共有公办机构6家"),
        ("殡葬补贴去哪里申请", "申请办法", "持身份证到户籍所在地申请", "补贴标准提高到1500元"),
        ("照护中心地址在哪里", "地址", "选址原纺织厂", "床位300张，总投资6200万元"),
        ("食堂都建在哪些社区", "所在的地方", "设在康宁社区、铜花社区", "新建社区食堂7家"),
        ("为什么要改造", "原因", "由于设施老化，启动改造", "改造敬老院2所"),
        ("联席会议多久开一次", "多久一次", "每半年召开一次会议", "2025年12月底前召开会议300场"),
        ("什么样的老人可以申请床位", "条件", "年满60周岁且符合低保条件的老年人", "服务对象满意度达到90%"),
        ("申请救助要什么条件", "条件", "应当同时符合以下条件", "床位300张，总投资6200万元"),
        ("新院长定了哪个", "负责人", "聘请院长李明负责", "敬老院主体封顶"),
        ("平台承建的是哪家公司", "由谁承担", "委托某某公司承建", "投资100万元新建平台"),
        ("装一个要自己掏钱吗", "费用", "为困难老人免费安装", "升级应急呼叫项目"),
        ("路牌单块造价", "费用", "每块造价300元", "设置路名牌150余块"),
        ("要交哪些材料", "所需材料", "提交身份证复印件", "推进120张床位建设"),
        ("智慧养老院求名单", "名称", "即光明敬老院、松鹤老年公寓等", "建设智慧养老院3家"),
        ("普查全市第几", "名次", "在全市首家通过验收", "普查得了995分"),
    ],
)
def test_a_sentence_answers_only_when_it_states_what_is_asked_of_its_subject(
    question: str, attribute: str, states: str, does_not: str
) -> None:
    asked = attribute_asked(question)
    assert asked is not None
    assert asked.name == attribute
    assert asked.states(states, question)
    assert not asked.states(does_not, question)


@pytest.mark.parametrize(
    "question",
    [
        "2021年发放了多少本门牌证",
        "村规民约修订了多少个村",
        "颁证员大赛在哪天举行",
        "“跨省通办”在哪些地方的文件里出现过",
        "儿童主任有多少名",
        "社会救助方面有哪些做法",
    ],
)
def test_a_question_for_a_figure_a_date_or_text_asks_no_such_attribute(question: str) -> None:
    assert attribute_asked(question) is None


def test_a_place_that_the_question_names_itself_or_a_word_for_a_level_is_no_address() -> None:
    assert not states_place("灵山县失能老年人照护中心床位300张", "灵山县失能老年人照护中心在哪里")
    assert not states_place("新建农村公益性公墓8处", "殡仪馆新址选在哪里")
    assert states_place("指导吉首市完成殡葬改革试点任务", "打算在哪儿搞殡葬改革试点")


@pytest.mark.parametrize(
    "question",
    ["你觉得下陆和杨浦哪个养老搞得更好", "这个目标合不合理", "这项任务能不能按时完成", "您怎么看养老服务"],
)
def test_a_judgement_or_a_guess_is_asked_of_nobodys_document(question: str) -> None:
    assert asks_opinion(question)


@pytest.mark.parametrize(
    "question", ["哪个县新增养老床位最多", "下陆养老服务怎么样安排", "哪家养老院评上了3A级"]
)
def test_what_a_document_can_state_is_no_opinion(question: str) -> None:
    assert not asks_opinion(question)


def test_what_to_do_about_something_that_failed_is_no_procedure_of_applying_for_it() -> None:
    assert attribute_asked("验收不合格怎么办") is None
    asked = attribute_asked("高龄津贴怎么办理")
    assert asked is not None
    assert asked.name == "申请办法"
