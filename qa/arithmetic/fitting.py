"""How well a figure fits what is wanted: its unit, its year, the figure that the question itself names."""

from __future__ import annotations

import re

from qa.arithmetic.contrasts import CONTRASTS
from qa.figures.quantities import Quantity, same_family

# Below this share of an operand's own words near a figure, the figure is another thing's.
LEAST = 0.45
OTHER_DATE = 0.3
# What a figure per so many, or of the opposite kind, loses.
OTHER_BASE = 0.3
GIVEN = 2.0
_SEVERAL_YEARS, _ONE_OF_SEVERAL = 0.9, 0.4
_PER = re.compile(r"每[十百千万]+[名户人位个]|[人户]均|每[人户]拥有")


# What a paper on two years says of both is less exactly of one than what its part on that year says.
_REPORT_AND_PLAN, _OF_EITHER_YEAR = 2, 0.9


def exactness(asked: set[int], stated: set[int]) -> float:
    """Less than 1 when one year is asked about and a figure belongs to several together, or the other way round."""
    if len(asked) > 2 and len(stated) == 1:
        return _ONE_OF_SEVERAL
    if len(asked) == 1 and len(stated) == _REPORT_AND_PLAN:
        return _OF_EITHER_YEAR
    return _SEVERAL_YEARS if len(asked) == 1 and len(stated) > _REPORT_AND_PLAN else 1.0


def fits(unit: str, asked: str) -> bool:
    """Whether a figure in `unit` can answer a question for one in `asked`."""
    return same_family(unit, asked) or unit.endswith(asked)


def is_given(quantity: Quantity, given: Quantity) -> bool:
    """The figure that the question names."""
    return quantity.value == given.value and quantity.unit == given.unit


def is_of_another_base(wording: str, asked: str) -> bool:
    """每千名老人30张 is no number of beds, unless the question asks for one per so many."""
    return _PER.search(wording) is not None and _PER.search(asked) is None and "每" not in asked


_OPPOSITE = re.compile(r"[半非未无不](?P<kind>[\u4e00-\u9fff]{2})")


def is_of_opposite_kind(wording: str, asked: str) -> bool:
    """半失能 is another kind than 失能, 非护理型 another than 护理型, 农村低保 another than 城市低保."""
    for pair in CONTRASTS:
        for one, other in (pair, pair[::-1]):
            if one in asked and other not in asked and other in wording and one not in wording:
                return True
    return any(
        match["kind"] in asked
        and match.group(0) not in asked
        and match["kind"] not in wording.replace(match.group(0), "")
        for match in _OPPOSITE.finditer(wording)
    )
