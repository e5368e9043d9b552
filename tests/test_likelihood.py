"""The experiment with learned likelihoods: it tells apart what can be told apart, and answers only where the rules refuse."""

from __future__ import annotations

import numpy

from eval.likelihood import Case, fitted, outcomes

ROWS = numpy.array([[0.9, 1.0], [0.2, 0.0], [0.8, 1.0], [0.3, 0.0], [0.1, 1.0], [0.7, 0.0]])
GOLD = numpy.array([1.0, 0.0, 1.0, 0.0, 0.0, 0.0])


def case(by_rule: bool | None, *, is_answerable: bool = True, may_answer: bool = True) -> Case:
    return Case("test", is_answerable, ROWS[:2], (True, False), (may_answer, may_answer), by_rule)


def test_what_is_gold_gets_a_higher_likelihood_than_what_is_not() -> None:
    likely = fitted(ROWS, GOLD).of(ROWS)
    assert likely[GOLD == 1].min() > likely[GOLD == 0].max()


def test_the_likeliest_is_given_only_where_the_rules_refuse() -> None:
    likelihood = fitted(ROWS, GOLD)
    assert outcomes([case(None)], likelihood, 0.2) == {"right": 1}
    assert outcomes([case(False)], likelihood, 0.2) == {"wrong": 1}
    assert outcomes([case(None)], likelihood, 1.1) == {"refused": 1}
    assert outcomes([case(None)], None, 0.2) == {"refused": 1}


def test_what_is_of_another_year_or_unit_is_never_given() -> None:
    assert outcomes([case(None, may_answer=False)], fitted(ROWS, GOLD), 0.0) == {"refused": 1}


def test_an_unanswerable_question_that_is_answered_is_told_apart() -> None:
    counted = outcomes([case(None, is_answerable=False)], fitted(ROWS, GOLD), 0.2)
    assert counted == {"unanswerable right": 1}
