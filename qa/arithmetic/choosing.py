"""Which candidates fit together as the operands of one calculation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from qa.arithmetic.operand import Operand
from qa.figures.quantities import same_family

# What operands of one kind, in one sentence or in one row gain over others.
_SAME_KIND = 0.05
_SAME_SPAN, _SAME_ROW, _SAME_SENTENCE = 0.1, 0.4, 0.04
# What operands lose that cannot be calculated with: others that can, if there are any, are meant.
_UNLIKE = 0.25
# What those of one year gain, and the whole that stands before 其中 and its part.
_SAME_YEARS, _OF_WHICH = 0.12, 0.3


def chosen(
    choices: Sequence[Sequence[Operand]],
    *,
    must_differ: bool = True,
    must_match: bool = True,
    first_is_part: bool = False,
    first_is_whole: bool = False,
) -> tuple[Operand, ...] | None:
    """One operand of each list, the best together: of one kind, and not the same figure twice.

    `first_is_part`: the first is a part of the second, and so never more; `first_is_whole`: all others are parts of it.
    """
    best: tuple[float, tuple[Operand, ...]] | None = None
    for combination in product(*choices):
        places = {operand.place for operand in combination}
        if must_differ and len(places) < len(combination) and not _for_all(combination):
            continue
        if first_is_part and _exceeds(*combination[:2]):
            continue
        if first_is_whole and any(_exceeds(part, combination[0]) for part in combination[1:]):
            continue
        score = sum(operand.score for operand in combination) / len(combination)
        kinds = {operand.quantity.kind for operand in combination}
        first = combination[0].quantity.unit
        is_like = all(same_family(first, operand.quantity.unit) for operand in combination)
        score += (
            _SAME_KIND
            if len(kinds) == 1 or (is_like and not must_match)
            else _SAME_KIND / 2
            if is_like
            else 0
        )
        if must_match and not is_like:
            score -= _UNLIKE
        if all(operand.years for operand in combination):
            score += _SAME_YEARS * bool(set.intersection(*(set(operand.years) for operand in combination)))
        if first_is_part and is_of_which(combination[0], combination[1]):
            score += _OF_WHICH
        one_span = {operand.source.passage.id for operand in combination}
        if len(one_span) == 1:
            score += _SAME_ROW if combination[0].source.passage.cells else _SAME_SPAN
            score += _SAME_SENTENCE if _stand_in_one_sentence(combination) else 0
        if best is None or score > best[0] + 1e-9:
            best = (score, combination)
    return best[1] if best else None


def _stand_in_one_sentence(operands: Sequence[Operand]) -> bool:
    passage = operands[0].source.passage
    first, last = min(o.start for o in operands), max(o.end for o in operands)
    return not passage.cells and "。" not in passage.text[first - passage.start : last - passage.start]


def is_of_which(part: Operand, whole: Operand) -> bool:
    """Whether the part stands behind 其中 and the whole before it."""
    passage = whole.source.passage
    if passage.id != part.source.passage.id or whole.start >= part.start or passage.cells:
        return False
    between = passage.text[whole.start - passage.start : part.start - passage.start]
    return "其中" in between and "。" not in between


def _exceeds(part: Operand, whole: Operand) -> bool:
    is_like = same_family(part.quantity.unit, whole.quantity.unit)
    return is_like and part.quantity.value > whole.quantity.value


def _for_all(operands: Sequence[Operand]) -> bool:
    """Whether the sentence gives one figure to each of several things (甲和乙均为120元)."""
    return all(re.search(r"均(?!增)|都(?=[是为达])|各(?=[是为\d])", operand.shown) for operand in operands)
