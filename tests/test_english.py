"""English questions find the same evidence: places in pinyin, years, and the terms of the field."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact

from qa.assistant import Assistant
from qa.english import english_content, with_chinese_places

REGIONS = ("下陆区", "湘西州", "杨浦区", "荆门市", "嵊州市")


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("What is the target of Xialu District?", "下陆区"),
        ("What is the target of xialu district?", "下陆区"),
        ("What is the target of Jingmen City?", "荆门市"),
        ("What's Shengzhou's target?", "嵊州市"),
        ("What is the target of Xiangxi Tujia and Miao Autonomous Prefecture?", "湘西州"),
        ("What is the target of Wuhan?", "武汉"),
        ("What is the target of Shaanxi Province?", "陕西"),
        ("What is the target of Xi'an?", "西安"),
        ("What is the target of Pudong New Area?", "浦东新区"),
        ("What is the target of Xinchang County?", "新昌县"),
        ("How many beds does Hongkou have?", "虹口区"),
        ("yangpu智慧养老院几家", "杨浦区"),
    ],
)
def test_a_place_in_pinyin_is_put_into_chinese(written: str, place: str) -> None:
    assert place in with_chinese_places(written, REGIONS)


@pytest.mark.parametrize(
    "text", ["How many nursing beds are there?", "Which indicators are binding?", "社区长者食堂几家？"]
)
def test_a_question_without_a_place_stays_as_it_is(text: str) -> None:
    assert with_chinese_places(text, REGIONS) == text


def test_a_year_is_put_so_that_it_is_found() -> None:
    assert "2021年" in with_chinese_places("How many divorces in 2021?", REGIONS)
    assert "2021年年" not in with_chinese_places("How many divorces in 2021年?", REGIONS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many smart nursing homes will Yangpu build in 2023?", "3家"),
        ("How many community canteens will be opened in Yangpu in 2023?", "7家"),
        ("how much is the monthly urban subsistence allowance in xiangxi prefecture?", "650元"),
        ("What is the cremation rate target of Jingmen City by 2020?", "98%"),
        ("What's Shengzhou's minimum living standard per month in 2021?", "890元"),
        ("What is the share of nursing beds in Xialu District in 2025?", "60%"),
        ("How many couples divorced in Shengzhou in 2021?", "1001对"),
        ("How many illegal graves were demolished in Shengzhou in 2021?", "162穴"),
        ("What are the basic principles of the Jingmen plan?", "统筹城乡"),
    ],
)
def test_an_english_question_is_answered_from_the_same_evidence(
    assistant: Assistant, question: str, expected: str
) -> None:
    answer = assistant.ask(question)
    assert expected in answer.text
    assert_exact(answer)


def test_words_that_no_term_covers_are_told_apart_from_small_words() -> None:
    terms, unknown = english_content("How many astronauts and nursing homes are there in the district?")
    assert unknown == ["astronauts"]
    assert any("养老机构" in official for official in terms)
