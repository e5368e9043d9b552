"""What an answer cites stands first among its evidence, headings and index blocks included."""

from __future__ import annotations

import pytest
from answer_parts import text_of

from qa.answer import Answer
from qa.assistant import Assistant

QUESTIONS = (
    "下陆区“十四五”规划的发文字号是什么？",
    "荆门市“十三五”民政规划的基本原则有哪些？",
    "湘西州2023年社会组织工作怎么抓？",
    "嵊州2021年办了多少对结婚登记？",
    "下陆区的约束性指标有哪些？",
)


def _covers(answer: Answer, number: int) -> list[int]:
    """The ranks of the evidence that holds a citation whole, the first being 0."""
    citation = answer.citations[number]
    return [
        rank
        for rank, evidence in enumerate(answer.evidence)
        if evidence.document == citation.document
        and evidence.start <= citation.start
        and citation.end <= evidence.end
    ]


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_citation_is_among_the_first_evidence(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations
    for number in range(len(answer.citations)):
        assert _covers(answer, number)[0] <= number


@pytest.mark.parametrize("question", QUESTIONS)
def test_cited_evidence_is_as_exact_as_any_and_given_once(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    spans = [(evidence.document, evidence.start, evidence.end) for evidence in answer.evidence]
    assert len(set(spans)) == len(spans)
    best = max(evidence.score for evidence in answer.evidence)
    assert answer.evidence[0].score > 0
    for evidence in answer.evidence:
        assert text_of(evidence.document)[evidence.start : evidence.end] == evidence.text
        assert 0 < evidence.score <= best


def test_the_index_block_is_evidence_only_where_it_is_cited(assistant: Assistant) -> None:
    cited = assistant.ask(QUESTIONS[0])
    assert "〔2021〕12号" in cited.evidence[0].text
    other = assistant.ask("下陆区2025年养老机构护理型床位占比的目标是多少")
    assert not any("发文字号" in evidence.text for evidence in other.evidence)
