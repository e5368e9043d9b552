"""Whether two runs differ: exact tests and bootstraps on pairs whose answer is known."""

from __future__ import annotations

import pytest

from eval import significance


def test_mcnemar_is_the_exact_binomial_of_the_changed_answers() -> None:
    assert significance.mcnemar_worse(5, 0) == pytest.approx(1 / 32)
    assert significance.mcnemar_worse(0, 5) == 1.0
    assert significance.mcnemar_worse(3, 1) == pytest.approx(5 / 16)
    assert (
        significance.mcnemar_two_sided(5, 0) == significance.mcnemar_two_sided(0, 5) == pytest.approx(1 / 16)
    )
    assert significance.mcnemar_two_sided(2, 2) == 1.0
    assert significance.mcnemar_two_sided(0, 0) == significance.mcnemar_worse(0, 0) == 1.0


def test_the_paired_bootstrap_sees_a_small_steady_difference_that_two_averages_would_hide() -> None:
    first = [0.1 * (number % 10) for number in range(100)]
    found = significance.paired_bootstrap(first, [value + 0.02 for value in first])
    assert found is not None
    assert (found.pairs, found.mean) == (100, pytest.approx(0.02))
    assert 0 < found.low <= found.high
    assert found.p == 0.0
    assert significance.paired_bootstrap(first, first) == significance.Difference(100, 0.0, 0.0, 0.0, 1.0)
    assert significance.paired_bootstrap([], []) is None


def test_the_interval_of_a_difference_is_that_of_the_normal_approximation() -> None:
    differences = [0.0, 1.0] * 100
    found = significance.paired_bootstrap([0.0] * 200, differences)
    assert found is not None
    # 0.5 ± 1.96 · sqrt(0.25 / 200)
    assert (found.low, found.high) == (pytest.approx(0.431, abs=0.01), pytest.approx(0.569, abs=0.01))


def test_a_mean_is_surely_worse_only_when_the_loss_is_more_than_chance() -> None:
    first = [1.0] * 100
    assert significance.surely_worse_by(first, [0.0] * 10 + [1.0] * 90) == pytest.approx(0.05, abs=0.015)
    assert significance.surely_worse_by(first, [0.0] + [1.0] * 99) == 0.0
    assert significance.surely_worse_by([0.0] * 100, first) == 0.0
    assert significance.surely_worse_by([], []) == 0.0
