"""English questions find the same evidence: places in pinyin, years, and the terms of the field."""

from __future__ import annotations

import re

import pytest
from answer_parts import assert_exact

from qa.answer import Turn
from qa.assistant import Assistant
from qa.bilingual.amounts import amounts_in, in_calculation, unlocked
from qa.bilingual.frames import in_frame
from qa.bilingual.local_places import with_local_places
from qa.bilingual.other_wordings import other_wordings
from qa.bilingual.places import english_place
from qa.bilingual.question import asked_in_chinese
from qa.bilingual.traditional import to_traditional
from qa.bilingual.warnings import english_warning
from qa.understanding.english import english_content, with_chinese_places

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
        ("What are the basic principles of the Xialu plan?", "精准施策"),
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


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("杨浦区", "Yangpu District"),
        ("湘西州", "Xiangxi Prefecture"),
        ("湘西土家族苗族自治州", "Xiangxi Tujia and Miao Autonomous Prefecture"),
        ("西安市", "Xi'an City"),
        ("陕西省", "Shaanxi Province"),
        ("浦东新区", "Pudong New Area"),
        ("武汉", "Wuhan"),
    ],
)
def test_a_place_is_named_as_english_readers_know_it(name: str, english: str) -> None:
    assert english_place(name) == english


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("共发放439.99万元", ["RMB 4,399,900"]),
        ("低保标准提高到每人每月890元", ["RMB 890 per person per month"]),
        ("城市低保标准不低于650元/月", ["at least RMB 650 per month"]),
        ("注册志愿者达到50000余人", ["more than 50,000 people"]),
        ("火化率达到98%", ["98%"]),
        ("2021年办理结婚登记3048对", ["3,048 couples"]),
    ],
)
def test_an_amount_is_put_into_english_exactly(chinese: str, english: list[str]) -> None:
    assert [amount.english for amount in amounts_in(chinese)] == english
    assert not unlocked(" ".join(english), chinese)


def test_a_number_that_the_chinese_words_do_not_hold_is_found_out() -> None:
    assert unlocked("RMB 650 per month", "城市低保标准不低于560元/月") == ["650"]


def test_the_lines_of_a_calculation_keep_their_figures() -> None:
    assert in_calculation("770元/月×12 = 9240元/年") == "RMB 770 per month×12 = RMB 9,240 per year"
    assert in_frame("计算：3048对 + 1001对 = 4049对。") == (
        "Calculation: 3,048 couples + 1,001 couples = 4,049 couples."
    )


def test_a_warning_is_told_in_english_with_the_words_it_is_about() -> None:
    told = english_warning("原文此处“节地生态安葬率达到25%”与正文中的另一处不一致：此处为25%，另一处为26%。")
    assert told == (
        "Doubtful: “节地生态安葬率达到25%”: it disagrees with another place in the document: here 25%, elsewhere 26%."
    )


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "how many smart nursing homes is yangpu building in 2023?",
            "Yangpu District (2023): 3 smart nursing homes — “",
        ),
        # What the question counts is not said of a figure whose sentence does not say all of it.
        (
            "How many illegal social organisations were dissuaded in Shengzhou?",
            "Shengzhou City (2021): 17 — “成功劝散17家",
        ),
        ("How much is the rural dibao in Xiangxi in 2023?", "at least RMB 5,000 per year — “"),
        (
            "How many marriages were registered in Hangzhou in 2021?",
            "The library holds no document of Hangzhou",
        ),
    ],
)
def test_an_english_question_is_answered_in_english_around_the_quotation(
    assistant: Assistant, question: str, expected: str
) -> None:
    answer = assistant.ask(question)
    assert expected in answer.text
    assert_exact(answer)


def test_a_traditional_question_is_answered_in_a_traditional_frame(assistant: Assistant) -> None:
    answer = assistant.ask("荊門市節地生態安葬率2020年的目標是多少？")
    assert answer.text.startswith("荊門市（2016—2020年）：节地生态安葬率：")
    assert_exact(answer)
    assert to_traditional("注意：正文另一处写作“节地生态安葬率达到25%”。", []) == (
        "注意：正文另一處寫作“节地生态安葬率达到25%”。"
    )


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("How many smart nursing homes will Yangpu build in 2023?", "杨浦区2023年建设智慧养老院多少个？"),
        (
            "What's the target for the share of nursing beds in Xialu by 2025",
            "下陆区2025年护理型床位占比目标是多少？",
        ),
        ("compare the cremation rates of Jingmen and Xialu", "荆门市和下陆区火化率对比"),
        (
            "By how much did Shengzhou's minimum living standard rise in 2021?",
            "嵊州市低保标准2021年提高了多少？",
        ),
        (
            "What percentage of Xialu's elderly care beds are nursing beds?",
            "下陆区护理型床位占养老床位的比例是多少？",
        ),
        ("Which indicators in the Xialu plan are binding?", "下陆区哪些主要指标是约束性的？"),
        (
            "Does Yangpu's plan mention cross-provincial marriage registration?",
            "杨浦区有没有提到跨省通办婚姻登记？",
        ),
        ("Which places mention a 15-minute elderly care service circle?", "哪些地方提到15分钟养老服务圈？"),
        ("What does Yangpu do to protect minors?", "杨浦区保护未成年人有哪些措施？"),
        ("How often are urban dibao recipients reviewed in Jingmen?", "荆门市城市低保对象复核多久一次？"),
        ("What about 2020?", "那2020年呢？"),
        ("And home adaptations?", "那适老化改造呢？"),
    ],
)
def test_an_english_question_is_asked_in_chinese_by_its_form(english: str, chinese: str) -> None:
    assert asked_in_chinese(with_chinese_places(english, REGIONS)) == chinese


def test_a_town_is_known_by_its_pinyin_where_a_document_speaks_of_it(assistant: Assistant) -> None:
    documents = assistant.documents
    assert with_local_places("grants in Guimen Township", documents) == "grants in 贵门乡"
    assert with_local_places("grants in Nowhere Township", documents) == "grants in Nowhere Township"


def test_a_word_with_several_meanings_has_other_wordings() -> None:
    assert other_wordings("石泉县100周岁以上高龄津贴是多少？")[0] == "石泉县100周岁以上高龄补贴是多少？"
    assert other_wordings("杨浦区2023年智慧养老院多少家？") == []


def test_a_question_of_unknown_words_stays_in_english() -> None:
    written = "Colorless green ideas sleep furiously beneath gigantic umbrellas"
    assert asked_in_chinese(written) == written


def test_a_follow_up_in_english_is_about_what_was_asked_before(assistant: Assistant) -> None:
    first = "How many community canteens will Yangpu open in 2023?"
    answer = assistant.ask("And home adaptations?", [Turn(first)])
    assert "300 households" in answer.text
    assert_exact(answer)


@pytest.mark.quick(6)
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("how much did shengzhou spend on dibao in 2021", "RMB 65,615,700"),
        ("Did Yangpu plan to build 5 smart nursing homes in 2023?", "This does not agree with the document."),
        ("How many more marriages than divorces were registered in Shengzhou in 2021?", "= 2,047 couples"),
        ("What percentage of Xialu's elderly care beds are nursing beds at present?", "about 28%"),
        ("How much is Jingmen's urban subsistence allowance per year in 2020?", "RMB 9,240 per year"),
        ("Compare the cremation rates of Jingmen and Xialu", "| Place | Content | Year / kind | Source |"),
        (
            "Which places mention a 15-minute elderly care service circle?",
            "Not mentioned in the documents: Xialu District",
        ),
        ("List the binding indicators of Xialu", "Xialu District (2021–2025): binding indicators:"),
        ("when was the Jingmen plan published?", "2016-06-01"),
        ("In Shengzhou, how many elderly people had their abilities assessed in 2021?", "4,446 people"),
        ("Tell me about community governance in Yangpu", "mainly the following:"),
        ("how many marriages were registered in wuhan in 2021?", "holds no document of Wuhan"),
        ("How many kindergartens are there in Xialu?", "Not found in Xialu District"),
        ("What allowance do firefighters get in Xialu?", "Not found in Xialu District"),
        ("What is the old-age allowance per month in Yangpu?", "Not found in Yangpu District"),
        ("How much did the Yangpu smart nursing homes cost?", "Not found in Yangpu District"),
    ],
)
def test_every_kind_of_question_is_answered_in_english(
    assistant: Assistant, question: str, expected: str
) -> None:
    answer = assistant.ask(question)
    assert expected in answer.text
    assert_exact(answer)
    without_quotations = re.sub("“[^”]*”|「[^」]*」|《[^》]*》", "", answer.text)
    assert not re.search("[\u4e00-\u9fff]", without_quotations)


@pytest.mark.parametrize(
    ("asked", "chinese"),
    [
        ("嵊州市 2021年: how many beds are there?", "嵊州市2021年"),
        ("杨浦区 - how many smart nursing homes are planned?", "杨浦区"),
    ],
)
def test_a_place_before_a_colon_is_where_it_is_asked_of(asked: str, chinese: str) -> None:
    assert asked_in_chinese(asked).startswith(chinese)
