"""Every metric of the evaluation on cases worked out by hand, above all on answers that must not pass."""

from __future__ import annotations

import pytest
from metric_parts import FIRST, SECOND, TEXT, TEXTS, UNANSWERABLE, answer, citation, question

from eval import metrics
from eval.gold import Quote
from qa.answer import Citation

# Accuracy


@pytest.mark.parametrize(
    "text", ["3家。[1]", "2023年建设**三家**智慧养老院 [1][2]。", "> 建设智慧养老院 ３ 家"]
)
def test_an_answer_with_every_point_is_right(text: str) -> None:
    assert metrics.accuracy(question(), answer(text))


@pytest.mark.parametrize(
    "text", ["13家。", "33家。", "0.3家。", "十三家。", "三十家", "有若干家。[3]", "3. 家庭养老", ""]
)
def test_a_longer_number_a_marker_or_an_ordinal_is_not_the_point(text: str) -> None:
    assert not metrics.accuracy(question(), answer(text))


def test_swapped_figures_are_wrong() -> None:
    asked = question(points=(("城市480元",), ("农村2800元",)), reference="城市480元，农村2800元。")
    assert metrics.accuracy(asked, answer("城市480元，农村2800元。"))
    swapped = metrics.judge(asked, answer("城市2800元，农村480元。"))
    assert not swapped.right
    assert swapped.missing == asked.points


def test_every_point_is_needed_and_any_wording_of_it_will_do() -> None:
    asked = question(points=(("3家", "三所"), ("500张",)))
    assert metrics.accuracy(asked, answer("三所，500张"))
    assert metrics.judge(asked, answer("3家")).missing == (("500张",),)


def test_a_forbidden_statement_makes_a_complete_answer_wrong() -> None:
    asked = question(forbidden=("2家", "12家"))
    hit = metrics.judge(asked, answer("3家，也有说2家的。"))
    assert (hit.right, hit.missing, hit.forbidden) == (False, (), ("2家",))
    assert metrics.accuracy(asked, answer("3家，另有22家。"))


def test_a_refusal_that_contains_the_figure_is_wrong() -> None:
    assert not metrics.accuracy(question(), answer("没有找到。相近的有：3家。", status="not_found"))
    assert metrics.accuracy(question(), answer("建设3家。", status="partial"))


def test_the_whole_passage_pasted_is_wrong() -> None:
    pasted = metrics.judge(question(), answer(TEXT))
    assert (pasted.right, pasted.missing, pasted.over_long) == (False, (), True)


def test_an_answer_from_a_doubtful_source_needs_its_warning() -> None:
    doubtful = question(kind="contradiction", warns=True, points=(("3家",), ("5家",)), reference="3家或5家。")
    warned = answer("3家。[1]", warnings=("原文另一处写的是5家。",))
    assert metrics.accuracy(doubtful, warned)
    silent = metrics.judge(doubtful, answer("3家，另一处5家。"))
    assert (silent.right, silent.missing, silent.unwarned) == (False, (), True)
    assert not metrics.accuracy(doubtful, answer("3家。[1]", warnings=("数字存疑。",)))
    assert not metrics.accuracy(question(points=(("5家",),)), warned)  # warnings are no answer elsewhere


def test_length_is_measured_against_two_hundred_characters_and_the_reference() -> None:
    assert metrics.accuracy(question(), answer("3家" + "好" * 198))
    assert not metrics.accuracy(question(), answer("3家" + "好" * 199))
    assert metrics.accuracy(question(), answer("3家[1]" + "\n> 好[2]\n| " * 198))
    wordy = question(reference="参" * 100)
    assert metrics.accuracy(wordy, answer("3家" + "好" * 398))
    assert not metrics.accuracy(wordy, answer("3家" + "好" * 399))


def test_an_unanswerable_question_is_right_only_when_refused() -> None:
    assert metrics.accuracy(UNANSWERABLE, answer("没有找到。", status="not_found"))
    assert not metrics.accuracy(UNANSWERABLE, answer("没有找到。"))
    assert not metrics.accuracy(UNANSWERABLE, answer("3家。", status="partial"))


# Citations and figures


def test_a_citation_is_exact_only_when_the_file_has_these_words_at_this_place() -> None:
    good = citation("3家")
    moved = Citation(2, "plan", "", (), good.start + 1, good.end + 1, good.quote)
    unknown = Citation(3, "nowhere", "", (), 0, 2, "建设")
    outside = Citation(4, "plan", "", (), 9**6, 9**6, "")
    given_four = answer("", citations=(good, moved, unknown, outside))
    assert metrics.citation_exactness(given_four, TEXTS) == 0.25
    assert metrics.citation_exactness(answer("3家"), TEXTS) is None


def test_citation_precision_and_recall_look_for_overlap_with_the_gold_quotes() -> None:
    asked = question(evidence=(Quote("plan", FIRST), Quote("plan", SECOND)))
    hit, miss = citation("养老院3家"), citation("智慧养老院13家", "other")
    outside = Citation(3, "nowhere", "", (), 0, 5, "")
    assert metrics.citation_precision(asked, answer("", citations=(hit, miss)), TEXTS) == 0.5
    assert metrics.citation_recall(asked, answer("", citations=(hit, miss)), TEXTS) == 0.5
    assert metrics.citation_precision(asked, answer("", citations=(miss, outside)), TEXTS) == 0.0
    assert metrics.citation_precision(asked, answer("3家"), TEXTS) is None
    assert metrics.citation_recall(asked, answer("3家"), TEXTS) == 0.0


# Over a run


def test_refusal_precision_and_recall() -> None:
    outcomes = [(False, True), (True, True), (False, False), (False, True), (True, False)]
    assert metrics.refusal_precision_recall(outcomes) == (pytest.approx(2 / 3), pytest.approx(2 / 3))
    assert metrics.refusal_precision_recall([(True, False)]) == (None, None)
    assert metrics.refusal_precision_recall([(False, False)]) == (None, 0.0)


def test_what_could_not_be_scored_is_left_out_of_means() -> None:
    assert metrics.mean([1.0, None, 0.0]) == 0.5
    assert metrics.mean([None]) is None


def test_quantiles_are_interpolated() -> None:
    assert metrics.quantile([1.0, 2.0, 10.0], 0.5) == 2.0
    assert metrics.quantile([0.0, 1.0], 0.95) == pytest.approx(0.95)
    assert metrics.quantile([], 0.5) is None


def test_the_interval_is_repeatable_holds_the_accuracy_and_narrows_with_more_questions() -> None:
    few, many = [True, True, True, False] * 5, [True, True, True, False] * 50
    low, high = metrics.bootstrap_interval(few) or (0, 0)
    narrow_low, narrow_high = metrics.bootstrap_interval(many) or (0, 0)
    assert metrics.bootstrap_interval(few) == (low, high)
    assert low < narrow_low < 0.75 < narrow_high < high
    # The normal approximation for n = 200: 0.75 ± 1.96 · sqrt(0.75 · 0.25 / 200) = 0.75 ± 0.06
    assert (narrow_low, narrow_high) == (pytest.approx(0.69, abs=0.012), pytest.approx(0.81, abs=0.012))
    assert metrics.bootstrap_interval([True] * 9) == (1.0, 1.0)
    assert metrics.bootstrap_interval([]) is None


def test_brevity_counts_what_is_read() -> None:
    assert metrics.brevity(answer("建设 3家[1]。")) == 5
