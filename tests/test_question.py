"""A question is understood against the library: which place and years, asking for what, about what."""

from __future__ import annotations

import pytest
from answer_parts import JINGMEN, REGIONS, SHENGZHOU, XIALU, XIANGXI, YANGPU
from hypothesis import given
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.errors import QuestionUnusable
from qa.understanding.question import Question, checked, understand
from vectorstore.documents import Document, Metadata


def about(assistant: Assistant, text: str) -> Question:
    return understand(text, assistant.documents)


# ── what can be asked at all ──


@pytest.mark.parametrize("text", ["", " ", "\n\t　 ", "\x00\x07", "\u200b\u202e", "\ud800"])
def test_nothing_readable_is_told_to_be_empty(text: str) -> None:
    with pytest.raises(QuestionUnusable, match="空"):
        checked(text)


@pytest.mark.parametrize(
    "text", ["？", "。。。，、；：！", "-", "——", "…", "😀😀", "★☆→", "()[]{}<>", "$%^&*"]
)
def test_signs_without_any_letter_or_digit_are_refused(text: str) -> None:
    with pytest.raises(QuestionUnusable) as caught:
        checked(text)
    assert caught.value.exit_code == 3
    assert caught.value.hint


@pytest.mark.parametrize("length", [2_001, 10_000, 1_000_000])
def test_a_question_that_is_too_long_is_refused_with_its_length(length: int) -> None:
    with pytest.raises(QuestionUnusable, match=str(length)):
        checked("养" * length)


def test_control_characters_become_blanks_and_blanks_one() -> None:
    assert checked("\x1b[31m杨浦\x00\n\n 2023年\u202e ") == "[31m杨浦 2023年"


@given(st.text(max_size=300))
def test_checking_twice_changes_nothing(text: str) -> None:
    try:
        once = checked(text)
    except QuestionUnusable as error:
        assert error.message
        return
    assert checked(once) == once


# ── places ──


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("下陆区护理型床位占比目标是多少？", XIALU),
        ("下陆护理型床位占比目标是多少？", XIALU),
        ("湖北省黄石市下陆区护理型床位占比目标是多少？", XIALU),
        ("湘西州城市低保标准是多少？", XIANGXI),
        ("湘西土家族苗族自治州城市低保标准是多少？", XIANGXI),
        ("全州城市低保标准是多少？", XIANGXI),
        ("杨浦新增多少张养老床位？", YANGPU),
        ("上海市杨浦区新增多少张养老床位？", YANGPU),
        ("荆门的火化率是多少？", JINGMEN),
        ("荆门市火化率是多少？", JINGMEN),
        ("嵊州办了多少对结婚登记？", SHENGZHOU),
        ("浙江省绍兴市嵊州市办了多少对结婚登记？", SHENGZHOU),
        ("《2023年杨浦民政工作要点》里新增多少张养老床位？", YANGPU),
    ],
)
def test_a_place_of_the_library_limits_the_search_to_its_document(
    assistant: Assistant, text: str, document: str
) -> None:
    asked = about(assistant, text)
    assert asked.documents == (document,)
    assert asked.elsewhere == ()


def test_several_places_keep_the_order_in_which_they_are_asked_about(assistant: Assistant) -> None:
    asked = about(assistant, "荆门、下陆和杨浦的养老床位各有多少张？")
    assert [region[:2] for region in asked.regions] == ["荆门", "下陆", "杨浦"]
    assert set(asked.documents) == {JINGMEN, XIALU, YANGPU}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("武汉火化率是多少？", "武汉"),
        ("长沙市低保标准是多少？", "长沙市"),
        ("黄石港区养老床位有多少张？", "黄石港区"),
        ("请问西湖区养老床位有多少？", "西湖区"),
        ("北京2023年建设智慧养老院几家？", "北京"),
        ("上海市浦东新区2023年新增养老床位多少张？", "浦东新区"),
        ("《武汉市民政事业“十四五”规划》的火化率目标是多少？", "武汉"),
    ],
)
def test_a_place_that_the_library_does_not_hold_is_noticed(
    assistant: Assistant, text: str, place: str
) -> None:
    asked = about(assistant, text)
    assert any(place in name for name in asked.elsewhere)
    assert asked.regions == ()


@pytest.mark.parametrize(
    "text",
    [
        "社区居家养老服务中心有多少个？",
        "城市低保标准是多少？",
        "全区有多少张养老床位？",
        "“三沿五区”日常巡查怎么做？",
        "东西部协作帮扶多少万元？",
        "西山公墓怎么办？",
    ],
)
def test_words_that_look_like_places_are_not_taken_for_places(assistant: Assistant, text: str) -> None:
    assert about(assistant, text).elsewhere == ()


@pytest.mark.parametrize(("written", "meant"), [("下路区", "下陆"), ("杨蒲区", "杨浦"), ("荆们市", "荆门")])
def test_a_misspelt_place_is_read_as_the_one_that_it_resembles(
    assistant: Assistant, written: str, meant: str
) -> None:
    asked = about(assistant, f"{written}护理型床位占比的目标是多少？")
    assert [region[:2] for region in asked.regions] == [meant]
    assert written in asked.corrected
    assert meant in asked.corrected


def test_the_correction_of_a_place_is_told_with_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("下路区2025年养老机构护理型床位占比的目标是多少？")
    assert "60%" in answer.text
    assert any("下路区" in warning and "下陆区" in warning for warning in answer.warnings)


# ── years ──


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("荆门2020年火化率目标是多少？", {2020}),
        ("荆门２０２０年火化率目标是多少？", {2020}),
        ("嵊州2021年和2022年低保标准各是多少？", {2021, 2022}),
        ("荆门2016—2020年福利彩票总销量是多少？", {2016, 2017, 2018, 2019, 2020}),
        ("荆门“十三五”福利彩票总销量是多少？", {2016, 2017, 2018, 2019, 2020}),
        ("荆门火化率是多少？", set()),
    ],
)
def test_years_are_those_that_the_wording_stands_for(
    assistant: Assistant, text: str, years: set[int]
) -> None:
    asked = about(assistant, text)
    assert {*asked.years, *asked.plan_years} == years


# ── what is asked for ──


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("杨浦2023年建设智慧养老院几家", "number"),
        ("下陆区护理型床位占比目标是多少？", "number"),
        ("嵊州低保一个月多少钱？", "number"),
        ("杨浦建设智慧养老院5家，是真的吗？", "number"),
        ("嵊州市慈善总会换届什么时候完成？", "date"),
        ("下陆康养中心项目选址在哪里？", "place"),
        ("下陆区的约束性指标有哪些？", "list"),
        ("杨浦“六大行动”是哪六个？", "list"),
        ("荆门市怎么推进绿色殡葬？", "text"),
    ],
)
def test_what_a_question_asks_for_is_recognised(assistant: Assistant, text: str, asks: str) -> None:
    assert about(assistant, text).asks == asks


@pytest.mark.parametrize("document", REGIONS)
def test_the_place_itself_is_no_content_to_search_for(assistant: Assistant, document: str) -> None:
    place = REGIONS[document]
    content = "".join(about(assistant, f"请问{place}2023年一共新增了多少张养老床位呢？").content)
    assert "养老床位" in content
    assert place not in content
    assert "2023" not in content
    assert "请问" not in content


def test_the_longest_questions_are_understood_too(assistant: Assistant) -> None:
    assert "智慧养老院3家" in assistant.ask("杨浦2023年建设智慧养老院几家？" * 100).text


def test_the_end_of_a_five_year_plan_is_its_last_year_and_its_time_all_five(assistant: Assistant) -> None:
    assert understand("下陆区十四五末护理型床位占比多少", assistant.documents).years == (2025,)
    assert understand("下陆“十四五”期间新增多少床位", assistant.documents).years == tuple(range(2021, 2026))
    by_name = understand("下陆区十四五规划里养老床位有多少张", assistant.documents)
    assert (by_name.years, by_name.plan_years) == ((), tuple(range(2021, 2026)))


def test_a_figure_of_the_period_before_is_none_of_the_end_of_this_one(assistant: Assistant) -> None:
    answer = assistant.ask("下陆区十四五末每千名老人养老床位要达到多少张")
    assert answer.status == "not_found"
    assert "35" not in answer.text


# ── places in short ──


def _of(region: str, text: str) -> dict[str, Document]:
    return {"paper": Document(name="paper", file="paper.txt", text=text, metadata=Metadata(region=region))}


@pytest.mark.parametrize(
    ("region", "explained", "asked"),
    [
        ("莫力达瓦达斡尔族自治旗", "", "莫旗城市低保标准"),
        ("土默特左旗", "", "土左旗城市低保标准"),
        ("达尔罕茂明安联合旗", "达尔罕茂明安联合旗（以下简称“达茂旗”）", "达茂旗城市低保标准"),
        ("湘西土家族苗族自治州", "", "湘西州城市低保标准"),
        ("景宁畲族自治县", "", "景宁县城市低保标准"),
        ("福州市", "", "福州城市低保标准"),
    ],
)
def test_a_place_is_known_by_the_short_name_that_everybody_or_its_paper_uses(
    region: str, explained: str, asked: str
) -> None:
    question = understand(asked, _of(region, explained))
    assert question.regions == (region,)
    assert question.content == ("城市低保标准",)
    assert not question.elsewhere


def test_the_end_of_a_year_is_no_word_of_what_is_asked() -> None:
    held = _of("景宁畲族自治县", "")
    assert understand("景宁2022年末护理型床位", held).content == ("护理型床位",)
    assert understand("景宁2022年底特困人员", held).content == ("特困人员",)
    assert "初级护理员" in understand("景宁2022年初级护理员", held).content


# ── what goes without saying ──


@pytest.mark.parametrize("asked", ["景宁90岁老人每月发多少钱", "景宁九十多岁老人每月发多少钱"])
def test_what_somebody_of_eighty_and_more_is_paid_is_the_allowance_of_old_age(asked: str) -> None:
    assert any("高龄津贴" in piece for piece in understand(asked, _of("景宁畲族自治县", "")).content)


@pytest.mark.parametrize("asked", ["景宁90岁老人养老服务补贴每月发多少钱", "景宁60岁老人每月发多少钱"])
def test_a_payment_that_is_named_or_goes_to_the_younger_is_no_allowance_of_old_age(asked: str) -> None:
    assert not any("高龄津贴" in piece for piece in understand(asked, _of("景宁畲族自治县", "")).content)


def test_the_kind_that_a_statement_gives_an_indicator_is_no_word_of_what_it_is_about() -> None:
    question = understand("湘西州护理型床位占比是预期性指标，对吗", _of("湘西土家族苗族自治州", ""))
    assert not any("预期性" in piece for piece in question.content)


def test_years_of_service_are_read_in_figures() -> None:
    assert any("满10年" in piece for piece in understand("景宁干满十年的护理员津贴", {}).content)


def test_a_price_a_piece_and_who_has_spent_leave_no_words_behind() -> None:
    assert understand("树葬墓位多少钱一个", {}).content == ("树葬墓位",)
    assert understand("公务接待费花了多少", {}).content == ("公务接待费",)
    assert understand("公办和民办养老院各有几家", {}).content == ("公办", "民办养老院")


def test_who_may_have_something_is_asked_in_words_and_no_number() -> None:
    assert understand("什么样的老人可以申请家庭养老床位", {}).asks == "text"
    assert understand("申请家庭养老床位的老人有多少", {}).asks == "number"


def test_beds_that_are_to_be_built_are_counted_as_beds() -> None:
    assert understand("床位到年底要建多少", {}).unit == "张"
    assert understand("有多少百岁老人", {}).unit != "百"
