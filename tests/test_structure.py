"""Sections and their years: of the five seeds as a reader sees them, and of the cases that plans differ in."""

from __future__ import annotations

import pytest
from plan_parts import (
    JINGMEN,
    SHENGZHOU,
    XIALU,
    XIANGXI,
    YANGPU,
    document_of,
    passage_with,
    passages,
    seed,
    texts_by_section,
)

from vectorstore.documents import Passage
from vectorstore.passages import passages_of
from vectorstore.structure import blocks_of


def _of_seed(name: str, phrase: str) -> Passage:
    return passage_with(passages_of(seed(name)), phrase)


# --- the seeds -----------------------------------------------------------------------------------------


def test_results_and_plan_in_one_text_are_told_apart_although_both_start_at_one() -> None:
    result = _of_seed(SHENGZHOU, "低保边缘补助金361.35万元")
    assert result.section == ("一、关注关心困难群众,社会救助提档升级", "1.提高社会救助标准")
    assert result.years == (2021,)
    plan = _of_seed(SHENGZHOU, "城乡最低生活保障年标准达到1.2万元以上")
    assert plan.section == ("一、聚焦民生,共富路上一个都不能少", "1.及时调整救助保障标准")
    assert plan.years == (2022,)
    lead = _of_seed(SHENGZHOU, "重点推进“四个重大”")
    assert (lead.section, lead.years) == ((), (2022,))
    years = [passage.years for passage in passages_of(seed(SHENGZHOU)) if passage.kind == "text"]
    assert years == sorted(years)
    assert set(years) == {(2021,), (2022,)}


def test_a_box_counts_its_own_items_and_hands_back_to_the_count_around_it() -> None:
    chapter = ("三、主要举措", "(二)健全养老服务体系,打造养老服务品牌")
    inside = _of_seed(XIALU, "按社区老龄化率逐步完成养老专员配置")
    assert inside.section == (*chapter, "专栏三:推动多层次养老服务人才体系建设项目", "2.推行社区养老专员试点")
    after = _of_seed(XIALU, "以养老市场实际需求为导向")
    assert after.section == (*chapter, "3.全面提升养老服务综合环境", "(1)繁荣养老服务市场")
    before = _of_seed(XIALU, "建立完善“老有颐养”基本公共服务标准体系")
    assert before.section == (*chapter, "3.实施养老服务重点工程", "(1)基本公共服务标准化工程")


def test_every_box_belongs_to_its_chapter() -> None:
    boxes: dict[str, tuple[str, ...]] = {}
    for passage in passages_of(seed(XIALU)):
        for depth, label in enumerate(passage.section):
            if label.startswith("专栏"):
                boxes[label[:3]] = passage.section[:depth]
    assert list(boxes) == [f"专栏{number}" for number in "一二三四五六七"]
    assert all(len(around) == 2 and around[0] == "三、主要举措" for around in boxes.values())


def test_a_dash_names_a_section_that_can_hold_two_paragraphs() -> None:
    chapter = ("一、发展环境", "(一)“十二五”规划执行情况")
    for phrase in ("发放救助资金14.23亿元", "城市低保保障标准年均增长10%,中心城区"):
        assert _of_seed(JINGMEN, phrase).section == (*chapter, "——社会救助体系趋于完善")
    assert _of_seed(JINGMEN, "孤儿床位数达到540张").section[-1] == "——儿童福利"


def test_the_years_of_a_review_are_not_those_of_the_plan() -> None:
    review, plan = tuple(range(2016, 2021)), tuple(range(2021, 2026))
    assert _of_seed(XIALU, "全区现有各类养老床位1216张").years == review
    assert _of_seed(XIALU, "一是民政地位更加凸显").years == plan
    assert _of_seed(JINGMEN, "全市养老机构数达到80家").years == tuple(range(2011, 2016))
    assert _of_seed(JINGMEN, "建立健全政府领导、民政部门牵头").years == review
    assert _of_seed(JINGMEN, "每千名老年人拥有各类养老床位35张").years == (2020,)


def test_a_misprinted_name_of_another_document_decides_no_years() -> None:
    assert {passage.years for passage in passages_of(seed(XIANGXI))} == {(2023,)}


def test_the_paragraph_that_closes_a_plan_is_not_part_of_its_last_item() -> None:
    closing = _of_seed(YANGPU, "同时,持续强化党建引领")
    assert closing.section == ()
    assert _of_seed(YANGPU, "开展“支部建堡垒").section[-1] == "(四)深化干部队伍建设“接续工程”"


@pytest.mark.parametrize(
    ("name", "chapters"),
    [(XIALU, 5), (XIANGXI, 11), (YANGPU, 5), (JINGMEN, 9), (SHENGZHOU, 9)],
)
def test_every_chapter_of_a_seed_is_a_section(name: str, chapters: int) -> None:
    found = {passage.section[0] for passage in passages_of(seed(name)) if passage.section}
    assert len(found) == chapters
    assert all(label[0] in "一二三四五六七八九十" for label in found)


# --- numbering -----------------------------------------------------------------------------------------


def test_a_style_that_opens_later_stands_below_the_one_before() -> None:
    text = "一、甲\n1.乙\n（1）丙\n①丁一。\n2.戊\n己一。\n二、庚\n（一）辛\n壬一。"
    assert texts_by_section(text) == [
        (("一、甲", "1.乙", "（1）丙"), "①丁一。"),
        (("一、甲", "2.戊"), "己一。"),
        (("二、庚", "（一）辛"), "壬一。"),
    ]


def test_chapters_rank_above_divisions_whatever_stands_between() -> None:
    text = "第一章 甲\n一、乙\n丙一。\n第一节 丁\n戊一。\n第二章 己\n第一节 庚\n辛一。"
    assert texts_by_section(text) == [
        (("第一章 甲", "一、乙"), "丙一。"),
        (("第一章 甲", "第一节 丁"), "戊一。"),
        (("第二章 己", "第一节 庚"), "辛一。"),
    ]


def test_chapters_with_a_bare_number_go_on_where_nothing_is_numbered_below_them() -> None:
    text = "1 总则\n1.1 目的\n甲一。\n2 组织指挥\n乙一。\n3 物资保障\n丙一。\n9 家机构参加。"
    assert [path for path, _ in texts_by_section(text)][:3] == [
        ("1 总则", "1.1 目的"),
        ("2 组织指挥",),
        ("3 物资保障",),
    ]


def test_numbers_that_do_not_follow_on_are_figures_and_dates() -> None:
    text = (
        "1 总则\n1.1 目标\n6.19 救助机构开放日活动照常举行。\n3.5 公里内有服务站。\n1.2 任务\n21.06.18 印发。"
    )
    assert texts_by_section(text) == [
        (("1 总则", "1.1 目标"), "6.19 救助机构开放日活动照常举行。"),
        (("1 总则", "1.1 目标"), "3.5 公里内有服务站。"),
        (("1 总则", "1.2 任务"), "21.06.18 印发。"),
    ]


def test_numbered_statements_with_nothing_below_are_found_and_keep_their_numbers() -> None:
    text = "一、重点任务\n1.新建养老院3家\n2.改造床位200张；\n3.培训护理员50人。\n二、其他\n做好总结。"
    assert texts_by_section(text) == [
        (("一、重点任务",), "1.新建养老院3家"),
        (("一、重点任务",), "2.改造床位200张；"),
        (("一、重点任务",), "3.培训护理员50人。"),
        (("二、其他",), "做好总结。"),
    ]


def test_a_title_below_its_number_with_nothing_below_is_found_as_well() -> None:
    assert texts_by_section("专栏1\n重点项目清单\n第二章\n任务\n甲一。") == [
        ((), "重点项目清单"),
        (("任务",), "甲一。"),
    ]


def test_a_heading_that_states_a_figure_heads_its_section_and_is_found_itself() -> None:
    text = "一、新增养老床位360张\n由区民政局负责。"
    assert texts_by_section(text) == [
        ((), "一、新增养老床位360张"),
        (("一、新增养老床位360张",), "由区民政局负责。"),
    ]


def test_a_table_of_contents_opens_no_sections_and_is_no_answer() -> None:
    text = "目录\n第一章 总则\n第二章 任务\n第一章 总则\n甲一。\n第二章 任务\n乙一。"
    assert texts_by_section(text) == [(("第一章 总则",), "甲一。"), (("第二章 任务",), "乙一。")]


def test_a_closing_paragraph_stays_where_sections_have_several_paragraphs() -> None:
    items = "".join(f"（{number}）做好工作。按时完成任务。\n" for number in "一二三四五六")
    text = f"一、任务\n（一）起步。先行先试。\n再接再厉。\n{items}同时，加强宣传。"
    assert texts_by_section(text)[-1] == (("一、任务", "（六）做好工作"), "同时，加强宣传。")


def test_an_annex_counts_anew_under_its_own_name() -> None:
    text = "一、甲\n乙一。\n二、丙\n丁一。\n附件1\n任务分工表\n一、戊\n己一。"
    assert texts_by_section(text)[-1] == (("任务分工表", "一、戊"), "己一。")
    assert texts_by_section(text)[-2] == (("二、丙",), "丁一。")


def test_a_number_alone_on_its_line_takes_its_title_from_the_next() -> None:
    text = "第一章\n总则\n甲一。\n第二章\n本章规定任务，共三条。\n专栏1\n重点项目\n乙一。"
    assert texts_by_section(text) == [
        (("总则",), "甲一。"),
        (("第二章",), "本章规定任务，共三条。"),
        (("第二章", "重点项目"), "乙一。"),
    ]


# --- titles --------------------------------------------------------------------------------------------


def test_a_paragraph_that_opens_with_the_title_is_text() -> None:
    text = "甲县养老规划\n甲县养老规划是今后五年全县养老服务工作的行动指南，提出新建养老院12所，改造床位300张。\n"
    (passage,) = passages(text, described=True)
    assert "新建养老院12所" in passage.text


def test_the_title_line_is_no_section_wherever_it_stands_in_the_head() -> None:
    text = "甲县民政局文件\n甲民发〔2022〕3号\n# 关于养老服务的意见\n一、总则\n新建3所。"
    blocks = blocks_of(text, title="关于养老服务的意见")
    assert [text[b.start : b.end] for b in blocks if b.is_heading] == ["# 关于养老服务的意见", "一、总则"]


def test_the_blocks_of_an_empty_text_are_none() -> None:
    assert blocks_of("") == []
    assert passages_of(document_of(" \n\u3000\n")) == []


def test_a_heading_that_goes_on_with_a_count_in_other_signs_stands_beside_those_of_the_count() -> None:
    text = "一、打算\n（一）甲\n甲一。\n（二）乙\n乙一。\n（三）丙\n丙一。\n四、丁\n丁一。\n（五）戊\n戊一。\n二、己\n己一。"
    assert [section for section, _ in texts_by_section(text)] == [
        ("一、打算", "（一）甲"),
        ("一、打算", "（二）乙"),
        ("一、打算", "（三）丙"),
        ("一、打算", "四、丁"),
        ("一、打算", "（五）戊"),
        ("二、己",),
    ]


def test_a_title_in_bold_type_behind_its_number_is_called_without_the_signs() -> None:
    text = "## 二、兜底\n\n3. **提高救助标准。** 城市低保标准680元。\n4. **扩大覆盖面**\n新纳入1500人。"
    assert texts_by_section(text) == [
        (("二、兜底", "提高救助标准"), "城市低保标准680元。"),
        (("二、兜底", "扩大覆盖面"), "新纳入1500人。"),
    ]


def test_unnumbered_halves_head_what_one_count_runs_through() -> None:
    text = (
        "某市民政局\n2024年工作总结\n1.救助有力。全年发放1万元。\n2.养老提质。建成9处。\n"
        "2025年工作计划\n3.救助。发放2万元。\n4.养老。建成8处。\n"
    )
    told = {
        text[block.start : block.end]: (block.section[0], block.years)
        for block in blocks_of(text)
        if block.section
    }
    assert told["建成9处。"] == ("2024年工作总结", (2024,))
    assert told["建成8处。"] == ("2025年工作计划", (2025,))
