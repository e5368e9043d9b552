"""Learning how likely a finding is the answer: it tells apart what can be told apart, and answers only where the rules refuse."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from eval.gold import Question
from eval.kept import SEEDS, by_library
from eval.likelihood import Candidate, Case, cases_of, fitted, outcomes, written
from qa.assistant import Assistant
from qa.evidence.likelihood import WEIGHTS, learned, meaning_of, properties_of
from qa.understanding.question import understand

ROWS = [{"covers": covers, "near": near} for covers, near in ((0.9, 1.0), (0.2, 0.0), (0.8, 1.0), (0.3, 0.0))]
GOLD = [True, False, True, False]
LIKELIHOOD = fitted(ROWS, GOLD)


@pytest.fixture(scope="module")
def case(assistant: Assistant) -> Case:
    question = Question(
        "case-001", "dev", "fact", (), "杨浦2023年新建社区长者食堂多少家？", "7家", (("7家",),), ()
    )
    return next(cases_of([question], assistant._current_solver()))


def test_what_is_gold_gets_a_higher_likelihood_than_what_is_not() -> None:
    likely = [LIKELIHOOD.of(row) for row in ROWS]
    assert min(likely[0], likely[2]) > max(likely[1], likely[3])


def test_a_row_that_weighs_nothing_teaches_nothing() -> None:
    contrary = fitted([*ROWS, *ROWS], [*GOLD, *(not gold for gold in GOLD)], [1.0] * 4 + [0.0] * 4)
    assert contrary.of(ROWS[0]) > contrary.of(ROWS[1])


def test_the_likeliest_is_given_only_where_the_rules_refuse(case: Case) -> None:
    refused, wrong = replace(case, by_rule=None), replace(case, by_rule=False)
    right = Candidate(ROWS[0], True, 1.0)
    assert outcomes([(refused, right)], LIKELIHOOD, 0.2) == {"right": 1}
    assert outcomes([(refused, right)], LIKELIHOOD, 1.1) == {"refused": 1}
    assert outcomes([(refused, right)], None, 0.2) == {"refused": 1}
    assert outcomes([(wrong, None)], LIKELIHOOD, 0.2) == {"wrong": 1}


def test_an_unanswerable_question_that_is_answered_is_told_apart(case: Case) -> None:
    unanswerable = replace(case, by_rule=None, is_answerable=False)
    counted = outcomes([(unanswerable, Candidate(ROWS[0], False, 1.0))], LIKELIHOOD, 0.2)
    assert counted == {"unanswerable wrong": 1}


def test_no_candidate_is_looked_for_where_the_rules_answer(case: Case) -> None:
    assert case.by_rule is not None
    assert case.candidate(learned("properties")) is None


def test_the_weights_are_of_the_very_properties_that_findings_have(case: Case) -> None:
    properties = properties_of(case.asked, case.findings, case.solver)
    assert set(properties[0]) == set(learned("properties").weights)
    meaning = meaning_of(case.asked, case.findings[0], case.solver.index, likely=0.5)
    assert set(meaning) == set(learned("meaning").weights)


def test_weights_are_read_as_they_were_written() -> None:
    held = tomllib.loads(written({"properties": LIKELIHOOD}))["properties"]
    assert held["weights"].keys() == {"covers", "near"}
    assert held["constant"] == pytest.approx(LIKELIHOOD.constant, abs=1e-4)
    assert Path(WEIGHTS).is_file()


def test_the_kept_questions_are_those_with_gold_and_those_to_be_refused() -> None:
    asked = by_library()
    assert SEEDS in asked
    assert all(library.is_dir() for library in asked)
    to_be_refused = [one for questions in asked.values() for one in questions if not one.answerable]
    assert len(to_be_refused) > 300
    assert any(one.answerable for questions in asked.values() for one in questions)


@pytest.mark.parametrize(
    ("question", "is_written"),
    [("嵊州2021年婚姻登记的枫桥式有多少对", True), ("嵊州婚姻登记的甜蜜蜜有多少对", False)],
)
def test_an_unsaid_word_that_papers_write_elsewhere_is_told_from_one_that_only_people_say(
    assistant: Assistant, question: str, is_written: bool
) -> None:
    solver = assistant._current_solver()
    asked = understand(question, solver.index.documents)
    marriages = next(found for found in solver.solve(asked).findings if "结婚登记3048对" in found.text)
    unsaid = properties_of(asked, [marriages], solver)[0]
    written, unwritten = unsaid["unsaid written nouns"], unsaid["unsaid unwritten nouns"]
    assert (written > unwritten) is is_written
