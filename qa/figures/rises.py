"""The steps in which one sentence raises a figure: 从480元提高到580元、580元提高到620元."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from qa.figures.quantities import Period, Spot, quantities_in


def steps_of(text: str) -> list[tuple[Spot, Spot]]:
    """(before, after) of each step of a folded sentence, in its order; [] where it has fewer than two that follow each other.

    Each step begins where the one before ended; the time that the first is paid for is that of all.
    """
    spots = quantities_in(text)
    kinds = [(spot.quantity.unit, spot.quantity.scale) for spot in spots]
    for kind in dict.fromkeys(kinds):
        of_kind = [spot for spot, own in zip(spots, kinds, strict=True) if own == kind]
        steps = list(zip(of_kind[::2], of_kind[1::2], strict=False))
        is_raised = all(re.search("[到至为]", text[low.end : high.start]) for low, high in steps)
        follows = all(
            former[1].quantity.value == later[0].quantity.value for former, later in pairwise(steps)
        )
        if len(steps) > 1 and len(of_kind) % 2 == 0 and is_raised and follows:
            period: Period = next((spot.quantity.period for spot in of_kind if spot.quantity.period), "")
            return [(_paid_for(low, period), _paid_for(high, period)) for low, high in steps]
    return []


def _paid_for(spot: Spot, period: Period) -> Spot:
    return replace(spot, quantity=replace(spot.quantity, period=spot.quantity.period or period))
