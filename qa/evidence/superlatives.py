"""Of what is said of the most and of the least, the figure of the one that is asked about.

渣津镇最多,为873人,黄沙镇最少,为94人: how many there are where they are fewest.
"""

from __future__ import annotations

import re

from qa.figures.values import figures_in
from vectorstore.folding import folded

_DEGREE = re.compile("最(?:多|少|高|低|大|小|长|短)")
_TOLD = "{degree}的?[,、]?(?:也|都)?(?:为|是|有|达到?|仅有?|只有)?(?=[约近]?\\d)"


def superlative_span(question: str, text: str) -> tuple[int, int] | None:
    """Where a text that gives figures of several extremes gives that of the asked one; None without such.

    From the clause that says whose it is to the end of the figure.
    """
    asked = set(_DEGREE.findall(folded(question)))
    held = folded(text)
    if len(asked) != 1 or len(set(_DEGREE.findall(held))) < 2:
        return None
    told = re.search(_TOLD.format(degree=next(iter(asked))), held)
    if told is None:
        return None
    figure = next((figure for figure in figures_in(text) if figure.start >= told.end()), None)
    start = max(held.rfind(mark, 0, told.start()) for mark in ",;:。") + 1
    return (start, figure.end) if figure else None
