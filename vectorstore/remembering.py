"""What pure functions of a text have made of it: one question asks the same of the same sentences many times over."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Result = TypeVar("Result")

# Sentences and rows of some questions; whole documents would fill the memory and are asked once.
_REMEMBERED, _LONGEST = 16_384, 1_000


def remembering_short_texts(function: Callable[[str], Result]) -> Callable[[str], Result]:
    """The function, which remembers what it made of short texts. Its results must not be changed by those who get them."""
    known = lru_cache(_REMEMBERED)(function)

    @wraps(function)
    def remembering(text: str) -> Result:
        return known(text) if len(text) <= _LONGEST else function(text)

    return remembering
