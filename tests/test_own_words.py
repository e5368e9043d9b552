"""A library asked with its own words: the paper is the key, no gold set is needed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from office_parts import document_from

from eval.own_words import is_given, questions_of
from qa.assistant import Assistant

TEXT = "# 某县民政局2024年工作总结\n\n某县建成村级幸福院46个、日间照料中心11个。全年发放临时救助金320万元。\n"


def test_each_clause_amount_and_pair_of_a_paper_becomes_a_question() -> None:
    paper = document_from(TEXT.encode(), file="a.md")
    asked = {kind: questions_of(paper, kind) for kind in ("clauses", "nouns", "pairs")}
    assert any(
        "全年发放临时救助金多少万元" in item.question and item.key == 3_200_000 for item in asked["clauses"]
    )
    assert any("日间照料中心有多少个" in item.question and item.key == 11 for item in asked["nouns"])
    sums = [item for item in asked["pairs"] if "一共" in item.question]
    assert [item.key for item in sums] == [Decimal(57)]


@pytest.mark.parametrize("text", ["发放临时救助金320万元。[1]", "发放3200000元", "一共3,200,000元"])
def test_a_figure_is_given_in_whatever_scale_it_is_written(text: str) -> None:
    assert is_given(Decimal(3_200_000), text)


def test_another_figure_is_not_taken_for_it() -> None:
    assert not is_given(Decimal(3_200_000), "发放临时救助金32万元和320元的5倍")


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["seeds", "plans", "papers", "notices", "reports"])
def test_papers_asked_with_their_own_words_give_their_own_figures(
    assistant_over: Callable[[str], Assistant], name: str
) -> None:
    assistant = assistant_over(name)
    asked = [item for document in assistant.documents.values() for item in questions_of(document, "clauses")][
        ::3
    ]
    missed = [item.question for item in asked if not is_given(item.key, assistant.ask(item.question).text)]
    # A clause that says too little to mean one thing (占计划投资的多少) may be answered with another figure.
    assert len(missed) <= 0.08 * len(asked), missed
