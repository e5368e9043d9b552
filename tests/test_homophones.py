"""Wrong characters that sound right are read as what was meant, and nothing else is touched."""

from __future__ import annotations

import pytest

from qa.answer import Turn
from qa.assistant import Assistant
from qa.understanding.homophones import as_meant


def meant(assistant: Assistant, text: str) -> tuple[str, str]:
    return as_meant(text, assistant.documents)


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("剩州21年拆了多少坟", "嵊州市"),
        ("胜州低保标准是多少", "嵊州市"),
        ("嵊洲2021年低保标准", "嵊州市"),
        ("扬浦新增床位几张", "杨浦区"),
        ("请问扬浦区新增床位几张", "杨浦区"),
        ("2023年杨普建几家智慧养老院", "杨浦区"),
        ("下路区床位占比", "下陆区"),
        ("夏陆床位占比", "下陆区"),
        ("荆们火化率", "荆门市"),
        ("京门市火化率", "荆门市"),
        ("想西州低保标准", "湘西州"),
        ("相西城市低保标准", "湘西州"),
        ("湘西洲城市低保标准", "湘西州"),
        ("凤黄县走的什么模式", "凤凰县"),
        ("古仗县要参加什么大赛", "古丈县"),
    ],
)
def test_a_place_that_sounds_like_one_of_the_library_is_read_as_it(
    assistant: Assistant, written: str, region: str
) -> None:
    text, correction = meant(assistant, written)
    assert region in text
    assert correction.split("→")[0] in written


@pytest.mark.parametrize(
    "text",
    [
        "绍兴低保标准是多少",
        "金门火化率是多少",
        "荆州火化率是多少",
        "江门市火化率是多少",
        "湘潭低保标准是多少",
        "湘乡市低保标准是多少",
        "扬州养老床位有多少",
        "洋浦低保标准是多少",
        "苏州市低保标准是多少",
        "上下路灯怎么修",
        "湘西周边的低保标准",
        "香溪镇有几家养老院",
    ],
)
def test_another_real_place_is_never_turned_into_one_of_the_library(assistant: Assistant, text: str) -> None:
    assert meant(assistant, text) == (text, "")


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("荆门底保标准是多少", "低保标准"),
        ("底保多少钱", "低保"),
        ("荆门火华率目标是多少", "火化率"),
        ("残急人两项补贴是多少", "残疾人"),
        ("结昏登记多少对", "结婚登记"),
        ("宾葬改革怎么做", "殡葬改革"),
        ("养老机够多少家", "养老机构"),
        ("留手儿童有多少", "留守儿童"),
        ("福利采票卖了多少", "福利彩票"),
        ("慈扇总会什么时候换届", "慈善总会"),
        ("社会阻织有多少", "社会组织"),
        ("特困公养标准是多少", "特困供养"),
        ("临时就助封顶线", "临时救助"),
        ("孤尔养育标准", "孤儿"),
        ("公木有几个", "公墓"),
        ("未成人保护怎么做", "未成年人"),
    ],
)
def test_a_term_that_no_document_writes_so_is_read_as_the_one_it_sounds_like(
    assistant: Assistant, written: str, term: str
) -> None:
    text, correction = meant(assistant, written)
    assert term in text
    assert correction


@pytest.mark.parametrize(
    "text",
    [
        "年底保障多少人",
        "兜底保障怎么做",
        "智慧养老院有几家",
        "哪个部门负责",
        "名字叫什么",
        "长到多少",
        "办证要多久",
        "几户人家",
        "几家医生",
        "民非社会组织有多少",
        "这个标准是怎么来的",
        "面值多少",
        "全长多少公里",
        "四氟化碳是什么",
    ],
)
def test_ordinary_words_are_left_alone(assistant: Assistant, text: str) -> None:
    assert meant(assistant, text) == (text, "")


@pytest.mark.parametrize(
    ("written", "years"),
    [
        ("嵊州21年结婚登记多少对", "2021年"),
        ("嵊州21年和22年的低保标准", "2021年和2022年"),
        ("15年荆门有多少家养老机构", "2015年"),
    ],
)
def test_a_year_of_two_digits_is_a_year(assistant: Assistant, written: str, years: str) -> None:
    text, correction = meant(assistant, written)
    assert years in text
    assert correction == ""


@pytest.mark.parametrize(
    "text",
    [
        "近10年低保标准",
        "工龄15年以上",
        "满20年的志愿者",
        "连续12年增长",
        "过去15年的变化",
        "用了11年",
        "第15年",
    ],
)
def test_a_span_of_years_is_no_year(assistant: Assistant, text: str) -> None:
    assert meant(assistant, text)[0] == text


def test_every_correction_is_told_to_the_reader_in_follow_ups_too(assistant: Assistant) -> None:
    told = assistant.ask("剩州底保标准2021年是多少").warnings
    assert any("剩州" in warning and "嵊州市" in warning and "低保标准" in warning for warning in told)
    history = [Turn("荆门市2020年火化率目标是多少？", "……")]
    answer = assistant.ask("那扬浦呢", history)
    assert any("扬浦" in warning for warning in answer.warnings)
    assert "杨浦" in answer.question


def test_what_is_read_as_meant_is_answered(assistant: Assistant) -> None:
    assert "890元" in assistant.ask("剩州的底保标准21年是多少").text
    assert "98%" in assistant.ask("京门2020年火华率目标是多少").text
