"""What code writes, in Traditional characters; what documents write stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

_IN_MARKS = re.compile("“[^”]*”|「[^」]*」|《[^》]*》")
# A shorter run of a document's characters may just as well be the code's own.
_SHORTEST = 4


def to_traditional(text: str, quoted: Sequence[str]) -> str:
    """`text` in Traditional characters but for runs of `quoted` texts and what stands in quotation marks."""
    kept = [(match.start(), match.end()) for match in _IN_MARKS.finditer(text)]
    kept += _runs(text, quoted)
    shown, position = "", 0
    for start, end in sorted(kept):
        if end <= position:
            continue
        first = max(start, position)
        shown += _converter().convert(text[position:first]) + text[first:end]
        position = end
    return shown + _converter().convert(text[position:])


def _runs(text: str, quoted: Sequence[str]) -> list[tuple[int, int]]:
    """The runs of `text` that stand in a quoted text, the longest from each position on."""
    found = []
    position = 0
    while position < len(text):
        best = 0
        for quote in quoted:
            length = best
            while position + length < len(text) and text[position : position + length + 1] in quote:
                length += 1
            best = max(best, length)
        if best >= _SHORTEST:
            found.append((position, position + best))
        position += max(best if best >= _SHORTEST else 1, 1)
    return found


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - 35 ms, which other questions need not pay

    return OpenCC("s2tw")
