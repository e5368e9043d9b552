"""A statement that a question wants confirmed is corrected when the document says something else, never confirmed."""

from __future__ import annotations

import pytest

from qa.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("杨浦2023年要新增养老床位500张，是吗？", ["与原文不符", "360张"]),
        ("下陆区2025年养老机构护理型床位占比目标是预期性指标吧？", ["与原文不符", "约束性"]),
        ("湘西今年农村低保不低于650元/月对吧？", ["与原文不符", "5000元"]),
        ("荆门2020年社会组织要达到1200个对不对？", ["与原文不符", "2000个"]),
        ("嵊州2021年新增认知障碍照护专区床位66张，完成了没有？", ["与原文不符", "2022年"]),
        ("杨浦区没有智慧养老院建设任务对吧？", ["与原文不符", "3家"]),
        ("嵊州2021年最低生活保障标准从800元提高到890元，对吗？", ["与原文不符", "890元"]),
    ],
)
def test_a_wrong_figure_year_kind_or_denial_is_told_with_what_the_document_says(
    assistant: Assistant, question: str, says: list[str]
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert all(words in answer.text for words in says)
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "杨浦2023年要新增养老床位360张，是吗？",
        "下陆区2025年养老机构护理型床位占比目标是约束性指标吧？",
        "湘西今年农村低保不低于5000元/年对吧？",
        "嵊州2021年最低生活保障标准提高到890元，对吗？",
    ],
)
def test_a_right_statement_is_not_called_wrong(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "与原文不符" not in answer.text
