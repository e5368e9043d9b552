"""Whose a figure is: the words at it decide, not those elsewhere in its sentence."""

from __future__ import annotations

import pytest

from qa import Assistant
from qa.evidence.owning import best_owned
from qa.evidence.vocabulary import Vocabulary
from qa.understanding.kinds import is_of_the_other
from qa.understanding.question import understand

_MARRIAGES = "2021年共办理结婚登记3048对(其中复婚215对),离婚登记1001对,补发结婚证1032对"
_BUILT = "建设智慧养老院3家,新建社区长者食堂7家、改建护理床位200张"


@pytest.mark.parametrize(
    ("sentence", "question", "figure"),
    [
        (_MARRIAGES, "结婚登记多少对", "3048对"),
        (_MARRIAGES, "离婚登记有多少对", "1001对"),
        (_MARRIAGES, "补发结婚证多少对", "1032对"),
        (_BUILT, "新建长者食堂几家", "7家"),
        (_BUILT, "护理床位多少张", "200张"),
    ],
)
def test_the_figure_is_the_one_whose_own_words_the_question_says(
    sentence: str, question: str, figure: str
) -> None:
    asked = understand(question, {})
    owned = best_owned(asked, sentence, Vocabulary([sentence]).terms_of(asked))
    assert owned is not None
    assert sentence[owned.start : owned.end] == figure


def test_no_figure_in_another_unit_is_one() -> None:
    asked = understand("新建长者食堂几家", {})
    assert best_owned(asked, "长者食堂服务1200人次", Vocabulary([]).terms_of(asked)) is None


def test_the_quoted_clauses_hold_the_figure_asked_for(assistant: Assistant) -> None:
    answer = assistant.ask("嵊州2021年结婚登记多少对")
    assert "结婚登记3048对" in answer.text
    assert "1001" not in answer.text


def test_what_is_said_of_one_of_two_opposites_is_no_figure_of_the_other() -> None:
    assert is_of_the_other("离婚登记多少对", "办理结婚登记2106对", "")
    assert not is_of_the_other("离婚登记多少对", "离婚登记837对，结婚登记2106对", "")
    assert not is_of_the_other("结婚和离婚登记各多少对", "办理结婚登记2106对", "")
    assert not is_of_the_other("公办养老机构多少家", "其中民办3家", "公办养老机构")
