"""Which years a passage's surroundings declare: of the opening, the heading, the part; and when they do not."""

from __future__ import annotations

import pytest
from plan_parts import passage_with, passages


def _years(text: str, phrase: str) -> tuple[int, ...]:
    return passage_with(passages(text, described=True), phrase).years


def test_an_opening_year_inside_a_period_scopes_its_own_section_only() -> None:
    text = "甲县民政事业发展规划（2021—2025年）\n一、分年任务\n2022年，建成3所。\n改造2所。\n二、保障\n加强领导。"
    period = (2021, 2022, 2023, 2024, 2025)
    assert _years(text, "改造2所") == (2022,)
    assert _years(text, "加强领导") == period


def test_an_introduction_that_looks_back_does_not_date_the_whole_plan() -> None:
    text = "甲县“十四五”民政规划\n“十三五”时期，成绩显著。\n一、任务\n新建3所。"
    assert _years(text, "成绩显著") == (2016, 2017, 2018, 2019, 2020)
    assert _years(text, "新建3所") == (2021, 2022, 2023, 2024, 2025)


def test_the_first_year_of_a_period_does_not_date_the_whole_plan() -> None:
    text = "甲县“十四五”民政规划\n2021年，是开局之年。\n一、任务\n新建3所。"
    assert _years(text, "开局之年") == (2021,)
    assert _years(text, "新建3所") == (2021, 2022, 2023, 2024, 2025)


def test_a_later_paragraph_that_turns_to_the_next_year_leads_what_follows() -> None:
    text = "甲县民政局2022年总结和2023年计划\n2022年，成绩显著。\n发放500万元。\n2023年，再接再厉。\n计划发放600万元。"
    assert _years(text, "发放500万元") == (2022,)
    assert _years(text, "计划发放600万元") == (2023,)


def test_a_sentence_that_looks_back_dates_only_itself() -> None:
    text = "一、救助\n2022年，标准为650元。2020年，标准为580元。覆盖率100%。"
    assert _years(text, "覆盖率100%") == (2022,)


def test_a_paragraph_that_turns_to_the_next_year_is_cut_there() -> None:
    text = "甲县民政工作\n2022年，新建3所。发放500万元。2023年，计划新建5所。投资600万元。"
    assert _years(text, "发放500万元") == (2022,)
    assert _years(text, "投资600万元") == (2023,)
    assert "2023年" not in passage_with(passages(text), "发放500万元").text


def test_after_a_lead_that_speaks_of_two_years_the_years_are_not_guessed() -> None:
    text = "一、情况\n2022年，新建3所。2023年，再建5所。\n具体如下。"
    assert _years(text, "具体如下") == ()


@pytest.mark.parametrize("heading", ["二、下一步工作打算", "二、明年工作思路", "二、今后工作重点"])
def test_a_heading_that_looks_ahead_undated_is_not_given_the_year_before(heading: str) -> None:
    text = f"一、2022年工作\n新建3所。\n{heading}\n再建5所。"
    assert _years(text, "新建3所") == (2022,)
    assert _years(text, "再建5所") == ()


@pytest.mark.parametrize(
    "opening",
    ["2019年以来，", "2020年底，", "2021年我市", "到2025年，", "2020年疫情期间", "2021年1月1日起，"],
)
def test_a_mere_mention_of_a_year_declares_nothing(opening: str) -> None:
    assert _years(f"一、救助\n{opening}标准提高到890元。\n覆盖率100%。", "覆盖率100%") == ()


def test_the_title_of_another_document_declares_no_years() -> None:
    text = "一、落实《“十四五”养老规划》\n新建3所。\n二、“八五”普法\n宣传3次。\n三、“十四五”规划\n规划4所。"
    assert _years(text, "新建3所") == ()
    assert _years(text, "宣传3次") == ()
    assert _years(text, "规划4所") == (2021, 2022, 2023, 2024, 2025)


def test_a_caption_dates_its_table() -> None:
    table = "表1 2023年任务分解表\n任务 | 单位 | 数量 |\n新建 | 所 | 3 |\n改造 | 所 | 2 |"
    found = passages(f"一、“十四五”任务\n概述。\n{table}")
    assert {row.years for row in found if row.kind == "row"} == {(2023,)}


def test_how_things_stood_at_the_end_of_a_year_outside_the_plan_is_of_that_year() -> None:
    text = "甲县养老行动方案（2023—2025年）\n一、工作基础\n2022年末，老年人4万人。护理型床位624张。\n二、目标\n新建3所。"
    assert _years(text, "护理型床位624张") == (2022,)
    assert _years(text, "新建3所") == (2023, 2024, 2025)


def test_how_things_stood_at_the_end_of_a_period_leaves_the_period_to_the_rest() -> None:
    text = "甲县“十四五”民政规划\n一、“十三五”成就\n截至2020年底，低保对象2万人。五年发放2.31亿元。"
    assert _years(text, "五年发放2.31亿元") == (2016, 2017, 2018, 2019, 2020)
