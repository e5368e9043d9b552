"""Overviews: a field of work as the outline of its section, every point cited."""

from __future__ import annotations

import re

import pytest

from qa import Answer, Assistant


def _points(answer: Answer) -> list[str]:
    return [line[2:] for line in answer.text.split("\n") if line.startswith("- ")]


@pytest.mark.parametrize(
    ("question", "section", "points"),
    [
        (
            "荆门规划里优抚安置这一大块主要讲了哪几方面？",
            "建设军民融合的优抚安置体系",
            ["全面落实各项优抚政策", "完善退役士兵保障体系", "提升双拥和烈士褒扬工作水平"],
        ),
        (
            "湘西今年养老服务重点抓啥",
            "推动养老服务事业高质量发展",
            ["优化行动", "提升行动", "清零行动", "保障行动"],
        ),
        (
            "下陆规划怎么发展慈善事业",
            "健全现代慈善事业体系",
            ["完善慈善事业发展机制", "引导汇聚社会慈善力量"],
        ),
        (
            "湘西2023年社会组织工作整体怎么抓？",
            "引导社会组织健康有序发展",
            ["党建", "登记管理", "监管", "发挥作用"],
        ),
        (
            "杨浦区2023年养老工作有哪些重点",
            "优化养老服务供给",
            ["养老设施空间布局", "医养助老", "文化抚老", "智慧养老"],
        ),
        (
            "下陆区社会组织这一块准备怎么干",
            "健全社会组织管理体系",
            ["登记管理", "规范化建设"],
        ),
        (
            "杨浦民政自身建设抓什么",
            "加强民政自身建设",
            ["铸魂工程", "强基工程", "清风工程", "接续工程"],
        ),
        (
            "荆门“十二五”民政工作取得哪些成绩",
            "“十二五”规划执行情况",
            ["社会救助体系趋于完善", "养老服务体系基本形成"],
        ),
    ],
)
def test_a_field_of_work_is_outlined_by_the_headings_of_its_section(
    assistant: Assistant, question: str, section: str, points: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert section in answer.text.split("\n")[0]
    said = _points(answer)
    for point in points:
        assert any(point in line for line in said), point


@pytest.mark.parametrize(
    ("question", "first", "last", "absent"),
    [
        ("湘西州2023年民政工作重点是什么", "党的建设", "提升民政治理效能", "指导思想"),
        ("荆门十三五主要任务有哪些", "社会救助体系", "重大项目工程", "保障措施"),
        ("下陆十四五的重点任务", "健全社会救助体系", "健全专项事务管理体系", "规划背景"),
        ("嵊州2021年民政做了哪些工作", "社会救助提档升级", "公共服务更加优质", "聚焦"),
        ("请总结一下嵊州2022年工作计划", "聚焦民生", "聚焦服务", "提档升级"),
    ],
)
def test_all_the_work_of_a_paper_is_outlined_by_its_chapters_of_the_year_asked_about(
    assistant: Assistant, question: str, first: str, last: str, absent: str
) -> None:
    answer = assistant.ask(question)
    points = _points(answer)
    assert first in points[0]
    assert last in points[-1]
    assert absent not in " ".join(points)


def test_each_of_several_places_gets_an_outline_of_its_own(assistant: Assistant) -> None:
    answer = assistant.ask("荆门市和下陆区的慈善工作思路")
    assert "荆门市（2016—2020年）：支持慈善公益事业发展" in answer.text
    assert "下陆区（2021—2025年）：健全现代慈善事业体系" in answer.text


def test_without_a_place_each_paper_with_such_a_section_is_outlined(assistant: Assistant) -> None:
    answer = assistant.ask("养老服务怎么推进")
    owners = {line.split("（")[0] for line in answer.text.split("\n") if line.endswith("主要有以下方面：")}
    assert owners == {"下陆区", "湘西州", "杨浦区", "荆门市", "嵊州市"}


def test_how_something_went_is_answered_from_what_was_done(assistant: Assistant) -> None:
    assert "（2021年）" in assistant.ask("嵊州的智慧养老搞得怎么样").text.split("\n")[0]


def test_every_point_is_cited_where_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask("荆门规划里优抚安置这一大块主要讲了哪几方面？")
    assert all(line.endswith("]") for line in _points(answer))
    assert len(answer.citations) >= len(_points(answer))
    for citation in answer.citations:
        assert citation.section[0].startswith("六、")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("嵊州市2022年养老方面整体怎么安排", ("布局规划", "民生实事", "养老服务机构建设", "智慧养老")),
        (
            "荆门“十三五”基层治理这一章讲了哪些内容",
            ("群众自治", "社区治理", "社区服务业", "社会组织", "社工人才"),
        ),
        ("下陆的民政自身发展分哪几块", ("文化", "法治化", "标准化", "智能化", "基层民政能力")),
    ],
)
def test_who_asks_for_the_parts_is_told_all_of_them_on_one_screen(
    assistant: Assistant, question: str, names: tuple[str, ...]
) -> None:
    text = assistant.ask(question).text
    assert len(_points(assistant.ask(question))) == len(names)
    assert all(name in text for name in names)
    assert len(re.sub(r"\s|\[\d+\]", "", text)) <= 205


def test_figures_stand_beside_the_headings_before_what_tells_none(assistant: Assistant) -> None:
    text = assistant.ask("2022年嵊州养老打算干些啥子？大概说几条").text
    assert all(figure in text for figure in ("80%", "66张", "1000张"))
    assert "实现视频监控应接尽接" not in text


def test_a_section_without_parts_is_outlined_by_its_sentences(assistant: Assistant) -> None:
    points = _points(assistant.ask("荆门“十三五”绿色殡葬总体怎么安排的？"))
    assert len(points) >= 3
    assert any("惠民殡葬" in point for point in points)


def test_the_plan_is_outlined_and_not_the_review_unless_the_review_is_asked_for(assistant: Assistant) -> None:
    assert "健全养老服务体系" in assistant.ask("概括一下下陆养老服务的安排").text
    assert "养老服务迈上新台阶" in assistant.ask("下陆“十三五”养老服务取得了哪些进展").text


def test_the_evidence_begins_with_the_outlined_section(assistant: Assistant) -> None:
    answer = assistant.ask("湘西今年养老服务重点抓啥")
    assert answer.evidence[0].section[0] == answer.citations[0].section[0]


@pytest.mark.parametrize(
    "question",
    [
        "下陆区2025年护理型床位占比的目标是多少",
        "嵊州2021年安排了多少移民资金",
        "杨浦2023年的“双培行动”具体指什么",
    ],
)
def test_a_question_for_one_thing_gets_no_outline(assistant: Assistant, question: str) -> None:
    assert "主要有以下方面" not in assistant.ask(question).text


def test_a_field_that_no_paper_has_is_not_found(assistant: Assistant) -> None:
    assert assistant.ask("下陆的地铁建设总体怎么安排").status == "not_found"


@pytest.mark.parametrize(
    ("question", "name", "points"),
    [
        ("荆门“十三五”有哪些保障措施", "保障措施", ["加强统筹协调", "加强规划管理"]),
        ("下陆区“十四五”民政事业面临哪些挑战？", "面临挑战", ["不平衡不充分", "还存在短板"]),
        (
            "嵊州市民政局2022年围绕哪四个“聚焦”部署工作？",
            "",
            ["聚焦民生", "聚焦康养", "聚焦基层", "聚焦服务"],
        ),
    ],
)
def test_a_part_that_every_plan_has_is_told_by_its_headings(
    assistant: Assistant, question: str, name: str, points: list[str]
) -> None:
    answer = assistant.ask(question)
    assert name in answer.text.split("\n")[0]
    said = _points(answer)
    assert all("**" not in line for line in said)
    for point in points:
        assert any(point in line for line in said), point


def test_what_is_safeguarded_by_a_part_of_its_own_is_no_question_for_the_safeguards(
    assistant: Assistant,
) -> None:
    assert "保障措施，主要有以下方面" not in assistant.ask("荆门优抚对象的医疗保障有哪些措施").text


def test_a_heading_with_parts_of_its_own_is_told_by_them(assistant: Assistant) -> None:
    first = _points(assistant.ask("下陆区养老服务怎么安排的"))[0]
    assert first.startswith("**健全多元化养老服务网络**：")
    assert "智慧养老服务网络" in first


def test_what_is_counted_below_a_heading_is_told_to_the_end(assistant: Assistant) -> None:
    first = _points(assistant.ask("嵊州2021年养老方面做了哪些工作"))[0]
    assert all(item in first for item in ("一是", "二是", "三是", "四是"))


def test_a_point_never_ends_with_what_only_leads_to_the_next_clause(assistant: Assistant) -> None:
    points = _points(assistant.ask("嵊州2021年养老机构安全达标做了哪些工作"))
    assert not any(point.split("[")[0].endswith("4月21日") for point in points)
    assert any("4月16日至4月21日,全市42家养老机构" in point for point in points)


def test_a_field_that_two_sections_of_a_chapter_speak_of_is_told_from_both(assistant: Assistant) -> None:
    text = assistant.ask("杨浦2023年社会救助这块怎么做").text
    assert "政策找人" in text
    assert "专项审计" in text


def test_a_part_named_word_for_word_is_outlined_alone(assistant: Assistant) -> None:
    text = assistant.ask("湘西州引导社会组织在哪些方面发挥作用，参与哪些事业？").text
    assert "乡村振兴" in text
    assert "乱收费" not in text


def test_an_outline_stays_readable_on_a_phone(assistant: Assistant) -> None:
    for question in ("荆门十二五期间取得了哪些成绩", "湘西养老服务怎么安排", "下陆社会组织工作怎么安排"):
        outline = assistant.ask(question).text.split("\n注意")[0]
        assert len(outline) < 520, question
