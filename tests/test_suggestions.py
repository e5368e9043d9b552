"""Questions that are offered: none that the library does not answer, all on the ground that the reader chose."""

from __future__ import annotations

import time

import pytest
from answer_parts import JINGMEN, SHENGZHOU, XIALU
from pace import within

from qa import Answer, Assistant
from qa.errors import QuestionUnusable

ASKED = [
    "下陆区2025年区级公益性安葬设施覆盖率的目标是多少？",
    "杨浦2023年建设智慧养老院几家？",
    "2022年嵊州计划新建哪两家养老机构？",
    "2023年杨浦和湘西州的居家适老化改造任务各是多少户？",
    "湘西州如何推进全域殡葬体制改革？",
    "武汉市2025年养老机构护理型床位占比的目标是多少？",
]


@pytest.mark.quick(2)
@pytest.mark.parametrize("question", ASKED)
def test_what_is_offered_after_an_answer_is_answered_and_not_asked_again(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    offered = _warm(assistant, answer)
    assert 1 <= len(offered) <= 3
    assert len(set(offered)) == len(offered)
    assert question not in offered
    for following in offered:
        found = assistant.ask(following)
        assert found.status == "answered", following
        assert found.citations


def _warm(assistant: Assistant, answer: Answer) -> tuple[str, ...]:
    """The second time the vectors of the candidates are known, so that a busy machine tries as many as an idle one."""
    assistant.suggestions(answer)
    return assistant.suggestions(answer)


def test_suggestions_take_no_longer_than_a_reader_notices(assistant: Assistant) -> None:
    answer = assistant.ask(ASKED[0])
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        assistant.suggestions(answer)
        seconds.append(time.perf_counter() - start)
    assert within(min(seconds), 0.4)


def test_a_neighbour_is_found_in_the_same_table_or_sentence(assistant: Assistant) -> None:
    row = _warm(assistant, assistant.ask(ASKED[0]))
    assert "下陆区2025年养老机构护理型床位占比的目标是多少？" in row
    clause = _warm(assistant, assistant.ask(ASKED[1]))
    assert "杨浦区2023年改建认知障碍照护床位多少张？" in clause


def test_suggestions_keep_to_the_documents_that_were_chosen(assistant: Assistant) -> None:
    answer = assistant.ask("新增养老床位多少张？", documents=[SHENGZHOU])
    for following in assistant.suggestions(answer, documents=[SHENGZHOU]):
        found = assistant.ask(following, documents=[SHENGZHOU])
        assert found.status == "answered"
        assert {citation.document for citation in found.citations} == {SHENGZHOU}


def test_the_first_questions_fit_the_chosen_documents_region_year_and_kind(assistant: Assistant) -> None:
    jingmen = assistant.starters(documents=[JINGMEN])
    assert jingmen
    assert all("荆门" in question for question in jingmen)
    shengzhou = assistant.starters(regions=["嵊州"], statements=["目标"])
    assert shengzhou
    for question in shengzhou:
        assert assistant.ask(question, regions=["嵊州"], statements=["目标"]).status == "answered"
    assert assistant.starters(regions=["湘西"], years=[2021]) == ()


def test_a_library_of_ones_own_gets_first_questions_from_every_document(assistant: Assistant) -> None:
    assistant.starters()
    offered = assistant.starters()
    assert 3 <= len(offered) <= 6
    assert (
        sum(any(place in question for question in offered) for place in ("下陆", "湘西", "杨浦", "荆门")) >= 3
    )
    assert len(assistant.starters(most=2)) == 2


def test_the_indicators_of_a_document_are_its_rows_with_units_figures_and_places(
    assistant: Assistant,
) -> None:
    (table,) = assistant.indicators(XIALU)
    text = assistant.documents[XIALU].text
    assert "主要指标" in table.caption
    assert table.columns == ("2025年目标值",)
    burial = next(row for row in table.rows if "安葬" in row.name)
    assert (burial.unit, burial.values, burial.amounts, burial.kind) == ("%", ("100",), (100.0,), "约束性")
    assert "安葬" in text[burial.start : burial.end]
    past, ahead = assistant.indicators(JINGMEN)
    assert past.columns == ("2010年", "2015年实际值", "年均增长%")
    beds = next(row for row in ahead.rows if "养老床位" in row.name)
    assert beds.values == ("30", "35", "—")
    assert beds.amounts == (30.0, 35.0, None)


def test_a_document_without_tables_has_no_indicators_and_an_unknown_one_is_said_to_be_unknown(
    assistant: Assistant,
) -> None:
    assert assistant.indicators(SHENGZHOU) == ()
    with pytest.raises(QuestionUnusable, match="没有“无此文件”"):
        assistant.indicators("无此文件")


def test_figures_of_a_comparison_are_drawn_only_where_they_can_be_compared(assistant: Assistant) -> None:
    same = assistant.ask("2023年杨浦和湘西州的居家适老化改造任务各是多少户？")
    assert [(bar.label, bar.value, bar.unit) for bar in same.compared] == [
        ("杨浦区（2023年计划）", 300.0, "户"),
        ("湘西州（2023年计划）", 1095.0, "户"),
    ]
    for bar in same.compared:
        quote = next(citation.quote for citation in same.citations if citation.number == bar.number)
        assert f"{bar.value:g}户" in quote
    # 650元/月 beside 890元 of another year and kind, and totals beside increases.
    assert assistant.ask("湘西州和嵊州市低保标准各是多少").compared == ()
    assert assistant.ask("下陆、荆门、嵊州三地的社会组织数量").compared == ()
    assert assistant.ask("杨浦2023年建设智慧养老院几家").compared == ()


@pytest.mark.parametrize(
    "question",
    [
        "杨浦“桥计划”具体做哪些事",
        "湘西指导创建3A婚姻登记机关的是凤凰县吧？",
        "What is Jingmen's 2020 target for the rate of employment of retired soldiers?",
    ],
)
def test_what_another_place_need_not_have_is_not_asked_of_it(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    own = {assistant.documents[citation.document].metadata.region for citation in answer.citations}
    for offered in _warm(assistant, answer):
        assert any(region in offered for region in own), offered
