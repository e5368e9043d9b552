"""Whether two systems asked the same questions differ by more than chance. Pairs only, never two averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy
from numpy.typing import NDArray

_RESAMPLES = 10_000
_AT_ONCE = 500  # resamples held in memory together


@dataclass(frozen=True)
class Difference:
    """The mean of second minus first over `pairs` questions, its 95 % interval and two-sided p-value."""

    pairs: int
    mean: float
    low: float
    high: float
    p: float


def mcnemar_two_sided(lost: int, gained: int) -> float:
    """Exact McNemar test (McNemar 1947, binomial form): p of so uneven a split of the changed answers, or worse."""
    changed = lost + gained
    if not changed:
        return 1.0
    tail = sum(comb(changed, count) for count in range(min(lost, gained) + 1)) / 2**changed
    return float(min(1.0, 2 * tail))


def mcnemar_worse(lost: int, gained: int) -> float:
    """One-sided: p of at least `lost` of the changed answers being lost if losing were no likelier than gaining."""
    changed = lost + gained
    return float(sum(comb(changed, count) for count in range(lost, changed + 1)) / 2**changed)


def paired_bootstrap(first: Sequence[float], second: Sequence[float]) -> Difference | None:
    """Percentile bootstrap over the differences of pairs (Efron 1979), always the same. None without pairs.

    p: twice the smaller share of resampled means on the far side of zero, ties counted half to each, so that
    two runs that agree everywhere have 1.
    """
    if not first:
        return None
    differences = numpy.subtract(second, first, dtype=float)
    means = _resampled_means(differences)
    low, high = numpy.quantile(means, (0.025, 0.975))
    below = float(numpy.mean(means < 0) + numpy.mean(means == 0) / 2)
    return Difference(
        len(differences),
        float(differences.mean()),
        float(low),
        float(high),
        min(1.0, 2 * min(below, 1 - below)),
    )


def surely_worse_by(first: Sequence[float], second: Sequence[float]) -> float:
    """How much lower the mean of `second` is at least, at 95 % (one-sided paired bootstrap); 0 when it may not be."""
    if not first:
        return 0.0
    means = _resampled_means(numpy.subtract(second, first, dtype=float))
    return max(0.0, -float(numpy.quantile(means, 0.95)))


def _resampled_means(differences: NDArray[numpy.float64]) -> NDArray[numpy.float64]:
    generator = numpy.random.default_rng(20211231)
    means = [
        generator.choice(differences, size=(_AT_ONCE, len(differences))).mean(axis=1)
        for _ in range(_RESAMPLES // _AT_ONCE)
    ]
    return numpy.concatenate(means).round(12)  # sums in another order differ in the last digits
