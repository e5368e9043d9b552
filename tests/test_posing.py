"""Questions that a document gives rise to read as somebody would ask them, or are not posed."""

from __future__ import annotations

import pytest

from qa.conversation.posing import about_clauses, about_section
from vectorstore.documents import Document, Passage, Statement


def posed(text: str) -> list[str]:
    document = Document("a", "a.txt", text)
    passage = Passage("a", 0, len(text), text, region="青川县", years=(2024,))
    return [question.text for question in about_clauses(passage, document)]


@pytest.mark.parametrize(
    ("clause", "question"),
    [
        ("建设智慧养老院3家。", "青川县2024年建设智慧养老院多少家？"),
        ("今年新增持证社会工作者300名。", "青川县2024年新增持证社会工作者多少名？"),
        ("目前全县持证社会工作者120名。", "青川县2024年持证社会工作者多少名？"),
        ("全年共计处置群众来信来访28件。", "青川县2024年处置群众来信来访多少件？"),
        ("城市低保标准提高到800元。", "青川县2024年城市低保标准提高到多少元？"),
    ],
)
def test_a_clause_with_one_figure_is_asked_about_in_its_own_words(clause: str, question: str) -> None:
    assert posed(clause) == [question]


@pytest.mark.parametrize(
    "clause",
    [
        "推动救助、就业、保险、慈善四元联动。",
        "完全丧失自理能力1656元。",
        "康宁、孔雀苑、西花苑等4个社区与集团合作。",
        "新设兴隆、双喜2个街道办事处。",
        "在现有32个社区的基础上。",
    ],
)
def test_a_clause_that_makes_no_natural_question_makes_none(clause: str) -> None:
    assert posed(clause) == []


@pytest.mark.parametrize(
    ("heading", "statement", "question"),
    [
        ("（二）加强社区治理", "measure", "青川县2024年在“加强社区治理”方面有哪些安排？"),
        ("（二）养老服务体系基本形成", "result", "青川县2024年在“养老服务体系基本形成”方面做了哪些工作？"),
        ("（一）发展机遇", "", ""),
        ("一、总体思路", "", ""),
    ],
)
def test_a_section_is_asked_about_as_what_it_is(heading: str, statement: Statement, question: str) -> None:
    passage = Passage(
        "a", 0, 4, "文字文字", section=(heading,), region="青川县", years=(2024,), statement=statement
    )
    found = about_section(passage)
    assert (found.text if found else "") == question
