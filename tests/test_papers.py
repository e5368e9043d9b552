"""Papers of more bureaus, one of each kind, and what their staff would ask: written before the system read them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from question_sets import faults_of, questions_of

from qa.answer import Turn
from qa.assistant import Assistant

pytestmark = pytest.mark.thorough

LIBRARIES = ("papers", "reports", "notices", "outlines", "outlines_later", "circulars", "registers", "tiers")
QUESTIONS = [
    pytest.param(library, question, id=question["asked"])
    for library in LIBRARIES
    for question in questions_of(f"staff/{library}.toml")
]


@pytest.mark.parametrize(("library", "question"), QUESTIONS)
def test_a_question_about_papers_never_seen_is_answered_as_a_reader_of_them_would(
    assistant_over: Callable[[str], Assistant], library: str, question: dict[str, Any]
) -> None:
    assistant = assistant_over(library)
    history: list[Turn] = []
    for turn in question.get("before", []):
        history.append(Turn(turn, assistant.ask(turn, history=history).text))
    answer = assistant.ask(question["asked"], history=history)
    assert not faults_of(answer, question), (answer.text, *answer.warnings)


@pytest.mark.parametrize(
    ("library", "name", "region", "years", "number"),
    [
        (
            "papers",
            "xiangxi_plan",
            "湘西土家族苗族自治州",
            (2021, 2022, 2023, 2024, 2025),
            "州民发〔2021〕42号",
        ),
        ("papers", "molidawa_standards", "莫力达瓦达斡尔族自治旗", (2024,), "莫民字〔2024〕36号"),
        ("papers", "gulou_half_year", "鼓楼区", (2024,), ""),
        ("papers", "jingning_action", "景宁畲族自治县", (2023, 2024, 2025), "景政办发〔2023〕29号"),
        ("reports", "lijiang_bulletin", "丽江市", (2023,), ""),
        ("reports", "ningling_summary_plan", "宁陵县", (2024, 2025), "宁民〔2024〕61号"),
        ("reports", "jian_midterm", "吉安市", (2021, 2022, 2023), ""),
        ("reports", "yongjia_list", "永嘉县", (2025,), "永民〔2025〕12号"),
        ("notices", "langzhong_notice", "阆中市", (), "阆民发〔2025〕18号"),
        ("notices", "mengzi_programme", "蒙自市", (2025,), ""),
        ("notices", "haian_accounts", "海安市", (2024,), ""),
        ("notices", "tongliang_fees", "铜梁区", (), ""),
        ("outlines", "shexian_plan", "歙县", (2021, 2022, 2023, 2024, 2025), "歙民〔2021〕63号"),
        ("outlines", "liaoyuan_work_points", "辽源市", (2024,), ""),
        ("outlines", "juxian_summary_plan", "莒县", (2023, 2024), ""),
        ("outlines_later", "changting_plan", "长汀县", (2026, 2027, 2028, 2029, 2030), ""),
        ("outlines_later", "dunhuang_work_points", "敦煌市", (2025,), ""),
        ("outlines_later", "qionghai_summary_plan", "琼海市", (2024, 2025), ""),
    ],
)
def test_what_a_paper_says_of_itself_is_understood(
    assistant_over: Callable[[str], Assistant],
    library: str,
    name: str,
    region: str,
    years: tuple[int, ...],
    number: str,
) -> None:
    metadata = assistant_over(library).documents[name].metadata
    assert (metadata.region, metadata.years, metadata.number) == (region, years, number)
