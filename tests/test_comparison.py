"""Comparisons over places and years: a table, and what follows from it where figures are comparable."""

from __future__ import annotations

import pytest

from qa import Answer, Assistant


def _rows(answer: Answer) -> dict[str, list[str]]:
    """First cell of each table row → its other cells."""
    lines = [line for line in answer.text.split("\n") if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return {row[0]: row[1:] for row in cells}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "2023年杨浦和湘西州的居家适老化改造任务，哪边户数多？",
            {"杨浦区": "300", "湘西州": "1095"},
        ),
        ("荆门和湘西的农村低保标准哪个更高", {"荆门市": "4000元", "湘西州": "5000元"}),
        (
            "荆门2020年的城市低保目标和湘西州2023年的城市低保底线，哪个高？",
            {"荆门市": "770", "湘西州": "650"},
        ),
        ("杨浦和嵊州今年新增养老床位谁多", {"杨浦区": "360张", "嵊州市": "1000张"}),
        ("下陆、荆门护理型床位占比目标分别是多少", {"下陆区": "60%", "荆门市": "40%"}),
        (
            "适老化改造，杨浦2023、湘西2023、嵊州2021这三家谁做得最多？",
            {"杨浦区": "300", "湘西州": "1095", "嵊州市": "444"},
        ),
    ],
)
def test_each_place_has_a_row_with_its_own_figure(
    assistant: Assistant, question: str, expected: dict[str, str]
) -> None:
    rows = _rows(assistant.ask(question))
    assert list(rows) == list(expected)
    for place, figure in expected.items():
        assert figure in rows[place][0]
        assert rows[place][-1].startswith("[")


def test_every_row_cites_its_own_document(assistant: Assistant) -> None:
    answer = assistant.ask("杨浦和嵊州今年新增养老床位谁多")
    assert [citation.document[:3] for citation in answer.citations] == ["002", "004"]


@pytest.mark.parametrize(
    ("question", "conclusion"),
    [
        ("杨浦和嵊州今年新增养老床位谁多", "嵊州市更多，杨浦区更少"),
        ("荆门和湘西的农村低保标准哪个更高", "湘西州更高，荆门市更低"),
        ("2023年杨浦和湘西州的居家适老化改造任务，哪边户数少？", "湘西州更多，杨浦区更少"),
        (
            "适老化改造，杨浦2023、湘西2023、嵊州2021这三家谁做得最多？",
            "从多到少：湘西州1095户、嵊州市444户、杨浦区300户",
        ),
    ],
)
def test_which_is_more_is_said_under_the_table(assistant: Assistant, question: str, conclusion: str) -> None:
    assert conclusion in assistant.ask(question).text


def test_figures_of_different_years_are_compared_with_a_word_of_caution(assistant: Assistant) -> None:
    assert "年份不同" in assistant.ask("杨浦和嵊州今年新增养老床位谁多").text


def test_a_place_whose_paper_says_nothing_has_a_row_that_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("荆门的孤儿养育标准和嵊州的比哪个高")
    assert _rows(answer)["嵊州市"][0] == "文中未提及"
    assert answer.status == "partial"


def test_a_sum_that_was_spent_is_no_standard_to_compare_with(assistant: Assistant) -> None:
    rows = _rows(assistant.ask("湘西与下陆，残疾人两项补贴标准哪里高"))
    assert "120元" in rows["湘西州"][0]
    assert rows["下陆区"][0] == "没有找到"


def test_a_place_without_a_paper_has_a_row_that_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("荆门和武汉的城市低保标准哪个高")
    rows = _rows(answer)
    assert rows["武汉"][0] == "文件库里没有它的文件"
    assert "480元" in rows["荆门市"][0] or "770" in rows["荆门市"][0]
    assert answer.status == "partial"


def test_two_years_of_one_place_are_compared(assistant: Assistant) -> None:
    rows = _rows(assistant.ask("嵊州公益创投项目，2021年支持了多少个，2022年计划多少个？"))
    assert "22个" in rows["2021年"][0]
    assert "25个" in rows["2022年"][0]


def test_one_sentence_that_answers_for_both_years_is_given_once(assistant: Assistant) -> None:
    answer = assistant.ask("下陆低保标准，2016年那次和2019年那次分别调到多少？")
    assert answer.text.count("580元提高到620元") == 1
    assert not _rows(answer)


@pytest.mark.parametrize(
    ("question", "mentioning", "silent"),
    [
        ("哪几份文件提到了“五社联动”", ["下陆区", "湘西州"], ["杨浦区", "荆门市", "嵊州市"]),
        ("哪份文件提到慈善超市", ["下陆区", "杨浦区"], ["湘西州", "荆门市", "嵊州市"]),
        ("这几份文件里哪些地方提到了“慈善一日捐”？", ["下陆区", "荆门市", "嵊州市"], ["湘西州", "杨浦区"]),
    ],
)
def test_who_speaks_of_something_is_told_from_who_does_not(
    assistant: Assistant, question: str, mentioning: list[str], silent: list[str]
) -> None:
    answer = assistant.ask(question)
    assert list(_rows(answer)) == mentioning
    assert f"文中未提及：{'、'.join(silent)}。" in answer.text


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("谁家提了时间银行", "下陆区"),
        ("哪份规划提到了康养中心", "下陆区"),
        ("哪个地方要求养老机构护理型床位占比达到60%", "下陆区"),
    ],
)
def test_what_one_paper_alone_says_is_answered_in_one_line(
    assistant: Assistant, question: str, place: str
) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith(place)
    assert not _rows(answer)


def test_what_nobody_mentions_is_not_found(assistant: Assistant) -> None:
    assert assistant.ask("哪些地方提到了殡葬机器人").status == "not_found"


@pytest.mark.parametrize(
    "question",
    ["下陆区2025年护理型床位占比的目标是多少", "湘西州凤凰县的试点是什么", "嵊州哪个镇试点了康养联合体"],
)
def test_a_question_about_one_place_and_year_gets_no_table(assistant: Assistant, question: str) -> None:
    assert not _rows(assistant.ask(question))


def test_the_cells_of_a_row_stay_in_one_line(assistant: Assistant) -> None:
    answer = assistant.ask("下陆和荆门的火化率目标分别是多少？谁高？")
    for line in answer.text.split("\n"):
        assert not line.startswith("|") or line.count("|") == 5


@pytest.mark.parametrize(
    "question",
    [
        "杨浦今年新增的养老床位比去年多还是少",
        "杨浦2023年新增养老床位比2022年增加了吗",
        "嵊州2022年新增床位比2021年多还是少",
    ],
)
def test_a_year_before_that_the_documents_leave_out_is_said_to_be_missing(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    rows = _rows(answer)
    assert answer.status == "partial"
    assert answer.text.startswith("| 年份 |")
    assert [cells[0] == "文中未提及" for _, cells in sorted(rows.items())] == [True, False]


def test_whether_a_figure_rose_is_told_from_both_years_and_calls_no_result_a_target(
    assistant: Assistant,
) -> None:
    answer = assistant.ask("荆门2015年的农村低保标准比2010年高吗")
    assert {"1110", "2800"} <= {
        figure for cells in _rows(answer).values() for figure in ("1110", "2800") if figure in cells[0]
    }
    assert "2015年更高，2010年更低。" in answer.text
