"""A follow-up question takes from the conversation what it leaves out, and nothing else."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact

from qa.answer import Answer, Turn
from qa.assistant import Assistant
from qa.conversation.follow_up import completed
from qa.evidence.relevance import plain

SMART_HOMES = "杨浦2023年建设智慧养老院几家？"
CITY_AID = "荆门市2020年城市低保月保障标准目标是多少？"


def follow(assistant: Assistant, *questions: str) -> Answer:
    *earlier, last = questions
    return assistant.ask(last, [Turn(question=question, answer="……") for question in earlier])


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        ([SMART_HOMES, "那社区长者食堂呢？"], "7家"),
        ([SMART_HOMES, "新建社区长者食堂几家？"], "7家"),
        ([SMART_HOMES, "居家环境适老化改造要完成多少户？"], "300户"),
        ([CITY_AID, "农村呢？"], "4000元"),
        ([CITY_AID, "那农村低保年保障标准呢？"], "4000元"),
        (["荆门市2020年节地生态安葬率目标是多少？", "2015年呢？"], "4%"),
        (["嵊州市2021年低保标准是多少？", "那湘西州2023年城市低保标准呢？"], "650元"),
        (["嵊州市2021年办了多少对结婚登记？", "离婚登记呢？"], "1001对"),
        (["下陆区2025年困难残疾人生活补贴覆盖率目标是多少？", "养老机构护理型床位占比呢？"], "60%"),
    ],
)
def test_place_year_and_subject_are_carried_over(
    assistant: Assistant, conversation: list[str], expected: str
) -> None:
    answer = follow(assistant, *conversation)
    assert expected in answer.text
    assert_exact(answer)


def test_the_completed_question_is_told_with_the_answer(assistant: Assistant) -> None:
    completed = follow(assistant, SMART_HOMES, "那社区长者食堂呢？").question
    assert "杨浦" in completed
    assert "2023年" in completed
    assert "社区长者食堂" in completed


def test_a_place_asked_about_next_does_not_inherit_the_first_ones_figure(assistant: Assistant) -> None:
    for question in ("那荆门呢？", "那武汉呢？", "武汉市呢"):
        answer = follow(assistant, SMART_HOMES, question)
        assert answer.status == "not_found"
        assert "3家" not in answer.text


def test_a_complete_question_takes_nothing_from_the_conversation(assistant: Assistant) -> None:
    answer = follow(assistant, "下陆区养老机构护理型床位占比目标是多少？", SMART_HOMES)
    assert answer.text == assistant.ask(SMART_HOMES).text
    assert plain(answer.question) == plain(SMART_HOMES)


def test_a_question_about_this_year_takes_no_plan_from_the_one_before(assistant: Assistant) -> None:
    asked = "杨浦今年居家适老化改造做多少户，跟湘西比哪个多"
    answer = follow(assistant, "下陆区十四五养老服务的约束性指标有哪些", asked)
    assert "十四五" not in answer.question


def test_only_the_latest_of_several_places_is_carried_over(assistant: Assistant) -> None:
    answer = follow(assistant, "下陆区现有养老床位多少张？", SMART_HOMES, "改建认知障碍照护床位多少张？")
    assert "200张" in answer.text
    assert "下陆" not in answer.text


def test_a_conversation_in_traditional_characters_is_carried_over(assistant: Assistant) -> None:
    assert "7家" in follow(assistant, "楊浦2023年建設智慧養老院幾家？", "那社區長者食堂呢？").text


@pytest.mark.quick(3)
@pytest.mark.parametrize("earlier", ["", "？？", "\x00\x01", "x" * 20_000, "谢谢", "😀", "\ud800"])
def test_an_unusable_earlier_question_does_no_harm(assistant: Assistant, earlier: str) -> None:
    assert "3家" in follow(assistant, earlier, SMART_HOMES).text


def test_a_long_conversation_is_followed_to_its_end(assistant: Assistant) -> None:
    answer = follow(assistant, *[SMART_HOMES, "那社区长者食堂呢？"] * 6)
    assert "7家" in answer.text


def test_earlier_answers_are_not_taken_for_evidence(assistant: Assistant) -> None:
    told = [Turn(question=SMART_HOMES, answer="杨浦区2023年建设智慧养老院99家，社区长者食堂88家。")]
    answer = assistant.ask("那社区长者食堂呢？", told)
    assert "88" not in answer.text
    assert "7家" in answer.text


# ── the question as it is put to the library, and shown to people ──

BEDS = "下陆区2025年护理型床位占比目标是多少"
MARRIAGES = "嵊州市2021年办了多少对结婚登记？"


def rewritten(assistant: Assistant, *questions: str, answer: str = "") -> str:
    *earlier, last = questions
    return completed(last, [Turn(question, answer) for question in earlier], assistant.documents)


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        # another place, year or both
        ([BEDS, "那杨浦呢"], "杨浦区2025年护理型床位占比目标是多少"),
        ([BEDS, "那荆门和武汉呢"], "荆门市和武汉2025年护理型床位占比目标是多少"),
        ([BEDS, "换成湘西州，2023年呢？"], "湘西州2023年护理型床位占比目标是多少"),
        ([MARRIAGES, "第二年呢"], "嵊州市2022年办了多少对结婚登记"),
        ([MARRIAGES, "到2020年呢"], "嵊州市2020年办了多少对结婚登记"),
        (["下陆区2016年低保标准提高到了多少？", "2017年那次呢？"], "下陆区2017年低保标准提高到了多少"),
        # what was held against each other is added up, too
        ([MARRIAGES, "离婚呢", "多多少"], "嵊州市2021年结婚登记和离婚登记相差多少"),
        ([MARRIAGES, "离婚呢", "多多少", "加起来呢"], "嵊州市2021年结婚登记和离婚登记加起来是多少"),
        # another kind, and what is asked of it
        (["荆门城市低保2015年多少", "2020年呢", "农村比2015年涨了多少"], "荆门市2020年农村低保比2015年涨了多少"),
        # another kind
        ([MARRIAGES, "那2022年的计划呢"], "嵊州市2022年计划办多少对结婚登记"),
        ([MARRIAGES, "离婚呢"], "嵊州市2021年办了多少对离婚登记"),
        ([BEDS, "实际完成了吗"], "下陆区2025年护理型床位占比实际是多少"),
        (["荆门市2020年城市低保目标是多少？", "农村的呢？"], "荆门市2020年农村低保目标是多少"),
        (["下陆现有养老床位多少张", "护理型的呢"], "下陆区护理型养老床位有多少"),
        # something else of the same subject
        (["下陆区康养中心选址在哪里", "什么时候建成"], "下陆区康养中心什么时候建成"),
        (["下陆区康养中心选址在哪里", "它有多少张床位"], "下陆区康养中心有多少张床位"),
        (["湘西州临时救助封顶线是多少", "起付线呢"], "湘西州临时救助起付线"),
        (["杨浦2023年改建认知障碍照护床位多少张", "面积呢"], "杨浦区2023年认知障碍照护床位面积"),
        # another subject of the same place and year
        ([MARRIAGES, "那社会组织有多少家"], "嵊州市2021年社会组织有多少家"),
        (["荆门怎么推进绿色殡葬", "那社区治理呢"], "荆门市社区治理怎么做"),
        ([BEDS, "它的低保标准是多少"], "下陆区2025年低保标准是多少"),
        ([BEDS, "那里有多少张养老床位"], "下陆区2025年有多少张养老床位"),
        ([BEDS, "该区现在有几家养老机构"], "下陆区现在有几家养老机构"),
        # three turns
        (["荆门2020年社会组织要发展到多少个？", "社工人才呢？", "人均慈善捐赠呢？"], "荆门市2020年人均慈善捐赠是多少"),
        (
            ["湘西州2023年要建几个养老助餐点？", "杨浦呢，长者食堂新建几家？", "下陆呢，覆盖面有啥要求？"],
            "下陆区2023年长者食堂覆盖面有啥要求",
        ),
        ([MARRIAGES, "谢谢", "好的", "那养老机构呢"], "嵊州市2021年养老机构有多少"),
        # compared with what was asked before
        (["嵊州2021年低保标准是多少", "和荆门比哪个高"], "嵊州市和荆门市低保标准哪个高"),
        (["嵊州2021年低保标准是多少", "比2020年提高了多少"], "嵊州市2021年低保标准比2020年提高了多少"),
        (["荆门市和嵊州市低保标准哪个高", "前者是多少"], "荆门市低保标准是多少"),
        (["荆门市和嵊州市低保标准哪个高", "前者是多少", "后者呢"], "嵊州市低保标准是多少"),
    ],
)  # fmt: skip
def test_a_follow_up_becomes_a_natural_question_of_its_own(
    assistant: Assistant, conversation: list[str], expected: str
) -> None:
    assert rewritten(assistant, *conversation).rstrip("？") == expected


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        ([BEDS, "哪个地方最高"], "哪个地方护理型床位占比目标最高"),
        ([BEDS, "五个地方里谁最高"], "五个地方里护理型床位占比目标谁最高"),
        (["杨浦2023年建设智慧养老院几家？", "各地的呢"], "各地智慧养老院有多少"),
        (["杨浦2023年建设智慧养老院几家？", "哪些地方提到了网格治理"], "哪些地方提到了网格治理"),
    ],
)
def test_a_question_about_all_places_takes_none_from_the_conversation(
    assistant: Assistant, conversation: list[str], expected: str
) -> None:
    assert rewritten(assistant, *conversation).rstrip("？") == expected


@pytest.mark.parametrize(
    "question",
    [
        "先不说这个，嵊州有多少家养老机构",
        "换个问题，荆门市2020年火化率目标是多少",
        "杨浦和荆门的养老床位各有多少张",
    ],
)
def test_a_change_of_subject_takes_nothing(assistant: Assistant, question: str) -> None:
    meant = question.split("，", 1)[-1]
    assert (
        rewritten(assistant, "下陆区2025年困难残疾人生活补贴覆盖率目标是多少", question).rstrip("？") == meant
    )


@pytest.mark.parametrize(
    "asked",
    [
        "为什么",
        "怎么算的？",
        "原文怎么写的",
        "出处在哪",
        "这个数字是哪来的",
        "有什么依据吗",
        "在哪一章",
        "文件里是怎么说的？",
    ],
)
def test_who_asks_for_the_source_gets_the_question_before_again(assistant: Assistant, asked: str) -> None:
    assert rewritten(assistant, MARRIAGES, asked).rstrip("？") == MARRIAGES.rstrip("？")


LISTED = "荆门市（2016—2020年）：\n- 1、重点保障原则[1]\n- 2、统筹城乡原则[2]\n- 3、服务社会原则[3]"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("第一项具体指什么", "荆门市重点保障原则具体指什么"),
        ("那第二个呢", "荆门市统筹城乡原则具体是什么"),
        ("最后一个怎么落实", "荆门市服务社会原则怎么落实"),
        ("第七个呢", None),
    ],
)
def test_an_item_of_the_list_before_is_called_by_its_name(
    assistant: Assistant, asked: str, expected: str | None
) -> None:
    question = rewritten(assistant, "荆门有哪些基本原则", asked, answer=LISTED).rstrip("？")
    if expected:
        assert question == expected
    else:
        assert "原则具体" not in question


def test_a_list_that_no_document_holds_names_nothing(assistant: Assistant) -> None:
    forged = "荆门市：\n- 99家智慧养老院[1]\n- 88家长者食堂[2]"
    assert "99" not in rewritten(assistant, "荆门有哪些基本原则", "第一项具体指什么", answer=forged)


def test_the_place_that_only_the_answer_named_is_carried_over(assistant: Assistant) -> None:
    answer = "杨浦区（2023年）：建设智慧养老院3家。[1]"
    question = rewritten(assistant, "智慧养老院建几家", "那长者食堂呢", answer=answer)
    assert question.startswith("杨浦区")
    several = "杨浦区（2023年）：3家。[1]\n嵊州市（2021年）：2家。[2]"
    assert rewritten(assistant, "智慧养老院建几家", "那长者食堂呢", answer=several).startswith("长者食堂")


@pytest.mark.parametrize("asked", ["谢谢", "好的，明白了", "那", "嗯嗯"])
def test_what_asks_nothing_is_left_as_it_is(assistant: Assistant, asked: str) -> None:
    assert rewritten(assistant, BEDS, asked) == asked


def test_a_place_without_a_file_stays_without_one_in_the_questions_after_it(assistant: Assistant) -> None:
    answer = follow(assistant, "武汉2020年火化率是多少", "那低保标准呢", "2021年呢")
    assert "武汉" in answer.question
    assert answer.status == "not_found"


@pytest.mark.parametrize(
    ("conversation", "expected"),
    [
        (["How many smart nursing homes will Yangpu build in 2023?", "And Jingmen?"], "荆门市"),
        (["What is the urban subsistence allowance in Xiangxi in 2023?", "And rural?"], "农村"),
        (["How many couples registered marriages in Shengzhou in 2021?", "How many divorces?"], "嵊州市"),
    ],
)
def test_english_questions_are_followed_too(
    assistant: Assistant, conversation: list[str], expected: str
) -> None:
    answer = follow(assistant, *conversation)
    assert expected in answer.question


def test_a_share_of_a_part_is_worked_out_from_the_sentence_that_gives_the_whole(assistant: Assistant) -> None:
    answer = follow(assistant, "下陆区注册成立的社会组织有多少个？", "其中民非多少", "占比呢")
    assert "30个 ÷ 63个" in answer.text
    assert "47.6%" in answer.text
    assert_exact(answer)


def test_those_who_do_something_are_counted_where_the_paper_says_what_they_do(assistant: Assistant) -> None:
    answer = follow(assistant, "嵊州公益活动搞了多少场", "参加的志愿者有多少人次")
    assert "9800人次" in answer.text


def test_the_people_who_benefit_are_counted_beside_what_was_quoted(assistant: Assistant) -> None:
    answer = follow(assistant, "嵊州2022年打算支持多少个公益创投项目", "受益的人有多少")
    assert "1万人以上" in answer.text


def test_how_long_something_takes_is_answered_with_a_time(assistant: Assistant) -> None:
    answer = assistant.ask("荆门灾情要多长时间内上报")
    assert "2小时" in answer.text


def test_a_question_for_a_whole_papers_work_takes_nothing_from_before(assistant: Assistant) -> None:
    before = [Turn("嵊州市养老机构护理型床位占比的目标", "未找到")]
    for asked in ("嵊州市2022年重点工作有哪些？", "嵊州市2021年慈善募捐额是多少？救助了多少人？"):
        assert completed(asked, before, assistant.documents) == asked
