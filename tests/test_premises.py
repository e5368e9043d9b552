"""A statement that a question wants confirmed is corrected when the document says something else, never confirmed."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant


@pytest.mark.quick(6)
@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("杨浦2023年要新增养老床位500张，是吗？", ["与原文不符", "360张"]),
        ("下陆区2025年养老机构护理型床位占比目标是预期性指标吧？", ["与原文不符", "约束性"]),
        ("湘西今年农村低保不低于650元/月对吧？", ["与原文不符", "5000元"]),
        ("荆门2020年社会组织要达到1200个对不对？", ["与原文不符", "2000个"]),
        ("嵊州2021年新增认知障碍照护专区床位66张，完成了没有？", ["与原文不符", "2022年"]),
        ("杨浦区没有智慧养老院建设任务对吧？", ["与原文不符", "3家"]),
        ("嵊州2021年最低生活保障标准从800元提高到890元，对吗？", ["与原文不符", "890元"]),
        ("下陆2019年4月低保提高到620元,是不是", ["与原文不符", "650元"]),
        ("下陆区2018年5月把低保标准提高到了620元,对吗?", ["与原文不符", "2017年5月"]),
        ("嵊州2021年结婚登记3048对,离婚登记2001对,没错吧", ["与原文不符", "1001对"]),
        ("湘西集中养育孤儿是1100元一个月吧", ["与原文不符", "1500元"]),
        ("荆门十二五期间灾情24小时内上报对不对", ["与原文不符", "2小时"]),
        ("下陆铜都社区创建了市级老年宜居社区对吧", ["与原文不符", "区级"]),
        ("杨浦“温暖云”是在长白街道搞的吗", ["与原文不符", "五角场街道"]),
        ("湘西集养孤儿标准1100元，散养1500元，对吗", ["与原文不符", "1100元"]),
        ("嵊州特困轻度失能护理费828元，对吧", ["与原文不符", "轻度414元"]),
        ("杨浦取消了“桥计划”,是不是", ["与原文不符", "持续开展"]),
    ],
)
def test_a_wrong_figure_year_kind_or_denial_is_told_with_what_the_document_says(
    assistant: Assistant, question: str, says: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text for words in says)
    assert answer.citations


@pytest.mark.quick(5)
@pytest.mark.parametrize(
    "question",
    [
        "杨浦2023年要新增养老床位360张，是吗？",
        "下陆区2025年养老机构护理型床位占比目标是约束性指标吧？",
        "湘西今年农村低保不低于5000元/年对吧？",
        "嵊州2021年最低生活保障标准提高到890元，对吗？",
        "嵊州2021年结婚登记3048对,离婚登记1001对,没错吧",
        "下陆2019年4月低保提高到650元,是不是",
        "荆门2011年到2015年孤儿床位建到241张,是不是",
        "荆门集中供养是5000元一年吗",
        "嵊州给5268人发了殡葬惠民补助，是吗",
        "湘西集养孤儿标准1500元，散养1100元，对吗",
        "嵊州特困中度护理费828元，对吧",
        "杨浦“温暖云”是在五角场街道搞的吗",
    ],
)
def test_a_right_statement_is_not_called_wrong(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "与原文不符" not in answer.text


@pytest.mark.quick(6)
@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("湘西农村低保不低于6000元/年，从几月起", ["5000元/年"]),
        ("杨浦新增家门口养老服务站20个，都在哪个街道", ["12个"]),
        ("下陆1500张养老床位，护工有几个", ["1216张"]),
        ("湘西州适老化改造3000户，由谁验收", ["1095户"]),
        ("下陆“十三五”期间低保标准为什么要调整四次?", ["三次调整"]),
        ("铜都社区是哪一年评上市级老年宜居社区的?", ["区级"]),
        ("下陆低保标准什么时候调到700元的", ["650元"]),
        ("嵊州民政的107项事项一个不落全都上线了吧?", ["除收养登记"]),
        ("荆门所有社区公共服务站都达到600平方米了吧", ["50%以上"]),
    ],
)
def test_what_a_question_takes_for_granted_is_told_to_be_otherwise_where_what_it_asks_is_not_stated(
    assistant: Assistant, question: str, says: list[str]
) -> None:
    answer = assistant.ask(question)
    assert "与原文不符" in answer.text
    assert all(words in answer.text for words in says), answer.text


@pytest.mark.quick(3)
@pytest.mark.parametrize(
    "question",
    [
        "湘西农村低保不低于5000元/年，从几月起",
        "杨浦新增家门口养老服务站12个，都在哪个街道",
        "嵊州42家养老机构，一共多少护理员",
        "下陆低保标准什么时候调到650元的",
    ],
)
def test_what_a_question_takes_for_granted_rightly_is_not_called_wrong(
    assistant: Assistant, question: str
) -> None:
    assert "与原文不符" not in assistant.ask(question).text
