"""Whether a sentence of a plan states a result, a target, a standard in force or a measure."""

from __future__ import annotations

import pytest
from plan_parts import passage_with, passages

from vectorstore.documents import Metadata
from vectorstore.scopes import scope_of, scope_of_heading
from vectorstore.statements import statement_of, statement_of_column, statement_of_row

PLAN = Metadata(title="甲县民政事业发展“十四五”规划", years=(2021, 2022, 2023, 2024, 2025))
INDICATORS = (("指标名称", "长者食堂"), ("2025年", "63"), ("2030年", "110"), ("属性", "预期性"))
REPORT = Metadata(title="甲县民政局2022年工作总结和2023年工作计划", years=(2022, 2023))
POINTS = Metadata(title="2023年甲县民政工作要点", years=(2023,))
RULES = Metadata(title="甲县临时救助实施办法")


@pytest.mark.parametrize(
    ("text", "section", "expected"),
    [
        ("全县建成养老服务中心12所，发放高龄津贴320万元。", ("一、发展基础",), "result"),
        ("加强养老服务队伍建设，提升服务水平。", ("第一章　“十三五”回顾", "一、养老服务"), "result"),
        ("到2025年，护理型床位占比达到60%。", ("三、主要任务",), "target"),
        ("养老服务体系更加完善，护理型床位占比60%。", ("二、发展目标", "——养老服务"), "target"),
        ("力争社工站实现全覆盖。", ("三、主要任务",), "target"),
        ("新建街道综合养老服务中心2家，新增护理型床位300张。", ("三、主要任务",), "target"),
        ("健全主动发现机制，加强部门信息共享。", ("三、主要任务",), "measure"),
        ("高龄津贴标准为每人每月100元。", ("三、主要任务",), "standard"),
        ("对散居孤儿按每人每月1400元发放基本生活费。", ("三、主要任务",), "standard"),
        ("城市低保标准提高到每人每月800元以上。", ("三、主要任务",), "target"),
        ("老龄化程度加深，养老床位仅有2000张。", ("一、面临形势",), ""),
        ("坚持以人民为中心，增进民生福祉。", ("（二）基本原则",), ""),
    ],
)
def test_headings_and_wording_of_a_plan_tell(text: str, section: tuple[str, ...], expected: str) -> None:
    assert statement_of(text, section=section, years=PLAN.years, metadata=PLAN) == expected


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        ("新增养老床位300张。", (2022,), "result"),
        ("新增养老床位300张。", (2023,), "target"),
        ("推进社区减负增效。", (2022,), "result"),
        ("推进社区减负增效。", (2023,), "measure"),
        ("2022年7月1日起，城市低保标准从每人每月850元提高到890元。", (2022,), "standard"),
    ],
)
def test_the_same_words_are_a_result_in_the_year_reported_and_a_plan_in_the_next(
    text: str, years: tuple[int, ...], expected: str
) -> None:
    assert statement_of(text, years=years, metadata=REPORT) == expected
    untitled = Metadata(years=(2022, 2023))
    assert statement_of(text, years=years, metadata=untitled) == expected


def test_years_before_the_term_of_a_plan_are_looked_back_on() -> None:
    assert statement_of("建成敬老院12所。", years=(2016, 2017, 2018, 2019, 2020), metadata=PLAN) == "result"


@pytest.mark.parametrize(
    "text", ["新增养老床位300张。", "推进社区减负增效。", "加强领导，落实责任。", "按不低于3%的比例配备。"]
)
def test_without_surroundings_that_tell_nothing_is_guessed(text: str) -> None:
    assert statement_of(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至2022年底，全县共有养老机构42家。", "result"),
        ("累计发放救助资金3200万元。", "result"),
        ("到2025年，建成养老机构50家。", "target"),
        ("力争三年内实现全覆盖。", "target"),
        ("孤儿基本生活费标准为每人每月1800元。", "standard"),
    ],
)
def test_wording_can_tell_by_itself(text: str, expected: str) -> None:
    assert statement_of(text) == expected


def test_words_in_names_and_quotation_marks_tell_nothing() -> None:
    assert statement_of("落实《到2025年实现全覆盖100%行动方案》要求。", metadata=POINTS) == "measure"
    assert statement_of("深化“1+20”机制和“15分钟”服务圈建设。", metadata=POINTS) == "measure"


@pytest.mark.parametrize(
    "text",
    [
        "开展65岁以上老年人能力评估。",
        "以300—500户为单位划分网格，壮大专职队伍。",
        "打造15分钟养老服务圈。",
        "将公共服务落实到第4届职业技能竞赛。",
    ],
)
def test_numbers_that_count_nothing_to_be_reached_make_no_target(text: str) -> None:
    assert statement_of(text, metadata=POINTS) == "measure"


def test_a_plan_can_mention_what_was_done() -> None:
    assert statement_of("目前全县已建成社工站15个。", metadata=POINTS) == "result"
    assert statement_of("整合现有资源，依托现有32个社区推进布局优化。", metadata=POINTS) != "result"


def test_a_preface_states_nothing() -> None:
    for text in ("2023年是全面贯彻落实党的二十大精神的开局之年。", "根据上级规划要求，制定本规划。"):
        assert statement_of(text, metadata=POINTS) == ""


def test_amounts_of_a_regulation_are_in_force() -> None:
    text = "急难型对象每人每次救助不超过2000元。"
    assert statement_of(text, section=("第四条",), metadata=RULES) == "standard"
    assert statement_of("各乡镇应当公开救助结果。", section=("第五条",), metadata=RULES) == ""


def test_as_many_sentences_of_one_kind_as_of_another_tell_nothing() -> None:
    mixed = "健全社区服务机构，完善购买服务政策措施。到2025年，社区综合服务设施实现全覆盖。"
    assert statement_of(mixed, metadata=POINTS) == ""
    assert statement_of(f"{mixed}积极推进社区服务智能化，实施行动计划。", metadata=POINTS) == "measure"


def test_a_short_lead_does_not_count_against_what_it_introduces() -> None:
    text = "提高救助标准。农村低保标准提高到每人每年6480元。"
    assert statement_of(text, years=(2023,), metadata=REPORT) == "target"


def test_traditional_characters_tell_the_same() -> None:
    plan = Metadata(title="廈門市養老服務發展「十四五」規劃", years=PLAN.years)
    assert statement_of("新增養老床位3120張。", section=("一、發展基礎",), metadata=plan) == "result"
    assert statement_of("護理型床位占比達到60%。", section=("三、發展目標",), metadata=plan) == "target"


# --- scopes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("（一）“十二五”规划执行情况", "review"),
        ("一、2023年工作总结", "review"),
        ("二、2024年工作计划", "plan"),
        ("第三章　主要任务", "plan"),
        ("五、保障措施", "plan"),
        ("（三）主要目标", "goals"),
        ("（二）面临挑战", "situation"),
        ("加快补齐养老服务短板", ""),
        ("2.建立养老服务保障制度", ""),
        ("2023年工作总结及2024年工作安排", ""),
    ],
)
def test_headings_announce(heading: str, expected: str) -> None:
    assert scope_of_heading(heading) == expected


def test_the_innermost_heading_that_tells_decides() -> None:
    section = ("一、发展环境", "（一）发展成就", "1.养老服务")
    assert scope_of(section=section, years=PLAN.years, metadata=PLAN) == "review"


# --- tables -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "caption", "expected"),
    [
        ("2020年实际", "主要指标", "result"),
        ("2025年目标值", "主要指标", "target"),
        ("2020年", "主要指标", "result"),
        ("2025年", "主要指标", "target"),
        ("2015年", "“十二五”时期主要指标完成情况", "result"),
        ("年度任务", "", "target"),
        ("补贴标准（元/月）", "", "standard"),
        ("单位", "主要指标", ""),
        ("责任单位", "2024年任务", ""),
        ("年均增长%", "主要指标", ""),
    ],
)
def test_columns_tell_what_their_figures_are(column: str, caption: str, expected: str) -> None:
    assert statement_of_column(column, caption=caption, metadata=PLAN) == expected


def test_a_row_with_a_base_and_a_target_states_neither_alone() -> None:
    cells = (("指标", "养老床位"), ("2020年", "300"), ("2025年目标值", "500"))
    assert statement_of_row(cells, caption="主要指标", metadata=PLAN) == ""
    given = (("指标", "养老床位"), ("2020年", "—"), ("2025年目标值", "500"))
    assert statement_of_row(given, caption="主要指标", metadata=PLAN) == "target"


def test_a_caption_speaks_for_columns_that_tell_nothing() -> None:
    cells = (("县市", "大理市"), ("新建", "4"))
    assert statement_of_row(cells, caption="2024年养老服务项目任务", metadata=POINTS) == "target"
    assert statement_of_row(cells, caption="分县市养老服务项目", metadata=POINTS) == ""


def test_passages_carry_what_they_state() -> None:
    text = "甲县2023年民政工作要点\n一、主要任务\n（一）健全主动发现机制，加强信息共享。\n（二）新增养老床位300张。\n打印 关闭\n"
    found = passages(text, described=True)
    assert passage_with(found, "主动发现").statement == "measure"
    assert passage_with(found, "300张").statement == "target"
    assert {passage.statement for passage in found if passage.kind == "furniture"} == {""}


def test_what_rose_to_a_year_gone_by_is_a_result_and_no_target() -> None:
    text = "城市低保标准由2015年的每人每月320元提高到2020年的550元。"
    assert statement_of(text, section=("（一）“十三五”发展成就",), metadata=PLAN) == "result"
    ahead = "到2025年，城市低保标准达到每人每月700元。"
    assert statement_of(ahead, section=("（一）“十三五”发展成就",), metadata=PLAN) == "target"


def test_the_last_year_of_an_indicator_that_is_anticipated_is_a_target_without_a_caption() -> None:
    plan = Metadata(title="甲县“十五五”民政事业发展规划", years=(2026, 2027, 2028, 2029, 2030))
    assert statement_of_row(INDICATORS, metadata=plan) == ""
    assert statement_of_row((INDICATORS[0], *INDICATORS[2:]), metadata=plan) == "target"
    assert statement_of_row(INDICATORS[:2], metadata=plan) == "result"
