"""Homes, cemeteries and other bodies by their names, whose figures are not those of the place around them."""

from __future__ import annotations

import re

# A home of its own, whose figures are not those of the place around it.
_ANY_INSTITUTION = re.compile(
    r"敬老院|福利院|福利中心|养老院|康养中心|殡仪馆|公墓|老年公寓|医院|孵化园|孵化基地|公司"
)
_INSTITUTION = re.compile(f"(?:{_ANY_INSTITUTION.pattern})$")


def is_institution(name: str) -> bool:
    """Whether a noun names a home, a cemetery or the like: only a sentence about it gives its figures."""
    return _INSTITUTION.search(name) is not None


def institutions_in(text: str) -> list[str]:
    """The homes, cemeteries and the like that a text names."""
    return _ANY_INSTITUTION.findall(text)


def names_institution(text: str) -> bool:
    """Whether a text speaks of some home, cemetery or the like."""
    return _ANY_INSTITUTION.search(text) is not None
