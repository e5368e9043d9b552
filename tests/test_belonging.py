"""Of whom and of what a sentence speaks: another population, group, class or rate than asked about is no answer."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.evidence.belonging import belongs
from qa.evidence.modifiers import lacks_modifier
from qa.evidence.opposites import is_of_an_opposite
from qa.evidence.some_only import is_of_some_only
from qa.understanding.question import understand

_TIERS = "重度残疾人护理补贴分两档：一级每人每月150元，二级每人每月120元"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("三级残疾的护理补贴一个月多少元", _TIERS),
        ("农村低保二档每月补多少元", "农村低保标准由每人每年7356元提高到7860元"),
        ("得了抑郁症的老年人有哪些帮扶", "开展未成年人心理关爱项目，面向抑郁症等人群提供支持"),
        ("困境儿童有什么探访制度", "建立独居老年人定期探访制度"),
        ("每千名儿童有多少张床位", "孤儿床位数达到540张"),
        ("平均每村民政专干几人", "平均每镇民政专干不足2人"),
        ("低保边缘家庭每月补多少元", "城乡低保标准提高到每人每月1000元"),
        ("特困人员一个月多少钱", "散居孤儿基本生活费每月1100元"),
        ("特困人员护理费每月多少元", "特困供养生活费1383元/月"),
        ("养老机构的建设补贴每张床多少元", "给予每张床位每月运营补贴200元"),
        ("半失能老人每月补贴多少元", "全失能老人每人每月补贴300元"),
        ("护理员月工资多少元", "社区工作者人均月工资提高到3900元"),
        ("民办护理型床位有多少张", "其中公办26家、民办11家，护理型床位1392张"),
        ("长者饭堂每餐补贴多少元", "开展家庭养老床位试点，每张补贴3000元"),
    ],
)
def test_what_is_said_of_others_does_not_belong_to_the_question(question: str, sentence: str) -> None:
    assert not belongs(understand(question, {}), sentence, "")


@pytest.mark.parametrize(
    ("question", "sentence", "section"),
    [
        ("二级残疾的护理补贴一个月多少元", _TIERS, ""),
        ("2级残疾的护理补贴一个月多少元", _TIERS, ""),
        ("护理费分四档,各是多少元", "护理费标准:完全丧失自理能力1656元,中度828元", ""),
        ("市一级的物资够多少人用", "市、县物资储备分别满足3万人、0.5万人", ""),
        ("老年人有哪些帮扶", "为老年人和未成年人提供心理支持", ""),
        ("老年人有哪些帮扶", "学生志愿者定期上门", "发展养老服务"),
        ("每千名老人有多少张床位", "每千名老人拥有床位30张", ""),
        ("平均每镇民政专干几人", "平均每镇民政专干不足2人", ""),
        ("低保边缘家庭每月补多少元", "低保、低边家庭每月分别补助500元、300元", ""),
        ("特困人员一个月多少钱", "每人每月1179元", "特困人员供养"),
        ("困难残疾人生活补贴每月多少元", "困难残疾人生活补贴和重度残疾人护理补贴均不低于每人每月120元", ""),
        ("特困人员护理费每月多少元", "护理费标准:完全丧失自理能力1656元,中度828元", ""),
        ("中度失能的护理费每月多少元", "护理费标准:完全丧失自理能力1656元,中度828元", ""),
        ("建立三级网络了吗", "建成区、街道、社区三级服务网络，一级一策", ""),
    ],
)
def test_what_names_those_asked_about_or_nobody_may_answer(
    question: str, sentence: str, section: str
) -> None:
    assert belongs(understand(question, {}), sentence, section)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "城市特困人员供养标准每年多少元",
            "城市“三无”老人集中供养率达到100%,农村“五保”供养标准达到5000元/年",
        ),
        ("今年新登记社会组织多少个", "全年注销9个“僵尸型”社会组织"),
        ("养老护理员离职多少人", "招聘养老护理员30人"),
        ("民办养老机构有多少张床位", "全市有养老机构9家（公办6家、民办3家），床位1314张"),
    ],
)
def test_what_is_told_of_the_other_side_is_no_answer(question: str, sentence: str) -> None:
    assert is_of_an_opposite(understand(question, {}), sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("农村五保供养标准每年多少元", "城市“三无”老人供养率100%,农村“五保”供养标准达到5000元/年"),
        ("新登记社会组织多少个", "全年新登记4个，注销“僵尸型”社会组织9个"),
        ("农村低保标准每月多少元", "城乡低保标准统一调整为每人每月875元"),
    ],
)
def test_what_is_told_of_both_or_of_the_side_asked_about_may_answer(question: str, sentence: str) -> None:
    assert not is_of_an_opposite(understand(question, {}), sentence)


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("高级社工师有几名", "持证社会工作者78名,其中社工师(中级)7名", True),
        ("中级社工师有几名", "持证社会工作者78名,其中社工师(中级)7名", False),
        ("省级财政配套多少万元", "争取中央资金4500万元，州级财政配套3300万元", True),
        ("独居老人有多少", "全县60岁以上老年人4.1万人", True),
        ("一个人住的老人有多少", "全县独居老年人1200人", False),
        ("体育彩票销量多少亿元", "全市福利彩票销量1.86亿元", True),
        ("解除收养登记几件", "全年办理收养登记41件", True),
    ],
)
def test_a_word_that_tells_kinds_apart_has_to_be_said(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_modifier(understand(question, {}), sentence) is lacks


def test_those_to_whom_something_was_done_are_not_all() -> None:
    assert is_of_some_only(understand("养老从业人员总共多少人", {}), "完成196名养老从业人员培训")
    assert not is_of_some_only(understand("养老从业人员培训了多少人", {}), "完成196名养老从业人员培训")


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        # 特困 is no noun to the segmenter; the figure of 孤儿 is not theirs.
        ("嵊州2021年特困供养生活费是多少", "1179元", "190余万元"),
        ("杨浦今年要增加多少张床", "360张", "120张"),
    ],
)
def test_the_figure_of_the_very_group_or_deed_is_given(
    assistant: Assistant, question: str, holds: str, lacks: str
) -> None:
    answer = assistant.ask(question)
    assert holds in answer.text
    assert lacks not in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "160街坊养老院盖好有多少张床",
        "荆门吃五保的老人数一共多少",
        "杨浦想在家弄张照护床,得交哪些材料",
        "那个一键通装一个,老人自己要掏钱不",
        "嵊州智慧养老平台 中标承建的是哪家公司",
        "下陆高龄津贴按月发几元",
        "下陆小巷子那批路牌单块造价",
    ],
)
def test_what_the_documents_leave_open_is_not_found(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_found"
    assert answer.citations == ()
