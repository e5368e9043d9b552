"""An English question whose words no list puts as the paper does: the sentence that stands out in words and in meaning."""

from __future__ import annotations

import pytest
from answer_parts import assert_exact

from qa.assistant import Assistant
from qa.bilingual.kind_asked import kind_asked
from qa.bilingual.renderings import renderings


def test_the_sentence_that_stands_out_is_quoted_in_part_and_told_to_be_checked(assistant: Assistant) -> None:
    answer = assistant.ask("How many scattered martyrs' memorials were rescued in Jingmen?")
    assert answer.status == "partial"
    assert "1044座零散烈士纪念设施" in answer.citations[0].quote
    assert any("nearest in meaning" in warning for warning in answer.warnings)
    assert_exact(answer)


@pytest.mark.parametrize(
    "question",
    [
        "How many stray dogs were caught in Shengzhou in 2021?",  # people who stray are counted
        "How many barrier-free toilets were built in Jingmen?",
        "What is the unemployment rate in Shengzhou?",
        "How much did Xialu spend on legal aid?",
        "How many libraries were built in Jingmen's villages?",
    ],
)
def test_what_no_sentence_speaks_of_is_refused_however_near_one_is(
    assistant: Assistant, question: str
) -> None:
    assert assistant.ask(question).status == "not_found"


@pytest.mark.parametrize(
    ("question", "given", "not_given"),
    [
        ("What share of the beds are for nursing?", "占比32%", "412个"),
        ("How many households were added?", "新纳入低保412户", "412人"),
        ("How many days does it take?", "在5个工作日内", "5个部门"),
        ("How much did it cost?", "投资2860万元", "床位200张"),
        ("How many homes are there?", "养老机构14家", "占17.0%,2020年"),
        ("When will it open?", "3月底前开通", "全年4次"),
        ("How often are they visited?", "每季度走访一次", "走访40户"),
    ],
)
def test_the_kind_of_figure_is_read_from_the_english(question: str, given: str, not_given: str) -> None:
    kind = kind_asked(question)
    assert kind.is_given_in(given)
    assert not kind.is_given_in(not_given)


def test_a_word_is_said_by_any_of_its_renderings_and_a_number_by_itself() -> None:
    words = {word.word: word for word in renderings("How many scattered memorials over 1,000 square metres?")}
    assert words["scattered"].said_in("完成1044座零散烈士纪念设施")
    assert words["1000"].said_in("面积达到1000平米以上")
    assert not words["1000"].said_in("达到600平方米以上")
